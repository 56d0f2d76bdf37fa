"""The changes of the review API: what they do to cells and rows, what they refuse, and that all of them can be undone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from headgate.engine.review.log import RefusedChangeError
from headgate.engine.review.row_places import FIRST_ADDED_BY_PEOPLE
from tests.unit.engine.review.open_grids import OpenGrid
from tests.unit.engine.review.review_tables import FIELDS, Given, live_issues
from tests.unit.engine.review.test_table import ROWS

ID, NAME, AGE, STAGE = 0, 1, 2, 3
ADDED = FIRST_ADDED_BY_PEOPLE


@pytest.fixture
def review(tmp_path: Path) -> OpenGrid:
    return OpenGrid(Given(ROWS), tmp_path / "table")


def area(first: int, last: int, *columns: str, **view: Any) -> dict[str, Any]:
    return {"view": view, "first": first, "last": last, "columns": list(columns)}


def test_typed_texts_are_read_and_counted(review: OpenGrid) -> None:
    done = review.set(2, "age", "12")
    assert (done.cells, done.rows, done.answer["skipped"]) == (1, 1, 0)
    assert review.cells(AGE)[2] == "12"
    assert not [issue for issue in live_issues(review.table) if issue[:2] == (2, "age")]
    assert review.set(2, "age", "12").cells == 0


def test_a_cell_that_somebody_else_changed_is_reported_and_the_later_text_stands(review: OpenGrid) -> None:
    review.set(1, "name", "Theirs")
    done = review.set(1, "name", "Mine", seen="Ann")
    assert done.answer["conflicts"] == [{"row": 1, "column": "name", "seen": "Ann", "theirs": "Theirs"}]
    assert review.cells(NAME)[1] == "Mine"
    assert review.set(1, "name", "Again", seen="Mine").answer["conflicts"] == []
    review.set(4, "id", None)
    assert review.set(4, "id", "4", seen=None).answer["conflicts"] == []


@pytest.mark.parametrize("column", ["age", "stage"])
def test_cells_that_people_may_not_edit_are_refused(tmp_path: Path, column: str) -> None:
    marks = {"age": {"readOnly": True}, "stage": {"hidden": True}}
    fields = [{**one, **marks.get(one["key"], {})} for one in FIELDS]
    fields[3] = {key: value for key, value in fields[3].items() if key != "validators"}
    review = OpenGrid(Given(ROWS, fields), tmp_path / "table")
    with pytest.raises(RefusedChangeError, match="may not be changed"):
        review.set(1, column, "1")
    assert review.change("clear", range=area(0, 2, "name", column)).answer["skipped"] == 3


def test_unknown_rows_and_columns_are_refused(review: OpenGrid) -> None:
    for cell, code in (((99, "name"), "unknown_row"), ((1, "nothing"), "unknown_column")):
        with pytest.raises(RefusedChangeError) as refused:
            review.set(*cell, "x")
        assert refused.value.code == code


def test_pasted_texts_reach_rows_that_follow_and_new_ones(review: OpenGrid) -> None:
    done = review.change("paste", range=area(5, 5, "id"), texts=[["6a", "Bo"], ["7", "Di", "8"], ["8"]], add_rows=True)
    assert done.answer["added"] == [ADDED, ADDED - 1]
    assert review.cells(ID)[6] == "6a"
    assert list(review.cells(NAME).items())[-3:] == [(6, "Bo"), (ADDED, "Di"), (ADDED - 1, None)]
    assert review.cells(AGE)[ADDED] == "8"
    assert review.change("paste", range=area(7, 7, "id"), texts=[["6"], ["lost"]]).answer["skipped"] == 1


def test_fill_copies_what_a_cell_means_and_not_how_it_is_written(tmp_path: Path) -> None:
    rows = [(str(n), "x", text, None, None, None, None) for n, text in enumerate(["1.234", "1,5", "2,25", "7"])]
    review = OpenGrid(Given(rows), tmp_path / "table")
    review.change("fill", range=area(0, 2, "age"))
    (page,) = [review.grid.rows({})["rows"]]
    assert [row["cells"][AGE] for row in page] == ["1,234", "1,234", "1,234", "7"]
    assert review.table.index.cells("error") == 4  # of name and stage, which repeat
    review.undo(1)
    assert review.cells(AGE) == {1: "1.234", 2: "1,5", 3: "2,25", 4: "7"}


def test_fill_right_copies_the_first_column(review: OpenGrid) -> None:
    review.change("fill", range=area(0, 1, "id", "name"), direction="right")
    assert [review.cells(NAME)[row] for row in (1, 2, 3)] == ["1", "2", "Ann"]


def test_positions_are_those_of_the_view(review: OpenGrid) -> None:
    view = {"sort": [{"column": "name", "descending": True}]}
    assert review.page(**view) == [4, 5, 2, 6, 1, 3]
    review.change("clear", range=area(0, 1, "name", **view))
    assert [row for row, text in review.cells(NAME).items() if text is None] == [4, 5]


def test_a_view_that_lost_a_row_must_be_asked_for_again(review: OpenGrid) -> None:
    snapshot = review.grid.rows({"view": {"search": "ann"}})["snapshot"]
    review.set(1, "name", "Nobody")
    assert [row["row"] for row in review.grid.rows({"view": {"snapshot": snapshot}})["rows"]] == [1, 3]
    review.change("delete_rows", rows=[3])
    with pytest.raises(RefusedChangeError) as refused:
        review.grid.rows({"view": {"snapshot": snapshot}})
    assert refused.value.code == "view_changed"


@pytest.mark.parametrize(
    ("find", "replacement", "options", "expected"),
    [
        ("n", "N", {}, ["ANN", "Bob", "ANN", "Cy", "Cy", "Bob"]),
        ("b", "x", {"match_case": True}, ["Ann", "Box", "Ann", "Cy", "Cy", "Box"]),
        ("cy", "$1", {"whole_cell": True}, ["Ann", "Bob", "Ann", "$1", "$1", "Bob"]),
        ("c", "x", {"whole_cell": True}, ["Ann", "Bob", "Ann", "Cy", "Cy", "Bob"]),
        (r"^(.)(?<rest>.*)$", "$<rest>$1", {"regex": True}, ["nnA", "obB", "nnA", "yC", "yC", "obB"]),
        ("[nb]", "<$&>$$", {"regex": True}, ["A<n>$<n>$", "<B>$o<b>$", "A<n>$<n>$", "Cy", "Cy", "<B>$o<b>$"]),
        ("(A)", "$1x$10$2", {"regex": True}, ["AxA0$2nn", "Bob", "AxA0$2nn", "Cy", "Cy", "Bob"]),
        (".", "-", {}, ["Ann", "Bob", "Ann", "Cy", "Cy", "Bob"]),
    ],
)
def test_replace(review: OpenGrid, find: str, replacement: str, options: dict[str, Any], expected: list[str]) -> None:
    review.change("replace", find=find, replace=replacement, columns=["name"], **options)
    assert list(review.cells(NAME).values()) == expected


@pytest.mark.parametrize("pattern", ["(", "(?=a)", r"(a)\1", "a{1000}{1000}{1000}"])
def test_a_wrong_pattern_is_refused_in_words(review: OpenGrid, pattern: str) -> None:
    change = {"kind": "replace", "find": pattern, "replace": "", "regex": True}
    with pytest.raises(RefusedChangeError, match="The regular expression cannot be used") as refused:
        review.editor.prepare(change)
    assert refused.value.code == "wrong_expression"
    assert review.editor.preview(change)["problem"] == str(refused.value)


def test_a_pattern_that_other_engines_never_finish_is_no_trouble(tmp_path: Path) -> None:
    rows = [("1", "a" * 50_000 + "!", None, None, None, None, None)]
    review = OpenGrid(Given(rows), tmp_path / "table")
    assert review.change("replace", find="(a+)+$", replace="", regex=True, columns=["name"]).cells == 0


def test_a_preview_counts_errors_before_and_after_and_changes_nothing(review: OpenGrid) -> None:
    before = live_issues(review.table)
    change = {
        "kind": "set_cells",
        "cells": [{"row": 2, "column": "id", "text": "7"}, {"row": 2, "column": "age", "text": "5"}],
    }
    preview = review.editor.preview(change)
    errors = [issue for issue in before if issue[0] == 2 and issue[3] == "error"]
    assert preview["errors_before"] == len(errors)
    review.commit(review.editor.prepare(change))
    after = [issue for issue in live_issues(review.table) if issue[0] == 2 and issue[3] == "error"]
    assert preview["errors_after"] == len(after) == len(errors) - 2
    assert {(s["column"], s["before"], s["after"]) for s in preview["samples"]} == {("id", "2", "7"), ("age", "x", "5")}
    review.undo(1)
    assert live_issues(review.table) == before


def test_rows_are_added_below_another_one_and_undone(review: OpenGrid) -> None:
    review.change("add_rows", after=2, count=2)
    assert list(review.cells(ID)) == [1, 2, ADDED, ADDED - 1, 3, 4, 5, 6]
    review.undo(1)
    assert list(review.cells(ID)) == [1, 2, 3, 4, 5, 6]
    review.undo(1, "redo")
    assert list(review.cells(ID)) == [1, 2, ADDED, ADDED - 1, 3, 4, 5, 6]
    assert review.change("add_rows").answer["added"] == [ADDED - 2]


def test_undoing_added_rows_spares_what_others_wrote_into_them(review: OpenGrid) -> None:
    review.change("paste", range=area(5, 5, "name"), texts=[["x"], ["y"], ["z"]], add_rows=True)
    review.set(ADDED, "age", "5")
    assert review.undo(1).answer["skipped"] > 0
    assert review.cells(NAME)[ADDED] == "y"
    assert ADDED - 1 not in review.cells(NAME)


def test_undo_leaves_cells_that_changed_since(review: OpenGrid) -> None:
    review.change("clear", range=area(0, 2, "name"))
    review.set(2, "name", "Later")
    done = review.undo(1)
    assert done.answer["skipped"] == 1
    assert [review.cells(NAME)[row] for row in (1, 2, 3)] == ["Ann", "Later", "Ann"]


def test_schemas_may_forbid_adding_and_deleting(tmp_path: Path) -> None:
    settings = {"reviewStep": {"allowAddingRows": False, "allowRemovingRows": False}}
    review = OpenGrid(Given(ROWS, settings=settings), tmp_path / "table")
    for change in ({"kind": "add_rows"}, {"kind": "delete_rows", "rows": [1]}):
        with pytest.raises(RefusedChangeError) as refused:
            review.editor.prepare(change)
        assert refused.value.code == "not_editable"


def test_a_text_that_means_two_things_is_asked_about(tmp_path: Path) -> None:
    rows = [(str(n), "x", text, None, None, None, None) for n, text in enumerate(["1,5", "2,25"])]
    review = OpenGrid(Given(rows), tmp_path / "table")
    review.set(1, "age", "1.234")
    assert (1, "age", None, "error", "ambiguous_text") in live_issues(review.table)
    review.set(1, "age", "1234,5")
    assert review.grid.cell({"row": 1, "column": "age"})["text"] == "1234.5"
    review.undo(2)
    review.undo(1)
    assert review.grid.cell({"row": 1, "column": "age"})["text"] == "1.5"
    assert not [issue for issue in live_issues(review.table) if issue[1] == "age"]
