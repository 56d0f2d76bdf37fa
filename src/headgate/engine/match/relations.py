"""What is known about concepts in general: which go together, rule each other out or stand for what values (`data/meanings.toml`)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal

from headgate.engine.match.compiling import TABLES
from headgate.engine.match.words import header_key
from headgate.records import dataclass

ValueKind = Literal["words", "person", "email", "phone", "url", "date", "number", "code"]


@dataclass(frozen=True)
class Relations:
    """What is known about concepts in general."""

    related: frozenset[frozenset[str]]
    contradictions: tuple[frozenset[str], ...]
    neutral: frozenset[str]
    general: frozenset[str]
    serves: frozenset[tuple[str, str]]
    personal: frozenset[str]
    money: frozenset[str]
    row_marks: frozenset[str]
    numbered_by_each: frozenset[str]
    remarks: frozenset[str]
    two_faced: frozenset[str]
    head_first: frozenset[str]
    kinds: dict[str, ValueKind]

    def contradict(self, first: Iterable[str], second: Iterable[str]) -> bool:
        """Whether one set of concepts rules the other out."""
        one, other = set(first), set(second)
        return any(
            one & group and other & group and not (one & group) & (other & group) for group in self.contradictions
        )


@cache
def relations() -> Relations:
    """The content of `data/meanings.toml`."""
    data = TABLES.load("meanings")
    return Relations(
        related=frozenset(frozenset(pair) for pair in data["related"]),
        contradictions=tuple(frozenset(group) for group in data["contradictions"]),
        neutral=frozenset(data["neutral"]),
        general=frozenset(data["general"]),
        serves=frozenset((header, target) for header, target in data["serves"]),
        personal=frozenset(data["personal"]),
        money=frozenset(data["money"]),
        row_marks=frozenset(data["row_marks"]),
        numbered_by_each=frozenset(data["numbered_by_each"]),
        remarks=frozenset(data["remarks"]),
        two_faced=frozenset(header_key(word) for word in data["two_faced"]),
        head_first=frozenset(data["head_first"]),
        kinds={concept: kind for kind, concepts in data["values"].items() for concept in concepts},
    )
