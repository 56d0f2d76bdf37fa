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
