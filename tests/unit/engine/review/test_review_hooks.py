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
