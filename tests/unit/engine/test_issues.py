"""The log of what is wrong: one about the rows behind is appended, whatever it calls the kinds of its issues."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

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
