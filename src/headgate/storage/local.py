"""Blobs on the local disk. A blob appears by a rename of a file whose bytes the disk already has."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from headgate.errors import StorageFullError
from headgate.storage.base import BlobStore, BlobWriter

_PART = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class LocalBlobStore(BlobStore):
    """Blobs below `root/files`; unfinished ones below `root/tmp`, on the same disk so that a rename suffices.

    The blobs of imports stand in 256 folders by the first two characters of the id: a million entries in one folder
    would make every listing slow.
    """

    def __init__(self, root: Path, scratch: Path | None = None) -> None:
        """`scratch`: a directory of this process alone, on the same disk; by default `root/tmp`."""
        self._files = root / "files"
        self._unfinished = (scratch or root / "tmp") / "blobs"
        self._files.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.rmtree(self._unfinished, ignore_errors=True)
        self._unfinished.mkdir(parents=True, exist_ok=True, mode=0o700)

    def writer(self, key: str) -> BlobWriter:
        return _LocalWriter(self._unfinished / uuid.uuid4().hex, self.path(key))

    def put_tree(self, prefix: str, directory: Path) -> None:
        with _full_disk_is_named():
            for folder, _, names in os.walk(directory):
                for name in names:
                    _sync(Path(folder, name))
                _sync(Path(folder))
            target = self.path(prefix)
            _make_directories(target.parent)
            if target.exists():
                shutil.rmtree(target)
            directory.rename(target)
            _sync(target.parent)

    def put_file(self, key: str, path: Path) -> None:
        with _full_disk_is_named():
            _sync(path)
            target = self.path(key)
            _make_directories(target.parent)
            path.replace(target)
            _sync(target.parent)

    def open(self, key: str) -> BinaryIO:
        return self.path(key).open("rb")

    def exists(self, key: str) -> bool:
        return self.path(key).exists()

    def local_path(self, key: str, workdir: Path) -> Path:
        path = self.path(key)
        if not path.exists():
            raise FileNotFoundError(key)
        return path

    def delete(self, key: str) -> None:
        self.path(key).unlink(missing_ok=True)

    def delete_tree(self, prefix: str) -> None:
        target = self.path(prefix)
        for _ in range(10):  # a writer may add a file between the listing and the removal of the folder
            shutil.rmtree(target, ignore_errors=True)
            if not target.exists():
                return
        shutil.rmtree(target)

    def import_ids(self, older_than: float) -> Iterator[str]:
        with contextlib.suppress(FileNotFoundError):
            for shard in os.scandir(self._files / "imports"):
                for entry in os.scandir(shard.path):
                    with contextlib.suppress(FileNotFoundError):
                        if entry.stat(follow_symlinks=False).st_mtime < older_than:
                            yield entry.name

    def path(self, key: str) -> Path:
        """Where a blob stands. Raises ValueError for a key that is no path of plain parts."""
        parts = key.split("/")
        if not all(_PART.fullmatch(part) for part in parts):
            raise ValueError(f"not a key of a blob: {key!r}")
        if parts[0] == "imports" and len(parts) > 1:
            parts.insert(1, parts[1][:2])
        return self._files.joinpath(*parts)


class _LocalWriter(BlobWriter):
    def __init__(self, unfinished: Path, target: Path) -> None:
        self._unfinished = unfinished
        self._target = target
        self._file = unfinished.open("wb", buffering=0)

    def write(self, data: bytes) -> None:
        with _full_disk_is_named():
            view = memoryview(data)
            while view:
                view = view[self._file.write(view) or 0 :]

    def commit(self) -> None:
        with _full_disk_is_named():
            os.fsync(self._file.fileno())
            self._file.close()
            _make_directories(self._target.parent)
            self._unfinished.replace(self._target)
            _sync(self._target.parent)

    def discard(self) -> None:
        self._file.close()
        self._unfinished.unlink(missing_ok=True)


@contextlib.contextmanager
def _full_disk_is_named() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFullError("The service has no room left for this file. Try again later.") from error
        raise


def _make_directories(path: Path) -> None:
    """Create a folder and its parents, each of them durable."""
    if path.is_dir():
        return
    _make_directories(path.parent)
    path.mkdir(exist_ok=True, mode=0o700)
    _sync(path.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
