"""Blobs as objects below one prefix of a bucket.

Objects are written once, under keys that nobody else writes, and appear whole: an interrupted upload is no object.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import time
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

import obstore
import structlog

from headgate.errors import StorageUnavailableError
from headgate.storage.base import BlobStore, BlobWriter, Usage, import_prefix, placed
from headgate.storage.disk import full_disk_is_named
from headgate.storage.s3 import trees
from headgate.storage.s3.cache import FileCache
from headgate.storage.s3.connection import Connection, store_errors
from headgate.storage.s3.direct import S3DirectAccess
from headgate.storage.s3.multipart import AGE_SECONDS, end_unfinished_uploads
from headgate.storage.s3.reader import CHUNK, ObjectReader

QUICK = timedelta(seconds=5)
"""Patience of what somebody waits for."""
PATIENT = timedelta(seconds=90)
"""Patience of jobs, whose work would be done again."""
SOON = timedelta(seconds=0.4)
"""The longest pause after which a store that failed is asked again for what arrived: two seconds are promised until it is noticed."""
IN_PARTS_FROM = 64 * 1024**2
PART = 16 * 1024**2
PARTS_AT_ONCE = 4
"""Parts in memory while a large file is sent."""
DELETED_AT_ONCE = 1000
CLOCK = "check/clock"
"""An object that is written to learn the store's time."""
CLOCK_SECONDS = 300.0
COPIED = "copied"
"""An object beside a copy: it is as old as the copy."""

log = structlog.get_logger(__name__)


class S3BlobStore(BlobStore):
    """Blobs in a bucket; unfinished ones and local copies below `root`."""

    shared = True

    def __init__(self, connection: Connection, root: Path, cache_size: int, scratch: Path | None = None) -> None:
        """`scratch`: a directory of this process alone; by default `root/tmp`."""
        self._connection = connection
        self._quick = connection.open(QUICK)
        self._patient = connection.open(PATIENT)
        own = scratch or root / "tmp"
        self._unfinished = own / "blobs"
        shutil.rmtree(self._unfinished, ignore_errors=True)
        self._unfinished.mkdir(parents=True, mode=0o700)
        self._cache = FileCache((root if own == root / "tmp" else own) / "cache", cache_size)
        self._clock: tuple[float, float] | None = None
        self.direct = S3DirectAccess(
            connection, connection.open(QUICK, SOON), connection.open(PATIENT, SOON), self._resolve
        )

    def writer(self, key: str) -> BlobWriter:
        placed(key)
        return _Writer(self, key, self._unfinished / uuid.uuid4().hex)

    def put(self, key: str, data: bytes) -> None:
        with store_errors(key):
            obstore.put(self._quick, self._resolve(key), data, use_multipart=False)

    def put_file(self, key: str, path: Path) -> None:
        with store_errors(key):
            self._send(self._resolve(key), path)
        path.unlink()

    def put_tree(self, prefix: str, directory: Path) -> None:
        place = trees.place_of_tree(prefix)
        tree = trees.new_tree(place)
        with store_errors(prefix):
            for path in sorted(directory.rglob("*")):
                if path.is_file():
                    self._send(f"{tree}/{path.relative_to(directory).as_posix()}", path)
            older = self._current(place)
            trees.make_current(self._patient, place, tree)
        shutil.rmtree(directory)
        if older is not None:
            with contextlib.suppress(StorageUnavailableError):  # it goes with the import
                self._delete_below(older)

    def copy(self, source: str, target: str) -> None:
        path = self._resolve(target)
        with store_errors(source):
            # Some stores give a copy the time of its original: alone it would look like something that was left long ago.
            obstore.put(self._quick, f"{path.rpartition('/')[0]}/{COPIED}", b"", use_multipart=False)
            obstore.copy(self._patient, self._resolve(source), path)

    def open(self, key: str) -> BinaryIO:
        with store_errors(key):
            return io.BufferedReader(ObjectReader(self._quick, self._resolve(key)), CHUNK)

    def exists(self, key: str) -> bool:
        try:
            with store_errors(key):
                obstore.head(self._quick, self._resolve(key))
        except FileNotFoundError:
            return False
        return True

    def is_gone(self, key: str) -> bool:
        if self.exists(key):
            return False
        tree = trees.tree_of(key)
        place = tree[0] if tree is not None else "/".join(placed(key)[:-1])
        with store_errors(place):  # a bucket that is not there has no objects either, but cannot be listed
            listed = {one["path"] for one in obstore.list(self._quick, place).collect()}
            try:
                return self._resolve(key) not in listed
            except FileNotFoundError:  # nothing says which tree counts
                return f"{place}/{trees.CURRENT}" not in listed

    def local_path(self, key: str, workdir: Path) -> Path:
        with store_errors(key):
            path = self._resolve(key)
            target = workdir / path.rpartition("/")[2]
            self._cache.link(path, target, lambda unfinished: self._fetch(path, unfinished))
        return target

    def delete(self, key: str) -> None:
        with contextlib.suppress(FileNotFoundError), store_errors(key):
            path = self._resolve(key)
            obstore.delete(self._quick, path)
            self._cache.forget(path)

    def delete_tree(self, prefix: str) -> None:
        self._delete_below("/".join(placed(prefix)))

    def usage(self, key: str) -> Usage:
        objects = size = 0
        with contextlib.suppress(FileNotFoundError), store_errors(key):
            if (tree := trees.tree_of(key)) is not None and tree[1]:
                return Usage(1, obstore.head(self._quick, self._resolve(key))["size"])
            path = "/".join(placed(key))
            for found in obstore.list(self._quick, path, chunk_size=DELETED_AT_ONCE):
                objects, size = objects + len(found), size + sum(one["size"] for one in found)
            if not objects:
                return Usage(1, obstore.head(self._quick, path)["size"])
        return Usage(objects, size)

    def import_ids(self) -> Iterator[str]:
        for folder in self._folders("imports"):
            for one in self._folders(folder):
                yield one.rpartition("/")[2]

    def now(self) -> float:
        read = time.monotonic()
        if self._clock is None or read - self._clock[0] > CLOCK_SECONDS:
            with store_errors(CLOCK):
                obstore.put(self._quick, CLOCK, b"", use_multipart=False)
                self._clock = (read, obstore.head(self._quick, CLOCK)["last_modified"].timestamp())
        return self._clock[1] + time.monotonic() - self._clock[0]

    def last_change(self, import_id: str) -> float:
        prefix = "/".join(placed(import_prefix(import_id)))
        with store_errors(prefix):
            found = obstore.list(self._patient, prefix).collect()
        return max((one["last_modified"].timestamp() for one in found), default=0)

    def tidy(self) -> None:
        """Copies that nobody used for an hour, and uploads in parts that began more than a day ago."""
        self._cache.tidy()
        if ended := end_unfinished_uploads(self._connection, self.now() - AGE_SECONDS):
            log.info("unfinished_uploads_ended", count=ended)

    def _resolve(self, key: str) -> str:
        """The path of a blob's object. Raises FileNotFoundError for a blob of a tree that is not there."""
        if (tree := trees.tree_of(key)) is None:
            return "/".join(placed(key))
        place, name = tree
        return f"{trees.current_tree(self._quick, place)}/{name}"

    def _current(self, place: str) -> str | None:
        try:
            return trees.current_tree(self._patient, place)
        except FileNotFoundError:
            return None

    def _send(self, path: str, file: Path) -> None:
        obstore.put(
            self._patient,
            path,
            file,
            use_multipart=file.stat().st_size > IN_PARTS_FROM,
            chunk_size=PART,
            max_concurrency=PARTS_AT_ONCE,
        )

    def _fetch(self, path: str, target: Path) -> None:
        buffer = bytearray(CHUNK)
        with full_disk_is_named(), ObjectReader(self._patient, path) as source, target.open("wb") as file:
            while size := source.readinto(buffer):
                file.write(memoryview(buffer)[:size])

    def _folders(self, path: str) -> list[str]:
        with store_errors(path):
            return list(obstore.list_with_delimiter(self._patient, path)["common_prefixes"])

    def _delete_below(self, path: str) -> None:
        with store_errors(path):
            for found in obstore.list(self._quick, path, chunk_size=DELETED_AT_ONCE):
                obstore.delete(self._quick, [one["path"] for one in found])
        self._cache.forget(path)


class _Writer(BlobWriter):
    """Keeps the bytes on the local disk until they are complete, so that sending them can be repeated."""

    def __init__(self, store: S3BlobStore, key: str, unfinished: Path) -> None:
        self._store = store
        self._key = key
        self._unfinished = unfinished
        self._file = unfinished.open("wb", buffering=0)

    def write(self, data: bytes) -> None:
        with full_disk_is_named():
            view = memoryview(data)
            while view:
                view = view[self._file.write(view) or 0 :]

    def commit(self) -> None:
        self._file.close()
        self._store.put_file(self._key, self._unfinished)

    def discard(self) -> None:
        self._file.close()
        self._unfinished.unlink(missing_ok=True)
