"""How people come in: the first one by the setup link, all others by invitations."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from headgate.accounts.audit import Action, Actor, note
from headgate.accounts.links import NewLink, make_link, open_link, revoke_links
from headgate.accounts.models import AccountLink, ActorKind, LinkPurpose, Membership, Organization, User
from headgate.accounts.scopes import Role
from headgate.accounts.sign_in import SignedIn, SignInService
from headgate.db import Database, utc_now
from headgate.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from headgate.message import Message
from headgate.records import dataclass

MAX_OPEN_INVITATIONS = 1000
IS_SET_UP = "This service has been set up already. Sign in, or ask an admin for an invitation."


@dataclass(frozen=True)
class InvitationView:
    """What an invitation is for."""

    organization: str
    email: str
    role: Role
    expires_at: datetime
    has_account: bool


class JoiningService:
    """Setup and invitations. Lifetimes in seconds."""

    def __init__(
        self, database: Database, sign_in: SignInService, *, invitation_lifetime: int, setup_lifetime: int
    ) -> None:
        self._database = database
        self._sign_in = sign_in
        self._invitation_lifetime = invitation_lifetime
        self._setup_lifetime = setup_lifetime

    def needs_setup(self) -> bool:
        """Whether nobody has an account yet."""
        with self._database.read() as session:
            return _nobody_is_here(session)

    def make_setup_link(self, organization_id: uuid.UUID) -> NewLink:
        """A link for the first person, who becomes admin of the organization. Raises ConflictError when there is one."""
        with self._database.write() as session:
            if not _nobody_is_here(session):
                raise ConflictError(IS_SET_UP)
            return make_link(session, LinkPurpose.SETUP, organization_id, self._setup_lifetime)

    def set_up(
        self, token: str, *, email: str, name: str, password: str, organization: str | None, address: str | None
    ) -> SignedIn:
        """Make the first account, once, and sign it in. Raises ForbiddenError, ConflictError, InvalidError."""
        with self._database.read() as session:
            open_link(session, LinkPurpose.SETUP, token)
        password_hash = self._sign_in.hash_of_new(password, email, name)
        with self._database.write() as session:
            link = open_link(session, LinkPurpose.SETUP, token, use=True)
            owner = session.get(Organization, link.organization_id, with_for_update=True)
            if owner is None or not _nobody_is_here(session):
                raise ConflictError(IS_SET_UP)
            if organization is not None:
                owner.name = organization
            revoke_links(session, LinkPurpose.SETUP)
            user = _add_user(session, email, name, password_hash)
            session.add(_membership(owner.id, user.id, Role.ADMIN))
            actor = Actor(owner.id, ActorKind.USER, user.id, address)
            note(session, actor, Action.SETUP_COMPLETED, owner.id)
            session.flush()
            return self._sign_in.start_session(session, user, owner.id, address, None)

    def invite(self, actor: Actor, email: str, role: Role) -> NewLink:
        """An invitation; an earlier one for the same address ends. Raises ConflictError for a member."""
        with self._database.write() as session:
            is_member = select(Membership).join(User, User.id == Membership.user_id).where(
                Membership.organization_id == actor.organization_id, User.email == email
            )  # fmt: skip
            if session.scalar(is_member.limit(1)) is not None:
                raise ConflictError("This person is a member already.")
            revoke_links(session, LinkPurpose.INVITATION, organization_id=actor.organization_id, email=email)
            if len(session.scalars(_open_invitations(actor.organization_id)).all()) >= MAX_OPEN_INVITATIONS:
                raise ConflictError(
                    Message(
                        "There are {count} open invitations. Revoke some that nobody needs.", count=MAX_OPEN_INVITATIONS
                    )
                )
            link = make_link(
                session,
                LinkPurpose.INVITATION,
                actor.organization_id,
                self._invitation_lifetime,
                email=email,
                role=role,
            )
            note(session, actor, Action.INVITATION_CREATED, link.row.id, {"role": role.value})
        return link

    def invitations(self, organization_id: uuid.UUID) -> list[AccountLink]:
        """Those that were neither accepted nor revoked, newest first; expired ones too."""
        with self._database.read() as session:
            return list(session.scalars(_open_invitations(organization_id)))

    def revoke_invitation(self, actor: Actor, invitation_id: uuid.UUID) -> None:
        """Make an invitation useless. Raises NotFoundError, also for one that was accepted."""
        with self._database.write() as session:
            row = session.get(AccountLink, invitation_id, with_for_update=True)
            is_mine = row is not None and (row.organization_id, row.purpose) == (
                actor.organization_id,
                LinkPurpose.INVITATION,
            )
            if row is None or not is_mine or row.used_at is not None:
                raise NotFoundError
            if row.revoked_at is None:
                row.revoked_at = utc_now()
                note(session, actor, Action.INVITATION_REVOKED, row.id)

    def look(self, token: str) -> InvitationView:
        """What an invitation is for. Raises ForbiddenError."""
        with self._database.read() as session:
            link = open_link(session, LinkPurpose.INVITATION, token)
            organization = session.get(Organization, link.organization_id)
            email, role = _addressee(link)
            return InvitationView(
                organization.name if organization else "",
                email,
                role,
                link.expires_at,
                _find(session, email) is not None,
            )

    def accept(
        self, token: str, *, name: str | None, password: str, address: str | None, former: str | None
    ) -> SignedIn:
        """Become a member and sign in, with a new account or the password of the one that there is; `former`, the session
        that the browser had, ends.

        Raises ForbiddenError, InvalidError, UnauthenticatedError for a wrong password, RateLimitedError.
        """
        view = self.look(token)
        known = self._sign_in.confirm(view.email, password, address) if view.has_account else None
        if known is None and name is None:
            raise InvalidError({"name": ["This key is required."]})
        password_hash = "" if known else self._sign_in.hash_of_new(password, view.email, name or "")
        try:
            with self._database.write() as session:
                link = open_link(session, LinkPurpose.INVITATION, token, use=True)
                user = known or _add_user(session, view.email, name or "", password_hash)
                self._join(session, link, user, address)
                return self._sign_in.start_session(session, user, link.organization_id, address, former)
        except IntegrityError:  # an account with this address was made in this moment
            raise ConflictError(
                "Somebody accepted an invitation to this address in this moment. Open the link again."
            ) from None

    @staticmethod
    def _join(session: Session, link: AccountLink, user: User, address: str | None) -> None:
        """A person who is a member already stays what they are."""
        _, role = _addressee(link)
        if session.get(Membership, (link.organization_id, user.id)) is None:
            session.add(_membership(link.organization_id, user.id, role))
            actor = Actor(link.organization_id, ActorKind.USER, user.id, address)
            note(session, actor, Action.MEMBER_JOINED, user.id, {"invitation_id": str(link.id), "role": role.value})
        session.flush()


def _nobody_is_here(session: Session) -> bool:
    return session.scalar(select(User.id).limit(1)) is None


def _find(session: Session, email: str) -> User | None:
    return session.scalar(select(User).where(User.email == email))


def _add_user(session: Session, email: str, name: str, password_hash: str) -> User:
    user = User(id=uuid.uuid4(), email=email, name=name, password_hash=password_hash, created_at=utc_now())
    session.add(user)
    session.flush()
    return user


def _membership(organization_id: uuid.UUID, user_id: uuid.UUID, role: Role) -> Membership:
    return Membership(organization_id=organization_id, user_id=user_id, role=role, created_at=utc_now())


def _addressee(link: AccountLink) -> tuple[str, Role]:
    if link.email is None or link.role is None:
        raise ForbiddenError("This link is not an invitation.")
    return link.email, Role(link.role)


def _open_invitations(organization_id: uuid.UUID) -> Select[AccountLink]:
    return (
        select(AccountLink)
        .where(
            AccountLink.organization_id == organization_id,
            AccountLink.purpose == LinkPurpose.INVITATION,
            AccountLink.used_at.is_(None),
            AccountLink.revoked_at.is_(None),
        )
        .order_by(AccountLink.created_at.desc(), AccountLink.id)
    )
