"""Rows out of a streamed NDJSON result, one at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

Row: TypeAlias = dict[str, Any]
ParseFloat: TypeAlias = Callable[[str], Any]


class RowDecoder:
    """Turns chunks of NDJSON into rows.

    Lines end at line feeds only: texts may hold U+2028 and other characters at which `str.splitlines` would cut.
    `parse_float`: makes a value of a number with a point or exponent; `decimal.Decimal` keeps every digit.
    """

    def __init__(self, parse_float: ParseFloat = float) -> None:
        self._decode = json.JSONDecoder(parse_float=parse_float).decode
        self._partial: list[bytes] = []

    def feed(self, chunk: bytes) -> Iterator[Row]:
        """The rows that `chunk` completes."""
        head, newline, rest = chunk.partition(b"\n")
        self._partial.append(head)
        if not newline:
            return
        first = b"".join(self._partial)
        lines = rest.split(b"\n")
        self._partial = [lines.pop()]
        for line in (first, *lines):
            yield from self._row(line)

    def finish(self) -> Iterator[Row]:
        """The last row, when the result does not end with a line feed."""
        line = b"".join(self._partial)
        self._partial = []
        yield from self._row(line)

    def _row(self, line: bytes) -> Iterator[Row]:
        if line.strip():
            yield self._decode(line.decode())
