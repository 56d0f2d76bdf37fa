"""Encryption over a bucket: uploads arrive as they are, and nothing plain stays behind."""

from __future__ import annotations

import uuid
from pathlib import Path

import httpx

from headgate.db import Database
from headgate.storage.encryption import EncryptedBlobStore, FileKeys, KeyRing
from headgate.storage.s3 import S3BlobStore

SECRET = b"MARKER" * 50_000


def test_what_a_client_uploads_is_encrypted_when_it_is_taken(
    store: S3BlobStore, database: Database, tmp_path: Path
) -> None:
    safe, import_id = EncryptedBlobStore(store, FileKeys(database, KeyRing(tmp_path)), new_imports=True), uuid.uuid4()
    key = f"imports/{import_id}/source-1"
    safe.prepare(import_id)
    assert safe.direct is not None
    httpx.put(safe.direct.upload_url(import_id, 60), content=SECRET).raise_for_status()
    assert safe.direct.take(import_id, key) == len(SECRET)
    safe.direct.drop(import_id)
    assert list(safe.direct.arrivals()) == []
    with store.open(key) as kept:
        assert b"MARKER" not in kept.read()
    with safe.open(key) as blob:
        blob.seek(len(SECRET) - 6)
        assert blob.read() == b"MARKER"
    assert safe.local_path(key, tmp_path / "work").read_bytes() == SECRET
    assert not safe.direct.serves(key), "the service decrypts it for who downloads"
    assert safe.usage(f"imports/{import_id}").objects == 1
    safe.delete_tree(f"imports/{import_id}")
    assert safe.usage(f"imports/{import_id}").objects == 0


def test_what_a_tree_takes_is_counted(store: S3BlobStore, tmp_path: Path) -> None:
    folder = tmp_path / "made"
    folder.mkdir()
    (folder / "rows.json").write_bytes(b"12345")
    store.put_tree("imports/abc/outcome", folder)
    store.put("imports/abc/source", b"123")
    assert store.usage("imports/abc/outcome/rows.json").bytes == 5
    assert store.usage("imports/abc/source").bytes == 3
    assert store.usage("imports/abc").objects == 3, "with the one that names the tree"
    assert store.usage("imports/abc/outcome/other").objects == 0
    assert store.usage("imports/none").objects == 0
