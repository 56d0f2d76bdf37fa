"""Social security numbers: nine digits, dashes after the third and the fifth or none (rules.md)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.types.ssn import SsnType
from tests.unit.engine.types.column_readings import read, type_of


@pytest.mark.parametrize("text", ["123456789", "123-45-6789", " 123-45-6789\t"])
def test_both_forms_give_the_form_of_the_field(text: str) -> None:
    assert read(type_of(SsnType), [text]) == [("123456789", None)]
    assert read(type_of(SsnType, {"outputDash": True}), [text]) == [("123-45-6789", None)]


def test_leading_zeros_stay() -> None:
    assert read(type_of(SsnType), ["001020003"]) == [("001020003", None)]


@pytest.mark.parametrize(
    "text",
    ["12345678", "1234567890", "12-345-6789", "123-456789", "12345-6789", "123--45-678", "123 45 6789",
     "123–45–6789",
     "12345678a", "١٢٣٤٥٦٧٨٩", "123-45-6789-", "-123456789", "123.45.6789", "123456789\n1"],
)  # fmt: skip
def test_anything_else_is_an_error(text: str) -> None:
    assert read(type_of(SsnType), [text]) == [(None, "not_an_ssn")]


def test_empty_is_null() -> None:
    assert read(type_of(SsnType, {"outputDash": True}), [None, " "]) == [(None, None)] * 2


@settings(deadline=None)
@given(st.lists(st.one_of(st.text("0123456789- ", max_size=12), st.text(max_size=11)), min_size=1), st.booleans())
def test_columns_read_like_cells(cells: list[str | None], dash: bool) -> None:
    for value, code in read(type_of(SsnType, {"outputDash": dash}), cells):
        assert value is None or (code is None and len(value) == (11 if dash else 9))
