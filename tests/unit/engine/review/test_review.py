"""Whole reviews: rows, edits and decisions over time, kills at any point, and the end that they lead to."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from headgate.engine import import_run
from headgate.engine.match import MatchMemory
from headgate.engine.review.log import RefusedChangeError
from headgate.engine.review.review import folded_decisions
from headgate.engine.review.session import Review
from headgate.engine.review.workbook_layout import TELLING_ROW
from headgate.engine.review.workspace import ReviewInUseError
from tests.unit.engine.review.reviews import Fields, Journey, journey

ORDERS: Fields = [
    {"label": "Order", "key": "order", "validators": [{"validate": "required"}, {"validate": "unique"}]},
    {"label": "Amount", "key": "amount", "type": "number"},
    {"label": "Day", "key": "day", "type": "date"},
]
PREAMBLE = "Report of all orders,,\n,,\n"
ROWS = "Order,Amount,Day\nA1,10,25/01/2024\nA2,x,26/01/2024\nA2,30,27/01/2024\nA4,40,28/01/2024\n"
"""Records 2 to 6 with the preamble: an amount that is none, and an order that stands twice."""


def start(path: Path, content: str = PREAMBLE + ROWS, **settings: Any) -> Journey:
    return journey(path, content, ORDERS, invalidDataBehavior="BLOCK_SUBMIT", **settings)


def crashed(review: Review) -> None:
    """Leave a review as a killed process does: nothing is written, only the lock is gone."""
    os.close(review._workspace._lock)


def looks(review: Review) -> list[Any]:
    """All that the first steps show."""
    return [review.state(), review.header({}), review.columns(), review.values(), review.version]


# From the import to its end


def test_edits_then_finish_give_what_the_import_of_a_corrected_file_gives(tmp_path: Path) -> None:
    one = start(tmp_path)
    assert one.run().status == "NEEDS_REVIEW"
    review = one.open()
    assert review.state()["step"] == "review"
    review.advance("review")
    one.edit(review, [(4, 1, "20"), (5, 0, "A3")], added=[(-1_000_000_001, 3)], deleted=[6])
    one.edit(review, [(-1_000_000_001, 0, "A9"), (-1_000_000_001, 1, "90")])
    review.close()
    outcome = one.finish()
    assert outcome.status == "SUCCESSFUL", outcome.errors
    (tmp_path / "corrected").mkdir()
    corrected = "Order,Amount,Day\nA1,10,25/01/2024\nA9,90,\nA2,20,26/01/2024\nA3,30,27/01/2024\n"
    other = start(tmp_path / "corrected", corrected).run()
    assert list(outcome.rows()) == list(other.rows())
    assert outcome.result_json is not None
    assert other.result_json is not None
    assert outcome.result_json.read_bytes() == other.result_json.read_bytes()
    counts = outcome.decisions["rows"]
    assert (counts["read"], counts["added"], counts["deleted"], counts["edited"]) == (4, 1, 1, 2)
    assert one.finish().result_json.read_bytes() == outcome.result_json.read_bytes()  # type: ignore[union-attr]


def test_errors_that_are_left_keep_a_blocked_import_in_review_and_name_their_records(tmp_path: Path) -> None:
    one = start(tmp_path)
    review = one.open()
    review.advance("review")
    one.edit(review, [(4, 1, "20")])
    review.close()
    outcome = one.finish()
    assert outcome.status == "NEEDS_REVIEW"
    assert [error["code"] for error in outcome.errors or []] == ["invalid_cells"]
    assert outcome.issues is not None
    assert [(entry["code"], entry["sourceRow"]) for entry in outcome.issues.entries("error")] == [
        ("unique", 5),
        ("unique", 6),
    ]


def test_finishing_goes_no_further_than_the_question_that_is_open(tmp_path: Path) -> None:
    one = start(tmp_path, "Nr,Amount\nA1,10\n")
    one.run()
    outcome = one.finish()
    assert outcome.status == "NEEDS_REVIEW"
    assert [error["code"] for error in outcome.errors or []] == ["required_field_unmapped"]


def test_rows_with_errors_are_left_out_where_the_schema_says_so(tmp_path: Path) -> None:
    one = journey(tmp_path, ROWS, ORDERS, hooks={}, invalidDataBehavior="REMOVE_INVALID_ROWS")
    review = one.open()
    review.advance("review")
    one.edit(review, [(1, 0, "A2")])
    review.close()
    assert [row["order"] for row in one.finish().rows()] == ["A4"]


# What the run leaves behind


def test_the_review_of_an_import_opens_without_reading_its_source_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = start(tmp_path)
    one.run()

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("the source is read again")

    monkeypatch.setattr(import_run, "read_source", refuse)
    monkeypatch.setattr(import_run, "settle_types", refuse)
    monkeypatch.setattr(import_run.DataRows, "chunks", refuse)
    review = one.open()
    assert review.state()["rows_read"] == 4
    review.advance("review")
    assert review.rows_to_deliver().table.rows == 4
    review.close()


def test_what_the_run_kept_and_what_the_review_makes_itself_are_the_same(tmp_path: Path) -> None:
    one = start(tmp_path)
    one.run()
    review = one.open()
    kept = [looks(review), review.grid(), review.rows({})["rows"]]
    review.close()
    shutil.rmtree(one.directory)
    review = one.open()
    review.advance("review")
    assert [looks(review), review.grid(), review.rows({})["rows"]] == kept
    review.close()


def test_an_import_that_ends_well_leaves_nothing_for_a_review(tmp_path: Path) -> None:
    one = journey(tmp_path, "Order\nA1\n", ORDERS)
    assert one.run().status == "SUCCESSFUL"
    assert not one.directory.exists()


def test_nothing_but_the_directory_is_left_beside_it(tmp_path: Path) -> None:
    one = start(tmp_path)
    one.run()
    one.run()
    assert [path.name for path in one.directory.parent.iterdir()] == ["one"]


# Kills, and directories that cannot be trusted


def test_a_process_that_is_killed_after_any_step_opens_as_it_was(tmp_path: Path) -> None:
    one = start(tmp_path)
    review = one.open()
    review.advance("review")
    steps: list[Any] = [
        lambda: one.edit(review, [(4, 1, "20")]),
        lambda: one.decide(review, "header", rows=[2]),
        lambda: review.advance("review"),
        lambda: one.edit(review, [(5, 0, "A3")], deleted=[6]),
        lambda: one.decide(review, "columns", columns={2: {"ignore": True}}),
        lambda: one.decide(review, "columns", columns={2: {"field": "day"}}),
        lambda: one.decide(review, "values", orders={"day": "day_month"}),
        lambda: review.advance("review"),
    ]
    for step in steps:
        step()
        before, open_rows = looks(review), review._rows is not None
        crashed(review)
        review = one.open()
        assert looks(review) == before
        assert (review._rows is not None) == open_rows
    review.close()
    outcome = one.finish()
    assert [(row["order"], row["amount"]) for row in outcome.rows()] == [("A1", 10), ("A2", 20), ("A3", 30)]


def test_a_log_entry_that_was_written_before_the_kill_and_not_yet_taken_in_is_taken_in(tmp_path: Path) -> None:
    one = start(tmp_path)
    review = one.open()
    review.advance("review")
    state = tmp_path / "before"
    crashed(review)
    shutil.copytree(one.directory, state)
    review = one.open()
    one.edit(review, [(4, 1, "20")])
    one.edit(review, [(5, 0, "A3")])
    crashed(review)
    shutil.rmtree(one.directory)
    shutil.copytree(state, one.directory)
    review = one.open()
    assert review.rows_to_deliver().table.rows_with("error") == 0
    assert review.version == review.rows_to_deliver().table.seq == 2
    review.close()


def test_rows_that_know_more_than_the_log_are_not_trusted(tmp_path: Path) -> None:
    one = start(tmp_path)
    review = one.open()
    review.advance("review")
    one.edit(review, [(4, 1, "20")])
    review.close()
    one.log.clear()
    review = one.open()
    assert review._rows is None
    review.advance("review")
    assert review.counted() == {"added": 0, "deleted": 0, "edited": 0}
    review.close()


@pytest.mark.parametrize("name", ["stages.json", "rows.json", "source/table.json", "memory.json"])
@pytest.mark.parametrize("damage", ["cut", "gone", "garbage"])
def test_a_damaged_file_costs_time_and_nothing_else(tmp_path: Path, name: str, damage: str) -> None:
    one = start(tmp_path)
    one.run()
    review = one.open()
    review.advance("review")
    one.edit(review, [(4, 1, "20")])
    before = looks(review)
    review.close()
    path = one.directory / name
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2] if damage == "cut" else b"\x00{]")
    if damage == "gone":
        path.unlink()
    review = one.open()
    review.advance("review")
    assert looks(review) == before
    assert review.rows_to_deliver().table.rows_with("error") == 2
    review.close()


def test_a_table_with_a_missing_chunk_is_read_again(tmp_path: Path) -> None:
    one = start(tmp_path)
    one.run()
    next((one.directory / "source" / "cells").iterdir()).unlink()
    review = one.open()
    assert review.header({})["total_rows"] == 7
    review.close()


def test_what_another_source_or_schema_left_is_not_used(tmp_path: Path) -> None:
    one = start(tmp_path)
    one.run()
    one.request.source.write_text(PREAMBLE + ROWS.replace("A1", "B1"))
    review = one.open()
    assert review.header({})["rows"][3]["cells"][0] == "B1"
    review.close()


def test_two_processes_never_have_the_same_review_open(tmp_path: Path) -> None:
    one = start(tmp_path)
    review = one.open()
    with pytest.raises(ReviewInUseError):
        one.open()
    review.close()
    one.open().close()


# Edits and decisions together


def test_edits_outlive_a_change_of_the_header_and_come_back_with_their_column(tmp_path: Path) -> None:
    one = start(tmp_path)
    review = one.open()
    review.advance("review")
    one.edit(review, [(4, 1, "20"), (5, 0, "A3")])
    one.decide(review, "columns", columns={1: {"ignore": True}})
    assert review.state()["lost_edits"] == 0
    review.advance("review")
    assert review.state()["lost_edits"] == 1
    crashed(review)
    review = one.open()
    assert review.state()["lost_edits"] == 1
    one.decide(review, "columns", columns={1: {}})
    review.advance("review")
    assert review.state()["lost_edits"] == 0
    assert review.rows_to_deliver().table.rows_with("error") == 0
    review.close()


def test_an_edit_of_a_row_that_became_the_header_is_lost_until_it_is_a_row_again(tmp_path: Path) -> None:
    one = start(tmp_path)
    review = one.open()
    review.advance("review")
    one.edit(review, [(3, 1, "11")])
    one.decide(review, "header", rows=[3])
    one.decide(review, "columns", columns={0: {"field": "order"}, 1: {"field": "amount"}, 2: {"ignore": True}})
    review.advance("review")
    assert review.state()["lost_edits"] == 1
    one.decide(review, "header", rows=[2])
    review.advance("review")
    assert review.state()["lost_edits"] == 0
    one.edit(review, [(4, 1, "20"), (5, 0, "A3")])
    review.close()
    assert [row["amount"] for row in one.finish().rows()] == [11, 20, 30, 40]


def test_decisions_are_the_last_ones_and_an_undo_brings_back_those_before(tmp_path: Path) -> None:
    one = start(tmp_path)
    review = one.open()
    one.decide(review, "columns", columns={2: {"ignore": True}})
    before = folded_decisions(one.log)
    one.decide(review, "columns", columns={2: {"field": "day"}})
    one.take(review, review.prepare_undo(one.log[-1], "undo", before.to_json()))
    assert folded_decisions(one.log) == before
    assert review.columns()["columns"][2]["status"] == "ignored"
    one.take(review, review.prepare_undo(one.log[1], "redo", before.to_json()))
    assert review.columns()["columns"][2]["field"] == "day"
    review.close()


def test_the_memory_of_the_beginning_counts_whatever_other_imports_teach_meanwhile(tmp_path: Path) -> None:
    one = start(tmp_path, "Nr,Amount\nA1,10\nA2,x\n", autoMapHeaders=True, importIdentifier="orders")
    one.run()
    taught = MatchMemory(headers={"nr": "order"})
    one.request = replace(one.request, memory=taught)
    review = one.open()
    assert review.columns()["columns"][0]["status"] != "accepted"
    review.close()


def test_the_grid_is_refused_until_its_rows_are_there(tmp_path: Path) -> None:
    one = start(tmp_path)
    review = one.open()
    with pytest.raises(RefusedChangeError, match="not ready"):
        review.rows_to_deliver()
    with pytest.raises(RefusedChangeError):
        review.advance("finish")
    review.close()


# The grid


def rows_shown(review: Review) -> list[list[str | None]]:
    return [row["cells"] for row in review.rows({})["rows"]]


def change(one: Journey, review: Review, **what: Any) -> dict[str, Any]:
    """A change as the page makes it: previewed, prepared, logged, taken in."""
    review.preview(what)
    return one.take(review, review.prepare(what))


def test_a_review_is_worked_through_with_fixes_edits_undo_and_ends_as_announced(tmp_path: Path) -> None:
    one = start(tmp_path)
    one.run()
    review = one.open()
    review.advance("review")
    grid = review.grid()
    assert {group["code"] for group in grid["groups"]} == {"unique", "not_a_number"}
    assert grid["summary"]["blocked"]["code"] == "invalid_cells"
    assert [reason["code"] for reason in review.state()["reasons"]] == ["invalid_cells"]
    found = review.seek({"view": {}})
    assert (found["row"], found["column"]) == (4, "order")
    answer = change(one, review, kind="set_cells", cells=[{"row": 4, "column": "amount", "text": "20", "seen": "x"}])
    assert [row["row"] for row in answer["updated"]] == [4]
    assert answer["summary"]["error_cells"] == 2
    (duplicates,) = [group for group in review.grid()["groups"] if group["code"] == "unique"]
    change(one, review, kind="fix", group=duplicates["id"], fix="keep_first")
    assert review.grid()["summary"]["blocked"] is None
    assert len(rows_shown(review)) == 3
    one.take(review, review.prepare_undo(one.log[-1], "undo", None))
    assert len(rows_shown(review)) == 4
    one.take(review, review.prepare_undo(one.log[1], "redo", None))
    change(one, review, kind="replace", find="A", replace="B", columns=["order"], match_case=True)
    assert [cells[0] for cells in rows_shown(review)] == ["B1", "B2", "B4"]
    announced = review.confirmation()["summary"]
    assert review.prepare_submit() is None
    review.close()
    outcome = one.finish()
    assert [row["order"] for row in outcome.rows()] == ["B1", "B2", "B4"]
    counts = outcome.decisions["rows"]
    assert (counts["delivered"], counts["deleted"]) == (announced["delivered"], announced["deleted_rows"]) == (3, 1)


def test_the_rows_of_a_review_that_is_killed_and_opened_again_look_the_same(tmp_path: Path) -> None:
    one = start(tmp_path)
    review = one.open()
    review.advance("review")
    change(one, review, kind="add_rows", after=3, count=2)
    change(one, review, kind="set_cells", cells=[{"row": -1_000_000_001, "column": "order", "text": "N1"}])
    change(one, review, kind="delete_rows", rows=[6, -1_000_000_002])
    before = [review.grid(), review.rows({})["rows"]]
    crashed(review)
    review = one.open()
    assert [review.grid(), review.rows({})["rows"]] == before
    crashed(review)
    shutil.rmtree(one.directory)
    review = one.open()
    review.advance("review")
    assert [review.grid(), review.rows({})["rows"]] == before
    one.take(review, review.prepare_undo(one.log[-1], "undo", None))
    assert [row["row"] for row in review.rows({})["rows"]] == [3, -1_000_000_001, -1_000_000_002, 4, 5, 6]
    review.close()


def test_questions_about_rows_are_refused_while_there_are_none(tmp_path: Path) -> None:
    one = start(tmp_path)
    review = one.open()
    for ask in (review.grid, lambda: review.rows({}), lambda: review.prepare({"kind": "clear"}), review.confirmation):
        with pytest.raises(RefusedChangeError) as refused:
            ask()
        assert refused.value.code == "not_ready"
    review.close()


def test_a_downloaded_workbook_comes_back_and_changes_only_what_was_corrected(tmp_path: Path) -> None:
    one = start(tmp_path)
    one.request = replace(one.request, import_id="one")
    review = one.open()
    review.advance("review")
    target = tmp_path / "rows.xlsx"
    assert review.export("all", "xlsx", target) == 4
    book = openpyxl.load_workbook(target)
    sheet = book.worksheets[0]
    (cell,) = [cell for line in sheet.iter_rows() for cell in line if cell.value == "x"]
    cell.value = "20"
    book.save(target)
    found = review.read_corrections(target, "upload-1")
    assert (found["matched_rows"], found["changed_cells"]) == (4, 1)
    change(one, review, kind="merge_file", upload="upload-1")
    assert [cells[1] for cells in rows_shown(review)] == ["10", "20", "30", "40"]
    with pytest.raises(RefusedChangeError):
        review.prepare({"kind": "merge_file", "upload": "../../lock"})
    review.close()


def test_a_row_expression_is_refused_where_the_schema_does_not_offer_transform(tmp_path: Path) -> None:
    review = start(tmp_path).open()
    review.advance("review")
    for ask in (review.preview, review.prepare):
        with pytest.raises(RefusedChangeError, match="switched off") as refused:
            ask({"kind": "transform", "expression": "({order: 'X'})"})
        assert refused.value.code == "not_editable"
    review.close()


def test_a_row_expression_is_tried_and_then_changes_all_rows(tmp_path: Path) -> None:
    one = start(tmp_path, reviewStep={"enableUserTransformations": True})
    review = one.open()
    review.advance("review")
    what = {"kind": "transform", "expression": "({order: 'X' + row.order})"}
    assert review.preview(what)["cells"] == 4
    change(one, review, **what)
    assert [cells[0] for cells in rows_shown(review)] == ["XA1", "XA2", "XA2", "XA4"]
    review.close()


def test_a_workbook_says_what_to_do_in_the_language_of_the_review(tmp_path: Path) -> None:
    one = start(tmp_path, locale="de")
    review = one.open()
    review.advance("review")
    review.export("all", "xlsx", tmp_path / "rows.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "rows.xlsx").worksheets[0]
    assert str(sheet.cell(TELLING_ROW + 1, 2).value).startswith("Korrigieren Sie die farbigen Zellen")
    review.close()
