"""The files and rows that are imported, each with what an undisturbed run of the engine makes of it.

Everything is computed from a number, so a promise that was broken can be looked at again.
"""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import orjson

from headgate import import_file
from headgate.engine.pipeline import run_import
from headgate.engine.request import ImportRequest
from headgate.schema import parse_schema

Kind = Literal["small", "large", "rows", "hooks", "review", "broken"]
KINDS: dict[Kind, float] = {"small": 5, "large": 1, "rows": 3, "hooks": 2, "review": 3, "broken": 1}
"""How often each comes."""
VARIANTS = 4
CITIES = ("Berlin", "Bonn", "Köln", "Łódź", "Turin", "Åre")
FIELDS: list[dict[str, Any]] = [
    {"label": "Name", "key": "name", "validators": [{"validate": "required"}]},
    {"label": "Email", "key": "email", "type": "email"},
    {"label": "Amount", "key": "amount", "type": "number"},
    {"label": "Since", "key": "since", "type": "date"},
    {"label": "City", "key": "city"},
]
KEYS = [field["key"] for field in FIELDS]
HOOKS = {
    "rowHooks": ["(r) => { r.row.name.value = r.row.name.value.toUpperCase() + ' / ' + r.row.city.value; return r }"]
}
SIZES: dict[Kind, int] = {"small": 40, "large": 20_000, "rows": 60, "hooks": 300, "review": 50, "broken": 0}
BAD_ROWS = (3, 17, 41)
"""Rows of a file for review whose amount is none."""


@dataclass(frozen=True)
class Input:
    """What is sent for one import. `content`: the file, empty for rows."""

    kind: Kind
    variant: int
    content: bytes

    @property
    def settings(self) -> dict[str, Any]:
        return {"invalidDataBehavior": "BLOCK_SUBMIT"} if self.kind == "review" else {}

    @property
    def hooks(self) -> dict[str, Any]:
        return HOOKS if self.kind == "hooks" else {}

    @property
    def rows(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.content.decode(), newline="")))


@cache
def input_of(kind: Kind, variant: int) -> Input:
    """The input of a kind and number, always the same."""
    chance = random.Random(f"{kind} {variant}")  # noqa: S311 - data that repeats
    rows = [_row(chance, number) for number in range(SIZES[kind])]
    if kind == "review":
        for number in BAD_ROWS:
            rows[number]["amount"] = "unknown"
    return Input(kind, variant, b"" if kind == "broken" else written(rows))


def written(rows: list[dict[str, str]]) -> bytes:
    """Rows as a file."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, KEYS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _row(chance: random.Random, number: int) -> dict[str, str]:
    return {
        "name": f"Person {number} of {chance.randrange(1000)}",
        "email": f"p{number}@example.com",
        "amount": f"{chance.randrange(100_000) / 100:.2f}",
        "since": f"20{chance.randrange(10, 26)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}",
        "city": chance.choice(CITIES),
    }


def expected(given: Input, edited: tuple[tuple[int, str, str], ...] = ()) -> bytes:
    """The bytes of the result, after edits (row, field, text) in this order; empty where there is none."""
    return _expected(given.kind, given.variant, edited)


@cache
def _expected(kind: Kind, variant: int, edited: tuple[tuple[int, str, str], ...]) -> bytes:
    given = input_of(kind, variant)
    if kind == "broken":
        return b""
    if kind == "rows":
        return _expected_of_rows(given)
    rows = given.rows
    for row, field, text in edited:
        rows[row][field] = text
    content = written(rows) if edited else given.content
    schema = {"name": "", "fields": FIELDS, "settings": given.settings, "hooks": given.hooks}
    outcome = import_file(content, schema, filename="people.csv")
    result = io.BytesIO()
    outcome.write(result)
    return result.getvalue()


def _expected_of_rows(given: Input) -> bytes:
    with TemporaryDirectory() as folder:
        source, workdir = Path(folder) / "source", Path(folder) / "work"
        source.write_bytes(orjson.dumps(given.rows))
        workdir.mkdir()
        outcome = run_import(ImportRequest(source, parse_schema(FIELDS, {}, {}), None, kind="initial_data"), workdir)
        result = io.BytesIO()
        outcome.write(result)
        return result.getvalue()
