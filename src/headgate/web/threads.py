"""Threads for what an event loop must not wait for: questions to the database, files.

They do what Starlette's own do, without what those need for other libraries of events than asyncio: the way to a thread and back takes
most routes longer than what they do there. A stream of events asks by Starlette's, whose answers wait for a thread before they end.
"""

from __future__ import annotations

import asyncio
import contextvars
import functools
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, ParamSpec, TypeVar

MOST = 40
"""As many as Starlette has. What comes beyond that waits for one of them."""

P = ParamSpec("P")
T = TypeVar("T")


class Threads:
    """As many threads as there was ever work for at once, `most` at most. They end with the process."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._work: SimpleQueue[_Work] = SimpleQueue()
        self._lock = threading.Lock()
        self._under_way = 0
        self._started = 0

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `function` gives or raises, called in a thread with the context of the caller."""
        work = _Work(functools.partial(function, *args, **kwargs))
        with self._lock:
            self._under_way += 1
            grows = self._started < min(self._under_way, self._most)
            self._started += grows
        if grows:
            threading.Thread(target=self._main, daemon=True, name=f"headgate-web-{self._started}").start()
        self._work.put(work)
        result: T = await work.ended
        return result

    def _main(self) -> None:
        while True:
            work = self._work.get()
            work.do()
            with self._lock:
                self._under_way -= 1
            work.tell()
            del work  # what it holds is not kept until the next comes


class _Work:
    """Something to be done, and who waits for it."""

    def __init__(self, call: Callable[[], Any]) -> None:
        self._call = call
        self._loop = asyncio.get_running_loop()
        self._context = contextvars.copy_context()
        self._result: Any = None
        self._error: BaseException | None = None
        self.ended: asyncio.Future[Any] = self._loop.create_future()

    def do(self) -> None:
        """In a thread."""
        try:
            self._result = self._context.run(self._call)
        except StopIteration as error:  # which a future cannot hold
            self._error = RuntimeError("what was called in a thread has raised StopIteration")
            self._error.__cause__ = error
        except BaseException as error:  # whatever it is, it belongs to whoever waits
            self._error = error

    def tell(self) -> None:
        """Have the loop go on, if it still runs."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._end)

    def _end(self) -> None:
        if self.ended.cancelled():
            return
        if self._error is None:
            self.ended.set_result(self._result)
        else:
            self.ended.set_exception(self._error)
            self._error = None  # its traceback holds the frames that hold this


_threads = Threads()
in_thread = _threads.run
