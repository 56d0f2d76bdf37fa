"""The people of an organization, and the organizations of a person."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from headgate.accounts.audit import Action, Actor, note
from headgate.accounts.models import Membership, Organization, User, UserSession
from headgate.accounts.scopes import Role
from headgate.accounts.sessions import SessionService
from headgate.db import Database
from headgate.errors import ConflictError, NotFoundError
from headgate.records import dataclass

LAST_ADMIN = "This is the only admin of the organization. Make somebody else admin first."


@dataclass(frozen=True)
class MemberView:
    """A person in an organization. `last_used`: of their newest session there."""

    user: User
    role: Role
    joined_at: datetime
    last_used: datetime | None


@dataclass(frozen=True)
class Place:
    """An organization of a person."""

    organization: Organization
    role: Role


class MemberService:
    """Members and organizations."""

    def __init__(self, database: Database, sessions: SessionService) -> None:
        self._database = database
        self._sessions = sessions

    def of(self, organization_id: uuid.UUID) -> list[MemberView]:
        """The members, by name."""
        used = (
            select(func.max(UserSession.last_used_at))
            .where(UserSession.user_id == User.id, UserSession.organization_id == organization_id)
            .scalar_subquery()
        )
        query = (
            select(User, Membership.role, Membership.created_at, used)
            .join(Membership, Membership.user_id == User.id)
            .where(Membership.organization_id == organization_id)
            .order_by(func.lower(User.name), User.id)
        )
        with self._database.read() as session:
            return [MemberView(user, Role(role), joined, last) for user, role, joined, last in session.execute(query)]

    def get(self, organization_id: uuid.UUID, user_id: uuid.UUID) -> MemberView:
        """One member. Raises NotFoundError."""
        found = next((one for one in self.of(organization_id) if one.user.id == user_id), None)
        if found is None:
            raise NotFoundError
        return found

    def change_role(self, actor: Actor, user_id: uuid.UUID, role: Role) -> None:
        """Raises NotFoundError, and ConflictError when no admin would be left."""
        with self._database.write() as session:
            row = self._locked(session, actor.organization_id, user_id)
            if row.role == role:
                return
            if role is not Role.ADMIN:
                _check_other_admin(session, row)
            note(session, actor, Action.MEMBER_ROLE_CHANGED, user_id, {"from": str(row.role), "to": role.value})
            row.role = role

    def remove(self, actor: Actor, user_id: uuid.UUID) -> None:
        """Take somebody out of the organization; their sessions there end. Raises NotFoundError, ConflictError as above."""
        with self._database.write() as session:
            row = self._locked(session, actor.organization_id, user_id)
            _check_other_admin(session, row)
            session.delete(row)
            self._sessions.revoke_all(session, user_id, actor.organization_id)
            note(session, actor, Action.MEMBER_REMOVED, user_id)

    def places(self, user_id: uuid.UUID) -> list[Place]:
        """The organizations of a person, by name."""
        query = (
            select(Organization, Membership.role)
            .join(Membership, Membership.organization_id == Organization.id)
            .where(Membership.user_id == user_id)
            .order_by(func.lower(Organization.name), Organization.id)
        )
        with self._database.read() as session:
            return [Place(organization, Role(role)) for organization, role in session.execute(query)]

    def user(self, user_id: uuid.UUID) -> User:
        """An account. Raises NotFoundError."""
        with self._database.read() as session:
            row = session.get(User, user_id)
        if row is None:
            raise NotFoundError
        return row

    def rename_user(self, user_id: uuid.UUID, name: str) -> None:
        """Change what somebody is called. Raises NotFoundError."""
        with self._database.write() as session:
            row = session.get(User, user_id)
            if row is None:
                raise NotFoundError
            row.name = name

    @staticmethod
    def _locked(session: Session, organization_id: uuid.UUID, user_id: uuid.UUID) -> Membership:
        """The membership; the organization is locked, so that two admins cannot remove one another at once."""
        session.get(Organization, organization_id, with_for_update=True)
        row = session.get(Membership, (organization_id, user_id))
        if row is None:
            raise NotFoundError
        return row


def _check_other_admin(session: Session, row: Membership) -> None:
    others = select(Membership.user_id).where(
        Membership.organization_id == row.organization_id,
        Membership.role == Role.ADMIN,
        Membership.user_id != row.user_id,
    )
    if row.role == Role.ADMIN and session.scalar(others.limit(1)) is None:
        raise ConflictError(LAST_ADMIN)
