"""api.md, "Headless imports", "Create body", "Statuses", "Result file"."""

from __future__ import annotations

import concurrent.futures
import functools
import time
import uuid
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.contract.harness import CSV, FIELDS, Service, create, held, rows, run, upload, wait
from tests.contract.review_page import until

FILE = {"fields": FIELDS, "original_filename": "a"}
NESTED: Any = functools.reduce(lambda inner, _: [inner], range(300), 1)
"""Deeper than one record may be."""


def refused(client: httpx.Client, **body: Any) -> Any:
    before = client.get("/headless/imports/").json()["count"]
    answer = client.post("/headless/imports/", json=body)
    assert answer.status_code == 400, answer.text
    assert client.get("/headless/imports/").json()["count"] == before
    return answer.json()


def test_a_file_import_waits_for_its_file_runs_and_gives_its_rows(client: httpx.Client) -> None:
    made = create(client, original_filename="people.csv")
    assert made["status"] == "AWAITING_UPLOAD"
    assert made["schema_id"] is None
    assert [made[key] for key in ("review_url", "result_metadata", "import_errors")] == [None, None, None]
    assert client.get(f"/headless/imports/{made['id']}/url/").status_code == 404
    upload(made)
    done = wait(client, made["id"])
    assert done["status"] == "SUCCESSFUL"
    assert done["upload"] is None
    assert done["import_errors"] is None
    metadata = done["result_metadata"]
    assert (metadata["id"], metadata["user"], metadata["totalRows"]) == (made["id"], None, 2)
    assert metadata["decisions"]["rows"]["read"] == 2
    assert rows(client, made["id"]) == [
        {"name": "Ada", "email": "ada@example.com"},
        {"name": "Alan", "email": "alan@example.com"},
    ]


@pytest.mark.on_disk
def test_an_upload_that_was_answered_is_accepted(client: httpx.Client) -> None:
    made = create(client)
    upload(made)
    assert client.get(f"/headless/imports/{made['id']}/").json()["status"] != "AWAITING_UPLOAD"


def test_the_full_object_has_exactly_the_documented_keys(client: httpx.Client) -> None:
    keys = ["id", "schema_id", "status", "original_filename", "created_date", "modified_date"]
    full = [*keys, "upload", "review_url", "result_metadata", "import_errors"]
    assert list(create(client)) == full
    assert list(client.get("/headless/imports/?limit=1").json()["results"][0]) == keys


@pytest.mark.parametrize(
    "data",
    [
        [{"name": "Ada", "email": "a@b.co"}],
        [["Ada", "a@b.co"]],
        '[{"name": "Ada", "email": "a@b.co"}]',
    ],
)
def test_initial_data_runs_at_once_in_every_form(client: httpx.Client, data: Any) -> None:
    made = create(client, initial_data=data)
    assert made["status"] in {"PENDING", "RUNNING", "SUCCESSFUL"}
    assert made["upload"] is None
    assert wait(client, made["id"])["status"] == "SUCCESSFUL"
    assert rows(client, made["id"]) == [{"name": "Ada", "email": "a@b.co"}]


def test_initial_data_may_stand_in_the_settings(client: httpx.Client) -> None:
    answer = client.post(
        "/headless/imports/", json={"fields": FIELDS, "settings": {"initialData": [{"name": "Ada", "email": ""}]}}
    )
    assert wait(client, answer.json()["id"])["status"] == "SUCCESSFUL"


def test_numbers_in_initial_data_keep_every_digit(service: Service, client: httpx.Client) -> None:
    body = b'{"fields": [{"label": "N", "key": "n"}], "initial_data": [{"n": 1.10}, {"n": 12345678901234567890123}]}'
    made = client.post("/headless/imports/", content=body).json()
    wait(client, made["id"])
    url = client.get(f"/upload/{made['id']}/metadata/").json()["raw_upload"]["download_url"]
    assert httpx.get(url).content == b'[{"n":1.10},{"n":12345678901234567890123}]'


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        ({}, {"schema_id", "original_filename"}),
        ({"fields": FIELDS}, {"original_filename"}),
        ({"fields": FIELDS, "schema_id": str(uuid.uuid4()), "original_filename": "a"}, {"schema_id"}),
        ({"fields": FIELDS, "original_filename": "a", "initial_data": []}, {"initial_data"}),
        ({"fields": FIELDS, "original_filename": 3}, {"original_filename"}),
        ({"fields": FIELDS, "original_filename": "  "}, {"original_filename"}),
        ({"fields": FIELDS, "original_filename": "a\0b"}, {"original_filename"}),
        ({"fields": FIELDS, "initial_data": {"a": 1}}, {"initial_data"}),
        ({"fields": FIELDS, "initial_data": "not json"}, {"initial_data"}),
        ({"fields": FIELDS, "initial_data": [{"name": 1}, ["x"]]}, {"initial_data[1]"}),
        ({"fields": FIELDS, "initial_data": [1, None]}, {"initial_data[0]", "initial_data[1]"}),
        (FILE | {"import_metadata": {"user": {"name": "x"}}}, {"import_metadata.user.id"}),
        (FILE | {"import_metadata": []}, {"import_metadata"}),
        ({"fields": [{"key": "a", "label": "A", "tpye": "x"}], "original_filename": "a"}, {"fields[0].tpye"}),
        ({"fields": FIELDS, "settings": {"maxRecord": 1}, "original_filename": "a"}, {"settings.maxRecord"}),
        ({"fields": FIELDS, "settings": [], "hooks": 3, "original_filename": "a"}, {"settings", "hooks"}),
        ({"fields": FIELDS, "hooks": {"rowHooks": ["r =>"]}, "original_filename": "a"}, {"hooks.rowHooks[0]"}),
        (FILE | {"settings": {"maxRecord": 1}, "hooks": {"rowHooks": ["r =>"]}},
         {"settings.maxRecord", "hooks.rowHooks[0]"}),
        ({"fields": FIELDS, "initial_data": [{"name": NESTED}]}, {"initial_data"}),
        ({"fields": FIELDS, "settings": {"initialData": [{"name": NESTED}]}}, {"settings.initialData"}),
        (
            {"fields": [{"key": "a"}, {"key": "a", "label": "A", "type": "nmber"}], "settings": {"locale": "xx"},
             "import_metadata": {"user": 3}, "initial_data": 3},
            {"fields[0].label", "fields[1].key", "fields[1].type", "settings.locale", "import_metadata.user",
             "initial_data"},
        ),
    ],
)  # fmt: skip
def test_everything_that_is_wrong_is_named_at_once_and_nothing_is_created(
    client: httpx.Client, body: dict[str, Any], paths: set[str]
) -> None:
    problems = refused(client, **body)
    assert set(problems) == paths
    assert all(isinstance(message, str) for messages in problems.values() for message in messages)


def test_unknown_top_level_keys_are_ignored(client: httpx.Client) -> None:
    assert create(client, colour="red")["status"] == "AWAITING_UPLOAD"


def test_an_unknown_schema_is_404(client: httpx.Client) -> None:
    for identifier in (str(uuid.uuid4()), "x"):
        answer = client.post("/headless/imports/", json={"schema_id": identifier, "original_filename": "a.csv"})
        assert (answer.status_code, answer.json()) == (404, {"detail": "Not found."})


def test_initial_data_has_a_limit(client: httpx.Client) -> None:
    problems = refused(client, fields=FIELDS, initial_data=[{"name": "x" * 16 * 1024 * 1024}])
    assert set(problems) == {"initial_data"}


def test_settings_are_merged_over_the_saved_ones_and_the_saved_schema_stays(client: httpx.Client) -> None:
    saved = {
        "name": "merge",
        "fields": FIELDS,
        "settings": {"importIdentifier": "Merged", "maxFileSize": 5, "locale": "de"},
    }
    schema = client.post("/schemas/", json=saved).json()
    body = {"schema_id": schema["id"], "original_filename": "a.csv", "settings": {"maxFileSize": 100_000}}
    made = client.post("/headless/imports/", json=body).json()
    assert made["schema_id"] == schema["id"]
    upload(made)  # 5 bytes would not be enough
    assert wait(client, made["id"])["result_metadata"]["importIdentifier"] == "Merged"
    assert client.get(f"/schemas/{schema['id']}/").json()["settings"] == saved["settings"]


def test_an_import_keeps_the_schema_that_it_was_created_with(client: httpx.Client) -> None:
    schema = client.post(
        "/schemas/", json={"name": "frozen", "fields": FIELDS, "settings": {"importIdentifier": "Before"}}
    ).json()
    made = client.post("/headless/imports/", json={"schema_id": schema["id"], "original_filename": "a.csv"}).json()
    changed = {"name": "frozen", "fields": FIELDS[:1], "settings": {"importIdentifier": "After"}}
    assert client.put(f"/schemas/{schema['id']}/", json=changed).status_code == 200
    assert client.delete(f"/schemas/{schema['id']}/").status_code == 204
    upload(made)
    done = wait(client, made["id"])
    assert done["result_metadata"]["importIdentifier"] == "Before"
    assert done["schema_id"] == schema["id"]


def test_the_user_comes_back_as_sent(client: httpx.Client) -> None:
    user = {"id": "7", "name": "Ada", "email": "ada@example.com", "companyId": "c", "companyName": "Co"}
    done = run(client, import_metadata={"user": user})
    assert done["result_metadata"]["user"] == user


def test_an_idempotency_key_gives_the_same_import_and_refuses_another_body(client: httpx.Client) -> None:
    body = {"fields": FIELDS, "original_filename": "a.csv"}
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    first = client.post("/headless/imports/", json=body, headers=headers)
    again = client.post("/headless/imports", json=body, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]
    other = client.post("/headless/imports/", json=body | {"original_filename": "b.csv"}, headers=headers)
    assert other.status_code == 422
    bad = client.post("/headless/imports/", json=body, headers={"Idempotency-Key": "x" * 300})
    assert bad.status_code == 400


def test_of_the_same_request_sent_many_times_at_once_one_import_comes(client: httpx.Client) -> None:
    body = {"fields": FIELDS, "initial_data": [{"name": "Ada"}]}
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    with concurrent.futures.ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda _: client.post("/headless/imports/", json=body, headers=headers), range(6)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1


def test_an_idempotency_key_belongs_to_one_organization(client: httpx.Client, other_client: httpx.Client) -> None:
    headers = {"Idempotency-Key": "shared"}
    body = {"fields": FIELDS, "original_filename": "a.csv"}
    mine = client.post("/headless/imports/", json=body, headers=headers).json()
    theirs = other_client.post("/headless/imports/", json=body, headers=headers).json()
    assert mine["id"] != theirs["id"]
    other_client.delete(f"/headless/imports/{theirs['id']}/")


def test_lists_are_paged_newest_first_with_full_urls(client: httpx.Client) -> None:
    made = [create(client)["id"] for _ in range(3)]
    page = client.get("/headless/imports?limit=2").json()
    assert [one["id"] for one in page["results"]] == made[:0:-1]
    assert page["previous"] is None
    following = client.get(page["next"]).json()
    assert following["results"][0]["id"] == made[0]
    assert client.get(following["previous"]).json()["results"] == page["results"]
    assert client.get("/headless/imports/?limit=5000").status_code == 200
    assert client.get(f"/headless/imports/?offset={10**30}").json()["results"] == []
    wrong = client.get("/headless/imports/?limit=0&offset=-1")
    assert (wrong.status_code, set(wrong.json())) == (400, {"limit", "offset"})


def test_results_come_in_every_format_and_are_made_once(client: httpx.Client) -> None:
    done = run(client, original_filename="../My people.csv")
    for wanted in ("json", "ndjson", "csv", "parquet"):
        for base in (f"/headless/imports/{done['id']}/url/", f"/upload/{done['id']}/url"):
            url = client.get(base, params={"format": wanted}).json()["presigned_url"]
            answer = httpx.get(url)
            assert answer.status_code == 200
            assert f"My%20people.{wanted}" in answer.headers["content-disposition"]
    assert httpx.get(url, headers={"Range": "bytes=0-3"}).status_code == 206


@pytest.mark.on_disk
def test_a_result_is_sent_as_what_it_is_and_nothing_else(client: httpx.Client) -> None:
    url = client.get(f"/headless/imports/{run(client)['id']}/url/").json()["presigned_url"]
    assert httpx.head(url).status_code == 200
    assert httpx.get(url).headers["x-content-type-options"] == "nosniff"


def test_a_format_that_is_unknown_or_cannot_hold_the_rows_is_400(client: httpx.Client) -> None:
    done = run(client)
    for wanted in ("xml", "xlsx"):
        answer = client.get(f"/headless/imports/{done['id']}/url/?format={wanted}")
        assert answer.status_code == 400
        assert set(answer.json()) == {"format"}


def test_the_complete_list_of_errors_can_be_downloaded(client: httpx.Client) -> None:
    done = run(client)
    url = client.get(f"/headless/imports/{done['id']}/errors/").json()["presigned_url"]
    assert httpx.get(url).status_code == 200


@pytest.mark.on_disk
@pytest.mark.parametrize(
    "change",
    [
        ("signature=", "signature=A"),
        ("expires=", "expires=9"),
        ("rows.json", "table.parquet"),
        ("name=", "name=x"),
        ("imports/", "imports//"),
    ],
)
def test_a_download_url_that_was_changed_is_403(client: httpx.Client, change: tuple[str, str]) -> None:
    done = run(client)
    url = client.get(f"/headless/imports/{done['id']}/url/").json()["presigned_url"]
    answer = httpx.get(url.replace(*change))
    assert answer.status_code == 403
    assert list(answer.json()) == ["detail"]


def test_an_empty_file_fails_with_a_code_and_a_message(client: httpx.Client) -> None:
    failed = run(client, b"")
    assert failed["status"] == "FAILED"
    assert failed["import_errors"][0]["code"] == "file_empty"
    assert failed["result_metadata"] is None
    assert client.get(f"/headless/imports/{failed['id']}/url/").status_code == 404


def test_a_worker_that_crashes_is_tried_again_and_after_three_times_the_import_fails(
    client: httpx.Client, tmp_path: Any
) -> None:
    recovering = run(client, f"#do crash-until {tmp_path / 'count'} 2\n".encode() + CSV)
    assert recovering["status"] == "SUCCESSFUL"
    failed = run(client, b"#do crash\n")
    assert (failed["status"], failed["import_errors"][0]["code"]) == ("FAILED", "worker_crashed")
    assert run(client)["status"] == "SUCCESSFUL"


@pytest.mark.parametrize(
    ("command", "code"),
    [("memory", "memory_limit_exceeded"), ("forever", "time_limit_exceeded"), ("raise", "internal_error")],
)
def test_an_import_beyond_its_limits_fails_and_the_service_goes_on(
    client: httpx.Client, command: str, code: str
) -> None:
    failed = run(client, f"#do {command}\n".encode())
    assert (failed["status"], failed["import_errors"][0]["code"]) == ("FAILED", code)
    assert "Traceback" not in str(failed)
    assert run(client)["status"] == "SUCCESSFUL"


def test_progress_of_a_run_can_be_watched(client: httpx.Client, tmp_path: Path) -> None:
    made = create(client)
    upload(made, held(tmp_path / "go"))
    watched = {"status": "RUNNING", "step": "types", "fraction": 0.5}
    until(lambda: client.get(f"/headless/imports/{made['id']}/progress/").json() == watched)
    (tmp_path / "go").touch()
    assert wait(client, made["id"])["status"] == "SUCCESSFUL"


def test_deleting_removes_everything_and_stops_the_run(service: Service, client: httpx.Client) -> None:
    done = run(client)
    running = create(client)
    upload(running, b"#do forever\n")
    waiting = create(client)
    while client.get(f"/headless/imports/{running['id']}/").json()["status"] != "RUNNING":
        time.sleep(0.02)
    url = client.get(f"/headless/imports/{done['id']}/url/").json()["presigned_url"]
    for one in (done, running, waiting):
        assert client.delete(f"/headless/imports/{one['id']}/").status_code == 204
        assert client.get(f"/headless/imports/{one['id']}/").status_code == 404
        assert client.delete(f"/headless/imports/{one['id']}/").status_code == 404
    assert httpx.get(url).status_code == 404
    assert run(client)["status"] == "SUCCESSFUL"  # a worker is free again
    for one in (done, running, waiting):
        until(lambda one=one: not list(service.data_dir.rglob(f"*{one['id']}*")))


@pytest.mark.on_disk
def test_nothing_can_be_uploaded_to_a_deleted_import(client: httpx.Client) -> None:
    waiting = create(client)
    client.delete(f"/headless/imports/{waiting['id']}/")
    assert httpx.put(waiting["upload"], content=CSV).status_code == 404


def test_learned_matches_are_given_to_the_next_import_and_can_be_managed(client: httpx.Client) -> None:
    settings = {"importIdentifier": "Learn / ü", "autoMapHeaders": True}
    run(client, settings=settings)
    assert run(client, settings=settings)["result_metadata"]["memoryGiven"] is True
    path = "/memory/Learn%20%2F%20%C3%BC/"
    path = "/memory/Learn%20%2F%20%C3%BC/"
    known = client.get(path).json()
    assert [(one["header"], one["field"], one["count"]) for one in known["headers"]] == [
        ("name", "name", 2),
        ("email", "email", 2),
    ]
    listed = [one["import_identifier"] for one in client.get("/memory/").json()]
    assert "Learn / ü" in listed
    known["headers"][0]["field"] = "email"
    known["values"] = [{"field": "stage", "value": "demonstration", "option": "demo"}]
    changed = client.put(path, json=known)
    assert changed.status_code == 200
    assert changed.json()["values"][0]["option"] == "demo"
    wrong = client.put(path, json={"headers": [{"header": "", "field": 3}], "values": [{"field": "a"}]})
    assert set(wrong.json()) == {"headers[0].header", "headers[0].field", "values[0].value", "values[0].option"}
    assert client.get(path).json() == changed.json()
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404
