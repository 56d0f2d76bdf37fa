"""docs/review-api.md over HTTP: access, state, changes, undo, history, several people at once."""

from __future__ import annotations

import threading
import uuid
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest

from headgate.reviews import api_models as api
from tests.contract.harness import Service, run
from tests.contract.review_page import ROWS, Page, change, open_page, second_browser, until


@pytest.fixture
def page(reviewing: Service, reviewing_client: httpx.Client) -> Page:
    opened = open_page(reviewing, reviewing_client)
    opened.ready()
    return opened


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


# Access


def test_the_link_carries_its_token_in_the_fragment(reviewing_client: httpx.Client) -> None:
    waiting = run(reviewing_client, ROWS)
    path, _, token = waiting["review_url"].partition("#")
    assert path.endswith("/review")
    assert len(token) > 40
    assert reviewing_client.get(f"/headless/imports/{waiting['id']}/").json()["review_url"] == waiting["review_url"]


def test_without_a_token_there_is_no_answer(page: Page) -> None:
    answer = httpx.get(f"{page.service.address}/api/v1/reviews/{page.id}/")
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize("spoil", [lambda t: t[:-4], lambda t: t + "AAAA", lambda t: "x", lambda t: t[::-1]])
def test_a_changed_token_opens_nothing(page: Page, spoil: Any) -> None:
    page.token = spoil(page.token)
    answer = page.send("GET", "/", headers={"Authorization": f"Bearer {page.token}"})
    assert answer.status_code == 403
    assert list(answer.json()) == ["detail"]


def test_a_token_opens_no_other_import(reviewing: Service, reviewing_client: httpx.Client, page: Page) -> None:
    other = open_page(reviewing, reviewing_client)
    page.id = other.id
    assert page.send("GET", "/").status_code == 403
    assert page.send("POST", "/undo", json={"id": uuid.uuid4().hex}).status_code == 403


def test_an_api_key_is_no_review_token(reviewing_client: httpx.Client, page: Page) -> None:
    key = reviewing_client.headers["X-Dromo-License-Key"]
    assert page.send("GET", "/", headers={"Authorization": f"Bearer {key}"}).status_code == 403


def test_a_new_link_revokes_the_old_one_and_ends_its_streams(reviewing_client: httpx.Client, page: Page) -> None:
    with page.listening() as events:
        answer = reviewing_client.post(f"/headless/imports/{page.id}/review_link/")
        assert answer.status_code == 200
        events.wait(lambda: events.ended)
    assert page.send("GET", "/").status_code == 403
    renewed = Page(page.service, {"id": page.id, **answer.json()})
    assert renewed.get()["id"] == page.id
    assert answer.json()["expires"] == renewed.get()["expires"]


def test_only_an_import_in_review_gets_a_new_link(
    reviewing_client: httpx.Client, other_client: httpx.Client, page: Page
) -> None:
    done = run(reviewing_client)
    assert reviewing_client.post(f"/headless/imports/{done['id']}/review_link/").status_code == 409
    assert other_client.post(f"/headless/imports/{page.id}/review_link/").status_code == 404


def test_a_deleted_import_is_a_link_that_leads_nowhere(reviewing_client: httpx.Client, page: Page) -> None:
    page.get()
    assert (page.service.data_dir / "reviews" / page.id).exists()
    with page.listening() as events:
        assert reviewing_client.delete(f"/headless/imports/{page.id}/").status_code == 204
        events.wait(lambda: events.ended)
    assert page.send("GET", "/").status_code == 403
    assert not (page.service.data_dir / "reviews" / page.id).exists()


# Looking


def test_the_state_is_of_the_documented_form(page: Page) -> None:
    state = api.ReviewState.model_validate(page.get())
    assert (state.version, state.step, state.status, state.submitting) == (0, "columns", "NEEDS_REVIEW", False)
    assert (state.undo, state.redo, state.preparing) == (None, None, None)


def test_questions_are_answered_in_the_documented_forms(page: Page) -> None:
    rows = api.RowsPage.model_validate(page.post("/rows", {"limit": 2}))
    assert [row.cells for row in rows.rows] == [["Ada", "ada@example.com"], ["Alan", "bad"]]
    assert rows.total == 3
    by_id = api.RowsPage.model_validate(page.post("/rows/by-id", {"rows": [3, 99]}))
    assert [row.row for row in by_id.rows] == [3]
    cell = api.CellDetail.model_validate(page.post("/cell", {"row": 2, "column": "email"}))
    assert (cell.text, cell.history) == ("bad", [])


def test_reading_parameters_reach_the_preview_of_the_header(page: Page) -> None:
    assert page.get("/header", limit=5, encoding="cp1252", delimiter=";") == {
        "limit": 5, "offset": 0, "encoding": "cp1252", "delimiter": ";", "sheet": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "body", "problem"),
    [
        ("/rows", {"limit": 501}, "limit"),
        ("/rows", {"view": {"only": "some"}}, "view.only"),
        ("/rows", {"views": {}}, "views"),
        ("/changes", {"id": "short", "change": {"kind": "set_cells", "cells": []}}, "change.cells"),
        ("/changes", {"id": "a" * 8, "change": {"kind": "set_cells", "cells": [{"row": "x"}]}}, "change.cells[0].row"),
        ("/changes", {"id": "a" * 8, "change": {"kind": "unknown"}}, "change"),
        ("/cell", {}, "row"),
    ],
)
def test_a_wrong_body_is_answered_with_the_path_of_each_problem(page: Page, path: str, body: Any, problem: str) -> None:
    answer = page.send("POST", path, json=body)
    assert answer.status_code == 400
    assert problem in answer.json()


@pytest.mark.parametrize("author", ["short", "with space in it", "é" * 9, "a" * 65])
def test_an_author_has_8_to_64_plain_characters(page: Page, author: str) -> None:
    answer = page.send("GET", "/", headers={"X-Review-Author": author.encode("latin-1")})  # type: ignore[dict-item]  # bytes are sent as they are
    assert answer.status_code == 400


def test_a_change_needs_an_author(page: Page) -> None:
    del page.headers["X-Review-Author"]
    assert page.get()["version"] == 0
    answer = page.send("POST", "/undo", json={"id": uuid.uuid4().hex})
    assert (answer.status_code, list(answer.json())) == (400, ["X-Review-Author"])


def test_what_is_not_there_is_404_and_a_view_that_is_gone_409(page: Page) -> None:
    assert page.send("POST", "/cell", json={"row": 99, "column": "email"}).status_code == 404
    assert page.send("POST", "/cell", json={"row": 1, "column": "x"}).status_code == 404
    assert code_of(page.send("POST", "/rows", json={"view": {"snapshot": "gone"}})) == (409, "view_changed")


# Changing


def test_a_change_is_answered_with_what_it_did(page: Page) -> None:
    result = api.ChangeResult.model_validate(page.edit(2, "email", "alan@example.com"))
    assert (result.version, result.cells, result.rows) == (1, 1, 1)
    assert [row.cells for row in result.updated] == [["Alan", "alan@example.com"]]
    assert result.summary.delivered == 3
    assert result.undo is not None
    assert (result.undo.version, result.undo.mine, result.redo) == (1, True, None)
    assert page.texts()[1] == ["Alan", "alan@example.com"]


def test_the_same_id_is_carried_out_once(page: Page) -> None:
    first = page.edit(1, "name", "A", "same-id-1")
    again = page.edit(1, "name", "A", "same-id-1")
    told = ("version", "cells", "rows", "added", "conflicts", "skipped")
    assert [again[key] for key in told] == [first[key] for key in told]
    assert page.get()["version"] == 1


def test_a_change_that_changes_nothing_is_no_entry(page: Page) -> None:
    result = page.edit(1, "name", "Ada")
    assert (result["version"], result["cells"], result["summary"]["rows"]) == (0, 0, 3)
    assert page.get("/history") == []


def test_an_edit_of_what_somebody_else_changed_is_reported(page: Page) -> None:
    other = second_browser(page)
    other.edit(1, "name", "theirs")
    assert page.edit(1, "name", "mine", seen="Ada")["conflicts"] == [
        {"row": 1, "column": "name", "seen": "Ada", "theirs": "theirs"}
    ]
    assert page.edit(1, "name", "mine again")["conflicts"] == []
    history = page.post("/cell", {"row": 1, "column": "name"})["history"]
    assert [(one["before"], one["after"], one["mine"]) for one in history] == [
        ("mine", "mine again", True), ("theirs", "mine", True), ("Ada", "theirs", False),
    ]  # fmt: skip


def test_undo_takes_back_the_own_changes_only(page: Page) -> None:
    other = second_browser(page)
    page.edit(1, "name", "A")
    other.edit(2, "name", "B")
    page.edit(3, "name", "C")
    undone = page.post("/undo", {"id": uuid.uuid4().hex})
    assert (undone["undo"]["version"], undone["redo"]["version"]) == (1, 3)
    page.post("/undo", {"id": uuid.uuid4().hex})
    assert [row[0] for row in page.texts()] == ["Ada", "B", "Grace"]
    assert code_of(page.send("POST", "/undo", json={"id": uuid.uuid4().hex})) == (409, "nothing_to_undo")
    page.post("/redo", {"id": uuid.uuid4().hex})
    assert [row[0] for row in page.texts()] == ["A", "B", "Grace"]
    page.edit(3, "name", "D")
    assert code_of(page.send("POST", "/redo", json={"id": uuid.uuid4().hex})) == (409, "nothing_to_redo")
    assert code_of(second_browser(page, "browser-three").send("POST", "/undo", json={"id": "x" * 8})) == (
        409,
        "nothing_to_undo",
    )


def test_an_undo_with_the_same_id_is_carried_out_once(page: Page) -> None:
    page.edit(1, "name", "A")
    page.edit(1, "name", "B")
    for _ in range(2):
        page.post("/undo", {"id": "undo-id-1"})
    assert page.texts()[0][0] == "A"


def test_an_undo_skips_what_changed_since_and_moves_on(page: Page) -> None:
    page.edit(2, "name", "first")
    page.edit(1, "name", "mine")
    second_browser(page).edit(1, "name", "theirs")
    undone = page.post("/undo", {"id": uuid.uuid4().hex})
    assert (undone["cells"], undone["skipped"]) == (0, 1)
    assert page.texts()[0][0] == "theirs"
    page.post("/undo", {"id": uuid.uuid4().hex})
    assert page.texts()[1][0] == "Alan"


def test_decisions_are_changes_that_can_be_undone(page: Page) -> None:
    done = page.send("PUT", "/columns", json={"columns": {"0": {"field": "name"}}})
    assert done.status_code == 200
    result = api.DecisionResult.model_validate(done.json())
    assert (result.version, result.state.undo.kind if result.state.undo else None) == (1, "columns")
    page.send("PUT", "/header", json={"rows": None})
    assert set(page.get("/columns")["decisions"]) == {"columns", "header"}
    page.post("/undo", {"id": uuid.uuid4().hex})
    assert set(page.get("/columns")["decisions"]) == {"columns"}
    page.post("/undo", {"id": uuid.uuid4().hex})
    assert page.get("/columns")["decisions"] is None
    history = page.get("/history")
    assert [(one["kind"], one["undone"]) for one in history] == [
        ("undo", False), ("undo", False), ("header", True), ("columns", True),
    ]  # fmt: skip
    assert all("decisions" not in one["parameters"] for one in history)


def test_the_history_comes_in_pages(page: Page) -> None:
    for number in range(5):
        page.edit(1, "name", f"n{number}")
    assert [one["version"] for one in page.get("/history", limit=2)] == [5, 4]
    assert [one["version"] for one in page.get("/history", limit=2, before=4)] == [3, 2]
    assert page.send("GET", "/history", params={"before": "x"}).status_code == 400


def test_many_at_once_lose_no_change(page: Page) -> None:
    """Ten browsers edit the same cell and their own at the same time: every change is in the log, once."""
    pages = [second_browser(page, f"browser-{number:02}") for number in range(10)]

    def work(one: Page, number: int) -> None:
        for step in range(3):
            one.edit(1, "name", f"{number}-{step}")

    threads = [threading.Thread(target=work, args=(one, number)) for number, one in enumerate(pages)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    history = page.get("/history", limit=500)
    assert [one["version"] for one in history] == list(range(30, 0, -1))
    cell = page.post("/cell", {"row": 1, "column": "name"})["history"]
    assert len(cell) == 30
    assert all(later["before"] == earlier["after"] for later, earlier in pairwise(cell))


def test_questions_beside_a_long_one_are_all_answered(page: Page) -> None:
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda: answers.append(page.send("POST", "/rows", json={}).status_code))
        for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    assert httpx.get(f"{page.service.address}/api/v1/openapi.json").status_code == 200
    for thread in threads:
        thread.join()
    assert answers == [200] * 20


# Preparing


def test_a_step_that_takes_long_is_prepared_in_the_background(
    reviewing: Service, reviewing_client: httpx.Client, tmp_path: Path
) -> None:
    done = tmp_path / "done"
    page = open_page(
        reviewing, reviewing_client, ROWS.replace(b"#do review", f"#do review advances-with {done}".encode())
    )
    with page.listening() as events:
        page.ready()
        state = page.post("/advance", {"to": "review"})
        assert state["preparing"]["step"] == "review"
        assert page.get()["preparing"] is not None
        assert code_of(page.send("POST", "/rows", json={})) == (409, "preparing")
        events.wait(lambda: events.named("preparing"))
        done.touch()
        assert page.ready()["step"] == "review"
        events.wait(lambda: {"version": 0, "step": "review"} in events.named("state"))
        assert [one["step"] for one in events.named("preparing")][-1] == "review"


def test_a_step_that_cannot_be_prepared_says_why(reviewing: Service, reviewing_client: httpx.Client) -> None:
    page = open_page(reviewing, reviewing_client, ROWS.replace(b"#do review", b"#do review cannot"))
    page.ready()
    answer = page.send("POST", "/advance", json={"to": "review"})
    assert code_of(answer) == (409, "import_failed")
    assert answer.json()["detail"] == "The hook threw: no."
    assert page.get()["reasons"][0]["text"] == "The hook threw: no."


def test_a_review_that_opens_slowly_says_so(reviewing: Service, reviewing_client: httpx.Client, tmp_path: Path) -> None:
    done = tmp_path / "done"
    page = open_page(reviewing, reviewing_client, ROWS.replace(b"#do review", f"#do review opens-with {done}".encode()))
    with page.listening() as events:
        assert code_of(page.send("GET", "/")) == (409, "preparing")
        events.wait(lambda: events.named("preparing"))
        done.touch()
        assert page.ready()["step"] == "columns"
        events.wait(lambda: events.named("state"))


# Events


def test_every_page_hears_of_a_change(page: Page) -> None:
    other = second_browser(page)
    with page.listening() as mine, other.listening() as theirs:
        other.edit(1, "name", "x")
        wanted = {"version": 1, "author": "browser-two", "cells": 1, "rows": 1}
        for events in (mine, theirs):
            events.wait(lambda events=events: wanted in events.named("changed"))
            assert events.ids == ["1"]


def test_a_page_that_was_away_hears_what_it_missed(page: Page) -> None:
    for number in range(3):
        page.edit(1, "name", f"n{number}")
    with page.listening(last=1) as events:
        events.wait(lambda: [one["version"] for one in events.named("changed")] == [2, 3])
        page.edit(1, "name", "live")
        events.wait(lambda: [one["version"] for one in events.named("changed")] == [2, 3, 4])


@pytest.mark.parametrize("last", ["x", "-1", "1" * 30])
def test_a_last_event_id_is_a_version(page: Page, last: str) -> None:
    assert page.send("GET", "/events", headers={"Last-Event-ID": last}).status_code == 400


# Files


def test_rows_can_be_downloaded_and_come_back(page: Page) -> None:
    exported = page.post("/export", {"rows": "all"})
    assert exported["rows"] == 3
    file = httpx.get(exported["url"])
    assert "people-review.xlsx" in file.headers["content-disposition"]
    answer = page.send("PUT", "/corrections", content=file.content)
    assert answer.status_code == 200, answer.text
    assert answer.json()["matched_rows"] == len(file.content)
    assert not list((page.service.data_dir / "tmp" / "work").glob(f"{page.id}*"))


# Behaving badly


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("forever", 409, "too_slow"),
        ("memory", 409, "too_large"),
        ("crash", 503, None),
        ("raise", 500, None),
        ("full-disk", 507, None),
    ],
)
def test_a_change_that_misbehaves_ends_its_process_only(
    page: Page, reviewing: Service, text: str, status: int, code: str | None
) -> None:
    page.edit(1, "name", "kept")
    answer = page.send("POST", "/changes", json=change({"kind": "replace", "find": text}), timeout=60)
    assert (answer.status_code, answer.json().get("code")) == (status, code)
    assert "Traceback" not in answer.text
    page.ready()
    assert page.texts()[0][0] == "kept"
    page.edit(1, "name", "goes on")
    assert page.get()["version"] == 2


def test_the_log_holds_no_token_and_no_text_of_a_cell(page: Page, reviewing: Service) -> None:
    page.edit(1, "name", "very-secret-text")
    page.send("POST", "/cell", json={"row": 99, "column": "very-secret-text"})
    page.send("GET", "/")
    until(lambda: "/api/v1/reviews/{import_id}/cell/" in reviewing.log.read_text())
    log = reviewing.log.read_text()
    assert page.token not in log
    assert "very-secret-text" not in log
