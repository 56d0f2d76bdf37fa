"""storage.md: a service whose files are in an S3-compatible store that checks signatures, behind a network that breaks."""

from __future__ import annotations

import concurrent.futures
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from headgate.client import Client
from tests.contract.harness import CSV, FIELDS, Service, create, held, rows, run, upload, wait
from tests.s3_server import S3Server, start_rclone

MIB = 1024 * 1024
SECRET = "told-to-the-store"


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    server = start_rclone(tmp_path_factory.mktemp("s3"))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def stored(s3: S3Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    running = Service(
        tmp_path_factory.mktemp("stored") / "data", store_event_secret=SECRET, store_upload_grace=0, workers=1,
        shutdown_grace=0, **s3.settings("some/prefix"),
    ).start()  # fmt: skip
    yield running
    running.kill()


@pytest.fixture(scope="module")
def key(stored: Service) -> str:
    return stored.key()


@pytest.fixture
def client(stored: Service, key: str) -> Iterator[httpx.Client]:
    with stored.client(key) as one:
        yield one


def until(condition: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def files_of(s3: S3Server, import_id: str) -> list[Path]:
    return [path for path in s3.files.rglob("*") if path.is_file() and import_id in str(path)]


def test_an_upload_goes_to_the_bucket_and_is_noticed_by_itself(
    s3: S3Server, stored: Service, client: httpx.Client
) -> None:
    made = create(client, original_filename="böse.csv")
    assert made["upload"].startswith(f"{s3.endpoint}/files/some/prefix/incoming/{made['id']}?")
    upload(made)
    assert wait(client, made["id"])["status"] == "SUCCESSFUL"
    assert rows(client, made["id"])[0]["name"] == "Ada"
    assert not list((stored.data_dir / "files").rglob("*")) if (stored.data_dir / "files").exists() else True
    csv = client.get(f"/headless/imports/{made['id']}/url/?format=csv").json()["presigned_url"]
    answer = httpx.get(csv)
    assert answer.headers["content-disposition"] == "attachment; filename*=utf-8''b%C3%B6se.csv"
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    metadata = client.get(f"/upload/{made['id']}/metadata/").json()
    assert httpx.get(metadata["raw_upload"]["download_url"]).content == CSV
    until(lambda: not any("incoming" in str(path) for path in files_of(s3, made["id"])))


def test_a_second_put_changes_nothing(s3: S3Server, client: httpx.Client) -> None:
    made = create(client)
    upload(made)
    wait(client, made["id"])
    upload(made, b"name,email\nMallory,m@example.com\n")
    httpx.post(client.base_url.join("/events/store"), headers={"Authorization": f"Bearer {SECRET}"})
    until(lambda: not any("incoming" in str(path) for path in files_of(s3, made["id"])))
    assert rows(client, made["id"])[0]["name"] == "Ada"
    metadata = client.get(f"/upload/{made['id']}/metadata/").json()
    assert httpx.get(metadata["raw_upload"]["download_url"]).content == CSV


def test_a_file_that_is_too_large_fails_its_import_and_is_removed(s3: S3Server, client: httpx.Client) -> None:
    made = create(client, settings={"maxFileSize": 1000})
    upload(made, b"x" * 1001)
    failed = wait(client, made["id"])
    assert (failed["status"], failed["import_errors"][0]["code"]) == ("FAILED", "file_too_large")
    until(lambda: files_of(s3, made["id"]) == [])


def test_deletion_removes_every_object(s3: S3Server, client: httpx.Client) -> None:
    done = run(client)
    assert len(files_of(s3, done["id"])) >= 4
    assert client.delete(f"/headless/imports/{done['id']}/").status_code == 204
    assert files_of(s3, done["id"]) == []


def test_many_uploads_at_once_all_arrive(client: httpx.Client) -> None:
    made = [create(client) for _ in range(12)]
    with concurrent.futures.ThreadPoolExecutor(6) as threads:
        list(threads.map(upload, made))
    assert {wait(client, one["id"], 60)["status"] for one in made} == {"SUCCESSFUL"}


def test_the_client_library_uploads_files_and_iterators(stored: Service, key: str, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(CSV)
    with Client(key, base_url=stored.address) as client:
        assert client.import_file(file, fields=FIELDS, timeout=60).status == "SUCCESSFUL"
        pieces = iter([CSV[:9], CSV[9:]])
        assert client.import_file(pieces, filename="a.csv", fields=FIELDS, timeout=60).status == "SUCCESSFUL"


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 401), ({"Authorization": "Bearer wrong"}, 401), ({"Authorization": f"Bearer {SECRET}"}, 204)],
)
def test_events_of_the_store_need_the_secret(stored: Service, headers: dict[str, str], status: int) -> None:
    answer = httpx.post(f"{stored.address}/events/store", headers=headers, json={"Records": []})
    assert answer.status_code == status
    if status == 401:
        assert answer.headers["www-authenticate"].startswith("Basic")


def test_a_subscription_is_confirmed_at_an_address_of_sns_only(stored: Service, s3: S3Server) -> None:
    before = len(s3.proxy.requests)
    answer = httpx.post(
        f"{stored.address}/events/store", auth=("sns", SECRET),
        headers={"x-amz-sns-message-type": "SubscriptionConfirmation"},
        json={"SubscribeURL": f"{s3.endpoint}/confirmed"},
    )  # fmt: skip
    assert answer.status_code == 204
    assert not any("confirmed" in line for line in s3.proxy.requests[before:])


def test_an_import_outlives_a_store_that_is_away(s3: S3Server, stored: Service, client: httpx.Client) -> None:
    made = create(client)
    upload(made)
    with s3.proxy.failing("refuse"):
        until(lambda: s3.proxy.faults >= 3)
        assert client.get(f"/headless/imports/{made['id']}/").json()["status"] in {
            "AWAITING_UPLOAD",
            "PENDING",
            "RUNNING",
        }
    assert wait(client, made["id"], 60)["status"] == "SUCCESSFUL"
    with s3.proxy.failing("slow down"):
        answer = client.get(f"/headless/imports/{made['id']}/url/?format=csv")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
        assert "Traceback" not in answer.text


def test_nothing_is_lost_when_the_service_is_killed(s3: S3Server, stored: Service, key: str, tmp_path: Path) -> None:
    with stored.client(key) as client:
        running, waiting = create(client), create(client)
        upload(running, held(tmp_path / "go"))
        until(lambda: client.get(f"/headless/imports/{running['id']}/").json()["status"] == "RUNNING")
        stored.kill()
        (tmp_path / "go").touch()
        upload(waiting)
        stored.start()
    with stored.client(key) as client:
        assert wait(client, running["id"], 60)["status"] == "SUCCESSFUL"
        assert wait(client, waiting["id"], 60)["status"] == "SUCCESSFUL"
        assert len(rows(client, running["id"])) == len(rows(client, waiting["id"])) == 2
    assert not list((stored.data_dir / "tmp" / "work").glob("*/*"))


@pytest.mark.slow
def test_memory_stays_flat_whatever_the_size(s3: S3Server, stored: Service, client: httpx.Client) -> None:
    assert stored.process is not None
    server = psutil.Process(stored.process.pid)
    run(client)
    made = create(client)
    begin = b"#do raise\n"

    def content() -> Iterator[bytes]:
        yield begin
        for _ in range(160):
            yield b"x" * MIB

    before = server.memory_info().rss
    size = 160 * MIB + len(begin)
    answer = httpx.put(made["upload"], content=content(), headers={"Content-Length": str(size)}, timeout=120)
    assert answer.status_code == 200
    peak = before
    while client.get(f"/headless/imports/{made['id']}/").json()["status"] not in {
        "SUCCESSFUL",
        "FAILED",
        "NEEDS_REVIEW",
    }:
        peak = max(peak, server.memory_info().rss)
    assert peak - before < 48 * MIB
    assert [path.stat().st_size for path in files_of(s3, made["id"]) if "source" in path.name] == [size]
    client.delete(f"/headless/imports/{made['id']}/")


def test_an_upload_that_never_comes_fails_and_one_that_lies_there_does_not(s3: S3Server, tmp_path: Path) -> None:
    settings = {**s3.settings(uuid.uuid4().hex), "upload_url_lifetime": 12, "store_upload_grace": 0}
    running = Service(tmp_path / "data", workers=1, **settings).start()
    try:
        with running.client(running.key()) as client:
            late, unseen = create(client), create(client)
            ends = time.monotonic() + 12
            with s3.proxy.failing("error", "GET .*list-type"):  # nothing is noticed meanwhile
                upload(unseen)
                until(lambda: time.monotonic() > ends + 1)
                assert client.get(f"/headless/imports/{late['id']}/").json()["status"] == "AWAITING_UPLOAD"
            assert httpx.put(late["upload"], content=CSV).status_code in {400, 403}
            found = client.get(f"/headless/imports/{late['id']}/").json()
            assert (found["status"], found["import_errors"][0]["code"]) == ("FAILED", "upload_expired")
            assert wait(client, unseen["id"], 60)["status"] == "SUCCESSFUL"
    finally:
        running.kill()


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("store_secret_key", "wrong-wrong-wrong", "secret key"),
        ("store_access_key", "nobody", "access key"),
        ("store_url", "s3://missing-bucket", "no such bucket"),
    ],
)
def test_the_start_says_what_is_wrong_with_the_store(s3: S3Server, setting: str, value: str, said: str) -> None:
    from headgate.config import Config, ConfigurationError
    from headgate.storage import check_store

    check_store(Config(**s3.settings("checked")))
    with pytest.raises(ConfigurationError, match=said):
        check_store(Config(**{**s3.settings(), setting: value}))
    left = {path.name for path in s3.files.rglob("*") if "check" in path.parts and path.is_file()}
    assert left <= {"clock"}, "by that the store is asked for the time"


def test_with_encryption_the_bucket_has_ciphertext_only_and_downloads_come_from_the_service(
    s3: S3Server, tmp_path: Path
) -> None:
    running = Service(tmp_path / "data", workers=1, encrypt_files=True, **s3.settings("sealed/prefix")).start()
    try:
        with running.client(running.key()) as client:
            created = create(client)
            assert created["upload"].startswith(s3.settings("x")["store_endpoint"]), "straight to the bucket"
            upload(created, CSV)
            assert wait(client, created["id"])["status"] == "SUCCESSFUL"
            kept = files_of(s3, created["id"])
            assert kept
            assert not any(b"ada@example.com" in path.read_bytes() for path in kept)
            url = client.get(f"/headless/imports/{created['id']}/url/").json()["presigned_url"]
            assert url.startswith(running.address)
            assert [row["name"] for row in rows(client, created["id"])] == ["Ada", "Alan"]
            deletion = client.delete(f"/headless/imports/{created['id']}/").headers["Deletion-Receipt"]
            until(lambda: client.get(f"/deletions/{deletion}/").json()["completed_date"], 60)
        assert files_of(s3, created["id"]) == []
    finally:
        running.kill()
