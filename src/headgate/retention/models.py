"""Tables of retention: what organizations decide for all of their imports, and for those of a schema."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from headgate.db import Base, UtcDateTime


class ImportRetention:
    """Days after the end of an import for which it and its parts are kept; None: as long as there is nothing shorter."""

    retention_days: Mapped[int | None]
    """The import as a whole."""
    source_retention_days: Mapped[int | None]
    result_retention_days: Mapped[int | None]
    review_retention_days: Mapped[int | None]
    console_retention_days: Mapped[int | None]


class OrganizationSettings(ImportRetention, Base):
    """What an organization decides for itself. No row: all defaults."""

    __tablename__ = "organization_settings"

    organization_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organizations.id", ondelete="CASCADE"), primary_key=True
    )
    delivery_retention_days: Mapped[int | None]
    audit_retention_days: Mapped[int | None]
    """Days for which ended deliveries of webhooks, and entries of the audit log, are kept; None: as the operator says."""
    modified_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SchemaRetention(ImportRetention, Base):
    """What holds for the imports of a saved schema, where it is shorter. Beside the schema, not in it: schemas are documents of
    a contract that others read too."""

    __tablename__ = "schema_retention"

    schema_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("schemas.id", ondelete="CASCADE"), primary_key=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    modified_at: Mapped[datetime] = mapped_column(UtcDateTime)
