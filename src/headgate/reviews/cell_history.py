"""Who made what of a cell: found by its source address in the deltas of the log."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import polars as pl

from headgate.engine.review.delta import Delta, PackedDelta
from headgate.engine.review.log import LogEntry

INDEXED_CELLS = 200
"""Changes of at most so many cells are looked up in memory; larger ones are kept in a file and searched when asked."""

Address = tuple[int, int | None, str | None]
Change = dict[str, Any]


class CellHistory:
    """The changes of all cells. Memory grows with small changes only, a few hundred bytes a cell."""

    def __init__(self) -> None:
        self._small: dict[Address, list[Change]] = defaultdict(list)
        self._large: list[tuple[int, int, int]] = []
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - until `close`
        self._last = 0

    def close(self) -> None:
        """Forget everything."""
        self._file.close()

    def add(self, entry: LogEntry) -> None:
        """Take in the next entry; one that is in it already changes nothing."""
        if entry.seq <= self._last:
            return
        self._last = entry.seq
        if entry.delta is None:
            return
        if entry.cells > INDEXED_CELLS:
            self._large.append((entry.seq, self._file.seek(0, 2), self._file.write(entry.delta)))
            return
        cells = Delta.from_bytes(entry.delta).cells.select("row", "column", "field", "before", "after")
        for row, column, field, before, after in cells.iter_rows():
            self._small[row, column, field].append({"version": entry.seq, "before": before, "after": after})

    def of(self, address: Mapping[str, Any]) -> list[Change]:
        """The changes of one cell, newest first. `address`: `row`, and `column` or `field`, as deltas have them."""
        wanted = (int(address["row"]), address.get("column"), address.get("field"))
        found = [*self._small.get(wanted, ())]
        for seq, start, length in self._large:
            self._file.seek(start)
            for cells in PackedDelta(self._file.read(length)).parts():
                for before, after in _only(cells, wanted).select("before", "after").iter_rows():
                    found.append({"version": seq, "before": before, "after": after})
        return sorted(found, key=lambda change: change["version"], reverse=True)


def _only(cells: pl.DataFrame, address: Address) -> pl.DataFrame:
    row, column, field = address
    return cells.filter(
        pl.col("row") == row, pl.col("column").eq_missing(pl.lit(column)), pl.col("field").eq_missing(pl.lit(field))
    )
