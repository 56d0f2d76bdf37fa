"""What hooks write is read without a guess between the file's notation and the one that values are displayed in."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.hooked_reading import displayed, read_as_given
from headgate.engine.types.base import TypeContext
from headgate.engine.types.registry import build_type
from headgate.engine.working import AMBIGUOUS_TEXT
from headgate.schema import parse_schema_document


def read(type_name: str, column: list[str], given: list[str | None], typed: bool = False) -> list[tuple[Any, Any]]:
    """The readings of what a hook gave to a column of the file that looks like `column`."""
    [field] = parse_schema_document({"fields": [{"label": "F", "key": "f", "type": type_name}]}).fields
    field_type = build_type(field, TypeContext())
    gatherer = field_type.gatherer()
    assert gatherer is not None
    gatherer.observe(pl.Series(column))
    reader = field_type.reader(gatherer.evidence())
    marks = pl.Series([typed] * len(given), dtype=pl.Boolean)
    reading = read_as_given(field_type, reader, field_type.reader(), pl.Series(given, dtype=pl.String), marks)
    return list(zip(reading.value.to_list(), reading.code.to_list(), strict=True))


COMMAS = ["7,25", "1.234,56", "8,5"]
DAYS_FIRST = ["13/02/2022", "14/3/2022", "25/12/2022"]


def test_texts_of_the_files_notation_are_read_by_it() -> None:
    assert read("number", COMMAS, ["1,5", "1.234,5", None]) == [("1.5", None), ("1234.5", None), (None, None)]
    assert [value for value, _ in read("date", DAYS_FIRST, ["03/04/2022", "28/2/2022"])] == ["2022-04-03", "2022-02-28"]


def test_displayed_values_mean_what_they_display_where_the_file_writes_no_value_so() -> None:
    assert [value for value, _ in read("number", COMMAS, ["12.5", "1,234.5"])] == ["12.5", "1234.5"]
    assert [value for value, _ in read("date", DAYS_FIRST, ["2/13/2022"])] == ["2022-02-13"]


def test_numbers_as_javascript_writes_them_are_read_in_columns_with_decimal_commas() -> None:
    assert [value for value, _ in read("number", COMMAS, ["12.50", "-0.75", "1234.5"])] == ["12.5", "-0.75", "1234.5"]


@pytest.mark.parametrize("text", ["1,234", "1.234", "12.500", "-1,234"])
def test_a_number_with_two_meanings_is_an_error_instead_of_a_guess(text: str) -> None:
    assert read("number", COMMAS, [text]) == [(None, AMBIGUOUS_TEXT)]


def test_a_date_with_two_meanings_is_an_error_instead_of_a_guess() -> None:
    assert read("date", DAYS_FIRST, ["4/3/2022", "4/4/2022"]) == [(None, AMBIGUOUS_TEXT), ("2022-04-04", None)]


def test_javascript_numbers_have_one_meaning_in_every_column() -> None:
    given = ["1.234", "1e+21", "12.5"]
    assert [value for value, _ in read("number", COMMAS, given, typed=True)] == ["1.234", "1e+21", "12.5"]


def test_a_column_without_values_is_displayed_as_it_is() -> None:
    [field] = parse_schema_document({"fields": [{"label": "F", "key": "f", "type": "number"}]}).fields
    empty = pl.Series([None, None], dtype=pl.String)
    assert displayed(build_type(field, TypeContext()), empty).to_list() == [None, None]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4).map(str) | st.integers().map(str))
def test_numbers_are_displayed_in_columns_as_one_by_one(number: str) -> None:
    (field,) = parse_schema_document({"fields": [{"label": "N", "key": "n", "type": "number"}]}).fields
    number_type = build_type(field, TypeContext())
    value = number_type.reader().read(number).value
    assert displayed(number_type, pl.Series([value], dtype=pl.String)).to_list() == [
        None if value is None else number_type.display(value)
    ]
