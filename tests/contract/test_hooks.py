"""Hooks through the service: checked when they are given, run with the import, their words kept."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.contract.service import running_service

FIELDS: list[dict[str, Any]] = [{"label": "First", "key": "first"}, {"label": "Last", "key": "last"}]
ROWS = [{"first": "Ada", "last": "Lovelace"}, {"first": "Grace", "last": "Hopper"}]
FULL_NAME = {
    "stepHooks": [
        {"type": "REVIEW_STEP", "callback": "(i) => i.addField({key: 'full', label: 'Full'}, {after: 'last'})"}
    ],
    "rowHooks": ["(r) => { r.row.full.value = r.row.first.value + ' ' + r.row.last.value; return r }"],
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder: Path = tmp_path_factory.mktemp("hooks") / "data"
    settings = {"rate_limit_create": "off", "rate_limit_retrieve": "off", "hook_call_seconds": "1"}
    with (
        running_service(folder, workers="2", **settings) as service,
        httpx.Client(
            base_url=f"{service.url}/api/v1/", headers={"X-Dromo-License-Key": service.key}, timeout=30
        ) as client,
    ):
        yield client


def start(client: httpx.Client, hooks: dict[str, Any], **body: Any) -> str:
    answer = client.post("headless/imports/", json={"fields": FIELDS, "initial_data": ROWS, "hooks": hooks, **body})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def ended(client: httpx.Client, import_id: str) -> dict[str, Any]:
    for _ in range(600):
        found: dict[str, Any] = client.get(f"headless/imports/{import_id}/").json()
        if found["status"] not in {"PENDING", "RUNNING"}:
            return found
        time.sleep(0.05)
    raise AssertionError("the import did not end")


def rows(client: httpx.Client, import_id: str) -> list[dict[str, Any]]:
    url = client.get(f"headless/imports/{import_id}/url/").json()["presigned_url"]
    found: list[dict[str, Any]] = httpx.get(url).json()
    return found


def test_inline_hooks_run_with_the_import(client: httpx.Client) -> None:
    import_id = start(client, FULL_NAME)
    found = ended(client, import_id)
    assert found["status"] == "SUCCESSFUL", found["import_errors"]
    assert rows(client, import_id)[0] == {"first": "Ada", "last": "Lovelace", "full": "Ada Lovelace"}
    assert [hook["kind"] for hook in found["result_metadata"]["decisions"]["hooks"]] == ["rowHooks", "stepHooks"]


def test_hooks_of_a_saved_schema_run_and_those_of_the_body_replace_their_kind(client: httpx.Client) -> None:
    schema = {"name": "Hooked", "fields": FIELDS, "settings": {"importIdentifier": "H"}, "hooks": FULL_NAME}
    schema_id = client.post("schemas/", json=schema).json()["id"]
    saved = client.post("headless/imports/", json={"schema_id": schema_id, "initial_data": ROWS}).json()["id"]
    ended(client, saved)
    assert [row["full"] for row in rows(client, saved)] == ["Ada Lovelace", "Grace Hopper"]
    other = {"rowHooks": ["(r) => ({row: {full: {value: 'own'}}})"]}
    body = {"schema_id": schema_id, "initial_data": ROWS, "hooks": other}
    own = client.post("headless/imports/", json=body).json()["id"]
    ended(client, own)
    assert [row["full"] for row in rows(client, own)] == ["own", "own"]


def test_a_source_that_is_no_function_is_refused_with_its_place(client: httpx.Client) -> None:
    hooks = {
        "rowHooks": ["(r) => r", "(r) => {\n  return r..row\n}"],
        "columnHooks": [{"fieldName": "first", "callback": "1"}],
    }
    answer = client.post("headless/imports/", json={"fields": FIELDS, "initial_data": ROWS, "hooks": hooks})
    assert answer.status_code == 400
    assert set(answer.json()) == {"hooks.rowHooks[1]", "hooks.columnHooks[0].callback"}
    assert "line 2" in answer.json()["hooks.rowHooks[1]"][0]


def test_the_console_can_be_read_whether_the_import_succeeds_or_fails(client: httpx.Client) -> None:
    hook = "(r) => { console.warn('saw', r.row.first.value); if (r.row.first.value === 'Grace') throw new Error('no'); return r }"
    import_id = start(client, {"rowHooks": [hook]})
    found = ended(client, import_id)
    assert found["status"] == "FAILED"
    [error] = found["import_errors"]
    assert (error["code"], error["hook"], error["position"], error["row"]) == ("hook_failed", "rowHooks", 0, 1)
    url = client.get(f"headless/imports/{import_id}/console/").json()["presigned_url"]
    entries = [json.loads(line) for line in httpx.get(url).text.splitlines()]
    assert [(entry["level"], entry["text"]) for entry in entries] == [("warn", "saw Ada"), ("warn", "saw Grace")]


def test_an_import_without_console_text_has_none_to_read(client: httpx.Client) -> None:
    import_id = start(client, {})
    ended(client, import_id)
    assert client.get(f"headless/imports/{import_id}/console/").status_code == 404


def test_an_endless_hook_fails_its_import_while_another_completes(client: httpx.Client) -> None:
    endless = start(client, {"rowHooks": ["() => { for (;;); }"]})
    other = start(client, FULL_NAME)
    assert ended(client, other)["status"] == "SUCCESSFUL"
    found = ended(client, endless)
    assert [error["code"] for error in found["import_errors"]] == ["hook_failed"]


def test_the_user_that_a_hook_sets_is_the_user_of_the_import(client: httpx.Client) -> None:
    import_id = start(client, {"stepHooks": [{"type": "UPLOAD_STEP", "callback": "(i) => i.setUser({id: '9'})"}]})
    assert ended(client, import_id)["result_metadata"]["user"] == {"id": "9"}


def test_a_cancelled_finish_needs_review_with_the_hooks_message(client: httpx.Client) -> None:
    import_id = start(client, {"beforeFinishCallback": "() => ({cancel: true, message: 'Call us first.'})"})
    found = ended(client, import_id)
    assert found["status"] == "NEEDS_REVIEW"
    assert found["import_errors"] == [{"code": "finish_cancelled", "message": "Call us first."}]
    assert found["review_url"]
