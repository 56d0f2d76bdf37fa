"""The event stream of an organization's imports: what changed, a second after it did, whichever process changed it."""

from __future__ import annotations

import asyncio
import threading
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from starlette.concurrency import run_in_threadpool

from headgate.dashboard.service import ImportPages
from headgate.db import utc_now
from headgate.db.base import dump_json
from headgate.imports.listing import ImportListing
from headgate.reviews.errors import BusyError

INTERVAL_SECONDS = 1.0
OVERLAP = timedelta(seconds=10)
"""How long a change may need from the time that it bears to the moment when others see it."""
MAX_TOLD = 200
"""Changes that a page is told one by one at a time; beyond that it is told to look again."""
HEARTBEAT_TICKS = 15
LIFETIME_SECONDS = 300.0
"""After so long the page connects again, and its session or key is looked at again."""
MAX_STREAMS = 64
"""Open streams of one organization."""


class StreamGuard:
    """Counts the open streams, and ends them when the service stops."""

    def __init__(self) -> None:
        self._lock = threading.RLock()  # a signal may close it in the middle of `listening`, in the same thread
        self._open: Counter[uuid.UUID] = Counter()
        self.closed = False

    @contextmanager
    def listening(self, organization_id: uuid.UUID) -> Iterator[None]:
        """For the duration of one stream. Raises BusyError."""
        with self._lock:
            if self.closed or self._open[organization_id] >= MAX_STREAMS:
                raise BusyError("Too many pages listen. Close some of them.")
            self._open[organization_id] += 1
        try:
            yield
        finally:
            with self._lock:
                self._open[organization_id] -= 1

    def close(self) -> None:
        """End all streams within a tick."""
        with self._lock:
            self.closed = True


class ImportStream:
    """Tells one page of an organization's imports."""

    def __init__(
        self, guard: StreamGuard, listing: ImportListing, pages: ImportPages, organization_id: uuid.UUID
    ) -> None:
        self._guard = guard
        self._listing = listing
        self._pages = pages
        self._organization_id = organization_id
        self._told: dict[uuid.UUID, str] = {}

    async def events(self) -> AsyncIterator[bytes]:
        """The bytes of the stream: `import` with one as lists show it, `many` when too much happened at once."""
        with self._guard.listening(self._organization_id):
            await run_in_threadpool(self._look)  # what was there before is no news
            yield b"retry: 2000\n\n: connected\n\n"
            loop = asyncio.get_running_loop()
            ends, tick = loop.time() + LIFETIME_SECONDS, 0
            while not self._guard.closed and loop.time() < ends:
                await asyncio.sleep(INTERVAL_SECONDS)
                tick += 1
                for data in await run_in_threadpool(self._look):
                    yield data
                if tick % HEARTBEAT_TICKS == 0:
                    yield b": still here\n\n"

    def _look(self) -> list[bytes]:
        rows = self._listing.changed(self._organization_id, utc_now() - OVERLAP, MAX_TOLD + 1)
        told, self._told = self._told, {row.id: f"{row.modified_at}{row.status}{row.progress}" for row in rows}
        news = [row for row in rows if told.get(row.id) != self._told[row.id]]
        if news and len(rows) > MAX_TOLD:
            return [_event("many", {})]
        return [_event("import", data) for data in self._pages.listed(self._organization_id, news)]


def _event(name: str, data: dict[str, Any]) -> bytes:
    return f"event: {name}\ndata: {dump_json(data)}\n\n".encode()
