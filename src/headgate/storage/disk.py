"""What the local disk says, by our names."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from headgate.errors import StorageFullError
from headgate.full_disk import is_full


@contextlib.contextmanager
def full_disk_is_named() -> Iterator[None]:
    """Raise StorageFullError where the disk has no room."""
    try:
        yield
    except OSError as error:
        if is_full(error):
            raise StorageFullError from error
        raise
