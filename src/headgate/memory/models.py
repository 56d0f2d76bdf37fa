"""The table of learned matches."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from headgate.db import Base, UtcDateTime

MAX_IDENTIFIER = 500
"""Characters; nothing is learned for a longer importIdentifier."""


class LearnedMatch(Base):
    """One match of one importIdentifier, seen `count` times.

    `kind` "header": the file's header `text` is the field `target` (None: to be ignored).
    `kind` "value": in the field `field` the cell text `text` is the option `target`.
    """

    __tablename__ = "learned_matches"
    __table_args__ = (Index("uq_learned_matches_place", "organization_id", "import_identifier", "digest", unique=True),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))
    import_identifier: Mapped[str] = mapped_column(String(MAX_IDENTIFIER))
    kind: Mapped[str] = mapped_column(String(10))
    field: Mapped[str] = mapped_column(String)
    """Empty for headers."""
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of kind, field and text, which may be too long for an index."""
    text: Mapped[str] = mapped_column(String)
    target: Mapped[str | None] = mapped_column(String)
    count: Mapped[int]
    last_used_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taught_by: Mapped[uuid.UUID | None] = mapped_column(index=True)
    """The one import that it is known from; None once several said the same, or when it did not come from an import."""
