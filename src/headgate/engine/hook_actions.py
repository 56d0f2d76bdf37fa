"""Carrying out what step hooks asked for: fields, rows and messages of the working table, and facts about the import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import polars as pl

from headgate.engine.hooked_table import MESSAGES, ROW_ID, HookedSlot, HookedTable
from headgate.engine.hooks.actions import (
    Action,
    AddField,
    AddRows,
    CellMessages,
    CellValue,
    NewRow,
    RemoveField,
    RemoveRows,
    UpdateInfoMessages,
)
from headgate.engine.hooks.rows import INFO_SCHEMA, RowChanges
from headgate.engine.table import ROW
from headgate.engine.types.base import FieldType
from headgate.engine.working import EXTRA, INDEX, Slot, messages_column, slot_without_column
from headgate.schema import Field, Schema

TABLE_ACTIONS = (AddField, RemoveField, AddRows, RemoveRows, UpdateInfoMessages)
"""The actions that change fields, rows or messages."""


def with_fields_changed(schema: Schema, actions: Iterable[Action]) -> Schema:
    """The schema with the fields that the actions add and without those that they remove."""
    fields = list(schema.fields)
    for action in actions:
        if isinstance(action, RemoveField):
            fields = [field for field in fields if field.key != action.key]
        elif isinstance(action, AddField):
            fields.insert(_place(fields, action), action.field)
    return replace(schema, fields=tuple(fields))


def _place(fields: Sequence[Field], action: AddField) -> int:
    keys = [field.key for field in fields]
    if action.before is not None:
        return keys.index(action.before)
    return keys.index(action.after) + 1 if action.after is not None else len(fields)


def carry_out(
    actions: Iterable[Action], table: HookedTable, schema: Schema, type_of: Callable[[Field], FieldType]
) -> None:
    """Change the table. `schema` has the fields as all actions leave them; `type_of` makes the type of a new one."""
    for action in actions:
        match action:
            case AddField():
                _add_slot(table, action.field, type_of(action.field))
            case RemoveField():
                table.hooked = [hooked for hooked in table.hooked if hooked.slot.field.key != action.key]
            case AddRows():
                table.rewrite(_with_rows(table, action.rows))
            case RemoveRows():
                gone = pl.Series(action.row_ids, dtype=pl.String).implode()
                table.rewrite(chunk.filter(~pl.col(ROW_ID).is_in(gone)) for chunk in table.chunks())
            case UpdateInfoMessages():
                table.change(_messages_of(table, action.cells))
    order = {field.key: position for position, field in enumerate(schema.fields)}
    table.hooked.sort(key=lambda hooked: (order[hooked.slot.field.key], hooked.slot.many_to_one_index or 0))


def _add_slot(table: HookedTable, field: Field, field_type: FieldType) -> None:
    slot = slot_without_column(table.next_position, field)
    table.next_position += 1
    table.hooked.append(HookedSlot(slot, field_type, field_type.reader(), field_type.reader()))


def _with_rows(table: HookedTable, rows: Sequence[NewRow]) -> Iterator[pl.DataFrame]:
    """All rows with the new ones put before the row that had their index; those without one at the end."""
    added = sorted((row for row in rows if row.index is not None), key=lambda row: row.index or 0)
    rest = [row for row in rows if row.index is None]
    for chunk in table.chunks():
        last = chunk[INDEX][-1]
        here = [row for row in added if row.index is not None and row.index <= last]
        added = added[len(here) :]
        yield _merged(chunk, _rows_frame(table, here), here) if here else chunk
    if ending := [*added, *rest]:
        yield _rows_frame(table, ending)


def _merged(chunk: pl.DataFrame, frame: pl.DataFrame, rows: Sequence[NewRow]) -> pl.DataFrame:
    before = pl.Series("order", [(row.index or 0) - 0.5 for row in rows], dtype=pl.Float64)
    both = [chunk.with_columns(pl.col(INDEX).cast(pl.Float64).alias("order")), frame.with_columns(before)]
    return pl.concat(both, how="diagonal").sort("order", maintain_order=True).drop("order")


def _rows_frame(table: HookedTable, rows: Sequence[NewRow]) -> pl.DataFrame:
    height = len(rows)
    columns = [
        pl.Series(ROW, [None] * height, dtype=pl.UInt32),
        pl.Series(INDEX, [0] * height, dtype=pl.UInt32),
        pl.Series(EXTRA, [False] * height, dtype=pl.Boolean),
        pl.Series(ROW_ID, [row.row_id for row in rows], dtype=pl.String),
    ]
    for hooked in table.hooked:
        slot = hooked.slot
        cells = [_cell(row, slot) for row in rows]
        texts = pl.Series([cell.text for cell in cells], dtype=pl.String)
        typed = pl.Series([cell.typed for cell in cells], dtype=pl.Boolean)
        value, code = hooked.read(texts, typed)
        columns += [texts.alias(slot.text), value.alias(slot.value), code.alias(slot.code)]
        told = [_messages(row, slot) for row in rows]
        if any(told):
            columns.append(pl.Series(messages_column(slot), told, dtype=MESSAGES))
    return pl.DataFrame(columns)


def _cell(row: NewRow, slot: Slot) -> CellValue:
    cell = row.values.get(slot.field.key)
    if isinstance(cell, tuple):
        at = slot.many_to_one_index or 0
        cell = cell[at] if at < len(cell) else None
    elif slot.many_to_one_index:
        cell = None
    return cell if cell is not None else CellValue(None, typed=False)


def _messages(row: NewRow, slot: Slot) -> list[dict[str, str]] | None:
    """What is told of a cell; messages about a `manyToOne` field stand at its first column."""
    told = row.messages.get(slot.field.key) if not slot.many_to_one_index else None
    return [{"level": level, "message": message} for level, message in told] if told else None


def _messages_of(table: HookedTable, cells: Sequence[CellMessages]) -> Iterator[RowChanges]:
    """The messages of each chunk's cells, the last ones where a cell is named twice; those of rows or columns that do not
    exist are passed over."""
    names = {
        (hooked.slot.field.key, hooked.slot.many_to_one_index or 0): str(hooked.slot.position)
        for hooked in table.hooked
    }
    messages = {
        (cell.row_index, names[cell.field_key, cell.many_to_one_index or 0]): cell.messages or ((None, None),)
        for cell in cells
        if (cell.field_key, cell.many_to_one_index or 0) in names
    }
    rows = [(row, name, *told) for (row, name), of_cell in messages.items() for told in of_cell]
    infos = pl.DataFrame(rows, schema={**INFO_SCHEMA, "at": pl.Int64}, orient="row")
    for chunk in table.chunks():
        first = chunk[INDEX][0]
        here = infos.filter(pl.col("at").is_between(first, first + chunk.height - 1))
        yield RowChanges(infos=here.with_columns((pl.col("at") - first).cast(pl.UInt32)))
