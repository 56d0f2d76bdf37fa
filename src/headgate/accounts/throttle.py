"""Guessing passwords is slowed down, per account and per network address, also over restarts."""

from __future__ import annotations

import hashlib
import ipaddress
import math

from headgate.db import Database, utc_now
from headgate.errors import RateLimitedError
from headgate.message import Message
from headgate.web.limits import DatabaseStorage

WIDER = 5
"""One address may be a whole office, and one account may be tried from many: both are allowed as many times more."""


class SignInThrottle:
    """Counts tries before they are made, so that many at once get no further than one after the other.

    Whether an account exists makes no difference: what is counted is what was typed.
    """

    def __init__(self, database: Database, attempts: int, window: int) -> None:
        """`attempts` wrong passwords within `window` seconds, for one account from one address."""
        self._storage = DatabaseStorage(database)
        self._attempts = attempts
        self._window = window

    def take(self, email: str, address: str | None) -> None:
        """Count a try. Raises RateLimitedError when there were too many."""
        for key, most in self._limits(email, address):
            if self._storage.incr(key, self._window) > most:
                seconds = max(1, math.ceil(self._storage.get_expiry(key) - utc_now().timestamp()))
                raise RateLimitedError(
                    Message("Too many wrong passwords. Try again in {span}.", span=_span(seconds)),
                    {"Retry-After": str(seconds)},
                )

    def succeeded(self, email: str, address: str | None) -> None:
        """Uncount a try that was right. Wrong ones for other accounts from the same address stay counted."""
        (pair, _), (account, _), (network, _) = self._limits(email, address)
        self._storage.clear(pair)
        self._storage.decr(account)
        self._storage.decr(network)

    def forget(self, email: str) -> None:
        """Let an account be tried again, after its password was set anew."""
        self._storage.clear(_key("account", email))

    def _limits(self, email: str, address: str | None) -> tuple[tuple[str, int], tuple[str, int], tuple[str, int]]:
        network = _network(address)
        return (
            (_key("pair", email, network), self._attempts),
            (_key("account", email), self._attempts * WIDER),
            (_key("address", network), self._attempts * WIDER),
        )


def _key(kind: str, *parts: str) -> str:
    """No address of e-mail or network stands in the table."""
    return f"sign_in/{kind}/{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()}"


def _network(address: str | None) -> str:
    """The address, or the /64 of an IPv6 address: whoever has one has all of those."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return address or ""
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.IPv6Network((found, 64), strict=False))
    return str(found)


def _span(seconds: int) -> Message:
    if seconds < 120:
        return Message("{seconds} s", seconds=seconds)
    return Message("{minutes} minutes", minutes=math.ceil(seconds / 60))
