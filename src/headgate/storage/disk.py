"""The local disk: what it says, by our names, and waiting until it has what was written."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from headgate.errors import StorageFullError
from headgate.full_disk import is_full

WAITING_AT_ONCE = 16


@contextlib.contextmanager
def full_disk_is_named() -> Iterator[None]:
    """Raise StorageFullError where the disk has no room."""
    try:
        yield
    except OSError as error:
        if is_full(error):
            raise StorageFullError from error
        raise


def flush(paths: Sequence[Path]) -> None:
    """Return when the disk has all of these files and folders, asked for side by side: a file system writes down together
    what is wanted together. Raises OSError."""
    first, *others = paths
    waiting = [_waiters().submit(_flush, path) for path in others]
    try:
        _flush(first)
    finally:
        failures = [one.exception() for one in waiting]
    for failure in failures:
        if failure is not None:
            raise failure


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@cache
def _waiters() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(WAITING_AT_ONCE, thread_name_prefix="headgate-flush")
