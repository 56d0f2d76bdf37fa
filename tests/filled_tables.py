"""Rows for every table of a database as it stands, whatever its revision, made of what the database says of its columns."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Double,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    Uuid,
    insert,
    select,
)

ROWS = 2
LARGE = 1_700_000_000_000_000
"""As times are kept: whole microseconds since 1970."""


MEANT = {
    "imports.counts": '{"read": 7, "invalid": 3}',
    "frozen_schemas.document": '{"settings":{"developmentMode":true},"fields":[],"hooks":{"rowHooks":["\\u0000"]}}',
}
"""Texts that migrations read."""


def tables_of(connection: Connection) -> dict[str, Table]:
    """All tables but Alembic's own, each behind those that it refers to."""
    found = MetaData()
    found.reflect(connection)
    return {f"{table.name}": table for table in found.sorted_tables if table.name != "alembic_version"}


def fill(connection: Connection, tables: dict[str, Table], start: int = 0) -> None:
    """Add ROWS rows to each table, with a value in every column. `start`: the number of the first of them."""
    for table in tables.values():
        for number in range(start, start + ROWS):
            connection.execute(insert(table).values(row_of(table, number)))


def row_of(table: Table, number: int) -> dict[str, Any]:
    """The values of one row; the same for the same number."""
    return {column.name: _value(column, number) for column in table.columns}


def content(connection: Connection, tables: dict[str, Table]) -> dict[str, list[dict[str, Any]]]:
    """All rows of the tables, in the columns that these know, in a form that does not depend on the database."""
    return {
        name: sorted(
            (
                {key: _plain(value) for key, value in row.items()}
                for row in connection.execute(select(table)).mappings()
            ),
            key=repr,
        )
        for name, table in tables.items()
    }


def _value(column: Column[Any], number: int) -> Any:
    if column.foreign_keys:
        target = next(iter(column.foreign_keys)).column
        return None if target.table is column.table else _value(target, number)
    kind, name = column.type, f"{column.table.name}.{column.name}"
    if isinstance(kind, Uuid):
        return _id(name, number)
    if isinstance(kind, Boolean):
        return number % 2 == 0
    if isinstance(kind, LargeBinary):
        return bytes(range(256)) + bytes([number % 256])
    if isinstance(kind, Double | Float | Numeric) and not isinstance(kind, Integer):
        return LARGE / 8 + number
    if isinstance(kind, Integer):
        return number + (LARGE if "BIGINT" in str(kind) else 1)
    if isinstance(kind, String):
        return _text(name, number, kind.length)
    raise TypeError(f"{name} is of a kind that nobody has values for: {kind!r}")


def _text(name: str, number: int, length: int | None) -> str:
    if length == 32:  # SQLite keeps ids so
        return _id(name, number).hex
    if name in MEANT:
        return MEANT[name]
    if length is None:
        return f'{{"n": {number}, "in": "{name}", "text": "Größe 名前 \U0001f600 \\u0000"}}'
    return f"{number}-{name}"[:length]


def _id(name: str, number: int) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{name}/{number}")


def _plain(value: Any) -> Any:
    if isinstance(value, uuid.UUID):
        return value.hex
    return bytes(value) if isinstance(value, memoryview) else value
