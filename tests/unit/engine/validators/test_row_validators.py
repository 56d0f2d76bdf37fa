"""Validators that one row decides: required, length, alphabetical, the require family."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.types.base import WHITE_SPACE
from headgate.engine.validators import build_validators, slot_column
from headgate.engine.validators.base import has_text
from headgate.schema import parse_schema
from tests.unit.engine.validators.validator_batches import FAILED, batch, failing_rows, findings, slot, validators_of

CELLS_OF_TEXT = st.lists(
    st.none()
    | st.text(max_size=40)
    | st.sampled_from(["", " ", "\xa0", "\u3000x", "!", "~", "\x7f", " a long text behind white space"])
)

CELLS = ["x", None, "", " \u00a0", FAILED]


def test_required_fails_on_empty_and_white_space_but_not_where_the_type_failed() -> None:
    assert failing_rows(validators_of(a=[{"validate": "required"}]), batch(a=CELLS)) == {"a": [1, 2, 3]}


@pytest.mark.parametrize(
    ("type_name", "texts", "filled"),
    [
        ("string", ["x", " x", "", " \u00a0\u3000\ufeff", None], [True, True, False, False, False]),
        ("checkbox", ["true", "false", None], [True, False, False]),
        ("multi-select", ['["a"]', "[]", None], [True, False, False]),
        ("number", ["0", None], [True, False]),
    ],
)
def test_what_counts_as_filled_depends_on_the_type(type_name: str, texts: list[str | None], filled: list[bool]) -> None:
    column = slot_column(type_name, pl.Series(texts, dtype=pl.String), pl.Series([False] * len(texts)))
    assert column.filled.to_list() == filled
    failed = slot_column(type_name, pl.Series(texts, dtype=pl.String), pl.Series([True] * len(texts)))
    assert failed.filled.all()
    assert failed.value.is_null().all()


@given(CELLS_OF_TEXT, st.integers(0, 5))
def test_a_text_is_filled_where_anything_but_white_space_stands_in_it(cells: list[str | None], start: int) -> None:
    expected = [bool(cell and cell.strip(WHITE_SPACE)) for cell in cells]
    texts = pl.Series(cells, dtype=pl.String)
    assert has_text(texts.slice(start)).to_list() == expected[start:]
    nothing_any_more = texts.set(texts.is_not_null(), None)
    assert not has_text(nothing_any_more).any()


def test_required_fails_on_a_checkbox_that_is_not_ticked() -> None:
    validators = validators_of(a=[{"validate": "required"}])
    assert failing_rows(validators, {"a": [slot(["true", "false"], checkbox=True)]}) == {"a": [1]}


def test_each_column_of_a_many_to_one_field_is_checked() -> None:
    (found,) = findings(validators_of(a=[{"validate": "required"}]), {"a": [slot(["x", None]), slot([None, "y"])]})
    assert [(finding.position, finding.fails.to_list()) for finding in found] == [
        (0, [False, True]),
        (1, [True, False]),
    ]


def test_a_field_without_a_column_is_not_checked() -> None:
    assert failing_rows(validators_of(a=[{"validate": "required"}]), batch(b=["x"])) == {}


@pytest.mark.parametrize(
    ("limits", "failing", "message"),
    [
        ({"min": 2}, [0], "Must be at least 2 characters long."),
        ({"max": 2}, [2, 3], "Must be at most 2 characters long."),
        ({"min": 2, "max": 3}, [0, 3], "Must be 2 to 3 characters long."),
        ({"min": 2, "max": 2}, [0, 2, 3], "Must be exactly 2 characters long."),
        ({"min": 0}, [], ""),
    ],
)
def test_length_counts_characters_inclusively(limits: dict[str, int], failing: list[int], message: str) -> None:
    cells = ["1", "12", "123", "1234", None, "", "   ", FAILED]
    (found,) = findings(validators_of(a=[{"validate": "length", **limits}]), batch(a=cells))
    assert [finding.fails.arg_true().to_list() for finding in found] == ([failing] if failing else [])
    assert [finding.message for finding in found] == ([message] if failing else [])


def test_length_counts_code_points_not_bytes_or_halves() -> None:
    assert failing_rows(validators_of(a=[{"validate": "length", "max": 1}]), batch(a=["é", "😀", "日", "e\u0301"])) == {
        "a": [3]
    }


@given(CELLS_OF_TEXT, st.none() | st.integers(0, 40), st.none() | st.integers(0, 40))
def test_length_is_that_of_each_text(cells: list[str | None], least: int | None, most: int | None) -> None:
    limits = {name: limit for name, limit in (("min", least), ("max", most)) if limit is not None}
    if not limits or (least is not None and most is not None and least > most):
        return
    failing = [
        row
        for row, cell in enumerate(cells)
        if cell and cell.strip(WHITE_SPACE) and not (least or 0) <= len(cell) <= (len(cell) if most is None else most)
    ]
    (found,) = findings(validators_of(a=[{"validate": "length", **limits}]), batch(a=cells))
    assert [finding.fails.arg_true().to_list() for finding in found] == ([failing] if failing else [])


def test_alphabetical_allows_ascii_letters_only() -> None:
    cells = ["abcXYZ", "abc1", "é", "a b", "ａ", "\u212a", "a\n", None, " ", FAILED]
    assert failing_rows(validators_of(a=[{"validate": "alphabetical"}]), batch(a=cells)) == {"a": [1, 2, 3, 4, 5, 6]}


def test_in_a_multi_select_every_value_is_measured() -> None:
    options = [{"label": value, "value": value} for value in ("ab", "abcd", "é")]
    rules = [{"validate": "length", "min": 2, "max": 3}, {"validate": "alphabetical", "level": "info"}]
    field = {"label": "A", "key": "a", "type": "multi-select", "selectOptions": options, "validators": rules}
    cells = ['["ab"]', '["ab","abcd"]', '["é","ab"]', "[]", None, FAILED]
    (found,) = findings(build_validators(parse_schema([field]).fields), batch(a=cells))
    assert [(finding.code, finding.fails.arg_true().to_list()) for finding in found] == [
        ("length_between", [1, 2]),
        ("alphabetical", [2]),
    ]


# The row is required to have `a` when, of b and c, …
ROWS: dict[str, list[Any]] = {"a": [None] * 4, "b": ["x", "x", None, None], "c": ["y", None, "y", None]}


@pytest.mark.parametrize(
    ("rule", "failing"),
    [
        ("require_with", [0, 1, 2]),
        ("require_without", [1, 2, 3]),
        ("require_with_all", [0]),
        ("require_without_all", [3]),
    ],
)
def test_the_require_family_looks_at_which_fields_are_filled(rule: str, failing: list[int]) -> None:
    assert failing_rows(validators_of(a=[{"validate": rule, "fields": ["b", "c"]}], b=[], c=[]), batch(**ROWS)) == {
        "a": failing
    }
    filled = {**ROWS, "a": ["v", FAILED, "v", "v"]}
    assert failing_rows(validators_of(a=[{"validate": rule, "fields": ["b", "c"]}], b=[], c=[]), batch(**filled)) == {}


def test_a_listed_field_counts_as_filled_when_its_type_failed_or_any_of_its_columns_is() -> None:
    validators = validators_of(a=[{"validate": "require_with", "fields": ["b"]}], b=[])
    columns = {"a": [slot([None] * 4)], "b": [slot([None, FAILED, None, " "]), slot([None, None, "x", None])]}
    assert failing_rows(validators, columns) == {"a": [1, 2]}


def test_a_listed_field_without_a_column_is_empty() -> None:
    assert failing_rows(validators_of(a=[{"validate": "require_without", "fields": ["b"]}], b=[]), batch(a=[None])) == {
        "a": [0]
    }
    assert failing_rows(validators_of(a=[{"validate": "require_with", "fields": ["b"]}], b=[]), batch(a=[None])) == {}


@pytest.mark.parametrize(
    ("rule", "failing"),
    [
        ("require_with_values", [0, 1, 2]),
        ("require_without_values", [1, 2, 3]),
        ("require_with_all_values", [0]),
        ("require_without_all_values", [3]),
    ],
)
def test_the_value_rules_look_at_which_values_stand_there(rule: str, failing: list[int]) -> None:
    validators = validators_of(a=[{"validate": rule, "fieldValues": {"b": "x", "c": "y"}}], b=[], c=[])
    columns = {"a": [None] * 4, "b": ["x", "x", "X", " x"], "c": ["y", FAILED, "y", None]}
    assert failing_rows(validators, batch(**columns)) == {"a": failing}


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        (5, ["5"]),
        (5.0, ["5"]),
        (-12.50, ["-12.5"]),
        (1e3, ["1000"]),
        (0.1, ["0.1"]),
        (1e21, ["1e+21"]),
        (1e-7, ["1e-7"]),
        (-0.0, ["0"]),
        (True, ["true"]),
        (False, ["false"]),
        ("5", ["5"]),
        (["a", "b"], ['["a","b"]']),
        (None, [None, "", "  "]),
        ("", [None, "", "  "]),
    ],
)
def test_a_value_is_compared_as_its_result_text(value: Any, texts: list[str | None]) -> None:
    rules = [{"validate": "require_with_values", "fieldValues": {"b": value}}]
    cells = [*texts, "other", FAILED]
    required = failing_rows(validators_of(a=rules, b=[]), batch(a=[None] * len(cells), b=cells))
    assert required == {"a": list(range(len(texts)))}


def test_an_unticked_checkbox_has_the_value_false() -> None:
    rules = [{"validate": "require_with_values", "fieldValues": {"b": False}}]
    columns = {"a": [slot([None, None])], "b": [slot(["true", "false"], checkbox=True)]}
    assert failing_rows(validators_of(a=rules, b=[]), columns) == {"a": [1]}


def test_findings_carry_level_text_and_the_schema_s_own_message() -> None:
    rules = [
        {"validate": "required"},
        {"validate": "require_without", "fields": ["b"], "level": "warning"},
        {"validate": "required", "level": "info", "errorMessage": "We would like to know {this}."},
    ]
    (found,) = findings(validators_of(a=rules, b=[]), batch(a=[None]))
    assert [(finding.code, finding.level, finding.message) for finding in found] == [
        ("required", "error", "A value is required."),
        ("require_without", "warning", "A value is required because one of these is empty: B."),
        ("required", "info", "We would like to know {this}."),
    ]
