"""What may happen to webhooks."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from headgate.db import Database, after_commit, utc_now
from headgate.errors import ConflictError, NotFoundError
from headgate.message import Message
from headgate.records import dataclass
from headgate.storage import Sealer
from headgate.webhooks.forms import WebhookWrite, checked_webhook, rotation_seconds, without_nulls
from headgate.webhooks.models import DeliveryState, Event, Webhook, WebhookDelivery
from headgate.webhooks.outbox import Target, write_event
from headgate.webhooks.payload import body_of_test
from headgate.webhooks.queue import hold, let_go
from headgate.webhooks.secrets import entry, new_secret, valid_entries
from headgate.webhooks.targets import receiver_of

MAX_WEBHOOKS = 100
"""Of an organization: each is looked at whenever one of its imports ends."""
MAX_SECRETS = 5

FindSchema = Callable[[uuid.UUID, uuid.UUID], object]
"""Organization, schema → the schema. Raises NotFoundError."""


@dataclass(frozen=True)
class WithSecret:
    """A webhook and its new secret, which is shown this once."""

    webhook: Webhook
    secret: str


class WebhookService:
    """The webhooks of an organization."""

    def __init__(
        self, database: Database, sealer: Sealer, find_schema: FindSchema, wake: Callable[[], None] = lambda: None
    ) -> None:
        """`wake` is called when there is something to send."""
        self._database = database
        self._sealer = sealer
        self._find_schema = find_schema
        self._wake = wake

    def create(self, organization_id: uuid.UUID, body: dict[str, Any]) -> WithSecret:
        """A new webhook. Raises InvalidError, ConflictError when there are too many."""
        values = checked_webhook(body, self._schema_exists(organization_id))
        now, secret = utc_now(), new_secret()
        row = Webhook(
            id=uuid.uuid4(),
            organization_id=organization_id,
            secrets=[entry(secret, self._sealer, now)],
            created_at=now,
            modified_at=now,
            **values.model_dump(),
        )
        own = select(func.count()).select_from(Webhook).where(Webhook.organization_id == organization_id)
        with self._database.write() as session:
            if (session.scalar(own) or 0) >= MAX_WEBHOOKS:
                raise ConflictError(
                    Message("There are {count} webhooks already. Delete one that is not needed.", count=MAX_WEBHOOKS)
                )
            session.add(row)
        return WithSecret(row, secret)

    def page(self, organization_id: uuid.UUID, offset: int, limit: int) -> tuple[int, list[Webhook]]:
        """How many there are, and a page of them, newest first."""
        own = Webhook.organization_id == organization_id
        page = select(Webhook).where(own).order_by(Webhook.created_at.desc(), Webhook.id).offset(offset).limit(limit)
        with self._database.read() as session:
            count = session.scalar(select(func.count()).select_from(Webhook).where(own)) or 0
            return count, list(session.scalars(page))

    def get(self, organization_id: uuid.UUID, webhook_id: uuid.UUID) -> Webhook:
        """One webhook. Raises NotFoundError."""
        with self._database.read() as session:
            return _own(session, organization_id, webhook_id)

    def update(
        self, organization_id: uuid.UUID, webhook_id: uuid.UUID, body: dict[str, Any], *, partly: bool
    ) -> Webhook:
        """Change a webhook; `partly`: keys that are not given stay as they are. What is due goes to the new URL.

        What happens while it is disabled is not kept for it; what was due before is. Raises NotFoundError, InvalidError.
        """
        with self._database.write() as session:
            # What stays is read under the lock: two people who change different keys at once do not undo one another.
            row = _own(session, organization_id, webhook_id, lock=True)
            wanted = {**settings_of(row), **without_nulls(body)} if partly else body
            values = checked_webhook(wanted, self._schema_exists(organization_id, row.schema_ids))
            was_enabled = row.enabled
            if values.url != row.url:
                _send_elsewhere(session, webhook_id, values.url)
            for name, value in values.model_dump().items():
                setattr(row, name, value)
            row.modified_at = utc_now()
            if row.enabled:
                row.disabled_reason = None
            if was_enabled and not row.enabled:
                hold(session, webhook_id)
            elif row.enabled and not was_enabled:
                let_go(session, webhook_id)
                after_commit(session.connection(), self._wake)
        return row

    def delete(self, organization_id: uuid.UUID, webhook_id: uuid.UUID) -> None:
        """Remove a webhook with its deliveries, also those that are due. Raises NotFoundError."""
        with self._database.write() as session:
            removed = session.execute(
                delete(Webhook)
                .where(Webhook.id == webhook_id, Webhook.organization_id == organization_id)
                .returning(Webhook.id)
            ).all()
        if not removed:
            raise NotFoundError

    def rotate_secret(self, organization_id: uuid.UUID, webhook_id: uuid.UUID, body: dict[str, Any]) -> WithSecret:
        """Give a webhook a new secret. The ones before sign too for a while, a day unless the body says otherwise.

        Raises NotFoundError, InvalidError, ConflictError when too many are valid at once.
        """
        keep = rotation_seconds(body)
        now, secret = utc_now(), new_secret()
        until = (now + timedelta(seconds=keep)).timestamp()
        with self._database.write() as session:
            row = _own(session, organization_id, webhook_id, lock=True)
            kept = [
                {**one, "expires": until if one["expires"] is None else min(one["expires"], until)}
                for one in valid_entries(row, now)
            ]
            kept = kept if keep else []
            if len(kept) >= MAX_SECRETS:
                raise ConflictError(
                    Message(
                        "{count} secrets are valid already. Wait until one expires, or end them with keep_seconds 0.",
                        count=MAX_SECRETS,
                    )
                )
            row.secrets = [entry(secret, self._sealer, now), *kept]
            row.modified_at = now
        return WithSecret(row, secret)

    def test(self, organization_id: uuid.UUID, webhook_id: uuid.UUID) -> WebhookDelivery:
        """Send a test event, once, also while the webhook is disabled. Raises NotFoundError."""
        with self._database.write() as session:
            row = _own(session, organization_id, webhook_id, lock=True)
            target = Target(row.url, row.id)
            (delivery,) = write_event(session, organization_id, Event.TEST, [target], body_of_test(row), None)
            after_commit(session.connection(), self._wake)
        return delivery

    def _schema_exists(self, organization_id: uuid.UUID, known: list[str] | None = None) -> Callable[[str], bool]:
        def exists(schema_id: str) -> bool:
            if schema_id in (known or ()):
                return True  # it was there when it was chosen, and may have been deleted since
            try:
                self._find_schema(organization_id, uuid.UUID(schema_id))
            except (NotFoundError, ValueError):
                return False
            return True

        return exists


def settings_of(row: Webhook) -> dict[str, Any]:
    """What people may set of a webhook."""
    return {name: getattr(row, name) for name in WebhookWrite.model_fields}


def _own(session: Session, organization_id: uuid.UUID, webhook_id: uuid.UUID, *, lock: bool = False) -> Webhook:
    row = session.get(Webhook, webhook_id, with_for_update=lock or None)
    if row is None or row.organization_id != organization_id:
        raise NotFoundError
    return row


def _send_elsewhere(session: Session, webhook_id: uuid.UUID, url: str) -> None:
    session.execute(
        update(WebhookDelivery)
        .where(
            WebhookDelivery.webhook_id == webhook_id,
            WebhookDelivery.state.in_([DeliveryState.PENDING, DeliveryState.HELD]),
        )
        .values(url=url, receiver=receiver_of(url))
    )
