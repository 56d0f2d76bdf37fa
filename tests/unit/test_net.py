"""Which places may be reached: only checked addresses, only listed hosts."""

from __future__ import annotations

import pytest

from headgate.net import AddressGuard, DestinationRefusedError, is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.1", "100.64.0.1", "224.0.0.1",
        "255.255.255.255", "240.0.0.1", "192.88.99.1", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1",
        "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001::1",
        "::127.0.0.1", "2001:db8::1", "no address", "",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


def test_a_host_is_refused_when_one_of_its_addresses_is_private() -> None:
    guard = AddressGuard("webhooks", resolver=lambda *_: ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(DestinationRefusedError, match="not on the public internet"):
        guard.check("https://example.com/")


def test_a_listed_private_host_may_have_a_private_address_on_its_own_port_only() -> None:
    guard = AddressGuard("webhooks", ["Intern.example", "*.lan.example:8443"], resolver=lambda *_: ["10.0.0.1"])
    assert guard.check("https://intern.example./x").addresses == ("10.0.0.1",)
    assert guard.check("https://a.lan.example:8443/").port == 8443
    for url in ("https://intern.example:8443/", "https://a.lan.example/", "https://lan.example:8443/"):
        with pytest.raises(DestinationRefusedError, match="not on the public internet"):
            guard.check(url)


def test_the_pinned_url_names_the_address_and_the_host_header_the_host() -> None:
    guard = AddressGuard("webhooks", resolver=lambda *_: ["2606:2800:220:1::1", "93.184.216.34"])
    found = guard.check("https://user:secret@example.com/a?b=c#d")
    assert found.pinned_url(found.addresses[0]) == "https://[2606:2800:220:1::1]:443/a?b=c"
    assert found.pinned_url(found.addresses[1]) == "https://93.184.216.34:443/a?b=c"
    assert (found.host_header, found.host) == ("example.com", "example.com")


@pytest.mark.parametrize("url", ["ftp://example.com/", "file:///etc/passwd", "http://", "//example.com/", "x"])
def test_only_web_addresses_are_reached(url: str) -> None:
    with pytest.raises(DestinationRefusedError, match="Only http and https"):
        AddressGuard("webhooks").check(url)


def test_the_guard_speaks_of_whom_it_works_for() -> None:
    with pytest.raises(DestinationRefusedError, match="that the operator allows for hooks"):
        AddressGuard("hooks", allowed_hosts=[]).check("https://example.com/")
