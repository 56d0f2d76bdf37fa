"""What is wrong with cells and rows: a sparse table on disk, one entry per message, in row order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import repeat
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import polars as pl

from headgate.engine.issue_kinds import IssueKind, Level
from headgate.engine.masking import Masking
from headgate.engine.table import ROW, Spool
from headgate.engine.types.base import FEW_CELLS
from headgate.engine.types.cell_bytes import owned
from headgate.engine.types.masks import picked
from headgate.engine.working import INDEX
from headgate.libraries import numpy as np

_KIND, _SLOT, _VALUE, _MESSAGE = "kind", "slot", "value", "message"


class IssueSink(Protocol):
    """Where checks say what is wrong."""

    def add(self, kind: IssueKind, rows: pl.DataFrame) -> None:
        """Record `kind` for each row of `rows`: columns INDEX, ROW, `value` (the original text) and, when the kind has no
        message, `message`."""

    def end_chunk(self) -> None:
        """Everything about the chunk was said."""


class _Added(NamedTuple):
    """What was said of one kind: its number, its slot for the order, and the rows as `IssueSink.add` has them."""

    kind: int
    slot: int
    rows: pl.DataFrame
    with_messages: bool


class IssueLog:
    """Collects issues chunk by chunk; memory holds only the kinds and their counts."""

    def __init__(self, directory: Path, masking: Masking | None = None, *, compressed: bool = False) -> None:
        """`masking`: what of the values `entries` must not show."""
        self._masking = masking or Masking(())
        self._spool = Spool(directory, compressed_after=0 if compressed else None)
        self._kinds: list[IssueKind] = []
        self._ids: dict[IssueKind, int] = {}
        self._pending: list[_Added] = []
        self.counts: dict[IssueKind, int] = {}

    def add(self, kind: IssueKind, rows: pl.DataFrame) -> None:
        """Record `kind` for each row of `rows`: columns INDEX, ROW, `value` (the original text) and, when the kind has no
        message, `message`."""
        if rows.height == 0:
            return
        self.counts[kind] = self.counts.get(kind, 0) + rows.height
        slot = -1 if kind.slot is None else kind.slot
        self._pending.append(_Added(self._number(kind), slot, rows, with_messages=kind.message is None))

    def end_chunk(self) -> None:
        """Write what was added since the last call; a chunk's issues are sorted by row, then by slot."""
        if self._pending:
            few = sum(added.rows.height for added in self._pending) <= FEW_CELLS
            self._spool.append(_few_entries(self._pending) if few else _entries(self._pending))
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
        if not wanted:
            return
        for chunk in self._spool.chunks():
            if levels:
                chunk = _of_kinds(chunk, wanted)
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
            rows = dict.fromkeys(_of_kinds(chunk, numbers)[INDEX].to_list())
            found += [row for row in rows if not found or row > found[-1]][: limit - len(found)]
            if len(found) >= limit:
                break
        return found


def _entries(pending: Sequence[_Added]) -> pl.DataFrame:
    """All entries, sorted by row, then by slot."""
    frames = []
    for kind, slot, rows, with_messages in pending:
        nothing = pl.Series(_MESSAGE, [None], dtype=pl.String)
        constants = [pl.Series(_KIND, [kind], dtype=pl.UInt32), pl.Series(_SLOT, [slot], dtype=pl.Int32)]
        messages = rows[_MESSAGE] if with_messages else nothing.new_from_index(0, rows.height)
        numbers = [one.new_from_index(0, rows.height) for one in constants]
        frames.append(pl.DataFrame([rows[INDEX], rows[ROW], rows[_VALUE], *numbers, messages]))
    entries = pl.concat(frames).sort(INDEX, _SLOT, maintain_order=True)
    return entries.with_columns(owned(entries[_VALUE]), owned(entries[_MESSAGE]))


def _few_entries(pending: Sequence[_Added]) -> pl.DataFrame:
    """The same of a few entries, which are sooner sorted one by one."""
    entries: list[tuple[Any, ...]] = []
    for kind, slot, rows, with_messages in pending:
        columns = (rows[name].to_list() for name in (INDEX, ROW, _VALUE))
        messages = rows[_MESSAGE].to_list() if with_messages else repeat(None)
        entries += zip(*columns, repeat(kind), repeat(slot), messages, strict=False)
    entries.sort(key=lambda entry: (entry[0], entry[4]))
    given = pending[0].rows.schema
    types = {name: given[name] for name in (INDEX, ROW, _VALUE)}
    types |= {_KIND: pl.UInt32(), _SLOT: pl.Int32(), _MESSAGE: pl.String()}
    cells = zip(*entries, strict=True)
    return pl.DataFrame([pl.Series(name, one, kind) for (name, kind), one in zip(types.items(), cells, strict=True)])


def _of_kinds(chunk: pl.DataFrame, numbers: Sequence[int]) -> pl.DataFrame:
    """The entries of these kinds."""
    if chunk.height <= FEW_CELLS:
        wanted = pl.Series([number in numbers for number in chunk[_KIND].to_list()], dtype=pl.Boolean)
    else:
        wanted = pl.Series(np.isin(chunk[_KIND].to_numpy(), numbers))
    return chunk if wanted.all() else picked(chunk.get_columns(), wanted)
