"""Table Schema → our schema."""

from __future__ import annotations

import pytest

from headgate.convert import ConversionError
from tests.unit.convert.helpers import choices, converted, dropped, field, imported, keys, rules

SCHEMA = {
    "fields": [
        {"name": "id", "type": "integer", "constraints": {"required": True, "minimum": "1"}},
        {"name": "mail", "format": "email", "title": "E-mail", "description": "Work address"},
        {"name": "day", "type": "date", "format": "%d/%m/%Y"},
        {"name": "ok", "type": "boolean"},
        {"name": "ja", "type": "boolean", "trueValues": ["J"], "falseValues": ["Nein"]},
        {"name": "code", "constraints": {"pattern": "[A-Z]{2}", "maxLength": 2, "unique": True}},
        {"name": "size", "categories": [{"value": "s", "label": "Small"}, "m"]},
        {"name": "where", "type": "geopoint"},
    ],
    "primaryKey": ["id", "day"],
    "uniqueKeys": [["mail"]],
    "missingValues": ["", "NA"],
    "foreignKeys": [{"fields": "id", "reference": {"resource": "x", "fields": "id"}}],
}


def test_fields_constraints_and_keys_are_carried_over() -> None:
    found = converted(SCHEMA)
    assert found.form == "table-schema"
    assert field(found, "id")["type"] == ["number", {"preset": "plain", "min": 1}]
    assert rules(found, "id") == ["required", "regex_match", "unique_with"]
    assert rules(found, "day") == ["required", "unique_with"]
    assert field(found, "mail")["label"] == "E-mail"
    assert rules(found, "mail") == ["unique"]
    assert field(found, "ok")["type"] == "checkbox"
    assert field(found, "ja")["type"] == "select"
    assert [option["label"] for option in field(found, "size")["selectOptions"]] == ["Small", "m"]
    assert {"fields[7]", "missingValues", "foreignKeys"} <= dropped(found).keys()
    assert "fields[2].format" in choices(found)


def test_a_pattern_is_for_the_whole_value() -> None:
    rows, _ = imported(converted({"fields": [SCHEMA["fields"][5]]}), "code\nAB\nxAB\nABx\n")  # type: ignore[index]  # a list
    assert rows == [{"code": "AB"}]


def test_texts_for_true_and_false_are_kept_where_a_checkbox_would_read_them_otherwise() -> None:
    rows, _ = imported(converted({"fields": [SCHEMA["fields"][4]]}), "ja\nJ\nNein\nvielleicht\n")  # type: ignore[index]  # a list
    assert rows == [{"ja": "true"}, {"ja": "false"}]


def test_one_resource_of_a_package_has_to_be_named() -> None:
    other = {"name": "b", "schema": {"fields": [{"name": "x", "type": "any"}]}}
    package = {"resources": [{"name": "a", "schema": SCHEMA}, other]}
    with pytest.raises(ConversionError, match='2 resources: "a", "b"'):
        converted(package)
    assert keys(converted(package, select="b")) == ["x"]


def test_a_schema_that_stands_in_another_file_is_asked_for() -> None:
    with pytest.raises(ConversionError, match="given itself"):
        converted({"fields": "fields.json"}, form="table-schema")
