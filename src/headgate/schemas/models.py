"""The table of saved schemas."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from headgate.db import Base, JsonText, UtcDateTime


class SchemaRow(Base):
    """A schema as it was sent."""

    __tablename__ = "schemas"
    __table_args__ = (Index("uq_schemas_organization_id_name", "organization_id", "name", unique=True),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    modified_at: Mapped[datetime] = mapped_column(UtcDateTime)
    fields: Mapped[Any] = mapped_column(JsonText)
    settings: Mapped[Any] = mapped_column(JsonText)
    hooks: Mapped[Any] = mapped_column(JsonText)


class SchemaVersion(Base):
    """A state of a schema as it was saved; the newest one is what `schemas` holds. Numbers count from 1 without gaps."""

    __tablename__ = "schema_versions"

    schema_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("schemas.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    author_kind: Mapped[str | None] = mapped_column(String(10))
    author_id: Mapped[uuid.UUID | None]
    """Of the key or person that saved it, which may be gone; None for states from before this was kept."""
    restored_from: Mapped[int | None]
    name: Mapped[str] = mapped_column(String(255))
    fields: Mapped[Any] = mapped_column(JsonText, deferred=True)
    settings: Mapped[Any] = mapped_column(JsonText, deferred=True)
    hooks: Mapped[Any] = mapped_column(JsonText, deferred=True)
