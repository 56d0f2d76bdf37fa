"""What all tables share: the base class, names of constraints, and column types that every database keeps alike."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import orjson
from sqlalchemy import BigInteger, Dialect, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, make_transient_to_detached
from sqlalchemy.orm.attributes import manager_of_class
from sqlalchemy.types import TypeDecorator

_DIGITS, _DIGITS_IN_BYTES = re.compile(r"[0-9]{19}"), re.compile(rb"[0-9]{19}")
"""What may be a whole number beyond 64 bits."""
T = TypeVar("T", bound=DeclarativeBase)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Base(DeclarativeBase):
    """The base of every table. Constraints have names, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def detached(table: type[T], values: Mapping[str, Any]) -> T:
    """A row as a session that is over leaves it, of a statement that was not asked by one: columns that `values` lacks are not loaded."""
    found: T = manager_of_class(table).new_instance()
    vars(found).update(values)
    make_transient_to_detached(found)
    return found


def iso(moment: datetime) -> str:
    """ISO-8601 in UTC with `Z`, the form of every date in the API."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime in UTC, stored as whole microseconds since 1970.

    SQLite has no time type, and a number sorts and compares alike in every database.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        since = value - _EPOCH
        return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class JsonText(TypeDecorator[Any]):
    """A JSON value kept as the text of its JSON: the order of keys stays, and `\\u0000` is allowed everywhere."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else dump_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else load_json(value)


def dump_json(value: Any) -> str:
    """`value` as compact JSON. Whole numbers of any size keep their digits."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:  # a whole number beyond 64 bits
        return json.dumps(value, separators=(",", ":"), allow_nan=False)


def load_json(text: str | bytes) -> Any:
    """The value of JSON text, with whole numbers exact: orjson, ten times as fast, would read one beyond 64 bits as a float."""
    digits = _DIGITS.search(text) if isinstance(text, str) else _DIGITS_IN_BYTES.search(text)
    if digits is None:
        with contextlib.suppress(orjson.JSONDecodeError):  # what it refuses, such as half a pair of surrogates
            return orjson.loads(text)
    return json.loads(text)
