"""Typed cells of a sheet → the text that the sheet shows, cell by cell.

Dates are `YYYY-MM-DD`, date-times `YYYY-MM-DDTHH:MM:SS` (milliseconds only when there are any), times and durations
`HH:MM:SS`, booleans `TRUE` and `FALSE`. Numbers are the shortest digits that give the number back, integers without
`.0`; text is untouched.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

EXACT_INTEGERS = 2.0**53
_PLAIN_LARGEST, _PLAIN_SMALLEST = 1e25, 1e-15


def cell_texts(cells: Iterable[Any]) -> list[str | None]:
    """The texts of cells (as the workbook library gives them, `''` for none), None where empty."""
    return [_CONVERTERS.get(type(cell), str)(cell) or None for cell in cells]


def cell_kind(cell: Any) -> str:
    """What a cell is: `t` text, `n` number, `d` date, time or duration, `b` boolean."""
    return _KINDS.get(type(cell), "t")


def number_text(number: float) -> str:
    """The shortest digits that give `number` back, without exponent unless it is very large or very small."""
    if abs(number) < EXACT_INTEGERS and number.is_integer():
        return str(int(number))
    text = repr(number)
    if "e" in text and _PLAIN_SMALLEST <= abs(number) < _PLAIN_LARGEST:
        return format(Decimal(text), "f")
    return text.replace("e", "E").removesuffix(".0")


def _moment(moment: dt.datetime | dt.time) -> str:
    if moment.microsecond:
        return moment.isoformat(timespec="milliseconds").removesuffix(".000")
    return moment.isoformat()


def _duration(duration: dt.timedelta) -> str:
    sign = "-" if duration < dt.timedelta(0) else ""
    milliseconds = round(abs(duration) / dt.timedelta(milliseconds=1))
    seconds, fraction = divmod(milliseconds, 1000)
    tail = f".{fraction:03d}" if fraction else ""
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{tail}"


def _same(text: str) -> str:
    return text


def _boolean(value: bool) -> str:
    return "TRUE" if value else "FALSE"


_KINDS: dict[type, str] = {
    float: "n", int: "n", bool: "b", dt.date: "d", dt.datetime: "d", dt.time: "d", dt.timedelta: "d",
}  # fmt: skip

_CONVERTERS: dict[type, Callable[[Any], str]] = {
    str: _same,
    float: number_text,
    int: str,
    bool: _boolean,
    dt.date: dt.date.isoformat,
    dt.datetime: _moment,
    dt.time: _moment,
    dt.timedelta: _duration,
}
