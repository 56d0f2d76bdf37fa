"""One try to send one webhook: signed, to a checked address, within a time."""

from __future__ import annotations

import asyncio
import ssl
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from standardwebhooks import Webhook as Signer

from headgate.db import utc_now
from headgate.net import AddressGuard, Destination, DestinationRefusedError
from headgate.records import dataclass

if TYPE_CHECKING:
    import httpx

TIMEOUT_SECONDS = 15.0
"""For everything: name, connection, request, answer (webhooks.md, "Delivery")."""
ANSWER_BYTES = 2048
RESOLVING = 32
"""Names that are looked up at once. The system's resolver blocks, and a slow one may not hold all others up."""
USER_AGENT = f"headgate/{version('headgate')}"


class Problem(StrEnum):
    """Why a try did not succeed (errors.md, "Webhooks")."""

    TIMED_OUT = "timed_out"
    HOST_NOT_FOUND = "host_not_found"
    ADDRESS_REFUSED = "address_refused"
    NOT_CONNECTED = "not_connected"
    TLS_FAILED = "tls_failed"
    BAD_ANSWER = "bad_answer"
    REDIRECTED = "redirected"
    GONE = "gone"
    ERROR_STATUS = "error_status"
    SECRET_UNREADABLE = "secret_unreadable"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True)
class Message:
    """What is sent where. It is signed with each of `secrets`; without any it bears no signature."""

    id: str
    url: str
    content_type: str
    body: str
    secrets: tuple[str, ...]
    traceparent: str | None = None
    """Where the receiver's part of a trace begins."""


@dataclass(frozen=True)
class Outcome:
    """What came of one try; it succeeded when there is no `problem`."""

    started_at: datetime
    milliseconds: int | None
    status: int | None = None
    problem: Problem | None = None
    answer: str | None = None
    retry_after: float | None = None
    """Seconds for which the receiver asked to be left alone."""


@dataclass
class _Answer:
    """What is known of the answer so far."""

    status: int | None = None
    body: bytearray = field(default_factory=bytearray)
    retry_after: str | None = None


class Sender:
    """Sends messages. To be used within one event loop."""

    def __init__(
        self, guard: AddressGuard, *, seconds: float = TIMEOUT_SECONDS, tls: ssl.SSLContext | None = None
    ) -> None:
        """`tls`: which certificates are trusted; by default those of the public authorities."""
        self._guard = guard
        self._seconds = seconds
        self._resolving = ThreadPoolExecutor(RESOLVING, thread_name_prefix="webhook-dns")
        self._tls = tls

    @cached_property
    def _client(self) -> httpx.AsyncClient:
        # Here and below with the first message: to load this, and the certificates of all authorities, takes time of the start.
        import httpx

        return httpx.AsyncClient(
            verify=self._tls or httpx.create_ssl_context(),
            trust_env=False,
            follow_redirects=False,
            timeout=self._seconds,
            # A kept connection is known by its address only, and would be used again for another host behind it,
            # whose certificate nobody looked at.
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    async def close(self) -> None:
        """End all connections."""
        if "_client" in vars(self):
            await self._client.aclose()
        self._resolving.shutdown(wait=False, cancel_futures=True)

    async def send(self, message: Message) -> Outcome:
        """Try once. Never raises for what the receiver or the network does."""
        import httpx

        started_at, clock = utc_now(), time.monotonic()
        answer = _Answer()
        problem: Problem | None = None
        try:
            async with asyncio.timeout(self._seconds):
                await self._exchange(message, answer, started_at)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, DestinationRefusedError) as error:
            problem = _problem_of(error)
        if answer.status is not None and (problem is None or 200 <= answer.status < 300):
            # A receiver that said 2xx has it, whatever becomes of the rest of its answer.
            problem = _problem_of_status(answer.status)
        return Outcome(
            started_at,
            round((time.monotonic() - clock) * 1000),
            answer.status,
            problem,
            _text(answer.body) if answer.status is not None else None,
            _seconds_to_wait(answer.retry_after, utc_now()),
        )

    async def _exchange(self, message: Message, answer: _Answer, now: datetime) -> None:
        import httpx

        loop = asyncio.get_running_loop()
        destination = await loop.run_in_executor(self._resolving, self._guard.check, message.url)
        headers = _headers(message, destination, now)
        for position, address in enumerate(destination.addresses):
            try:
                await self._post(destination, address, headers, message.body, answer)
            except httpx.ConnectError as error:
                if position == len(destination.addresses) - 1 or _is_tls(error):
                    raise
            else:
                return

    async def _post(
        self, destination: Destination, address: str, headers: dict[str, str], body: str, answer: _Answer
    ) -> None:
        async with self._client.stream(
            "POST",
            destination.pinned_url(address),
            headers=headers,
            content=body.encode(),
            auth=_credentials(destination.url),
            extensions={"sni_hostname": destination.host},
        ) as response:
            answer.status = response.status_code
            answer.retry_after = response.headers.get("retry-after")
            async for chunk in response.aiter_raw():
                answer.body += chunk[: ANSWER_BYTES - len(answer.body)]
                if len(answer.body) >= ANSWER_BYTES:
                    return


def failed(problem: Problem) -> Outcome:
    """The outcome of a try that ended before anything was sent."""
    return Outcome(utc_now(), 0, problem=problem)


def _headers(message: Message, destination: Destination, now: datetime) -> dict[str, str]:
    headers = {
        "host": destination.host_header,
        "content-type": message.content_type,
        "user-agent": USER_AGENT,
        "accept-encoding": "identity",
        "webhook-id": message.id,
        "webhook-timestamp": str(int(now.timestamp())),
    }
    if message.traceparent is not None:
        headers["traceparent"] = message.traceparent
    if message.secrets:
        signatures = [Signer(secret).sign(message.id, now.astimezone(UTC), message.body) for secret in message.secrets]
        headers["webhook-signature"] = " ".join(signatures)
    return headers


def _credentials(url: str) -> httpx.BasicAuth | None:
    """Those that stand in the URL of a basic webhook."""
    import httpx

    parts = urlsplit(url)
    if parts.username is None:
        return None
    found = httpx.URL(url)
    return httpx.BasicAuth(found.username, found.password)


def _problem_of(error: Exception) -> Problem:
    import httpx

    match error:
        case DestinationRefusedError():
            return Problem.ADDRESS_REFUSED
        case TimeoutError() | httpx.TimeoutException():
            return Problem.TIMED_OUT
        case httpx.ConnectError():
            return Problem.TLS_FAILED if _is_tls(error) else Problem.NOT_CONNECTED
        case httpx.HTTPError():
            return Problem.BAD_ANSWER
        case _:  # the resolver's: no such host, or no host at all
            return Problem.HOST_NOT_FOUND


def _is_tls(error: BaseException) -> bool:
    """Whether the connection failed for its certificate or encryption."""
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, ssl.SSLError):
            return True
        inner = inner.__cause__ or inner.__context__
    return False


def _problem_of_status(status: int) -> Problem | None:
    if 200 <= status < 300:
        return None
    if status == 410:
        return Problem.GONE
    return Problem.REDIRECTED if 300 <= status < 400 else Problem.ERROR_STATUS


def _text(body: bytearray) -> str:
    # No database keeps a NUL in a text alike.
    return bytes(body).decode("utf-8", "replace").replace("\0", "\ufffd")


def _seconds_to_wait(header: str | None, now: datetime) -> float | None:
    """`Retry-After` as seconds or as a date (RFC 9110, 10.2.3); None when it is neither, or past."""
    if header is None:
        return None
    header = header.strip()
    if header.isascii() and header.isdecimal():
        return float(header[:9])
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    seconds = ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds()
    return seconds if seconds > 0 else None
