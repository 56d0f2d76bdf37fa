from __future__ import annotations

import json
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.types.base import WHITE_SPACE, Reading, TypeContext
from headgate.engine.types.multi_select import MultiSelectType, split_list
from headgate.schema import parse_schema

OPTIONS = [
    {"label": "Red", "value": "r", "alternateMatches": ["rouge"]},
    {"label": "Green", "value": "g"},
    {"label": "Smith, John", "value": "sj"},
    {"label": "1.0", "value": "one"},
]


def multi(kind: Any = "text", **options: Any) -> MultiSelectType:
    raw = {"label": "Colours", "key": "colours", "type": ["multi-select", options], "selectOptions": OPTIONS}
    return MultiSelectType(parse_schema([raw], {}).fields[0], TypeContext(kind=kind))


def read(text: str | None, kind: Any = "text", **options: Any) -> Reading:
    return multi(kind, **options).reader().read(text)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("Red", Reading('["r"]')),
        ("Red,Green", Reading('["r","g"]')),
        ("Red , Green", Reading('["r","g"]')),
        (",Red,, ,", Reading('["r"]')),
        (",,", Reading(None)),
        ("", Reading(None)),
        (None, Reading(None)),
        ("Red,red", Reading('["r"]', "duplicate_option_removed")),
        ("Red,Red,Green", Reading('["r","g"]', "duplicate_option_removed")),
        ("RED,Green", Reading('["r","g"]', "option_normalized")),
        ("rouge,Green", Reading('["r","g"]', "option_from_alternate_match")),
        ("rouge,GREEN", Reading('["r","g"]', "option_normalized")),
        ("Red,Blue", Reading(None, "not_an_option")),
        ("Red,Gren", Reading(None, "not_an_option", '["r","g"]')),
        ('"Smith, John",Red', Reading('["sj","r"]')),
        ("Smith, John", Reading('["sj"]')),
        ('Red, "Green"', Reading('["r","g"]')),
        ('["Red","Green"]', Reading('["r","g"]', "option_normalized")),
    ],
)
def test_a_cell_becomes_a_list_of_values(text: str | None, reading: Reading) -> None:
    assert read(text) == reading


def test_another_delimiter() -> None:
    assert read("Red || Green", delimiter="||") == Reading('["r","g"]')
    assert read("Smith, John;Red", delimiter=";") == Reading('["sj","r"]')


def test_without_trimming_parts_are_compared_with_their_spaces() -> None:
    assert read("Red,Green", trimValues=False) == Reading('["r","g"]')
    assert read("Red, Green", trimValues=False).code == "not_an_option"
    assert read("red", trimValues=False).code == "not_an_option"


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ('["Red","Green"]', Reading('["r","g"]')),
        ('["Smith, John", null]', Reading('["sj"]')),
        ("[1.0]", Reading('["one"]')),
        ("[]", Reading(None)),
        ("Red,Green", Reading('["r","g"]')),
        ('[["Red"]]', Reading(None, "not_a_list_of_texts")),
        ('[{"a":1}]', Reading(None, "not_a_list_of_texts")),
        ('["Red"', Reading('["r"]', "option_normalized")),
        ("[" * 100_000, Reading(None, "not_an_option")),
    ],
)
def test_json_lists_are_read_as_their_elements(text: str, reading: Reading) -> None:
    assert read(text, "json") == reading


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('a,"b,c",d', ["a", "b,c", "d"]),
        ('"a ""b"" c",d', ['a "b" c', "d"]),
        ('"never closed,b', ['"never closed', "b"]),
        ('"a"b,c', ['"a"b', "c"]),
        ('5" pipe,6" pipe', ['5" pipe', '6" pipe']),
        ("", [""]),
        ('"",a', ["", "a"]),
        ('a,"b"', ["a", "b"]),
    ],
)
def test_quotes_protect_a_delimiter(text: str, parts: list[str]) -> None:
    assert split_list(text, ",", trim=True) == parts


def test_display_shows_labels_that_read_back() -> None:
    kind = multi()
    shown = kind.display('["sj","r"]')
    assert shown == '"Smith, John", Red'
    assert kind.reader().read(shown).value == '["sj","r"]'


@given(st.lists(st.text(max_size=6), min_size=1), st.sampled_from([",", ";", "||", '"', " "]))
def test_splitting_loses_nothing_when_nothing_is_quoted(parts: list[str], delimiter: str) -> None:
    clean = [part.replace('"', "").replace(delimiter[0], "") for part in parts]
    assert split_list(delimiter.join(clean), delimiter, trim=True) == clean


@given(st.lists(st.text(st.sampled_from('ab," '), max_size=6), min_size=1))
def test_quoted_parts_come_back_as_they_were(parts: list[str]) -> None:
    written = ",".join('"' + part.replace('"', '""') + '"' for part in parts)
    assert split_list(written, ",", trim=True) == parts


@given(st.text(max_size=30), st.sampled_from(["text", "json"]))
def test_any_cell_gives_a_list_or_an_error(text: str, kind: str) -> None:
    reading = read(text, kind)
    if reading.value is not None:
        assert set(json.loads(reading.value)) <= {"r", "g", "sj", "one"}
    column = multi(kind).reader().read_column(pl.Series([text]))
    assert (column.value[0], column.code[0]) == (reading.value, reading.code)


PARTS = st.sampled_from(
    [
        "Red",
        "red ",
        "GREEN",
        "rouge",
        "Smith, John",
        '"Smith, John"',
        '"',
        "",
        " ",
        "blue",
        "nothing",
        '["Red"]',
        "1.0",
        "\xa0Red",
        "Re",
    ]
)


@settings(max_examples=80, deadline=None)
@given(
    cells=st.lists(st.lists(PARTS, max_size=4).map(",".join), min_size=1, max_size=20),
    trim=st.booleans(),
    kind=st.sampled_from(["text", "json"]),
)
def test_a_column_of_lists_reads_like_its_cells(cells: list[str], trim: bool, kind: str) -> None:
    reader = multi(kind, trimValues=trim).reader()
    column = reader.read_column(pl.Series(cells, dtype=pl.String))
    for cell, value, code in zip(cells, column.value, column.code, strict=True):
        exact = reader.read(cell)
        assert (cell, value, code) == (cell, exact.value, exact.code)
        stripped = cell.strip(WHITE_SPACE)
        assert reader.parts_of(pl.Series([stripped])).to_list() == [reader.parts(stripped)]
