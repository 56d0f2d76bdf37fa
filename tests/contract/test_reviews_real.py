"""A whole review over HTTP with the engine that ships: a file that needs a person at every step, down to its rows.

The header stands below a preamble, matches are uncertain, plans are unknown, dates are mixed, cells are bad, rows repeat.
"""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from headgate.reviews import api_models as api
from tests.contract import masked_review
from tests.contract.harness import ROOT, Service, create, rows, upload, wait
from tests.contract.review_page import Page, second_browser, until

SCHEMA = json.loads((ROOT / "examples" / "customers.schema.json").read_text(encoding="utf-8"))
CONTENT = (ROOT / "examples" / "customers.csv").read_bytes()
HEADER = next(number for number, line in enumerate(CONTENT.splitlines()) if line.startswith(b"Customer no"))
WAIT = 120
"""Seconds; the engine itself needs a fraction of one."""


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    data = tmp_path_factory.mktemp("reviewed") / "data"
    running = Service(data, real_engine=True, workers=1, review_processes=2).start()
    yield running
    running.kill()


@pytest.fixture
def client(shipped: Service) -> Iterator[httpx.Client]:
    with shipped.client(shipped.key()) as one:
        yield one


def opened(shipped: Service, client: httpx.Client, **settings: Any) -> Page:
    settings = SCHEMA["settings"] | settings
    created = create(client, fields=SCHEMA["fields"], settings=settings, original_filename="customers.csv")
    upload(created, CONTENT)
    waiting = wait(client, created["id"], WAIT)
    assert waiting["status"] == "NEEDS_REVIEW", waiting
    page = Page(shipped, waiting)
    page.ready(WAIT)
    return page


def put(page: Page, path: str, body: dict[str, Any]) -> api.ReviewState:
    answer = page.send("PUT", path, json=body, timeout=WAIT)
    assert answer.status_code == 200, answer.text
    return api.DecisionResult.model_validate(answer.json()).state


def decide_everything(page: Page) -> None:
    """Header, columns and values, as a careful person would."""
    put(page, "/header", {"rows": [HEADER]})
    page.ready(WAIT)
    view = api.ColumnsView.model_validate(page.get("/columns"))
    fields = api.ColumnSuggestions.model_validate(page.post("/columns/suggest"))
    open_columns = {one.index: one for one in view.columns if one.status in ("uncertain", "unmapped")}
    assert fields.problem is None
    assert set(fields.columns) == {at for at, one in open_columns.items() if one.field or one.suggestions}
    wanted = {"Customer no": "customerId", "Contact": "name", "Account": "company", "Direct line": "phone",
              "E-mail": "email", "Since": "since", "Package": "plan", "Users": "seats", "Yearly value": "revenue",
              "OK to mail": "newsletter"}  # fmt: skip
    decided = {
        str(column.index): {"field": wanted[column.header]} if column.header in wanted else {"ignore": True}
        for column in view.columns
    }
    state = put(page, "/columns", {"columns": decided})
    assert state.step in {"values", "review"}
    values = api.ValuesView.model_validate(page.get("/values"))
    unknown = {text.text: "team" for field in values.fields for text in field.values if text.status != "accepted"}
    orders = {question.field: "day_month" for question in values.dates}
    put(page, "/values", {"values": {"plan": unknown} if unknown else {}, "orders": orders})
    page.post("/advance", {"to": "review"})
    assert page.ready(WAIT)["step"] == "review"


def grid(page: Page) -> api.Grid:
    return api.Grid.model_validate(page.get("/grid"))


def mend(page: Page) -> api.Grid:
    """Take offered fixes while there are any, then delete the rows that are still in error."""
    for _ in range(30):
        found = grid(page)
        offers = [
            (group.id, fix.id)
            for group in found.groups
            if group.level == "error"
            for fix in group.fixes
            if fix.recommended and fix.kind not in {"map_values", "set_value"}
        ]
        if not offers:
            break
        group, fix = offers[0]
        body = {"change": {"kind": "fix", "group": group, "fix": fix}, "id": uuid.uuid4().hex}
        assert api.ChangeResult.model_validate(page.post("/changes", body)).rows > 0
    bad = api.RowsPage.model_validate(page.post("/rows", {"view": {"only": "errors"}, "limit": 500}))
    if bad.rows:
        body = {"change": {"kind": "delete_rows", "rows": [row.row for row in bad.rows]}, "id": uuid.uuid4().hex}
        page.post("/changes", body)
    return grid(page)


def kill_children(service: Service) -> None:
    assert service.process is not None
    for child in psutil.Process(service.process.pid).children():
        child.kill()


def test_a_person_brings_a_difficult_file_to_its_end(shipped: Service, client: httpx.Client) -> None:
    page = opened(shipped, client)
    state = api.ReviewState.model_validate(page.get())
    assert (state.step, state.reasons[0].code) == ("header", "header_row_not_determined")
    view = api.HeaderView.model_validate(page.get("/header"))
    assert view.rows[HEADER].cells[0] == "Customer no"
    decide_everything(page)
    before = grid(page)
    assert before.summary.error_cells > 0
    assert before.summary.blocked is not None
    answer = page.send("POST", "/submit", json={"version": before.version})
    assert (answer.status_code, answer.json()["code"]) == (409, "blocked")
    after = mend(page)
    assert (after.summary.error_cells, after.summary.blocked) == (0, None)
    confirmed = api.Confirmation.model_validate(page.post("/submit/preview"))
    assert confirmed.summary == after.summary
    first = page.post("/rows", {"limit": 1})["rows"][0]["cells"]
    with page.listening() as events:
        page.post("/submit", {"version": confirmed.version}, 202)
        until(lambda: events.named("finished"), WAIT)
    done = client.get(f"/headless/imports/{page.id}/").json()
    assert done["status"] == "SUCCESSFUL", done["import_errors"]
    delivered = rows(client, page.id)
    assert len(delivered) == confirmed.summary.delivered == done["result_metadata"]["deliveredRows"]
    assert confirmed.summary.left_out == 0
    assert delivered[0]["customerId"] == first[0]
    assert len({row["customerId"] for row in delivered}) == len(delivered)
    assert {column["method"] for column in done["result_metadata"]["decisions"]["columns"] if column["field"]} == {
        "person"
    }
    learned = client.get("/memory/Customers/").json()
    assert ("account", "company") in {(one["header"], one["field"]) for one in learned["headers"]}
    assert not (shipped.data_dir / "reviews" / page.id).exists()


def test_two_people_and_two_kills_lose_no_edit(shipped: Service, client: httpx.Client) -> None:
    page = opened(shipped, client)
    other = second_browser(page)
    decide_everything(page)
    with other.listening() as events:
        result = page.edit(HEADER + 1, "name", "First Person")
        until(lambda: result["version"] in [one["version"] for one in events.named("changed")])
    kill_children(shipped)
    other.ready(WAIT)
    conflict = other.edit(HEADER + 1, "name", "Second Person", seen="Sven Mensah")["conflicts"][0]
    assert (conflict["seen"], conflict["theirs"]) == ("Sven Mensah", "First Person")
    shipped.kill()
    shipped.start()
    page.ready(WAIT)
    cell = api.CellDetail.model_validate(page.post("/cell", {"row": HEADER + 1, "column": "name"}))
    assert [(one.before, one.after, one.mine) for one in cell.history] == [
        ("First Person", "Second Person", False), ("Sven Mensah", "First Person", True),
    ]  # fmt: skip
    undone = other.post("/undo", {"id": uuid.uuid4().hex})
    assert [row["cells"][1] for row in undone["updated"]] == ["First Person"]


def test_going_back_to_an_earlier_step_keeps_the_edits(shipped: Service, client: httpx.Client) -> None:
    page = opened(shipped, client)
    decide_everything(page)
    page.edit(HEADER + 2, "company", "Kept Ltd")
    index = next(one["index"] for one in page.get("/columns")["columns"] if one["header"] == "Account")
    state = put(page, "/columns", {"columns": {str(index): {"ignore": True}}})
    page.post("/advance", {"to": "review"})
    assert page.ready(WAIT)["lost_edits"] == 1
    put(page, "/columns", {"columns": {str(index): {"field": "company"}}})
    page.post("/advance", {"to": "review"})
    state = api.ReviewState.model_validate(page.ready(WAIT))
    assert (state.lost_edits, state.step) == (0, "review")
    assert page.post("/cell", {"row": HEADER + 2, "column": "company"})["text"] == "Kept Ltd"


def test_rows_go_out_as_a_workbook_and_come_back(shipped: Service, client: httpx.Client, tmp_path: Path) -> None:
    page = opened(shipped, client)
    decide_everything(page)
    exported = page.post("/export", {"rows": "errors", "format": "xlsx"})
    file = httpx.get(exported["url"])
    assert file.content.startswith(b"PK")
    answer = page.send("PUT", "/corrections", content=file.content, timeout=WAIT)
    assert answer.status_code == 200, answer.text
    found = api.UploadedFile.model_validate(answer.json())
    assert (found.matched_rows, found.changed_cells) == (exported["rows"], 0)
    broken = page.send("PUT", "/corrections", content=b"PK no workbook", timeout=WAIT)
    assert (broken.status_code, "detail" in broken.json()) == (400, True), broken.text


def finished(page: Page, client: httpx.Client) -> dict[str, Any]:
    """Submit the review, and wait for its end."""
    page.submit()
    path = f"/headless/imports/{page.id}/"
    until(lambda: client.get(path).json()["status"] in {"SUCCESSFUL", "FAILED"}, WAIT)
    done: dict[str, Any] = client.get(path).json()
    assert done["status"] == "SUCCESSFUL", done["import_errors"]
    return done


def test_corrections_are_remembered_once_and_replayed_on_the_next_file(shipped: Service, client: httpx.Client) -> None:
    settings = {"importIdentifier": "Remembered", "reviewStep": {"rememberCorrections": True}}
    page = opened(shipped, client, **settings)
    assert page.get()["settings"]["remember_corrections"] is True
    assert page.send("POST", "/recipe", json={}).json()["code"] == "not_ready"
    decide_everything(page)
    errors_before = grid(page).summary.error_cells
    for change in (
        {"kind": "replace", "find": r"& Sons$", "replace": "and Sons", "columns": ["company"], "regex": True},
        {"kind": "replace", "find": "and Sons", "replace": "Undone", "columns": ["company"]},
    ):
        page.post("/changes", {"change": change, "id": uuid.uuid4().hex})
    page.post("/undo", {"id": uuid.uuid4().hex})
    page.edit(HEADER + 1, "name", "One Cell")
    mend(page)
    finished(page, client)
    proposal = api.RecipeProposal.model_validate(page.post("/recipe"))
    assert proposal.recipe is not None
    assert proposal.recipe["header"] == {"rows": [HEADER]}
    assert proposal.parts.columns >= 10
    assert proposal.recipe["replacements"] == [{"field": "company", "pattern": "(?i)& Sons$", "to": "and Sons"}]
    assert proposal.left_out["deleted_rows"] > 0
    assert proposal.left_out["other_edits"] == 1
    saved = [page.send("PUT", "/recipe").json() for _ in range(2)]
    assert saved == [{"version": 1, "enabled": True}] * 2
    dashboard = f"/dashboard/imports/{page.id}/"
    assert client.get(dashboard).json()["recipe_offered"] is True
    assert client.post(f"{dashboard}recipe/").json()["recipe"] == proposal.recipe
    assert client.put(f"{dashboard}recipe/").json()["version"] == 1, "the same again"
    (kept,) = client.get("/recipes/", params={"import_identifier": "Remembered"}).json()
    assert client.get(f"/recipes/{kept['id']}/versions/").json()[0]["author"] == {"kind": "reviewer", "id": page.id}
    again = opened(shipped, client, **settings)
    client.patch(f"/recipes/{kept['id']}/", json={"enabled": False})  # what has begun keeps what it began with
    assert again.ready(WAIT)["step"] == "review"
    assert again.get("/header")["status"] == "recipe"
    assert {column["method"] for column in again.get("/columns")["columns"] if column["field"]} == {"recipe"}
    assert grid(again).summary.error_cells <= errors_before
    marks = [mark for row in again.post("/rows", {"limit": 500})["rows"] for mark in row["marks"].values()]
    told = [message["code"] for mark in marks for message in mark["messages"] if mark["autofix"]]
    assert "recipe" in told
    mend(again)
    done = finished(again, client)
    assert done["result_metadata"]["decisions"]["recipe"]["applied"] is True
    third = opened(shipped, client, **settings)
    assert third.ready(WAIT)["step"] == "header", "a recipe that is switched off is not replayed"


def test_corrections_are_remembered_only_where_the_schema_allows_it(shipped: Service, client: httpx.Client) -> None:
    page = opened(shipped, client)
    for method in ("POST", "PUT"):
        answer = page.send(method, "/recipe", json={})
        assert (answer.status_code, answer.json()["code"]) == (400, "not_allowed")
        answer = client.request(method, f"/dashboard/imports/{page.id}/recipe/")
        assert (answer.status_code, answer.json()["code"]) == (409, "not_ready")
    assert client.get(f"/dashboard/imports/{page.id}/").json()["recipe_offered"] is False
    stranger = httpx.post(
        f"{shipped.address}/api/v1/reviews/{page.id}/recipe/", headers={"Authorization": "Bearer nothing"}
    )
    assert stranger.status_code == 403


def test_no_answer_of_a_whole_review_has_a_value_of_a_masked_field(shipped: Service, client: httpx.Client) -> None:
    created = create(client, fields=masked_review.FIELDS, settings=masked_review.SETTINGS)
    upload(created, masked_review.CONTENT.encode())
    page = masked_review.Heard(shipped, wait(client, created["id"], WAIT))
    page.ready(WAIT)
    page.walk_steps()
    page.walk_rows()
    with page.listening() as events:
        page.edit(1, "ssn", "999-11-2222", seen="•••6789")
        page.change(kind="set_cells", cells=[{"row": 2, "column": "ssn", "text": "•••7890"}])
        groups = [group["id"] for group in page.get("/grid")["groups"] if group["column"] == "plan"]
        page.change(kind="fix", group=groups[0], fix="set_value", text="Gold")
        page.change(kind="transform", expression="({ ...row, remark: text.remark + '!' })")
        for path in ("/undo", "/redo"):
            page.post(path, {"id": uuid.uuid4().hex})
        events.wait(lambda: events.named("changed"))
        page.heard.append(json.dumps(events.seen))
    page.asked.add(("GET", "/events"))
    page.send("POST", "/transform/suggest", json={"request": "anything"})
    page.walk_rows()
    csv, workbook = page.files()
    assert "•••6789".encode() not in csv
    assert "•••2222".encode() in csv
    corrected = page.send("PUT", "/corrections", content=workbook, timeout=WAIT).json()
    assert (corrected["matched_rows"], corrected["changed_cells"]) == (3, 0)
    done = finished(page, client)
    for method in ("POST", "PUT"):
        page.send(method, "/recipe", json={})
    page.get("/")
    assert page.asked >= masked_review.ROUTES, masked_review.ROUTES - page.asked
    shown = [
        client.get(path).text
        for path in (f"/headless/imports/{page.id}/", f"/dashboard/imports/{page.id}/", "/recipes/")
    ]
    assert masked_review.leaks(*page.heard, csv.decode(), *unpacked(workbook), *shown) == []
    delivered = [[row["ssn"], row["plan"], row["remark"]] for row in rows(client, done["id"])]
    assert delivered == [
        ["999-11-2222", "g", "remark 0!"], [masked_review.SSN[1], "g", "remark 1!"], [masked_review.SSN[2], "g", "remark 2!"],
    ]  # fmt: skip


def unpacked(workbook: bytes) -> list[str]:
    """The texts of the files in a workbook."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return [parts.read(name).decode(errors="replace") for name in parts.namelist()]
