"""Any mixture of changes of several people, with undo and redo, against a model that keeps plain dictionaries."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from headgate.engine.review.delta import Delta
from headgate.engine.review.log import LogEntry, Prepared, RefusedChangeError
from tests.unit.engine.review.open_grids import OpenGrid
from tests.unit.engine.review.review_tables import Given, fresh_issues, live_issues, shown
from tests.unit.engine.review.test_table import ROWS

COLUMNS = ["id", "name", "age", "stage", "mail[0]", "mail[1]"]
TEXTS = st.sampled_from([None, "1", "2", "x", "Ann", "Open", "a@x.com", "7"])
CELL = st.tuples(st.integers(0, 8), st.sampled_from(COLUMNS), TEXTS)

Rows = dict[int, tuple[str | None, ...]]


class Reviewing(RuleBasedStateMachine):
    """People change rows; every step is taken back and done again in the model by remembering what was shown."""

    directories: pytest.TempPathFactory

    @initialize()
    def begin(self) -> None:
        self.directory = self.directories.mktemp("review")
        self.given = Given(ROWS)
        self.review = OpenGrid(self.given, self.directory / "table")
        self.model: Rows = shown(self.review.table)
        self.undone: list[tuple[int, Rows, Rows]] = []
        self.done: list[tuple[int, Rows, Rows]] = []
        self.checked = 0

    def _row(self, number: int) -> int:
        return list(self.model)[number % len(self.model)] if self.model else 0

    def _change(self, kind: str, **body: Any) -> None:
        before = dict(self.model)
        try:
            prepared = self.review.change(kind, **body)
        except RefusedChangeError:
            return
        self.model = self._expected(kind, body, prepared)
        self.done.append((len(self.review.log), before, dict(self.model)))
        self.undone.clear()

    def _expected(self, kind: str, body: dict[str, Any], prepared: Prepared) -> Rows:
        rows = {row: list(texts) for row, texts in self.model.items()}
        if kind == "set_cells":
            for cell in body["cells"]:
                rows[cell["row"]][COLUMNS.index(cell["column"])] = cell["text"]
        elif kind == "delete_rows":
            rows = {row: texts for row, texts in rows.items() if row not in body["rows"]}
        elif kind == "add_rows":
            order = list(rows)
            place = len(order) if body["after"] is None else order.index(body["after"]) + 1
            order[place:place] = prepared.answer["added"]
            rows = {row: rows.get(row, [None] * len(COLUMNS)) for row in order}
        return {row: tuple(texts) for row, texts in rows.items()}

    @rule(cells=st.lists(CELL, min_size=1, max_size=3, unique_by=lambda cell: (cell[0], cell[1])))
    def type_texts(self, cells: list[tuple[int, str, str | None]]) -> None:
        if self.model:
            texts = {(self._row(number), column): text for number, column, text in cells}
            self._change(
                "set_cells",
                cells=[{"row": row, "column": column, "text": text} for (row, column), text in texts.items()],
            )

    @rule(rows=st.lists(st.integers(0, 8), min_size=1, max_size=3))
    def delete(self, rows: list[int]) -> None:
        if self.model:
            self._change("delete_rows", rows=[self._row(number) for number in rows])

    @rule(after=st.none() | st.integers(0, 8), count=st.integers(1, 6))
    def add(self, after: int | None, count: int) -> None:
        below = None if after is None or not self.model else self._row(after)
        self._change("add_rows", after=below, count=count)

    @rule()
    def undo(self) -> None:
        if self.done:
            seq, before, after = self.done.pop()
            self.review.undo(seq)
            self.undone.append((seq, before, after))
            self.model = before

    @rule()
    def redo(self) -> None:
        if self.undone:
            seq, before, after = self.undone.pop()
            self.review.undo(seq, "redo")
            self.done.append((seq, before, after))
            self.model = after

    @rule()
    def open_again(self) -> None:
        # The process is gone without a word; another one opens what it left.
        table = self.given.open(self.review.table.store.directory)
        assert shown(table) == self.model
        assert table.seq == len(self.review.log)

    @invariant()
    def is_as_the_model_says(self) -> None:
        table = self.review.table
        assert list(shown(table).items()) == list(self.model.items())
        self.checked += 1
        assert live_issues(table) == fresh_issues(table, self.directory / f"issues-{self.checked}")

    def teardown(self) -> None:
        # The log alone leads to the same rows.
        table = self.given.build(self.directory / "again", size=3)
        for entry in self.review.log:
            table.apply(Delta.from_bytes(entry.delta or b""), entry.seq)
        assert list(shown(table).items()) == list(self.model.items())
        assert live_issues(table) == live_issues(self.review.table)


def test_any_changes_of_people_agree_with_a_plain_model(tmp_path_factory: pytest.TempPathFactory) -> None:
    machine: Any = Reviewing.TestCase
    Reviewing.directories = tmp_path_factory
    phases = [Phase.explicit, Phase.reuse, Phase.generate]
    machine.settings = settings(max_examples=12, stateful_step_count=12, deadline=None, phases=phases)
    machine().runTest()


def test_two_changes_that_were_computed_side_by_side_both_take_effect(tmp_path_factory: pytest.TempPathFactory) -> None:
    given = Given(ROWS)
    review = OpenGrid(given, tmp_path_factory.mktemp("review") / "table")
    mine = review.editor.prepare({"kind": "set_cells", "cells": [{"row": 1, "column": "name", "text": "Mine"}]})
    theirs = review.editor.prepare({"kind": "clear", "range": {"view": {}, "first": 0, "last": 1, "columns": ["name"]}})
    review.commit(mine)
    review.commit(theirs)
    assert review.cells(1)[1] is None
    # Mine can no longer be taken back: the cell is as they left it.
    undone = review.undo(1)
    assert (undone.answer["skipped"], review.cells(1)[1]) == (1, None)
    entries: list[LogEntry] = review.log
    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert live_issues(review.table) == fresh_issues(review.table, tmp_path_factory.mktemp("issues"))
