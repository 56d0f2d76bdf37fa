"""What may happen to organizations and keys."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from headgate.accounts.audit import Action, Actor, note
from headgate.accounts.models import ApiKey, Organization
from headgate.accounts.organizations import existing
from headgate.accounts.recent_keys import KeyUse, RecentKeys
from headgate.accounts.scopes import KEY_SCOPES, Scope, granted
from headgate.accounts.tokens import digest_of, new_token
from headgate.db import Database, Statement, utc_now
from headgate.errors import InvalidError, NotFoundError, UnauthenticatedError
from headgate.records import dataclass

KEY_PREFIX = "hg_"
SHOWN_CHARACTERS = 9
LAST_USED_PRECISION = timedelta(minutes=1)
DEFAULT_ORGANIZATION = "Default organization"

_KEYS = ApiKey.__table__
_KEY = Statement(
    select(
        _KEYS.c.id,
        _KEYS.c.organization_id,
        _KEYS.c.scopes,
        _KEYS.c.revoked_at,
        _KEYS.c.expires_at,
        _KEYS.c.last_used_at,
    ).where(_KEYS.c.digest == bindparam("of_digest"))
)


@dataclass(frozen=True)
class NewKey:
    """A key that was just made. `key` is the only time that it can be read."""

    id: uuid.UUID
    key: str


class AccountService:
    """Organizations and their API keys."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.recent = RecentKeys()

    def default_organization(self) -> uuid.UUID:
        """The id of the oldest organization, which is created when there is none."""
        with self._database.write() as session:
            found = session.scalars(existing().limit(1)).first()
            return found.id if found else self._add_organization(session, DEFAULT_ORGANIZATION)

    def create_organization(self, name: str) -> uuid.UUID:
        """The id of a new organization."""
        with self._database.write() as session:
            return self._add_organization(session, name)

    def create_key(
        self,
        name: str,
        *,
        organization_id: uuid.UUID | None = None,
        expires_at: datetime | None = None,
        scopes: Sequence[Scope] = KEY_SCOPES,
        actor: Actor | None = None,
    ) -> NewKey:
        """A new key, for the default organization unless another is named. Raises InvalidError for useless values.

        `actor`: who makes it, for the audit log; the system unless somebody is named.
        """
        problems: dict[str, list[str]] = {}
        if not name.strip() or len(name) > 255 or "\0" in name:
            problems["name"] = ["A key needs a name of 1 to 255 characters."]
        if not scopes:
            problems["scopes"] = ["A key needs one scope at least."]
        if problems:
            raise InvalidError(problems)
        owner = organization_id or self.default_organization()
        key = KEY_PREFIX + new_token()
        row = ApiKey(
            id=uuid.uuid4(),
            organization_id=owner,
            name=name,
            shown_start=key[:SHOWN_CHARACTERS],
            digest=digest_of(key),
            scopes=sorted({Scope(one) for one in scopes}),
            created_at=utc_now(),
            expires_at=expires_at,
        )
        with self._database.write() as session:
            session.add(row)
            note(session, actor or Actor(owner), Action.KEY_CREATED, row.id, {"scopes": row.scopes})
        return NewKey(row.id, key)

    def list_keys(self, organization_id: uuid.UUID | None = None) -> list[ApiKey]:
        """The keys, oldest first, of one organization or of all."""
        query = select(ApiKey).order_by(ApiKey.created_at)
        if organization_id is not None:
            query = query.where(ApiKey.organization_id == organization_id)
        with self._database.read() as session:
            return list(session.scalars(query))

    def get_key(self, organization_id: uuid.UUID, key_id: uuid.UUID) -> ApiKey:
        """A key of an organization. Raises NotFoundError."""
        with self._database.read() as session:
            row = session.get(ApiKey, key_id)
        if row is None or row.organization_id != organization_id:
            raise NotFoundError
        return row

    def revoke_key(self, key_id: uuid.UUID, actor: Actor | None = None) -> None:
        """Make a key useless from now on. Raises NotFoundError; a second revocation changes nothing.

        With `actor`, a key of another organization is not found.
        """
        with self._database.write() as session:
            row = session.get(ApiKey, key_id)
            if row is None or (actor is not None and row.organization_id != actor.organization_id):
                raise NotFoundError(f"There is no key with the id {key_id}.")
            if row.revoked_at is None:
                row.revoked_at = utc_now()
                note(session, actor or Actor(row.organization_id), Action.KEY_REVOKED, row.id)
        self.recent.forget()

    def authenticate(self, key: str | None) -> KeyUse:
        """Whose key that is. Raises UnauthenticatedError."""
        if not key:
            raise UnauthenticatedError(
                "Authentication credentials were not provided. Send your key in the header X-Dromo-License-Key."
            )
        now, generation = utc_now(), self.recent.generation
        row = self._database.ask(_KEY, of_digest=digest_of(key)).first()
        if row is None:
            raise UnauthenticatedError("This key is not known. Create one with `headgate keys create`.")
        if row.revoked_at is not None:
            raise UnauthenticatedError("This key was revoked.")
        if row.expires_at is not None and row.expires_at <= now:
            raise UnauthenticatedError("This key has expired.")
        if row.last_used_at is None or now - row.last_used_at >= LAST_USED_PRECISION:
            self._note_use(row.id, now)
        use = KeyUse(row.id, row.organization_id, granted(KEY_SCOPES if row.scopes is None else row.scopes))
        self.recent.add(key, use, row.expires_at, generation)
        return use

    def _note_use(self, key_id: uuid.UUID, now: datetime) -> None:
        with self._database.write_relaxed() as session:
            session.execute(update(ApiKey).where(ApiKey.id == key_id).values(last_used_at=now))

    @staticmethod
    def _add_organization(session: Session, name: str) -> uuid.UUID:
        row = Organization(id=uuid.uuid4(), name=name, created_at=utc_now())
        session.add(row)
        return row.id
