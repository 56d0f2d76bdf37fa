"""Tables of the accounts."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from headgate.accounts.scopes import Role
from headgate.db import Base, JsonText, UtcDateTime


class LinkPurpose(StrEnum):
    """What a one-time link is for."""

    SETUP = "setup"
    INVITATION = "invitation"
    PASSWORD_RESET = "password_reset"


class ActorKind(StrEnum):
    """Who did something that the audit log tells of."""

    USER = "user"
    KEY = "key"
    SYSTEM = "system"
    """Whoever is at the machine: the command line, or a link that it gave out."""
    NOBODY = "nobody"
    """Whoever was refused: nobody knows who that is."""


class Organization(Base):
    """Whose objects they are. Every other table points here."""

    __tablename__ = "organizations"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ApiKey(Base):
    """A key of one organization. Only the SHA-256 of it is kept. `scopes` is null for keys from before there were any."""

    __tablename__ = "api_keys"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(255))
    shown_start: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str] | None] = mapped_column(JsonText)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class User(Base):
    """A person with a password. `email` is in lower case; `password_hash` is argon2id in its encoded form."""

    __tablename__ = "users"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(255))
    password_hash: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Membership(Base):
    """That a person belongs to an organization."""

    __tablename__ = "memberships"

    organization_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organizations.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True)
    role: Mapped[Role] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class UserSession(Base):
    """A signed-in browser, and the organization that it works in. Only the SHA-256 of the cookie is kept."""

    __tablename__ = "user_sessions"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AccountLink(Base):
    """A link that does one thing once: sets the service up, lets somebody in, or sets a new password."""

    __tablename__ = "account_links"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str | None] = mapped_column(String(254))
    """Whom an invitation is for."""
    role: Mapped[Role | None] = mapped_column(String(10))
    """As what an invitation lets them in."""
    user_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    """Whose password is to be set."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AuditEntry(Base):
    """Who did what. Entries are written and never changed; they hold ids, not names or addresses of e-mail."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index(None, "organization_id", "number"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_kind: Mapped[ActorKind] = mapped_column(String(10))
    actor_id: Mapped[uuid.UUID | None]
    action: Mapped[str] = mapped_column(String(60))
    object_id: Mapped[str | None] = mapped_column(String(255))
    details: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    address: Mapped[str | None] = mapped_column(String(45))
    """The network address that the request came from."""


class SignInRefusal(Base):
    """Sign-ins of one account that were refused since `began_at`, until the audit log was told of all of them.

    There is one row an account, and one for all addresses of e-mail without one: guessing fills no disk.
    """

    __tablename__ = "sign_in_refusals"

    account: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Id of the account, or ``-``."""
    user_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    address: Mapped[str | None] = mapped_column(String(45))
    """The network address of the last one."""
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    wrong: Mapped[int]
    """Wrong passwords, and addresses of e-mail that nobody has."""
    blocked: Mapped[int]
    """Tries that were not looked at, because there had been too many."""
    told_wrong: Mapped[int]
    told_blocked: Mapped[int]
    """How many of both the audit log knows."""


class OrganizationDeletion(Base):
    """An organization that is being deleted, or was lately: it stays for a while so that who asked for it sees the end.

    Not bound to the organization's own row, which goes before this does.
    """

    __tablename__ = "organization_deletions"

    organization_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    asked_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    imports: Mapped[int]
    """How many there were."""
    deleted_imports: Mapped[int]
    batch: Mapped[list[str]] = mapped_column(JsonText)
    """Imports that are being deleted: their files are deleted again when a stop came in between."""
