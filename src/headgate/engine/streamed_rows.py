"""Working rows that nothing changes: read and typed anew whenever they are asked for, but for a few rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import polars as pl

from headgate.engine.layout import Layout
from headgate.engine.parallel import MIN_CELLS
from headgate.engine.working import RowCounts, Slot, Typing

if TYPE_CHECKING:
    from headgate.engine.import_run import ImportRun


class StreamedRows:
    """The rows of a run below its header, as `typing` reads them."""

    def __init__(self, run: ImportRun, layout: Layout, typing: Typing) -> None:
        self.slots: Sequence[Slot] = layout.slots
        self._run, self._layout, self._typing = run, layout, typing
        self._looked_at: tuple[list[pl.DataFrame], RowCounts] | None = None
        """All rows of a small table, until they are given out: a look at them before costs no second reading then."""

    def columns_of(self, keys: set[str]) -> Iterator[pl.DataFrame]:
        """All rows with (at least) the slots of those fields."""
        if self._are_few:
            if self._looked_at is None:
                counts = RowCounts()
                self._looked_at = list(self._run.working_chunks(self._layout, self._typing, counts)), counts
            return iter(self._looked_at[0])
        return self.columns_of_part(keys, None, RowCounts())

    def columns_of_part(self, keys: set[str], span: range | None, counts: RowCounts) -> Iterator[pl.DataFrame]:
        """The same of the rows of those raw chunks, None for all; `counts` says what came before, and goes on."""
        return self._run.working_chunks(self._layout, self._typing.only(keys), counts, span, slots_only=True)

    def part(self, span: range, counts: RowCounts) -> Iterator[pl.DataFrame]:
        """The rows of those raw chunks; `counts` says what came before, and goes on."""
        return self._run.working_chunks(self._layout, self._typing, counts, span)

    def again(self) -> Iterator[pl.DataFrame]:
        """All rows, without counting them."""
        return self._run.working_chunks(self._layout, self._typing, RowCounts())

    def chunks(self) -> Iterator[pl.DataFrame]:
        """All rows."""
        if self._looked_at is None:
            return self._run.working_chunks(self._layout, self._typing, self._run.counts)
        (chunks, counts), self._looked_at = self._looked_at, None
        self._run.counts.take_over(counts)
        return iter(chunks)

    @property
    def _are_few(self) -> bool:
        table, columns = self._layout.table, 3 * len(self.slots)
        # What a recipe replaces is counted whenever the rows are gone through.
        return len(table.spool) == 1 and table.rows * columns < MIN_CELLS and self._run.replacer(self._layout) is None
