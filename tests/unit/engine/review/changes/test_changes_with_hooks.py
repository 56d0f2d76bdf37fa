"""Row hooks see what people change, and what they make of it is part of the change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from headgate.engine.errors import ImportFailedError
from headgate.engine.hooks.limits import HookLimits
from headgate.engine.hooks.pool import HookPool
from headgate.engine.hooks.session import HookSession
from headgate.engine.review.changes import RowHooks
from headgate.engine.review.delta import Delta
from headgate.engine.review.row_places import FIRST_ADDED_BY_PEOPLE
from tests.unit.engine.review.open_grids import OpenGrid
from tests.unit.engine.review.review_tables import FIELDS, Given, live_issues
from tests.unit.engine.review.test_table import ROWS

ID, NAME, AGE, STAGE, MAIL = 0, 1, 2, 3, 4
ADDED = FIRST_ADDED_BY_PEOPLE

Open = Callable[[dict[str, Any]], OpenGrid]


@pytest.fixture(scope="module")
def pool() -> Iterator[HookPool]:
    with HookPool(1, HookLimits(call_seconds=10)) as pool:
        yield pool


@pytest.fixture
def open_with(pool: HookPool, tmp_path: Path) -> Iterator[Open]:
    sessions: list[HookSession] = []
    processes = []

    def begin(hooks: dict[str, Any]) -> OpenGrid:
        given = Given(ROWS, FIELDS, hooks=hooks)

        def session() -> HookSession:
            if not sessions:
                processes.append(pool.acquire())
                keys = [field.key for field in given.schema.fields]
                sessions.append(HookSession(processes[-1], given.schema.hooks, keys))
            return sessions[-1]

        return OpenGrid(given, tmp_path / "table", RowHooks(given.schema.hooks, session))

    yield begin
    for process in processes:
        process.close()


def test_row_hooks_run_in_update_mode_on_the_changed_rows_alone(open_with: Open) -> None:
    hook = "(record, mode) => ({row: {name: {value: `${mode} ${record.index} ${record.row.id.value}`}}})"
    review = open_with({"rowHooks": [hook]})
    done = review.set(2, "id", "9")
    assert (done.cells, done.rows) == (2, 1)
    assert list(review.cells(NAME).values()) == ["Ann", "update 1 9", "Ann", "Cy", "Cy", "Bob"]
    review.undo(1)
    assert review.cells(NAME)[2] == "Bob"
    assert review.cells(ID)[2] == "2"


def test_bulk_row_hooks_see_all_changed_rows_at_once_after_the_row_hooks(open_with: Open) -> None:
    row = "({row}) => ({row: {id: {value: row.id.value + '!'}}})"
    bulk = "(rows, mode) => rows.map(r => ({index: r.index, row: {age: {value: rows.length}, name: {value: mode + r.row.id.value}}}))"
    review = open_with({"rowHooks": [row], "bulkRowHooks": [bulk]})
    review.change("clear", range={"view": {}, "first": 0, "last": 2, "columns": ["age"]})
    assert list(review.cells(AGE).values())[:3] == ["3"] * 3
    assert list(review.cells(NAME).values())[:3] == ["update1!", "update2!", "update2!"]
    before = [list(review.cells(column).values()) for column in (ID, NAME, AGE)]
    review.undo(1)
    assert list(review.cells(ID).values())[:3] == ["1", "2", "2"]
    review.undo(1, "redo")
    assert [list(review.cells(column).values()) for column in (ID, NAME, AGE)] == before


def test_what_hooks_say_of_a_cell_comes_and_goes_with_its_text(open_with: Open) -> None:
    hook = """({row}) => row.name.value === "bad"
        ? {row: {name: {info: [{message: "Not this one", level: "error"}]}}}
        : {row: {}}"""
    review = open_with({"rowHooks": [hook]})
    review.set(1, "name", "bad")
    assert (1, "name", None, "error", "hook_message") in live_issues(review.table)
    (row,) = review.grid.rows_by_id([1])["rows"]
    assert row["marks"][NAME]["messages"][0]["text"] == "Not this one"
    review.set(1, "name", "good")
    assert (1, "name", None, "error", "hook_message") not in live_issues(review.table)
    review.undo(2)
    assert (1, "name", None, "error", "hook_message") in live_issues(review.table)


def test_values_that_hooks_give_typed_are_read_as_such(open_with: Open) -> None:
    hook = "({row}) => ({row: {age: {value: row.name.value === 'x' ? 1234.5 : row.age.value}}})"
    review = open_with({"rowHooks": [hook]})
    review.set(1, "name", "x")
    assert review.grid.cell({"row": 1, "column": "age"})["text"] == "1234.5"
    restored = review.given.open(review.table.store.directory)
    assert restored.frame(restored.visible[:1], restored.hooked)["v2"].to_list() == ["1234.5"]


def test_options_that_hooks_give_to_a_cell_hold_for_it_alone(open_with: Open) -> None:
    hook = """({row}) => row.id.value === "own"
        ? {row: {stage: {value: "Mine", selectOptions: [{label: "Mine", value: "m"}]}}}
        : {row: {}}"""
    review = open_with({"rowHooks": [hook]})
    review.set(1, "id", "own")
    (row,) = review.grid.rows_by_id([1])["rows"]
    assert row["cells"][STAGE] == "Mine"
    assert row["marks"][STAGE]["options"] == [{"label": "Mine", "value": "m"}]
    assert (1, "stage", None, "error", "not_an_option") not in live_issues(review.table)
    review.undo(1)
    (row,) = review.grid.rows_by_id([1])["rows"]
    assert row["cells"][STAGE] == "Open"


def test_added_rows_go_through_the_hooks(open_with: Open) -> None:
    hook = "({row, index, rowId}) => ({row: {id: {value: `${index}/${rowId}`}}})"
    review = open_with({"rowHooks": [hook]})
    review.change("add_rows", after=2, count=2)
    assert [review.cells(ID)[row] for row in (ADDED, ADDED - 1)] == [f"2/{ADDED}", f"3/{ADDED - 1}"]


def test_row_delete_hooks_are_told_once_and_can_stop_a_deletion(open_with: Open) -> None:
    review = open_with({"rowDeleteHooks": ["(record) => { if (record.row.id.value === '5') throw new Error('kept') }"]})
    review.change("delete_rows", rows=[1])
    assert 1 not in review.cells(ID)
    with pytest.raises(ImportFailedError, match="kept"):
        review.editor.prepare({"kind": "delete_rows", "rows": [5]})
    assert 5 in review.cells(ID)


def test_a_delta_with_messages_and_options_survives_its_bytes(open_with: Open) -> None:
    hook = """() => ({row: {stage: {selectOptions: [{label: "A", value: "a"}], info: [{message: "Für dich ✓", level: "info"}]}}})"""
    review = open_with({"rowHooks": [hook]})
    prepared = review.editor.prepare({"kind": "set_cells", "cells": [{"row": 1, "column": "id", "text": "x"}]})
    delta = Delta.from_bytes(prepared.delta or b"")
    assert Delta.from_bytes(delta.to_bytes()).cells.rows() == delta.cells.rows()
    assert delta.inverse().inverse().cells.rows() == delta.cells.rows()
    assert [{"level": "info", "message": "Für dich ✓"}] in delta.cells["after_messages"].to_list()
