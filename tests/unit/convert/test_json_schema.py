"""JSON Schema → our schema."""

from __future__ import annotations

from typing import Any

import pytest

from headgate.convert import ConversionError
from tests.unit.convert.helpers import choices, converted, dropped, field, imported, keys, rules

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def of(properties: dict[str, Any], **more: Any) -> Any:
    return converted({"$schema": DRAFT, "title": "Orders", "type": "object", "properties": properties, **more})


def test_properties_become_fields_with_labels_types_rules_and_descriptions() -> None:
    found = of(
        {
            "orderId": {
                "type": "string",
                "minLength": 3,
                "maxLength": 9,
                "pattern": "^[A-Z]",
                "description": "As printed.",
            },
            "mail": {"type": "string", "format": "email", "title": "E-mail"},
            "ordered": {"type": "string", "format": "date"},
            "state": {"enum": ["open", "done"]},
            "tags": {"type": "array", "items": {"enum": ["a", "b"]}, "uniqueItems": True},
        },
        required=["orderId"],
    )
    assert found.form == "json-schema"
    assert found.document["name"] == found.document["settings"]["importIdentifier"] == "Orders"
    order = field(found, "orderId")
    assert order["label"] == "Order id"
    assert order["description"] == "As printed."
    assert rules(found, "orderId") == ["required", "length", "regex_match"]
    assert field(found, "mail") == {"label": "E-mail", "key": "mail", "type": "email"}
    assert field(found, "ordered")["type"] == "date"
    assert [option["value"] for option in field(found, "state")["selectOptions"]] == ["open", "done"]
    assert field(found, "tags")["type"] == "multi-select"
    assert dropped(found) == {}


def test_a_whole_number_with_a_fraction_is_an_error_and_is_not_rounded() -> None:
    found = of({"n": {"type": "integer", "exclusiveMinimum": 0, "maximum": 10}})
    rows, codes = imported(found, "n\n7\n7.0\n7.5\n0\n11\n")
    assert rows == [{"n": 7}, {"n": 7}]
    assert len(codes) == 3


def test_a_required_true_or_false_does_not_have_to_be_true() -> None:
    found = of({"paid": {"type": "boolean"}, "x": {"type": "string"}}, required=["paid"])
    assert field(found, "paid")["requireMapping"] is True
    assert imported(found, "paid,x\nno,1\nyes,2\n")[0] == [{"paid": False, "x": "1"}, {"paid": True, "x": "2"}]
    assert "properties.paid" in choices(found)


def test_null_beside_a_type_means_that_the_field_may_be_empty() -> None:
    found = of(
        {
            "a": {"type": ["string", "null"]},
            "b": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
            "c": {"enum": ["x", None]},
            "d": {"type": "string"},
        },
        required=["a", "b", "c", "d"],
    )
    assert [key for key in keys(found) if "required" in rules(found, key)] == ["d"]


def test_references_are_followed_inside_of_the_document_only() -> None:
    found = of(
        {
            "a": {"$ref": "#/$defs/mail", "description": "Own words."},
            "b": {"$ref": "#/$defs/with~1slash%20and%20space"},
            "c": {"$ref": "https://example.com/other.json"},
            "d": {"$ref": "#/$defs/absent"},
        },
        **{
            "$defs": {
                "mail": {"type": "string", "format": "email", "description": "x"},
                "with/slash and space": {"type": "integer"},
            }
        },
    )
    assert field(found, "a")["type"] == "email"
    assert field(found, "a")["description"] == "Own words."
    assert field(found, "b")["type"][0] == "number"
    assert {"properties.c", "properties.d"} <= dropped(found).keys()


def test_alternatives_with_titles_are_options_with_labels() -> None:
    found = of({"s": {"oneOf": [{"const": "o", "title": "Open"}, {"const": "d"}]}})
    assert field(found, "s")["selectOptions"] == [{"label": "Open", "value": "o"}, {"label": "d", "value": "d"}]


def test_everything_of_all_of_holds_and_the_stricter_limit_wins() -> None:
    found = of({"n": {"allOf": [{"type": "number", "minimum": 1}, {"minimum": 5, "maximum": 9}, {"maximum": 20}]}})
    assert field(found, "n")["type"] == ["number", {"min": 5, "max": 9}]


def test_an_object_inside_of_the_row_gives_fields_with_its_key_before_theirs() -> None:
    city = {"type": "object", "properties": {"city": {"type": "string", "title": "City"}}, "required": ["city"]}
    found = of({"home": city, "work": city}, required=["home"])
    assert keys(found) == ["home.city", "work.city"]
    assert field(found, "home.city")["label"] == "Home City"
    assert rules(found, "home.city") == ["required"]
    assert rules(found, "work.city") == []


def test_a_field_that_depends_on_another_is_required_with_it() -> None:
    found = of({"a": {"type": "string"}, "b": {"type": "string"}}, dependentRequired={"a": ["b", "c"]})
    assert field(found, "b")["validators"] == [{"validate": "require_with", "fields": ["a"]}]
    assert '"c"' in dropped(found)["dependentRequired.a"]


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ({"type": "string", "default": "x"}, "properties.p.default"),
        ({"type": "string", "format": "ipv4"}, "properties.p.format"),
        ({"type": "number", "exclusiveMaximum": 5.5}, "properties.p.exclusiveMaximum"),
        ({"type": "number", "multipleOf": 7}, "properties.p.multipleOf"),
        ({"type": ["string", "number"]}, "properties.p.type"),
        ({"anyOf": [{"type": "boolean"}, {"type": "string"}]}, "properties.p.anyOf"),
        ({"type": "string", "pattern": "(?P<x>a)"}, "properties.p"),
        ({"type": "string", "x-widget": "big"}, "properties.p.x-widget"),
        ({"type": "number", "minLength": 3}, "properties.p.minLength"),
        ({"type": "string", "readOnly": True}, "properties.p.readOnly"),
    ],
)
def test_what_cannot_be_carried_over_is_told_with_its_place(schema: dict[str, Any], path: str) -> None:
    assert path in dropped(of({"p": schema}))


@pytest.mark.parametrize(
    "schema", [{"type": "object"}, {"type": "array", "items": {"type": "object"}}, {"type": "null"}, False]
)
def test_what_no_column_can_hold_is_left_out_and_told(schema: Any) -> None:
    found = of({"p": schema, "q": {"type": "string"}})
    assert keys(found) == ["q"]
    assert "properties.p" in dropped(found)


def test_a_pattern_is_read_as_json_schema_says_with_code_points() -> None:
    found = of({"n": {"type": "string", "pattern": r"^\p{L}+$"}})
    assert imported(found, "n\nÄrger\np{L}\n")[0] == [{"n": "Ärger"}]


def test_a_list_of_objects_is_a_list_of_rows() -> None:
    found = converted(
        {"$schema": DRAFT, "title": "L", "type": "array", "items": {"properties": {"a": {"type": "string"}}}}
    )
    assert found.document["name"] == "L"
    assert keys(found) == ["a"]


def test_exact_limits_are_kept() -> None:
    found = converted('{"properties": {"n": {"type": "number", "minimum": 9007199254740993, "maximum": 1e400}}}')
    assert field(found, "n")["type"] == ["number", {"min": 9007199254740993}]
    assert "cannot be written" in dropped(found)["properties.n"]


def test_a_schema_that_refers_to_itself_ends_with_a_note() -> None:
    node = {"type": "object", "properties": {"name": {"type": "string"}, "next": {"$ref": "#/$defs/node"}}}
    found = converted({"$ref": "#/$defs/node", "$defs": {"node": node}})
    assert keys(found) == ["name"]
    assert "refers to itself" in dropped(found)["properties.next"]
    with pytest.raises(ConversionError, match="no object with properties"):
        converted({"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}})


def test_references_that_multiply_without_end_are_refused_quickly() -> None:
    levels = {f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n + 1}"}] * 4} for n in range(40)}
    with pytest.raises(ConversionError, match="too deeply"):
        converted({"properties": {"p": {"$ref": "#/$defs/d0"}}, "$defs": {**levels, "d40": {"type": "string"}}})


def test_deep_and_huge_documents_are_refused_with_a_sentence() -> None:
    deep: Any = {"type": "string"}
    for _ in range(150):
        deep = {"allOf": [deep]}
    with pytest.raises(ConversionError, match="too deeply"):
        of({"p": deep})
    with pytest.raises(ConversionError, match="nested too deeply"):
        converted('{"properties": ' * 100_000)
    with pytest.raises(ConversionError, match="more than 5,000 fields"):
        of({f"p{n}": {"type": "string"} for n in range(5001)})
