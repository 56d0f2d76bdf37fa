"""UUIDs are what the npm package `uuid` 14 validates (tests/vectors/uuid)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.types.uuid import UuidType
from tests.unit.engine.types.column_readings import codes, read, type_of

VECTORS = json.loads((Path(__file__).parents[3] / "vectors" / "uuid" / "vectors.json").read_text())
NIL, MAX = "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"
SEVENTH = "0190D2A4-7b5e-7c3a-9f10-2b6d8e4c1a55"


def test_every_verdict_of_the_npm_package() -> None:
    texts = [text for text, _ in VECTORS]
    expected = [
        (text.lower() or None, None) if version is not None else (None, "not_a_uuid" if text else None)
        for text, version in VECTORS
    ]
    assert read(type_of(UuidType), texts) == expected
    assert len({version for _, version in VECTORS}) == 11


@pytest.mark.parametrize("wanted", range(1, 9))
def test_of_one_version_only(wanted: int) -> None:
    valid = [(text, version) for text, version in VECTORS if version is not None]
    got = codes(type_of(UuidType, {"version": wanted}), [text for text, _ in valid])
    assert got == [None if version == wanted else "wrong_version" for _, version in valid]


def test_nil_and_max_are_valid_but_of_no_version() -> None:
    assert codes(type_of(UuidType), [NIL, MAX, MAX.upper()]) == [None, None, None]
    assert codes(type_of(UuidType, {"version": 4}), [NIL, MAX]) == ["wrong_version", "wrong_version"]


def test_upper_case_is_no_autofix() -> None:
    assert read(type_of(UuidType, {"version": 7}), [SEVENTH, f" {SEVENTH}\n"]) == [(SEVENTH.lower(), None)] * 2


@pytest.mark.parametrize(
    "text", [f"urn:uuid:{NIL}", f"{{{NIL}}}", NIL.replace("-", ""), NIL + "\nx", "٠" + NIL[1:], f"{NIL},{NIL}"]
)
def test_other_forms_are_errors(text: str) -> None:
    assert read(type_of(UuidType), [text]) == [(None, "not_a_uuid")]


@settings(deadline=None)
@given(
    st.lists(st.from_regex(r"[0-9a-fA-F]{7,8}-[0-9a-f]{4}-[0-9]{4}-[89abcAB][0-9a-fKſ]{3}-[0-9a-f]{12}"), min_size=1)
)
def test_columns_read_like_cells(cells: list[str | None]) -> None:
    assert len(read(type_of(UuidType, {"version": 4}), cells)) == len(cells)
