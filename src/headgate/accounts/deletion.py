"""Deleting an organization: a durable job, which goes on where it was when the service was stopped or killed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

import structlog
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from headgate.accounts.models import Organization, OrganizationDeletion
from headgate.db import Database, utc_now

BATCH = 20
"""Imports that are deleted between two notes of how far it is."""
KEPT = timedelta(days=7)
"""How long it is told that an organization was deleted."""
LISTED = 50

log = structlog.get_logger(__name__)


class Belongings(Protocol):
    """The imports of an organization: what it has outside of the database."""

    def count(self, organization_id: uuid.UUID) -> int:
        """How many there are."""

    def some(self, session: Session, organization_id: uuid.UUID, limit: int) -> list[uuid.UUID]:
        """Some of them, those that still run first; none when there are none."""

    def erase(self, organization_id: uuid.UUID, import_id: uuid.UUID) -> None:
        """Delete one with its files; what is gone already, in part or as a whole, is no error."""

    def gone(self, session: Session, organization_id: uuid.UUID, asked_by: uuid.UUID | None) -> Callable[[], None]:
        """The organization itself goes in this transaction. What is given back is called when it is committed."""


class OrganizationDeleter:
    """Runs deletions that `OrganizationService.delete` has begun."""

    def __init__(self, database: Database, belongings: Belongings, reconcile: Callable[[list[uuid.UUID]], int]) -> None:
        """`reconcile` gives each of these deletions a job unless it has one that works."""
        self._database = database
        self._belongings = belongings
        self._reconcile = reconcile

    def run(self, organization_id: uuid.UUID) -> None:
        """Bring a deletion to its end. It may be begun again at any time; nothing happens when it has ended.

        The imports that are about to go are noted before the first of them is touched, so that files whose import went just
        before a stop are deleted by whoever goes on.
        """
        while (batch := self._batch(organization_id)) is not None:
            for import_id in batch:
                self._belongings.erase(organization_id, uuid.UUID(import_id))
            self._advance(organization_id, batch)()

    def reconcile(self) -> None:
        """Give every deletion that has not ended a job that works."""
        waiting = select(OrganizationDeletion.organization_id).where(OrganizationDeletion.ended_at.is_(None))
        with self._database.read() as session:
            unfinished = list(session.scalars(waiting))
        if unfinished and (missing := self._reconcile(unfinished)):
            log.info("deletions_reconciled", count=missing)

    def of_person(self, user_id: uuid.UUID) -> list[OrganizationDeletion]:
        """What a person asked for lately, newest first."""
        query = select(OrganizationDeletion).where(OrganizationDeletion.asked_by == user_id)
        with self._database.read() as session:
            return list(session.scalars(query.order_by(OrganizationDeletion.created_at.desc()).limit(LISTED)))

    def forget(self) -> None:
        """Remove what is told of deletions that ended long ago."""
        with self._database.write_relaxed() as session:
            session.execute(delete(OrganizationDeletion).where(OrganizationDeletion.ended_at <= utc_now() - KEPT))

    def _batch(self, organization_id: uuid.UUID) -> list[str] | None:
        with self._database.read() as session:
            row = session.get(OrganizationDeletion, organization_id)
        return None if row is None or row.ended_at is not None else row.batch

    def _advance(self, organization_id: uuid.UUID, done: list[str]) -> Callable[[], None]:
        """Note the imports that go next, unless another run of the same job has; without any the organization itself goes, with
        everything else of it. What is given back is to be called then."""
        ended: Callable[[], None] = _nothing
        with self._database.write() as session:
            row = session.get(OrganizationDeletion, organization_id, with_for_update=True)
            if row is None or row.ended_at is not None or row.batch != done:
                return ended
            # Locked: whoever begins an import in this moment waits, and then finds no organization.
            organization = session.get(Organization, organization_id, with_for_update=True)
            row.deleted_imports += len(row.batch)
            row.batch = [str(found) for found in self._belongings.some(session, organization_id, BATCH)]
            if not row.batch:
                if organization is not None:
                    ended = self._belongings.gone(session, organization_id, row.asked_by)
                    session.delete(organization)
                row.ended_at = utc_now()
                log.info("organization_deleted", organization=str(organization_id), imports=row.deleted_imports)
        return ended


def _nothing() -> None:
    return
