"""Freed memory that the next chunk gets: an import works on one chunk after the other, each as large as the last.

The GNU C library gives large pieces back to the system when they are freed, and the system must clear each page before a
process has it again: half a million pages, and a second of processor time, for a million rows.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

WORTHWHILE = 8 << 20
"""Bytes of a source below which nothing is gained."""

LARGEST_PIECE = 32 << 20
MOST_KEPT = 64 << 20
"""Larger pieces are given back as ever, and all that is free at the end of the heap once it is more than this."""

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8  # malloc.h


@contextmanager
def freed_memory_kept(source: Path) -> Iterator[None]:
    """For the time of an import of `source`; what is free at its end goes back to the system. Nothing happens with other C libraries."""
    functions = _functions() if source.stat().st_size >= WORTHWHILE else None
    if functions is None:
        yield
        return
    set_option, trim = functions
    set_option(_M_MMAP_THRESHOLD, LARGEST_PIECE)
    set_option(_M_TRIM_THRESHOLD, MOST_KEPT)
    set_option(_M_ARENA_MAX, 1)  # else each thread that is begun from here on keeps what it frees to itself
    try:
        yield
    finally:
        trim(0)


def give_back() -> None:
    """What is free goes back to the system: a step is over that needed more, or in other pieces, than the next will."""
    if (functions := _functions()) is not None:
        functions[1](0)


@cache
def _functions() -> tuple[Callable[[int, int], int], Callable[[int], int]] | None:
    """`mallopt` and `malloc_trim`, where the C library has them."""
    try:
        library = ctypes.CDLL(None)
    except (OSError, TypeError):  # the last where there is no library of the process itself
        return None
    # Others have a `mallopt`, too, with options of their own.
    return (library.mallopt, library.malloc_trim) if hasattr(library, "gnu_get_libc_version") else None
