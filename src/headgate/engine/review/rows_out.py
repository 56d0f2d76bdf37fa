"""The rows of a review on their way out: working chunks in the order that people see, as checks and delivery want them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import polars as pl

from headgate.engine.hooked_table import HookedSlot
from headgate.engine.table import rows_per_chunk
from headgate.engine.working import Slot

if TYPE_CHECKING:
    from headgate.engine.review.table import ReviewTable


class RowsOut:
    """Working rows that nothing changes any more (see `StreamedRows` of the pipeline). INDEX counts the rows as shown; ROW is
    null for rows that are in no file; ROW_ID is what hooks know a row by."""

    def __init__(self, table: ReviewTable, rows_per_chunk: int | None = None) -> None:
        self.slots: Sequence[Slot] = [hooked.slot for hooked in table.hooked]
        self._table = table
        self._size = rows_per_chunk

    def columns_of(self, keys: set[str]) -> Iterator[pl.DataFrame]:
        """All rows with the slots of those fields."""
        return self._chunks([hooked for hooked in self._table.hooked if hooked.slot.field.key in keys])

    def chunks(self) -> Iterator[pl.DataFrame]:
        """All rows, with the source columns that go along without a field."""
        return self._chunks(self._table.hooked)

    def _chunks(self, slots: Sequence[HookedSlot]) -> Iterator[pl.DataFrame]:
        visible = self._table.places.visible
        passed_through = self._table.passed_through_columns()
        size = self._size or rows_per_chunk(max(1, len(self._table.hooked)))
        for start in range(0, len(visible), size):
            frame = self._table.frame(visible[start : start + size], slots, passed_through)
            missing = [name for name in passed_through if name not in frame.columns]
            yield frame.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in missing)
