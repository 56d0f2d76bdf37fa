"""What the clients do, without doing it: each flow is a generator that asks its driver to send a call or to pause.

The synchronous and the asynchronous client drive the same flows, so retries, waiting and the order of the steps are
written once and can be tested without a network.
"""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Generic, TypeAlias, TypeVar

import httpx

from headgate.client import protocol
from headgate.client.errors import (
    ConnectionFailedError,
    ImportFailedError,
    RateLimitedError,
    ReviewNeededError,
    WaitTimeoutError,
)
from headgate.client.models import Import, ImportSummary, Upload
from headgate.client.protocol import Call, ImportOptions
from headgate.client.sources import Source
from headgate.records import dataclass

T = TypeVar("T")
Item = TypeVar("Item", bound=ImportSummary | Upload)


@dataclass(frozen=True)
class Send:
    """Send the call; answer with the response, its body read (or written to the sink), or with the transport error."""

    call: Call[Any]


@dataclass(frozen=True)
class Pause:
    """Wait that many seconds."""

    seconds: float


Reply: TypeAlias = httpx.Response | httpx.TransportError | None
Flow: TypeAlias = Generator[Send | Pause, Reply, T]
Clock: TypeAlias = Callable[[], float]


@dataclass(frozen=True)
class RetryPolicy:
    """When a failed request is sent again.

    Broken connections and 502, 503 and 504: only requests that may be repeated, `attempts` times in all, with jittered
    exponential pauses from `first_pause` to `longest_pause` seconds. 429: any request, since a refused one had no
    effect; the pause is what the service asks for, and one above `longest_wait_for_limit` is left to the caller.
    """

    attempts: int = 4
    first_pause: float = 0.5
    longest_pause: float = 8.0
    longest_wait_for_limit: float = 65.0

    def pause_before(self, attempt: int, call: Call[Any], reply: Reply) -> float | None:
        """Seconds to wait before attempt number `attempt + 1`, or None when there must be none."""
        if attempt >= self.attempts:
            return None
        if isinstance(reply, httpx.Response):
            asked = protocol.retry_after(reply)
            if reply.status_code == 429:
                pause = asked if asked is not None else self._backoff(attempt)
                body_can_be_sent_again = call.source is None or call.source.restartable
                return pause if pause <= self.longest_wait_for_limit and body_can_be_sent_again else None
            if reply.status_code in {502, 503, 504} and call.repeatable:
                return max(self._backoff(attempt), min(asked or 0.0, self.longest_wait_for_limit))
            return None
        never_sent = isinstance(reply, httpx.ConnectError | httpx.ConnectTimeout)
        misused = isinstance(reply, httpx.LocalProtocolError | httpx.UnsupportedProtocol)
        return self._backoff(attempt) if (call.repeatable or never_sent) and not misused else None

    def _backoff(self, attempt: int) -> float:
        ceiling = min(self.longest_pause, self.first_pause * 2.0 ** (attempt - 1))
        return ceiling * random.uniform(0.5, 1.0)  # noqa: S311 - jitter is no secret


NO_RETRIES = RetryPolicy(attempts=1)


def perform(call: Call[T], policy: RetryPolicy) -> Flow[T]:
    """Send a call until it is answered for good. Raises ApiError, ConnectionFailedError, InvalidResponseError."""
    attempt = 0
    while True:
        attempt += 1
        reply = yield Send(call)
        failed = not isinstance(reply, httpx.Response) or reply.status_code >= 400
        if attempt > 1 and isinstance(reply, httpx.Response) and reply.status_code in call.settled_by:
            failed = False
        if not failed:
            break
        pause = policy.pause_before(attempt, call, reply)
        if pause is None:
            break
        yield Pause(pause)
    if isinstance(reply, httpx.Response):
        if failed:
            raise protocol.error_of(reply)
        return call.parse(reply)
    raise ConnectionFailedError.at(call.path, reply) from reply


class Pace:
    """When an import may be looked at again: soon at first, then every few seconds, never beyond the limit."""

    FIRST = 0.25
    SLOWEST = 5.0

    def __init__(self, clock: Clock, per_minute: int = 12) -> None:
        self._clock = clock
        self._per_minute = per_minute
        self._looks: deque[float] = deque()
        self._next = self.FIRST

    def looked(self) -> None:
        """Record a look."""
        self._looks.append(self._clock())

    def pause(self) -> float:
        """Seconds until the next look."""
        pause = self._next
        self._next = min(self.SLOWEST, self._next * 2)
        now = self._clock()
        while self._looks and self._looks[0] <= now - 60:
            self._looks.popleft()
        left = self._per_minute - len(self._looks)
        if left <= 0:
            return max(pause, self._looks[-self._per_minute] + 60 - now)
        # The first looks came quickly; those that are left of the minute are spread over it, lest a long gap follow.
        return max(pause, (self._looks[0] + 60 - now) / left) if pause == self.SLOWEST and self._looks else pause


def wait(
    import_id: str,
    policy: RetryPolicy,
    *,
    timeout: float | None,
    through_review: bool,
    on_change: Callable[[Import], object] | None,
    clock: Clock = time.monotonic,
) -> Flow[Import]:
    """Look at an import until it rests: SUCCESSFUL, FAILED or (unless `through_review`) NEEDS_REVIEW.

    Raises WaitTimeoutError after `timeout` seconds.
    """
    deadline = None if timeout is None else clock() + timeout
    pace = Pace(clock)
    look = protocol.with_limit_pause(protocol.get_import(import_id))
    impatient = replace(policy, longest_wait_for_limit=-1)  # a 429 is waited for here, where the deadline is known
    seen: Import | None = None
    while True:
        pace.looked()
        try:
            current, asked = yield from perform(look, impatient)
        except RateLimitedError as error:
            asked = error.retry_after or Pace.SLOWEST
        else:
            if on_change is not None and (seen is None or seen.status != current.status):
                on_change(current)
            seen = current
            if current.is_final or (current.status == "NEEDS_REVIEW" and not through_review):
                return current
        pause = max(pace.pause(), asked)
        if deadline is not None and clock() + pause > deadline:
            state = f"is still {seen.status}" if seen else "could not be seen"
            raise WaitTimeoutError(f"Import {import_id} {state} after {timeout:g} seconds.", seen)
        yield Pause(pause)


class Pages(Generic[Item]):
    """Walks a list in pages. Items that move to a later page while it walks (newer ones came in) are given once."""

    def __init__(self) -> None:
        self.position = 0
        self.more = True
        self._seen: set[str] = set()

    def take(self, items: Sequence[Item], total: int) -> Iterator[Item]:
        """The new items of the page at `position`, of a list of `total`."""
        self.position += len(items)
        self.more = bool(items) and self.position < total
        fresh = [item for item in items if item.id not in self._seen]
        self._seen.update(item.id for item in fresh)
        yield from fresh


def successful(detail: Import) -> Import:
    """`detail` when it is SUCCESSFUL. Raises ImportFailedError or ReviewNeededError with the service's own reasons."""
    if detail.status == "SUCCESSFUL":
        return detail
    reasons = " ".join(f"[{reason.code}] {reason.message}" for reason in detail.import_errors or ())
    if detail.status == "NEEDS_REVIEW":
        raise ReviewNeededError(f"The import needs a person at {detail.review_url}. {reasons}".strip(), detail)
    raise ImportFailedError(f"The import failed. {reasons}".strip(), detail)


def create_and_upload(
    source: Source, filename: str | None, options: ImportOptions, policy: RetryPolicy
) -> Flow[Import]:
    """Create a file import and send its file."""
    name = filename or source.name
    if name is None:
        raise ValueError("The source has no file name. Give one: filename='contacts.csv'.")
    created = yield from perform(protocol.create_import({"original_filename": name}, options), policy)
    if created.upload is not None:  # None: an earlier call with the same idempotency key has uploaded it already
        yield from perform(protocol.put_file(created.upload, source), policy)
    return created


def import_file(
    source: Source,
    filename: str | None,
    options: ImportOptions,
    policy: RetryPolicy,
    waiting: Mapping[str, Any],
) -> Flow[Import]:
    """Create, upload and wait. Raises ImportFailedError and ReviewNeededError."""
    created = yield from create_and_upload(source, filename, options, policy)
    detail = yield from wait(created.id, policy, **waiting)
    return successful(detail)


def import_rows(rows: Any, options: ImportOptions, policy: RetryPolicy, waiting: Mapping[str, Any]) -> Flow[Import]:
    """The same for rows that are JSON already."""
    created = yield from perform(protocol.create_import({"initial_data": rows}, options), policy)
    detail = yield from wait(created.id, policy, **waiting)
    return successful(detail)
