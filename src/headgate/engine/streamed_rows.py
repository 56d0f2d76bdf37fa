"""Working rows that nothing changes: read and typed anew whenever they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import polars as pl

from headgate.engine.layout import Layout
from headgate.engine.working import RowCounts, Slot, Typing

if TYPE_CHECKING:
    from headgate.engine.import_run import ImportRun


class StreamedRows:
    """The rows of a run below its header, as `typing` reads them."""

    def __init__(self, run: ImportRun, layout: Layout, typing: Typing) -> None:
        self.slots: Sequence[Slot] = layout.slots
        self._run, self._layout, self._typing = run, layout, typing

    def columns_of(self, keys: set[str]) -> Iterator[pl.DataFrame]:
        """All rows with the slots of those fields."""
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
        return self._run.working_chunks(self._layout, self._typing, self._run.counts)
