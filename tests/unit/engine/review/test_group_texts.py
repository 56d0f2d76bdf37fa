"""The texts of error groups are always those of the cells as they are, though only touched chunks are counted anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from headgate.engine.review.reviewed import GroupState
from headgate.engine.review.table import ReviewTable
from tests.unit.engine.review.review_tables import Given, delta
from tests.unit.engine.review.small_reviews import plainly_counted
from tests.unit.engine.review.test_table import ROWS

TEXTS = st.sampled_from(["x", " x", "-1", "y@", "a@x.com", "Frozen", "2", "", None])
EDITS = st.lists(st.tuples(st.integers(1, 12), st.sampled_from([0, 1, 2, 3, 5, 6]), TEXTS), min_size=1, max_size=4)


def assert_counted(table: ReviewTable) -> None:
    for group, _ in table.groups():
        if group.slot is not None:
            assert_frame_equal(table.texts_of(group), plainly_counted(table, group), check_dtypes=False)


def states(table: ReviewTable) -> dict[str, GroupState]:
    return {f"{g.slot} {g.code}": table.state_of(g) for g, _ in table.groups() if g.slot is not None}


@settings(max_examples=40, deadline=None)
@given(changes=st.lists(EDITS, max_size=4))
def test_edits_leave_true_counts(
    changes: list[list[tuple[int, int, str | None]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    table = Given([*ROWS, *ROWS]).build(tmp_path_factory.mktemp("counts") / "table")
    assert_counted(table)
    for seq, edits in enumerate(changes, 1):
        table.apply(delta(list({(row, column): (row, column, text) for row, column, text in edits}.values())), seq)
        assert_counted(table)
    table.close()


def test_deleted_rows_do_not_count(tmp_path: Path) -> None:
    table = Given(ROWS).build(tmp_path / "table")
    table.apply(delta(deleted=[2, 3]), 1)
    assert_counted(table)


def test_only_groups_whose_cells_changed_have_another_state(tmp_path: Path) -> None:
    table = Given(ROWS).build(tmp_path / "table")
    before = states(table)
    table.apply(delta([(4, 3, "Thawed")]), 1)
    after = states(table)
    assert {key for key in before if before[key].cells != after[key].cells} == {"3 not_an_option"}


def test_counts_are_there_when_the_table_is_opened_again(tmp_path: Path) -> None:
    given_rows = Given(ROWS)
    table = given_rows.build(tmp_path / "table")
    table.apply(delta([(4, 3, "Thawed")]), 1)
    assert_counted(table)
    table.close()
    again = given_rows.open(tmp_path / "table")
    assert_counted(again)
    again.close()
