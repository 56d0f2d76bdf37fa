"""The ICANN part of the public suffix list, from the snapshot that tldextract carries: no network, no cache.

The list is compiled (`engine/compiled.py`): tldextract brings an HTTP client with it, which takes longer to load than a small import.
"""

from __future__ import annotations

from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import ada_url

from headgate.engine.compiled import CompiledTables, library_folder

_MOST_LABELS = 8
"""No rule has so many."""


class HostParts(NamedTuple):
    """`www`, `example`, `co.uk` of `www.example.co.uk`; `suffix` is "" when no rule of the list fits."""

    subdomain: str
    name: str
    suffix: str

    @property
    def registrable(self) -> str:
        """The domain that somebody can register: `example.co.uk`."""
        return f"{self.name}.{self.suffix}"


def has_sound_idn(host: str) -> bool:
    """Whether every `xn--` label of a lower-case ASCII host can be decoded, which ada leaves unchecked."""
    return "xn--" not in host or not any(label.startswith("xn--") for label in ada_url.idna_to_unicode(host).split("."))


def split_host(host: str) -> HostParts:
    """The parts of a lower-case host name, ASCII or Unicode, by the algorithm of publicsuffix.org but for its last rule: an ending
    that nobody listed is no suffix."""
    labels = host.rstrip(".").split(".")
    own = len(labels) - _length_of_suffix([_labels().get(label, label) for label in labels])
    suffix = labels[own:]
    rest = labels[:own]
    return HostParts(".".join(rest[:-1]), rest[-1] if rest else "", ".".join(suffix))


def _length_of_suffix(labels: list[str]) -> int:
    """How many labels, from the last one on, are the suffix."""
    rules = _rules()
    for start in range(max(0, len(labels) - _MOST_LABELS), len(labels)):
        tail = ".".join(labels[start:])
        if f"!{tail}" in rules:
            return len(labels) - start - 1
        if tail in rules or ".".join(["*", *labels[start + 1 :]]) in rules:
            return len(labels) - start
    return 0


def public_suffixes() -> list[str]:
    """The rules of the list: `com`, `co.uk`, `*.ck`, `!www.ck`."""
    return list(_rules())


@cache
def _rules() -> frozenset[str]:
    return frozenset(_table()["rules"].split())


def _labels() -> dict[str, str]:
    """The labels of rules in Punycode → in their own script, in which the rules are written."""
    found: dict[str, str] = _table()["labels"]
    return found


@cache
def _table() -> dict[str, Any]:
    found: dict[str, Any] = SUFFIXES.load("public_suffixes")
    return found


def suffix_table() -> dict[str, Any]:
    """`rules`: all in one text, which is loaded as quickly as one. `labels`: Punycode → label."""
    import tldextract

    rules = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=False).tlds
    labels = {label for rule in rules for label in rule.split(".") if not label.isascii()}
    return {
        "rules": " ".join(sorted(rules)),
        "labels": {ada_url.idna_to_ascii(label).decode(): label for label in sorted(labels)},
    }


def _sources() -> list[Path]:
    return [Path(__file__), library_folder("tldextract") / "_version.py"]


SUFFIXES = CompiledTables(Path(__file__).parent, _sources, {"public_suffixes": suffix_table})


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
