"""A receiver of webhooks that behaves as told: a real HTTP server on a port of its own."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True)
class Received:
    """One request. Header names are in lower case."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Reply:
    """How to answer. `hang`: only once this is set, and then not at all."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    hang: threading.Event | None = None


class Receiver:
    """Notes what comes. `answer` is given the request and how many came to its path before."""

    def __init__(
        self,
        answer: Callable[[Received, int], Reply] = lambda *_: Reply(),
        port: int = 0,
        tls: ssl.SSLContext | None = None,
        host: str = "127.0.0.1",
    ) -> None:
        self.answer = answer
        self.requests: list[Received] = []
        self._changed = threading.Condition()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                receiver._handle(self, Received(self.path, headers, body))

            do_GET = do_POST  # noqa: N815 - named by http.server

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

            def handle_error(self, request: Any, client_address: Any) -> None:
                """A sender that gives up is no error here."""

        self._server = Server((host, port), Handler)
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.port: int = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    def url(self, path: str = "/hook", host: str = "receiver.example", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def forget(self) -> None:
        """Answer well from now on, as if nothing had come."""
        with self._changed:
            self.answer = lambda *_: Reply()
            self.requests.clear()

    def wait(self, count: int, seconds: float = 30) -> list[Received]:
        """All requests, once there are so many."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while len(self.requests) < count:
                left = deadline - time.monotonic()
                assert left > 0, f"{len(self.requests)} requests instead of {count}"
                self._changed.wait(left)
            return list(self.requests)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handle(self, handler: BaseHTTPRequestHandler, received: Received) -> None:
        with self._changed:
            before = sum(one.path == received.path for one in self.requests)
            self.requests.append(received)
            self._changed.notify_all()
        reply = self.answer(received, before)
        if reply.hang is not None:
            reply.hang.wait(60)
            handler.close_connection = True
            return
        handler.send_response(reply.status)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        handler.send_header("content-length", str(len(reply.body)))
        handler.end_headers()
        handler.wfile.write(reply.body)
