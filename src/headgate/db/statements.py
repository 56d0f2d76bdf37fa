"""Statements that are made once and asked all the time, such as those of every request and every import.

What SQLAlchemy does round a statement (a context, events, a result that can be read in many ways) takes ten times as long as SQLite
takes to look by a key, and twice that where other work has pushed it out of the processor's caches. So SQLite's driver is given the
text itself, with the conversions that SQLAlchemy names for each type, on the connection and in the transaction that SQLAlchemy has. Any
other database is asked by SQLAlchemy: there the way to it takes the time.
"""

from __future__ import annotations

import sqlite3
import time
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import exc as sqlalchemy_errors

from headgate.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Dialect, Executable, PoolProxiedConnection
    from sqlalchemy.sql.compiler import SQLCompiler
    from sqlalchemy.types import TypeEngine

TOLD = "headgate.told"
"""Where a connection to SQLite has what is told of each of its statements: the seconds until its answer began."""

MOST_PARAMETERS = 999
"""Of a statement, as old versions of SQLite allow."""

Convert = Callable[[Any], Any]


@dataclass(frozen=True)
class Answer:
    """What a statement brought about: its rows, whose columns are attributes, and how many rows it wrote."""

    rows: Sequence[Any]
    written: int

    def first(self) -> Any:
        """The first row, None where there is none."""
        return self.rows[0] if self.rows else None


class Statement:
    """One that is made when its module is loaded. Its values are given by the names of its parameters and, where it writes, of columns; a
    column that is inserted without one gets its default, which must be a constant."""

    def __init__(self, clause: Executable) -> None:
        self._clause = clause
        self._forms: dict[tuple[str, ...], _Form] = {}

    def run(self, connection: Connection, values: Mapping[str, Any]) -> Answer:
        """Have it done in the transaction of `connection`, or, where none has begun on SQLite, in one of its own. Raises what
        SQLAlchemy raises."""
        told = connection.info.get(TOLD)
        if told is None:
            result = connection.execute(self._clause, dict(values))
            return Answer(result.all() if result.returns_rows else (), result.rowcount)
        return self._form(connection, values).run(driver_of(connection.connection), values, told)

    def run_all(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """The same for each of `rows`, one or more of one form, of which nothing is answered."""
        told = connection.info.get(TOLD)
        if told is None:
            connection.execute(self._clause, [dict(row) for row in rows])
        else:
            self._form(connection, rows[0]).run_all(driver_of(connection.connection), rows, told)

    def _form(self, connection: Connection, values: Mapping[str, Any]) -> _Form:
        names = tuple(values)
        form = self._forms.get(names)
        if form is None:  # code names the values, so there are few
            form = self._forms[names] = _Form(self._clause, connection.dialect, names)
        return form


def driver_of(connection: PoolProxiedConnection) -> sqlite3.Connection:
    """SQLite's own connection."""
    found: Any = connection.driver_connection
    return found  # type: ignore[no-any-return]


@contextmanager
def known_errors(text: str) -> Iterator[None]:
    """The errors of the driver as those of SQLAlchemy, which all others expect."""
    try:
        yield
    except sqlite3.Error as error:
        raise _known(error, text) from error


def _known(error: sqlite3.Error, text: str) -> sqlalchemy_errors.DBAPIError:
    kind = getattr(sqlalchemy_errors, type(error).__name__, sqlalchemy_errors.DBAPIError)
    found: sqlalchemy_errors.DBAPIError = kind(text, None, error, hide_parameters=True)
    return found


class _Form:
    """A statement as SQLite reads it, for one choice of values."""

    def __init__(self, clause: Executable, dialect: Dialect, names: tuple[str, ...]) -> None:
        readable: Any = clause  # all statements can be compiled, and the class of all does not say so
        compiled: SQLCompiler = readable.compile(dialect=dialect, column_keys=list(names))
        if compiled.post_compile_params or compiled.literal_execute_params:
            raise ValueError(f"its text depends on its values: {compiled.string}")
        self._text = compiled.string
        self._values = f"({', '.join('?' * len(compiled.positiontup or ()))})"
        takes_rows = f"VALUES {self._values}" in self._text
        self._rows_at_once = max(1, MOST_PARAMETERS // max(1, len(compiled.positiontup or ()))) if takes_rows else 1
        if missing := [name for name, bound in compiled.binds.items() if bound.required and name not in names]:
            raise ValueError(f"nothing is given for {', '.join(missing)}: {compiled.string}")
        constants = dict(compiled.params) | _defaults(compiled)
        self._given = [
            (name, constants.get(name), _converter(compiled.binds[name].type, dialect, into=True))
            for name in compiled.positiontup or ()
        ]
        columns = list(getattr(clause, "exported_columns", ()))
        of_columns: Any = namedtuple  # as typed, its fields have to stand in the code
        row = of_columns("row", [column.key for column in columns], rename=True)
        self._row: Callable[[Sequence[Any]], Any] = row._make
        self._gives_rows = bool(columns)
        self._read = [
            (place, convert)
            for place, column in enumerate(columns)
            if (convert := _converter(column.type, dialect, into=False)) is not None
        ]

    def run(self, driver: sqlite3.Connection, values: Mapping[str, Any], told: Callable[[float], None]) -> Answer:
        given = self._bound(values)
        began = time.perf_counter()
        try:
            cursor = driver.execute(self._text, given)
            told(time.perf_counter() - began)
            if not self._gives_rows:
                return Answer((), cursor.rowcount)
            found = cursor.fetchall()
        except sqlite3.Error as error:
            raise _known(error, self._text) from error
        return Answer([self._converted(row) for row in found], cursor.rowcount)

    def run_all(
        self, driver: sqlite3.Connection, rows: Sequence[Mapping[str, Any]], told: Callable[[float], None]
    ) -> None:
        given = [value for row in rows for value in self._bound(row)]
        step = self._rows_at_once * len(self._given)
        began = time.perf_counter()
        with known_errors(self._text):
            for start in range(0, len(given), step):
                some = given[start : start + step]
                driver.execute(self._text_of_rows(len(some) // len(self._given)), some)
        told(time.perf_counter() - began)

    def _text_of_rows(self, count: int) -> str:
        """The text that does it for so many rows in one step: between two, other threads may take the interpreter."""
        more = ", ".join([self._values] * count)
        return self._text.replace(f"VALUES {self._values}", f"VALUES {more}", 1)

    def _bound(self, values: Mapping[str, Any]) -> list[Any]:
        given = []
        for name, constant, convert in self._given:
            value = values.get(name, constant)
            given.append(value if convert is None else convert(value))
        return given

    def _converted(self, row: tuple[Any, ...]) -> Any:
        values = list(row)
        for place, convert in self._read:
            values[place] = convert(values[place])
        return self._row(values)


def _defaults(compiled: SQLCompiler) -> dict[str, Any]:
    """The values of columns that nobody names. Raises ValueError where one is not a constant."""
    found = {}
    for column in (*(compiled.insert_prefetch or ()), *(compiled.update_prefetch or ())):
        default: Any = column.default
        if default is None or not default.is_scalar:
            raise ValueError(f"{column} has a default that is not a constant")
        found[column.key] = default.arg
    return found


def _converter(kind: TypeEngine[Any], dialect: Dialect, *, into: bool) -> Convert | None:
    implemented = kind.dialect_impl(dialect)
    if into:
        return implemented.bind_processor(dialect)
    return implemented.result_processor(dialect, None)
