"""Writes what webhooks must be told, in the transaction that makes it true.

So no event is lost by a stop between the two, and none says what the API does not say yet.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.orm import Session, undefer

from headgate.db import Statement, after_commit, session_on, utc_now
from headgate.imports.frozen import frozen_document
from headgate.imports.models import Import
from headgate.imports.states import Status
from headgate.records import dataclass
from headgate.webhooks.models import DeliveryState, Event, Webhook, WebhookDelivery, WebhookEvent
from headgate.webhooks.payload import import_body
from headgate.webhooks.targets import normalized, receiver_of

EVENT_OF = {
    Status.SUCCESSFUL: Event.COMPLETED,
    Status.NEEDS_REVIEW: Event.NEEDS_REVIEW,
    Status.FAILED: Event.FAILED,
}
BASIC_SETTING = {Event.COMPLETED: "webhookUrl", Event.NEEDS_REVIEW: "needsReviewWebhookUrl"}


# Asked whenever an import comes to a rest, so they are made once.
_IMPORTS, _WEBHOOKS = Import.metadata.tables[Import.__tablename__], Webhook.__table__
_ABOUT = Statement(
    select(
        _IMPORTS.c.organization_id, _IMPORTS.c.schema_id, _IMPORTS.c.import_identifier, _IMPORTS.c.frozen_schema_id
    ).where(_IMPORTS.c.id == bindparam("of_id"))
)
_ANY_WEBHOOK = Statement(
    select(_WEBHOOKS.c.id)
    .where(_WEBHOOKS.c.organization_id == bindparam("of_organization"), _WEBHOOKS.c.enabled)
    .limit(1)
)


@dataclass(frozen=True)
class Target:
    """Who is told: a managed webhook, or the URL of a basic one."""

    url: str
    webhook_id: uuid.UUID | None

    @property
    def lane(self) -> str:
        """What tells this receiver from the others of the same import."""
        return self.webhook_id.hex if self.webhook_id else hashlib.sha256(self.url.encode()).hexdigest()[:32]


class WebhookOutbox:
    """Hears of the changes of imports (`imports.states.Outbox`)."""

    def __init__(self, wake: Callable[[], None] = lambda: None) -> None:
        """`wake` is called when there is something to send and it is committed."""
        self._wake = wake

    def record(self, connection: Connection, import_ids: Sequence[uuid.UUID], status: Status) -> None:
        """Write the event and its deliveries for each import that somebody listens to."""
        event = EVENT_OF.get(status)
        if event is None:
            return
        listening = _Listening(connection)
        written = [self._record_one(connection, import_id, event, listening) for import_id in import_ids]
        if any(written):
            after_commit(connection, self._wake)

    def _record_one(self, connection: Connection, import_id: uuid.UUID, event: Event, listening: _Listening) -> bool:
        moved = _ABOUT.run(connection, {"of_id": import_id}).first()
        organization_id, schema_id, identifier, frozen_id = moved
        settings = listening.settings(frozen_id)
        candidates = [
            webhook for webhook in listening.webhooks(organization_id) if hears(webhook, event, identifier, schema_id)
        ]
        url = settings.get(BASIC_SETTING.get(event, ""))
        targets = [Target(normalized(url), None)] if isinstance(url, str) and url else []
        if not candidates and not targets:
            return False  # for most imports nobody listens, and a session takes longer than to find that out
        body = None
        with session_on(connection) as session:
            if candidates:
                whole = [undefer(Import.result_metadata), undefer(Import.decisions)]
                row = session.get_one(Import, import_id, options=whole)
                mode = development_mode(row, settings)
                managed = [Target(one.url, one.id) for one in candidates if one.development_mode == mode]
                body = import_body(event, row, development_mode=mode) if managed else None
                targets += managed
            if targets:
                write_event(session, organization_id, event, targets, body, import_id)
        return bool(targets)


class _Listening:
    """What the imports of one transaction have in common, looked up once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._webhooks: dict[uuid.UUID, list[Webhook]] = {}

    def settings(self, frozen_id: uuid.UUID) -> dict[str, Any]:
        settings: dict[str, Any] = frozen_document(self._connection, frozen_id).get("settings") or {}
        return settings

    def webhooks(self, organization_id: uuid.UUID) -> list[Webhook]:
        if organization_id not in self._webhooks:
            asked = {"of_organization": organization_id}
            if _ANY_WEBHOOK.run(self._connection, asked).first() is None:
                self._webhooks[organization_id] = []
                return []
            enabled = select(Webhook).where(Webhook.organization_id == organization_id, Webhook.enabled)
            # The lock keeps them from being deleted before their deliveries are committed (PostgreSQL).
            locked = enabled.order_by(Webhook.id).with_for_update(read=True, key_share=True)
            with session_on(self._connection) as session:
                self._webhooks[organization_id] = list(session.scalars(locked))
        return self._webhooks[organization_id]


def hears(webhook: Webhook, event: Event, import_identifier: str | None, schema_id: uuid.UUID | None) -> bool:
    """Whether a webhook listens to such an event of such an import, its development mode aside."""
    if webhook.events and event not in webhook.events:
        return False
    if not webhook.import_identifiers and not webhook.schema_ids:
        return True
    return import_identifier in webhook.import_identifiers or str(schema_id) in webhook.schema_ids


def development_mode(row: Import, settings: dict[str, Any]) -> bool:
    """As the schema says, or as its hooks decided."""
    decided = (row.result_metadata or {}).get("developmentMode")
    return bool(settings.get("developmentMode") if decided is None else decided)


def write_event(
    session: Session,
    organization_id: uuid.UUID,
    event: Event,
    targets: Sequence[Target],
    body: str | None,
    import_id: uuid.UUID | None,
) -> list[WebhookDelivery]:
    """Add an event and one delivery for each target, due now."""
    now = utc_now()
    earlier = select(func.count()).select_from(WebhookEvent).where(WebhookEvent.import_id == import_id)
    position = (session.scalar(earlier) or 0) if import_id else 0
    row = WebhookEvent(
        id=uuid.uuid4(),
        organization_id=organization_id,
        import_id=import_id,
        event=event,
        created_at=now,
        body=body,
    )
    session.add(row)
    session.flush()
    deliveries = [
        WebhookDelivery(
            id=uuid.uuid4(),
            organization_id=organization_id,
            event_id=row.id,
            webhook_id=target.webhook_id,
            url=target.url,
            receiver=receiver_of(target.url),
            lane=f"{import_id or row.id}/{target.lane}",
            position=position,
            state=DeliveryState.PENDING,
            due_at=now,
            created_at=now,
        )
        for target in targets
    ]
    session.add_all(deliveries)
    session.flush()
    return deliveries
