"""The URLs that webhooks are sent to."""

from __future__ import annotations

import ada_url

from headgate.message import Message
from headgate.net import DEFAULT_PORTS

MAX_URL = 2048
MAX_RECEIVER = 300


class TargetError(ValueError):
    """A URL that cannot be a receiver; the message says what was expected."""


def checked_url(url: str) -> str:
    """The URL in the form in which it is sent (WHATWG): host in lower case ASCII, default port left out.

    Whether the host may be reached is decided at every delivery, because its addresses change. Raises TargetError.
    """
    if len(url) > MAX_URL:
        raise TargetError(Message("Expected at most {count} characters.", count=MAX_URL))
    try:
        parsed = ada_url.URL(url.strip())
    except ValueError:
        raise TargetError("Expected a web address, such as https://example.com/hooks.") from None
    if parsed.protocol.removesuffix(":") not in DEFAULT_PORTS or not parsed.hostname:
        raise TargetError("Expected a web address that starts with https:// or http://.")
    if parsed.username or parsed.password:
        raise TargetError("A user name or password cannot stand in the address. Verify the signature instead.")
    if parsed.hash:
        raise TargetError("The part after # is never sent. Leave it out.")
    return parsed.href


def normalized(url: str) -> str:
    """The URL as it is sent; one that cannot be read stays as it is, and fails with a reason when it is sent."""
    try:
        return ada_url.URL(url.strip()).href
    except ValueError:
        return url


def receiver_of(url: str) -> str:
    """Host and port, by which receivers are told apart."""
    try:
        parsed = ada_url.URL(url)
    except ValueError:
        return url[:MAX_RECEIVER]
    port = parsed.port or DEFAULT_PORTS.get(parsed.protocol.removesuffix(":"), "")
    return f"{parsed.hostname}:{port}"[:MAX_RECEIVER]
