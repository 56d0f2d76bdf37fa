"""docs/studio-api.md over HTTP: what Schema Studio asks, also when it is asked with bad intent."""

from __future__ import annotations

import base64
import gzip
import time
import uuid
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from headgate.accounts.service import AccountService
from headgate.imports.models import Import
from tests.contract.harness import FIELDS, Service, upload, wait

ROOT = Path(__file__).parents[2]
PEOPLE = b"Name,E-mail\nAda,ada@example.com\nAlan,alan\n"
UNKNOWN = "5f3c2b1a-9d8e-4c7b-a6f5-0123456789ab"


def sample(content: bytes = PEOPLE, name: str = "people.csv") -> dict[str, Any]:
    return {"filename": name, "content": base64.b64encode(content).decode()}


def draft(*fields: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return {"fields": list(fields) or FIELDS} | parts


def saved(client: httpx.Client, *fields: dict[str, Any], identifier: str | None = None) -> dict[str, Any]:
    name = identifier or uuid.uuid4().hex
    body = {"name": name, "fields": list(fields) or FIELDS, "settings": {"importIdentifier": name}}
    made: dict[str, Any] = client.post("/schemas/", json=body).json()
    return made


def imported(client: httpx.Client, schema: dict[str, Any], content: bytes = PEOPLE) -> str:
    answer = client.post("/headless/imports/", json={"schema_id": schema["id"], "original_filename": "people.csv"})
    upload(answer.json(), content)
    assert wait(client, answer.json()["id"])["status"] == "SUCCESSFUL"
    return str(answer.json()["id"])


def remove_source(service: Service, import_id: str, scratch: Path) -> None:
    """As a rule of the bucket may, or somebody with a shell. Nobody has a copy of it any more."""
    database = service.database()
    with database.read() as session:
        key = session.scalars(select(Import.source_key).where(Import.id == uuid.UUID(import_id))).one()
    database.dispose()
    service.store(scratch).delete(key or "")
    for cached in service.data_dir.rglob("cache/*"):
        if cached.is_file():
            cached.unlink()


def ended(client: httpx.Client, schema: dict[str, Any], backtest: str, seconds: float = 60) -> dict[str, Any]:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found: dict[str, Any] = client.get(f"/schemas/{schema['id']}/backtest/{backtest}/").json()
        if found["state"] not in {"PENDING", "RUNNING"}:
            return found
        time.sleep(0.1)
    raise TimeoutError(found["state"])


def test_the_description_is_one_json_document(reviewing_client: httpx.Client) -> None:
    found = reviewing_client.get("/schemas/description").json()
    assert {"number", "date"} <= {one["name"] for one in found["types"]}
    assert found["jsonSchema"]["$schema"].endswith("2020-12/schema")


def test_versions_their_difference_and_restore(reviewing_client: httpx.Client) -> None:
    schema = saved(reviewing_client)
    path = f"/schemas/{schema['id']}"
    changed = {key: schema[key] for key in ("name", "settings")} | {"fields": FIELDS[:1]}
    proposed = reviewing_client.post(f"{path}/difference/", json=changed).json()["changes"]
    assert [one["code"] for one in proposed] == ["field_removed"]
    assert reviewing_client.get(f"{path}/versions/").json()["count"] == 1
    reviewing_client.put(f"{path}/", json=changed)
    assert reviewing_client.get(f"{path}/versions/2/difference/").json()["changes"] == proposed
    newest = reviewing_client.get(f"{path}/versions/?limit=1").json()["results"][0]
    assert (newest["version"], newest["created_by"]) == (2, {"kind": "key", "name": "test"})
    assert reviewing_client.post(f"{path}/versions/1/restore/").json() == schema
    assert reviewing_client.get(f"{path}/versions/3/").json()["restored_from"] == 1


@pytest.mark.parametrize("version", ["0", "2", "x", "-1", "1e3", "9" * 40, "%00"])
def test_a_version_that_never_was_is_404(reviewing_client: httpx.Client, version: str) -> None:
    schema = saved(reviewing_client)
    for path in (f"versions/{version}/", f"versions/{version}/difference/", f"versions/1/difference/?from={version}"):
        assert reviewing_client.get(f"/schemas/{schema['id']}/{path}").status_code == 404


def test_a_file_becomes_fields_that_a_schema_can_have(reviewing_client: httpx.Client) -> None:
    found = reviewing_client.post("/schemas/infer/", json={"sample": sample()}, timeout=60).json()
    assert [entry["field"]["key"] for entry in found["fields"]] == ["name", "e_mail"]
    body = {"name": uuid.uuid4().hex, "fields": [entry["field"] for entry in found["fields"]]}
    made = reviewing_client.post("/schemas/", json=body | {"settings": {"importIdentifier": "x"}})
    assert made.status_code == 201
    reviewing_client.delete(f"/schemas/{made.json()['id']}/")


def test_a_schema_is_tried_on_a_file_and_nothing_is_kept(reviewing: Service, reviewing_client: httpx.Client) -> None:
    before = reviewing_client.get("/headless/imports/").json()["count"]
    schema = draft({"key": "name", "label": "Name"}, {"key": "email", "label": "E-mail", "type": "email"})
    found = reviewing_client.post("/schemas/try/", json={"schema": schema, "sample": sample(), "limit": 1}).json()
    assert (found["status"], found["counts"]["delivered"], found["issues"]["error"]) == ("SUCCESSFUL", 1, 1)
    assert [row["values"] for row in found["rows"]] == [{"name": "Ada", "email": "ada@example.com"}]
    assert reviewing_client.get("/headless/imports/").json()["count"] == before
    assert list((reviewing.data_dir / "tmp" / "work").glob("studio-*")) == []


def test_rows_are_tried_without_a_file(reviewing_client: httpx.Client) -> None:
    body = {"schema": draft(), "sample": {"rows": [{"name": "Ada", "email": "x"}]}}
    found = reviewing_client.post("/schemas/try/", json=body).json()
    assert found["rows"][0]["values"] == {"name": "Ada", "email": "x"}


def test_a_hook_is_run_on_rows(reviewing_client: httpx.Client) -> None:
    hook = {
        "kind": "columnHooks",
        "field_name": "name",
        "source": "(cells) => cells.map(c => ({...c, value: c.value + '!'}))",
    }
    body = {"schema": draft(), "hook": hook, "sample": {"rows": [["Ada", "x"]]}}
    found = reviewing_client.post("/schemas/run-hook/", json=body).json()
    assert (found["error"], found["rows"][0]["after"]["name"], found["rows"][0]["changed"]) == (None, "Ada!", ["name"])


def test_trials_show_no_value_of_a_masked_field(reviewing_client: httpx.Client) -> None:
    schema = draft(
        {"key": "name", "label": "Name"}, {"key": "email", "label": "E-mail", "type": "email", "mask": "all"}
    )
    tried = reviewing_client.post("/schemas/try/", json={"schema": schema, "sample": sample()})
    assert [row["values"]["name"] for row in tried.json()["rows"]] == ["Ada", "Alan"]
    hook = {
        "kind": "columnHooks",
        "field_name": "email",
        "source": "(cells) => cells.map(c => ({...c, value: 'b@x.org'}))",
    }
    hooked = reviewing_client.post("/schemas/run-hook/", json={"schema": schema, "hook": hook, "sample": sample()})
    assert hooked.json()["rows"][0]["changed"] == ["email"]
    for answer in (tried, hooked):
        assert not any(text in answer.text for text in ("ada@example.com", '"alan"', "b@x.org"))


@pytest.mark.parametrize(
    ("path", "body", "wrong"),
    [
        ("infer", {}, {"sample"}),
        ("infer", {"sample": {}}, {"sample"}),
        ("infer", {"sample": {"content": "x", "rows": []}}, {"sample"}),
        ("infer", {"sample": {"content": "%%%"}}, {"sample.content"}),
        ("infer", {"sample": {"content": 3}}, {"sample.content"}),
        ("infer", {"sample": {"content": ""}}, {"sample"}),
        ("infer", {"sample": sample(b"%PDF-1.7")}, {"sample"}),
        ("infer", {"sample": sample(), "settings": {"delimeter": ";"}}, {"settings.delimeter"}),
        ("infer", {"sample": {"content": "YQ==", "filename": 3}}, {"sample.filename"}),
        ("try", {"sample": sample()}, {"schema"}),
        ("try", {"schema": {"fields": [{"key": "a"}]}, "sample": {"rows": 3}, "limit": 501},
         {"schema.fields[0].label", "sample.rows", "limit"}),
        ("try", {"schema": draft(hooks={"rowHooks": ["nonsense("]}), "sample": sample()}, {"schema.hooks.rowHooks[0]"}),
        ("run-hook", {"schema": draft(), "sample": {"rows": [{}]}, "hook": {"kind": "rowHook", "source": ""}},
         {"hook.kind", "hook.source"}),
        ("run-hook", {"schema": draft(), "sample": {"rows": [{}]}, "hook": {"kind": "columnHooks", "source": "x"}},
         {"hook.field_name"}),
        ("run-hook", {"schema": draft(), "sample": {"rows": [{}]}, "hook": {"kind": "stepHooks", "source": "x"}},
         {"hook.step"}),
        ("run-hook", {"schema": draft(), "sample": {"rows": [{}, []]}, "hook": 3}, {"hook", "sample.rows"}),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_question_is_named(
    reviewing_client: httpx.Client, path: str, body: dict[str, Any], wrong: set[str]
) -> None:
    answer = reviewing_client.post(f"/schemas/{path}/", json=body)
    assert (answer.status_code, set(answer.json())) == (400, wrong)


def test_a_sample_beyond_the_limit_is_413(reviewing_client: httpx.Client) -> None:
    body = {"sample": sample(b"a,b\n" + b"1,2\n" * 5_000_000)}
    assert reviewing_client.post("/schemas/infer/", json=body).status_code == 413


def test_a_bomb_as_a_sample_is_refused(reviewing_client: httpx.Client) -> None:
    bomb = sample(gzip.compress(bytes(100 << 20), 9), "bomb.csv.gz")
    refused = reviewing_client.post("/schemas/infer/", json={"sample": bomb}, timeout=60)
    assert (refused.status_code, list(refused.json())) == (400, ["sample"])
    failed = reviewing_client.post("/schemas/try/", json={"sample": bomb, "schema": draft()}, timeout=60).json()
    assert (failed["status"], failed["import_errors"][0]["code"]) == ("FAILED", "file_hostile")


def test_an_endless_hook_is_ended_and_the_next_question_is_answered(reviewing_client: httpx.Client) -> None:
    hook = {"kind": "rowHooks", "source": "(r) => {\n  for (;;) {} }"}
    question = {"schema": draft(), "hook": hook, "sample": {"rows": [{"name": "Ada"}]}}
    found = reviewing_client.post("/schemas/run-hook/", json=question, timeout=60).json()
    assert found["error"]["code"] == "hook_failed"
    tried = {"schema": draft(hooks={"rowHooks": [hook["source"]]}), "sample": {"rows": [{"name": "Ada"}]}}
    assert reviewing_client.post("/schemas/try/", json=tried, timeout=60).json()["status"] == "FAILED"


def test_a_schema_of_many_fields_is_tried_and_one_of_too_many_is_refused(reviewing_client: httpx.Client) -> None:
    fields = [{"key": f"f{n}", "label": f"Field {n}", "type": "number"} for n in range(5001)]
    body = {"schema": draft(*fields[:500]), "sample": {"rows": [{field["key"]: "1" for field in fields[:500]}]}}
    found = reviewing_client.post("/schemas/try/", json=body, timeout=60)
    assert (found.status_code, len(found.json()["rows"][0]["values"])) == (200, 500)
    refused = reviewing_client.post("/schemas/try/", json=body | {"schema": draft(*fields)})
    assert (refused.status_code, list(refused.json())) == (400, ["schema.fields"])


def test_a_back_test_says_which_imports_would_differ_and_changes_none(reviewing_client: httpx.Client) -> None:
    schema = saved(reviewing_client, {"key": "name", "label": "Name"}, {"key": "email", "label": "E-mail"})
    good = imported(reviewing_client, schema, b"Name,E-mail\nAda,ada@example.com\n")
    bad = imported(reviewing_client, schema)
    before = [reviewing_client.get(f"/headless/imports/{one}/").json() for one in (good, bad)]
    fields = [schema["fields"][0], schema["fields"][1] | {"type": "email"}]
    path = f"/schemas/{schema['id']}/backtest/"
    started = reviewing_client.post(path, json={"fields": fields, "settings": schema["settings"]})
    assert (started.status_code, started.json()["counts"]["total"]) == (202, 2)
    done = ended(reviewing_client, schema, started.json()["id"])
    assert [one["code"] for one in done["changes"]] == ["type_changed"]
    assert (done["state"], {one["import_id"]: one["state"] for one in done["results"]}) == (
        "DONE", {good: "SAME", bad: "DIFFERS"},
    )  # fmt: skip
    detail = reviewing_client.get(f"{path}{done['id']}/imports/{bad}/").json()
    assert (detail["before"]["counts"]["delivered"], detail["after"]["counts"]["delivered"]) == (2, 1)
    assert detail["examples"][0]["cells"][0]["issues_after"][0]["value"] == "alan"
    page = {"X-Headgate-Request": "1", "Accept-Language": "de"}
    german = reviewing_client.get(f"{path}{done['id']}/", headers=page).json()
    assert german["changes"][0]["text"] == "„E-mail“ (email): Der Typ ist E-Mail statt Text."
    assert any("Abweichende Zeilen: 1" in one["text"] for result in german["results"] for one in result["summary"])
    germans = reviewing_client.get(f"{path}{done['id']}/imports/{bad}/", headers=page).json()
    assert "E-Mail-Adresse" in germans["examples"][0]["cells"][0]["issues_after"][0]["message"]
    assert [reviewing_client.get(f"/headless/imports/{one}/").json() for one in (good, bad)] == before
    assert reviewing_client.get(path).json()[0]["id"] == done["id"]
    assert reviewing_client.post(f"{path}{done['id']}/cancel/").status_code == 409
    reviewing_client.delete(f"/headless/imports/{bad}/")
    assert reviewing_client.get(f"{path}{done['id']}/imports/{bad}/").status_code == 404
    assert reviewing_client.get(f"{path}{done['id']}/").json()["counts"]["total"] == 1


def test_a_file_that_is_gone_is_named_as_not_testable(
    reviewing: Service, reviewing_client: httpx.Client, tmp_path: Path
) -> None:
    schema = saved(reviewing_client)
    import_id = imported(reviewing_client, schema, b"name,email\nAda,a\n")
    remove_source(reviewing, import_id, tmp_path)
    started = reviewing_client.post(f"/schemas/{schema['id']}/backtest/", json=draft()).json()
    (result,) = ended(reviewing_client, schema, started["id"])["results"]
    assert (result["state"], result["reason"]["code"]) == ("NOT_TESTABLE", "source_deleted")


def test_only_one_back_test_of_a_schema_runs_and_it_can_be_cancelled(reviewing_client: httpx.Client) -> None:
    schema = saved(reviewing_client)
    import_id = imported(reviewing_client, schema, b"name,email\nAda,a\n")
    endless = draft(hooks={"rowHooks": ["(r) => { for (;;) {} }"]})
    path = f"/schemas/{schema['id']}/backtest/"
    started = reviewing_client.post(path, json=endless).json()
    assert reviewing_client.post(path, json=draft()).status_code == 409
    cancelled = reviewing_client.post(f"{path}{started['id']}/cancel/")
    assert (cancelled.status_code, cancelled.json()["state"]) == (200, "CANCELLED")
    again = reviewing_client.post(path, json=draft())
    assert again.status_code == 202
    (result,) = ended(reviewing_client, schema, again.json()["id"])["results"]
    assert (result["import_id"], result["state"]) == (import_id, "SAME")


@pytest.mark.parametrize(
    ("body", "status"),
    [({"fields": FIELDS}, 409), ({"fields": FIELDS, "imports": 0}, 400), ({"fields": FIELDS, "imports": 101}, 400),
     ({"fields": FIELDS, "imports": "3"}, 400), ({}, 400), ({"fields": []}, 400)],
)  # fmt: skip
def test_a_back_test_needs_a_schema_and_imports(
    reviewing_client: httpx.Client, body: dict[str, Any], status: int
) -> None:
    schema = saved(reviewing_client)
    assert reviewing_client.post(f"/schemas/{schema['id']}/backtest/", json=body).status_code == status


def test_another_organization_finds_nothing_of_it(reviewing: Service, reviewing_client: httpx.Client) -> None:
    schema = saved(reviewing_client)
    import_id = imported(reviewing_client, schema, b"name,email\nAda,a\n")
    path = f"/schemas/{schema['id']}/backtest/"
    started = reviewing_client.post(path, json=draft()).json()["id"]
    ended(reviewing_client, schema, started)
    database = reviewing.database()
    accounts = AccountService(database)
    key = accounts.create_key("other", organization_id=accounts.create_organization("Other")).key
    database.dispose()
    with reviewing.client(key) as other:
        for one in (path, f"{path}{started}/", f"{path}{started}/imports/{import_id}/"):
            assert other.get(one).status_code == 404
        for one in (path, f"{path}{started}/cancel/"):
            assert other.post(one, json=draft()).status_code == 404
    mine = saved(reviewing_client)
    assert reviewing_client.get(f"/schemas/{mine['id']}/backtest/{started}/").status_code == 404
