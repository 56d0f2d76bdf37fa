"""Another table below the first one, parted by a blank record: its records are imported as rows, so people should know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from headgate.engine.explanations import warning
from headgate.engine.table import ROW, RawTable, cell_column, rows_from
from headgate.engine.working import blank_rows

_CHUNKS = 4
"""Looked at; behind them a table below is as any other rows."""
_BLOCKS = 100
_MIN_NAMES = 2
_MIN_RECORDS = 2


def tables_below(table: RawTable, first_row: int) -> list[dict[str, Any]]:
    """A warning when records behind a blank one have names of their own, in fewer columns than the table.

    All records of the block must fill the same columns; the first of them holds distinct texts without a digit. `first_row`: the
    first record that is data.
    """
    width = 0
    for block in _blocks(table, first_row):
        filled = [tuple(at for at, cell in enumerate(record) if cell) for record in block.values()]
        if not width:
            width = max(map(len, filled))
            continue
        names = [cell for cell in next(iter(block.values())) if cell]
        alike = len(set(filled)) == 1 and len(filled) >= _MIN_RECORDS
        named = len({name.casefold() for name in names}) == len(names) >= _MIN_NAMES
        if alike and named and len(names) < width and not any(map(_has_digit, names)):
            return [warning("another_table_below", row=next(iter(block)))]
    return []


def _blocks(table: RawTable, first_row: int) -> Iterator[dict[int, list[str]]]:
    """Runs of records between blank ones, the first of each run: number of the record → its cells."""
    cells = [cell_column(at) for at in range(table.width)]
    for position in range(min(_CHUNKS, len(table.spool))):
        chunk = rows_from(table.spool.chunk(position), first_row)
        blank = blank_rows(chunk, table)
        if not blank.any():
            continue
        starts = [0, *(at + 1 for at in blank.arg_true().to_list())][:_BLOCKS]
        ends = [*starts[1:], chunk.height + 1]
        for start, end in zip(starts, ends, strict=True):
            part = chunk.slice(start, min(end - 1 - start, _BLOCKS))
            if part.height:
                records = part.select(pl.col(cells).fill_null("").str.strip_chars()).rows()
                yield dict(zip(part[ROW].to_list(), map(list, records), strict=True))


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)
