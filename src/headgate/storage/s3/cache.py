"""Copies of objects on the local disk, for what needs a file: bounded, and never in the way of who still reads one."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

UNUSED_SECONDS = 3600
"""After so long without use a copy goes: of what was deleted elsewhere nothing may stay for long."""


class FileCache:
    """Copies below `directory`, at most `size` bytes of them, the longest unused go first.

    Who asks gets a hard link of their own, so a copy can be dropped at any time. An object never changes under its key.
    """

    def __init__(self, directory: Path, size: int) -> None:
        self._directory = directory
        self._unfinished = directory / "unfinished"
        self._size = size
        self._guard = threading.Lock()
        self._locks: dict[str, tuple[threading.Lock, int]] = {}
        shutil.rmtree(self._unfinished, ignore_errors=True)  # of a process that was killed
        self._unfinished.mkdir(parents=True, mode=0o700)

    def link(self, path: str, target: Path, download: Callable[[Path], None]) -> None:
        """Have the object at `target`. `download` writes it to a path, if it is not here yet; what it raises is raised."""
        target.parent.mkdir(parents=True, exist_ok=True)
        name = path.replace("/", "~")
        with self._one_at_a_time(name):
            if not self._link(self._directory / name, target):
                self._fetch(name, target, download)
        self._shrink(self._size, 0)

    def forget(self, path: str) -> None:
        """Drop the copies of an object, or of all objects below a path."""
        name = path.replace("/", "~")
        for file in self._files():
            if file.name == name or file.name.startswith(f"{name}~"):
                with contextlib.suppress(FileNotFoundError):
                    Path(file.path).unlink()

    def tidy(self) -> None:
        """Drop what nobody used for an hour."""
        self._shrink(self._size, time.time() - UNUSED_SECONDS)

    def _link(self, copy: Path, target: Path) -> bool:
        target.unlink(missing_ok=True)
        try:
            target.hardlink_to(copy)
            os.utime(copy)
        except FileNotFoundError:
            return target.exists()
        return True

    def _fetch(self, name: str, target: Path, download: Callable[[Path], None]) -> None:
        unfinished = self._unfinished / uuid.uuid4().hex
        try:
            download(unfinished)
            target.hardlink_to(unfinished)
            unfinished.replace(self._directory / name)
        finally:
            unfinished.unlink(missing_ok=True)

    def _shrink(self, size: int, used_since: float) -> None:
        known = []
        for file in self._files():
            with contextlib.suppress(FileNotFoundError):
                status = file.stat(follow_symlinks=False)
                known.append((status.st_mtime, status.st_size, file.path))
        for used, bytes_, path in sorted(known, reverse=True):
            size -= bytes_
            if size < 0 or used < used_since:
                with contextlib.suppress(FileNotFoundError):
                    Path(path).unlink()

    def _files(self) -> Iterator[os.DirEntry[str]]:
        with os.scandir(self._directory) as entries:
            yield from (entry for entry in entries if entry.is_file(follow_symlinks=False))

    @contextlib.contextmanager
    def _one_at_a_time(self, name: str) -> Iterator[None]:
        with self._guard:
            lock, users = self._locks.get(name, (threading.Lock(), 0))
            self._locks[name] = (lock, users + 1)
        try:
            with lock:
                yield
        finally:
            with self._guard:
                lock, users = self._locks.pop(name)
                if users > 1:
                    self._locks[name] = (lock, users - 1)
