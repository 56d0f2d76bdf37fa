"""`alphabetical`: nothing but the letters a-z and A-Z."""

from __future__ import annotations

import polars as pl

from headgate.engine.validators.base import Batch, RowValidator


class Alphabetical(RowValidator):
    """Fails on any other character: accented letters, digits, spaces, punctuation."""

    def check(self, batch: Batch, position: int) -> pl.Series:
        column = self.column(batch, position)
        return column.checked & column.value.str.contains("[^a-zA-Z]").fill_null(value=False)
