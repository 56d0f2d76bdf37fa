"""Edits of a review's table: what is shown and what is wrong is always what an import of the same rows would find."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from headgate.engine.review import delta as delta_module
from headgate.engine.review import live_duplicates, mapped_files
from headgate.engine.review.delta import PackedDelta
from headgate.engine.review.row_places import FIRST_ADDED_BY_PEOPLE
from headgate.engine.review.store import UnusableTableError
from headgate.engine.review.table import AUTOFIXED, ReviewTable
from headgate.engine.validators import duplicates
from tests.unit.engine.review.review_tables import Given, delta, fresh_issues, live_issues, shown

ROWS: list[tuple[str | None, ...]] = [
    ("1", "Ann", "41", "Open", None, "a@x.com", None),
    ("2", "Bob", "x", "Done", None, "b@x.com", "A@x.com"),
    ("2", "Ann", "-1", "open", "skipped", "c@x.com", "c@x.com"),
    (None, "Cy", None, "Frozen", None, "nomail", None),
    ("5", "Cy", "7", "d", None, None, "d@x.com"),
    ("6", "Bob", None, "Done", None, None, None, "too many"),
]


@pytest.fixture
def given_rows() -> Given:
    return Given(ROWS)


@pytest.fixture
def table(given_rows: Given, tmp_path: Path) -> ReviewTable:
    return given_rows.build(tmp_path / "table")


def test_a_new_table_knows_what_an_import_finds(table: ReviewTable, tmp_path: Path) -> None:
    assert live_issues(table) == fresh_issues(table, tmp_path / "issues")
    assert (2, "id", None, "error", "unique") in live_issues(table)
    assert (6, None, None, "error", "too_many_cells") in live_issues(table)


def test_an_edit_of_a_unique_cell_frees_the_other_one(table: ReviewTable) -> None:
    applied = table.apply(delta([(2, 0, "9")]), 1)
    assert applied.positions.tolist() == [1, 2]
    assert not [issue for issue in live_issues(table) if issue[4] == "unique"]


def test_an_edit_that_repeats_a_value_marks_both_rows(table: ReviewTable) -> None:
    table.apply(delta([(6, 0, "5")]), 1)
    assert [issue[0] for issue in live_issues(table) if issue[4] == "unique"] == [2, 3, 5, 6]


def test_a_row_is_marked_as_mended_as_long_as_any_of_its_cells_is(tmp_path: Path) -> None:
    options = {"type": "select", "selectOptions": [{"label": "Open", "value": "o"}, {"label": "Done", "value": "d"}]}
    fields = [{"label": key, "key": key, **options} for key in ("stage", "former")]
    source = Given([("open", "done"), ("Open", "Done")], fields, {"stage": [0], "former": [1]})
    table = source.build(tmp_path / "mended")
    marked = []
    for seq, edit in enumerate([(1, 0, "Open"), (1, 1, "Done"), (2, 1, "done"), (1, 0, "open")], 1):
        table.apply(delta([edit]), seq)
        marked.append((table.marks & AUTOFIXED != 0).tolist())
        assert marked[-1] == mended(table)
    assert marked == [[True, False], [False, False], [False, True], [True, True]]


def test_a_row_that_was_deleted_returns_to_its_place(table: ReviewTable) -> None:
    before = shown(table)
    table.apply(delta(deleted=[3, 4]), 1)
    assert list(shown(table)) == [1, 2, 5, 6]
    table.apply(delta(added=[(4, None), (3, None)]), 2)
    assert list(shown(table).items()) == list(before.items())


def test_added_rows_stand_where_they_were_put(table: ReviewTable) -> None:
    first = FIRST_ADDED_BY_PEOPLE
    table.apply(delta([(first, 1, "new")], added=[(first, 2), (first - 1, first)]), 1)
    table.apply(delta(added=[(first - 2, None), (first - 3, 2)]), 2)
    assert list(shown(table)) == [1, 2, first - 3, first, first - 1, 3, 4, 5, 6, first - 2]
    assert shown(table)[first][1] == "new"
    assert (first - 1, "id", None, "error", "required") in live_issues(table)


def test_edits_of_cells_that_do_not_exist_are_lost_and_change_nothing(table: ReviewTable) -> None:
    before = shown(table)
    applied = table.apply(delta([(77, 0, "a"), (1, 4, "b"), (1, "gone", "c"), (0, 1, "d")], deleted=[99]), 1)
    assert applied.lost.select("row", "column", "field", "after").rows() == [
        (77, 0, None, "a"),
        (1, 4, None, "b"),
        (1, None, "gone", "c"),
        (0, 1, None, "d"),
    ]
    assert applied.lost_rows == [99]
    assert shown(table) == before


def test_a_table_comes_back_as_it_was_left(table: ReviewTable, given_rows: Given) -> None:
    table.apply(delta([(1, 0, "5"), (FIRST_ADDED_BY_PEOPLE, 5, "A@X.com")], [(FIRST_ADDED_BY_PEOPLE, 3)], [2]), 7)
    left = (shown(table), live_issues(table), table.marks.tolist(), table.index.counts())
    again = given_rows.open(table.store.directory)
    assert again.seq == 7
    assert (shown(again), live_issues(again), again.marks.tolist(), again.index.counts()) == left
    assert again.apply(delta([(1, 0, "1")]), 8).positions.tolist() == [0, 4]


def test_a_table_of_other_decisions_is_not_opened(table: ReviewTable, given_rows: Given) -> None:
    with pytest.raises(UnusableTableError):
        given_rows.open(table.store.directory, fingerprint="another")


TEXTS = st.sampled_from(
    [None, "", " ", "1", "2", "5", "Ann", "ann", "-3", "1,5", "Open", "open", "d", "a@x.com", "A@x.com", "é"]
)
CELLS = st.lists(
    st.tuples(st.integers(-2, 8), st.sampled_from([0, 1, 2, 3, 5, 6]), TEXTS, st.integers(1, 3)), max_size=4
)


@st.composite
def changes(draw: st.DrawFn) -> list[dict[str, Any]]:
    return draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "cells": CELLS,
                    "add": st.lists(st.one_of(st.none(), st.integers(-1, 8)), max_size=2),
                    "delete": st.lists(st.integers(-1, 7), max_size=2),
                }
            ),
            min_size=1,
            max_size=5,
        )
    )


def mended(table: ReviewTable) -> list[bool]:
    """Which rows have a cell that was mended when it was read, found by a look at every cell."""
    positions = np.arange(len(table.places), dtype=np.int32)
    frame = table.frame(positions, table.hooked)
    cells = [(frame[hooked.slot.value], frame[hooked.slot.code]) for hooked in table.hooked]
    return [
        not table.places.deleted[row] and any(value[row] is not None and code[row] is not None for value, code in cells)
        for row in positions.tolist()
    ]


def as_delta(change: dict[str, Any], seq: int) -> Any:
    """Numbers below 0 name rows that were added before."""

    def row(number: int) -> int:
        return number if number >= 0 else FIRST_ADDED_BY_PEOPLE + 1 + number

    first = FIRST_ADDED_BY_PEOPLE - seq * 10
    added = [(first - at, None if after is None else row(after)) for at, after in enumerate(change["add"])]
    cells = {(row(number), column): text for number, column, text, _ in change["cells"]}
    return delta([(*cell, text) for cell, text in cells.items()], added, [row(one) for one in change["delete"]])


@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(changes(), st.booleans(), st.booleans())
def test_after_any_edits_the_issues_are_those_of_a_fresh_check(
    tmp_path_factory: pytest.TempPathFactory, edits: list[dict[str, Any]], weak_hashes: bool, in_parts: bool
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if in_parts:
            patch.setattr(delta_module, "CELLS_PER_PART", 1)
            patch.setattr(live_duplicates, "ROWS_AT_ONCE", 2)
            patch.setattr(mapped_files, "LOOKED_AT", 0)
        if weak_hashes:
            patch.setattr(duplicates, "hashes_of", lambda texts: (texts.hash(0) % 2 + 1).to_numpy())
        directory = tmp_path_factory.mktemp("table")
        source = Given(ROWS)
        table = source.build(directory / "table")
        for seq, change in enumerate(edits, 1):
            wanted = as_delta(change, seq)
            table.apply(PackedDelta(wanted.to_bytes()) if in_parts else wanted, seq)
            assert live_issues(table) == fresh_issues(table, directory / f"issues-{seq}")
            assert (table.marks & AUTOFIXED != 0).tolist() == mended(table)
        again = source.open(directory / "table")
        assert live_issues(again) == live_issues(table)
        assert (again.marks == table.marks).all()
        assert shown(again) == shown(table)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 5), max_size=12), st.booleans())
def test_rows_are_found_in_their_chunks_in_whatever_order_they_are_named(
    tmp_path_factory: pytest.TempPathFactory, wanted: list[int], ascending: bool
) -> None:
    table = Given(ROWS).build(tmp_path_factory.mktemp("table") / "table", size=2)
    positions = np.array(sorted(wanted) if ascending else wanted, np.int32)
    bounds, found = table.chunk_bounds(), np.full(len(positions), -1)
    chunks = []
    for chunk, at, part in table.by_chunk(positions):
        chunks.append(chunk)
        found[part] = bounds[chunk] + at
    assert found.tolist() == positions.tolist()
    assert chunks == sorted(set(chunks))
    assert table.frame(positions, table.hooked)["t0"].to_list() == [ROWS[row][0] for row in positions]
