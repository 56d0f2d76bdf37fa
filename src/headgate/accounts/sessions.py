"""Signed-in browsers."""

from __future__ import annotations

import uuid
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from headgate.accounts.models import Membership, UserSession
from headgate.accounts.scopes import Role
from headgate.accounts.tokens import digest_of, new_token
from headgate.db import Database, utc_now
from headgate.errors import UnauthenticatedError
from headgate.records import dataclass

LAST_USED_PRECISION = timedelta(minutes=1)
SIGN_IN = "You are not signed in, or have been signed out. Sign in again."


@dataclass(frozen=True)
class SessionUse:
    """Who uses a session, and as what."""

    session_id: uuid.UUID
    user_id: uuid.UUID
    organization_id: uuid.UUID
    role: Role


class SessionService:
    """Starts, finds and ends sessions. `idle_time` and `lifetime` in seconds: unused, and at most."""

    def __init__(self, database: Database, idle_time: int, lifetime: int) -> None:
        self._database = database
        self._idle = timedelta(seconds=idle_time)
        self._lifetime = timedelta(seconds=lifetime)

    def start(self, session: Session, user_id: uuid.UUID, organization_id: uuid.UUID) -> str:
        """The token of a new session, within a transaction. It is made here only: what a browser brings is never taken."""
        now, token = utc_now(), new_token()
        session.add(
            UserSession(
                id=uuid.uuid4(),
                digest=digest_of(token),
                user_id=user_id,
                organization_id=organization_id,
                created_at=now,
                last_used_at=now,
                expires_at=now + self._lifetime,
            )
        )
        return token

    def authenticate(self, token: str) -> SessionUse:
        """Whose session that is. Raises UnauthenticatedError.

        The membership is read with every request: who was removed or lost a role does not keep it until signing out.
        """
        query = (
            select(UserSession, Membership.role)
            .join(
                Membership,
                (Membership.user_id == UserSession.user_id)
                & (Membership.organization_id == UserSession.organization_id),
            )
            .where(UserSession.digest == digest_of(token))
        )
        with self._database.read() as session:
            found = session.execute(query).one_or_none()
        if found is None:
            raise UnauthenticatedError(SIGN_IN)
        row, role = found
        now = utc_now()
        if row.revoked_at is not None:
            raise UnauthenticatedError(SIGN_IN)
        if now >= row.expires_at or now - row.last_used_at >= self._idle:
            raise UnauthenticatedError("Your session has ended. Sign in again.")
        if now - row.last_used_at >= min(LAST_USED_PRECISION, self._idle / 2):
            with self._database.write_relaxed() as session:
                session.execute(update(UserSession).where(UserSession.id == row.id).values(last_used_at=now))
        return SessionUse(row.id, row.user_id, row.organization_id, Role(role))

    def of_user(self, user_id: uuid.UUID) -> list[UserSession]:
        """The sessions of a person that are still open, the one used last first."""
        now = utc_now()
        query = (
            select(UserSession)
            .where(
                UserSession.user_id == user_id,
                UserSession.revoked_at.is_(None),
                UserSession.expires_at > now,
                UserSession.last_used_at > now - self._idle,
            )
            .order_by(UserSession.last_used_at.desc(), UserSession.id)
        )
        with self._database.read() as session:
            return list(session.scalars(query))

    def revoke_token(self, session: Session, token: str) -> None:
        """End the session of a token, if it is one, within a transaction."""
        self._revoke(session, UserSession.digest == digest_of(token))

    def revoke_all(self, session: Session, user_id: uuid.UUID, organization_id: uuid.UUID | None = None) -> None:
        """End the sessions of a person, within a transaction: all, or those in one organization."""
        where = UserSession.user_id == user_id
        if organization_id is not None:
            where &= UserSession.organization_id == organization_id
        self._revoke(session, where)

    def forget_ended(self) -> None:
        """Remove sessions that are over."""
        with self._database.write_relaxed() as session:
            session.execute(delete(UserSession).where(UserSession.expires_at <= utc_now()))

    @staticmethod
    def _revoke(session: Session, where: ColumnElement[bool]) -> None:
        session.execute(update(UserSession).where(where, UserSession.revoked_at.is_(None)).values(revoked_at=utc_now()))
