"""Who changed a cell, found by its source address in small and large changes alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import polars as pl
import pytest

from headgate.engine.review.delta import CELLS, Delta
from headgate.engine.review.log import LogEntry
from headgate.reviews.cell_history import INDEXED_CELLS, CellHistory

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def history() -> Iterator[CellHistory]:
    with closing(CellHistory()) as found:
        yield found


def entry(seq: int, cells: int, column: int | None, field: str | None) -> LogEntry:
    rows = [
        {"row": row, "column": column, "field": field, "before": f"{row} before {seq}", "after": f"{row} after {seq}"}
        for row in range(cells)
    ]
    delta = Delta(cells=pl.DataFrame(rows, schema=dict(CELLS))).to_bytes()
    return LogEntry(seq, "fill", "a", f"id-{seq}", NOW, cells=cells, delta=delta)


@pytest.mark.parametrize("cells", [1, INDEXED_CELLS, INDEXED_CELLS + 1])
def test_the_changes_of_a_cell_come_newest_first(history: CellHistory, cells: int) -> None:
    for seq, size, column, field in ((1, cells, 2, None), (2, 1, 2, None), (3, cells, None, "plan")):
        history.add(entry(seq, size, column, field))
    history.add(LogEntry(4, "columns", "a", "id-4", NOW))
    found = history.of({"row": 0, "column": 2, "field": None})
    assert [one["version"] for one in found] == [2, 1]
    assert found[1] == {"version": 1, "before": "0 before 1", "after": "0 after 1"}
    assert [one["version"] for one in history.of({"row": cells - 1, "field": "plan"})] == [3]
    assert history.of({"row": cells, "column": 2}) == []


def test_an_entry_that_is_in_it_already_changes_nothing(history: CellHistory) -> None:
    for _ in range(2):
        history.add(entry(1, 1, 0, None))
    assert len(history.of({"row": 0, "column": 0})) == 1
