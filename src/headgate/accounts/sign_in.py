"""Signing in and out, and changing one's password."""

from __future__ import annotations

import uuid

import structlog
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from headgate.accounts.audit import Action, Actor, note
from headgate.accounts.models import ActorKind, Membership, User, UserSession
from headgate.accounts.passwords import Passwords, problem_of
from headgate.accounts.refusals import SignInRefusals
from headgate.accounts.sessions import SessionService
from headgate.accounts.throttle import SignInThrottle
from headgate.db import Database, utc_now
from headgate.errors import ForbiddenError, InvalidError, NotFoundError, RateLimitedError, UnauthenticatedError
from headgate.records import dataclass

WRONG = "The e-mail address or the password is wrong."
NOWHERE = "Your account belongs to no organization any more. Ask an admin for an invitation."

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class SignedIn:
    """A new session. `token` goes into the cookie and nowhere else."""

    token: str
    user_id: uuid.UUID
    organization_id: uuid.UUID


class SignInService:
    """Passwords and the sessions that they open."""

    def __init__(
        self,
        database: Database,
        sessions: SessionService,
        throttle: SignInThrottle,
        passwords: Passwords,
        refusals: SignInRefusals,
    ) -> None:
        self._refusals = refusals
        self._database = database
        self._sessions = sessions
        self._throttle = throttle
        self._passwords = passwords

    def sign_in(self, email: str, password: str, address: str | None, former: str | None = None) -> SignedIn:
        """A new session; `former`, the token that the browser had, ends.

        Raises UnauthenticatedError, RateLimitedError, and ForbiddenError for somebody without an organization.
        """
        user = self.confirm(email, password, address)
        with self._database.write() as session:
            chosen = _organization_to_work_in(session, user.id)
            if chosen is None:
                raise ForbiddenError(NOWHERE)
            return self.start_session(session, user, chosen, address, former)

    def confirm(self, email: str, password: str, address: str | None) -> User:
        """The account with this password. Raises UnauthenticatedError, RateLimitedError.

        An unknown address takes the same way through the same work as a wrong password, and gets the same answer.
        """
        try:
            self._throttle.take(email, address)
        except RateLimitedError:
            self._refusals.count(email, address, blocked=True)
            raise
        with self._database.read() as session:
            user = session.scalar(select(User).where(User.email == email))
        if not self._passwords.verify(user.password_hash if user else None, password) or user is None:
            log.info("sign_in_refused")
            self._refusals.count(email, address)
            raise UnauthenticatedError(WRONG)
        self._throttle.succeeded(email, address)
        if self._passwords.is_outdated(user.password_hash):
            user.password_hash = self._rehash(user, password)
        return user

    def start_session(
        self, session: Session, user: User, organization_id: uuid.UUID, address: str | None, former: str | None
    ) -> SignedIn:
        """A new session for somebody whose password was confirmed, within a transaction. Raises UnauthenticatedError."""
        current = session.get(User, user.id, with_for_update=True, populate_existing=True)
        if current is None or current.password_hash != user.password_hash:
            raise UnauthenticatedError(WRONG)  # another one was set since
        if former is not None:
            self._sessions.revoke_token(session, former)
        token = self._sessions.start(session, user.id, organization_id)
        note(session, Actor(organization_id, ActorKind.USER, user.id, address), Action.SESSION_STARTED)
        return SignedIn(token, user.id, organization_id)

    def end_session(self, actor: Actor, session_id: uuid.UUID) -> None:
        """End a session of the person. Raises NotFoundError; ending it twice changes nothing."""
        with self._database.write() as session:
            row = session.get(UserSession, session_id)
            if row is None or row.user_id != actor.id:
                raise NotFoundError
            if row.revoked_at is None:
                row.revoked_at = utc_now()
                note(session, actor, Action.SESSION_ENDED, session_id)

    def change_password(self, actor: Actor, current: str, new: str) -> SignedIn:
        """Set a new password: every session of the person ends, and a new one starts.

        Raises InvalidError for a useless password or when `current` is wrong, RateLimitedError.
        """
        with self._database.read() as session:
            found = session.get(User, actor.id)
        if found is None:
            raise NotFoundError
        try:
            user = self.confirm(found.email, current, actor.address)
        except UnauthenticatedError:
            raise InvalidError({"current_password": ["This is not your password."]}) from None
        password_hash = self.hash_of_new(new, user.email, user.name, key="new_password")
        with self._database.write() as session:
            self.set_password(session, user.id, password_hash)
            note(session, actor, Action.PASSWORD_CHANGED, user.id)
            token = self._sessions.start(session, user.id, actor.organization_id)
        return SignedIn(token, user.id, actor.organization_id)

    def hash_of_new(self, password: str, email: str, name: str, *, key: str = "password") -> str:
        """What is stored of a new password. Raises InvalidError at `key` when it will not do."""
        if problem := problem_of(password, email, name):
            raise InvalidError({key: [problem]})
        return self._passwords.hash(password)

    def set_password(self, session: Session, user_id: uuid.UUID, password_hash: str) -> None:
        """Store a new password and end all sessions of the person, within a transaction. Raises NotFoundError."""
        row = session.get(User, user_id, with_for_update=True)
        if row is None:
            raise NotFoundError
        row.password_hash = password_hash
        self._sessions.revoke_all(session, user_id)

    def forget_wrong_ones(self, email: str) -> None:
        """Let an account be tried again whose password was set anew."""
        self._throttle.forget(email)

    def _rehash(self, user: User, password: str) -> str:
        """The same password with the parameters of now; the hash of before when another password was set meanwhile."""
        better = self._passwords.hash(password)
        with self._database.write() as session:
            same = (User.id == user.id, User.password_hash == user.password_hash)
            done = session.execute(update(User).where(*same).values(password_hash=better).returning(User.id)).first()
        return better if done else user.password_hash


def _organization_to_work_in(session: Session, user_id: uuid.UUID) -> uuid.UUID | None:
    """That of the person's newest session, else the one that they joined first."""
    mine = select(Membership.organization_id).where(Membership.user_id == user_id)
    last = session.scalar(
        select(UserSession.organization_id)
        .where(UserSession.user_id == user_id, UserSession.organization_id.in_(mine))
        .order_by(UserSession.created_at.desc())
        .limit(1)
    )
    return last or session.scalar(mine.order_by(Membership.created_at, Membership.organization_id).limit(1))
