"""A damaged record is mended by itself where one reading alone fits; every other one stays as it is, and loses nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.read.dialect import Dialect
from headgate.engine.read.mending import joined_pieces
from headgate.engine.read.shapes import ColumnShapes

from .conftest import Read, cells
from .test_delimited import parse

HEADER = ["id", "day", "price", "note"]
ROWS = [[str(number), f"2024-01-{number:02}", f"{number}.50", f"note {number}"] for number in range(1, 20)]
TEXT = "".join(",".join(row) + "\n" for row in (HEADER, *ROWS))
BESIDE = [HEADER, *ROWS]


def codes(table_warnings: list[dict[str, object]]) -> list[object]:
    return [entry["code"] for entry in table_warnings]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_a_row_with_another_delimiter_is_split_there_and_told(read: Read, delimiter: str) -> None:
    table = read(
        (TEXT + delimiter.join(["20", "2024-01-20", "20.50", "a, b"]) + "\n" + TEXT.partition("\n")[2]).encode()
    )
    assert cells(table) == [*BESIDE, ["20", "2024-01-20", "20.50", "a, b"], *ROWS]
    assert {"code": "rows_with_another_delimiter", "rows": 1, "firstRow": 20} in table.description.warnings


def test_a_row_with_blanks_for_delimiters_is_split_only_where_its_cells_look_like_their_columns(read: Read) -> None:
    rows = cells(read((TEXT + '20 2024-01-20 20.50 "a b"\n' + "made by Ann Lee\n").encode()))
    assert rows[20:] == [["20", "2024-01-20", "20.50", "a b"], ["made by Ann Lee", None, None, None]]


def test_a_header_with_another_delimiter_than_its_data_is_split(read: Read) -> None:
    assert cells(read(TEXT.replace(",", ";", 3).encode())) == BESIDE


@pytest.mark.parametrize(
    "line", ["see a;b;c;d", "20;2024-01-20;20.50", "x;y;z;w", "20;not a day;20.50;a", "a | b | c | d"]
)
def test_a_narrow_row_that_fits_no_other_way_stays_one_cell(read: Read, line: str) -> None:
    table = read((TEXT + line + "\n").encode())
    assert cells(table)[-1] == [line, None, None, None]
    assert "rows_with_another_delimiter" not in codes(table.description.warnings)


def test_quotes_that_nobody_escaped_do_not_tear_their_cell(read: Read) -> None:
    table = read((TEXT + '20,2024-01-20,20.50,"3"", red"\n21,2024-01-21,21.50,"3", red"\n').encode())
    assert [row[-1] for row in cells(table)[20:]] == ['3", red', '3", red']
    assert {"code": "broken_quotes", "rows": 1, "firstRow": 21} in table.description.warnings


def test_blanks_before_quotes_of_one_row_do_not_tear_its_cells(read: Read) -> None:
    table = read((TEXT + '20, 2024-01-20, 20.50, "a, b\nc"\n').encode())
    assert cells(table)[20] == ["20", " 2024-01-20", " 20.50", "a, b\nc"]


def test_what_two_readings_fit_equally_is_left_alone() -> None:
    assert joined_pieces('"a","b","c"', Dialect(), 2) is None


def test_correct_quotes_with_too_many_cells_are_not_joined(read: Read) -> None:
    assert cells(read((TEXT + '"20","2024-01-20","20.50","a","b"\n').encode()))[20] == [
        "20", "2024-01-20", "20.50", "a", "b"
    ]  # fmt: skip


@given(st.text(alphabet='ab",', max_size=40), st.integers(1, 6))
def test_joining_keeps_every_character_but_quotes_and_delimiters(line: str, width: int) -> None:
    found = joined_pieces(line, Dialect(), width)
    if found is not None:
        assert len(found) == width
        assert [mark for cell in found for mark in cell if mark in "ab"] == [mark for mark in line if mark in "ab"]


lines = st.lists(
    st.sampled_from(
        ["1,2024-01-01,1.5,a", "2;2024-01-02;2.5;b", '3;2024-01-03;3.5;"c;d"', '4, "x, y",4', '5,2024-01-05,"3", r",5',
         "", "total", '"', 'a"b', "6 2024-01-06 6.5 z", '7;"open', "8|2024-01-08|8.5|p,q"]
    ),
    max_size=30,
)  # fmt: skip


@given(lines)
def test_strict_and_careful_reading_mend_the_same(records: list[str]) -> None:
    content = "".join(f"{record}\n" for record in records).encode()
    shapes = ColumnShapes.of(BESIDE, 4)
    strict = parse(content, width=4, shapes=shapes)
    assert strict == parse(content, width=4, shapes=shapes, strict=False)


@given(
    st.lists(st.text(alphabet='ab1,;" \r', max_size=12), max_size=25),
    st.sampled_from(["\n", "\r\n"]),
    st.integers(0, 5),
    st.booleans(),
)
def test_strict_and_careful_reading_agree_on_any_damage(records: list[str], end: str, width: int, ends: bool) -> None:
    content = (end.join(records) + (end if ends else "")).encode()
    shapes = ColumnShapes.of(BESIDE, 4) if width == 4 else None
    assert parse(content, width=width, shapes=shapes) == parse(content, width=width, shapes=shapes, strict=False)


def test_repairs_are_counted_once_and_in_their_place(read: Read) -> None:
    damaged = TEXT + '20,2024-01-20,20.50,"a b\n' + TEXT.partition("\n")[2] + '21,2024-01-21,21.50,"c" d"\n'
    warnings = read(damaged.encode()).description.warnings
    assert warnings == [{"code": "broken_quotes", "rows": 2, "firstRow": 20}]


def test_a_million_damaged_characters_are_read_in_time_that_grows_with_them(read: Read) -> None:
    line = '20;2024-01-20;20.50;"a"\n20,2024-01-20,20.50,x" "y\n'
    table = read((TEXT + line * 10_000).encode())
    assert table.rows == 20_020
