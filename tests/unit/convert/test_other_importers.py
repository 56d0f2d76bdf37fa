"""Flatfile's and OneSchema's forms → our schema."""

from __future__ import annotations

from typing import Any

import pytest

from headgate.convert import ConversionError
from tests.unit.convert.helpers import choices, converted, dropped, field, imported, keys, rules

SHEET = {
    "name": "Contacts",
    "slug": "contacts",
    "allowAdditionalFields": True,
    "access": ["*"],
    "fields": [
        {
            "key": "email", "type": "string", "label": "Email", "alternativeNames": ["mail"],
            "constraints": [{"type": "required"}, {"type": "unique", "config": {"caseSensitive": False}},
                            {"type": "external", "validator": "dns", "config": {"strict": True}}],
        },
        {"key": "stage", "type": "enum", "label": "Stage",
         "config": {"options": [{"value": 1, "label": "New", "color": "red"}, {"value": 2}], "allowCustom": True}},
        {"key": "tags", "type": "enum-list", "config": {"options": [{"value": "a"}, {"value": "b"}]}},
        {"key": "price", "type": "number", "config": {"decimalPlaces": 2}},
        {"key": "owner", "type": "reference", "config": {"ref": "users", "key": "id", "relationship": "has-one"}},
        {"key": "total", "type": "number", "constraints": [{"type": "computed"}]},
        {"key": "vip", "type": "boolean", "readonly": True, "constraints": ["required"]},
    ],
    "constraints": [{"type": "unique", "name": "both", "fields": ["email", "price"]}, {"type": "external", "validator": "x"}],
}  # fmt: skip


def test_a_sheet_of_flatfile_becomes_fields() -> None:
    found = converted(SHEET)
    assert found.form == "flatfile"
    assert found.document["settings"] == {"importIdentifier": "Contacts", "allowCustomFields": True}
    assert field(found, "email")["alternateMatches"] == ["mail"]
    assert rules(found, "email") == ["required", "unique_case_insensitive", "unique_with"]
    assert field(found, "stage")["type"] == ["select", {"allowCustom": True}]
    assert field(found, "stage")["selectOptions"][0] == {"label": "New", "value": "1"}
    assert field(found, "tags")["type"] == "multi-select"
    assert field(found, "price")["type"] == ["number", {"round": 2}]
    assert field(found, "total")["hidden"] is True
    assert field(found, "vip")["readOnly"] is True
    assert {"fields[0].constraints[2]", "fields[4].type", "constraints[1]"} <= dropped(found).keys()


def test_one_sheet_of_a_workbook_is_chosen_by_its_name_or_slug() -> None:
    other = {"name": "Other", "slug": "other", "fields": [{"key": "a", "type": "date"}]}
    for document in (
        {"name": "W", "sheets": [SHEET, other]},
        {"blueprints": [{"sheets": [SHEET]}, {"sheets": [other]}]},
    ):
        with pytest.raises(ConversionError, match=r'2 sheets: "Contacts", "Other".*--select'):
            converted(document)
        assert keys(converted(document, select="other")) == keys(converted(document, select="Other")) == ["a"]


def template(*columns: dict[str, Any]) -> Any:
    return converted({"name": "Leads", "columns": [{"label": column["key"], **column} for column in columns]})


def test_a_template_of_oneschema_becomes_fields() -> None:
    found = template(
        {"key": "mail", "data_type": "EMAIL", "is_required": True, "is_unique": True, "mapping_hints": ["e-mail"]},
        {"key": "stage", "data_type": "PICKLIST", "must_exist": True, "delimiter": ";", "validation_options": {
            "picklist_options": [{"value": "New", "alternative_names": ["fresh"], "color": "x"}, {"value": "Old"}]}},
        {"key": "n", "data_type": "NUMBER", "validation_options": {"min_num": 1, "max_num": None, "only_int": True}},
        {"key": "code", "data_type": "CUSTOM_REGEX", "letter_case": "LETTER_CASE_UPPER", "min_char_limit": 2,
         "validation_options": {"regex": "^A", "error_message": "Starts with A."}},
        {"key": "land", "data_type": "ENUM_COUNTRY", "validation_options": {"format": "code3"}},
        {"key": "day", "data_type": "DATE_DMY"},
        {"key": "yes", "data_type": "BOOLEAN", "validation_options": {"true_label": "Ja", "false_label": "Nein"}},
        {"key": "file", "data_type": "FILE_NAME", "validation_options": {"extensions": [".pdf", "png"]}},
    )  # fmt: skip
    assert found.form == "oneschema"
    assert rules(found, "mail") == ["required", "unique"]
    assert field(found, "mail")["alternateMatches"] == ["e-mail"]
    assert field(found, "stage")["type"] == ["multi-select", {"delimiter": ";"}]
    assert field(found, "stage")["requireMapping"] is True
    assert field(found, "stage")["selectOptions"][0] == {"label": "New", "value": "New", "alternateMatches": ["fresh"]}
    assert rules(found, "code") == ["regex_match", "length", "regex_exclude"]
    assert field(found, "land")["type"] == ["country", {"format": "3-letter"}]
    assert field(found, "day")["type"] == ["date", {"locale": "en-GB"}]
    rows, codes = imported(
        found,
        "mail,stage,n,code,land,day,yes,file\na@b.co,fresh;Old,3,AB,Germany,01/02/2024,Ja,x.PDF\nb@b.co,New,1,Ab,DEU,01/02/2024,Nein,x.exe\n",
    )
    assert rows == [
        {
            "mail": "a@b.co",
            "stage": ["New", "Old"],
            "n": 3,
            "code": "AB",
            "land": "DEU",
            "day": "2024-02-01",
            "yes": "Ja",
            "file": "x.PDF",
        }
    ]
    assert codes == ["regex_exclude", "regex_match"]


def test_money_is_not_rounded_and_another_currency_is_an_error() -> None:
    found = template({"key": "m", "data_type": "MONEY", "validation_options": {"currency_symbol": "euro"}})
    rows, codes = imported(found, 'm\n€ 1.234\n"€ 1,234.567"\n$ 5\n')
    assert rows == [{"m": 1.234}, {"m": 1234.567}]
    assert len(codes) == 1


@pytest.mark.parametrize(
    ("column", "path"),
    [
        ({"data_type": "IMEI"}, "columns[0]"),
        ({"data_type": "NEW_TYPE"}, "columns[0]"),
        ({"data_type": "TEXT", "default_value": "x"}, "columns[0].default_value"),
        ({"data_type": "TEXT", "delimiter": ","}, "columns[0].delimiter"),
        ({"data_type": "TEXT", "letter_case": "LETTER_CASE_TITLE"}, "columns[0].letter_case"),
        ({"data_type": "TEXT", "is_unmappable": True}, "columns[0].is_unmappable"),
        ({"data_type": "TEXT", "something_new": 1}, "columns[0].something_new"),
        ({"data_type": "NUMBER", "validation_options": {"step": 5}}, "columns[0].validation_options.step"),
    ],
)
def test_what_a_template_says_beyond_our_schema_is_told(column: dict[str, Any], path: str) -> None:
    assert path in dropped(template({"key": "c", **column}))


def test_a_choice_of_meaning_is_told() -> None:
    assert "0.12" in choices(template({"key": "p", "data_type": "PERCENTAGE"}))["columns[0]"]
