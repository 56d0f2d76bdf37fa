"""Result rows as Parquet with real types wherever no digit is lost."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from headgate.engine.output.result_table import ResultColumn, ResultTable, original_column, value_column
from headgate.libraries import parquet as pq
from headgate.libraries import pyarrow as pa

_INTEGER = r"^-?[0-9]{1,18}$"
_DOUBLE = r"^-?[0-9]{1,15}$|^-?[0-9]{1,14}\.[0-9]{1,14}$|^-?[0-9](?:\.[0-9]{1,14})?e[+-][12]?[0-9]{1,2}$"
"""At most 15 significant digits survive a double; the second form is checked for its length too."""


def write_parquet(table: ResultTable, target: Path) -> None:
    """One column per key: numbers as int64, double or, when neither is exact, text; dates and booleans as such."""
    types = [_polars_type(table, position, column) for position, column in enumerate(table.columns)]
    columns = range(len(table.columns))
    empty = pl.DataFrame(schema={c.key: t for c, t in zip(table.columns, types, strict=True)})
    schema = empty.to_arrow(compat_level=pl.CompatLevel.oldest()).schema
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for chunk in table.chunks():
            typed = [_typed(chunk[value_column(i)], types[i]).alias(table.columns[i].key) for i in columns]
            frame = pl.DataFrame(typed)
            writer.write_table(frame.to_arrow(compat_level=pl.CompatLevel.oldest()).cast(schema))
        if table.rows == 0:
            writer.write_table(pa.Table.from_batches([], schema))


def _polars_type(table: ResultTable, position: int, column: ResultColumn) -> pl.DataType:
    name, marked = value_column(position), original_column(position)
    integers = doubles = True
    if column.type_name == "number" and column.kind == "string":
        return pl.String()
    if column.type_name not in {"number", "checkbox", "date", "datetime"}:
        return pl.String()
    for chunk in table.chunks():
        if marked in chunk.columns and chunk[marked].any():
            return pl.String()
        texts = chunk[name].drop_nulls()
        if column.type_name == "number":
            integers = integers and bool(texts.str.contains(_INTEGER).all())
            doubles = doubles and _fit_doubles(texts)
            if not integers and not doubles:
                return pl.String()
        elif column.type_name in {"date", "datetime"} and not texts.str.contains(_ISO[column.type_name]).all():
            return pl.String()
    number = pl.Int64() if integers else pl.Float64()
    return {"number": number, "checkbox": pl.Boolean(), "date": pl.Date(), "datetime": pl.Datetime("us")}[
        column.type_name
    ]


_ISO = {"date": r"^\d{4}-\d\d-\d\d$", "datetime": r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$"}


def _fit_doubles(texts: pl.Series) -> bool:
    digits = texts.str.replace_all(r"[-.]|e.*$", "").str.strip_chars_start("0").str.len_chars()
    return bool(texts.str.contains(_DOUBLE).all()) and bool((digits <= 15).all())


def _typed(texts: pl.Series, dtype: pl.DataType) -> pl.Series:
    if dtype == pl.Boolean():
        return texts == "true"
    if dtype == pl.Date():
        return texts.str.to_date("%Y-%m-%d")
    if dtype == pl.Datetime("us"):
        return texts.str.to_datetime("%Y-%m-%dT%H:%M:%S", time_unit="us", strict=False).fill_null(
            texts.str.to_datetime("%Y-%m-%dT%H:%M", time_unit="us", strict=False)
        )
    return texts.cast(dtype)
