"""All tables as files that any database can take back: the way into a backup, out of it, and from SQLite to PostgreSQL.

One file a table, `<name>.ndjson.gz`: the names of the columns, then an array a row. Ids are hexadecimal, bytes are base64;
what an encoded value is, the column says that it goes into.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import uuid
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import CHAR, Column, Connection, LargeBinary, MetaData, Table, Uuid, func, insert, select, text

from headgate.db import Database
from headgate.records import dataclass

SUFFIX = ".ndjson.gz"
WITHOUT = frozenset({"alembic_version"})
"""What the backup's manifest says instead."""
BATCH = 1000


class DamagedBackupError(Exception):
    """A file of a backup is not what it was when it was written. The message names it."""


@dataclass(frozen=True)
class DumpedTable:
    """The file of one table: rows, bytes, SHA-256 in hexadecimal."""

    rows: int
    bytes: int
    sha256: str


def dump_tables(database: Database, directory: Path) -> dict[str, DumpedTable]:
    """Write all tables as they stand at one moment; others go on writing meanwhile. `directory` is there and empty."""
    options: dict[str, Any] = {} if database.is_sqlite else {"isolation_level": "REPEATABLE READ"}
    with database.engine.connect().execution_options(**options) as connection:
        tables = _tables(connection)
        # `f""` makes plain text of SQLAlchemy's own kind of names.
        return {f"{table.name}": _dump(connection, table, directory / f"{table.name}{SUFFIX}") for table in tables}


def load_tables(database: Database, directory: Path, dumped: dict[str, DumpedTable]) -> None:
    """Fill the empty tables of a database, all or none. Raises DamagedBackupError."""
    for name, expected in dumped.items():
        if _dumped(directory / f"{name}{SUFFIX}", expected.rows) != expected:
            raise DamagedBackupError(f"The file of the table {name} was changed or cut off since it was written.")
    with database.engine.execution_options(headgate_write=True).begin() as connection:
        for table in _tables(connection):
            if table.name in dumped:
                _load(connection, table, directory / f"{table.name}{SUFFIX}", dumped[table.name].rows)
        if not database.is_sqlite:
            _count_on(connection)


def is_empty(database: Database) -> bool:
    """Whether no table has a row."""
    with database.engine.connect() as connection:
        return all(connection.scalar(select(func.count()).select_from(table)) == 0 for table in _tables(connection))


def _tables(connection: Connection) -> list[Table]:
    """The tables as they are, each behind those that it refers to."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name not in WITHOUT]


def _dump(connection: Connection, table: Table, path: Path) -> DumpedTable:
    rows = 0
    found = connection.execution_options(yield_per=BATCH).execute(select(table))
    with gzip.open(path, "wb", compresslevel=3) as file:
        file.write(orjson.dumps([column.name for column in table.columns], option=orjson.OPT_APPEND_NEWLINE))
        for row in found:
            file.write(orjson.dumps([_encoded(value) for value in row], option=orjson.OPT_APPEND_NEWLINE))
            rows += 1
    return _dumped(path, rows)


def _dumped(path: Path, rows: int) -> DumpedTable:
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return DumpedTable(rows, path.stat().st_size, digest)
    except FileNotFoundError:
        raise DamagedBackupError(f"The file {path.name} is missing.") from None


def _encoded(value: Any) -> Any:
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(value).decode()
    return value


def _load(connection: Connection, table: Table, path: Path, expected: int) -> None:
    with gzip.open(path, "rb") as file:
        columns = [table.columns[name] for name in orjson.loads(file.readline())]
        rows = (_row(columns, line) for line in file)
        loaded = 0
        while batch := list(islice(rows, BATCH)):
            connection.execute(insert(table), batch)
            loaded += len(batch)
    if loaded != expected:
        raise DamagedBackupError(f"The table {table.name} has {loaded} rows, its backup said {expected}.")


def _row(columns: list[Column[Any]], line: bytes) -> dict[str, Any]:
    values = orjson.loads(line)
    return {column.name: _decoded(column, value) for column, value in zip(columns, values, strict=True)}


def _decoded(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value)
    if isinstance(column.type, Uuid):
        return uuid.UUID(value)
    if isinstance(column.type, CHAR):  # the ids of SQLite; an older backup of PostgreSQL has them with hyphens
        return uuid.UUID(value).hex
    return value


def _count_on(connection: Connection) -> None:
    """Let PostgreSQL's own numbers go on behind those that came with the rows."""
    for table in _tables(connection):
        for column in _counted(table):
            sequence = connection.scalar(
                text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": column.name}
            )
            highest = connection.scalar(select(func.max(column)))
            if sequence is not None and highest is not None:
                connection.execute(text("SELECT setval(:sequence, :value)"), {"sequence": sequence, "value": highest})


def _counted(table: Table) -> Iterator[Column[Any]]:
    return (column for column in table.columns if column.primary_key and column.server_default is not None)
