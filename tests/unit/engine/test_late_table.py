"""The table that is made when it is asked for is the one that would have been made at once."""

from __future__ import annotations

import copy
import io
from pathlib import Path
from typing import Any

import pytest

from headgate import Outcome, import_file
from headgate.engine.late_table import LateTable
from headgate.engine.output import OutputFormat, ResultTable

ROWS = 700
BEHAVIORS = ["REMOVE_INVALID_ROWS", "INCLUDE_INVALID_ROWS", "INCLUDE_INVALID_ROWS_AND_VALUES"]


@pytest.fixture(autouse=True)
def several_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of 256 rows, the fewest that there are."""
    monkeypatch.setattr("headgate.engine.table.CELLS_PER_CHUNK", 1)


def source() -> bytes:
    lines = [f"name {n},{n}.{n:020d},{'1' if n % 3 else 'none'},beyond {n}" for n in range(ROWS)]
    return "\n".join(["Name,Price,Pieces,More", *lines[:300], ",,,", *lines[300:]]).encode()


def schema(behavior: str) -> dict[str, Any]:
    return {
        "fields": [
            {"label": "Name", "key": "name", "validators": [{"validate": "unique"}]},
            {"label": "Price", "key": "price", "type": "number"},
            {"label": "Pieces", "key": "pieces", "type": "number"},
        ],
        "settings": {"invalidDataBehavior": behavior, "passThroughUnmappedColumns": True},
    }


def imported(behavior: str, *, wants_json: bool = True) -> Outcome:
    return import_file(source(), schema(behavior), filename="a.csv", wants_json=wants_json)


def written(outcome: Outcome, output_format: OutputFormat) -> bytes:
    stream = io.BytesIO()
    outcome.write(stream, output_format)
    return stream.getvalue()


@pytest.mark.parametrize("behavior", BEHAVIORS)
def test_every_format_is_as_if_the_table_had_been_made_at_once(behavior: str) -> None:
    late, at_once = imported(behavior), imported(behavior, wants_json=False)
    assert isinstance(late.table, LateTable)
    assert isinstance(at_once.table, Path)
    assert written(late, "json") == written(at_once, "json")
    assert list(late.rows()) == list(at_once.rows())
    assert written(late, "csv") == written(at_once, "csv")
    assert written(late, "parquet") == written(at_once, "parquet")
    assert late.result is not None
    assert at_once.result is not None
    assert late.result.read_bytes() == at_once.result.read_bytes()
    assert ResultTable(late.result).rows == late.table.rows == late.decisions["rows"]["delivered"]


def test_json_and_rows_make_no_table_and_another_format_makes_it_once(tmp_path: Path) -> None:
    outcome = imported("INCLUDE_INVALID_ROWS")
    assert outcome.result_json is not None
    workdir = outcome.result_json.parent
    outcome.write(tmp_path / "rows.json")
    assert sum(1 for _ in outcome.rows()) == ROWS
    assert not list(workdir.glob("*.parquet"))
    decisions = copy.deepcopy(outcome.decisions)
    written(outcome, "csv")
    (table,) = workdir.glob("*.parquet")
    made = table.stat().st_mtime_ns
    written(outcome, "ndjson")
    assert table.stat().st_mtime_ns == made
    assert outcome.decisions == decisions


def test_a_table_that_could_not_be_made_is_made_by_the_next_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = imported("INCLUDE_INVALID_ROWS")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("headgate.engine.output.ResultTableWriter.write", full)
        with pytest.raises(OSError, match="No space"):
            written(outcome, "csv")
    assert written(outcome, "csv") == written(imported("INCLUDE_INVALID_ROWS", wants_json=False), "csv")
