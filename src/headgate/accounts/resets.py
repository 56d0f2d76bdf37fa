"""New passwords for those who forgot theirs: a link that an admin makes and hands over, because no mail is sent."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from headgate.accounts.audit import Action, Actor, note
from headgate.accounts.links import NewLink, make_link, open_link, revoke_links
from headgate.accounts.models import ActorKind, LinkPurpose, Membership, User
from headgate.accounts.scopes import Role
from headgate.accounts.sign_in import SignInService
from headgate.db import Database
from headgate.errors import ConflictError, ForbiddenError, NotFoundError

ELSEWHERE = (
    "This person belongs to an organization too that you are not admin of, so you cannot set their password. Whoever runs the "
    "service can, with `headgate accounts reset-link`."
)


class ResetService:
    """Links to set a password, and their use. `lifetime` in seconds."""

    def __init__(self, database: Database, sign_in: SignInService, lifetime: int) -> None:
        self._database = database
        self._sign_in = sign_in
        self._lifetime = lifetime

    def create(self, actor: Actor, user_id: uuid.UUID) -> NewLink:
        """A link for a member of the admin's organization; earlier ones end. Raises NotFoundError.

        Raises ConflictError for somebody whom another organization trusts as well: an admin of this one must not get into
        that one by setting the password.
        """
        with self._database.write() as session:
            if session.get(Membership, (actor.organization_id, user_id)) is None:
                raise NotFoundError
            if _belongs_elsewhere(session, user_id, actor):
                raise ConflictError(ELSEWHERE)
            return self._create(session, actor, user_id)

    def create_for(self, email: str) -> NewLink:
        """A link for whoever has this address, made by who runs the service. Raises NotFoundError."""
        with self._database.write() as session:
            row = session.scalar(
                select(Membership)
                .join(User, User.id == Membership.user_id)
                .where(User.email == email.strip().lower())
                .order_by(Membership.created_at)
                .limit(1)
            )
            if row is None:
                raise NotFoundError("There is no account with this e-mail address.")
            return self._create(session, Actor(row.organization_id), row.user_id)

    def look(self, token: str) -> tuple[User, datetime]:
        """Whose password a link sets, and when the link ends. Raises ForbiddenError."""
        with self._database.read() as session:
            link = open_link(session, LinkPurpose.PASSWORD_RESET, token)
            return _user(session, link.user_id), link.expires_at

    def use(self, token: str, password: str, address: str | None) -> None:
        """Set the password, once; every session of the person ends. Raises ForbiddenError, InvalidError."""
        user, _ = self.look(token)
        password_hash = self._sign_in.hash_of_new(password, user.email, user.name, key="new_password")
        with self._database.write() as session:
            link = open_link(session, LinkPurpose.PASSWORD_RESET, token, use=True)
            self._sign_in.set_password(session, user.id, password_hash)
            actor = Actor(link.organization_id, ActorKind.USER, user.id, address)
            note(session, actor, Action.PASSWORD_RESET, user.id)
        self._sign_in.forget_wrong_ones(user.email)

    def _create(self, session: Session, actor: Actor, user_id: uuid.UUID) -> NewLink:
        revoke_links(session, LinkPurpose.PASSWORD_RESET, user_id=user_id)
        note(session, actor, Action.PASSWORD_RESET_LINK_CREATED, user_id)
        return make_link(session, LinkPurpose.PASSWORD_RESET, actor.organization_id, self._lifetime, user_id=user_id)


def _belongs_elsewhere(session: Session, user_id: uuid.UUID, actor: Actor) -> bool:
    """Whether the person has a membership in an organization of which the actor is no admin. A key is admin of its own."""
    admins = aliased(Membership)
    query = select(Membership.organization_id).where(
        Membership.user_id == user_id, Membership.organization_id != actor.organization_id
    )
    if actor.kind is ActorKind.USER:
        query = query.where(
            ~exists().where(
                admins.organization_id == Membership.organization_id,
                admins.user_id == actor.id,
                admins.role == Role.ADMIN,
            )
        )
    return session.scalar(query.limit(1)) is not None


def _user(session: Session, user_id: uuid.UUID | None) -> User:
    row = session.get(User, user_id) if user_id else None
    if row is None:
        raise ForbiddenError("The account that this link is for does not exist any more.")
    return row
