"""What was sent, what is to be sent, and sending it again."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.orm import Session, undefer

from headgate.db import Database, after_commit, utc_now
from headgate.errors import ConflictError, NotFoundError
from headgate.records import dataclass
from headgate.webhooks.models import DeliveryState, Webhook, WebhookAttempt, WebhookDelivery, WebhookEvent
from headgate.webhooks.payload import sent_body
from headgate.webhooks.targets import receiver_of

Listed = tuple[WebhookDelivery, WebhookEvent]


@dataclass(frozen=True)
class Filter:
    """Which deliveries are asked for; None for any."""

    webhook_id: uuid.UUID | None = None
    import_id: uuid.UUID | None = None
    state: DeliveryState | None = None

    def conditions(self, organization_id: uuid.UUID) -> list[ColumnElement[bool]]:
        """As a WHERE over deliveries and events."""
        found: list[ColumnElement[bool]] = [WebhookDelivery.organization_id == organization_id]
        if self.webhook_id is not None:
            found.append(WebhookDelivery.webhook_id == self.webhook_id)
        if self.import_id is not None:
            found.append(WebhookEvent.import_id == self.import_id)
        if self.state is not None:
            found.append(WebhookDelivery.state == self.state)
        return found


@dataclass(frozen=True)
class Details:
    """One delivery with everything."""

    delivery: WebhookDelivery
    event: WebhookEvent
    attempts: Sequence[WebhookAttempt]
    body: str


class DeliveryService:
    """The deliveries of an organization."""

    def __init__(self, database: Database, wake: Callable[[], None] = lambda: None) -> None:
        """`wake` is called when there is something to send."""
        self._database = database
        self._wake = wake

    def page(self, organization_id: uuid.UUID, wanted: Filter, offset: int, limit: int) -> tuple[int, list[Listed]]:
        """How many there are, and a page of them, newest first."""
        conditions = wanted.conditions(organization_id)
        counted = (
            select(func.count())
            .select_from(WebhookDelivery)
            .join(WebhookEvent, WebhookEvent.id == WebhookDelivery.event_id)
            .where(*conditions)
        )
        page = (
            _with_event()
            .where(*conditions)
            .order_by(WebhookDelivery.created_at.desc(), WebhookDelivery.id.desc())
            .offset(offset)
            .limit(limit)
        )
        with self._database.read() as session:
            count = session.scalar(counted) or 0
            return count, [(delivery, event) for delivery, event in session.execute(page)]

    def get(self, organization_id: uuid.UUID, delivery_id: uuid.UUID) -> Details:
        """One delivery with its tries. Raises NotFoundError."""
        query = _with_event().where(WebhookDelivery.id == delivery_id).options(undefer(WebhookEvent.body))
        tries = select(WebhookAttempt).where(WebhookAttempt.delivery_id == delivery_id).order_by(WebhookAttempt.id)
        with self._database.read() as session:
            found = session.execute(query).one_or_none()
            if found is None or found[0].organization_id != organization_id:
                raise NotFoundError
            delivery, event = found
            return Details(delivery, event, session.scalars(tries).all(), sent_body(delivery, event))

    def replay(self, organization_id: uuid.UUID, delivery_id: uuid.UUID) -> Details:
        """Send a delivery again that has ended: the same id and body, to the webhook's URL of now.

        Raises NotFoundError, ConflictError.
        """
        with self._database.write() as session:
            row = session.get(WebhookDelivery, delivery_id, with_for_update=True)
            if row is None or row.organization_id != organization_id:
                raise NotFoundError
            if row.state in {DeliveryState.PENDING, DeliveryState.HELD}:
                raise ConflictError("This delivery has not ended yet; it will be sent without your doing.")
            webhook = _enabled(session, row.webhook_id) if row.webhook_id else None
            _begin_anew(row, webhook)
            after_commit(session.connection(), self._wake)
        return self.get(organization_id, delivery_id)

    def replay_dead(self, organization_id: uuid.UUID, webhook_id: uuid.UUID) -> int:
        """Send everything again that could not be delivered to a webhook; gives how many that is.

        Raises NotFoundError, ConflictError.
        """
        with self._database.write() as session:
            webhook = session.get(Webhook, webhook_id)
            if webhook is None or webhook.organization_id != organization_id:
                raise NotFoundError
            _enabled(session, webhook_id)
            replayed = session.scalars(
                update(WebhookDelivery)
                .where(WebhookDelivery.webhook_id == webhook_id, WebhookDelivery.state == DeliveryState.DEAD)
                .values(
                    state=DeliveryState.PENDING,
                    tries=0,
                    due_at=utc_now(),
                    ended_at=None,
                    url=webhook.url,
                    receiver=receiver_of(webhook.url),
                )
                .returning(WebhookDelivery.id)
                .execution_options(synchronize_session=False)
            ).all()
            after_commit(session.connection(), self._wake)
        return len(replayed)


def _with_event() -> Select[WebhookDelivery, WebhookEvent]:
    return select(WebhookDelivery, WebhookEvent).join(WebhookEvent, WebhookEvent.id == WebhookDelivery.event_id)


def _enabled(session: Session, webhook_id: uuid.UUID) -> Webhook:
    # The lock keeps a delivery from becoming pending for a webhook that is being disabled.
    webhook = session.get_one(Webhook, webhook_id, with_for_update=True)
    if not webhook.enabled:
        raise ConflictError("The webhook is disabled. Enable it first; then send again.")
    return webhook


def _begin_anew(row: WebhookDelivery, webhook: Webhook | None) -> None:
    row.state, row.tries, row.due_at, row.ended_at = DeliveryState.PENDING, 0, utc_now(), None
    if webhook is not None:
        row.url, row.receiver = webhook.url, receiver_of(webhook.url)
