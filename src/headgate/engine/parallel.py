"""Work on columns side by side: Polars releases the interpreter while it computes, so threads are enough."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    import polars as pl

Result = TypeVar("Result")

MIN_ROWS = 4_096
"""Fewer rows are done sooner than a thread takes over."""
MIN_CELLS = 1 << 17
"""The same of a chunk with all that was read of its cells."""


def in_parallel(tasks: Sequence[Callable[[], Result]], rows: int) -> list[Result]:
    """The tasks' results, in their order. `rows`: how many rows each task works on."""
    if rows < MIN_ROWS or len(tasks) < 2 or _threads() < 2:
        return [task() for task in tasks]
    return list(_executor().map(lambda task: task(), tasks))


def ahead(items: Iterator[Result]) -> Iterator[Result]:
    """The items, each made on a thread while the one before it is worked on. None is kept here once the next is asked for."""
    end = object()
    with ThreadPoolExecutor(1, thread_name_prefix="ahead") as maker:
        following: Future[Result | object] = maker.submit(next, items, end)
        while (item := following.result()) is not end:
            following = maker.submit(next, items, end)
            yield cast(Result, item)
            del item


def chunks_ahead(chunks: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The same for chunks of rows. A first one of few cells is most probably the only one: nothing waits for a thread then."""
    first = next(chunks, None)
    if first is None:
        return
    if first.height * first.width < MIN_CELLS:
        yield first
        yield from chunks
    else:
        begun = iter([first])  # at its end it lets go of the chunk, as a list would not
        del first
        yield from ahead(chain(begun, chunks))


@contextmanager
def meanwhile(work: Callable[[], object], *, worthwhile: bool) -> Iterator[Callable[[], None]]:
    """Do `work`, if it is `worthwhile`, on a thread from when the block says that it waits for other things; the block's end waits
    for it. It is there for what comes later, which notices by itself if it failed."""
    with ExitStack() as threads:

        def begin() -> None:
            nonlocal worthwhile
            if worthwhile:
                worthwhile = False
                threads.enter_context(ThreadPoolExecutor(1, thread_name_prefix="meanwhile")).submit(work)

        yield begin


def _threads() -> int:
    return len(os.sched_getaffinity(0))


@cache
def _executor() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_threads(), thread_name_prefix="columns")
