"""HTTP/1.1 as the service speaks it: llhttp reads the requests, and what is no body of one may have so many bytes only."""

from __future__ import annotations

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

MOST_HEAD_BYTES = 65_536
"""Of a request's line and headers together, and of what stands between or behind the parts of its body. llhttp keeps what it is sent,
however much that is."""

JOINED_BYTES = 65_536
"""A body that is longer is not copied behind its head."""


class HeadRefusedError(Exception):
    """llhttp hands it on as a request that cannot be read, which is answered by 400."""


class HeadWithBody:
    """The transport of one answer. A head that says how long its body is goes out with the beginning of that: each piece that is sent
    by itself takes the kernel as long as a small answer takes the service, and wakes the client."""

    def __init__(self, cycle: RequestResponseCycle) -> None:
        self._cycle = cycle
        self._transport = cycle.transport
        self._head = b""
        self._begun = False

    def write(self, data: bytes) -> None:
        """Send it, or keep it if it is such a head."""
        cycle = self._cycle
        if cycle.response_started and not self._begun:
            self._begun = True
            if cycle.expected_content_length and cycle.scope["method"] != "HEAD":
                self._head = data
                return
        head, self._head = self._head, b""
        if head and len(data) > JOINED_BYTES:
            self._transport.write(head)
            head = b""
        self._transport.write(head + data if head else data)

    def is_closing(self) -> bool:
        """Whether the connection comes to its end."""
        return self._transport.is_closing()

    def close(self) -> None:
        """End the connection, behind what was written."""
        if self._head:
            head, self._head = self._head, b""
            self._transport.write(head)
        self._transport.close()


class Protocol(HttpToolsProtocol):
    """One connection.

    Clients may offer to go on in another protocol, as some do with HTTP/2 whatever they send. The service answers as if they had not,
    but llhttp takes all behind such a head for that protocol, the request's own body too: it is given the head once more, without
    the offer.
    """

    _in_head = False
    _advanced = False
    _waiting_bytes = 0

    def data_received(self, data: bytes) -> None:
        """Take in what was sent."""
        self._unset_keepalive_if_required()
        self._advanced = False
        self._waiting_bytes += len(data)
        try:
            while data:
                data = self._fed(data)
        except httptools.HttpParserError:
            self._refuse("Invalid HTTP request received.")
            return
        if self._advanced:  # nobody knows how many of the bytes came behind that
            self._waiting_bytes = 0
        elif self._waiting_bytes > MOST_HEAD_BYTES and not self.transport.is_closing():
            self._refuse("The head of the request is too large.")

    def on_message_begin(self) -> None:
        """A request begins."""
        self._in_head = self._advanced = True
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header is complete. Those behind a body are no part of the request: by then it was decided upon."""
        if self._in_head:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The head is complete."""
        self._in_head = False
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > MOST_HEAD_BYTES:
            raise HeadRefusedError
        if not self.parser.should_upgrade():
            super().on_headers_complete()
            self.cycle.transport = HeadWithBody(self.cycle)  # type: ignore[assignment]  # all that an answer needs of one
        elif self.parser.get_method() == b"CONNECT":  # there is no such request without the other protocol
            raise HeadRefusedError

    def on_body(self, body: bytes) -> None:
        """More of the body came."""
        self._advanced = True
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is complete."""
        self._advanced = True
        if not self.parser.should_upgrade():
            super().on_message_complete()

    def _fed(self, data: bytes) -> bytes:
        """Have the parser take in what was sent; gives what it is to take in then."""
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as offer:
            return self._head_without_offer() + data[offer.args[0] :]
        return b""

    def _head_without_offer(self) -> bytes:
        line = b"%s %s HTTP/%s\r\n" % (self.parser.get_method(), self.url, self.parser.get_http_version().encode())
        kept = [b"%s: %s\r\n" % header for header in self.headers if header[0] != b"upgrade"]
        return line + b"".join(kept) + b"\r\n"

    def _refuse(self, why: str) -> None:
        self.logger.warning(why)
        self.send_400_response(why)
