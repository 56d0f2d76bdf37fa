"""What headers say in short: without remarks, whose thing it is, and the order of their words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from headgate.engine.match.relations import relations
from headgate.engine.match.similarity import FieldNames
from headgate.engine.match.vocabulary import Vocabulary
from headgate.engine.match.words import LONGEST_NAME, header_words

_REMARK = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")


def with_parts(concepts: Sequence[str]) -> frozenset[str]:
    """Concepts with what they are made of: a payment status is a status."""
    return frozenset(part for concept in concepts for part in (concept, *concept.split("_")))


def without_remark(header: str) -> str:
    """`Weight (kg)` → `Weight`."""
    return _REMARK.sub("", header) if len(header) <= LONGEST_NAME else header


def says_the_rest(header: str, names: FieldNames, vocabulary: Vocabulary, prefix: str) -> bool:
    """Whether a header is a field's very name behind words that mean `prefix` only ("Person - Open deals")."""
    words = header_words(header)
    for name in names.names:
        own = header_words(name)
        front = words[: len(words) - len(own)]
        if own and front and words[len(front) :] == own and vocabulary.meaning(" ".join(front)).concepts == (prefix,):
            return True
    return False


def gist_of(concepts: Sequence[str]) -> tuple[str, ...]:
    """Concepts without their order and without those that only tell whose thing it is."""
    return tuple(sorted(concept for concept in concepts if concept not in relations().neutral))
