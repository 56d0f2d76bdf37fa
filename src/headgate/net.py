"""Requests to places that users name may not reach the operator's own network.

A host is resolved once, every address of it is checked, and the connection goes to a checked address: a name that
means something else a moment later (DNS rebinding) changes nothing. Hooks, webhooks and SFTP connectors share it.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from headgate.records import dataclass

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], list[str]]
"""The addresses of a host for a port. May raise OSError or UnicodeError."""

DEFAULT_PORTS = {"http": 80, "https": 443}
# Ranges that lead back to IPv4 or elsewhere and that `is_global` lets pass (RFC 6052, 8215, 7526, 3056, 4380).
_TRANSLATING = [
    ipaddress.ip_network(text)
    for text in ("64:ff9b::/96", "64:ff9b:1::/48", "192.88.99.0/24", "2002::/16", "2001::/32", "::/96")
]


class DestinationRefusedError(Exception):
    """A place that may not be reached; the message says why."""


def is_public(text: str) -> bool:
    """Whether the IP address belongs to the public internet. A scoped or malformed one does not."""
    try:
        address: Address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id is not None:
            return False
        if address.ipv4_mapped is not None:
            address = address.ipv4_mapped
    if address.is_multicast or address.is_reserved or address.is_unspecified or not address.is_global:
        return False
    return not any(address.version == network.version and address in network for network in _TRANSLATING)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, in the system's order. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class Destination:
    """Where the host of a URL is, checked. `host` is what a TLS certificate must name."""

    url: str
    host: str
    port: int
    addresses: tuple[str, ...]

    @property
    def host_header(self) -> str:
        """The `Host` that the server expects."""
        return urlsplit(self.url).netloc.rpartition("@")[2]

    def pinned_url(self, address: str) -> str:
        """The URL with `address` in place of the host's name, so that nothing is resolved again."""
        literal = f"[{address}]" if ":" in address else address
        return urlsplit(self.url)._replace(netloc=f"{literal}:{self.port}", fragment="").geturl()


class AddressGuard:
    """Which places may be reached.

    `private_hosts`: names that may have an address in the operator's own network. `allowed_hosts`: the only names that
    may be reached at all, besides those; None for any. Names are `api.example.com`, `*.example.com` (its subdomains) or
    `example.com:8443` (that port; else only the scheme's own). `purpose`: for whom, in messages.
    """

    def __init__(
        self,
        purpose: str,
        private_hosts: Iterable[str] = (),
        allowed_hosts: Iterable[str] | None = None,
        resolver: Resolver = resolve,
    ) -> None:
        self._purpose = purpose
        self.private_hosts = frozenset(host.lower() for host in private_hosts)
        self.allowed_hosts = (
            None if allowed_hosts is None else frozenset(host.lower() for host in allowed_hosts) | self.private_hosts
        )
        self._resolve = resolver

    def check(self, url: str) -> Destination:
        """Resolve the host of a URL and check all its addresses. Raises DestinationRefusedError, OSError, ValueError."""
        parts = urlsplit(url)
        default = DEFAULT_PORTS.get(parts.scheme)
        if default is None or not parts.hostname:
            raise DestinationRefusedError("Only http and https addresses can be fetched.")
        host = parts.hostname.lower().rstrip(".")
        port = parts.port if parts.port is not None else default
        return Destination(url, host, port, self.addresses_of(host, port, default))

    def addresses_of(self, host: str, port: int, default_port: int) -> tuple[str, ...]:
        """Resolve a host and check all its addresses, for any protocol. An entry without a port means `default_port`.

        Raises DestinationRefusedError, OSError, UnicodeError.
        """
        host = host.lower().rstrip(".")
        if self.allowed_hosts is not None and not _listed(host, port, default_port, self.allowed_hosts):
            raise DestinationRefusedError(
                f"The host {host[:200]} is not one that the operator allows for {self._purpose}."
            )
        addresses = self._resolve(host, port)
        if not addresses:
            raise DestinationRefusedError(f"The host {host[:200]} has no address.")
        private = _listed(host, port, default_port, self.private_hosts)
        if not private and not all(is_public(address) for address in addresses):
            raise DestinationRefusedError(f"The host {host[:200]} has an address that is not on the public internet.")
        return tuple(addresses)


def _listed(host: str, port: int, default_port: int, entries: frozenset[str]) -> bool:
    names = [host, *(f"*.{parent}" for parent in _parents(host))]
    suffixes = [f":{port}", ""] if port == default_port else [f":{port}"]
    return any(f"{name}{suffix}" in entries for name in names for suffix in suffixes)


def _parents(host: str) -> list[str]:
    labels = host.split(".")
    return [".".join(labels[start:]) for start in range(1, len(labels))]
