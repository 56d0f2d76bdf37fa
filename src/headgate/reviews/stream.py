"""The event stream of a review: server-sent events, of which no change is missed whatever the connection does."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from typing import Any

from starlette.concurrency import run_in_threadpool

from headgate.db import Database
from headgate.db.base import dump_json
from headgate.errors import RequestError
from headgate.imports.links import Links
from headgate.imports.models import Import
from headgate.imports.states import Status
from headgate.reviews.access import Reviewer, open_link
from headgate.reviews.desk import ReviewDesk
from headgate.reviews.models import SUBMIT

HEARTBEAT_SECONDS = 15.0
MAX_TOLD = 1000
"""Changes that a page is told one by one after it was away; beyond that it is told the newest only."""


class ReviewStream:
    """Tells one page what happens. `seen`: the version that the page has; None: what is current now.

    Changes are read from the log whenever something wakes the stream, and at every heartbeat, so that those of another
    server process come too.
    """

    def __init__(
        self, reviewer: Reviewer, desk: ReviewDesk, links: Links, database: Database, seen: int | None
    ) -> None:
        self._reviewer = reviewer
        self._desk = desk
        self._links = links
        self._database = database
        self._seen = seen

    async def events(self) -> AsyncIterator[bytes]:
        """The bytes of the stream. It ends when the import ends, the link is revoked or expires, or the service stops."""
        import_id = self._reviewer.import_id
        with self._desk.events.subscribed(import_id) as subscription:
            row = await run_in_threadpool(self._look)
            if self._seen is None:
                self._seen = await run_in_threadpool(self._desk.log.version, import_id)
            yield b": connected\n\n"
            for name, data in self._standing(row).items():
                yield event(name, data)
            while row is not None and not subscription.closed:
                for data in await run_in_threadpool(self._changes, import_id):
                    yield event("changed", data, data["version"])
                if row.status != Status.NEEDS_REVIEW:
                    yield event("finished", {"status": row.status})
                    return
                happened = await subscription.wait(HEARTBEAT_SECONDS)
                if happened is None:
                    yield b": still here\n\n"
                row = await run_in_threadpool(self._look)
                for name, data in (happened or {}).items():
                    if name != "finished":  # the status of the import says that, also to those who come later
                        yield event(name, data)

    def _standing(self, row: Import | None) -> dict[str, dict[str, Any]]:
        """What goes on since before the page came."""
        found: dict[str, dict[str, Any]] = {}
        if (preparing := self._desk.preparing(self._reviewer.import_id)) is not None:
            found["preparing"] = preparing
        if row is not None and row.status == Status.NEEDS_REVIEW and row.submitted_seq is not None:
            found["submitting"] = {}
        return found

    def _look(self) -> Import | None:
        """The import, as long as the link is valid."""
        try:
            row, _ = open_link(self._links, self._database, self._reviewer.token)
        except RequestError:
            return None
        return row

    def _changes(self, import_id: uuid.UUID) -> list[dict[str, Any]]:
        entries = self._desk.log.headers(import_id, self._seen or 0)
        if entries:
            self._seen = entries[-1].seq
        return [
            {"version": entry.seq, "author": entry.author, "cells": entry.cells, "rows": entry.rows}
            for entry in entries[-MAX_TOLD:]
            if entry.kind != SUBMIT
        ]


def event(name: str, data: dict[str, Any], number: int | None = None) -> bytes:
    """One event of the stream."""
    head = "" if number is None else f"id: {number}\n"
    return f"{head}event: {name}\ndata: {dump_json(data)}\n\n".encode()
