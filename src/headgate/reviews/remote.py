"""What other processes do to the reviews that are open or shown here: seen in the database within a second."""

from __future__ import annotations

import uuid
from typing import Any, NamedTuple

import structlog
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from headgate.db import Database
from headgate.imports.models import Import
from headgate.imports.states import Status
from headgate.nodes.polling import Poller
from headgate.reviews.desk import ReviewDesk
from headgate.reviews.models import ReviewChange

LOOK_SECONDS = 0.4
BATCH = 500

log = structlog.get_logger(__name__)


class _Standing(NamedTuple):
    """What pages are told of, when it changes."""

    status: str
    submitted: int | None
    link: int
    version: int
    progress: Any


class RemoteChanges:
    """Wakes the pages of reviews that another process changed, and ends what another process took or deleted."""

    def __init__(self, database: Database, desk: ReviewDesk) -> None:
        self._database = database
        self._desk = desk
        self._known: dict[uuid.UUID, _Standing] = {}
        self._poller = Poller("remote_changes", self._look_once, LOOK_SECONDS)

    def start(self) -> None:
        """Begin to look."""
        self._poller.start()

    def close(self) -> None:
        """Look no more."""
        self._poller.close()

    def look(self) -> None:
        """Compare what is shown or open here with what the database says."""
        shown = self._desk.events.listened() | self._desk.open_reviews()
        found = self._standings(sorted(shown)) if shown else {}
        known, self._known = self._known, found
        for import_id in shown - found.keys():
            self._desk.end(import_id)
            self._desk.events.end(import_id)
        for import_id, standing in found.items():
            before = known.get(import_id)
            if before is not None and before != standing:
                self._tell(import_id, before, standing)
            if standing.status != Status.NEEDS_REVIEW:
                self._desk.end(import_id)
            elif standing.submitted is not None:
                self._desk.leave(import_id)  # its finish may be in another process, and wants the directory

    def _tell(self, import_id: uuid.UUID, before: _Standing, now: _Standing) -> None:
        events = self._desk.events
        if now.submitted is not None and now.submitted != before.submitted:
            events.publish(import_id, "submitting")
        if now.submitted is None and before.submitted is not None and now.status == Status.NEEDS_REVIEW:
            state = self._desk.known_state(import_id) or {}
            events.publish(import_id, "state", version=now.version, step=state.get("step"))
        if now.progress and now.progress != before.progress and now.submitted is not None:
            events.publish(import_id, "preparing", **now.progress)
        events.publish(import_id, None)

    def _standings(self, import_ids: list[uuid.UUID]) -> dict[uuid.UUID, _Standing]:
        version = (
            select(func.coalesce(func.max(ReviewChange.seq), 0))
            .where(ReviewChange.import_id == Import.id)
            .correlate(Import)
            .scalar_subquery()
        )
        columns = (Import.id, Import.status, Import.submitted_seq, Import.review_epoch, version, Import.progress)
        found: dict[uuid.UUID, _Standing] = {}
        with self._database.read() as session:
            for start in range(0, len(import_ids), BATCH):
                rows = session.execute(select(*columns).where(Import.id.in_(import_ids[start : start + BATCH])))
                found |= {row[0]: _Standing(*row[1:]) for row in rows}
        return found

    def _look_once(self) -> bool:
        try:
            self.look()
        except SQLAlchemyError as error:
            log.warning("remote_changes_not_seen", cause=type(error).__name__)
        return False
