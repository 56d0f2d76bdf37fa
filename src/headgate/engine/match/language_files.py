"""What the files of `data/columns` say, one for each language."""

from __future__ import annotations

from functools import cache
from typing import Any

from headgate.engine.match.compiling import TABLES
from headgate.records import dataclass


@dataclass(frozen=True)
class LanguageFile:
    """What one file of `data/columns` says, its texts as `header_key` gives them."""

    names: dict[str, tuple[str, ...]]
    alone: dict[str, tuple[str, ...]]
    ambiguous: dict[str, tuple[str, ...]]
    fillers: frozenset[str]
    links: frozenset[str]
    never_alone: frozenset[str]
    parts: dict[str, tuple[str, ...]]
    joints: frozenset[str]
    endings: frozenset[str]


@cache
def language_codes() -> tuple[str, ...]:
    """The languages that have a file."""
    return tuple(sorted(_tables()))


@cache
def language_file(language: str) -> LanguageFile:
    """The content of one language's file."""
    data = _tables()[language]
    return LanguageFile(
        names=_with_concepts(data["names"]),
        alone=_with_concepts(data["alone"]),
        ambiguous=_with_concepts(data["ambiguous"]),
        fillers=frozenset(data["fillers"]),
        links=frozenset(data["links"]),
        never_alone=frozenset(data["never_alone"]),
        parts=_with_concepts(data["parts"]),
        joints=frozenset(data["joints"]),
        endings=frozenset(data["endings"]),
    )


@cache
def names_of(language: str) -> frozenset[str]:
    """The texts of the language's `names`: most languages are asked for no more."""
    return frozenset(_tables()[language]["names"][0].split("\n")) - {""}


@cache
def _tables() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = TABLES.load("vocabulary")
    return found


def _with_concepts(section: tuple[str, str]) -> dict[str, tuple[str, ...]]:
    texts, meanings = section
    if not texts:
        return {}
    of_texts = meanings.split("\n")
    # One meaning has many texts.
    concepts = {meaning: tuple(meaning.split("+")) for meaning in set(of_texts)}
    return {text: concepts[meaning] for text, meaning in zip(texts.split("\n"), of_texts, strict=True)}
