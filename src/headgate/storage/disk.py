"""What the local disk says, by our names."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator

from headgate.errors import StorageFullError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextlib.contextmanager
def full_disk_is_named() -> Iterator[None]:
    """Raise StorageFullError where the disk has no room."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFullError from error
        raise
