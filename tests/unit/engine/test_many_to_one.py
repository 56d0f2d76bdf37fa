"""Lists in JSON rows become the several columns that a `manyToOne` field takes."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from headgate.engine.many_to_one import with_lists_spread
from headgate.engine.table import ROW, FileDescription, RawTable, Spool
from headgate.schema import parse_schema

FIELDS = parse_schema([{"label": "Id", "key": "id"}, {"label": "Tags", "key": "tags", "manyToOne": True}]).fields


def table_of(path: Path, header: list[str], *rows: list[str | None]) -> RawTable:
    spool = Spool(path / "raw")
    schema = {f"c{n}": pl.String for n in range(len(header))}
    spool.append(pl.DataFrame(list(rows), schema=schema, orient="row").with_row_index(ROW))
    return RawTable(spool, len(header), len(rows), "json", FileDescription("json"), header=header)


def test_each_list_element_gets_a_column_and_short_lists_are_padded(tmp_path: Path) -> None:
    table = table_of(
        tmp_path, ["id", "tags"], ["1", '["a","b"]'], ["2", "[1.50,true]"], ["3", None], ["4", "c"], ["5", "[]"]
    )
    spread = with_lists_spread(table, FIELDS, tmp_path / "spread")
    assert spread.header == ["id", "tags", "tags"]
    assert spread.spool.chunk(0).drop(ROW).rows() == [
        ("1", "a", "b"),
        ("2", "1.50", "true"),
        ("3", None, None),
        ("4", "c", None),
        ("5", None, None),
    ]


def test_nothing_is_lost_when_a_cell_is_no_list_of_plain_values(tmp_path: Path) -> None:
    for cell in ('[["a"]]', "[broken", str(list(range(1001)))):
        table = table_of(tmp_path / str(len(cell)), ["id", "tags"], ["1", cell], ["2", '["a"]'])
        assert with_lists_spread(table, FIELDS, tmp_path / "spread") is table


def test_columns_of_ordinary_fields_stay_as_they_are(tmp_path: Path) -> None:
    table = table_of(tmp_path, ["id", "other"], ['["a","b"]', '["a"]'])
    assert with_lists_spread(table, FIELDS, tmp_path / "spread") is table
