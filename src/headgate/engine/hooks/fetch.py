"""`fetch` of hooks, made here because the engine has no network: only hosts that are listed, at checked addresses."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urljoin, urlsplit

import httpx

from headgate.engine.hooks.fetch_messages import FetchAnswer, FetchRequest
from headgate.engine.hooks.limits import HookLimits
from headgate.net import AddressGuard, DestinationRefusedError, Resolver, resolve

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAX_REDIRECTS = 5
# Headers that the connection decides, or that would let a hook pose as a proxy's other end.
_OWN_HEADERS = frozenset(
    [
        "host",
        "connection",
        "content-length",
        "transfer-encoding",
        "te",
        "trailer",
        "upgrade",
        "expect",
        "keep-alive",
        "accept-encoding",
    ]
)
_CREDENTIALS = frozenset({"authorization", "cookie", "proxy-authorization"})


class FetchRefusedError(Exception):
    """The request is not made or its answer not passed on; the message tells the hook why."""


class Fetcher:
    """Makes the requests of hooks.

    `allowed_hosts` and `private_hosts`: see AddressGuard. Every hop of a redirect is checked anew.
    """

    def __init__(
        self,
        allowed_hosts: Iterable[str],
        private_hosts: Iterable[str] = (),
        *,
        threads: int = 8,
        resolver: Resolver = resolve,
    ) -> None:
        self._guard = AddressGuard("hooks", private_hosts, allowed_hosts, resolver)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="hook-fetch")

    def submit(self, request: FetchRequest, limits: HookLimits, done: Callable[[FetchAnswer], None]) -> None:
        """Make the request in the background and hand its answer to `done`, which must be quick."""

        def work() -> None:
            try:
                answer = self.fetch(request, limits)
            except FetchRefusedError as refusal:
                answer = FetchAnswer(request.id, problem=str(refusal))
            except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
                answer = FetchAnswer(request.id, problem=f"The request failed: {type(error).__name__}")
            done(answer)

        self._threads.submit(work)

    def close(self) -> None:
        """Stop taking requests."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def fetch(self, request: FetchRequest, limits: HookLimits) -> FetchAnswer:
        """The answer, redirects followed while they stay on allowed hosts. Raises FetchRefusedError, httpx errors."""
        deadline = time.monotonic() + limits.fetch_seconds
        url, method, body = request.url, request.method, request.body
        headers = [pair for pair in request.headers if pair[0].lower() not in _OWN_HEADERS]
        for _ in range(_MAX_REDIRECTS + 1):
            response, content = self._once(url, method, headers, body, deadline, limits)
            location = response.headers.get("location")
            if response.status_code not in _REDIRECTS or location is None:
                kept = [(name, value) for name, value in response.headers.multi_items() if name != "content-encoding"]
                return FetchAnswer(request.id, None, response.status_code, url, kept, content)
            target = urljoin(url, location)
            if urlsplit(target).netloc != urlsplit(url).netloc:
                headers = [pair for pair in headers if pair[0].lower() not in _CREDENTIALS]
            if response.status_code == 303 or (response.status_code in {301, 302} and method == "POST"):
                method, body = "GET", b""
            url = target
        raise FetchRefusedError("The request was redirected too often.")

    def _once(
        self, url: str, method: str, headers: list[tuple[str, str]], body: bytes, deadline: float, limits: HookLimits
    ) -> tuple[httpx.Response, bytes]:
        try:
            destination = self._guard.check(url)
        except DestinationRefusedError as refusal:
            raise FetchRefusedError(str(refusal)) from None
        target = destination.pinned_url(destination.addresses[0])
        sent = [*headers, ("host", destination.host_header), ("accept-encoding", "identity")]
        timeout = httpx.Timeout(max(0.1, deadline - time.monotonic()))
        with (
            httpx.Client(trust_env=False, follow_redirects=False, timeout=timeout) as client,
            client.stream(
                method, target, headers=sent, content=body or None, extensions={"sni_hostname": destination.host}
            ) as response,
        ):
            if response.headers.get("content-encoding", "identity") != "identity":
                raise FetchRefusedError("The answer is compressed although that was declined.")
            return response, _read(response, deadline, limits)


def _read(response: httpx.Response, deadline: float, limits: HookLimits) -> bytes:
    content = bytearray()
    for chunk in response.iter_raw():
        content += chunk
        if len(content) > limits.fetch_bytes:
            raise FetchRefusedError("The answer is larger than hooks may fetch.")
        if time.monotonic() > deadline:
            raise FetchRefusedError("The answer took too long.")
    return bytes(content)
