"""The working table: which records are data, what a row is, where a cell's text and value stand."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from headgate.engine.table import ROW, FileDescription, RawTable, Spool
from headgate.engine.types.base import CellReader, Reading
from headgate.engine.working import (
    EXTRA,
    INDEX,
    SPREADSHEET_ERROR,
    DataRows,
    RowCounts,
    Slot,
    Typing,
    blank_rows,
    slots_for,
)
from headgate.schema import parse_schema

Cell = str | None


class UpperCase(CellReader):
    def read_cell(self, text: str) -> Reading:
        return Reading(None, "bad") if text == "bad" else Reading(text.upper())


def raw_table(path: Path, *chunks: list[list[Cell]], errors: list[tuple[int, int, str]] | None = None) -> RawTable:
    spool, row = Spool(path / "raw"), 0
    width = len(chunks[0][0])
    for cells in chunks:
        frame = pl.DataFrame(cells, schema={f"c{n}": pl.String for n in range(width)}, orient="row")
        spool.append(frame.with_row_index(ROW, offset=row))
        row += len(cells)
    cell_errors = None
    if errors:
        cell_errors = pl.DataFrame(
            errors, schema={ROW: pl.UInt32, "column": pl.UInt32, "text": pl.String}, orient="row"
        )
    return RawTable(spool, width, row, "text", FileDescription("csv"), cell_errors=cell_errors)


def test_a_row_of_white_space_is_blank_whatever_the_kind_of_white_space(tmp_path: Path) -> None:
    table = raw_table(tmp_path, [["a", None], [None, None], [" \t", "\u00a0\u3000\ufeff"], ["", "x"], [None, "0"]])
    assert blank_rows(table.spool.chunk(0), table).to_list() == [False, True, True, False, False]


def test_a_row_with_nothing_but_a_spreadsheet_error_is_not_blank(tmp_path: Path) -> None:
    table = raw_table(tmp_path, [[None, None], [None, None]], errors=[(1, 0, "#REF!")])
    assert blank_rows(table.spool.chunk(0), table).to_list() == [True, False]


def test_data_rows_are_numbered_without_header_and_blank_rows_over_all_chunks(tmp_path: Path) -> None:
    table = raw_table(tmp_path, [["title"], ["h"], ["1"]], [[None], ["2"]], [["3"], [" "]])
    counts = RowCounts()
    rows = pl.concat(DataRows(table, 2, None).chunks(counts))
    assert rows.select(INDEX, ROW, "c0").rows() == [(0, 2, "1"), (1, 4, "2"), (2, 5, "3")]
    assert counts == RowCounts(read=3, empty=2)


@pytest.mark.parametrize("limit", [0, 1, 2])
def test_rows_over_the_limit_are_counted_and_left_out(tmp_path: Path, limit: int) -> None:
    table = raw_table(tmp_path, [["h"], ["1"], [None], ["2"]], [["3"]])
    counts = RowCounts()
    rows = [cell for chunk in DataRows(table, 1, limit).chunks(counts) for cell in chunk["c0"]]
    assert rows == ["1", "2"][:limit]
    assert counts == RowCounts(read=limit, empty=1, over_max_records=3 - limit)


def test_a_working_chunk_has_text_value_and_code_of_each_slot(tmp_path: Path) -> None:
    table = raw_table(tmp_path, [["x", "bad"], [" y ", None]], errors=[(1, 1, "#N/A")])
    fields = parse_schema([{"label": "A", "key": "a"}, {"label": "B", "key": "b"}]).fields
    slots = slots_for(fields, {"a": [0], "b": [1]})
    typing = Typing(slots, [UpperCase(), UpperCase()])
    [raw] = DataRows(table, 0, None).chunks(RowCounts())
    chunk = typing.chunk(raw, table, 2, [])
    assert chunk.drop(ROW, INDEX, EXTRA).to_dict(as_series=False) == {
        "t0": ["x", " y "],
        "v0": ["X", "Y"],
        "k0": [None, None],
        "t1": ["bad", "#N/A"],
        "v1": [None, None],
        "k1": ["bad", SPREADSHEET_ERROR],
    }


def test_text_behind_the_last_column_is_noticed_and_white_space_is_not(tmp_path: Path) -> None:
    table = raw_table(tmp_path, [["a", None, None], ["b", None, "x"], ["c", " ", ""]])
    [raw] = DataRows(table, 0, None).chunks(RowCounts())
    assert Typing([], []).chunk(raw, table, 1, [])[EXTRA].to_list() == [False, True, False]


def test_a_many_to_one_field_has_a_slot_per_column_and_a_hidden_field_one_without() -> None:
    fields = parse_schema(
        [
            {"label": "Tags", "key": "tags", "manyToOne": True},
            {"label": "H", "key": "h", "hidden": True},
            {"label": "N", "key": "n"},
            {"label": "U", "key": "unmapped"},
        ]
    ).fields
    slots = slots_for(fields, {"tags": [3, 1], "n": [0]})
    assert [(slot.field.key, slot.column, slot.many_to_one_index) for slot in slots] == [
        ("tags", 3, 0),
        ("tags", 1, 1),
        ("h", None, None),
        ("n", 0, None),
    ]
    assert [slot.position for slot in slots] == [0, 1, 2, 3]
    assert isinstance(slots[0], Slot)
