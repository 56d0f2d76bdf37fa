"""How a large table is divided: into runs of its chunks, with what stands before each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from headgate.engine.table import ROW, cell_column
from headgate.engine.working import DataRows, RowCounts, is_filled
from headgate.records import dataclass


@dataclass(frozen=True)
class Part:
    """The chunks from `first` up to, not including, `last`. `before`: what became of the records before them."""

    number: int
    first: int
    last: int
    before: RowCounts


def parts_of(rows: DataRows, part_rows: int) -> list[Part]:
    """The parts of a table, each of at least `part_rows` records but the last, so that each row belongs to one of them."""
    parts: list[Part] = []
    counts, first, records = RowCounts(), 0, 0
    before = replace(counts)
    for position in range(len(rows.table.spool)):
        records += _count(rows, position, counts)
        if records >= part_rows or position + 1 == len(rows.table.spool):
            parts.append(Part(len(parts), first, position + 1, before))
            before, first, records = replace(counts), position + 1, 0
    return parts


def before_parts(parts: Sequence[Part]) -> list[list[int]]:
    """The parts as JSON."""
    return [[p.first, p.last, p.before.read, p.before.empty, p.before.over_max_records] for p in parts]


def parts_from(document: Sequence[Sequence[int]]) -> list[Part]:
    """The parts of `before_parts`."""
    return [
        Part(number, first, last, RowCounts(read, empty, over))
        for number, (first, last, read, empty, over) in enumerate(document)
    ]


def _count(rows: DataRows, position: int, counts: RowCounts) -> int:
    """Add what becomes of a chunk's records; gives their number. Nearly always the first column says that none is blank."""
    first = rows.table.spool.chunk(position, [ROW, cell_column(0)])
    data = first.filter(pl.col(ROW) >= rows.first)
    if is_filled(data[cell_column(0)]).all():
        counts.add(data.height, rows.limit)
    else:
        for _ in replace(rows, span=range(position, position + 1)).chunks(counts):
            pass
    return first.height
