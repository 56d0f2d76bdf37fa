"""api.md, "Upload" and "Uploads": receiving files, whatever the network does, and the list of completed imports."""

from __future__ import annotations

import concurrent.futures
import http.client
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import psutil
import pytest

from tests.contract.harness import CSV, FIELDS, Service, create, rows, run, upload, wait
from tests.contract.review_page import until

pytestmark = pytest.mark.on_disk
MIB = 1024 * 1024


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "text/csv"},
        {"Content-Type": "multipart/form-data"},
        {"Content-Type": "application/json", "X-Dromo-License-Key": "wrong", "Authorization": "Bearer x"},
    ],
)
@pytest.mark.parametrize("chunked", [True, False])
def test_raw_bytes_are_taken_whatever_the_headers_say(
    client: httpx.Client, headers: dict[str, str], chunked: bool
) -> None:
    made = create(client)
    answer = httpx.put(made["upload"], content=iter([CSV[:5], CSV[5:]]) if chunked else CSV, headers=headers)
    assert (answer.status_code, answer.content) == (200, b"")
    assert wait(client, made["id"])["status"] == "SUCCESSFUL"


def test_a_put_without_any_content_type_is_taken(client: httpx.Client) -> None:
    made = create(client)
    parts = urlsplit(made["upload"])
    connection = http.client.HTTPConnection(parts.netloc)
    connection.request("PUT", f"{parts.path}?{parts.query}", body=CSV)
    assert connection.getresponse().status == 200
    connection.close()


def test_the_original_bytes_can_be_downloaded_unchanged(client: httpx.Client) -> None:
    content = b"name,email\r\n\xef\xbb\xbf\x00x,y\r\n"
    made = create(client, original_filename='böse"\r\nname.csv')
    upload(made, content)
    wait(client, made["id"])
    metadata = client.get(f"/upload/{made['id']}/metadata/").json()
    answer = httpx.get(metadata["raw_upload"]["download_url"])
    assert answer.content == content
    assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "change", [("signature=", "signature=A"), ("expires=", "expires=1"), ("uploads/", "uploads/0")]
)
def test_a_changed_upload_url_is_403_even_while_bytes_are_sent(client: httpx.Client, change: tuple[str, str]) -> None:
    made = create(client)
    answer = httpx.put(made["upload"].replace(*change), content=b"x" * 3 * MIB)
    assert answer.status_code == 403
    assert list(answer.json()) == ["detail"]
    assert client.get(f"/headless/imports/{made['id']}/").json()["status"] == "AWAITING_UPLOAD"


def test_an_upload_url_is_not_a_download_url(client: httpx.Client) -> None:
    made = create(client)
    assert httpx.get(made["upload"]).status_code == 405
    assert httpx.post(made["upload"], content=CSV).status_code == 405


def test_a_second_put_is_409(client: httpx.Client) -> None:
    made = create(client)
    upload(made)
    again = httpx.put(made["upload"], content=b"x" * 2 * MIB)
    assert (again.status_code, list(again.json())) == (409, ["detail"])
    wait(client, made["id"])
    assert rows(client, made["id"])[0]["name"] == "Ada"


def test_of_uploads_at_the_same_time_exactly_one_is_accepted(service: Service, client: httpx.Client) -> None:
    made = create(client)
    contents = [b"name,email\n" + f"P{n},x\n".encode() * 50_000 for n in range(6)]
    with concurrent.futures.ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda content: httpx.put(made["upload"], content=content, timeout=60), contents))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 5
    winner = [answer.status_code for answer in answers].index(200)
    wait(client, made["id"])
    assert {row["name"] for row in rows(client, made["id"])} == {f"P{winner}"}
    assert len(list(service.data_dir.rglob(f"{made['id']}/source-*"))) == 1


@pytest.mark.parametrize("chunked", [True, False])
def test_a_file_that_is_too_large_is_413_and_fails_the_import(client: httpx.Client, chunked: bool) -> None:
    made = create(client, settings={"maxFileSize": 1000})
    content = b"x" * 5 * MIB
    answer = httpx.put(made["upload"], content=iter([content]) if chunked else content)
    assert (answer.status_code, list(answer.json())) == (413, ["detail"])
    failed = client.get(f"/headless/imports/{made['id']}/").json()
    assert (failed["status"], failed["import_errors"][0]["code"]) == ("FAILED", "file_too_large")
    assert httpx.put(made["upload"], content=b"x").status_code == 409


def test_a_file_of_exactly_the_limit_is_taken(client: httpx.Client) -> None:
    made = create(client, settings={"maxFileSize": len(CSV)})
    upload(made)
    assert wait(client, made["id"])["status"] == "SUCCESSFUL"


@pytest.mark.parametrize("headers", ["Content-Length: 5000000", "Transfer-Encoding: chunked"])
def test_a_connection_that_is_cut_leaves_the_import_waiting(
    service: Service, client: httpx.Client, headers: str
) -> None:
    made = create(client)
    parts = urlsplit(made["upload"])
    with socket.create_connection((parts.hostname or "", parts.port or 80)) as connection:
        head = f"PUT {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n{headers}\r\n\r\n"
        body = b"400\r\n" + b"x" * 1024 + b"\r\n" if "chunked" in headers else b"x" * 2_000_000
        connection.sendall(head.encode() + body)
        time.sleep(0.3)
    time.sleep(0.3)
    assert client.get(f"/headless/imports/{made['id']}/").json()["status"] == "AWAITING_UPLOAD"
    until(lambda: not list((service.data_dir / "tmp").glob("**/blobs/*")))
    upload(made)
    assert wait(client, made["id"])["status"] == "SUCCESSFUL"


@pytest.mark.slow
def test_memory_stays_flat_whatever_the_size(service: Service, client: httpx.Client) -> None:
    assert service.process is not None
    server = psutil.Process(service.process.pid)

    def content() -> Iterator[bytes]:
        yield b"#do raise\n"
        for _ in range(200):
            peaks.append(server.memory_info().rss)
            yield b"x" * MIB

    upload(create(client), b"#do raise\n")
    peaks = [server.memory_info().rss]
    made = create(client)
    answer = httpx.put(made["upload"], content=content(), timeout=120)
    assert answer.status_code == 200
    assert max(peaks) - peaks[0] < 24 * MIB
    assert sum(path.stat().st_size for path in service.data_dir.rglob(f"{made['id']}/source-*")) == 200 * MIB + 10
    wait(client, made["id"])
    client.delete(f"/headless/imports/{made['id']}/")


def test_an_upload_that_never_comes_fails_when_its_url_expires(tmp_path: Path) -> None:
    running = Service(tmp_path / "data", upload_url_lifetime=1, workers=1, store_url=None).start()
    try:
        with running.client(running.key()) as client:
            made, listed = create(client), create(client)
            time.sleep(1.2)
            late = httpx.put(made["upload"], content=CSV)
            assert late.status_code == 403
            found = client.get(f"/headless/imports/{made['id']}/").json()
            assert (found["status"], found["import_errors"][0]["code"]) == ("FAILED", "upload_expired")
            statuses = {one["id"]: one["status"] for one in client.get("/headless/imports/").json()["results"]}
            assert statuses[listed["id"]] == "FAILED"
    finally:
        running.kill()


def test_an_upload_under_way_may_outlive_its_url(tmp_path: Path) -> None:
    running = Service(tmp_path / "data", upload_url_lifetime=6, workers=1, store_url=None).start()
    try:
        with running.client(running.key()) as client:
            made = create(client)

            def slowly() -> Iterator[bytes]:
                yield CSV[:4]
                time.sleep(6.2)
                assert client.get(f"/headless/imports/{made['id']}/").json()["status"] == "AWAITING_UPLOAD"
                yield CSV[4:]

            assert httpx.put(made["upload"], content=slowly()).status_code == 200
            assert wait(client, made["id"])["status"] == "SUCCESSFUL"
    finally:
        running.kill()


def test_completed_imports_are_listed_as_uploads(client: httpx.Client) -> None:
    user = {"id": "9"}
    done = run(client, settings={"importIdentifier": "Listed"}, import_metadata={"user": user})
    create(client)
    listed = client.get("/uploads?start=0&end=1").json()
    assert (listed["start"], listed["end"], len(listed["data"])) == (0, 1, 1)
    assert listed["total_num_uploads"] >= 1
    one = listed["data"][0]
    assert one["id"] == done["id"]
    assert list(one) == [
        "id", "import_identifier", "raw_upload", "user", "created_date", "upload_status", "total_num_rows",
        "invalid_row_indexes", "errors", "storage_key", "field_order",
    ]  # fmt: skip
    expected = {"import_identifier": "Listed", "user": user, "upload_status": "PROCESSED", "total_num_rows": 2,
                "invalid_row_indexes": [], "errors": [], "field_order": ["name", "email"]}  # fmt: skip
    assert {key: one[key] for key in expected} == expected
    assert one["raw_upload"]["filename"] == "people.csv"
    metadata = client.get(f"/upload/{done['id']}/metadata").json()
    assert httpx.get(metadata["raw_upload"]["download_url"]).content == CSV
    assert client.get(f"/upload/{done['id']}/url/").status_code == 200
    assert client.post(f"/upload/{done['id']}/delete").status_code == 200
    assert client.get(f"/headless/imports/{done['id']}/").status_code == 404


@pytest.mark.parametrize(("query", "wrong"), [("start=x", "start"), ("end=-1", "end"), ("start=5&end=4", "end")])
def test_a_wrong_range_of_uploads_is_400(client: httpx.Client, query: str, wrong: str) -> None:
    answer = client.get(f"/uploads/?{query}")
    assert (answer.status_code, set(answer.json())) == (400, {wrong})


def test_an_upload_that_waits_says_so(client: httpx.Client) -> None:
    made = create(client)
    metadata: dict[str, Any] = client.get(f"/upload/{made['id']}/metadata/").json()
    assert metadata["upload_status"] == "PENDING_UPLOAD"
    assert metadata["raw_upload"]["download_url"] is None
    assert FIELDS
