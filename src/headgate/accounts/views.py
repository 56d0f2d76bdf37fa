"""What the account API answers, from the rows."""

from __future__ import annotations

import uuid
from typing import Any

from headgate.accounts.audit import id_of
from headgate.accounts.joining import InvitationView
from headgate.accounts.members import MemberView, Place
from headgate.accounts.models import AccountLink, ApiKey, AuditEntry, OrganizationDeletion, User, UserSession
from headgate.accounts.scopes import KEY_SCOPES
from headgate.db import iso, utc_now


def user(row: User) -> dict[str, Any]:
    """A person, as those in the same organization may see them."""
    return {"id": str(row.id), "email": row.email, "name": row.name}


def place(found: Place) -> dict[str, Any]:
    """An organization of the person who asks."""
    row = found.organization
    return {"id": str(row.id), "name": row.name, "role": found.role, "created_date": iso(row.created_at)}


def deletion(row: OrganizationDeletion) -> dict[str, Any]:
    """How far the deletion of an organization is."""
    return {
        "id": str(row.organization_id),
        "name": row.name,
        "state": "RUNNING" if row.ended_at is None else "DONE",
        "imports": row.imports,
        "deleted_imports": row.deleted_imports,
        "created_date": iso(row.created_at),
        "ended_date": None if row.ended_at is None else iso(row.ended_at),
    }


def member(found: MemberView) -> dict[str, Any]:
    """A member."""
    return {
        "user": user(found.user),
        "role": found.role,
        "created_date": iso(found.joined_at),
        "last_used": iso(found.last_used) if found.last_used else None,
    }


def session(row: UserSession, current: uuid.UUID) -> dict[str, Any]:
    """A signed-in browser."""
    return {
        "id": str(row.id),
        "current": row.id == current,
        "created_date": iso(row.created_at),
        "last_used": iso(row.last_used_at),
        "expires_date": iso(row.expires_at),
    }


def invitation(row: AccountLink) -> dict[str, Any]:
    """An invitation, without its link."""
    return {
        "id": str(row.id),
        "email": row.email,
        "role": row.role,
        "created_date": iso(row.created_at),
        "expires_date": iso(row.expires_at),
        "expired": row.expires_at <= utc_now(),
    }


def invitation_look(found: InvitationView) -> dict[str, Any]:
    """What whoever has the link may know."""
    return {
        "organization": found.organization,
        "email": found.email,
        "role": found.role,
        "expires_date": iso(found.expires_at),
        "has_account": found.has_account,
    }


def key(row: ApiKey) -> dict[str, Any]:
    """A key, without the key itself."""
    expired = row.expires_at is not None and row.expires_at <= utc_now()
    return {
        "id": str(row.id),
        "name": row.name,
        "shown_start": row.shown_start,
        "scopes": sorted(KEY_SCOPES if row.scopes is None else row.scopes),
        "state": "revoked" if row.revoked_at else "expired" if expired else "valid",
        "created_date": iso(row.created_at),
        "last_used": iso(row.last_used_at) if row.last_used_at else None,
        "expires_date": iso(row.expires_at) if row.expires_at else None,
        "revoked_date": iso(row.revoked_at) if row.revoked_at else None,
    }


def audit_entry(row: AuditEntry, names: dict[uuid.UUID, str]) -> dict[str, Any]:
    """An entry of the audit log; `names` of the people and keys in it."""
    who = row.actor_id
    return {
        "number": row.number,
        "date": iso(row.at),
        "actor": {
            "kind": row.actor_kind,
            "id": str(who) if who else None,
            "name": names.get(who) if who else None,
        },
        "action": row.action,
        "object_id": row.object_id,
        "object_name": names.get(found) if (found := id_of(row.object_id)) else None,
        "details": row.details,
        "address": row.address,
    }
