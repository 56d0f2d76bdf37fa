"""Hooks in reviews, with the real engine: each stage of them once, and what they did stays done."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from tests.unit.engine.review.reviews import Fields, Journey, journey

FIELDS: Fields = [
    {"label": "Name", "key": "name", "validators": [{"validate": "required"}]},
    {"label": "Age", "key": "age", "type": "number"},
]
CONTENT = "Name,Age\nAnn,41\nBob,x\n"


def step(kind: str, callback: str) -> dict[str, Any]:
    return {"type": kind, "callback": callback}


def start(path: Path, hooks: dict[str, Any], content: str = CONTENT, **settings: Any) -> Journey:
    return journey(path, content, FIELDS, hooks, **{"invalidDataBehavior": "BLOCK_SUBMIT", **settings})


def calls(decisions: dict[str, Any]) -> dict[tuple[str, int], int]:
    return {(entry["kind"], entry["position"]): entry["calls"] for entry in decisions["hooks"]}


HOOKS: dict[str, Any] = {
    "stepHooks": [
        step(
            "UPLOAD_STEP",
            "(uploader) => { uploader.setHeaderRowOverride(0); uploader.addField({label: 'Code', key: 'code'}) }",
        )
    ],
    "rowHooks": [
        "(record, mode) => { record.row.code.value = record.row.name.value + '/' + mode; return record }",
    ],
}


def test_hooks_of_the_start_run_once_whoever_builds_the_rows_and_however_often_they_are_opened(tmp_path: Path) -> None:
    one = start(tmp_path, HOOKS)
    ran = one.run()
    assert ran.status == "NEEDS_REVIEW"
    assert set(calls(ran.decisions).values()) == {1, 2}
    for _ in range(2):
        review = one.open()
        assert [field["key"] for field in review.state()["fields"]] == ["name", "age", "code"]
        review.advance("review")
        os.close(review._workspace._lock)
    review = one.open()
    one.edit(review, [(2, 1, "42")])
    review.close()
    outcome = one.finish()
    assert list(outcome.rows()) == [
        {"name": "Ann", "age": 41, "code": "Ann/init"},
        {"name": "Bob", "age": 42, "code": "Bob/init"},
    ]
    assert calls(outcome.decisions) == calls(ran.decisions)


def test_rows_that_hooks_added_at_the_start_keep_their_place_and_their_edits(tmp_path: Path) -> None:
    hook = step(
        "REVIEW_STEP", "(uploader) => uploader.addRows([{index: 1, row: {name: {value: 'New'}, age: {value: 'y'}}}])"
    )
    one = start(tmp_path, {"stepHooks": [hook]})
    assert one.run().status == "NEEDS_REVIEW"
    review = one.open()
    review.advance("review")
    assert review.rows_to_deliver().table.places.ids.tolist() == [1, -1, 2]
    one.edit(review, [(2, 1, "42"), (-1, 1, "7")])
    one.decide(review, "header", rows=[0])
    review.advance("review")
    review.close()
    outcome = one.finish()
    assert [(row["name"], row["age"]) for row in outcome.rows()] == [("Ann", 41), ("New", 7), ("Bob", 42)]


def test_a_callback_that_stops_the_end_keeps_the_import_in_review_with_its_message(tmp_path: Path) -> None:
    callback = "(data) => data.length > 1 ? {cancel: true, message: 'Only one person, please.'} : undefined"
    one = start(tmp_path, {"beforeFinishCallback": callback}, CONTENT.replace("x", "42"))
    assert one.run().status == "NEEDS_REVIEW"
    review = one.open()
    review.advance("review")
    review.close()
    outcome = one.finish()
    assert [(error["code"], error["message"]) for error in outcome.errors or []] == [
        ("finish_cancelled", "Only one person, please.")
    ]
    review = one.open()
    review.advance("review")
    one.edit(review, deleted=[2])
    review.close()
    assert [row["name"] for row in one.finish().rows()] == ["Ann"]


def test_rows_that_the_last_hooks_changed_are_no_part_of_what_a_run_leaves_behind(tmp_path: Path) -> None:
    hooks = {
        "stepHooks": [
            step("REVIEW_STEP_PRE_SUBMIT", "(uploader) => uploader.addRows([{row: {name: {value: 'Total'}}}])")
        ],
        "beforeFinishCallback": "(data) => data.length === 3 ? {cancel: true, message: 'Not yet.'} : undefined",
    }
    one = start(tmp_path, hooks, CONTENT.replace("x", "42"))
    assert one.run().status == "NEEDS_REVIEW"
    review = one.open()
    review.advance("review")
    assert review.rows_to_deliver().table.rows == 2
    one.edit(review, deleted=[1])
    review.close()
    outcome = one.finish()
    assert [row["name"] for row in outcome.rows()] == ["Bob", "Total"]


def test_a_broken_hook_at_the_end_fails_the_import(tmp_path: Path) -> None:
    one = start(tmp_path, {"beforeFinishCallback": "() => { throw new Error('no') }"})
    one.run()
    review = one.open()
    review.advance("review")
    one.edit(review, [(2, 1, "42")])
    review.close()
    outcome = one.finish()
    assert outcome.status == "FAILED"
    assert [error["code"] for error in outcome.errors or []] == ["hook_failed"]


PRE_SUBMIT = """(uploader) => {
    uploader.addRows([{index: 1, row: {name: {value: 'Middle'}, age: {value: 1.5}}}, {row: {name: {value: 'Total'}}}]);
    uploader.updateInfoMessages([{rowIndex: 0, fieldKey: 'name', messages: [{message: 'Seen', level: 'warning'}]}]);
    uploader.setUser({id: 'u1'});
    uploader.setConfirmationMessage('<b>Sure?</b><script>x</script>', {confirmButtonText: 'Yes'});
}"""


def test_what_pre_submit_hooks_do_is_announced_logged_and_done_once(tmp_path: Path) -> None:
    one = start(tmp_path, {"stepHooks": [step("REVIEW_STEP_PRE_SUBMIT", PRE_SUBMIT)]})
    one.run()
    review = one.open()
    review.advance("review")
    one.edit(review, [(2, 1, "42")])
    prepared = review.prepare_submit()
    assert prepared is not None
    one.take(review, prepared)
    assert [row["cells"] for row in review.rows({})["rows"]] == [
        ["Ann", "41"],
        ["Middle", "1.5"],
        ["Bob", "42"],
        ["Total", None],
    ]
    assert review.rows({})["rows"][0]["marks"][0]["messages"][0]["text"] == "Seen"
    confirmation = review.confirmation()
    assert (confirmation["message"], confirmation["confirm_label"]) == ("<b>Sure?</b>", "Yes")
    assert confirmation["summary"]["rows"] == 4
    assert review.prepare_submit() is None
    os.close(review._workspace._lock)
    review = one.open()
    assert review.prepare_submit() is None
    assert review.confirmation()["message"] == "<b>Sure?</b>"
    review.close()
    outcome = one.finish()
    assert [(row["name"], row["age"]) for row in outcome.rows()] == [
        ("Ann", 41),
        ("Middle", 1.5),
        ("Bob", 42),
        ("Total", None),
    ]
    assert outcome.user == {"id": "u1"}
    assert outcome.metadata is not None
    assert [entry["message"] for entry in outcome.metadata["warnings"]] == ["Seen"]


def test_an_edit_after_the_confirmation_has_pre_submit_hooks_run_anew(tmp_path: Path) -> None:
    callback = (
        "(uploader) => uploader.updateInfoMessages([{rowIndex: 0, fieldKey: 'name', messages: [{message: 'Seen'}]}])"
    )
    one = start(
        tmp_path, {"stepHooks": [step("REVIEW_STEP_PRE_SUBMIT", callback)]}, invalidDataBehavior="INCLUDE_INVALID_ROWS"
    )
    review = one.open()
    review.advance("review")
    first = review.prepare_submit()
    assert first is not None
    one.take(review, first)
    one.edit(review, [(1, 0, "Anna")])
    assert review.prepare_submit() is not None
    review.close()


def test_fields_that_pre_submit_hooks_add_come_with_the_end(tmp_path: Path) -> None:
    callback = "(uploader) => uploader.addField({label: 'Batch', key: 'batch'})"
    one = start(tmp_path, {"stepHooks": [step("REVIEW_STEP_PRE_SUBMIT", callback)]}, CONTENT.replace("x", "42"))
    review = one.open()
    review.advance("review")
    assert review.prepare_submit() is None
    review.close()
    assert next(iter(one.finish().rows())) == {"name": "Ann", "age": 41, "batch": ""}


def test_row_hooks_see_what_people_change_in_the_mode_update(tmp_path: Path) -> None:
    one = start(tmp_path, HOOKS)
    one.run()
    review = one.open()
    review.advance("review")
    one.take(review, review.prepare({"kind": "set_cells", "cells": [{"row": 2, "column": "age", "text": "42"}]}))
    review.close()
    assert [row["code"] for row in one.finish().rows()] == ["Ann/init", "Bob/update"]
