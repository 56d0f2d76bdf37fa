"""A store that encrypts what it is given, around one that keeps it. Imports without a key are kept as they are."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from headgate.storage.base import BlobStore, BlobWriter, Usage
from headgate.storage.direct import Arrival, DirectAccess
from headgate.storage.disk import full_disk_is_named
from headgate.storage.encryption.keys import FileKeys
from headgate.storage.encryption.stream import DecryptingReader, StreamEncryptor, encrypted

BLOCK = 1024 * 1024


class EncryptedBlobStore(BlobStore):
    """`inner` has ciphertext only of imports that have a key; `new_imports`: whether those get one that begin from now on."""

    def __init__(self, inner: BlobStore, keys: FileKeys, *, new_imports: bool) -> None:
        self._inner = inner
        self._keys = keys
        self._new_imports = new_imports
        self.shared = inner.shared
        self.direct = None if inner.direct is None else EncryptedDirectAccess(inner.direct, self, keys)

    def prepare(self, import_id: uuid.UUID) -> None:
        self._inner.prepare(import_id)
        if self._new_imports:
            self._keys.create(import_id)

    def is_encrypted(self, key: str) -> bool:
        return self._key(key) is not None

    def writer(self, key: str) -> BlobWriter:
        data_key, inner = self._key(key), self._inner.writer(key)
        return inner if data_key is None else _EncryptingWriter(inner, StreamEncryptor(data_key, key))

    def put(self, key: str, data: bytes) -> None:
        data_key = self._key(key)
        self._inner.put(key, data if data_key is None else b"".join(encrypted(io.BytesIO(data), data_key, key)))

    def put_file(self, key: str, path: Path) -> None:
        if (data_key := self._key(key)) is None:
            self._inner.put_file(key, path)
            return
        sealed = path.with_name(f"{path.name}.sealed")
        try:
            _encrypt(path, sealed, data_key, key)
            self._inner.put_file(key, sealed)
        finally:
            sealed.unlink(missing_ok=True)
        path.unlink()

    def put_tree(self, prefix: str, directory: Path) -> None:
        if (data_key := self._key(prefix)) is None:
            self._inner.put_tree(prefix, directory)
            return
        sealed = directory.with_name(f"{directory.name}.sealed")
        shutil.rmtree(sealed, ignore_errors=True)
        try:
            for folder, _, names in os.walk(directory):
                place = sealed / Path(folder).relative_to(directory)
                place.mkdir(parents=True, mode=0o700)
                for name in names:
                    inside = (Path(folder) / name).relative_to(directory).as_posix()
                    _encrypt(Path(folder, name), place / name, data_key, f"{prefix}/{inside}")
            self._inner.put_tree(prefix, sealed)
        finally:
            shutil.rmtree(sealed, ignore_errors=True)
        shutil.rmtree(directory)

    def copy(self, source: str, target: str) -> None:
        if self._key(source) is None and self._key(target) is None:
            self._inner.copy(source, target)
            return
        writer = self.writer(target)
        try:
            with self.open(source) as file:
                while block := file.read(BLOCK):
                    writer.write(block)
            writer.commit()
        finally:
            writer.discard()

    def open(self, key: str) -> BinaryIO:
        data_key = self._key(key)
        source = self._inner.open(key)
        if data_key is None:
            return source
        try:
            return io.BufferedReader(DecryptingReader(source, data_key, key), BLOCK)
        except BaseException:
            source.close()
            raise

    def exists(self, key: str) -> bool:
        return self._inner.exists(key)

    def is_gone(self, key: str) -> bool:
        return self._inner.is_gone(key)

    def local_path(self, key: str, workdir: Path) -> Path:
        if (data_key := self._key(key)) is None:
            return self._inner.local_path(key, workdir)
        sealed = workdir / f"sealed-{uuid.uuid4().hex}"
        target = workdir / key.rpartition("/")[2]
        unfinished = workdir / f"plain-{uuid.uuid4().hex}"
        try:
            workdir.mkdir(parents=True, exist_ok=True)
            path = self._inner.local_path(key, sealed)
            unfinished.touch(mode=0o600, exist_ok=False)
            with (
                full_disk_is_named(),
                path.open("rb") as source,
                DecryptingReader(source, data_key, key) as plain,
                unfinished.open("wb") as file,
            ):
                shutil.copyfileobj(plain, file, BLOCK)
            unfinished.replace(target)
        finally:
            shutil.rmtree(sealed, ignore_errors=True)
            unfinished.unlink(missing_ok=True)
        return target

    def delete(self, key: str) -> None:
        self._inner.delete(key)

    def delete_tree(self, prefix: str) -> None:
        parts = prefix.split("/")
        if len(parts) == 2 and (import_id := _import_of(prefix)) is not None:
            self._keys.forget(import_id)  # first: whatever is left of the files is dead then
        self._inner.delete_tree(prefix)

    def usage(self, key: str) -> Usage:
        return self._inner.usage(key)

    def import_ids(self) -> Iterator[str]:
        return self._inner.import_ids()

    def now(self) -> float:
        return self._inner.now()

    def last_change(self, import_id: str) -> float:
        return self._inner.last_change(import_id)

    def tidy(self) -> None:
        self._inner.tidy()

    def _key(self, key: str) -> bytes | None:
        import_id = _import_of(key)
        return None if import_id is None else self._keys.of(import_id)


class EncryptedDirectAccess(DirectAccess):
    """Uploads come to the bucket as they are, and are encrypted when they are taken; downloads go through the service."""

    def __init__(self, inner: DirectAccess, store: EncryptedBlobStore, keys: FileKeys) -> None:
        self._inner = inner
        self._store = store
        self._keys = keys

    @property
    def origin(self) -> str:
        return self._inner.origin

    def upload_url(self, import_id: object, seconds: int) -> str:
        return self._inner.upload_url(import_id, seconds)

    def download_url(self, key: str, filename: str, media_type: str, seconds: int) -> str:
        return self._inner.download_url(key, filename, media_type, seconds)

    def serves(self, key: str) -> bool:
        return not self._store.is_encrypted(key)

    def arrivals(self) -> Iterator[Arrival]:
        return self._inner.arrivals()

    def open_arrival(self, import_id: object) -> BinaryIO:
        return self._inner.open_arrival(import_id)

    def take(self, import_id: object, key: str) -> int:
        if not self._store.is_encrypted(key):
            return self._inner.take(import_id, key)
        writer, size = self._store.writer(key), 0
        try:
            with self._inner.open_arrival(import_id) as arrived:
                while block := arrived.read(BLOCK):
                    size += len(block)
                    writer.write(block)
            writer.commit()
        finally:
            writer.discard()
        return size

    def drop(self, import_id: object) -> None:
        self._inner.drop(import_id)


class _EncryptingWriter(BlobWriter):
    def __init__(self, inner: BlobWriter, encryptor: StreamEncryptor) -> None:
        self._inner = inner
        self._encryptor = encryptor

    def write(self, data: bytes) -> None:
        if sealed := self._encryptor.update(data):
            self._inner.write(sealed)

    def commit(self) -> None:
        self._inner.write(self._encryptor.finish())
        self._inner.commit()

    def discard(self) -> None:
        self._inner.discard()


def _encrypt(path: Path, target: Path, data_key: bytes, name: str) -> None:
    with path.open("rb") as source, target.open("wb") as file, full_disk_is_named():
        for block in encrypted(source, data_key, name):
            file.write(block)


def _import_of(key: str) -> uuid.UUID | None:
    """The import whose blob it is; None for a name that no import has."""
    kind, _, rest = key.partition("/")
    with contextlib.suppress(ValueError):
        return uuid.UUID(rest.partition("/")[0]) if kind == "imports" else None
    return None
