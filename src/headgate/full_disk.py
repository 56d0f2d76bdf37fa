"""Whether an error says that a disk has no room."""

from __future__ import annotations

import errno
import os

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_IN_WORDS = (os.strerror(errno.ENOSPC), *(f"os error {number}" for number in FULL))


def is_full(error: BaseException | None) -> bool:
    """Also where a library gives the system's error on as its own, or says it in words only."""
    while error is not None:
        if getattr(error, "errno", None) in FULL or any(words in str(error) for words in _IN_WORDS):
            return True
        error = error.__cause__ or error.__context__
    return False
