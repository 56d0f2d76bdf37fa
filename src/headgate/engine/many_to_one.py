"""Lists in JSON rows for `manyToOne` fields: `{"tags": ["a", "b"]}` becomes two columns "tags", as in a file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from headgate.engine.table import ROW, RawTable, Spool, cell_column
from headgate.schema import Field

MAX_LIST_LENGTH = 1_000
"""Longer lists stay one cell: they are no columns of a table."""


def with_lists_spread(table: RawTable, fields: Sequence[Field], directory: Path) -> RawTable:
    """`table` with each column of lists that a `manyToOne` field names spread over as many columns as its longest list.

    Tables without such columns are returned as they are. The new table is kept in `directory`.
    """
    if table.header is None:
        return table
    names = {name for field in fields if field.many_to_one for name in (field.key, field.label)}
    named = [column for column, header in enumerate(table.header) if header in names]
    lengths = {column: length for column in named if (length := _longest_list(table, column)) > 0}
    if not lengths:
        return table
    spool = Spool(directory)
    for chunk in table.spool.chunks():
        columns = [spread for n in range(table.width) for spread in _spread(chunk[cell_column(n)], lengths.get(n))]
        renamed = [column.alias(cell_column(n)) for n, column in enumerate(columns)]
        spool.append(pl.DataFrame([chunk[ROW], *renamed]))
    header = [name for n, name in enumerate(table.header) for _ in range(lengths.get(n, 1))]
    return replace(table, spool=spool, width=len(header), header=header)


def _longest_list(table: RawTable, column: int) -> int:
    """The length of the column's longest list of plain values; 0 when it has none, or something longer or nested."""
    longest = 0
    for chunk in table.spool.chunks([cell_column(column)]):
        cells = chunk.to_series()
        for text in cells.filter(cells.str.starts_with("[")).unique():
            parts = _parts(text)
            if parts is None or len(parts) > MAX_LIST_LENGTH:
                return 0
            longest = max(longest, len(parts))
    return longest


def _spread(cells: pl.Series, length: int | None) -> list[pl.Series]:
    if length is None:
        return [cells]
    rows = [_padded(text, length) for text in cells]
    return list(pl.DataFrame(rows, schema={f"p{n}": pl.String for n in range(length)}, orient="row"))


def _padded(text: str | None, length: int) -> list[str | None]:
    parts: list[str | None] | None = _parts(text) if text is not None and text.startswith("[") else [text]
    return [*(parts or []), *[None] * length][:length]


def _parts(text: str) -> list[str | None] | None:
    """The cells of a JSON list, numbers as they are written; None when it is no list of plain values."""
    try:
        values = json.loads(text, parse_int=str, parse_float=str)
    except ValueError:
        return None
    if not isinstance(values, list) or any(isinstance(value, list | dict) for value in values):
        return None
    return [_cell(value) for value in values]


def _cell(value: object) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if value is not None and value != "" else None
