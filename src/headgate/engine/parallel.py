"""Work on columns side by side: Polars releases the interpreter while it computes, so threads are enough."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from types import TracebackType
from typing import Generic, Self, TypeVar, cast

Result = TypeVar("Result")
Item = TypeVar("Item")

MIN_ROWS = 4_096
"""Fewer rows are done sooner than a thread takes over."""


def in_parallel(tasks: Sequence[Callable[[], Result]], rows: int) -> list[Result]:
    """The tasks' results, in their order. `rows`: how many rows each task works on."""
    if rows < MIN_ROWS or len(tasks) < 2 or _threads() < 2:
        return [task() for task in tasks]
    return list(_executor().map(lambda task: task(), tasks))


def ahead(items: Iterator[Result]) -> Iterator[Result]:
    """The items, each made on a thread while the one before it is worked on."""
    end = object()
    with ThreadPoolExecutor(1, thread_name_prefix="ahead") as maker:
        following: Future[Result | object] = maker.submit(next, items, end)
        while (item := following.result()) is not end:
            following = maker.submit(next, items, end)
            yield cast(Result, item)


class Behind(Generic[Item]):
    """Work on items in their order, on a thread that stays behind whoever makes them: one item is worked on, one waits.

    Use it with `with`: behind it all work is done, or was given up because of an exception. The items of a short table are worked
    on at once.
    """

    def __init__(self, work: Callable[[Item], None]) -> None:
        self._work = work
        self._thread: ThreadPoolExecutor | None = None
        self._given: deque[Future[None]] = deque()

    def take(self, item: Item, rows: int) -> None:
        """Hand over the next item, which has so many rows. Raises what the work on an earlier one raised."""
        if self._thread is None:
            if rows < MIN_ROWS or _threads() < 2:
                self._work(item)
                return
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="behind")
        while len(self._given) > 1:
            self._given.popleft().result()
        self._given.append(self._thread.submit(self._work, item))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._thread is not None:
            self._thread.shutdown(cancel_futures=kind is not None)
            if kind is None:
                for given in self._given:
                    given.result()


def _threads() -> int:
    return len(os.sched_getaffinity(0))


@cache
def _executor() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_threads(), thread_name_prefix="columns")
