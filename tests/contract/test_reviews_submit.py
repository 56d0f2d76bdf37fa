"""Submitting a review: what was announced is what happens, once, whatever the schema's last hook says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from headgate.reviews import api_models as api
from tests.contract.harness import Service, rows
from tests.contract.review_page import Page, change, open_page, until


@pytest.fixture
def page(reviewing: Service, reviewing_client: httpx.Client) -> Page:
    opened = open_page(reviewing, reviewing_client, settings={"importIdentifier": "Reviewed"})
    opened.ready()
    return opened


def ended(reviewing_client: httpx.Client, page: Page) -> Any:
    return until(lambda: _ended(reviewing_client.get(f"/headless/imports/{page.id}/").json()), 40)


def _ended(found: dict[str, Any]) -> Any:
    return found if found["status"] != "NEEDS_REVIEW" else None


def test_what_was_announced_is_delivered(reviewing_client: httpx.Client, page: Page) -> None:
    page.edit(3, "email", "g@example.com")
    confirmed = api.Confirmation.model_validate(page.post("/submit/preview"))
    assert (confirmed.version, confirmed.summary.delivered, confirmed.summary.left_out) == (1, 2, 1)
    with page.listening() as events:
        assert page.post("/submit", {"version": confirmed.version}, 202) == {"status": "submitting"}
        events.wait(lambda: events.ended)
        assert events.named("finished") == [{"status": "SUCCESSFUL"}]
    done = ended(reviewing_client, page)
    assert (done["status"], done["review_url"], done["import_errors"]) == ("SUCCESSFUL", None, None)
    assert done["result_metadata"]["decisions"]["rows"]["delivered"] == confirmed.summary.delivered
    assert [row["email"] for row in rows(reviewing_client, page.id)] == ["ada@example.com", "g@example.com"]
    assert reviewing_client.get(f"/headless/imports/{page.id}/errors/").status_code == 200
    learned = reviewing_client.get("/memory/Reviewed/").json()["headers"]
    assert [(one["header"], one["field"]) for one in learned] == [("Mail", "email")]


def test_an_ended_review_is_still_told_but_not_changed(reviewing_client: httpx.Client, page: Page) -> None:
    page.edit(1, "name", "x")
    page.submit()
    ended(reviewing_client, page)
    state = api.ReviewState.model_validate(page.get())
    assert (state.status, state.submitting, state.version) == ("SUCCESSFUL", False, 2)
    assert [one["version"] for one in page.get("/history")] == [1]
    for method, path, body in (
        ("POST", "/changes", change({"kind": "set_cells", "cells": [{"row": 1, "column": "name", "text": "y"}]})),
        ("POST", "/rows", {}),
        ("POST", "/submit/preview", {}),
        ("POST", "/submit", {"version": 2}),
        ("PUT", "/columns", {"columns": {}}),
    ):
        answer = page.send(method, path, json=body)
        assert (answer.status_code, answer.json()["code"]) == (409, "finished"), path
    with page.listening() as events:
        events.wait(lambda: events.ended)
        assert events.named("finished") == [{"status": "SUCCESSFUL"}]
    assert not (page.service.data_dir / "reviews" / page.id).exists()


def test_while_it_is_submitted_nothing_changes(reviewing_client: httpx.Client, page: Page, tmp_path: Path) -> None:
    page.edit(1, "name", f"wait at the end for {tmp_path}/go")
    page.submit()
    state = api.ReviewState.model_validate(page.get())
    assert (state.submitting, state.status) == (True, "NEEDS_REVIEW")
    answer = page.send(
        "POST", "/changes", json=change({"kind": "set_cells", "cells": [{"row": 1, "column": "name", "text": "y"}]})
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "submitting")
    with page.listening() as events:
        events.wait(lambda: events.named("submitting") == [{}])
        (tmp_path / "go").touch()
        events.wait(lambda: events.named("finished"))
    assert rows(reviewing_client, page.id)[0]["name"] == f"wait at the end for {tmp_path}/go"


def test_a_submission_sent_again_is_the_same_submission(
    reviewing_client: httpx.Client, page: Page, tmp_path: Path
) -> None:
    page.edit(1, "name", f"wait at the end for {tmp_path}/go")
    version = page.post("/submit/preview")["version"]
    for _ in range(2):
        assert page.post("/submit", {"version": version}, 202) == {"status": "submitting"}
    (tmp_path / "go").touch()
    assert ended(reviewing_client, page)["status"] == "SUCCESSFUL"
    assert page.get()["version"] == version + 1


def test_another_version_than_the_confirmed_one_is_not_submitted(page: Page) -> None:
    confirmed = page.post("/submit/preview")
    page.edit(1, "name", "later")
    answer = page.send("POST", "/submit", json={"version": confirmed["version"]})
    assert (answer.status_code, answer.json()["code"]) == (409, "version_changed")
    assert page.get()["submitting"] is False


def test_what_blocks_a_submission_is_told(page: Page) -> None:
    page.edit(1, "name", "block")
    confirmed = page.post("/submit/preview")
    assert confirmed["summary"]["blocked"]["code"] == "invalid_cells"
    answer = page.send("POST", "/submit", json={"version": confirmed["version"]})
    assert (answer.status_code, answer.json()) == (409, {"code": "blocked", "detail": "A cell says block."})


def test_hooks_before_submitting_are_an_entry_of_the_history(page: Page) -> None:
    page.edit(1, "name", "hook me")
    confirmed = page.post("/submit/preview")
    assert confirmed["version"] == 2
    assert page.texts()[0][0] == "hooked"
    assert page.post("/submit/preview")["version"] == 2
    assert [one["kind"] for one in page.get("/history")] == ["hooks", "set_cells"]


def test_a_cancelled_finish_stays_in_review_with_its_message(reviewing_client: httpx.Client, page: Page) -> None:
    page.edit(1, "name", "cancel")
    with page.listening() as events:
        page.submit()
        events.wait(lambda: [one for one in events.named("state") if one["version"] == 2])
    waiting = until(lambda: _with_error(reviewing_client, page))
    assert (waiting["status"], waiting["import_errors"]) == (
        "NEEDS_REVIEW",
        [{"code": "finish_cancelled", "message": "Not today."}],
    )
    state = page.ready()
    assert (state["submitting"], state["version"]) == (False, 2)
    assert state["reasons"][0] == {"code": "finish_cancelled", "text": "Not today.", "context": {}}
    page.edit(1, "name", "now")
    page.submit()
    done = ended(reviewing_client, page)
    assert (done["status"], done["import_errors"]) == ("SUCCESSFUL", None)
    assert [one["kind"] for one in page.get("/history")] == ["set_cells", "set_cells"]


def _with_error(reviewing_client: httpx.Client, page: Page) -> Any:
    found = reviewing_client.get(f"/headless/imports/{page.id}/").json()
    return found if found["import_errors"][0]["code"] == "finish_cancelled" else None


def test_a_last_hook_that_breaks_fails_the_import(reviewing_client: httpx.Client, page: Page) -> None:
    page.edit(1, "name", "throw")
    page.submit()
    done = ended(reviewing_client, page)
    assert (done["status"], done["import_errors"][0]["code"]) == ("FAILED", "hook_failed")
    assert page.get()["status"] == "FAILED"


def test_an_import_deleted_while_it_is_finished_leaves_nothing(
    reviewing_client: httpx.Client, page: Page, tmp_path: Path
) -> None:
    page.edit(1, "name", f"wait at the end for {tmp_path}/never")
    page.submit()
    assert reviewing_client.delete(f"/headless/imports/{page.id}/").status_code == 204
    data = page.service.data_dir
    until(lambda: not list(data.rglob(f"*{page.id}*")))
    assert page.send("GET", "/").status_code == 403
