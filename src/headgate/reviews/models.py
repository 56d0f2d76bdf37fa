"""Tables of the reviews."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from headgate.db import Base, JsonText, UtcDateTime

SUBMIT = "submit"
"""The kind of the entry that ends a log, until the finish is cancelled. It changes nothing; it says what was confirmed."""


class ReviewChange(Base):
    """One entry of the log of changes of a review (docs/review-api.md, "How it works").

    The primary key lets only one writer have a number; the index of `change_id` lets a change be sent again.
    """

    __tablename__ = "review_changes"
    __table_args__ = (Index("uq_review_changes_import_id_change_id", "import_id", "change_id", unique=True),)

    import_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    author: Mapped[str] = mapped_column(String(64))
    change_id: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    parameters: Mapped[Any] = mapped_column(JsonText)
    cells: Mapped[int]
    rows: Mapped[int]
    undoes: Mapped[int | None]
    delta: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    """A small delta. A large one is a blob."""
    delta_key: Mapped[str | None] = mapped_column(String(255))
    answer: Mapped[Any] = mapped_column(JsonText, nullable=True, deferred=True)
    """What the person was told beyond the counts; of a submission the state of the review as it was then."""
