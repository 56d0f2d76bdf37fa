"""The service with the engine that it ships: files in, typed rows out, over a `kill -9` too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.contract.harness import Service, create, rows, run, upload, wait
from tests.contract.review_page import until

FIELDS = [
    {"label": "Full name", "key": "name", "validators": [{"validate": "required"}]},
    {"label": "Amount", "key": "amount", "type": "number"},
    {"label": "Since", "key": "since", "type": "date"},
]
CSV = b"Full name;Amount;Since\nAda;1.234,50;27.3.2022\n;12,5;1.4.2022\nAlan;x;2.4.2022\n"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    running = Service(
        tmp_path_factory.mktemp("shipped") / "data", real_engine=True, workers=1, chunk_size=1 << 20
    ).start()
    yield running
    running.kill()


def client_of(service: Service) -> httpx.Client:
    return service.client(service.key())


def test_rows_are_read_typed_checked_and_explained(shipped: Service) -> None:
    with client_of(shipped) as client:
        settings = {"importIdentifier": "People"}
        user = {"id": "7"}
        done = run(client, CSV, fields=FIELDS, settings=settings, import_metadata={"user": user})
        assert done["status"] == "SUCCESSFUL", done
        assert rows(client, done["id"]) == [{"name": "Ada", "amount": 1234.5, "since": "2022-03-27"}]
        metadata = done["result_metadata"]
        assert (metadata["id"], metadata["user"]) == (done["id"], user)
        assert metadata["rowsWithError"] == [1, 2]
        assert [(one["rowIndex"], one["fieldKey"]) for one in metadata["errors"]] == [(1, "name"), (2, "amount")]
        assert metadata["decisions"]["rows"]["read"] == 3
        page = {"X-Headgate-Request": "1", "Accept-Language": "de"}
        shown = client.get(f"/dashboard/imports/{done['id']}/issues/", headers=page).json()["results"]
        assert [one["message"] for one in shown if one["fieldKey"] == "name"] == ["Ein Wert ist erforderlich."]
        url = client.get(f"/headless/imports/{done['id']}/errors/").json()["presigned_url"]
        lines = [json.loads(line) for line in httpx.get(url).text.splitlines()]
        assert [(one["rowIndex"], one["fieldKey"]) for one in lines if one["level"] == "error"] == [
            (1, "name"),
            (2, "amount"),
        ]
        assert client.get(f"/upload/{done['id']}/metadata/").json()["field_order"] == ["name", "amount", "since"]
        assert [one["import_identifier"] for one in client.get("/memory/").json()] == ["People"]


@pytest.mark.parametrize(
    ("wanted", "start"),
    [("json", b"["), ("ndjson", b"{"), ("csv", b"name"), ("xlsx", b"PK"), ("parquet", b"PAR1")],
)
def test_results_come_in_every_format(shipped: Service, wanted: str, start: bytes) -> None:
    with client_of(shipped) as client:
        done = run(client, CSV, fields=FIELDS)
        url = client.get(f"/headless/imports/{done['id']}/url/?format={wanted}").json()["presigned_url"]
        assert httpx.get(url).content.lstrip(b"\xef\xbb\xbf").startswith(start)


def test_initial_data_keeps_every_digit(shipped: Service) -> None:
    body = json.dumps({"fields": FIELDS, "initial_data": [{"name": "Ada", "amount": 0, "since": None}]})
    with client_of(shipped) as client:
        made = client.post(
            "/headless/imports/", content=body.replace('"amount": 0', '"amount": 12345678901234567890.25')
        )
        done = wait(client, made.json()["id"])
        assert done["status"] == "SUCCESSFUL", done
        url = client.get(f"/headless/imports/{done['id']}/url/").json()["presigned_url"]
        assert b"12345678901234567890.25" in httpx.get(url).content


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", "FAILED", "file_empty"),
        (b"\x1f\x8b\x08\x00cut", "FAILED", "file_corrupt"),
        (b"one,two\n1,2\n", "NEEDS_REVIEW", None),
    ],
)
def test_what_cannot_be_imported_says_why(shipped: Service, content: bytes, status: str, code: str | None) -> None:
    with client_of(shipped) as client:
        done = run(client, content, fields=FIELDS)
        assert done["status"] == status
        assert code in {None, done["import_errors"][0]["code"]}
        assert (done["review_url"] is not None) == (status == "NEEDS_REVIEW")


def test_memory_is_used_by_the_next_import(shipped: Service) -> None:
    learned: dict[str, Any] = {"headers": [{"header": "Xyz", "field": "name"}]}
    with client_of(shipped) as client:
        client.put("/memory/Remembered/", json=learned)
        settings = {"importIdentifier": "Remembered", "autoMapHeaders": True}
        done = run(client, b"Xyz,Amount,Since\nAda,1,2022-03-27\n", fields=FIELDS, settings=settings)
        assert done["status"] == "SUCCESSFUL", done
        column = done["result_metadata"]["decisions"]["columns"][0]
        assert (column["field"], column["method"]) == ("name", "memory")


def test_a_known_sender_whose_file_lost_a_column_is_told_so(shipped: Service) -> None:
    fields = [{**field, "validators": []} for field in FIELDS]
    settings = {"importIdentifier": "Drifting", "autoMapHeaders": True}
    with client_of(shipped) as client:
        first = run(client, b"Full name,Amount,Since\nAda,1,2022-03-27\n", fields=fields, settings=settings)
        assert first["result_metadata"]["decisions"]["layout"] is None
        done = run(client, b"Full name,Remark,Since\nAda,hello,2022-03-27\n", fields=fields, settings=settings)
        assert done["status"] == "SUCCESSFUL", done
        decisions = done["result_metadata"]["decisions"]
        assert decisions["layout"] == {
            "known": 2, "new": ["Remark"], "missing": [{"field": "amount", "header": "amount", "count": 1}],
        }  # fmt: skip
        assert {"code": "layout_changed", "fields": ["Amount"]} in decisions["warnings"]


@pytest.mark.slow
def test_a_large_import_that_was_killed_gives_the_same_bytes_after_a_restart(shipped: Service) -> None:
    content = b"Full name,Amount,Since\n" + b"".join(b"P%d,%d.5,2022-03-27\n" % (n, n) for n in range(400_000))
    key = shipped.key()
    with shipped.client(key) as client:
        expected = run(client, content, fields=FIELDS)
        url = client.get(f"/headless/imports/{expected['id']}/url/").json()["presigned_url"]
        whole = httpx.get(url).content
        made = create(client, fields=FIELDS)
        upload(made, content)
        parts = shipped.data_dir / "unfinished" / made["id"] / "parts"
        until(lambda: (parts / "000000" / "part.json").exists())
    shipped.kill()
    assert (parts / "000000" / "part.json").exists(), "it was not done yet"
    shipped.start()
    with shipped.client(key) as client:
        done = wait(client, made["id"], 60)
        assert done["status"] == "SUCCESSFUL", done
        url = client.get(f"/headless/imports/{made['id']}/url/").json()["presigned_url"]
        assert httpx.get(url).content == whole
    until(lambda: not list((shipped.data_dir / "unfinished").iterdir()))
