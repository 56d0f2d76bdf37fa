"""Tables of the webhooks: who listens, what happened, what is to be sent, and every try to send it."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from headgate.db import Base, JsonText, UtcDateTime


class Event(StrEnum):
    """What webhooks tell (webhooks.md, "Events")."""

    COMPLETED = "import_completed"
    NEEDS_REVIEW = "headless_import_needs_review"
    FAILED = "headless_import_failed"
    TEST = "test"


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    PENDING = "pending"
    DELIVERED = "delivered"
    HELD = "held"
    """Its webhook is disabled."""
    DEAD = "dead"


class Webhook(Base):
    """A receiver that the organization set up. Empty lists mean all."""

    __tablename__ = "webhooks"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    url: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    development_mode: Mapped[bool]
    """Whether it hears of imports in development mode, or of the others."""
    import_identifiers: Mapped[Any] = mapped_column(JsonText)
    schema_ids: Mapped[Any] = mapped_column(JsonText)
    """With `import_identifiers`: an import that fits either is heard of."""
    events: Mapped[Any] = mapped_column(JsonText)
    enabled: Mapped[bool]
    disabled_reason: Mapped[str | None] = mapped_column(String(40))
    """`gone` when the receiver answered 410; None when a person disabled it, or it is enabled."""
    secrets: Mapped[Any] = mapped_column(JsonText)
    """Newest first: `{sealed, created, expires}` with times in seconds since 1970; `expires` is null for the newest."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    modified_at: Mapped[datetime] = mapped_column(UtcDateTime)


class WebhookEvent(Base):
    """Something that happened, written in the transaction in which it did, when somebody shall hear of it."""

    __tablename__ = "webhook_events"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    import_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"), index=True)
    """None for a test. What belongs to a deleted import goes with it."""
    event: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    body: Mapped[str | None] = mapped_column(Text, deferred=True)
    """The JSON that managed webhooks are sent, the same at every try; None when only basic webhooks listen."""


class WebhookDelivery(Base):
    """One event for one receiver."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        Index("ix_webhook_deliveries_state_due_at", "state", "due_at"),
        Index("ix_webhook_deliveries_lane_position", "lane", "position"),
        Index("ix_webhook_deliveries_organization_id_created_at_id", "organization_id", "created_at", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    """Part of its `webhook-id`, and so the same at every try."""
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("webhook_events.id", ondelete="CASCADE"), index=True)
    webhook_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("webhooks.id", ondelete="CASCADE"), index=True)
    """None for a basic webhook, whose URL stands in the settings of the import's schema."""
    url: Mapped[str] = mapped_column(Text)
    receiver: Mapped[str] = mapped_column(String(300))
    """Host and port of the URL: one receiver gets only so many requests at once."""
    lane: Mapped[str] = mapped_column(String(80))
    """Deliveries of one import to one webhook are a lane, in which they go out one after the other by `position`."""
    position: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    tries: Mapped[int] = mapped_column(default=0)
    """Since it became pending: a replay begins anew."""
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lease: Mapped[uuid.UUID | None]
    """Who is sending it; anybody may again after `lease_until`."""
    leased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class WebhookAttempt(Base):
    """One try to send a delivery."""

    __tablename__ = "webhook_attempts"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))
    delivery_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("webhook_deliveries.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    milliseconds: Mapped[int | None]
    """None when the service stopped during it."""
    status: Mapped[int | None]
    """The HTTP status; None when there was no answer."""
    problem: Mapped[str | None] = mapped_column(String(40))
    """Why it did not succeed: a code of errors.md, "Webhooks"."""
    answer: Mapped[str | None] = mapped_column(Text)
    """The start of the answer's body."""
