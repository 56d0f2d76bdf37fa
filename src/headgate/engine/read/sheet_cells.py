"""Columns of a sheet's cells → columns of the texts that `cell_texts` gives, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from headgate.engine.read.cell_texts import EXACT_INTEGERS, cell_texts, number_text
from headgate.engine.read.chunks import empty_to_null
from headgate.engine.table import cell_column


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
    return pl.Series(cell_texts(cells), dtype=pl.String)


def _floats_and_texts(cells: Sequence[Any]) -> pl.Series:
    numbers = pl.Series([cell if type(cell) is float else None for cell in cells], dtype=pl.Float64)
    texts = pl.Series([cell if type(cell) is str and cell else None for cell in cells], dtype=pl.String)
    return texts.zip_with(numbers.is_null(), _floats(numbers))


def _floats(numbers: pl.Series) -> pl.Series:
    frame = numbers.to_frame("x")
    whole = (pl.col("x") == pl.col("x").floor()) & (pl.col("x").abs() < EXACT_INTEGERS)
    integers = pl.when(whole).then(pl.col("x")).cast(pl.Int64).cast(pl.String)
    shortest = pl.col("x").cast(pl.String)
    odd = frame.filter(~whole & shortest.str.contains(r"[a-zA-Z]|\.0$"))["x"].unique()
    texts = pl.Series([number_text(number) for number in odd], dtype=pl.String)
    other = pl.col("x").replace_strict(odd, texts, default=shortest, return_dtype=pl.String) if len(odd) else shortest
    return frame.select(pl.when(whole).then(integers).otherwise(other).alias("x"))["x"]
