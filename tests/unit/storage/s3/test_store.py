"""Blobs in a bucket: the promises of the port, on two S3-compatible servers, and what happens when they fail."""

from __future__ import annotations

import os
import time
import uuid
from datetime import timedelta
from pathlib import Path

import httpx
import obstore
import pytest

from headgate.config import Config
from headgate.errors import StorageUnavailableError
from headgate.storage.s3 import Connection, S3BlobStore
from headgate.storage.s3 import store as module
from headgate.storage.s3.multipart import end_unfinished_uploads
from tests.s3_server import S3Server

IMPORT = "0b9b1c1e-0000-4000-8000-000000000000"
KEY = f"imports/{IMPORT}/source"
OUTCOME = f"imports/{IMPORT}/outcome"


def content(store: S3BlobStore, key: str) -> bytes:
    with store.open(key) as blob:
        return blob.read()


def objects(config: Config) -> list[str]:
    store = Connection(config).open(module.QUICK)
    return sorted(one["path"] for one in obstore.list(store).collect())


def tree(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text)
    return folder


def test_a_blob_is_not_there_before_it_is_committed(store: S3BlobStore) -> None:
    writer = store.writer(KEY)
    writer.write(b"ab")
    assert not store.exists(KEY)
    writer.write(b"cd")
    writer.commit()
    writer.discard()
    assert content(store, KEY) == b"abcd"


def test_a_discarded_blob_leaves_nothing(store: S3BlobStore, config: Config, tmp_path: Path) -> None:
    writer = store.writer(KEY)
    writer.write(b"ab")
    writer.discard()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert objects(config) == []


def test_reading_can_begin_anywhere(store: S3BlobStore) -> None:
    store.put(KEY, bytes(range(256)) * 100)
    with store.open(KEY) as blob:
        assert blob.seek(-3, os.SEEK_END) == 25_597
        assert blob.read() == b"\xfd\xfe\xff"
        blob.seek(256)
        assert blob.read(2) == b"\0\1"
        assert blob.readline().endswith(b"\n")


def test_a_tree_takes_the_place_of_an_older_one(store: S3BlobStore, config: Config, tmp_path: Path) -> None:
    store.put_tree(OUTCOME, tree(tmp_path / "a", old="old", both="old"))
    store.put(f"{OUTCOME}/added", b"later")
    assert content(store, f"{OUTCOME}/both") == b"old"
    store.put_tree(OUTCOME, tree(tmp_path / "b", new="new", both="new"))
    assert content(store, f"{OUTCOME}/both") == b"new"
    assert not store.exists(f"{OUTCOME}/old")
    assert not store.exists(f"{OUTCOME}/added")
    assert not (tmp_path / "b").exists()
    assert len(objects(config)) == 3


def test_a_tree_that_is_cut_off_half_way_leaves_the_older_one_whole(
    store: S3BlobStore, server: S3Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put_tree(OUTCOME, tree(tmp_path / "a", first="1", second="1"))
    impatient = Connection(Config(**server.settings(store._connection.location.prefix))).open(module.QUICK / 50)
    monkeypatch.setattr(store, "_patient", impatient)
    with server.proxy.failing("error", "PUT .*/second"), pytest.raises(StorageUnavailableError):
        store.put_tree(OUTCOME, tree(tmp_path / "b", first="2", second="2"))
    assert (content(store, f"{OUTCOME}/first"), content(store, f"{OUTCOME}/second")) == (b"1", b"1")
    assert (tmp_path / "b" / "second").exists()


def test_everything_below_a_prefix_is_deleted_and_nothing_beside_it(
    store: S3BlobStore, config: Config, tmp_path: Path
) -> None:
    store.put(KEY, b"x")
    store.put_tree(OUTCOME, tree(tmp_path / "a", rows="1"))
    store.put(f"imports/{IMPORT}1/source", b"y")
    store.delete_tree(f"imports/{IMPORT}")
    store.delete_tree(f"imports/{IMPORT}")
    assert objects(config) == [f"imports/0b/{IMPORT}1/source"]
    with pytest.raises(FileNotFoundError):
        store.open(KEY)
    with pytest.raises(FileNotFoundError):
        store.local_path(f"{OUTCOME}/rows", tmp_path / "work")


def test_imports_with_blobs_are_found_and_when_they_changed_last(store: S3BlobStore) -> None:
    ids = {str(uuid.uuid4()) for _ in range(4)}
    for one in ids:
        store.put(f"imports/{one}/source", b"x")
    assert set(store.import_ids()) == ids
    assert all(abs(store.last_change(one) - time.time()) < 60 for one in ids)
    assert store.last_change(str(uuid.uuid4())) == 0


def test_a_copy_is_a_blob_of_its_own(store: S3BlobStore) -> None:
    store.put(KEY, b"x")
    store.copy(KEY, f"{KEY}-copy")
    store.delete(KEY)
    assert content(store, f"{KEY}-copy") == b"x"
    with pytest.raises(FileNotFoundError):
        store.copy(KEY, f"{KEY}-other")


def test_a_copy_of_an_old_blob_is_no_old_leftover(store: S3BlobStore) -> None:
    """Else a sweep would take it from an import that is about to begin."""
    other = str(uuid.uuid4())
    store.put(KEY, b"x")
    written = store.last_change(IMPORT)
    time.sleep(2.1)  # the store's clock tells whole seconds
    store.copy(KEY, f"imports/{other}/source")
    assert store.last_change(other) > written
    store.delete_tree(f"imports/{other}")
    assert list(store.import_ids()) == [IMPORT]


def test_a_large_file_is_sent_in_parts_and_comes_back_as_it_was(
    store: S3BlobStore, server: S3Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "IN_PARTS_FROM", 1024)
    monkeypatch.setattr(module, "PART", 5 * 1024 * 1024)
    data = os.urandom(1024 * 1024) * 12
    file = tmp_path / "large"
    file.write_bytes(data)
    before = len(server.proxy.requests)
    store.put_file(KEY, file)
    assert sum("uploadId=" in line and line.startswith("PUT") for line in server.proxy.requests[before:]) == 3
    assert store.local_path(KEY, tmp_path / "work").read_bytes() == data
    assert not file.exists()


def test_a_file_is_fetched_once_and_the_copy_does_not_outlive_its_blob(
    store: S3BlobStore, server: S3Server, tmp_path: Path
) -> None:
    store.put(KEY, b"x" * 100)
    before = len(server.proxy.requests)
    first = store.local_path(KEY, tmp_path / "one")
    second = store.local_path(KEY, tmp_path / "two")
    assert first != second
    assert second.read_bytes() == b"x" * 100
    assert len(server.proxy.requests) == before + 1
    store.delete_tree(f"imports/{IMPORT}")
    assert list((tmp_path / "data" / "cache").glob("imports*")) == []
    assert first.read_bytes() == b"x" * 100, "who reads a copy keeps it"


@pytest.mark.parametrize("fault", ["refuse", "slow down", "error"])
def test_a_store_that_fails_for_a_while_is_asked_until_it_answers(
    store: S3BlobStore, server: S3Server, fault: str
) -> None:
    import threading

    def heal() -> None:
        while server.proxy.faults < 3:
            time.sleep(0.01)
        server.proxy.fault = None

    healer = threading.Thread(target=heal)
    with server.proxy.failing(fault):  # type: ignore[arg-type]  # one of its literals
        healer.start()
        store.put(KEY, b"kept")
    healer.join()
    assert content(store, KEY) == b"kept"


def test_a_download_that_breaks_in_the_middle_goes_on_where_it_broke(
    store: S3BlobStore, server: S3Server, tmp_path: Path
) -> None:
    data = os.urandom(3_000_000)
    store.put(KEY, data)
    with server.proxy.failing("cut", "GET"):
        assert store.local_path(KEY, tmp_path).read_bytes() == data
        assert server.proxy.faults == 1


@pytest.mark.parametrize(
    "key", ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/.", ".hidden", "a/b\0", "a\nb", "a\\..\\b", "a/b/"]
)
def test_a_key_that_leaves_its_place_is_refused(store: S3BlobStore, key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        store.put(key, b"x")


def test_uploads_in_parts_that_were_cut_off_are_ended_when_they_are_old(moto: S3Server) -> None:
    config = Config(**moto.settings(f"tests/{uuid.uuid4().hex}"))
    connection = Connection(config)
    for name in ("a", "b"):
        answer = httpx.post(connection.sign("POST", name, 60, {"uploads": ""}))
        assert answer.status_code == 200
    assert end_unfinished_uploads(connection, 0) == 0, "none is as old as that"
    assert end_unfinished_uploads(connection, time.time() + 60) == 2
    assert end_unfinished_uploads(connection, time.time() + 60) == 0


def test_a_blob_is_gone_when_the_bucket_does_not_list_it_either(
    store: S3BlobStore, config: Config, tmp_path: Path
) -> None:
    store.put(KEY, b"x")
    store.put_tree(OUTCOME, tree(tmp_path / "o", result="r"))
    assert not store.is_gone(KEY)
    assert not store.is_gone(f"{OUTCOME}/result")
    assert store.is_gone(f"{OUTCOME}/other")
    raw = Connection(config).open(module.QUICK)
    lost = [path for path in objects(config) if path.endswith("/result")]
    obstore.delete(raw, lost)
    assert store.is_gone(f"{OUTCOME}/result")
    store.delete_tree(OUTCOME)
    assert store.is_gone(f"{OUTCOME}/result")
    store.delete(KEY)
    assert store.is_gone(KEY)


def test_nothing_is_gone_while_the_store_does_not_answer_or_the_bucket_is_not_there(
    server: S3Server, config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "QUICK", timedelta(seconds=0.2))
    store = S3BlobStore(Connection(config), tmp_path / "impatient", 0)
    with server.proxy.failing("refuse"), pytest.raises(StorageUnavailableError):
        store.is_gone(KEY)
    elsewhere = Config(**{**config.model_dump(), "store_url": "s3://no-such-bucket"})
    with pytest.raises(StorageUnavailableError):
        S3BlobStore(Connection(elsewhere), tmp_path / "elsewhere", 0).is_gone(KEY)


def test_a_blob_that_one_answer_only_denies_is_not_gone(server: S3Server, store: S3BlobStore) -> None:
    store.put(KEY, b"x")
    with server.proxy.failing("not found", "^HEAD "):
        assert not store.exists(KEY)
        assert not store.is_gone(KEY)
