"""The table of receipts: what was deleted, and what of it is still to be done."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from headgate.db import Base, JsonText, UtcDateTime


class DeletionKind(StrEnum):
    """What was deleted."""

    IMPORT = "import"
    SOURCE = "source"
    RESULT = "result"
    REVIEW = "review"
    CONSOLE = "console"
    """The four parts of an import; `object_id` is the import's."""
    MEMORY = "memory"
    """What earlier imports have taught: of an importIdentifier, or with certain texts."""
    ORGANIZATION = "organization"


class Reason(StrEnum):
    """Why something was deleted."""

    REQUEST = "request"
    RETENTION = "retention"
    ORGANIZATION = "organization"
    """The organization that it belonged to was deleted."""


_UNFINISHED = text("completed_at IS NULL")


class Deletion(Base):
    """A deletion, noted in the transaction that removes the rows, so that no stop comes between; its files follow.

    It holds ids and counts only. Not bound to the organization's row, which it outlives.
    """

    __tablename__ = "deletions"
    __table_args__ = (
        Index("ix_deletions_organization_id_requested_at_id", "organization_id", "requested_at", "id"),
        Index("ix_deletions_unfinished", "requested_at", sqlite_where=_UNFINISHED, postgresql_where=_UNFINISHED),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[uuid.UUID]
    kind: Mapped[str] = mapped_column(String(20))
    object_id: Mapped[str | None] = mapped_column(String(36), index=True)
    """An id of ours; None for memory, which has none."""
    reason: Mapped[str] = mapped_column(String(20))
    actor_kind: Mapped[str] = mapped_column(String(10))
    actor_id: Mapped[uuid.UUID | None]
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    rows: Mapped[Any] = mapped_column(JsonText)
    """Table → how many rows went."""
    objects: Mapped[int] = mapped_column(BigInteger)
    bytes: Mapped[int] = mapped_column(BigInteger)
    """Stored files that went, and their size."""
    pending: Mapped[Any] = mapped_column(JsonText, nullable=True)
    """`{trees, keys, incoming}`: what of the store is to be removed; None when all of it is."""
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    signature: Mapped[str | None] = mapped_column(String(64))
    """Of the receipt when it was complete, in hexadecimal."""
