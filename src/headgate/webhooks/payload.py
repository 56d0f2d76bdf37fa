"""What webhooks are sent (webhooks.md, "Events")."""

from __future__ import annotations

from typing import Any

from headgate.db import iso, utc_now
from headgate.db.base import dump_json
from headgate.imports import views
from headgate.imports.models import Import
from headgate.webhooks.models import Event, Webhook, WebhookDelivery, WebhookEvent

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


def import_body(event: Event, row: Import, *, development_mode: bool) -> str:
    """The JSON of an event of an import as it stands now. Needs its deferred columns."""
    return dump_json({"event": event, "data": _data(row, development_mode)})


def body_of_test(webhook: Webhook) -> str:
    """The JSON of a test event."""
    data = {
        "webhook_id": str(webhook.id),
        "message": "This is a test. Nothing was imported.",
        "created_date": iso(utc_now()),
        "development_mode": webhook.development_mode,
    }
    return dump_json({"event": Event.TEST, "data": data})


def sent_body(delivery: WebhookDelivery, event: WebhookEvent) -> str:
    """What a delivery sends: the JSON of the event, or the form of basic webhooks. Needs the event's body."""
    return f"uploadId={event.import_id}" if delivery.webhook_id is None else event.body or ""


def _data(row: Import, development_mode: bool) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "filename": row.original_filename,
        "user": _user(row.user),
        "created_date": iso(row.finished_at or row.modified_at),
        "import_type": "HEADLESS",
        "status": row.status,
        "num_data_rows": _rows(row),
        "development_mode": development_mode,
        "has_data": row.has_result,
        "headless": views.without_urls(row),
    }


def _user(user: dict[str, Any] | None) -> dict[str, Any] | None:
    if user is None:
        return None
    return {
        "id": user.get("id"),
        "name": user.get("name"),
        "email": user.get("email"),
        "company_id": user.get("companyId"),
        "company_name": user.get("companyName"),
    }


def _rows(row: Import) -> int | None:
    """Rows of the result where there is one, else those that were read, if any were."""
    found = (row.result_metadata or {}).get("deliveredRows") if row.has_result else (row.counts or {}).get("read")
    return found if isinstance(found, int) else None
