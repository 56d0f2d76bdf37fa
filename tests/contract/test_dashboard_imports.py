"""The dashboard's API over HTTP: finding imports, looking at one, running one again, listening, health and sums."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from headgate.accounts.scopes import Scope
from headgate.accounts.service import AccountService
from tests.contract.harness import CSV, FIELDS, Service, create, held, rows, run, upload, wait
from tests.contract.review_page import until

REVIEW = b"#do review\n"


NOTHING_SENT = {"settings": None, "hooks": None}


@pytest.fixture(scope="module")
def schema(client: httpx.Client) -> dict[str, Any]:
    body = {
        "name": f"People {uuid.uuid4()}",
        "fields": FIELDS,
        "settings": {"importIdentifier": f"people-{uuid.uuid4().hex[:8]}", "developmentMode": True},
    }
    answer = client.post("/schemas/", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.fixture(scope="module")
def three(client: httpx.Client, schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Imports of one schema, oldest first: successful, in review, failed."""
    found = []
    for name, content in (("March orders.csv", CSV), ("april-ORDERS.csv", REVIEW), ("empty.csv", b" ")):
        created = create(client, schema_id=schema["id"], fields=None, original_filename=name)
        upload(created, content)
        found.append(wait(client, created["id"]))
    return found


def find(client: httpx.Client, **query: Any) -> dict[str, Any]:
    answer = client.get("/dashboard/imports/", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def ids(page: dict[str, Any]) -> list[str]:
    return [one["id"] for one in page["results"]]


def look(client: httpx.Client, import_id: str, **query: Any) -> dict[str, Any]:
    answer = client.get(f"/dashboard/imports/{import_id}/", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_the_list_shows_what_a_person_wants_to_know(
    client: httpx.Client, schema: dict[str, Any], three: list[dict[str, Any]]
) -> None:
    one = find(client, schema_id=schema["id"])["results"][-1]
    assert one["status"] == "SUCCESSFUL"
    assert one["original_filename"] == "March orders.csv"
    assert one["saved_schema"] == {"id": schema["id"], "name": schema["name"]}
    assert (one["rows"], one["development_mode"], one["kind"]) == (2, True, "file")
    assert one["import_identifier"] == schema["settings"]["importIdentifier"]
    assert 0 <= one["duration_ms"] < 30_000
    assert (one["progress"], one["submitting"]) == (None, False)


def test_pages_by_cursor_give_every_import_once_newest_first(
    client: httpx.Client, schema: dict[str, Any], three: list[dict[str, Any]]
) -> None:
    seen, cursor = [], None
    for _ in range(3):
        page = find(client, schema_id=schema["id"], limit=1, **({"cursor": cursor} if cursor else {}))
        seen += ids(page)
        cursor = page["next"]
    assert cursor is None
    assert seen == [one["id"] for one in reversed(three)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"status": "FAILED"}, [2]),
        ({"status": "NEEDS_REVIEW", "search": "orders"}, [1]),
        ({"search": "orders"}, [1, 0]),
        ({"search": "ORD"}, [1, 0]),
        ({"search": "orders%"}, []),
        ({"search": "empty", "status": "SUCCESSFUL"}, []),
        ({"development_mode": "true"}, [2, 1, 0]),
        ({"development_mode": "false"}, []),
        ({"since": "2020-01-01", "until": "2020-12-31"}, []),
        ({"since": "2020-01-01T00:00:00Z"}, [2, 1, 0]),
    ],
)
def test_filters_and_search_narrow_the_list(
    client: httpx.Client,
    schema: dict[str, Any],
    three: list[dict[str, Any]],
    query: dict[str, str],
    expected: list[int],
) -> None:
    assert ids(find(client, schema_id=schema["id"], **query)) == [three[n]["id"] for n in expected]


def test_the_day_of_until_is_part_of_the_period(client: httpx.Client, schema: dict[str, Any], three: list[Any]) -> None:
    days = {(datetime.now(UTC) - timedelta(days=n)).date().isoformat() for n in (0, 1)}
    assert any(ids(find(client, schema_id=schema["id"], since=day, until=day)) for day in days)


def test_an_import_is_found_by_its_id_and_by_the_start_of_it(client: httpx.Client, three: list[dict[str, Any]]) -> None:
    wanted = three[0]["id"]
    for text in (wanted, wanted.upper(), wanted.replace("-", ""), wanted[:13]):
        assert wanted in ids(find(client, search=text))


def test_an_import_is_found_by_its_identifier(
    client: httpx.Client, schema: dict[str, Any], three: list[dict[str, Any]]
) -> None:
    page = find(client, import_identifier=schema["settings"]["importIdentifier"])
    assert ids(page) == [one["id"] for one in reversed(three)]


def test_everything_that_is_wrong_with_a_question_is_said_at_once(client: httpx.Client) -> None:
    query = {
        "status": "DONE", "schema_id": "x", "development_mode": "perhaps", "since": "yesterday", "until": "9999-12-31",
        "search": "x" * 300, "cursor": "AAAA", "limit": "0", "import_identifier": "a\0b",
    }  # fmt: skip
    answer = client.get("/dashboard/imports/", params=query)
    assert answer.status_code == 400
    assert "status" in answer.json()
    del query["status"], query["development_mode"]
    assert set(client.get("/dashboard/imports/", params=query).json()) == set(query)


@pytest.mark.parametrize(
    "cursor", ["", "%00", "AAAA", "é", "../../etc", "A" * 90, "____________________________________"]
)
def test_a_strange_cursor_is_no_server_error(client: httpx.Client, cursor: str) -> None:
    assert client.get("/dashboard/imports/", params={"cursor": cursor}).status_code in {200, 400}


def test_the_story_of_a_successful_import(client: httpx.Client, three: list[dict[str, Any]]) -> None:
    found = look(client, three[0]["id"])
    assert [entry["event"] for entry in found["timeline"]] == ["created", "uploaded", "started", "succeeded"]
    assert found["timeline"] == sorted(found["timeline"], key=lambda entry: entry["date"])
    assert found["downloads"] == {"source": True, "result": True, "errors": True, "console": False}
    assert found["rerun"] == {"frozen": True, "current": False, "sent": {"settings": [], "hooks": []}}
    assert found["labels"] == {"name": "Name", "email": "E-mail"}
    assert (found["review_url"], found["reasons"], found["restarts"]) == (None, [], 0)
    assert found["decisions"]["rows"] == {"read": 2, "invalid": 0, "delivered": 2}


def test_an_import_in_review_says_why_and_has_its_link(client: httpx.Client, three: list[dict[str, Any]]) -> None:
    found = look(client, three[1]["id"])
    assert [entry["event"] for entry in found["timeline"]][-1] == "needs_review"
    assert found["reasons"][0]["code"] == "column_match_uncertain"
    assert found["reasons"][0]["text"]
    assert "/review#" in found["review_url"]


def test_a_language_that_nobody_speaks_is_english(client: httpx.Client, three: list[dict[str, Any]]) -> None:
    assert look(client, three[1]["id"], lang="tlh") == look(client, three[1]["id"], lang="en")


def test_the_schema_as_it_is_now_is_offered_only_where_it_is_another(client: httpx.Client) -> None:
    body = {"name": f"Changing {uuid.uuid4()}", "fields": FIELDS, "settings": {"importIdentifier": "changing"}}
    saved = client.post("/schemas/", json=body).json()
    done = run(client, schema_id=saved["id"], fields=None)
    assert look(client, done["id"])["rerun"]["current"] is False
    changed = body | {"fields": [{"label": "First name", "key": "name"}]}
    client.put(f"/schemas/{saved['id']}/", json=changed)
    assert look(client, done["id"])["rerun"] == {"frozen": True, "current": True, "sent": {"settings": [], "hooks": []}}
    again = client.post(f"/dashboard/imports/{done['id']}/rerun/", json={"schema": "current"})
    assert again.status_code == 201, again.text
    wait(client, again.json()["id"])
    assert look(client, again.json()["id"])["labels"] == {"name": "First name"}
    client.delete(f"/schemas/{saved['id']}/")
    listed = look(client, done["id"])
    assert listed["saved_schema"] == {"id": saved["id"], "name": None}
    refused = client.post(f"/dashboard/imports/{done['id']}/rerun/", json={"schema": "current"})
    assert refused.status_code == 409
    assert "frozen" in refused.json()["detail"]


def test_a_rerun_with_the_current_schema_keeps_what_was_sent_with_the_import(client: httpx.Client) -> None:
    settings = {"importIdentifier": f"sent {uuid.uuid4()}", "developmentMode": True}
    body = {"name": settings["importIdentifier"], "fields": FIELDS, "settings": settings}
    saved = client.post("/schemas/", json=body).json()
    sent = {"settings": {"maxRecords": 1, "developmentMode": False}, "hooks": {"rowHooks": ["(row) => row"]}}
    first = create(client, schema_id=saved["id"], fields=None, **sent)
    upload(first, CSV)
    wait(client, first["id"])
    client.put(f"/schemas/{saved['id']}/", json=body | {"fields": [*FIELDS, {"label": "Phone", "key": "phone"}]})
    told = {"settings": ["developmentMode", "maxRecords"], "hooks": ["rowHooks"]}
    assert look(client, first["id"])["rerun"]["sent"] == told
    again = first
    for _ in range(2):  # what was sent goes on to the run of a run
        path = f"/dashboard/imports/{again['id']}/rerun/"
        again = client.post(path, json={"schema": "current"}).json()
        assert again["used"] == {"schema": "current", "version": 2, **told}
        assert again["development_mode"] is False
        wait(client, again["id"])
        found = look(client, again["id"])
        assert found["labels"]["phone"] == "Phone"
        assert found["rerun"] == {"frozen": True, "current": False, "sent": told}
    frozen = client.post(f"/dashboard/imports/{first['id']}/rerun/").json()
    assert frozen["used"] == {"schema": "frozen", "version": None, **told}


def test_a_rerun_reads_the_same_bytes_with_the_same_schema_and_leaves_the_old_import_alone(
    client: httpx.Client, three: list[dict[str, Any]]
) -> None:
    before = look(client, three[0]["id"])
    answer = client.post(f"/dashboard/imports/{three[0]['id']}/rerun/")
    assert answer.status_code == 201, answer.text
    again = answer.json()
    assert again["original_filename"] == "March orders.csv"
    assert wait(client, again["id"])["status"] == "SUCCESSFUL"
    assert rows(client, again["id"]) == rows(client, three[0]["id"])
    assert look(client, again["id"])["rerun_of"] == three[0]["id"]
    assert look(client, three[0]["id"]) == before
    assert client.delete(f"/headless/imports/{again['id']}/").status_code == 204
    assert rows(client, three[0]["id"])


def test_rows_that_came_as_json_can_be_run_again(client: httpx.Client) -> None:
    created = create(client, initial_data=[{"name": "Ada", "email": "ada@example.com"}])
    wait(client, created["id"])
    again = client.post(f"/dashboard/imports/{created['id']}/rerun/").json()
    assert again["kind"] == "initial_data"
    assert wait(client, again["id"])["status"] == "SUCCESSFUL"
    assert rows(client, again["id"]) == [{"name": "Ada", "email": "ada@example.com"}]


@pytest.mark.parametrize("body", [{"schema": "newest"}, {"schema": None}, {"schema": ["frozen"]}])
def test_a_rerun_with_an_unknown_schema_is_refused(
    client: httpx.Client, three: list[dict[str, Any]], body: dict[str, Any]
) -> None:
    answer = client.post(f"/dashboard/imports/{three[0]['id']}/rerun/", json=body)
    assert (answer.status_code, list(answer.json())) == (400, ["schema"])


def test_an_import_without_a_file_cannot_be_run_again(client: httpx.Client) -> None:
    created = create(client)
    answer = client.post(f"/dashboard/imports/{created['id']}/rerun/")
    assert answer.status_code == 409
    assert "Nothing was uploaded" in answer.json()["detail"]
    found = look(client, created["id"])
    assert found["rerun"] == {"frozen": False, "current": False, "sent": NOTHING_SENT}
    assert [entry["event"] for entry in found["timeline"]] == ["created"]


@pytest.mark.parametrize("path", ["", "issues/", "console/"])
def test_an_import_of_another_organization_is_not_there(
    other_client: httpx.Client, three: list[dict[str, Any]], path: str
) -> None:
    answer = other_client.get(f"/dashboard/imports/{three[0]['id']}/{path}")
    assert (answer.status_code, answer.json()) == (404, {"detail": "Not found."})


def test_another_organization_finds_nothing_and_runs_nothing_again(
    other_client: httpx.Client, three: list[dict[str, Any]]
) -> None:
    assert other_client.post(f"/dashboard/imports/{three[0]['id']}/rerun/").status_code == 404
    assert not set(ids(find(other_client))) & {one["id"] for one in three}
    assert ids(find(other_client, search=three[0]["id"])) == []


def test_issues_and_console_of_an_import_without_any_are_empty_pages(
    client: httpx.Client, three: list[dict[str, Any]]
) -> None:
    for path in ("issues", "console"):
        answer = client.get(f"/dashboard/imports/{three[2]['id']}/{path}/")
        assert answer.json() == {"results": [], "next": None}


def test_a_listener_hears_of_an_import_while_it_goes_on(service: Service, client: httpx.Client, tmp_path: Path) -> None:
    heard: list[dict[str, Any]] = []
    listening, done = threading.Event(), threading.Event()

    def listen() -> None:
        with (
            service.client(client.headers["X-Dromo-License-Key"]) as own,
            own.stream("GET", "/dashboard/imports/events/") as answer,
        ):
            assert answer.headers["content-type"].startswith("text/event-stream")
            for line in answer.iter_lines():
                listening.set()
                if line.startswith("data: ") and (data := json.loads(line[6:])):
                    heard.append(data)
                    if data["status"] == "SUCCESSFUL":
                        done.set()
                        return

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    assert listening.wait(20)
    created = create(client, original_filename="slow.csv")
    upload(created, held(tmp_path / "go"))
    until(lambda: any((one["id"], one["status"]) == (created["id"], "RUNNING") for one in list(heard)))
    (tmp_path / "go").touch()
    assert done.wait(60)
    thread.join(10)
    own = [one for one in heard if one["id"] == created["id"]]
    assert own[-1]["status"] == "SUCCESSFUL"


def test_the_summary_counts_by_day_and_status(client: httpx.Client, three: list[dict[str, Any]]) -> None:
    found = client.get("/dashboard/summary/", params={"days": 3}).json()
    assert len(found["days"]) in {3, 4}
    assert sum(day["statuses"].get("SUCCESSFUL", 0) for day in found["days"]) >= 1
    assert sum(day["statuses"].get("FAILED", 0) for day in found["days"]) >= 1
    assert sum(day["rows"] for day in found["days"]) >= 2
    assert found["standing"]["NEEDS_REVIEW"] >= 1
    assert client.get("/dashboard/summary/", params={"days": "many"}).status_code == 400


def test_the_health_says_how_the_parts_are(client: httpx.Client) -> None:
    found = client.get("/dashboard/health/").json()
    assert found["database"]["ok"] is True
    assert found["database"]["size"] > 0
    assert found["workers"]["size"] == 2
    assert found["disk"]["total"] > found["disk"]["free"] > 0
    assert found["queue"]["running"] >= 0


@pytest.fixture(scope="module")
def admin(service: Service) -> Iterator[httpx.Client]:
    """A key that may change settings, in an organization of its own."""
    database = service.database()
    accounts = AccountService(database)
    organization = accounts.create_organization("Settings")
    key = accounts.create_key("admin", organization_id=organization, scopes=list(Scope)).key
    database.dispose()
    with service.client(key) as one:
        yield one


def test_settings_are_kept_and_replaced(admin: httpx.Client) -> None:
    assert admin.get("/dashboard/settings/").json()["retention_days"] is None
    answer = admin.put("/dashboard/settings/", json={"retention_days": 90})
    assert (answer.status_code, answer.json()["retention_days"]) == (200, 90)
    assert admin.get("/dashboard/settings/").json()["modified_date"]
    assert admin.patch("/dashboard/settings/", json={}).json()["retention_days"] == 90
    assert admin.put("/dashboard/settings/", json={}).json()["retention_days"] is None


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"retention_days": 0}, "retention_days"),
        ({"retention_days": "30"}, "retention_days"),
        ({"retention_days": 1e99}, "retention_days"),
        ({"retentionDays": 30}, "retentionDays"),
    ],
)
def test_settings_that_make_no_sense_are_refused(admin: httpx.Client, body: dict[str, Any], problem: str) -> None:
    answer = admin.put("/dashboard/settings/", json=body)
    assert (answer.status_code, list(answer.json())) == (400, [problem])


def test_the_configuration_shows_every_setting_and_no_secret(admin: httpx.Client) -> None:
    entries = {one["name"]: one for one in admin.get("/dashboard/settings/").json()["configuration"]}
    assert entries["workers"]["value"] == 2
    assert entries["workers"]["environment"] == "HEADGATE_WORKERS"
    assert (entries["transform_key"]["secret"], entries["transform_key"]["value"]) == (True, None)


def test_only_admins_see_and_change_settings(client: httpx.Client) -> None:
    assert client.get("/dashboard/settings/").status_code == 403
    assert client.put("/dashboard/settings/", json={"retention_days": 1}).status_code == 403
    assert client.patch("/dashboard/settings/", json={"retention_days": 1}).status_code == 403
