"""What is wrong with cells and rows: a sparse table on disk, one entry per message, in row order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from headgate.engine.issue_kinds import IssueKind, Level
from headgate.engine.masking import Masking
from headgate.engine.table import ROW, Spool
from headgate.engine.working import INDEX

_KIND, _VALUE, _MESSAGE = "kind", "value", "message"


class IssueSink(Protocol):
    """Where checks say what is wrong."""

    def add(self, kind: IssueKind, rows: pl.DataFrame) -> None:
        """Record `kind` for each row of `rows`: columns INDEX, ROW, `value` (the original text) and, when the kind has no
        message, `message`."""

    def end_chunk(self) -> None:
        """Everything about the chunk was said."""


class IssueLog:
    """Collects issues chunk by chunk; memory holds only the kinds and their counts."""

    def __init__(self, directory: Path, masking: Masking | None = None, *, compressed: bool = False) -> None:
        """`masking`: what of the values `entries` must not show."""
        self._masking = masking or Masking(())
        self._spool = Spool(directory, compressed_after=0 if compressed else None)
        self._kinds: list[IssueKind] = []
        self._ids: dict[IssueKind, int] = {}
        self._pending: list[pl.DataFrame] = []
        self.counts: dict[IssueKind, int] = {}

    def add(self, kind: IssueKind, rows: pl.DataFrame) -> None:
        """Record `kind` for each row of `rows`: columns INDEX, ROW, `value` (the original text) and, when the kind has no
        message, `message`."""
        if rows.height == 0:
            return
        self.counts[kind] = self.counts.get(kind, 0) + rows.height
        number = pl.Series(_KIND, [self._number(kind)], dtype=pl.UInt32)
        order = pl.Series("slot", [-1 if kind.slot is None else kind.slot], dtype=pl.Int32)
        constants = [number, order]
        if kind.message is not None:
            constants.append(pl.Series(_MESSAGE, [None], dtype=pl.String))
        columns = [rows[INDEX], rows[ROW], rows[_VALUE], *(one.new_from_index(0, rows.height) for one in constants)]
        if kind.message is None:
            columns.append(rows[_MESSAGE])
        self._pending.append(pl.DataFrame(columns))

    def end_chunk(self) -> None:
        """Write what was added since the last call; a chunk's issues are sorted by row, then by slot."""
        if self._pending:
            self._spool.append(pl.concat(self._pending).sort(INDEX, "slot", maintain_order=True))
            self._pending.clear()

    @classmethod
    def of(cls, spool: Spool, counts: dict[IssueKind, int], masking: Masking | None = None) -> IssueLog:
        """The log whose entries stand in `spool`. `counts`: its kinds, in the order of their first entries."""
        log = cls(spool.directory, masking, compressed=spool.compressed)
        log._kinds, log.counts = list(counts), dict(counts)
        log._ids = {kind: number for number, kind in enumerate(counts)}
        return log

    def take_over(self, other: IssueLog) -> None:
        """Append the entries of a log about the rows behind those of this one."""
        for kind, count in other.counts.items():
            self._number(kind)
            self.counts[kind] = self.counts.get(kind, 0) + count
        ids = [self._ids[kind] for kind in other.counts]
        if ids == list(range(len(ids))):  # nearly always: what is wrong in one part is wrong in the others, too
            self._spool.take_over(other._spool)
            return
        numbers = pl.Series(ids, dtype=pl.UInt32)
        for chunk in other._spool.chunks():
            self._spool.append(chunk.with_columns(numbers.gather(chunk[_KIND]).alias(_KIND)))

    def files(self, first: int) -> Sequence[Path]:
        """The files that it consists of, from number `first` on; nothing is added to one that is there."""
        return self._spool.files(first)

    def _number(self, kind: IssueKind) -> int:
        if kind not in self._ids:
            self._ids[kind] = len(self._kinds)
            self._kinds.append(kind)
        return self._ids[kind]

    def remove(self) -> None:
        """Delete the log from disk."""
        self._spool.remove()

    def count(self, level: Level) -> int:
        """How many issues of that level there are."""
        return sum(count for kind, count in self.counts.items() if kind.level == level)

    def entries(self, *levels: Level) -> Iterator[dict[str, Any]]:
        """The issues of those levels (all when none is named) in row order, as JSON."""
        wanted = [number for kind, number in self._ids.items() if not levels or kind.level in levels]
        for chunk in self._spool.chunks():
            if levels:
                chunk = chunk.filter(pl.col(_KIND).is_in(wanted))
            for index, row, value, number, _, message in chunk.iter_rows():
                kind = self._kinds[number]
                entry: dict[str, Any] = {
                    "rowIndex": index,
                    "fieldKey": kind.field,
                    "message": kind.message if message is None else message,
                    "value": value,
                    "level": kind.level,
                    "code": kind.code,
                    "sourceRow": None if row is None else row + 1,
                }
                if kind.many_to_one_index is not None:
                    entry["manyToOneIndex"] = kind.many_to_one_index
                yield self._masking.issue(entry)

    def rows_with_errors(self, limit: int) -> list[int]:
        """The indexes of the first `limit` rows that have an error."""
        numbers = [number for kind, number in self._ids.items() if kind.level == "error"]
        found: list[int] = []
        for chunk in self._spool.chunks([INDEX, _KIND]):
            rows = chunk.filter(pl.col(_KIND).is_in(numbers))[INDEX].unique(maintain_order=True).to_list()
            found += [row for row in rows if not found or row > found[-1]][: limit - len(found)]
            if len(found) >= limit:
                break
        return found
