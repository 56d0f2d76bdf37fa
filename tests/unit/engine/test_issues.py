"""The log of what is wrong: entries in order, however many; one about the rows behind is appended, whatever it calls its kinds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from headgate.engine import issues
from headgate.engine.issue_kinds import IssueKind
from headgate.engine.issues import IssueLog
from headgate.engine.table import ROW
from headgate.engine.working import INDEX

A, B, C = (IssueKind(slot, key, None, key, "error", f"{key} is wrong") for slot, key in enumerate("abc"))
Entry = tuple[IssueKind, int]


def log_of(directory: Path, chunks: Sequence[Sequence[Entry]]) -> IssueLog:
    """One issue in each of these rows."""
    log = IssueLog(directory, compressed=True)
    for chunk in chunks:
        for kind, row in chunk:
            rows = {INDEX: [row], ROW: [row + 1]}
            log.add(kind, pl.DataFrame(rows, schema=dict.fromkeys(rows, pl.UInt32)).with_columns(value=pl.lit("x")))
        log.end_chunk()
    return log


@pytest.mark.parametrize(
    "other",
    [
        [[(A, 5), (B, 6)], [(A, 7)]],
        [[(B, 5)], [(A, 6), (B, 6)]],
        [[(B, 5)]],
        [[(C, 5), (A, 6)]],
        [[(A, 5), (B, 6), (C, 7)]],
        [],
    ],
)
def test_a_log_taken_over_is_what_one_log_would_say(tmp_path: Path, other: list[list[Entry]]) -> None:
    first = [[(A, 0), (B, 0)], [(B, 3)]]
    log, one = log_of(tmp_path / "log", first), log_of(tmp_path / "one", [*first, *other])
    behind = log_of(tmp_path / "behind", other)
    log.take_over(behind)
    behind.remove()
    assert list(log.entries()) == list(one.entries())
    assert list(log.counts.items()) == list(one.counts.items())
    assert log.rows_with_errors(99) == one.rows_with_errors(99)


WRONG = IssueKind(1, "b", None, "not_a_number", "error", "This is not a number.")
SAID = IssueKind(0, "a", None, "hook_message", "warning", None)
BROKEN = IssueKind(None, None, None, "too_many_cells", "error", "The row has more cells.")


def rows_of(indexes: list[int], texts: list[str | None], messages: list[str] | None = None) -> pl.DataFrame:
    columns = {
        "index": pl.Series(indexes, dtype=pl.UInt32),
        "row": pl.Series([None if index == 3 else index + 1 for index in indexes], dtype=pl.UInt32),
        "value": pl.Series(texts, dtype=pl.String),
    }
    return pl.DataFrame(columns if messages is None else {**columns, "message": messages})


@pytest.mark.parametrize("most", [-1, 256])
def test_entries_stand_by_row_then_by_slot_then_as_they_were_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(issues, "FEW_CELLS", most)
    log = IssueLog(tmp_path / "issues")
    log.add(WRONG, rows_of([0, 2, 3], ["x", None, "y"]))
    log.add(SAID, rows_of([2, 2], ["p", "p"], ["second", "first"]))
    log.add(BROKEN, rows_of([2], [None]))
    log.end_chunk()
    found = [(one["rowIndex"], one["fieldKey"], one["value"], one["message"]) for one in log.entries()]
    assert found == [
        (0, "b", "x", WRONG.message),
        (2, None, None, BROKEN.message),
        (2, "a", "p", "second"),
        (2, "a", "p", "first"),
        (2, "b", None, WRONG.message),
        (3, "b", "y", WRONG.message),
    ]
    assert [one["sourceRow"] for one in log.entries("error")] == [2, 4, 4, None]
    assert [one["rowIndex"] for one in log.entries("warning")] == [2, 2]
    assert log.rows_with_errors(10) == [0, 2, 3]
    assert IssueLog.of(log._spool, log.counts).rows_with_errors(2) == [0, 2]
    assert log._spool.chunk(0).schema == {
        "index": pl.UInt32, "row": pl.UInt32, "value": pl.String, "kind": pl.UInt32, "slot": pl.Int32, "message": pl.String,
    }  # fmt: skip
