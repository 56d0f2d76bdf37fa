"""The audit log: who did what, when, from where. Entries are added in the transaction of what they tell of."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from headgate.accounts.models import ActorKind, ApiKey, AuditEntry, User
from headgate.db import Database, utc_now
from headgate.records import dataclass

PAGE = 1000
"""Entries that are read or removed at once."""


class Action(StrEnum):
    """What the log tells of: a kind of object, and what happened to it."""

    SETUP_COMPLETED = "setup.completed"
    SESSION_STARTED = "session.started"
    SESSION_ENDED = "session.ended"
    SESSION_REFUSED = "session.refused"
    SESSION_BLOCKED = "session.blocked"
    PASSWORD_CHANGED = "password.changed"
    PASSWORD_RESET_LINK_CREATED = "password.reset_link_created"
    PASSWORD_RESET = "password.reset"
    ORGANIZATION_CREATED = "organization.created"
    ORGANIZATION_RENAMED = "organization.renamed"
    ORGANIZATION_DELETED = "organization.deleted"
    MEMBER_JOINED = "member.joined"
    MEMBER_ROLE_CHANGED = "member.role_changed"
    MEMBER_REMOVED = "member.removed"
    INVITATION_CREATED = "invitation.created"
    INVITATION_REVOKED = "invitation.revoked"
    KEY_CREATED = "key.created"
    KEY_REVOKED = "key.revoked"
    SCHEMA_CREATED = "schema.created"
    SCHEMA_CHANGED = "schema.changed"
    SCHEMA_DELETED = "schema.deleted"
    WEBHOOK_CREATED = "webhook.created"
    WEBHOOK_CHANGED = "webhook.changed"
    WEBHOOK_SECRET_ROTATED = "webhook.secret_rotated"
    WEBHOOK_DELETED = "webhook.deleted"
    SFTP_CREDENTIALS_CREATED = "sftp.credentials_created"
    SFTP_CREDENTIALS_CHANGED = "sftp.credentials_changed"
    SFTP_CREDENTIALS_DELETED = "sftp.credentials_deleted"
    SFTP_HOST_KEY_ACCEPTED = "sftp.host_key_accepted"
    SFTP_CONNECTOR_CREATED = "sftp.connector_created"
    SFTP_CONNECTOR_CHANGED = "sftp.connector_changed"
    SFTP_CONNECTOR_DELETED = "sftp.connector_deleted"
    IMPORT_DELETED = "import.deleted"
    IMPORT_LINK_RENEWED = "import.review_link_renewed"
    SETTINGS_CHANGED = "settings.changed"
    RETENTION_CHANGED = "retention.changed"
    MEMORY_REPLACED = "memory.replaced"
    MEMORY_DELETED = "memory.deleted"
    RECIPE_SAVED = "recipe.saved"
    RECIPE_SWITCHED = "recipe.switched"
    RECIPE_DELETED = "recipe.deleted"
    AUDIT_EXPORTED = "audit.exported"


@dataclass(frozen=True)
class Actor:
    """Who does something, in which organization. `address`: the network address of the request."""

    organization_id: uuid.UUID
    kind: ActorKind = ActorKind.SYSTEM
    id: uuid.UUID | None = None
    address: str | None = None


@dataclass(frozen=True)
class AuditFilter:
    """Which entries are asked for: an action or a kind (`key`), and from when until when."""

    action: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class AuditPage:
    """Entries, newest first. `following`: the number of the last one, when there are more."""

    entries: list[AuditEntry]
    following: int | None


def note(
    session: Session,
    actor: Actor,
    action: Action,
    object_id: uuid.UUID | str | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Write an entry, within a transaction. `details`: words of ours and ids only, nothing that people typed."""
    session.add(
        AuditEntry(
            organization_id=actor.organization_id,
            at=utc_now(),
            actor_kind=actor.kind,
            actor_id=actor.id,
            action=action,
            object_id=None if object_id is None else str(object_id)[:255],
            details=details,
            address=actor.address,
        )
    )


class AuditLog:
    """Reading the log, and writing what other domains tell."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, actor: Actor, action: Action, object_id: uuid.UUID | str | None = None) -> None:
        """Write an entry about what was just done."""
        with self._database.write() as session:
            note(session, actor, action, object_id)

    def names(self, entries: list[AuditEntry]) -> dict[uuid.UUID, str]:
        """What the people and keys of these entries are called now: who did it, and to whom it was done."""
        wanted = {entry.actor_id for entry in entries if entry.actor_id is not None}
        wanted |= {named for entry in entries if (named := id_of(entry.object_id)) is not None}
        found: dict[uuid.UUID, str] = {}
        with self._database.read() as session:
            for table in (User, ApiKey):
                found |= {
                    row[0]: row[1] for row in session.execute(select(table.id, table.name).where(table.id.in_(wanted)))
                }
        return found

    def page(
        self,
        organization_id: uuid.UUID,
        *,
        before: int | None,
        limit: int,
        wanted: AuditFilter = AuditFilter(),
    ) -> AuditPage:
        """Entries with numbers below `before`, newest first."""
        action = wanted.action
        query = select(AuditEntry).where(AuditEntry.organization_id == organization_id)
        if before is not None:
            query = query.where(AuditEntry.number < before)
        if action is not None:
            query = query.where(
                AuditEntry.action == action
                if "." in action
                else AuditEntry.action.startswith(f"{action}.", autoescape=True)
            )
        if wanted.since is not None:
            query = query.where(AuditEntry.at >= wanted.since)
        if wanted.until is not None:
            query = query.where(AuditEntry.at < wanted.until)
        with self._database.read() as session:
            rows = list(session.scalars(query.order_by(AuditEntry.number.desc()).limit(limit + 1)))
        return AuditPage(rows[:limit], rows[limit - 1].number if len(rows) > limit else None)

    def all(self, organization_id: uuid.UUID, wanted: AuditFilter) -> Iterator[list[AuditEntry]]:
        """All entries, newest first, in pages that are read when they are asked for."""
        before: int | None = None
        while True:
            page = self.page(organization_id, before=before, limit=PAGE, wanted=wanted)
            yield page.entries
            before = page.following
            if before is None:
                return

    def forget(self, lifetime: int, organization_id: uuid.UUID | None = None) -> int:
        """Remove entries that are older than `lifetime` seconds, of one organization or of all; gives how many. Numbers rise
        with time, so the oldest come first and a young one ends the search."""
        before, removed = utc_now() - timedelta(seconds=lifetime), 0
        oldest = select(AuditEntry.number, AuditEntry.at).order_by(AuditEntry.number).limit(PAGE)
        if organization_id is not None:
            oldest = oldest.where(AuditEntry.organization_id == organization_id)
        while True:
            with self._database.write_relaxed() as session:
                found = session.execute(oldest).all()
                old = [number for number, at in found if at < before]
                if old:
                    session.execute(delete(AuditEntry).where(AuditEntry.number.in_(old)))
            removed += len(old)
            if len(old) < PAGE:
                return removed


def id_of(text: str | None) -> uuid.UUID | None:
    """The id that an entry names its object by; None for one that has a name of its own."""
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None
