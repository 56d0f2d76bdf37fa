"""Blobs on the local disk. A blob appears by a rename of a file whose bytes the disk already has; what waits is in `disk.flush`."""

from __future__ import annotations

import contextlib
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from headgate.errors import StorageUnavailableError
from headgate.storage.base import BlobStore, BlobWriter, Usage, import_prefix, placed
from headgate.storage.disk import flush, full_disk_is_named

COPY_SIZE = 1024 * 1024


class LocalBlobStore(BlobStore):
    """Blobs below `root/files`; unfinished ones below `root/tmp`, on the same disk so that a rename suffices."""

    def __init__(self, root: Path, scratch: Path | None = None) -> None:
        """`scratch`: a directory of this process alone, on the same disk; by default `root/tmp`."""
        self._files = root / "files"
        self._unfinished = (scratch or root / "tmp") / "blobs"
        self._files.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.rmtree(self._unfinished, ignore_errors=True)
        self._unfinished.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._disk = self._files.stat().st_dev

    def writer(self, key: str) -> BlobWriter:
        return _LocalWriter(self._unfinished / uuid.uuid4().hex, self.path(key))

    def put_tree(self, prefix: str, directory: Path) -> None:
        with full_disk_is_named():
            target = self.path(prefix)
            new = _make_directories(target.parent)
            if target.exists():
                shutil.rmtree(target)
            directory.rename(target)
            # Nobody knows the tree before this returns, so its bytes need not be on the disk before its name.
            inside = [Path(folder, name) for folder, _, names in os.walk(target) for name in ("", *names)]
            flush([target.parent, *inside, *(folder.parent for folder in new)])
            _not_durable.difference_update(new)

    def put_file(self, key: str, path: Path) -> None:
        _put(path, self.path(key))

    def copy(self, source: str, target: str) -> None:
        writer = self.writer(target)
        try:
            with self.open(source) as file:
                while block := file.read(COPY_SIZE):
                    writer.write(block)
            writer.commit()
        finally:
            writer.discard()

    def open(self, key: str) -> BinaryIO:
        return self.path(key).open("rb")

    def exists(self, key: str) -> bool:
        return self.path(key).exists()

    def is_gone(self, key: str) -> bool:
        path = self.path(key)
        try:
            path.lstat()
        except (FileNotFoundError, NotADirectoryError):
            return self._is_not_listed(path)
        except OSError as error:
            raise StorageUnavailableError from error
        return False

    def _is_not_listed(self, path: Path) -> bool:
        """Whether the nearest folder that is there does not list what should stand in it."""
        try:
            if self._files.stat().st_dev != self._disk:  # what is seen is below the mount, or another one
                raise StorageUnavailableError
            while path != self._files:
                path, name = path.parent, path.name
                with contextlib.suppress(FileNotFoundError):
                    return all(one.name != name for one in path.iterdir())
        except OSError as error:
            raise StorageUnavailableError from error
        raise StorageUnavailableError

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

    def usage(self, key: str) -> Usage:
        path, objects, size = self.path(key), 0, 0
        for one in (path, *path.rglob("*")):
            with contextlib.suppress(FileNotFoundError):  # it goes in this moment
                status = one.stat()
                if S_ISREG(status.st_mode):
                    objects, size = objects + 1, size + status.st_size
        return Usage(objects, size)

    def import_ids(self) -> Iterator[str]:
        with contextlib.suppress(FileNotFoundError):
            for shard in os.scandir(self._files / "imports"):
                for entry in os.scandir(shard.path):
                    yield entry.name

    def now(self) -> float:
        touched = self._unfinished / uuid.uuid4().hex
        try:
            touched.touch()
            return touched.stat().st_mtime
        finally:
            touched.unlink(missing_ok=True)

    def last_change(self, import_id: str) -> float:
        try:
            return self.path(import_prefix(import_id)).stat().st_mtime
        except FileNotFoundError:
            return 0

    def path(self, key: str) -> Path:
        """Where a blob stands. Raises ValueError for a key that is no path of plain parts."""
        return self._files.joinpath(*placed(key))


class _LocalWriter(BlobWriter):
    def __init__(self, unfinished: Path, target: Path) -> None:
        self._unfinished = unfinished
        self._target = target
        self._file = unfinished.open("wb", buffering=0)

    def write(self, data: bytes) -> None:
        with full_disk_is_named():
            view = memoryview(data)
            while view:
                view = view[self._file.write(view) or 0 :]

    def commit(self) -> None:
        self._file.close()
        _put(self._unfinished, self._target)

    def discard(self) -> None:
        self._file.close()
        self._unfinished.unlink(missing_ok=True)


_not_durable: set[Path] = set()
"""Folders that were made, and whose names the disk may not have yet."""


def _put(file: Path, target: Path) -> None:
    """Move a file to where it belongs, once the disk has its bytes."""
    with full_disk_is_named():
        new = _make_directories(target.parent)
        flush([file, *(folder.parent for folder in new)])
        _not_durable.difference_update(new)
        file.replace(target)
        flush([target.parent])


def _make_directories(path: Path) -> list[Path]:
    """Create a folder and its parents; gives those whose names are still to be flushed, in the folders above them. That may be
    one that another thread has just made, and not flushed yet."""
    if path.is_dir() and path not in _not_durable:
        return []
    above = _make_directories(path.parent)
    _not_durable.add(path)
    path.mkdir(exist_ok=True, mode=0o700)
    return [*above, path]
