"""Work that stays behind: whoever makes chunks goes on with the next while the last are written."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Generic, Self, TypeVar

from headgate.engine.parallel import MIN_ROWS

Item = TypeVar("Item")


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
            if rows < MIN_ROWS:
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
