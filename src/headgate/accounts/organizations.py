"""Making, naming, choosing and deleting organizations."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from headgate.accounts.audit import Action, Actor, note
from headgate.accounts.models import Membership, Organization, UserSession
from headgate.accounts.scopes import Role
from headgate.db import Database, utc_now
from headgate.errors import ConflictError, InvalidError, NotFoundError

log = structlog.get_logger(__name__)


class OrganizationService:
    """Organizations, as people see them."""

    def __init__(self, database: Database, empty: Callable[[uuid.UUID], None]) -> None:
        """`empty` removes what an organization has outside of the database, before it is deleted."""
        self._database = database
        self._empty = empty

    def create(self, actor: Actor, name: str) -> uuid.UUID:
        """A new organization, whose admin the person becomes. Raises NotFoundError for a person who is gone."""
        if actor.id is None:
            raise NotFoundError
        now, identifier = utc_now(), uuid.uuid4()
        with self._database.write() as session:
            session.add(Organization(id=identifier, name=name, created_at=now))
            session.flush()
            session.add(Membership(organization_id=identifier, user_id=actor.id, role=Role.ADMIN, created_at=now))
            there = Actor(identifier, actor.kind, actor.id, actor.address)
            note(session, there, Action.ORGANIZATION_CREATED, identifier)
        return identifier

    def rename(self, actor: Actor, name: str) -> None:
        """Give the organization another name. Raises NotFoundError."""
        with self._database.write() as session:
            row = _get(session, actor.organization_id)
            row.name = name
            note(session, actor, Action.ORGANIZATION_RENAMED, row.id)

    def switch(self, session_id: uuid.UUID, user_id: uuid.UUID, organization_id: uuid.UUID) -> None:
        """Let a session work in another organization of the person. Raises NotFoundError."""
        with self._database.write() as session:
            row = session.get(UserSession, session_id)
            if row is None or session.get(Membership, (organization_id, user_id)) is None:
                raise NotFoundError
            row.organization_id = organization_id

    def delete(self, actor: Actor, name: str) -> None:
        """Remove the organization with everything that it has. `name`: its name, typed by who really means it.

        Raises InvalidError for another name, ConflictError for the only organization.
        """
        with self._database.read() as session:
            if _get(session, actor.organization_id).name != name:
                raise InvalidError({"name": ["This is not the name of the organization."]})
            others = select(Organization.id).where(Organization.id != actor.organization_id)
            if session.scalar(others.limit(1)) is None:
                raise ConflictError("This is the only organization of the service, so it cannot be deleted.")
        self._empty(actor.organization_id)
        with self._database.write() as session:
            session.delete(_get(session, actor.organization_id))
        log.info("organization_deleted", organization=str(actor.organization_id), by=str(actor.id))


def _get(session: Session, organization_id: uuid.UUID) -> Organization:
    row = session.get(Organization, organization_id)
    if row is None:
        raise NotFoundError
    return row
