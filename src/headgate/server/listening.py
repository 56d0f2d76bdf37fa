"""The socket that the service listens on."""

from __future__ import annotations

import socket

from headgate.config import ConfigurationError


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections; port 0 is a free one. Raises ConfigurationError when it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        raise ConfigurationError(f"Cannot listen on {host}:{port}: {error.strerror or error}.") from None
    listening.set_inheritable(False)
    # Connections inherit it. asyncio sets it only where it opened the socket itself, and without it the body of an answer waits
    # until the client confirms the head, which clients put off for 40 ms.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def address_of(listening: socket.socket) -> str:
    """The URL that the service has there."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
