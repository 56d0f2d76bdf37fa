"""Typed cells of a sheet → the text that the sheet shows, column by column.

Dates are `YYYY-MM-DD`, date-times `YYYY-MM-DDTHH:MM:SS` (milliseconds only when there are any), times and durations
`HH:MM:SS`, booleans `TRUE` and `FALSE`. Numbers are the shortest digits that give the number back, integers without
`.0`; text is untouched.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from headgate.engine.read.chunks import empty_to_null
from headgate.engine.table import cell_column

_EXACT_INTEGERS = 2.0**53
_PLAIN_LARGEST, _PLAIN_SMALLEST = 1e25, 1e-15


def column_text(cells: Sequence[Any]) -> pl.Series:
    """One column's cells (as the workbook library gives them, `''` for none) as texts, null where empty."""
    return columns_text([cells]).to_series()


def columns_text(columns: Sequence[Sequence[Any]], first: int = 0) -> pl.DataFrame:
    """The same of several columns, which get the names of the raw table's from column `first` on."""
    frame = pl.DataFrame([_texts(cells).alias(cell_column(at)) for at, cells in enumerate(columns, start=first)])
    return empty_to_null(frame)  # one query for all columns: each takes longer to begin than to do


def _texts(cells: Sequence[Any]) -> pl.Series:
    kinds = set(map(type, cells))
    if kinds == {str}:
        return pl.Series(cells, dtype=pl.String)
    if kinds == {float}:
        return _floats(pl.Series(cells, dtype=pl.Float64))
    if kinds == {str, float}:
        return _floats_and_texts(cells)
    converters = {kind: _CONVERTERS.get(kind, str) for kind in kinds}
    return pl.Series([converters[type(cell)](cell) for cell in cells], dtype=pl.String)


def cell_kinds(cells: Sequence[Any]) -> pl.Series:
    """What one column's cells are: `t` text, `n` number, `d` date, time or duration, `b` boolean."""
    return pl.Series([_KINDS.get(type(cell), "t") for cell in cells], dtype=pl.String)


def _floats_and_texts(cells: Sequence[Any]) -> pl.Series:
    numbers = pl.Series([cell if type(cell) is float else None for cell in cells], dtype=pl.Float64)
    texts = pl.Series([cell if type(cell) is str and cell else None for cell in cells], dtype=pl.String)
    return texts.zip_with(numbers.is_null(), _floats(numbers))


def _floats(numbers: pl.Series) -> pl.Series:
    frame = numbers.to_frame("x")
    whole = (pl.col("x") == pl.col("x").floor()) & (pl.col("x").abs() < _EXACT_INTEGERS)
    integers = pl.when(whole).then(pl.col("x")).cast(pl.Int64).cast(pl.String)
    shortest = pl.col("x").cast(pl.String)
    odd = frame.filter(~whole & shortest.str.contains(r"[a-zA-Z]|\.0$"))["x"].unique()
    texts = pl.Series([number_text(number) for number in odd], dtype=pl.String)
    other = pl.col("x").replace_strict(odd, texts, default=shortest, return_dtype=pl.String) if len(odd) else shortest
    return frame.select(pl.when(whole).then(integers).otherwise(other).alias("x"))["x"]


def number_text(number: float) -> str:
    """The shortest digits that give `number` back, without exponent unless it is very large or very small."""
    if abs(number) < _EXACT_INTEGERS and number.is_integer():
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
