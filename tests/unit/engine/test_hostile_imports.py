"""Whole imports of what nobody should send: a clear answer, JSON everywhere, every row accounted for."""

from __future__ import annotations

import csv
import io
import json
import time
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import headgate
from headgate import Outcome
from headgate.engine.types.base import TypeContext
from headgate.engine.types.registry import build_type
from headgate.schema import parse_schema_document

FIELDS: list[dict[str, Any]] = [
    {"label": "Name", "key": "name"},
    {"label": "Amount", "key": "amount", "type": "number"},
    {"label": "When", "key": "when", "type": "date"},
    {
        "label": "Kind",
        "key": "kind",
        "type": "select",
        "selectOptions": [{"label": "A", "value": "a"}, {"label": "B", "value": "b"}],
    },
]
HEADER = b"name,amount,when,kind\n"
ROW = b"n,1,2024-01-01,a\n"


def imported(source: bytes, fields: list[dict[str, Any]] = FIELDS, seconds: float = 10, **options: Any) -> Outcome:
    start = time.process_time()
    outcome = headgate.import_file(source, {"name": "x", "fields": fields, "settings": options})
    assert time.process_time() - start < seconds
    check(outcome)
    return outcome


def check(outcome: Outcome) -> None:
    """Everything is JSON, and no row is lost."""
    for part in (outcome.errors, outcome.metadata, outcome.decisions):
        json.dumps(part, allow_nan=False).encode()
    if outcome.status != "SUCCESSFUL":
        assert outcome.errors
        assert all(error["message"].endswith((".", "?", ")")) for error in outcome.errors)
        return
    stream = io.BytesIO()
    outcome.write(stream)
    rows = outcome.decisions["rows"]
    assert len(json.loads(stream.getvalue())) == rows["delivered"]


def code(outcome: Outcome) -> str:
    return outcome.errors[0]["code"] if outcome.errors else outcome.status


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (b"", "file_empty"),
        (b"\n" * 100_000, "file_empty"),
        (b",,,\n" * 10_000, "file_empty"),
        (b"\0" * 10_000, "file_format_unknown"),
        (b"x", "header_row_not_determined"),
        (HEADER, "SUCCESSFUL"),
        (b"name", "SUCCESSFUL"),
        (HEADER + b"\n" * 300_000 + ROW, "SUCCESSFUL"),
        (b"[" * 100_000, "json_invalid"),
        (b'[{"name":' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"}]", "json_invalid"),
        (b'[{"name":"a","amount":1e999999},{"name":"b","amount":' + b"9" * 300_000 + b"}]", "SUCCESSFUL"),
        (b'[{"name":"\\ud800","amount":"\\udc00"},{"name":"\\ud83d\\ude00"}]', "SUCCESSFUL"),
        (b'[{"name":NaN}]', "json_invalid"),
        (b"name,name,amount\na,b,1\n", "column_match_uncertain"),
        (b"name\n" + b"x" * (33 << 20), "file_hostile"),
        (HEADER + b'"' + b"x,y\n" * 50_000, "SUCCESSFUL"),
        (b'"' * 500_000, "header_row_not_determined"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_every_answer_has_a_code(source: bytes, expected: str) -> None:
    assert code(imported(source)) == expected


@pytest.mark.parametrize("end", [b"", b"\r\n"])
def test_a_stray_nul_among_short_lines_makes_no_utf_16(end: bytes) -> None:
    fields = [{"label": "field0", "key": "field0"}, {"label": "field1", "key": "field1"}]
    outcome = imported(b"field0,field1\r\n,000\r\n,\r\n0\x00,\r\n" + end, fields, matchingStep={"headerRowOverride": 0})
    assert list(outcome.rows()) == [{"field0": "", "field1": "000"}, {"field0": "0", "field1": ""}]


def test_a_huge_cell_does_not_hide_the_delimiter_or_the_header() -> None:
    outcome = imported(HEADER + b"".join(b"%c" % (97 + i) * 1_000_000 + b",1,2024-01-01,a\n" for i in range(5)))
    assert outcome.decisions["rows"]["delivered"] == 5
    assert [len(row["name"]) for row in outcome.rows()] == [1_000_000] * 5


@pytest.mark.parametrize(
    "header", [b"name " + b"x" * 100_000, b"(" + b" " * 100_000, b"name " * 20_000, b"-" * 100_000]
)
def test_a_header_of_a_hundred_thousand_characters_is_no_name(header: bytes) -> None:
    outcome = imported(header + b",amount,when,kind\n" + ROW * 20, matchingStep={"headerRowOverride": 0})
    assert [column["status"] for column in outcome.decisions["columns"]] == ["unmapped", *["accepted"] * 3]


def test_ten_thousand_columns_against_five_hundred_fields() -> None:
    types = ["string", "number", "date", "email", "phone-number", "url", "country", "uuid", "us-zip-code", "time"]
    fields = [{"label": f"Field {i}", "key": f"f{i}", "type": types[i % 10]} for i in range(500)]
    table = [",".join(f"field {i}" for i in range(10_000)), *[",".join(str(i % 7) for i in range(10_000))] * 5]
    outcome = imported("\n".join(table).encode(), fields, seconds=25)
    accepted = [column for column in outcome.decisions["columns"] if column["status"] == "accepted"]
    assert [column["field"] for column in accepted] == [f"f{i}" for i in range(500)]


def test_many_errors_are_counted_and_the_first_of_them_listed() -> None:
    outcome = imported(HEADER + b"n,oops,never,z\n" * 25_000)
    assert outcome.metadata is not None
    assert outcome.metadata["errorCount"] == 75_000
    assert len(outcome.metadata["errors"]) == 10_000
    assert outcome.decisions["rows"]["invalid"] == 25_000


def test_as_many_select_values_as_rows() -> None:
    outcome = imported(HEADER + b"".join(b"n,1,2024-01-01,kind %d\n" % i for i in range(50_000)))
    assert outcome.decisions["rows"]["invalid"] == 50_000
    assert len(outcome.decisions["values"]) <= 1000


LONG_CELLS = [
    "1" * 100_000, "1," * 50_000, "1/" * 50_000, "2024-01-01 " * 9_000, "+" + "1" * 100_000, "(" * 100_000,
    "http://a.com/" + "../" * 30_000, "http:" + "/" * 100_000 + "a.com", "a" * 100_000 + "@b.com", "a@" + "b." * 50_000,
    "a." * 50_000 + "com", "xn--" + "a" * 100_000 + ".com", "ü" * 50_000 + ".de", "1e" + "9" * 100_000, "1e999999999",
    "1e-999999999", "January " * 15_000, " " * 100_000 + "1", "a" + "\u0301" * 100_000, "\u200d" * 100_000,
    "٣" * 100_000, "12:00 am " * 12_000, "a;" * 50_000, "'" * 100_000, "United States of " * 6_000, "-" * 100_000,
]  # fmt: skip
TYPES: list[Any] = [
    "string", "number", ["number", {"preset": "usd"}], "date", ["date", {"locale": "th-TH"}],
    ["date", {"displayFormat": "dd LLL yyyy"}], "datetime", "time", "checkbox", "email", "phone-number",
    ["phone-number", {"country": "US", "format": "national"}], "url", "domain", "country", "us-state-territory",
    "us-zip-code", "ssn", "uuid", "select", "multi-select", ["multi-select", {"delimiter": ";"}],
]  # fmt: skip


def field_of(type_: Any, key: str = "f", **more: Any) -> dict[str, Any]:
    name = type_ if isinstance(type_, str) else type_[0]
    options = {"selectOptions": [{"label": "Alpha", "value": "a"}]} if "select" in name else {}
    return {"label": key, "key": key, "type": type_, **options, **more}


def csv_of(rows: list[list[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode()


@pytest.mark.parametrize("type_", TYPES, ids=str)
def test_no_type_is_slow_on_long_cells(type_: Any) -> None:
    rows = [["f", "id"], *([cell, str(at)] for at, cell in enumerate(LONG_CELLS))]
    fields = [field_of(type_), {"label": "id", "key": "id"}]
    outcome = imported(csv_of(rows), fields, seconds=4, matchingStep={"headerRowOverride": 0})
    assert len(json.dumps(outcome.decisions)) < 100_000
    if type_ == "checkbox":  # which asks about a column of such texts, so that its reader has to be asked by itself
        assert outcome.decisions["columns"][0]["status"] == "uncertain"
        began = time.process_time()
        (field,) = parse_schema_document({"fields": fields[:1]}).fields
        reading = build_type(field, TypeContext()).reader().read_column(pl.Series(LONG_CELLS))
        assert (len(reading.value), time.process_time() - began < 4) == (len(LONG_CELLS), True)
    else:
        assert outcome.decisions["rows"]["read"] == len(LONG_CELLS)


BEHAVIORS = ["REMOVE_INVALID_ROWS", "INCLUDE_INVALID_ROWS", "INCLUDE_INVALID_ROWS_AND_VALUES", "BLOCK_SUBMIT"]
CELLS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.text("0123456789-/.,:+ eE%$€()", max_size=14),
    st.sampled_from(
        ["", " ", "\u00a0", "\ufeff", "\u202e1", "1\u0301", "\0", "a\0", "=1+1", "1e400", "-0", "\r", "\n", '"']
    ),
)
VALIDATORS: list[dict[str, Any]] = [
    {"validate": "required"},
    {"validate": "unique"},
    {"validate": "regex_match", "regex": "^(a+)+$"},
    {"validate": "required", "level": "warning"},
]


@settings(max_examples=60)
@given(st.data())
def test_no_row_of_any_table_is_lost_under_any_schema(data: st.DataObject) -> None:
    types = data.draw(st.lists(st.sampled_from(TYPES), min_size=1, max_size=4))
    fields = [
        field_of(type_, f"field{at}", validators=data.draw(st.lists(st.sampled_from(VALIDATORS), max_size=1)))
        for at, type_ in enumerate(types)
    ]
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(types), max_size=len(types) + 1), max_size=8))
    behavior = data.draw(st.sampled_from(BEHAVIORS))
    header = [field["label"] for field in fields]
    records = [dict(zip(header, row, strict=False)) for row in rows]
    as_json = data.draw(st.booleans())
    source = json.dumps(records).encode() if as_json and rows else csv_of([header, *rows])
    options = {
        "invalidDataBehavior": behavior,
        "matchingStep": {"headerRowOverride": 0},
        "passThroughUnmappedColumns": True,
    }
    outcome = imported(source, fields, **options)
    if outcome.status == "FAILED":
        assert code(outcome) in {"file_empty", "json_invalid", "file_format_unknown"}
    if outcome.status != "SUCCESSFUL":
        return
    counted = outcome.decisions["rows"]
    kept = counted["delivered"] + (counted["invalid"] if behavior == "REMOVE_INVALID_ROWS" else 0)
    assert counted["read"] == kept
    if as_json:
        assert counted["read"] + counted["empty"] == len(rows)


@settings(max_examples=60)
@given(st.one_of(st.binary(max_size=400), st.text("name,amount;\t\n\"'\r1x ", max_size=200).map(str.encode)))
def test_any_bytes_get_an_answer(source: bytes) -> None:
    imported(source)
