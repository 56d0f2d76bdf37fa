"""Tables of the back-tests."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from headgate.db import Base, JsonText, UtcDateTime
from headgate.nodes import Claimable


class BacktestState(StrEnum):
    """Where a back-test stands."""

    PENDING = "PENDING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    CANCELLED = "CANCELLED"


class ResultState(StrEnum):
    """What came of one import in a back-test."""

    PENDING = "PENDING"
    SAME = "SAME"
    DIFFERS = "DIFFERS"
    NOT_TESTABLE = "NOT_TESTABLE"


UNFINISHED = (BacktestState.PENDING, BacktestState.RUNNING)


class Backtest(Claimable, Base):
    """A schema that is tried on stored imports before it is saved."""

    __tablename__ = "backtests"
    __table_args__ = (
        Index("ix_backtests_schema_id_created_at", "schema_id", "created_at"),
        Index("ix_backtests_state_ended_at", "state", "ended_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    schema_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("schemas.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(String(10))
    import_identifier: Mapped[str] = mapped_column(Text)
    document: Mapped[Any] = mapped_column(JsonText, deferred=True)
    """`{fields, settings, hooks}` of the schema that is tried."""
    changes: Mapped[Any] = mapped_column(JsonText, deferred=True)
    """What it changes against the saved schema of that moment."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    author_kind: Mapped[str | None] = mapped_column(String(10))
    author_id: Mapped[uuid.UUID | None]


class BacktestImport(Base):
    """One import in a back-test. It goes with the import, because its examples are the import's data."""

    __tablename__ = "backtest_imports"

    backtest_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("backtests.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    import_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"), index=True)
    original_filename: Mapped[str | None] = mapped_column(Text)
    import_created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(12))
    crashes: Mapped[int] = mapped_column(default=0)
    """How often a worker died while it ran this import."""
    overview: Mapped[Any] = mapped_column(JsonText, nullable=True)
    detail: Mapped[Any] = mapped_column(JsonText, nullable=True, deferred=True)
