"""A store that encrypts: what it is given comes back, and stands nowhere as it was."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from headgate.storage import LocalBlobStore
from headgate.storage.encryption import EncryptedBlobStore, FileKeys
from headgate.storage.encryption.stream import DamagedFileError

SECRET = b"MARKER Ada Lovelace " * 10_000


@pytest.fixture
def inner(tmp_path: Path) -> LocalBlobStore:
    return LocalBlobStore(tmp_path / "data")


@pytest.fixture
def store(inner: LocalBlobStore, keys: FileKeys) -> EncryptedBlobStore:
    return EncryptedBlobStore(inner, keys, new_imports=True)


def begun(store: EncryptedBlobStore) -> str:
    import_id = uuid.uuid4()
    store.prepare(import_id)
    return f"imports/{import_id}"


def written(store: EncryptedBlobStore, prefix: str, tmp_path: Path) -> list[str]:
    """A blob by each way there is."""
    writer = store.writer(f"{prefix}/streamed")
    writer.write(SECRET[:100])
    writer.write(SECRET[100:])
    writer.commit()
    store.put(f"{prefix}/put", SECRET)
    file, folder = tmp_path / "file", tmp_path / "folder"
    file.write_bytes(SECRET)
    store.put_file(f"{prefix}/file", file)
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "rows.json").write_bytes(SECRET)
    store.put_tree(f"{prefix}/run-1/outcome", folder)
    store.copy(f"{prefix}/put", f"{prefix}/copied")
    assert not file.exists()
    assert not folder.exists()
    return [f"{prefix}/{name}" for name in ("streamed", "put", "file", "run-1/outcome/inner/rows.json", "copied")]


def test_every_way_in_and_out_gives_the_same_bytes_and_none_leaves_them_on_the_disk(
    store: EncryptedBlobStore, inner: LocalBlobStore, tmp_path: Path
) -> None:
    keys = written(store, begun(store), tmp_path)
    files = [path for path in tmp_path.rglob("*") if path.is_file() and b"MARKER" in path.read_bytes()]
    assert files == []
    for key in keys:
        assert store.is_encrypted(key)
        with store.open(key) as blob:
            assert blob.read() == SECRET
            blob.seek(len(SECRET) - 5)
            assert blob.read() == SECRET[-5:]
        local = store.local_path(key, tmp_path / "work")
        assert local.read_bytes() == SECRET
        assert local.stat().st_mode & 0o077 == 0
        assert inner.path(key).stat().st_size > len(SECRET)
    assert {path.name for path in (tmp_path / "work").iterdir()} == {key.rpartition("/")[2] for key in keys}


def test_the_key_goes_before_the_files_so_that_copies_of_them_are_dead(
    store: EncryptedBlobStore, inner: LocalBlobStore, keys: FileKeys, tmp_path: Path
) -> None:
    prefix = begun(store)
    store.put(f"{prefix}/source", SECRET)
    copy = inner.path(f"{prefix}/source").read_bytes()
    store.delete_tree(prefix)
    assert keys.of(uuid.UUID(prefix.split("/")[1])) is None
    inner.put(f"{prefix}/source", copy)
    with store.open(f"{prefix}/source") as blob:
        assert b"MARKER" not in blob.read()


def test_deleting_a_part_leaves_the_key_for_the_others(store: EncryptedBlobStore) -> None:
    prefix = begun(store)
    store.put(f"{prefix}/source", SECRET)
    store.put(f"{prefix}/exports/all.csv", SECRET)
    store.delete_tree(f"{prefix}/exports")
    with store.open(f"{prefix}/source") as blob:
        assert blob.read() == SECRET


def test_imports_of_before_stay_readable_and_are_kept_as_they_were(
    inner: LocalBlobStore, keys: FileKeys, tmp_path: Path
) -> None:
    before = EncryptedBlobStore(inner, keys, new_imports=False)
    prefix = begun(before)
    for key in written(before, prefix, tmp_path):
        assert not before.is_encrypted(key)
        assert inner.path(key).read_bytes() == SECRET
    after = EncryptedBlobStore(inner, keys, new_imports=True)
    with after.open(f"{prefix}/put") as blob:
        assert blob.read() == SECRET
    sealed = begun(after)
    after.copy(f"{prefix}/put", f"{sealed}/source")
    assert b"MARKER" not in inner.path(f"{sealed}/source").read_bytes()
    with EncryptedBlobStore(inner, keys, new_imports=False).open(f"{sealed}/source") as blob:
        assert blob.read() == SECRET, "also when the setting was switched off again"


def test_a_blob_is_not_taken_for_another_one(store: EncryptedBlobStore, inner: LocalBlobStore) -> None:
    prefix = begun(store)
    store.put(f"{prefix}/source", b"one")
    store.put(f"{prefix}/other", b"two")
    inner.put(f"{prefix}/source", inner.path(f"{prefix}/other").read_bytes())
    with pytest.raises(DamagedFileError), store.open(f"{prefix}/source") as blob:
        blob.read()
