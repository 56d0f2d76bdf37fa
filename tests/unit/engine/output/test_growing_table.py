"""Result tables that are put together one by one are the table that was written at once."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest

from headgate.engine.output import ResultColumn, ResultTable, ResultTableWriter
from headgate.engine.output.growing_table import append_table, close_table
from headgate.engine.output.result_table import value_column

COLUMNS = [ResultColumn("a", "string", "string", '""'), ResultColumn("b", "raw", "number")]


def written(path: Path, groups: list[list[str | None]]) -> Path:
    with ResultTableWriter(path, COLUMNS, with_originals=False) as writer:
        for texts in groups:
            cells = pl.Series(texts, dtype=pl.String)
            writer.write(pl.DataFrame([cells.alias(value_column(0)), cells.alias(value_column(1))]))
    return path


@pytest.mark.parametrize(
    "tables",
    [
        [[["1", "2"], [None, "4"]], [["5"] * 5000], [["6", "é"]]],
        [[], [["1"]], [], [["2"]]],
        [[], []],
        [[["1"]]],
    ],
)
def test_tables_put_together_are_one_table(tmp_path: Path, tables: list[list[list[str | None]]]) -> None:
    target, footers = tmp_path / "whole", []
    for number, groups in enumerate(tables):
        footers.append(tmp_path / f"footer-{number}")
        append_table(target, written(tmp_path / f"table-{number}", groups), footers[-1])
    close_table(target, footers)
    texts = [text for groups in tables for group in groups for text in group]
    result = ResultTable(target)
    assert (result.columns, result.rows) == (tuple(COLUMNS), len(texts))
    assert [text for chunk in result.chunks() for text in chunk[value_column(0)].to_list()] == texts
    assert pl.read_parquet(target)[value_column(1)].to_list() == texts
    assert pq.ParquetFile(target).metadata.num_row_groups == sum(map(len, tables))


def test_what_was_taken_up_can_be_cut_off_and_taken_up_again(tmp_path: Path) -> None:
    first, second = written(tmp_path / "1", [["a"] * 9]), written(tmp_path / "2", [["b"], ["c"]])
    target, footers = tmp_path / "whole", [tmp_path / "f1", tmp_path / "f2"]
    append_table(target, first, footers[0])
    length = target.stat().st_size
    append_table(target, second, footers[1])
    undisturbed = target.read_bytes()
    with target.open("r+b") as file:
        file.truncate(length)
    append_table(target, second, footers[1])
    assert target.read_bytes() == undisturbed
    close_table(target, footers)
    assert ResultTable(target).rows == 11
