"""Pages of a blob that is NDJSON: a cursor is the place of a line in bytes, so no page costs more than another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson

from headgate.errors import InvalidError
from headgate.records import dataclass
from headgate.storage import BlobStore

MAX_READ = 4 * 1024 * 1024
"""Bytes that one page looks through; with a filter it may then be shorter than asked for."""


@dataclass(frozen=True)
class LinePage:
    """Some of the lines. `next`: cursor of those that follow; None at the end."""

    results: list[dict[str, Any]]
    next: str | None


def line_page(
    store: BlobStore, key: str, cursor: str, limit: int, wanted: Callable[[dict[str, Any]], bool] = lambda _: True
) -> LinePage:
    """The wanted lines from `cursor` ("" for the start) on. Raises FileNotFoundError, InvalidError."""
    place = _place(cursor)
    found: list[dict[str, Any]] = []
    with store.open(key) as file:
        if place:
            file.seek(place - 1)
            if file.read(1) != b"\n":
                raise _not_a_cursor()
        start = place
        while len(found) < limit and place - start < MAX_READ:
            line = file.readline()
            if not line:
                return LinePage(found, None)
            place += len(line)
            entry = orjson.loads(line)
            if wanted(entry):
                found.append(entry)
        more = bool(file.read(1))
    return LinePage(found, str(place) if more else None)


def _place(cursor: str) -> int:
    if not cursor:
        return 0
    if not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 16):
        raise _not_a_cursor()
    return int(cursor)


def _not_a_cursor() -> InvalidError:
    return InvalidError({"cursor": ["Expected the `next` of an earlier page, as it was given."]})
