"""Making, naming, choosing and deleting organizations."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import structlog
from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from headgate.accounts.audit import Action, Actor, note
from headgate.accounts.deletion import Belongings
from headgate.accounts.models import (
    AccountLink,
    ApiKey,
    Membership,
    Organization,
    OrganizationDeletion,
    UserSession,
)
from headgate.accounts.scopes import Role
from headgate.db import Database, utc_now
from headgate.errors import ConflictError, InvalidError, NotFoundError

log = structlog.get_logger(__name__)


class OrganizationService:
    """Organizations, as people see them."""

    def __init__(self, database: Database, belongings: Belongings, delete_later: Callable[[uuid.UUID], None]) -> None:
        """`delete_later` has the rest of a deletion done, which is written down by then."""
        self._database = database
        self._belongings = belongings
        self._delete_later = delete_later

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

    def delete(self, actor: Actor, session_id: uuid.UUID, name: str) -> OrganizationDeletion:
        """Begin to remove the organization with everything that it has: nobody gets in from now on, and a job does the rest.

        `name`: its name, typed by who really means it. `session_id`: the session that asks goes on in another organization of
        the person, where there is one; all others end. Raises InvalidError for another name, ConflictError for the only
        organization.
        """
        organization_id = actor.organization_id
        count = self._belongings.count(organization_id)
        with self._database.write() as session:
            # All are locked, so that of two that are deleted at once one stays.
            there = {row.id: row for row in session.scalars(existing().with_for_update())}
            if organization_id not in there:
                raise NotFoundError
            if there[organization_id].name != name:
                raise InvalidError({"name": ["This is not the name of the organization."]})
            if len(there) == 1:
                raise ConflictError("This is the only organization of the service, so it cannot be deleted.")
            row = OrganizationDeletion(
                organization_id=organization_id,
                name=name,
                asked_by=actor.id,
                created_at=utc_now(),
                imports=count,
                deleted_imports=0,
                batch=[],
            )
            session.add(row)
            session.execute(delete(Membership).where(Membership.organization_id == organization_id))
            _go_on_elsewhere(session, actor, session_id)
            for table in (UserSession, ApiKey, AccountLink):
                session.execute(delete(table).where(table.organization_id == organization_id))
        log.info("organization_deletion_begun", organization=str(organization_id), by=str(actor.id), imports=count)
        self._delete_later(organization_id)
        return row


def existing() -> Select[Organization]:
    """The organizations that are there and stay."""
    going = select(OrganizationDeletion.organization_id)
    return select(Organization).where(Organization.id.not_in(going)).order_by(Organization.created_at)


def _go_on_elsewhere(session: Session, actor: Actor, session_id: uuid.UUID) -> None:
    """Let a session work in the organization that the person joined first, and tell its audit log."""
    mine = select(Membership.organization_id).where(Membership.user_id == actor.id)
    other = session.scalar(mine.order_by(Membership.created_at, Membership.organization_id).limit(1))
    if other is None:
        return
    session.execute(update(UserSession).where(UserSession.id == session_id).values(organization_id=other))
    there = Actor(other, actor.kind, actor.id, actor.address)
    note(session, there, Action.ORGANIZATION_DELETED, actor.organization_id)


def _get(session: Session, organization_id: uuid.UUID) -> Organization:
    row = session.get(Organization, organization_id)
    if row is None:
        raise NotFoundError
    return row
