"""The thread that sends due deliveries, and the sweep that removes old ones."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import structlog
from sqlalchemy import delete, exists, select

from headgate.db import Database, utc_now
from headgate.tracing import tracer
from headgate.webhooks.delivery import Message, Outcome, Problem, Sender, failed
from headgate.webhooks.models import DeliveryState, WebhookDelivery, WebhookEvent
from headgate.webhooks.queue import Claim, DeliveryQueue

POLL_SECONDS = 1.0
PAUSE_AFTER_TROUBLE = 1.0
PER_RECEIVER = 8
"""Requests to one host and port at once: a receiver that hangs holds so many places, and no more."""
SWEPT_AT_ONCE = 500

log = structlog.get_logger(__name__)

Given = TypeVar("Given")


class Dispatcher:
    """Takes due deliveries, sends them side by side, and records what came of them.

    One event loop in a thread of its own: a receiver that hangs costs a socket, not a thread.
    """

    def __init__(
        self,
        queue: DeliveryQueue,
        make_sender: Callable[[], Sender],
        *,
        concurrency: int = 64,
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        self._queue = queue
        self._make_sender = make_sender
        self._concurrency = concurrency
        self._poll_seconds = poll_seconds
        self._thread = threading.Thread(target=lambda: asyncio.run(self._main()), name="webhooks", daemon=True)
        self._ready = threading.Event()
        self._closing = False
        self._grace = 0.0

    def start(self) -> None:
        """Begin to send."""
        self._sender = self._make_sender()  # here, because what it raises shall reach the caller
        self._thread.start()
        self._ready.wait()

    def wake(self) -> None:
        """Look now for what is due. May be called by any thread, also before the start and after the end."""
        if self._ready.is_set():
            try:
                self._loop.call_soon_threadsafe(self._woken.set)
            except RuntimeError:  # the loop has ended
                return

    def close(self, grace: float) -> None:
        """Stop. Requests under way have `grace` seconds to end; the others are sent again, with the same id."""
        if not self._ready.is_set():
            return
        self._grace, self._closing = grace, True
        self.wake()
        self._thread.join()

    async def _main(self) -> None:
        self._loop, self._woken = asyncio.get_running_loop(), asyncio.Event()
        self._active: dict[uuid.UUID, Claim] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._results: list[tuple[Claim, Outcome]] = []
        self._unrecorded = asyncio.Event()
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="webhook-db")
        self._ready.set()
        recorder = asyncio.create_task(self._record_results())
        try:
            while not self._closing:
                await self._step()
            await self._finish()
        finally:
            recorder.cancel()
            await self._sender.close()
            self._threads.shutdown()

    async def _step(self) -> None:
        """Send what is due and there is room for; then wait for more."""
        self._woken.clear()
        room = self._concurrency - len(self._active)
        busy = Counter(claim.receiver for claim in self._active.values())
        claims: list[Claim] = []
        if room:
            claims = await self._in_database(lambda: self._queue.claim(room, busy, PER_RECEIVER), claims)
        for claim in claims:
            self._active[claim.delivery_id] = claim
            task = asyncio.create_task(self._send(claim))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if not claims:
            await self._rest(self._poll_seconds)

    async def _rest(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()

    async def _send(self, claim: Claim) -> None:
        message = claim.message
        if time.monotonic() >= claim.begin_until:
            # This process was paused. Another may have the delivery by now; if none has, it is taken again.
            log.warning("webhook_not_begun", **claim.about)
            self._active.pop(claim.delivery_id, None)
            return
        outcome = failed(Problem.SECRET_UNREADABLE) if message is None else await self._try(claim, message)
        log.info(
            "webhook_tried",
            **claim.about,
            status=outcome.status,
            problem=outcome.problem,
            milliseconds=outcome.milliseconds,
        )
        self._results.append((claim, outcome))
        self._unrecorded.set()

    async def _try(self, claim: Claim, message: Message) -> Outcome:
        with tracer().span("webhook.send", claim.traceparent, "client", **claim.about) as span:
            outcome = await self._sender.send(replace(message, traceparent=span.traceparent))
            span.set(http_response_status_code=outcome.status)
            if outcome.problem is not None:
                span.fail(outcome.problem)
        return outcome

    async def _record_results(self) -> None:
        """Write results down, all that came meanwhile in one transaction."""
        while True:
            await self._unrecorded.wait()
            self._unrecorded.clear()
            batch, self._results = self._results, []
            while not await self._in_database(functools.partial(self._record, batch), otherwise=False):
                log.warning("webhook_results_wait", count=len(batch))
            for claim, _ in batch:
                del self._active[claim.delivery_id]
            self._woken.set()

    def _record(self, batch: list[tuple[Claim, Outcome]]) -> bool:
        self._queue.record(batch)
        return True

    async def _finish(self) -> None:
        """Let requests end for a while, then give back what did not."""
        deadline = time.monotonic() + self._grace
        while self._active and (left := deadline - time.monotonic()) > 0:
            self._woken.clear()
            await self._rest(left)
        for task in self._tasks:
            task.cancel()
        unsent = list(self._active.values())
        if unsent:
            await self._in_database(functools.partial(self._queue.release, unsent), otherwise=None)

    async def _in_database(self, work: Callable[[], Given], otherwise: Given) -> Given:
        """What `work` gives, done in a thread; `otherwise`, after a pause, when the database is in trouble."""
        try:
            return await self._loop.run_in_executor(self._threads, work)
        except Exception:
            log.exception("webhook_queue_failed")
            await asyncio.sleep(PAUSE_AFTER_TROUBLE)
            return otherwise


def forget_old(database: Database, lifetime: int, organization_id: uuid.UUID | None = None) -> None:
    """Remove events, with their deliveries and tries, that are older than `lifetime` seconds and need nothing more; of one
    organization, or of all."""
    before = utc_now() - timedelta(seconds=lifetime)
    waiting = exists().where(
        WebhookDelivery.event_id == WebhookEvent.id,
        WebhookDelivery.state.in_([DeliveryState.PENDING, DeliveryState.HELD]),
    )
    replayed = exists().where(WebhookDelivery.event_id == WebhookEvent.id, WebhookDelivery.ended_at > before)
    over = select(WebhookEvent.id).where(WebhookEvent.created_at <= before, ~waiting, ~replayed)
    own = over if organization_id is None else over.where(WebhookEvent.organization_id == organization_id)
    old = own.limit(SWEPT_AT_ONCE)
    while True:
        with database.write_relaxed() as session:
            removed = session.scalars(
                delete(WebhookEvent).where(WebhookEvent.id.in_(old)).returning(WebhookEvent.id)
            ).all()
        if len(removed) < SWEPT_AT_ONCE:
            return
