"""Deltas as the log keeps them: packed and unpacked some cells at a time, and refused when they are damaged."""

from __future__ import annotations

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from headgate.engine.review import delta as delta_module
from headgate.engine.review.delta import CELLS, Counted, Delta, PackedDelta
from tests.unit.engine.review.review_tables import delta

MESSAGE = [{"level": "error", "message": "said by a hook"}]


def some_cells(count: int) -> pl.DataFrame:
    """Cells with everything that a cell may have."""
    wanted = delta([(row, row % 3, f"text {row}") for row in range(count)]).cells
    messages = pl.Series(
        "after_messages", [MESSAGE if row % 2 else None for row in range(count)], CELLS["after_messages"]
    )
    options = pl.Series("before_options", [None if row % 2 else "own" for row in range(count)], pl.String)
    return wanted.with_columns(messages, options)


def test_cells_come_back_as_they_went_in_however_many_are_handled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delta_module, "CELLS_PER_PART", 4)
    cells = some_cells(23)
    given = [cells.slice(start, length) for start, length in ((0, 1), (1, 0), (1, 9), (10, 2), (12, 11))]
    others = delta(added=[(-1_000_000_001, None)], deleted=[4])
    packed = PackedDelta.of(iter(given), others.added, others.deleted)
    parts = list(packed.parts())
    assert len(parts) > 1
    assert_frame_equal(pl.concat(parts), cells)
    assert_frame_equal(packed.added, others.added)
    assert_frame_equal(packed.deleted, others.deleted)
    assert_frame_equal(Delta.from_bytes(packed.data).cells, cells)
    assert_frame_equal(pl.concat(packed.inverse_parts()), Delta(cells).inverse().cells)


def test_an_empty_delta_has_no_cells() -> None:
    packed = PackedDelta(Delta().to_bytes())
    assert list(packed.parts()) == []
    assert not Delta.from_bytes(packed.data)


def test_a_delta_holds_its_own_texts_and_not_those_of_the_column_that_they_were_chosen_from() -> None:
    column = pl.Series([f"{row:08}" * 20 for row in range(20_000)])
    cells = some_cells(2).with_columns(column[pl.Series([5, 19_999], dtype=pl.UInt32)].alias("before"))
    packed = Delta(cells).to_bytes()
    assert len(packed) < 10_000
    assert Delta.from_bytes(packed).cells["before"].to_list() == ["00000005" * 20, "00019999" * 20]


def test_whatever_is_cut_off_or_changed_is_no_delta_or_one_of_the_right_form() -> None:
    data = Delta(some_cells(50)).to_bytes()
    for end in range(0, len(data), 97):
        with pytest.raises(ValueError, match="delta"):
            list(PackedDelta(data[:end]).parts())
    for at in range(0, len(data), 211):
        damaged = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
        try:
            for part in PackedDelta(damaged).parts():
                assert part.schema == pl.Schema(CELLS)
        except ValueError:
            continue


def test_cells_and_rows_are_counted_while_they_pass() -> None:
    cells = some_cells(6).with_columns(pl.Series("row", [1, 1, 2, 3, 3, 3], pl.Int64))
    counted = Counted()
    assert sum(part.height for part in counted.passed([cells.head(2), cells.slice(2)])) == 6
    assert counted.cells == 6
    assert counted.rows(delta(deleted=[3, 9]).deleted) == 4
    assert Counted().rows() == 0
