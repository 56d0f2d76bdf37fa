"""What a deletion leaves on a real service: nothing of the file, its name, its user, its edits, its hooks, its webhooks."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import MetaData, select

from tests.contract.harness import Service, create, upload, wait
from tests.contract.review_page import Page, until
from tests.receiver import Receiver, Reply

MARKER = "Q7xMARKERz9"
FIELDS: list[dict[str, Any]] = [
    {"label": "Name", "key": "name", "validators": [{"validate": "required"}]},
    {"label": "Amount", "key": "amount", "type": "number"},
    {
        "label": "Plan", "key": "plan", "type": "select",
        "selectOptions": [{"label": "Basic", "value": "basic"}, {"label": "Pro", "value": "pro"}],
    },
]  # fmt: skip
HOOK = """(r) => {
  console.log('saw ' + r.row.name.value)
  r.row.name.info = [{level: 'warning', message: r.row.name.value}]
  return r
}"""
HOOKS = {"rowHooks": [HOOK]}
CSV = f"name,amount,plan\nAda {MARKER},{MARKER},Basic\nAlan,2,plan {MARKER}\nGrace,3,Pro\n".encode()
FILENAME = f"{MARKER}.csv"


@pytest.fixture(scope="module")
def listening() -> Iterator[Receiver]:
    with Receiver(lambda *_: Reply(body=f"thanks for {MARKER}".encode())) as running:
        yield running


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("private") / "data"


@pytest.fixture(scope="module")
def private(data_dir: Path, listening: Receiver) -> Iterator[Service]:
    hosts = f"localhost:{listening.port},127.0.0.1:{listening.port}"
    running = Service(
        data_dir, real_engine=True, workers=1, review_processes=1, webhook_private_hosts=hosts, encrypt_files=True
    ).start()
    yield running
    running.kill()


@pytest.fixture
def client(private: Service) -> Iterator[httpx.Client]:
    with private.client(private.key()) as one:
        yield one


def files_with_marker(data_dir: Path) -> set[str]:
    """The files that have it, by name or content: the database's too, with its free pages and its log."""
    return {
        str(path.relative_to(data_dir))
        for path in data_dir.rglob("*")
        if path.is_file() and (MARKER in path.name or MARKER.encode() in path.read_bytes())
    }


def tables_with_marker(private: Service) -> set[str]:
    database, there = private.database(), MetaData()
    with database.engine.connect() as connection:
        there.reflect(connection)
        found = [table.name for table in there.sorted_tables if MARKER in repr(connection.execute(select(table)).all())]
    database.dispose()
    return set(found)


def reviewed(private: Service, client: httpx.Client, listening: Receiver) -> str:
    """An import that was reviewed, edited, downloaded and told of, with the marker wherever something can stand."""
    client.post("/webhooks/", json={"url": listening.url(host="localhost")}).raise_for_status()
    settings = {"importIdentifier": "private", "invalidDataBehavior": "BLOCK_SUBMIT"}
    user = {"id": MARKER, "name": MARKER, "email": f"{MARKER}@example.com"}
    created = create(
        client, fields=FIELDS, settings=settings, hooks=HOOKS, original_filename=FILENAME,
        import_metadata={"user": user},
    )  # fmt: skip
    upload(created, CSV)
    page = Page(private, wait(client, created["id"], 120))
    page.ready(120)
    decided = {"values": {"plan": {f"plan {MARKER}": "pro"}}, "orders": {}}
    page.send("PUT", "/values", json=decided, timeout=120).raise_for_status()
    page.post("/advance", {"to": "review"})
    page.ready(120)
    first = page.post("/rows", {"limit": 1})["rows"][0]["row"]
    page.edit(first, "amount", "1")
    page.edit(first, "name", f"edited {MARKER}")
    page.post("/export", {"rows": "all", "format": "csv"})
    page.submit()
    until(lambda: client.get(f"/headless/imports/{page.id}/").json()["status"] == "SUCCESSFUL", 120)
    client.get(f"/headless/imports/{page.id}/url/", params={"format": "csv"}).raise_for_status()
    until(lambda: [one for one in client.get("/webhooks/deliveries/").json()["results"] if one["state"] == "delivered"])
    return page.id


def receipts(client: httpx.Client, **query: Any) -> list[dict[str, Any]]:
    answer = client.get("/deletions/", params=query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def test_after_a_deletion_nothing_of_an_import_is_left_in_tables_and_files(
    private: Service, client: httpx.Client, listening: Receiver, data_dir: Path
) -> None:
    import_id = reviewed(private, client, listening)
    assert not [name for name in files_with_marker(data_dir) if name.startswith("files/")], "encrypted"
    check_downloads(client, import_id)
    there = tables_with_marker(private)
    assert {"imports", "review_changes", "webhook_events", "webhook_attempts", "learned_matches"} <= there
    answer = client.delete(f"/headless/imports/{import_id}/")
    assert answer.status_code == 204, answer.text
    deletion = answer.headers["Deletion-Receipt"]
    told = until(lambda: _complete(client, deletion), 90)
    assert (told["kind"], told["object_id"], told["reason"]) == ("import", import_id, "request")
    assert told["requested_by"]["kind"] == "key"
    assert told["objects"] >= 4
    assert told["rows"]["imports"] == 1
    assert told["rows"]["learned_matches"] >= 1
    assert MARKER not in repr(told)
    assert tables_with_marker(private) == set()
    until(lambda: not files_with_marker(data_dir), 30)
    assert files_with_marker(data_dir) == set()
    assert not list((data_dir / "files").rglob(import_id))
    assert client.post("/deletions/verify/", json=told).json() == {"genuine": True}
    assert client.post("/deletions/verify/", json=told | {"bytes": told["bytes"] + 1}).json() == {"genuine": False}
    assert receipts(client, object_id=import_id) == [told]


def check_downloads(client: httpx.Client, import_id: str) -> None:
    """The source of an encrypted import as it was sent: whole, and in parts."""
    url = client.get(f"/upload/{import_id}/metadata/").json()["raw_upload"]["download_url"]
    whole = httpx.get(url)
    assert (whole.status_code, whole.content, whole.headers["Accept-Ranges"]) == (200, CSV, "bytes")
    assert httpx.head(url).headers["Content-Length"] == str(len(CSV))
    for asked, status, content in (
        ("bytes=5-9", 206, CSV[5:10]), ("bytes=-4", 206, CSV[-4:]), ("bytes=3-", 206, CSV[3:]),
        ("bytes=0-99999", 206, CSV), ("bytes=99999-", 416, b""), ("bytes=9-5", 416, b""), ("lines=1-2", 200, CSV),
    ):  # fmt: skip
        part = httpx.get(url, headers={"Range": asked})
        assert (part.status_code, part.content) == (status, content), asked
    tag = whole.headers["ETag"]
    assert httpx.get(url, headers={"Range": "bytes=5-9", "If-Range": tag}).content == CSV[5:10]
    assert httpx.get(url, headers={"Range": "bytes=5-9", "If-Range": '"other"'}).content == CSV


def _complete(client: httpx.Client, deletion: str) -> dict[str, Any] | None:
    told: dict[str, Any] = client.get(f"/deletions/{deletion}/").json()
    return told if told["completed_date"] else None


def test_a_receipt_is_nobody_elses(client: httpx.Client) -> None:
    assert client.get(f"/deletions/{uuid.uuid4()}/").status_code == 404
    assert client.get("/deletions/", params={"object_id": "no id"}).status_code == 404


def test_a_persons_texts_are_forgotten_with_a_receipt(client: httpx.Client) -> None:
    values = [{"field": "plan", "value": f"for {MARKER}", "option": "pro"}]
    client.put("/memory/People/", json={"values": values}).raise_for_status()
    told = client.post("/memory/forget/", json={"texts": [MARKER.lower()]}).json()
    assert told["matches"] == 1
    assert client.get("/memory/People/").status_code == 404
    assert client.get(f"/deletions/{told['receipt']}/").json()["kind"] == "memory"
    assert client.post("/memory/forget/", json={"texts": "x"}).status_code == 400


def test_how_long_imports_of_a_schema_are_kept_is_set_beside_the_schema(client: httpx.Client) -> None:
    settings = {"importIdentifier": "kept"}
    schema = client.post("/schemas/", json={"name": "Kept", "fields": FIELDS, "settings": settings}).json()
    path = f"/schemas/{schema['id']}/retention/"
    admin = client.put(path, json={"source_retention_days": 7})
    assert admin.status_code == 403, "a key for imports may not say so"
    found = client.get(path)
    assert (found.json()["source_retention_days"], found.headers["ETag"]) == (None, '"0"')
    assert client.get(f"/schemas/{schema['id']}/").json() == schema
