"""Whole imports: the same file gives the same bytes, and what went out as a file comes in as the same rows."""

from __future__ import annotations

import io
import json
from typing import Any

import headgate
from headgate import Outcome
from headgate.engine.output.xlsx_output import FormatCannotHoldError
from headgate.schema import parse_schema_document
from tests.fuzz.harness import Harness, Input

FIELDS: list[dict[str, Any]] = [
    {"label": "Name", "key": "name"},
    {"label": "Amount", "key": "amount", "type": "number"},
    {"label": "When", "key": "when", "type": "date"},
    {"label": "Kind", "key": "kind", "type": "select", "selectOptions": [{"label": "A", "value": "a"}, {"label": "B, c", "value": "b"}]},
    {"label": "On", "key": "on", "type": "checkbox", "validators": [{"validate": "unique"}]},
]  # fmt: skip
TYPED = parse_schema_document({"name": "x", "fields": FIELDS, "settings": {"matchingStep": {"headerRowOverride": 0}}})
PLAIN = parse_schema_document({
    "name": "x", "fields": [{"label": f["label"], "key": f["key"]} for f in FIELDS],
    "settings": {"matchingStep": {"headerRowOverride": 0}},
})  # fmt: skip
HEADER = b"name,amount,when,kind,on\n"
FORMATS = ("json", "ndjson", "csv", "xlsx", "parquet")


def _told(outcome: Outcome) -> Any:
    metadata = {key: value for key, value in (outcome.metadata or {}).items() if key != "decisions"}
    decisions = {key: value for key, value in outcome.decisions.items() if key != "timings"}
    return json.loads(json.dumps([outcome.status, outcome.errors, metadata, decisions], allow_nan=False))


def _written(outcome: Outcome, form: Any) -> bytes | None:
    stream = io.BytesIO()
    try:
        outcome.write(stream, form)
    except FormatCannotHoldError:
        return None
    return stream.getvalue()


def check_import(data: bytes) -> None:
    """Any bytes below a header: imported twice alike, every row accounted for."""
    options = Input(data)
    content = (HEADER if options.number(2) == 0 else b"") + options.rest()
    first, second = headgate.import_file(content, TYPED), headgate.import_file(content, TYPED)
    assert _told(first) == _told(second)
    assert all(error["code"] != "internal_error" for error in first.errors or [])
    if first.status == "SUCCESSFUL":
        found = _written(first, "json")
        assert found == _written(second, "json")
        assert len(json.loads(found or b"")) == first.decisions["rows"]["delivered"]


def check_round_trip(data: bytes) -> None:
    """Rows of texts: written in each format and imported again they are the same rows."""
    options = Input(data)
    form = options.choose(FORMATS)
    before = headgate.import_file(HEADER + options.rest(), PLAIN)
    content = _written(before, form) if before.status == "SUCCESSFUL" else None
    if content is None:
        return
    rows = [row for row in before.rows() if any(row.values())]
    if not rows:
        return
    after = headgate.import_file(content, PLAIN, filename=f"again.{form}")
    assert after.status == "SUCCESSFUL", (after.errors, rows[:3])
    shown = list(after.rows())
    if form in {"csv", "xlsx"}:
        # A text that a spreadsheet would take for a formula goes out behind an apostrophe, and stays so.
        rows, shown = _plain(rows), _plain(shown)
    assert shown == rows


def _plain(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: value.lstrip("'") if isinstance(value, str) else value for key, value in row.items()} for row in rows]


HARNESSES = (
    Harness("import", "imports", check_import, lambda: (
        b"\0n,1,2024-01-01,a,yes\nm,2,03/04/2024,\"B, c\",no\n", b"\0" + b"x,1,2,3,4\n" * 5, b"\1name;amount\nx;1,5\n",
    ), (b"2024-01-01", b"yes", b"no", b"B, c", b",,", b'"', b"\n"), max_bytes=512),
    Harness("round-trip", "imports", check_round_trip, lambda: (
        *(bytes([n]) + "a,1,=1+1,\"x,\"\"y\",007\nb, 2 ,é,-,\n".encode() for n in range(len(FORMATS))),
    ), (b"=", b"+", b"@", b"-1", b"'", b'"', b"\t", b"\r\n", b"1e5", b"00", b"true"), max_bytes=512),
)  # fmt: skip
