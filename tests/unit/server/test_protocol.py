"""What goes out in one piece."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from headgate.server.protocol import JOINED_BYTES, HeadWithBody

HEAD = b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n"


class Sent(list[bytes]):
    """A transport that keeps each piece; None when it was closed."""

    def write(self, data: bytes) -> None:
        self.append(data)

    def close(self) -> None:
        self.append(b"closed")

    def is_closing(self) -> bool:
        return b"closed" in self


def answering(method: str = "GET", length: int | None = 4) -> tuple[Any, Sent]:
    sent = Sent()
    state = {"response_started": True, "expected_content_length": length or 0, "scope": {"method": method}}
    cycle: Any = SimpleNamespace(transport=sent, **state)
    return HeadWithBody(cycle), sent


def test_a_head_goes_out_with_the_beginning_of_its_body() -> None:
    transport, sent = answering()
    for piece in (HEAD, b"ab", b"cd"):
        transport.write(piece)
    assert sent == [HEAD + b"ab", b"cd"]


@pytest.mark.parametrize(("method", "length"), [("HEAD", 4), ("GET", None)])
def test_a_head_that_nothing_follows_or_nobody_knows_how_much_goes_out_at_once(method: str, length: int | None) -> None:
    transport, sent = answering(method, length)
    transport.write(HEAD)
    assert sent == [HEAD]


def test_what_stands_before_the_head_goes_out_at_once() -> None:
    transport, sent = answering()
    transport._cycle.response_started = False
    transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    transport._cycle.response_started = True
    for piece in (HEAD, b"abcd"):
        transport.write(piece)
    assert sent == [b"HTTP/1.1 100 Continue\r\n\r\n", HEAD + b"abcd"]


def test_a_long_body_is_not_copied() -> None:
    transport, sent = answering(length=JOINED_BYTES + 1)
    body = bytes(JOINED_BYTES + 1)
    for piece in (HEAD, body):
        transport.write(piece)
    assert sent == [HEAD, body]
    assert sent[1] is body


def test_a_connection_that_ends_in_the_middle_has_the_head() -> None:
    transport, sent = answering()
    transport.write(HEAD)
    assert not transport.is_closing()
    transport.close()
    assert sent == [HEAD, b"closed"]
    assert transport.is_closing()
