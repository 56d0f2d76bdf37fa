"""Settling how each column is read: one look at all of its cells, then one reader for the whole column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import polars as pl

from headgate.engine.match import ValueDecision, ValueTally
from headgate.engine.parallel import in_parallel
from headgate.engine.table import ROW, RawTable, cell_column
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


def settle_types(
    table: RawTable,
    first_row: int,
    slots: Sequence[Slot],
    types: Mapping[str, FieldType],
    decide: Decide = lambda _, evidence: evidence,
) -> Settled:
    """Settle all slots. `first_row`: the first record that is data. `types`: the types of the fields, by key. `decide` may
    change what a column proves, before its cells are read by it."""
    columns = [_Column.of(slot, types[slot.field.key]) for slot in slots]
    _observe(table, first_row, [column for column in columns if column.observers])
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
    def observers(self) -> list[EvidenceGatherer | ValueTally]:
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


def _observe(table: RawTable, first_row: int, columns: Sequence[_Column]) -> None:
    if not columns:
        return
    names = sorted({cell_column(column.slot.column) for column in columns if column.slot.column is not None})
    for chunk in table.spool.chunks([ROW, *names]):
        rows = chunk if chunk[ROW][0] >= first_row else chunk.filter(pl.col(ROW) >= first_row)
        in_parallel([partial(_look, column, rows) for column in columns], rows.height)


def _look(column: _Column, rows: pl.DataFrame) -> None:
    if column.slot.column is not None:
        for observer in column.observers:
            observer.observe(rows[cell_column(column.slot.column)])


def _many_to_one(slot: Slot) -> dict[str, int]:
    return {} if slot.many_to_one_index is None else {"manyToOneIndex": slot.many_to_one_index}
