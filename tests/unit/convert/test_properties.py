"""Whatever comes in: what goes out is a schema that our own parser takes, and nothing is passed over in silence."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headgate.convert import ConversionError, convert_schema
from headgate.schema import parse_schema

TEXTS = st.sampled_from(
    ["", "a", "b", "email", "date", "(", "^a$", "x" * 300, "\0", "ü\u202e", "string", "number", "null"]
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), TEXTS)
WORDS = (
    "type", "properties", "required", "items", "enum", "const", "anyOf", "oneOf", "allOf", "$ref", "title", "format", "minimum",
    "maximum", "exclusiveMinimum", "minLength", "maxLength", "pattern", "multipleOf", "dependentRequired", "$defs", "nullable",
    "key", "label", "name", "constraints", "config", "options", "value", "fields", "columns", "data_type", "validation_options",
    "picklist_options", "primaryKey", "trueValues", "categories", "multi", "is_hidden", "is_required", "delimiter", "letter_case",
)  # fmt: skip
TYPES = st.sampled_from(
    [
        "string",
        "number",
        "integer",
        "boolean",
        "array",
        "object",
        "null",
        "enum",
        "enum-list",
        "date",
        "PICKLIST",
        "MONEY",
        "year",
    ]
)
DOCUMENTS = st.recursive(
    st.one_of(SCALARS, TYPES, st.sampled_from(["#", "#/properties/a", "#/$defs/b", "#/a~1b"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.one_of(st.sampled_from(WORDS), TEXTS), inner, max_size=6)
    ),
    max_leaves=25,
)
FIELD = st.dictionaries(st.sampled_from(WORDS), DOCUMENTS, max_size=6)


def named(key: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(st.builds(lambda field, name: {**field, key: name}, FIELD, TEXTS), min_size=1, max_size=4)


SOURCES = st.one_of(
    st.tuples(
        st.just("json-schema"),
        st.builds(lambda p, d: {**d, "properties": p}, st.dictionaries(TEXTS, DOCUMENTS, max_size=4), FIELD),
    ),
    st.tuples(st.just("table-schema"), st.builds(lambda f, d: {**d, "fields": f}, named("name"), FIELD)),
    st.tuples(st.just("flatfile"), st.builds(lambda f, d: {**d, "fields": f}, named("key"), FIELD)),
    st.tuples(st.just("oneschema"), st.builds(lambda f, d: {**d, "columns": f}, named("key"), FIELD)),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SOURCES)
def test_what_is_emitted_always_parses(source: tuple[str, dict[str, Any]]) -> None:
    form, document = source
    try:
        found = convert_schema(document, form=form)
    except ConversionError as error:
        if "no usable schema" in str(error):
            raise
        return
    parse_schema(found.document["fields"], found.document["settings"], name=found.document["name"], saved=True)
    assert all(note.message and note.kind in ("choice", "dropped") for note in found.notes)


@settings(max_examples=40, deadline=None)
@given(st.text("abcdefghij", min_size=4), st.sampled_from(["json-schema", "table-schema", "flatfile", "oneschema"]))
def test_a_key_that_nobody_knows_is_always_told(key: str, form: str) -> None:
    unknown = f"x-{key}"
    documents: dict[str, dict[str, Any]] = {
        "json-schema": {"properties": {"a": {"type": "string", unknown: 1}}},
        "table-schema": {"fields": [{"name": "a", unknown: 1}]},
        "flatfile": {"fields": [{"key": "a", unknown: 1}]},
        "oneschema": {"columns": [{"key": "a", unknown: 1}]},
    }
    found = convert_schema(documents[form], form=form)
    assert any(note.path.endswith(f".{unknown}") and note.kind == "dropped" for note in found.notes)
