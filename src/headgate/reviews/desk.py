"""All reviews that are open in this server: at most so many, the longest unused one ends for the next."""

from __future__ import annotations

import asyncio
import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import structlog

from headgate.errors import NotFoundError, RequestError
from headgate.imports.worker import ReviewJob
from headgate.reviews.errors import CODES, NOT_FOUND, BusyError, RefusedError, ReviewConflictError
from headgate.reviews.events import EventHub
from headgate.reviews.log import ChangeLog
from headgate.reviews.opened import OpenedReview, Unit
from headgate.reviews.process import ReviewLimits, ReviewProcess, ReviewRefusedError

PATIENCE = 1.5
"""Seconds that a review may take to be prepared before those who ask are told so."""
MAX_REVIEWS = 256
"""Reviews that may be open or wait for a place."""
PLACE_SECONDS = 30.0
STATES_KEPT = 256
RELEASE_SECONDS = 30.0
MAX_SPARES = 2
"""Warm processes without a review: one that was started for the next review, one that another review left."""

log = structlog.get_logger(__name__)


class ReviewDesk:
    """Opens reviews and asks them."""

    def __init__(
        self,
        change_log: ChangeLog,
        events: EventHub,
        job_of: Callable[[uuid.UUID], ReviewJob],
        engine: str,
        limits: ReviewLimits,
        *,
        places: int,
        idle_seconds: float,
        left: Callable[[uuid.UUID], None] = lambda _: None,
    ) -> None:
        """`left` hears of every review whose process it left."""
        self.log = change_log
        self.events = events
        self.job_of = job_of
        self.left = left
        self.idle_seconds = idle_seconds
        self._engine = engine
        self._limits = limits
        self._places = places
        self._taken = 0
        self._changed = threading.Condition()
        self._reviews: dict[uuid.UUID, OpenedReview] = {}
        self._states: OrderedDict[uuid.UUID, dict[str, Any]] = OrderedDict()
        self._spares: list[ReviewProcess] = []
        self._closed = False
        self._warm = False

    def start(self) -> None:
        """Have a process ready for the first review, from now on."""
        self._warm = True
        self._renew_spare()

    async def ask(self, import_id: uuid.UUID, unit: Unit, *, prepares: str | None = None) -> Any:
        """Have a unit of work done, and wait for it without holding the event loop.

        Raises what the unit raises; ReviewConflictError `preparing` when it did not come to it; BusyError.
        """
        review, future = self._submit(import_id, unit, prepares)
        waiting = asyncio.wrap_future(future)
        while True:
            done, _ = await asyncio.wait({waiting}, timeout=PATIENCE / 6)
            if done:
                try:
                    return waiting.result()
                except ReviewRefusedError as error:
                    raise refusal(error) from error
            if review.prepares_for() >= PATIENCE and (prepares is not None or future.cancel()):
                waiting.add_done_callback(_note_failure)
                raise ReviewConflictError("preparing")

    def preparing(self, import_id: uuid.UUID) -> dict[str, Any] | None:
        """The long piece of work that is under way: `step`, `fraction`."""
        with self._changed:
            review = self._reviews.get(import_id)
        return None if review is None else review.preparing

    def problem(self, import_id: uuid.UUID) -> dict[str, Any] | None:
        """Why the last piece of that kind did not come to its end."""
        with self._changed:
            review = self._reviews.get(import_id)
        return None if review is None else review.problem

    def remember_state(self, import_id: uuid.UUID, state: dict[str, Any]) -> None:
        """Keep the engine's part of the state for while its process is busy."""
        with self._changed:
            self._states[import_id] = state
            self._states.move_to_end(import_id)
            if len(self._states) > STATES_KEPT:
                self._states.popitem(last=False)

    def known_state(self, import_id: uuid.UUID) -> dict[str, Any] | None:
        """The engine's part of the state as it was last."""
        with self._changed:
            return self._states.get(import_id)

    def is_open(self, import_id: uuid.UUID) -> bool:
        """Whether its directory is in use."""
        with self._changed:
            return import_id in self._reviews

    def processes(self) -> list[int]:
        """The process ids of the open reviews."""
        with self._changed:
            found = [review.pid() for review in self._reviews.values()]
        return [pid for pid in found if pid is not None]

    def open_reviews(self) -> set[uuid.UUID]:
        """The reviews that are open, or about to be."""
        with self._changed:
            return set(self._reviews)

    def leave(self, import_id: uuid.UUID) -> None:
        """Have a review's process end when it has done what it does, without waiting for that."""
        with self._changed:
            review = self._reviews.get(import_id)
            if review is not None and review.has_process():
                review.leave()

    def end(self, import_id: uuid.UUID) -> None:
        """End a review at once, without waiting for that."""
        with self._changed:
            self._states.pop(import_id, None)
            review = self._reviews.get(import_id)
            if review is not None and not review.dropped:
                review.drop()

    def release(self, import_id: uuid.UUID) -> None:
        """Have a review's process end, and wait until its directory is free."""
        with self._changed:
            review = self._reviews.get(import_id)
            if review is None:
                return
            review.leave()
            if self._changed.wait_for(lambda: not review.has_process(), timeout=RELEASE_SECONDS):
                return
        self.drop(import_id)

    def drop(self, import_id: uuid.UUID) -> None:
        """End a review at once, and wait until its directory is free. Harmless when it is not open."""
        with self._changed:
            self._states.pop(import_id, None)
            review = self._reviews.get(import_id)
            if review is not None:
                review.drop()
        if review is not None:
            review.thread.join(timeout=20)

    def close(self) -> None:
        """End everything; what is asked meanwhile fails. Changes that were answered are in the log."""
        with self._changed:
            self._closed = True
            reviews = list(self._reviews.values())
            spares, self._spares = self._spares, []
        for review in reviews:
            review.end()
        deadline = time.monotonic() + 10
        for review in reviews:
            review.thread.join(timeout=max(0.0, deadline - time.monotonic()))
        for review in reviews:
            if review.thread.is_alive():
                review.drop()
                review.thread.join(timeout=5)
        for spare in spares:
            spare.kill()

    # For OpenedReview, in its thread

    def take_process(self, review: OpenedReview) -> ReviewProcess:
        """The warm process, or a new one, as soon as one more may run. Raises BusyError."""
        self._take_place(review)
        try:
            with self._changed:
                spares, self._spares = self._spares, []
            chosen = next((one for one in spares if one.alive()), None)
            with self._changed:
                self._spares += [one for one in spares if one is not chosen and one.alive()]
            return chosen or ReviewProcess(self._engine, self._limits)
        except BaseException:
            self.give_place_back()
            raise

    def _take_place(self, review: OpenedReview) -> None:
        deadline = time.monotonic() + PLACE_SECONDS
        with self._changed:
            while self._taken >= self._places:
                unused = [
                    one for one in self._reviews.values() if one is not review and one.has_process() and one.unused()
                ]
                if unused:
                    min(unused, key=lambda one: one.last_used).end()
                if self._closed or time.monotonic() >= deadline:
                    raise BusyError
                self._changed.wait(timeout=0.5)
            self._taken += 1

    def give_place_back(self, process: ReviewProcess | None = None) -> None:
        """A review left its process, which may be used again."""
        with self._changed:
            self._taken -= 1
            keep = process is not None and not self._closed and len(self._spares) < MAX_SPARES
            if process is not None and keep:
                self._spares.append(process)
            self._changed.notify_all()
        if process is not None and not keep:
            process.kill()

    def prepared(self, import_id: uuid.UUID) -> None:
        """A long piece of work is over, well or not: pages ask again."""
        self._renew_spare()
        state = self.known_state(import_id) or {}
        self.events.publish(import_id, "state", version=self.log.version(import_id), step=state.get("step"))

    def remove(self, review: OpenedReview, unused: Callable[[], bool]) -> bool:
        """Forget a review whose process has ended, unless something was asked of it meanwhile."""
        with self._changed:
            if not unused() and not (review.dropped or self._closed):
                return False
            self._reviews.pop(review.import_id, None)
            review.abandon()
            return True

    def _submit(self, import_id: uuid.UUID, unit: Unit, prepares: str | None) -> Any:
        with self._changed:
            if self._closed:
                raise BusyError("The service is stopping. Try again in a few seconds.")
            review = self._reviews.get(import_id)
            if review is None:
                if len(self._reviews) >= MAX_REVIEWS:
                    raise BusyError
                review = self._reviews[import_id] = OpenedReview(self, import_id)
                review.thread.start()
            return review, review.submit(unit, prepares)

    def _renew_spare(self) -> None:
        with self._changed:
            if self._closed or self._spares or not self._warm:
                return
        fresh = ReviewProcess(self._engine, self._limits)
        with self._changed:
            if not self._spares and not self._closed:
                self._spares.append(fresh)
                return
        fresh.kill()  # another thread was quicker


def refusal(error: ReviewRefusedError) -> RequestError:
    """What a client is told when the engine refuses."""
    if error.code in NOT_FOUND:
        return NotFoundError(error.message)
    if error.code in CODES:
        return ReviewConflictError(error.code, error.message)
    return RefusedError(error.code, error.message)


def _note_failure(future: asyncio.Future[Any]) -> None:
    """Nobody waits for it any more; the state tells the next who asks."""
    if not future.cancelled() and (error := future.exception()) is not None:
        log.warning("review_preparation_failed", cause=type(error).__name__)
