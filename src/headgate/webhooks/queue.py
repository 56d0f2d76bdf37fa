"""Which deliveries are due, who has them, and what came of them: all in the database, so that any process may go on.

A delivery is taken with a lease. Who is killed in the middle of one leaves the lease behind; when it runs out the
delivery is taken again and sent with the same id.
"""

from __future__ import annotations

import random
import time
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Row, Select, exists, or_, select, update
from sqlalchemy.orm import Session, aliased, undefer

from headgate.db import Database, database_now, utc_now
from headgate.imports.models import Import
from headgate.records import dataclass
from headgate.storage import Sealer, UnsealableError
from headgate.webhooks.delivery import TIMEOUT_SECONDS, Message, Outcome, Problem
from headgate.webhooks.models import DeliveryState, Event, Webhook, WebhookAttempt, WebhookDelivery, WebhookEvent
from headgate.webhooks.payload import FORM, JSON, sent_body
from headgate.webhooks.secrets import valid_secrets

LEASE_SECONDS = TIMEOUT_SECONDS + 12
"""By the database's clock. The deliveries of a process that died are taken up after that."""
UNSENT_SECONDS = 10.0
"""After so long a delivery that was taken and not begun is not sent by who took it: a process that was paused in between may
have lost it. A request that is begun by then ends within the lease."""
CANDIDATES = 500
LONGEST_WAIT = 86_400
"""Seconds; a receiver that asks for more with `Retry-After` is tried again after a day."""
GONE = "gone"

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Backoff:
    """When a delivery that failed is tried again. As it is: ten tries within about 21 hours."""

    first: float = 10.0
    """Seconds before the second try; each further wait is `factor` times as long, up to `longest`."""
    tries: int = 10
    factor: float = 3.0
    longest: float = 43_200.0
    jitter: float = 0.2
    """Share by which a wait is longer or shorter by chance, so that failed deliveries do not come back together."""

    def wait(self, tries: int) -> float:
        """Seconds to wait after so many failed tries."""
        wait = min(self.first * self.factor ** (tries - 1), self.longest)
        return wait * random.SystemRandom().uniform(1 - self.jitter, 1 + self.jitter)


@dataclass(frozen=True)
class Claim:
    """A delivery that this process has for a while."""

    delivery_id: uuid.UUID
    lease: uuid.UUID
    receiver: str
    message: Message | None
    """None when the webhook's secrets cannot be read, so that nothing can be signed."""
    import_id: uuid.UUID | None = None
    """None for a test."""
    traceparent: str | None = None
    """Of its import."""
    begin_until: float = field(default_factory=lambda: time.monotonic() + UNSENT_SECONDS)
    """By this machine's clock that never goes back, and that goes on while the process is paused."""

    @property
    def about(self) -> dict[str, str]:
        """What lines of the log say of it."""
        found = {"delivery_id": str(self.delivery_id)}
        return found if self.import_id is None else found | {"import_id": str(self.import_id)}


def message_id(delivery_id: uuid.UUID) -> str:
    """The `webhook-id` of every try of a delivery."""
    return f"msg_{delivery_id.hex}"


class DeliveryQueue:
    """Due deliveries, and their results."""

    def __init__(self, database: Database, sealer: Sealer, backoff: Backoff) -> None:
        self._database = database
        self._sealer = sealer
        self._backoff = backoff

    def claim(self, room: int, busy: Mapping[str, int], per_receiver: int) -> list[Claim]:
        """Take up to `room` due deliveries, of each receiver as many as make `per_receiver` with those that are `busy`."""
        full = [receiver for receiver, count in busy.items() if count >= per_receiver]
        with self._database.read() as session:
            candidates = session.execute(_due(full, database_now(session))).all()
        chosen: list[Row[uuid.UUID, str]] = []
        counts = Counter(busy)
        for row in candidates:
            if len(chosen) < room and counts[row.receiver] < per_receiver:
                counts[row.receiver] += 1
                chosen.append(row)
        if not chosen:
            return []
        with self._database.write_relaxed() as session:
            return self._take(session, [row.id for row in chosen])

    def record(self, results: Sequence[tuple[Claim, Outcome]]) -> None:
        """Log the tries and decide how each delivery goes on."""
        with self._database.write_relaxed() as session:
            for claim, outcome in sorted(results, key=lambda result: result[0].delivery_id):
                row = session.get(WebhookDelivery, claim.delivery_id, with_for_update=True)
                if row is None:
                    continue  # deleted meanwhile, with its import or webhook
                session.add(_attempt(row, outcome))
                if row.lease == claim.lease:
                    with structlog.contextvars.bound_contextvars(**claim.about):
                        self._decide(session, row, outcome)

    def release(self, claims: Sequence[Claim]) -> None:
        """Give back what was taken and not sent to the end; it is due at once."""
        for claim in claims:
            with self._database.write_relaxed() as session:
                session.execute(
                    update(WebhookDelivery)
                    .where(WebhookDelivery.id == claim.delivery_id, WebhookDelivery.lease == claim.lease)
                    .values(lease_until=utc_now())
                )

    def end_leases(self) -> None:
        """End the leases of a process that is known to have stopped: the only other one there can be."""
        with self._database.write_relaxed() as session:
            session.execute(
                update(WebhookDelivery).where(WebhookDelivery.lease.is_not(None)).values(lease_until=utc_now())
            )

    def _take(self, session: Session, delivery_ids: list[uuid.UUID]) -> list[Claim]:
        begin_until = time.monotonic() + UNSENT_SECONDS  # before the lease begins, whatever happens in between
        now = database_now(session)
        free = or_(WebhookDelivery.lease_until.is_(None), WebhookDelivery.lease_until <= now)
        of_these = select(WebhookDelivery).where(
            WebhookDelivery.id.in_(delivery_ids), WebhookDelivery.state == DeliveryState.PENDING, free
        )
        ordered = of_these.order_by(WebhookDelivery.due_at, WebhookDelivery.id).with_for_update(skip_locked=True)
        claims = []
        for row in session.scalars(ordered):
            if row.lease is not None and row.leased_at is not None:
                session.add(_attempt(row, Outcome(row.leased_at, None, problem=Problem.INTERRUPTED)))
            row.lease, row.leased_at = uuid.uuid4(), now
            row.lease_until = now + timedelta(seconds=LEASE_SECONDS)
            event = session.get_one(WebhookEvent, row.event_id, options=[undefer(WebhookEvent.body)])
            message = self._message(session, row, event)
            trace = session.scalar(select(Import.traceparent).where(Import.id == event.import_id))
            claims.append(
                Claim(row.id, row.lease, row.receiver, message, event.import_id, trace, begin_until=begin_until)
            )
        return claims

    def _message(self, session: Session, row: WebhookDelivery, event: WebhookEvent) -> Message | None:
        number = message_id(row.id)
        body = sent_body(row, event)
        if row.webhook_id is None:
            return Message(number, row.url, FORM, body, ())
        try:
            secrets = valid_secrets(session.get_one(Webhook, row.webhook_id), self._sealer, utc_now())
        except UnsealableError:
            return None
        return Message(number, row.url, JSON, body, secrets)

    def _decide(self, session: Session, row: WebhookDelivery, outcome: Outcome) -> None:
        now = utc_now()
        row.lease = row.leased_at = row.lease_until = None
        row.tries += 1
        if outcome.problem is None:
            row.state, row.ended_at = DeliveryState.DELIVERED, now
            return
        if outcome.problem == Problem.GONE:
            self._disable(session, row)
        test = session.scalar(select(WebhookEvent.event).where(WebhookEvent.id == row.event_id)) == Event.TEST
        if outcome.problem == Problem.GONE or test or row.tries >= self._backoff.tries:
            row.state, row.ended_at = DeliveryState.DEAD, now
            log.warning("webhook_dead", problem=outcome.problem, tries=row.tries)
            return
        wait = max(self._backoff.wait(row.tries), min(outcome.retry_after or 0.0, LONGEST_WAIT))
        row.due_at = now + timedelta(seconds=wait)

    def _disable(self, session: Session, row: WebhookDelivery) -> None:
        """The receiver said that nothing shall be sent to it any more."""
        if row.webhook_id is None:
            return
        webhook = session.get(Webhook, row.webhook_id, with_for_update=True)
        # An answer of the address that it had before says nothing about the one that it has now.
        if webhook is None or not webhook.enabled or webhook.url != row.url:
            return
        webhook.enabled, webhook.disabled_reason, webhook.modified_at = False, GONE, utc_now()
        hold(session, webhook.id)
        log.warning("webhook_disabled", webhook_id=str(webhook.id), reason=GONE)


def hold(session: Session, webhook_id: uuid.UUID) -> None:
    """What is due for a webhook waits until it is enabled again."""
    _move(session, webhook_id, DeliveryState.PENDING, DeliveryState.HELD)


def let_go(session: Session, webhook_id: uuid.UUID) -> None:
    """What waited for a webhook to be enabled is due."""
    _move(session, webhook_id, DeliveryState.HELD, DeliveryState.PENDING)


def _move(session: Session, webhook_id: uuid.UUID, source: DeliveryState, target: DeliveryState) -> None:
    tests = select(WebhookEvent.id).where(WebhookEvent.event == Event.TEST)
    session.execute(
        update(WebhookDelivery)
        .where(
            WebhookDelivery.webhook_id == webhook_id,
            WebhookDelivery.state == source,
            WebhookDelivery.event_id.not_in(tests),
        )
        .values(state=target, due_at=utc_now())
        .execution_options(synchronize_session="fetch")
    )


def _due(full: list[str], now: datetime) -> Select[uuid.UUID, str]:
    earlier = aliased(WebhookDelivery)
    waits = exists().where(
        earlier.lane == WebhookDelivery.lane,
        earlier.position < WebhookDelivery.position,
        earlier.state.in_([DeliveryState.PENDING, DeliveryState.HELD]),
    )
    return (
        select(WebhookDelivery.id, WebhookDelivery.receiver)
        .where(
            WebhookDelivery.state == DeliveryState.PENDING,
            WebhookDelivery.due_at <= now,
            or_(WebhookDelivery.lease_until.is_(None), WebhookDelivery.lease_until <= now),
            WebhookDelivery.receiver.not_in(full),
            ~waits,
        )
        .order_by(WebhookDelivery.due_at, WebhookDelivery.id)
        .limit(CANDIDATES)
    )


def _attempt(row: WebhookDelivery, outcome: Outcome) -> WebhookAttempt:
    return WebhookAttempt(
        organization_id=row.organization_id,
        delivery_id=row.id,
        started_at=outcome.started_at,
        milliseconds=outcome.milliseconds,
        status=outcome.status,
        problem=outcome.problem,
        answer=outcome.answer,
    )
