"""What the process that reads a workbook sends of a sheet's cells → frames of texts, as `cell_texts` gives them, many at once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import polars as pl

from headgate.engine.read.cell_texts import EXACT_INTEGERS, number_text
from headgate.engine.read.chunks import empty_to_null
from headgate.engine.read.sheet_rows import SEPARATOR, Form
from headgate.engine.table import ROW, cell_column
from headgate.libraries import numpy as np


def frame_of_rows(left: int, count: int, columns: list[tuple[Form, list[bytes]]]) -> pl.DataFrame:
    """The cells of `Rows`, null where empty, in the columns of the raw table."""
    joined = {cell_column(at): [str(parts[0], "utf-8")] for at, (form, parts) in enumerate(columns) if _has_texts(form)}
    # One query for all columns: each takes longer to begin than to do.
    texts = pl.DataFrame(joined).select(pl.all().str.split(SEPARATOR).explode()) if joined else pl.DataFrame()
    found = [
        _column(form, parts, texts[cell_column(at)] if _has_texts(form) else None)
        for at, (form, parts) in enumerate(columns)
    ]
    blank = [pl.repeat(None, count, dtype=pl.String, eager=True) for _ in range(left)]
    frame = pl.DataFrame([column.alias(cell_column(at)) for at, column in enumerate([*blank, *found])])
    return empty_to_null(frame) if joined else frame


def error_frame(errors: Iterable[tuple[int, int, str]]) -> pl.DataFrame:
    """Cells with errors (row, column, text), as a raw table has them (`RawTable.cell_errors`)."""
    schema = {ROW: pl.UInt32, "column": pl.UInt32, "text": pl.String}
    return pl.DataFrame(sorted(errors), schema=schema, orient="row")


def _has_texts(form: Form) -> bool:
    return form in ("texts", "mixed")


def _column(form: Form, parts: list[bytes], texts: pl.Series | None) -> pl.Series:
    if form == "list":
        listed: list[Any] = json.loads(parts[0])
        return pl.Series(listed, dtype=pl.String)
    if texts is None:
        return _floats(_numbers(parts[0]))
    if form == "texts":
        return texts
    is_number = pl.Series(np.frombuffer(parts[2], np.bool_))
    return _floats(_numbers(parts[1])).zip_with(is_number, texts)


def _numbers(doubles: bytes) -> pl.Series:
    return pl.Series("x", np.frombuffer(doubles, np.float64))


def _floats(numbers: pl.Series) -> pl.Series:
    frame = numbers.to_frame("x")
    whole = (pl.col("x") == pl.col("x").floor()) & (pl.col("x").abs() < EXACT_INTEGERS)
    integers = pl.when(whole).then(pl.col("x")).cast(pl.Int64).cast(pl.String)
    shortest = pl.col("x").cast(pl.String)
    odd = frame.filter(~whole & shortest.str.contains(r"[a-zA-Z]|\.0$"))["x"].unique()
    texts = pl.Series([number_text(number) for number in odd], dtype=pl.String)
    other = pl.col("x").replace_strict(odd, texts, default=shortest, return_dtype=pl.String) if len(odd) else shortest
    return frame.select(pl.when(whole).then(integers).otherwise(other).alias("x"))["x"]
