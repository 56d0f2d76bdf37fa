"""Which form a document has, and what becomes of documents that are hardly one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import headgate
from headgate.convert import FORMS, ConversionError
from headgate.convert.service import MAX_BYTES, convert_text
from tests.unit.convert.helpers import choices, converted, keys


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({}, "no form that is known"),
        ({"fields": []}, "no form that is known"),
        ({"fields": [{"key": "a", "label": "A", "validators": []}]}, "schema of headgate already"),
        ({"fields": [{"key": "a"}], "properties": {"a": {}}}, "could be json-schema or flatfile"),
        ([], "Expected a JSON object"),
        ([{"key": "a"}], "Expected a JSON object"),
        ('{"a": 1, "a": 2}', '"a" stands twice'),
        ('{"a": NaN}', "NaN"),
        ('{"properties": {"\\ud800": {}}}', "half a character"),
        ('{"properties": ' + "9" * 5000 + "}", "not JSON"),
        ("{", "not JSON"),
        ("", "neither JSON nor a CREATE TABLE"),
        ("Hello, world", "neither JSON nor a CREATE TABLE"),
    ],
)
def test_a_document_that_is_unclear_is_refused_with_what_to_do(document: Any, told: str) -> None:
    with pytest.raises(ConversionError, match=told):
        converted(document)


def test_the_form_can_be_said_and_is_told_when_it_was_found() -> None:
    document = {"fields": [{"key": "a"}], "properties": {"b": {}}}
    assert keys(converted(document, form="flatfile")) == ["a"]
    assert keys(converted(document, form="json-schema")) == ["b"]
    assert "read as json-schema" in choices(converted({"properties": {"b": {}}}))[""]
    with pytest.raises(ConversionError, match="no form that can be converted"):
        converted(document, form="excel")
    with pytest.raises(ConversionError, match="is not mysql"):
        headgate.convert_schema(document, form="mysql")


def test_files_and_dictionaries_are_read_alike(tmp_path: Path) -> None:
    document = {"title": "T", "properties": {"a": {"type": "number", "minimum": 0.5}}}
    path = tmp_path / "rows.schema.json"
    path.write_text(json.dumps(document))
    assert headgate.convert_schema(path) == headgate.convert_schema(str(path)) == headgate.convert_schema(document)
    with pytest.raises(OSError, match="absent"):
        headgate.convert_schema(tmp_path / "absent.json")


def test_a_file_without_a_name_inside_is_called_by_its_own() -> None:
    found = convert_text(b'{"properties": {"a": {}}}', "rows.schema.json")
    assert found.document["name"] == "rows"


def test_what_is_no_text_or_too_large_is_refused() -> None:
    with pytest.raises(ConversionError, match="not UTF-8"):
        convert_text(b"\xff\x00\x81", "x")
    with pytest.raises(ConversionError, match="larger than"):
        convert_text(b" " * (MAX_BYTES + 1), "x")


def test_keys_that_collide_are_kept_apart_and_told() -> None:
    found = converted(
        {"fields": [{"key": "a", "type": "string"}, {"key": "a", "type": "date"}, {"key": "\0"}]}, form="flatfile"
    )
    assert keys(found) == ["a", "a_2", "field"]
    assert "fields[1]" in choices(found)


def test_every_form_is_documented() -> None:
    text = (Path(__file__).parents[3] / "docs" / "convert.md").read_text(encoding="utf-8")
    for form in FORMS:
        assert f"`{form}`" in text
