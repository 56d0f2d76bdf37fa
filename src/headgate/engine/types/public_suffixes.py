"""The ICANN part of the public suffix list, from the snapshot that tldextract carries: no network, no cache."""

from __future__ import annotations

from enum import Enum
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


def public_suffixes() -> list[str]:
    """The rules of the list: `com`, `co.uk`, `*.ck`, `!www.ck`."""
    return list(_list().tlds)


def split_host(host: str) -> HostParts:
    """The parts of a lower-case host name, ASCII or Unicode."""
    extracted = _list()(host)
    return HostParts(extracted.subdomain, extracted.domain, extracted.suffix)


class Ending(Enum):
    """What the last one or two labels of a host name say about its suffix."""

    ALONE = "alone"
    """The last label is the suffix."""
    PAIR = "pair"
    """The last two labels are the suffix."""
    WITH_RULES_BELOW = "with rules below"
    """The label before, or more of them, has to be looked at."""
    UNKNOWN = "unknown"
    """No rule ends so: there is no suffix."""
    UNCLEAR = "unclear"
    """It takes `split_host`."""


def ending_of(tail: str) -> Ending:
    """What a lower-case label, or two of them, say when a host name ends with them."""
    rules = _rules_by_tail()
    before, _, label = tail.rpartition(".")
    if not label.isalpha() or not label.isascii():
        return Ending.UNCLEAR
    if f".{label}" not in rules:
        # A name of one of the rules in its own script or in Punycode is not ASCII letters only.
        return Ending.UNKNOWN if not before else Ending.UNCLEAR
    if not before:
        return rules[f".{label}"]
    if rules[f".{label}"] is Ending.WITH_RULES_BELOW:
        return rules.get(tail, Ending.ALONE)
    return rules[f".{label}"]


@cache
def _rules_by_tail() -> dict[str, Ending]:
    """By `.com` what the last label says, by `co.uk` what the last two say, where that is another than what the last one does."""
    found: dict[str, Ending] = {}
    rules = [rule.removeprefix("!").split(".") for rule in public_suffixes()]
    alone = {labels[0] for labels in rules if len(labels) == 1}
    wild = {labels[-1] for labels in rules if len(labels) == 2 and labels[0] == "*"}
    deeper = {".".join(labels[-2:]) for labels in rules if len(labels) > 2}
    for labels in rules:
        label = labels[-1]
        usual = label in alone and label not in wild
        if len(labels) > 1:
            found[f".{label}"] = Ending.WITH_RULES_BELOW if usual else Ending.UNCLEAR
            pair = ".".join(labels[-2:])
            found[pair] = Ending.UNCLEAR if pair in deeper or not usual else Ending.PAIR
        else:
            found.setdefault(f".{label}", Ending.ALONE)
    return found
