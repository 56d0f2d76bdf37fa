"""Whether an error says that a disk has no room."""

from __future__ import annotations

import errno

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_IN_WORDS = tuple(f"os error {number}" for number in FULL)


def is_full(error: OSError) -> bool:
    """Also where a library gives the number in its words only."""
    return error.errno in FULL or any(words in str(error) for words in _IN_WORDS)
