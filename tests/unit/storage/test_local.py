"""Blobs on the local disk."""

from __future__ import annotations

import errno
import os
import shutil
import time
import uuid
from pathlib import Path
from typing import Any

import pytest

from headgate.errors import StorageFullError, StorageUnavailableError
from headgate.storage import LocalBlobStore

ID = "0b9b1c1e-0000-4000-8000-000000000000"
KEY = f"imports/{ID}/source"


@pytest.fixture
def store(tmp_path: Path) -> LocalBlobStore:
    return LocalBlobStore(tmp_path)


def test_a_blob_is_not_there_before_it_is_committed(store: LocalBlobStore) -> None:
    writer = store.writer(KEY)
    writer.write(b"ab")
    assert not store.exists(KEY)
    writer.write(b"cd")
    writer.commit()
    writer.discard()
    with store.open(KEY) as blob:
        assert blob.read() == b"abcd"


def test_a_discarded_blob_leaves_nothing(store: LocalBlobStore, tmp_path: Path) -> None:
    writer = store.writer(KEY)
    writer.write(b"ab")
    writer.discard()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_unfinished_blobs_of_an_earlier_process_are_removed(store: LocalBlobStore, tmp_path: Path) -> None:
    writer = store.writer(KEY)
    writer.write(b"ab")
    LocalBlobStore(tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    writer.discard()


def test_a_tree_takes_the_place_of_an_older_one(store: LocalBlobStore, tmp_path: Path) -> None:
    for content in ("old", "new"):
        directory = tmp_path / "tmp" / content
        (directory / "inner").mkdir(parents=True)
        (directory / content).write_text(content)
        (directory / "inner" / "x").write_text("x")
        store.put_tree("imports/abc/outcome", directory)
        assert not directory.exists()
    assert not store.exists("imports/abc/outcome/old")
    with store.open("imports/abc/outcome/new") as blob:
        assert blob.read() == b"new"


def test_deleting_what_is_not_there_is_no_error(store: LocalBlobStore) -> None:
    store.delete(KEY)
    store.delete_tree("imports/x")


def test_a_deleted_tree_is_gone(store: LocalBlobStore, tmp_path: Path) -> None:
    store.put(KEY, b"x")
    store.delete_tree(KEY.rsplit("/", 1)[0])
    with pytest.raises(FileNotFoundError):
        store.open(KEY)
    with pytest.raises(FileNotFoundError):
        store.local_path(KEY, tmp_path)


@pytest.mark.parametrize(
    "key", ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/.", ".hidden", "a/b\0", "a\nb", "a\\..\\b", "a/b/"]
)
def test_a_key_that_leaves_its_place_is_refused(store: LocalBlobStore, key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        store.path(key)


def test_imports_with_blobs_are_found_and_when_they_changed_last(store: LocalBlobStore) -> None:
    ids = {str(uuid.uuid4()) for _ in range(5)}
    for one in ids:
        store.put(f"imports/{one}/source", b"")
    assert set(store.import_ids()) == ids
    assert all(abs(store.last_change(one) - time.time()) < 10 for one in ids)
    assert store.last_change(str(uuid.uuid4())) == 0


def test_a_copy_is_a_blob_of_its_own(store: LocalBlobStore) -> None:
    store.put(KEY, b"x")
    store.copy(KEY, f"{KEY}-copy")
    store.delete(KEY)
    with store.open(f"{KEY}-copy") as blob:
        assert blob.read() == b"x"
    with pytest.raises(FileNotFoundError):
        store.copy(KEY, f"{KEY}-other")


def test_a_full_disk_is_named(store: LocalBlobStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    writer = store.writer(KEY)
    with pytest.raises(StorageFullError):
        writer.commit()
    writer.discard()
    assert not store.exists(KEY)


def test_a_blob_is_gone_when_its_folder_does_not_list_it_either(store: LocalBlobStore) -> None:
    store.put(f"imports/{ID}/source", b"x")
    store.put(f"imports/{ID}/run-1/outcome/result.json", b"[]")
    assert not store.is_gone(f"imports/{ID}/source")
    store.delete(f"imports/{ID}/source")
    store.delete_tree(f"imports/{ID}/run-1")
    assert store.is_gone(f"imports/{ID}/source")
    assert store.is_gone(f"imports/{ID}/run-1/outcome/result.json")
    store.delete_tree(f"imports/{ID}")
    assert store.is_gone(f"imports/{ID}/source")


def test_nothing_is_gone_while_the_disk_is_not_mounted(store: LocalBlobStore, tmp_path: Path) -> None:
    store.put(f"imports/{ID}/source", b"x")
    store._disk += 1  # what an unmounted disk leaves is a folder of another device
    shutil.rmtree(tmp_path / "files" / "imports")
    with pytest.raises(StorageUnavailableError):
        store.is_gone(f"imports/{ID}/source")
    shutil.rmtree(tmp_path / "files")
    with pytest.raises(StorageUnavailableError):
        store.is_gone(f"imports/{ID}/source")


def test_every_file_and_folder_of_a_tree_is_flushed_and_whatever_was_made_for_it(
    store: LocalBlobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed = note_flushes(monkeypatch)
    directory = tmp_path / "tree"
    (directory / "inner").mkdir(parents=True)
    (directory / "inner" / "x").write_text("x")
    (directory / "y").write_text("y")
    store.put_tree(f"imports/{ID}/run-1/outcome", directory)
    files = tmp_path / "files"
    place = files / "imports" / ID[:2] / ID / "run-1"
    tree = place / "outcome"
    above = {files, files / "imports", place.parent.parent, place.parent, place}
    assert flushed == {inode(path) for path in (tree, tree / "y", tree / "inner", tree / "inner" / "x", *above)}


def test_a_folder_that_somebody_made_but_did_not_flush_is_flushed_by_whoever_needs_it(
    store: LocalBlobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", refuse)
        with pytest.raises(OSError, match="Input/output error"):
            store.put(KEY, b"x")
    flushed = note_flushes(monkeypatch)
    store.put(f"{KEY}-again", b"x")
    folders = (tmp_path / "files", tmp_path / "files" / "imports", tmp_path / "files" / "imports" / ID[:2])
    assert {inode(folder) for folder in folders} <= flushed
    flushed.clear()
    store.put(f"{KEY}-once-more", b"x")
    assert inode(folders[0]) not in flushed


def test_a_file_that_the_disk_does_not_take_fails_the_whole_tree(
    store: LocalBlobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = tmp_path / "tree"
    directory.mkdir()
    for name in "abc":
        (directory / name).write_text(name)
    bad = inode(directory / "c")
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if os.fstat(descriptor).st_ino == bad:
            refuse(descriptor)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(OSError, match="Input/output error"):
        store.put_tree("imports/abc/outcome", directory)


def refuse(_: int) -> None:
    raise OSError(errno.EIO, "Input/output error")


def inode(path: Path) -> int:
    return path.stat().st_ino


def note_flushes(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """The inodes that are flushed from now on."""
    flushed: set[int] = set()
    real = os.fsync

    def fsync(descriptor: int) -> None:
        flushed.add(os.fstat(descriptor).st_ino)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    return flushed
