"""The ICANN part of the public suffix list, from the snapshot that tldextract carries: no network, no cache."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import ada_url

if TYPE_CHECKING:
    from tldextract import TLDExtract


class HostParts(NamedTuple):
    """`www`, `example`, `co.uk` of `www.example.co.uk`; `suffix` is "" when no rule of the list fits."""

    subdomain: str
    name: str
    suffix: str

    @property
    def registrable(self) -> str:
        """The domain that somebody can register: `example.co.uk`."""
        return f"{self.name}.{self.suffix}"


@cache
def _list() -> TLDExtract:
    # It brings an HTTP client with it, so only schemas with hosts in them wait for it.
    import tldextract

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=False)


def has_sound_idn(host: str) -> bool:
    """Whether every `xn--` label of a lower-case ASCII host can be decoded, which ada leaves unchecked."""
    return "xn--" not in host or not any(label.startswith("xn--") for label in ada_url.idna_to_unicode(host).split("."))


def split_host(host: str) -> HostParts:
    """The parts of a lower-case host name, ASCII or Unicode."""
    extracted = _list()(host)
    return HostParts(extracted.subdomain, extracted.domain, extracted.suffix)


@cache
def plain_suffixes() -> frozenset[str]:
    """Top-level domains with no rule below them, such as `com`: their last label alone is the whole suffix."""
    rules = [rule.lstrip("!*.") for rule in _list().tlds]
    deeper = {rule.rsplit(".", 1)[1] for rule in rules if "." in rule}
    wild = {rule.rsplit(".", 1)[-1] for rule in _list().tlds if rule.startswith(("*", "!"))}
    return frozenset(rule for rule in rules if "." not in rule and rule.isascii()) - deeper - wild
