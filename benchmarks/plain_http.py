"""An HTTP/1.1 client that takes next to nothing itself, for benchmarks whose clients share the processors with the service.

One kept connection, one request at a time, answers with a `Content-Length`. It is not for anything but our own service.
"""

from __future__ import annotations

import json
import socket
from typing import Any
from urllib.parse import urlsplit

END = b"\r\n\r\n"
BLOCK = 256 * 1024


class UnexpectedAnswerError(Exception):
    """The service answered with an error, or in a way that this client does not know."""


class PlainClient:
    """A connection to `address`, which every request bears `key` on."""

    def __init__(self, address: str, key: str) -> None:
        parts = urlsplit(address)
        self._address = address
        self._socket = socket.create_connection((parts.hostname or "", parts.port or 80), timeout=120)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._head = f" HTTP/1.1\r\nHost: {parts.netloc}\r\nAuthorization: Bearer {key}\r\nContent-Length: "
        self._left = b""

    def close(self) -> None:
        """End the connection."""
        self._socket.close()

    def request(self, method: str, url: str, body: bytes = b"") -> bytes:
        """The body of the answer. `url`: a path, or a whole URL of the same service. Raises UnexpectedAnswerError."""
        head = f"{method} {url.removeprefix(self._address)}{self._head}{len(body)}".encode()
        self._socket.sendall(head + END + body)
        received = self._left
        while (end := received.find(END)) < 0:
            received += self._more()
        fields = received[:end].lower()
        _, named, after = fields.partition(b"\r\ncontent-length:")
        if not named:
            raise UnexpectedAnswerError(received[:end].decode("latin-1"))
        whole = end + len(END) + int(after.partition(b"\r\n")[0])
        while len(received) < whole:
            received += self._more()
        content, self._left = received[end + len(END) : whole], received[whole:]
        if not fields.startswith(b"http/1.1 2"):
            raise UnexpectedAnswerError(f"{received[:end].decode('latin-1')} {content[:500]!r}")
        return content

    def json(self, method: str, url: str, value: Any = None) -> Any:
        """As `request`, with JSON both ways."""
        return json.loads(self.request(method, url, b"" if value is None else json.dumps(value).encode()))

    def _more(self) -> bytes:
        received = self._socket.recv(BLOCK)
        if not received:
            raise UnexpectedAnswerError("the connection was closed in the middle of an answer")
        return received
