"""HTTP/1.1 as the service speaks it: llhttp reads the requests, and what is no body of one may have so many bytes only."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD_BYTES = 65_536
"""Of a request's line and headers together, and of what stands between or behind the parts of its body. llhttp keeps what it is sent,
however much that is."""


class HeadTooLargeError(Exception):
    """llhttp hands it on as a request that cannot be read, which is answered by 400."""


class Protocol(HttpToolsProtocol):
    """One connection."""

    _in_head = False
    _advanced = False
    _waiting_bytes = 0

    def data_received(self, data: bytes) -> None:
        """Take in what was sent."""
        self._advanced = False
        super().data_received(data)
        if self._advanced:  # nobody knows how many of the bytes came behind that
            self._waiting_bytes = 0
            return
        self._waiting_bytes += len(data)
        if self._waiting_bytes > MOST_HEAD_BYTES and not self.transport.is_closing():
            self.send_400_response("The head of the request is too large.")

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
            raise HeadTooLargeError
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """More of the body came."""
        self._advanced = True
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is complete."""
        self._advanced = True
        super().on_message_complete()
