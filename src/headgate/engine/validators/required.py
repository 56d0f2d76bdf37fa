"""`required`: the cell must not be empty."""

from __future__ import annotations

import polars as pl

from headgate.engine.validators.base import Batch, RowValidator


class Required(RowValidator):
    """Fails on an empty cell, and on a checkbox that is not ticked. A cell whose type failed is not empty."""

    def check(self, batch: Batch, position: int) -> pl.Series:
        return ~self.column(batch, position).filled
