"""Settling how each column is read: one look at all of its cells, then one reader for the whole column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

import polars as pl

from headgate.engine.match import ValueDecision, ValueTally
from headgate.engine.parallel import in_parallel
from headgate.engine.table import ROW, RawTable, cell_column, rows_from
from headgate.engine.types.base import CellReader, EvidenceGatherer, FieldType
from headgate.engine.types.multi_select import MultiSelectReader
from headgate.engine.types.select import SelectReader
from headgate.engine.working import Slot, Typing


@dataclass(frozen=True)
class Settled:
    """How the columns are read, and what was found out: the `types` and `values` parts of the decisions.

    `evidence`: what each slot's reader goes by, in the order of the slots; None where its type needs none.
    """

    typing: Typing
    evidence: list[dict[str, Any] | None]
    types: list[dict[str, Any]]
    values: list[ValueDecision]


Decide = Callable[[str, dict[str, Any]], dict[str, Any]]
"""Field key and what its column proves → what it is read by."""


Observer = EvidenceGatherer | ValueTally


class KeptLook(Protocol):
    """Where a look at all cells of a large table notes how far it came."""

    def begin(self, observers: Sequence[Observer]) -> int:
        """The number of the first chunk that is still to be shown; the observers know those before it."""

    def looked(self, chunk: int, rows: int, observers: Sequence[Observer]) -> None:
        """Chunk number `chunk`, of so many rows, was shown to all observers."""


def settle_types(
    table: RawTable,
    first_row: int,
    slots: Sequence[Slot],
    types: Mapping[str, FieldType],
    decide: Decide = lambda _, evidence: evidence,
    kept: KeptLook | None = None,
) -> Settled:
    """Settle all slots. `first_row`: the first record that is data. `types`: the types of the fields, by key. `decide` may
    change what a column proves, before its cells are read by it. `kept`: of a large table, how far an earlier run came."""
    columns = [_Column.of(slot, types[slot.field.key]) for slot in slots]
    _observe(table, first_row, [column for column in columns if column.observers], kept)
    readers, evidence, proven, values = [], [], [], []
    for column in columns:
        found = None
        if column.gatherer is not None:
            found = decide(column.slot.field.key, column.gatherer.evidence())
            proven.append({"field": column.slot.field.key, **_many_to_one(column.slot), **found})
        evidence.append(found)
        readers.append(column.type.reader(found))
        if column.tally is not None:
            values += _value_decisions(column.slot, column.tally, column.reader)
    return Settled(Typing(tuple(slots), tuple(readers)), evidence, proven, values)


@dataclass(frozen=True)
class _Column:
    slot: Slot
    type: FieldType
    reader: CellReader
    gatherer: EvidenceGatherer | None
    tally: ValueTally | None

    @classmethod
    def of(cls, slot: Slot, field_type: FieldType) -> _Column:
        reader = field_type.reader()
        if slot.column is None:
            return cls(slot, field_type, reader, None, None)
        return cls(slot, field_type, reader, field_type.gatherer(), _tally(reader))

    @property
    def observers(self) -> list[Observer]:
        return [observer for observer in (self.gatherer, self.tally) if observer is not None]


def _tally(reader: CellReader) -> ValueTally | None:
    if isinstance(reader, MultiSelectReader):
        return ValueTally(parts=reader.parts_of)
    return ValueTally() if isinstance(reader, SelectReader) else None


def _value_decisions(slot: Slot, tally: ValueTally, reader: CellReader) -> list[ValueDecision]:
    if not isinstance(reader, SelectReader | MultiSelectReader):
        return []
    keeps_others = isinstance(reader, SelectReader) and reader.allow_custom
    return tally.decisions(slot.field.key, reader.match, reader.matcher.suggest, keeps_others=keeps_others)


def _observe(table: RawTable, first_row: int, columns: Sequence[_Column], kept: KeptLook | None) -> None:
    if not columns:
        return
    names = sorted({cell_column(column.slot.column) for column in columns if column.slot.column is not None})
    observers = [observer for column in columns for observer in column.observers]
    for position in range(0 if kept is None else kept.begin(observers), len(table.spool)):
        chunk = table.spool.chunk(position, [ROW, *names])
        rows = rows_from(chunk, first_row)
        in_parallel([partial(_look, column, rows) for column in columns], rows.height)
        if kept is not None:
            kept.looked(position, chunk.height, observers)


def _look(column: _Column, rows: pl.DataFrame) -> None:
    if column.slot.column is not None:
        for observer in column.observers:
            observer.observe(rows[cell_column(column.slot.column)])


def _many_to_one(slot: Slot) -> dict[str, int]:
    return {} if slot.many_to_one_index is None else {"manyToOneIndex": slot.many_to_one_index}
