"""Cells become the same texts one by one and a column at a time, in whatever pieces columns come."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.read.cell_texts import cell_texts, number_text
from headgate.engine.read.sheet_frames import frame_of_rows
from headgate.engine.read.sheet_rows import _listed, _packed, piece_of

TEXTS = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("\x1f\x1e ,")), max_size=20)
NUMBERS = st.one_of(st.floats(), st.integers(-(2**60), 2**60).map(float))
CELLS = st.one_of(
    TEXTS, NUMBERS, st.booleans(), st.dates(), st.datetimes(), st.times(), st.timedeltas(), st.just(""), st.integers()
)
COLUMN = st.one_of(st.lists(CELLS), st.lists(TEXTS), st.lists(NUMBERS), st.lists(st.one_of(TEXTS, NUMBERS)))


def sent(cells: list[Any], size: int) -> tuple[Any, list[bytes]]:
    """A column as it comes from the process that reads, made of pieces of so many cells."""
    pieces = [piece_of(tuple(cells[at : at + size])) for at in range(0, len(cells), size)]
    return _packed(pieces) or _listed(pieces, {}, kinds=False)


def texts_of(cells: list[Any], size: int) -> list[str | None]:
    return frame_of_rows(0, len(cells), [sent(cells, size)])["c0"].to_list()


@given(COLUMN.filter(bool), st.integers(1, 8))
def test_a_column_has_the_texts_of_its_cells(cells: list[Any], size: int) -> None:
    assert texts_of(cells, size) == cell_texts(cells)


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        (["a", ""], "texts"),
        ([1.0, 2.5], "numbers"),
        (["a", 2.5], "mixed"),
        ([float("nan"), ""], "mixed"),
        (["\x1f", "b"], "list"),
        ([True, 1.0], "list"),
        ([1, 2.0], "list"),
    ],
)
def test_texts_and_numbers_are_sent_as_such(cells: list[Any], form: str) -> None:
    assert sent(cells, 1)[0] == form
    assert texts_of(cells, 1) == texts_of(cells, 2) == cell_texts(cells)


def test_columns_of_all_kinds_stand_side_by_side() -> None:
    columns = [["a", ""], [1.0, 2.5], ["\x1f", "b\x1f"], [True, "c"], ["", ""], [1.5, "x"]]
    frame = frame_of_rows(2, 2, [sent(cells, 1) for cells in columns])
    assert frame.columns == ["c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7"]
    assert frame.rows() == [
        (None, None, "a", "1", "\x1f", "TRUE", None, "1.5"),
        (None, None, None, "2.5", "b\x1f", "c", None, "x"),
    ]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_shown_in_digits_that_give_them_back(number: float) -> None:
    text = number_text(number)
    assert float(text) == number
    assert texts_of([number, "x"], 2) == [*texts_of([number], 1), "x"] == [text, "x"]
    if number == 0 or 1e-15 <= abs(number) < 1e25:
        assert "E" not in text
    assert not text.endswith(".0")


@pytest.mark.parametrize(
    "number", [2.0**53 - 1, 2.0**53, -(2.0**53), 1e15, 1e16, 1e22, 1e25, 1e-7, 5e-324, -0.0, 0.1 + 0.2]
)
def test_numbers_at_the_edges_are_shown_alike(number: float) -> None:
    assert texts_of([number], 1) == cell_texts([number])


@given(st.lists(st.one_of(st.floats(-1e9, 1e9), TEXTS, st.booleans(), st.dates())))
def test_mixed_columns_keep_every_text(cells: list[Any]) -> None:
    for cell, text in zip(cells, cell_texts(cells), strict=True):
        if isinstance(cell, str):
            assert text == (cell or None)
        elif isinstance(cell, bool):
            assert text == str(cell).upper()
        elif isinstance(cell, float):
            assert text is not None
            assert float(text) == cell
        else:
            assert text == cell.isoformat()


def test_times_have_milliseconds_only_where_there_are_any() -> None:
    cells = [dt.time(1, 2, 3), dt.time(1, 2, 3, 4000), dt.timedelta(hours=36), -dt.timedelta(milliseconds=1500)]
    assert cell_texts(cells) == ["01:02:03", "01:02:03.004", "36:00:00", "-00:00:01.500"]
