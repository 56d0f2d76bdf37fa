"""The JSON forms of webhooks and deliveries (api.md, "Webhooks")."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from headgate.db import iso, utc_now
from headgate.webhooks.deliveries import Details
from headgate.webhooks.models import DeliveryState, Webhook, WebhookAttempt, WebhookDelivery, WebhookEvent
from headgate.webhooks.queue import message_id
from headgate.webhooks.secrets import valid_entries
from headgate.webhooks.service import settings_of


def webhook(row: Webhook) -> dict[str, Any]:
    """A webhook without its secrets."""
    return {
        "id": str(row.id),
        **settings_of(row),
        "disabled_reason": row.disabled_reason,
        "secrets": [
            {"created_date": _date(one["created"]), "expires_date": _date(one["expires"])}
            for one in valid_entries(row, utc_now())
        ],
        "created_date": iso(row.created_at),
        "modified_date": iso(row.modified_at),
    }


def delivery(row: WebhookDelivery, event: WebhookEvent) -> dict[str, Any]:
    """A delivery as lists show it."""
    return {
        "id": str(row.id),
        "message_id": message_id(row.id),
        "webhook_id": str(row.webhook_id) if row.webhook_id else None,
        "import_id": str(event.import_id) if event.import_id else None,
        "event": event.event,
        "url": row.url,
        "state": row.state,
        "tries": row.tries,
        "next_try_date": iso(row.due_at) if row.state == DeliveryState.PENDING else None,
        "created_date": iso(row.created_at),
        "ended_date": iso(row.ended_at) if row.ended_at else None,
    }


def details(found: Details) -> dict[str, Any]:
    """A delivery with everything."""
    attempts = [_attempt(one) for one in found.attempts]
    return delivery(found.delivery, found.event) | {"attempts": attempts, "body": found.body}


def _attempt(row: WebhookAttempt) -> dict[str, Any]:
    return {
        "started_date": iso(row.started_at),
        "milliseconds": row.milliseconds,
        "status": row.status,
        "problem": row.problem,
        "answer": row.answer,
    }


def _date(seconds: float | None) -> str | None:
    return None if seconds is None else iso(datetime.fromtimestamp(seconds, UTC))
