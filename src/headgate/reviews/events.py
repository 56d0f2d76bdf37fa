"""Telling the open pages of a review what happened. What must not be missed is read from the log; here one is only woken."""

from __future__ import annotations

import asyncio
import threading
import uuid
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from headgate.reviews.errors import BusyError

MAX_SUBSCRIBERS = 64
"""Open event streams of one review."""


class Subscription:
    """One event stream. Of each event that is no change only the newest is kept, so a slow reader costs nothing."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._woken = asyncio.Event()
        self._pending: dict[str, dict[str, Any]] = {}
        self.closed = False

    def push(self, name: str | None, data: dict[str, Any]) -> None:
        """From any thread: wake the reader, with an event unless `name` is None."""

        def put() -> None:
            if name is not None:
                self._pending.pop(name, None)  # the newest comes last
                self._pending[name] = data
            self._woken.set()

        self._call(put)

    def close(self) -> None:
        """From any thread: end the stream."""

        def end() -> None:
            self.closed = True
            self._woken.set()

        self._call(end)

    async def wait(self, seconds: float) -> dict[str, dict[str, Any]] | None:
        """What came since, by event name; None when nothing did in that time."""
        try:
            await asyncio.wait_for(self._woken.wait(), seconds)
        except TimeoutError:
            return None
        self._woken.clear()
        found, self._pending = self._pending, {}
        return found

    def _call(self, action: Any) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(action)


class EventHub:
    """Who listens to which review."""

    def __init__(self) -> None:
        # Reentrant: a signal may close the hub in the middle of a subscription, in the same thread.
        self._lock = threading.RLock()
        self._subscriptions: dict[uuid.UUID, set[Subscription]] = defaultdict(set)
        self._closed = False

    @contextmanager
    def subscribed(self, import_id: uuid.UUID) -> Iterator[Subscription]:
        """Listen, in the running event loop. Raises BusyError when too many do."""
        one = Subscription(asyncio.get_running_loop())
        with self._lock:
            if self._closed or len(self._subscriptions[import_id]) >= MAX_SUBSCRIBERS:
                raise BusyError("Too many pages show this review. Close some of them.")
            self._subscriptions[import_id].add(one)
        try:
            yield one
        finally:
            with self._lock:
                self._subscriptions[import_id].discard(one)
                if not self._subscriptions[import_id]:
                    del self._subscriptions[import_id]

    def listened(self) -> set[uuid.UUID]:
        """The reviews that pages of this process show."""
        with self._lock:
            return set(self._subscriptions)

    def publish(self, import_id: uuid.UUID, name: str | None, **data: Any) -> None:
        """Tell all pages of a review; `name` None says that the log has grown."""
        for one in self._of(import_id):
            one.push(name, data)

    def end(self, import_id: uuid.UUID) -> None:
        """Have the streams of a review look whether they may still be open."""
        self.publish(import_id, None)

    def close(self) -> None:
        """End all streams; the service stops."""
        with self._lock:
            self._closed = True
            everyone = [one for found in self._subscriptions.values() for one in found]
        for one in everyone:
            one.close()

    def _of(self, import_id: uuid.UUID) -> list[Subscription]:
        with self._lock:
            return list(self._subscriptions.get(import_id, ()))
