"""The benchmark's data is what its description says, or its results would say nothing."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import polars as pl
import pytest

from benchmarks.data import BAD_CELLS, BAD_SHARE, WRITERS, chunks, schema
from headgate.engine.read.options import ReadOptions
from headgate.engine.read.reading import read_source
from headgate.schema import parse_schema_document
from tests.raw_tables import cells


@pytest.fixture(scope="module")
def table() -> pl.DataFrame:
    return pl.concat(chunks(20_000))


def test_the_same_rows_come_out_every_time_and_a_short_table_begins_every_longer_one(table: pl.DataFrame) -> None:
    assert pl.concat(chunks(20_000)).equals(table)
    assert pl.concat(chunks(700)).equals(table.head(700))


def test_there_are_twelve_columns_that_the_schema_names(table: pl.DataFrame) -> None:
    assert table.width == 12
    assert table.columns == [field.label for field in parse_schema_document(schema()).fields]


def test_two_in_a_hundred_cells_of_each_checked_column_are_bad(table: pl.DataFrame) -> None:
    for column, bad in BAD_CELLS.items():
        share = table[column].is_in(list(bad)).mean()
        assert share == pytest.approx(BAD_SHARE, rel=0.2), column


def test_ids_are_unique_and_texts_hold_what_makes_csv_hard(table: pl.DataFrame) -> None:
    assert table["Customer ID"].n_unique() == table.height
    for hard in (",", '"', "\n"):
        assert table["Notes"].str.contains(hard, literal=True).any()
    assert table["Name"].str.contains(r"[^\x00-\x7f]").any()


def test_every_format_holds_the_same_rows(tmp_path: Path, table: pl.DataFrame) -> None:
    expected = table.head(300)
    sheets = {}
    for name, write in WRITERS.items():
        write(tmp_path / f"data.{name}", 300)
    csv = pl.read_csv(tmp_path / "data.csv", infer_schema=False).fill_null("")
    assert csv.equals(expected)
    assert pl.read_ndjson(tmp_path / "data.ndjson").equals(expected)
    for name in ("xlsx", "ods", "xls"):
        options = ReadOptions(filename=f"data.{name}", cell_kinds=True)
        sheets[name] = cells(read_source(tmp_path / f"data.{name}", tmp_path / name, options))
    assert sheets["ods"] == sheets["xlsx"] == sheets["xls"]
    rows = list(openpyxl.load_workbook(tmp_path / "data.xlsx").active.values)
    assert list(rows[0]) == expected.columns
    assert len(rows) == 301
    amount = expected.columns.index("Amount")
    for got, wanted in zip(rows[1:], expected.iter_rows(), strict=True):
        texts = [cell or "" for position, cell in enumerate(got) if position != amount]
        assert texts == [cell for position, cell in enumerate(wanted) if position != amount]
        is_plain = wanted[amount] not in BAD_CELLS["Amount"] and "$" not in wanted[amount]
        assert got[amount] == (float(wanted[amount].replace(",", "")) if is_plain else wanted[amount])
