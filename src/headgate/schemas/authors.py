"""Who saved something: a key or a person, whose name is looked up when it is shown."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from headgate.accounts.auth import Caller
from headgate.accounts.models import ActorKind, ApiKey, User
from headgate.records import dataclass


@dataclass(frozen=True)
class Author:
    """A key or a person."""

    kind: ActorKind
    id: uuid.UUID

    @classmethod
    def of(cls, caller: Caller) -> Author:
        """The author of what a request saves."""
        return cls(caller.actor.kind, caller.id)


class AuthorNames:
    """The names of some authors, read at once. One that is gone has none."""

    def __init__(self, session: Session, ids: Collection[uuid.UUID | None]) -> None:
        wanted = {one for one in ids if one is not None}
        keys = session.execute(select(ApiKey.id, ApiKey.name).where(ApiKey.id.in_(wanted)))
        users = session.execute(select(User.id, User.name).where(User.id.in_(wanted)))
        self._names = {found: name for rows in (keys, users) for found, name in rows}

    def shown(self, kind: str | None, author_id: uuid.UUID | None) -> dict[str, Any] | None:
        """The form of the API: `{kind, name}`; None when nobody is known."""
        return (
            None if kind is None else {"kind": kind, "name": None if author_id is None else self._names.get(author_id)}
        )
