"""Schemas: what is accepted, and that every problem is reported at once under its own path."""

from __future__ import annotations

import functools
import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.schema import Hooks, SchemaError, Settings, parse_schema, parse_schema_document
from headgate.schema.base import SchemaModel
from headgate.schema.problems import Problems, parse_object
from headgate.schema.types import TYPES

NAME = {"label": "Name", "key": "name"}


def problems_of(fields: Any, settings: Any = None, hooks: Any = None, *, saved: bool = False) -> dict[str, list[str]]:
    with pytest.raises(SchemaError) as caught:
        parse_schema(fields, settings, hooks, saved=saved)
    return caught.value.problems


def test_a_field_without_a_type_is_a_string() -> None:
    assert parse_schema([NAME]).fields[0].type_name == "string"


def test_a_type_may_be_a_name_or_a_name_with_options() -> None:
    schema = parse_schema(
        [
            {"label": "A", "key": "a", "type": "number"},
            {"label": "B", "key": "b", "type": ["number"]},
            {"label": "C", "key": "c", "type": ["number", "usd"]},
            {"label": "D", "key": "d", "type": ["number", {"preset": "usd", "min": 0.1}]},
        ]
    )
    assert [field.type_name for field in schema.fields] == ["number"] * 4
    assert schema.fields[2].type.preset == schema.fields[3].type.preset == "usd"  # type: ignore[attr-defined]
    assert str(schema.fields[3].type.min) == "0.1"  # type: ignore[attr-defined]


def test_all_problems_are_reported_at_once_with_their_paths() -> None:
    problems = problems_of(
        [
            {"label": "A", "key": "x", "type": ["number", {"prest": "usd", "min": "3"}]},
            {"label": "B", "key": "x", "type": "selec"},
            {"key": "c", "validators": [{"validate": "regex_match", "regex": "(a"}, {"validate": "requird"}]},
        ],
        {"importIdentifer": "a", "reviewStep": {"helptext": "s"}},
        {"rowHook": []},
    )
    assert problems == {
        "fields[0].type[1].min": ["Expected a number."],
        "fields[0].type[1].prest": ['Unknown key "prest". Did you mean "preset"?'],
        "fields[1].type": ['Unknown type "selec". Did you mean "select"?'],
        "fields[1].key": ['The key "x" is already used by fields[0].'],
        "fields[2].label": ["This key is required."],
        "fields[2].validators[0].regex": ["Not a JavaScript regular expression: Unbalanced parenthesis."],
        "fields[2].validators[1].validate": ['Unknown validator "requird". Did you mean "required"?'],
        "settings.importIdentifer": ['Unknown key "importIdentifer". Did you mean "importIdentifier"?'],
        "settings.reviewStep.helptext": ['Unknown key "helptext". Did you mean "helpText"?'],
        "hooks.rowHook": ['Unknown key "rowHook". Did you mean "rowHooks"?'],
    }


@pytest.mark.parametrize("type_name", ["select", "multi-select"])
def test_a_select_needs_options(type_name: str) -> None:
    assert "fields[0].selectOptions" in problems_of([{**NAME, "type": type_name}])
    assert "fields[0].selectOptions" in problems_of([{**NAME, "type": type_name, "selectOptions": []}])


def test_options_belong_to_selects_only() -> None:
    assert "fields[0].selectOptions" in problems_of([{**NAME, "selectOptions": [{"label": "a", "value": "a"}]}])


def test_an_option_value_stands_once() -> None:
    options = [{"label": "a", "value": "x"}, {"label": "b", "value": "x"}]
    assert "fields[0].selectOptions[1].value" in problems_of([{**NAME, "type": "select", "selectOptions": options}])


def test_validators_name_fields_that_exist() -> None:
    validators = [
        {"validate": "require_with", "fields": ["name", "nmae"]},
        {"validate": "require_with_values", "fieldValues": {"other": 1}},
    ]
    assert problems_of([{**NAME, "validators": validators}]) == {
        "fields[0].validators[0].fields[1]": ['There is no field "nmae". Did you mean "name"?'],
        "fields[0].validators[1].fieldValues.other": ['There is no field "other".'],
    }


@pytest.mark.parametrize("type_name", ["number", "date", "datetime", "time", "checkbox"])
@pytest.mark.parametrize("validator", [{"validate": "length", "min": 1}, {"validate": "alphabetical"}])
def test_text_validators_are_refused_on_types_without_text(type_name: str, validator: dict[str, Any]) -> None:
    problems = problems_of([{**NAME, "type": type_name, "validators": [validator]}])
    assert list(problems) == ["fields[0].validators[0].validate"]


def test_a_hidden_field_has_no_validators() -> None:
    assert "fields[0].validators" in problems_of([{**NAME, "hidden": True, "validators": [{"validate": "required"}]}])


def test_length_needs_a_bound_and_a_possible_range() -> None:
    assert problems_of([{**NAME, "validators": [{"validate": "length"}]}])
    assert problems_of([{**NAME, "validators": [{"validate": "length", "min": 3, "max": 2}]}])


def test_national_phone_numbers_need_a_country() -> None:
    assert problems_of([{**NAME, "type": ["phone-number", {"format": "national"}]}])
    assert problems_of([{**NAME, "type": ["phone-number", {"country": "XX"}]}])


def test_a_saved_schema_needs_an_import_identifier() -> None:
    assert problems_of([NAME], {}, saved=True) == {"settings.importIdentifier": ["This key is required."]}
    assert parse_schema([NAME], {"importIdentifier": "People"}, saved=True).settings.import_identifier == "People"


def test_a_key_holds_no_nul() -> None:
    with pytest.raises(SchemaError) as caught:
        parse_schema([{"key": "a\0", "label": "A\0"}])
    assert set(caught.value.problems) == {"fields[0].key"}


@pytest.mark.parametrize("key", ["styleOverrides", "initialData"])
def test_a_value_nested_too_deeply_is_named_by_its_key(key: str) -> None:
    value: Any = functools.reduce(lambda inner, _: [inner], range(600), 1)
    with pytest.raises(SchemaError) as caught:
        parse_schema([NAME], {key: {"a": value}})
    assert caught.value.problems == {f"settings.{key}": ["The value is nested too deeply."]}


def test_a_flood_of_wrong_names_costs_no_search_for_each() -> None:
    settings = {f"maxRecord{position}": 1 for position in range(5000)}
    references = [{"validate": "require_with", "fields": [f"missing{position}"]} for position in range(50)]
    fields = [{"key": f"k{i}", "label": "L", "validators": references if i < 100 else []} for i in range(3000)]
    began = time.process_time()
    with pytest.raises(SchemaError) as caught:
        parse_schema(fields, settings)
    assert time.process_time() - began < 5  # with a search for each: minutes
    problems = caught.value.problems
    assert len(problems) == 10_000
    assert problems["fields[99].validators[49].fields[0]"] == ['There is no field "missing49".']


def test_null_means_not_set() -> None:
    schema = parse_schema(
        [{**NAME, "description": None, "type": None, "validators": None, "selectOptions": None}],
        {"maxRecords": None, "uploadStep": {"sheetOverride": None}, "invalidDataBehavior": None},
        {"beforeFinishCallback": None, "rowHooks": None},
    )
    assert schema.settings.behavior == "REMOVE_INVALID_ROWS"
    assert not schema.hooks


@pytest.mark.parametrize(
    ("settings", "behavior"),
    [
        ({}, "REMOVE_INVALID_ROWS"),
        ({"allowInvalidSubmit": True}, "INCLUDE_INVALID_ROWS"),
        ({"allowInvalidSubmit": False}, "REMOVE_INVALID_ROWS"),
        ({"allowInvalidSubmit": True, "invalidDataBehavior": "BLOCK_SUBMIT"}, "BLOCK_SUBMIT"),
    ],
)
def test_invalid_data_behavior_wins_over_the_deprecated_setting(settings: dict[str, Any], behavior: str) -> None:
    assert parse_schema([NAME], settings).settings.behavior == behavior


@pytest.mark.parametrize("sheet", [1.5, True, ["Data"]])
def test_a_sheet_is_a_name_or_a_position(sheet: Any) -> None:
    with pytest.raises(SchemaError) as error:
        parse_schema([NAME], {"uploadStep": {"sheetOverride": sheet}})
    message = "Expected the name of a sheet, or its position counted from 0."
    assert error.value.problems == {"settings.uploadStep.sheetOverride": [message]}


def test_a_text_where_a_list_belongs_is_told_in_the_words_of_json() -> None:
    field = NAME | {"type": ["url", {"acceptedProtocols": "https"}]}
    assert problems_of([field]) == {"fields[0].type[1].acceptedProtocols": ["Expected a list."]}


@pytest.mark.parametrize("raw", [None, [], {}, "x", 1, [1], [None], [[]]])
def test_fields_of_a_wrong_shape_are_a_schema_error(raw: Any) -> None:
    assert problems_of(raw)


@pytest.mark.parametrize("document", [None, [], "x", 1, {}])
def test_a_document_of_a_wrong_shape_is_a_schema_error(document: Any) -> None:
    with pytest.raises(SchemaError):
        parse_schema_document(document)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
_KEYS = ["label", "key", "type", "validators", "selectOptions", "manyToOne", "hidden", "alternateMatches"]


@given(
    fields=st.lists(st.dictionaries(st.sampled_from(_KEYS), _json, max_size=5), max_size=3),
    settings=st.dictionaries(st.sampled_from(["locale", "maxRecords", "uploadStep", "webhookUrl", "x"]), _json),
    hooks=st.dictionaries(st.sampled_from(["rowHooks", "stepHooks", "columnHooks"]), _json),
)
def test_any_json_is_a_schema_or_a_schema_error(fields: Any, settings: Any, hooks: Any) -> None:
    try:
        parse_schema(fields, settings, hooks)
        problems = {}
    except SchemaError as error:
        problems = error.problems
    assert all(problems.values())
    json.dumps(problems)


@pytest.mark.parametrize("model", [Settings, Hooks, *TYPES.values()], ids=lambda model: model.__name__)
def test_an_empty_object_is_what_its_validator_makes_of_it(model: type[SchemaModel]) -> None:
    problems = Problems()
    parsed, checked = parse_object(model, {}, "", problems), model.model_validate({})
    assert not problems
    assert parsed == checked
    assert parsed is not None
    assert parsed.model_dump_json() == checked.model_dump_json()
    assert parsed.model_fields_set == checked.model_fields_set == set()
