"""HTTP/1.1 as the service speaks it: llhttp reads the requests, and the head of one may have so many bytes only."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD_BYTES = 65_536
"""Of a request's line and headers together. llhttp keeps what it is sent, however much that is."""


class HeadTooLargeError(Exception):
    """llhttp hands it on as a request that cannot be read, which is answered by 400."""


class Protocol(HttpToolsProtocol):
    """One connection."""

    _in_head = False
    _began = False
    _head_bytes = 0

    def data_received(self, data: bytes) -> None:
        """Take in what was sent."""
        self._began = False
        super().data_received(data)
        # Where its first bytes came with the end of another request, nobody knows how many of them were its own.
        if self._in_head and not self._began:
            self._head_bytes += len(data)
            if self._head_bytes > MOST_HEAD_BYTES and not self.transport.is_closing():
                self.send_400_response("The head of the request is too large.")

    def on_message_begin(self) -> None:
        """A request begins."""
        self._in_head = self._began = True
        self._head_bytes = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Its head is complete."""
        self._in_head = False
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > MOST_HEAD_BYTES:
            raise HeadTooLargeError
        super().on_headers_complete()
