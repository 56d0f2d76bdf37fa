"""Rows that nothing changes: read again for each look at them, but for a few rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from headgate import import_file
from headgate.engine.working import Typing

FIELDS = [
    {"label": "Name", "key": "name", "validators": [{"validate": "unique"}]},
    {"label": "Age", "key": "age", "type": "number"},
]


def schema(**settings: Any) -> dict[str, Any]:
    return {"fields": FIELDS, "settings": {"invalidDataBehavior": "REMOVE_INVALID_ROWS", **settings}}


def source(rows: int) -> bytes:
    lines = [f"name {number % (rows - 1)},{number}" for number in range(rows)]
    return "\n".join(["Name,Age", *lines[:2], ",", " , ", *lines[2:]]).encode()


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many columns were read of each chunk that was."""
    read, made = list[int](), Typing.chunk

    def noted(typing: Typing, raw: pl.DataFrame, *others: Any) -> pl.DataFrame:
        read.append(len(typing.slots))
        return made(typing, raw, *others)

    monkeypatch.setattr(Typing, "chunk", noted)
    return read


def test_a_few_rows_are_read_once_for_uniqueness_and_for_all_else(typed: list[int]) -> None:
    outcome = import_file(source(20), schema())
    assert typed == [2]
    assert outcome.decisions["rows"] == {"read": 20, "empty": 2, "overMaxRecords": 0, "invalid": 2, "delivered": 18}


def test_many_rows_are_read_twice_first_those_columns_that_must_be_unique(
    typed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("headgate.engine.streamed_rows.MIN_CELLS", 100)
    outcome = import_file(source(20), schema())
    assert typed == [1, 2]
    assert outcome.decisions["rows"] == {"read": 20, "empty": 2, "overMaxRecords": 0, "invalid": 2, "delivered": 18}


def test_rows_over_the_limit_are_counted_once(typed: list[int]) -> None:
    outcome = import_file(source(20), schema(maxRecords=15))
    assert typed == [2]
    assert outcome.decisions["rows"] == {"read": 15, "empty": 2, "overMaxRecords": 5, "invalid": 0, "delivered": 15}


def test_rows_can_be_gone_through_again_for_another_format(typed: list[int], tmp_path: Path) -> None:
    outcome = import_file(source(20), schema())
    outcome.write(tmp_path / "rows.csv", "csv")
    assert typed == [2, 2]
    assert len((tmp_path / "rows.csv").read_text().splitlines()) == 19
