"""What a database was asked, whichever way the question took: SQLAlchemy's, or straight to SQLite's driver."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from headgate.db import Database

VALUE = re.compile(r"x?'(?:[^']|'')*'|\b(?:\d+(?:\.\d+)?|NULL)\b")
TRANSACTION = re.compile(r"BEGIN|COMMIT|ROLLBACK|PRAGMA", re.IGNORECASE)


@contextmanager
def statements_of(database: Database) -> Iterator[list[str]]:
    """The statements of connections that are taken from now on, with ? for each value; not where transactions begin and end."""
    asked: list[str] = []

    def note(statement: str) -> None:
        if not TRANSACTION.match(statement):
            asked.append(VALUE.sub("?", statement))

    def trace(connection: Any, *_: Any) -> None:
        connection.set_trace_callback(note)

    def noted(*given: Any) -> None:
        note(given[2])

    name, listener = ("checkout", trace) if database.is_sqlite else ("before_cursor_execute", noted)
    engines = {database.engine, database._relaxed_engine}
    for engine in engines:
        event.listen(engine, name, listener)
    database.let_go()
    try:
        yield asked
    finally:
        for engine in engines:
            event.remove(engine, name, listener)
