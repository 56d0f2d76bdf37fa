"""Columns of every type, clean and hard, say of each cell what the exact reader of one cell says."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from benchmarks.columns import COLUMNS, Column
from headgate.engine.types import base
from headgate.engine.types.base import CellReader, TypeContext
from headgate.engine.types.registry import build_type

ROWS = 600
FEW = 200
ODD: list[str | None] = [None, "", " ", "é", "\u0663", " 1 ", "0" * 50, "x" * 300, None]


def reader_of(column: Column, cells: pl.Series) -> CellReader:
    """The reader by the evidence of these cells."""
    field_type = build_type(column.field(), TypeContext())
    gatherer = field_type.gatherer()
    evidence: dict[str, Any] | None = None
    if gatherer is not None:
        gatherer.observe(cells)
        evidence = gatherer.evidence()
    return field_type.reader(evidence)


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: f"{column.type} {column.name}")
def test_a_part_of_a_column_reads_like_its_cells(column: Column) -> None:
    cells = column.cells(ROWS)
    cells = cells.set(pl.Series([number % 7 == 3 for number in range(ROWS)]), None)
    pieces = [cells.head(ROWS // 3), pl.Series("cell", ODD, dtype=pl.String), cells.tail(ROWS // 2)]
    for whole in (pl.concat(pieces), pl.concat(pieces, rechunk=True)):
        part = whole.slice(11, ROWS)
        reader = reader_of(column, part)
        read = reader.read_column(part)
        expected = [reader.read(cell) for cell in part.to_list()]
        assert read.value.to_list() == [reading.value for reading in expected]
        assert read.code.to_list() == [reading.code for reading in expected]


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: f"{column.type} {column.name}")
def test_a_few_cells_read_the_same_one_by_one_and_as_a_column(column: Column, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "FEW_CELLS", FEW)
    cells = pl.concat([column.cells(FEW - len(ODD) - 1), pl.Series("cell", ODD, dtype=pl.String)])
    vectorized = reader_of(column, cells).read_vectorized(cells)
    reader = reader_of(column, cells)
    monkeypatch.setattr(type(reader), "few_texts", FEW)
    monkeypatch.setattr(reader, "read_vectorized", None)
    read = reader.read_column(cells)
    assert (read.value.to_list(), read.code.to_list()) == (vectorized.value.to_list(), vectorized.code.to_list())
    assert (read.value.dtype, read.code.dtype) == (pl.String, pl.String)


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: f"{column.type} {column.name}")
def test_a_column_without_texts_has_a_reading_for_each_cell(column: Column) -> None:
    for cells in ([], [None], [None, None, None], ["", None, " "]):
        series = pl.Series(cells, dtype=pl.String)
        read = reader_of(column, series).read_column(series)
        assert len(read.value) == len(read.code) == len(cells)
