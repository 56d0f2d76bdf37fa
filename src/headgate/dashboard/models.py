"""Tables of the dashboard."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from headgate.db import Base, UtcDateTime


class OrganizationSettings(Base):
    """What an organization decides for itself. No row: all defaults."""

    __tablename__ = "organization_settings"

    organization_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organizations.id", ondelete="CASCADE"), primary_key=True
    )
    retention_days: Mapped[int | None]
    """Days after which an ended import is deleted with its files; None: never."""
    modified_at: Mapped[datetime] = mapped_column(UtcDateTime)
