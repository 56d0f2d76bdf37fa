"""The socket that the service listens on."""

from __future__ import annotations

import socket

import pytest

from headgate.config import ConfigurationError
from headgate.server.listening import address_of, listen


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_no_answer_waits_until_its_first_part_is_confirmed(host: str) -> None:
    with listen(host, 0) as listening:
        port = listening.getsockname()[1]
        with socket.create_connection((host, port)), listening.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_the_address_says_the_port_that_was_free() -> None:
    with listen("127.0.0.1", 0) as listening:
        assert address_of(listening) == f"http://127.0.0.1:{listening.getsockname()[1]}"
    with listen("::1", 0) as listening:
        assert address_of(listening) == f"http://[::1]:{listening.getsockname()[1]}"


def test_a_port_that_is_taken_is_told() -> None:
    with listen("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        with pytest.raises(ConfigurationError, match=f"Cannot listen on 127.0.0.1:{port}: Address already in use"):
            listen("127.0.0.1", port)
