"""A checkbox is ticked unless the cell says no (schema.md, "Types")."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.types.checkbox import CheckboxType
from tests.unit.engine.types.column_readings import read, type_of, values


@pytest.mark.parametrize("text", ["0", "off", "n", "no", "false", "disabled", "OFF", "No", "FALSE", "Disabled", " no "])
def test_these_texts_are_false_in_any_case(text: str) -> None:
    assert read(type_of(CheckboxType), [text]) == [("false", None)]


@pytest.mark.parametrize(
    "text", ["1", "x", "yes", "true", "00", "0.0", "none", "null", "nope", "-", "✓", "ｎｏ", "ﬀ", "no!"]
)
def test_everything_else_is_true(text: str) -> None:
    assert read(type_of(CheckboxType), [text]) == [("true", None)]


def test_an_empty_cell_is_false_and_not_null() -> None:
    assert values(type_of(CheckboxType), [None, "", "  ", "\xa0"]) == ["false"] * 4


def test_it_stands_in_json_as_it_is() -> None:
    assert type_of(CheckboxType).json_kind == "raw"


@settings(deadline=None)
@given(st.lists(st.text(max_size=9), min_size=1))
def test_columns_read_like_cells(cells: list[str | None]) -> None:
    assert set(values(type_of(CheckboxType), cells)) <= {"true", "false"}
