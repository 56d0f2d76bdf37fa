"""`alphabetical`: nothing but the letters a-z and A-Z."""

from __future__ import annotations

import polars as pl

from headgate.engine.validators.base import Batch, RowValidator, any_text


class Alphabetical(RowValidator):
    """Fails on any other character: accented letters, digits, spaces, punctuation. A multi-select: in any value."""

    def check(self, batch: Batch, position: int) -> pl.Series:
        return any_text(self.column(batch, position), self.is_list, lambda text: text.str.contains("[^a-zA-Z]"))
