"""Which fields a column may belong to when names do not settle it: candidates for people, never decisions.

Four weak signs are added up: the letters of both names, their concepts, whether the values are of the field's kind, and the
order, since files often keep the order of the form or table that a schema was made from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from headgate.engine.match.evidence import FITS, ColumnValues
from headgate.engine.match.relations import ValueKind, relations
from headgate.engine.match.signatures import signature
from headgate.engine.match.similarity import SUGGESTION, FieldNames
from headgate.engine.match.vocabulary import Meaning
from headgate.engine.match.words import fold, header_words
from headgate.libraries import fuzz
from headgate.records import dataclass

LEAST = 0.15
"""Suggestions start here; below, a field is as good as any other."""
LETTERS, CONCEPTS, VALUES, ORDER = 0.45, 0.5, 0.35, 0.3
_LETTERS_FROM, _SHORTEST_PART = 0.4, 4
_CODE_WITH_LETTERS = re.compile(r"(?=.*\d)(?=.*[^\W\d_])\S+")
_KINDS_OF_TYPES: dict[str, ValueKind] = {
    "number": "number", "date": "date", "datetime": "date", "email": "email", "phone-number": "phone", "url": "url",
}  # fmt: skip
_NEVER_SERVES = -1.0
_SIGNED = 1.6
_TEXTS = 20
"""Texts whose signature is looked at."""


def order_of(decided: Mapping[int, int]) -> float:
    """How far the file keeps the schema's order, 0–1: the share of settled neighbours (row → field) that stand in order."""
    steps = [after > before for (_, before), (_, after) in pairwise(sorted(decided.items()))]
    return sum(steps) / len(steps) if steps else 0.0


def expected_position(row: int, decided: Mapping[int, int]) -> float | None:
    """Where in the schema the field of a column would stand, by the settled columns next to it."""
    before = max((other for other in decided if other < row), default=None)
    after = min((other for other in decided if other > row), default=None)
    if before is not None and after is not None and decided[before] < decided[after]:
        share = (row - before) / (after - before)
        return decided[before] + share * (decided[after] - decided[before])
    if before is not None:
        return decided[before] + (row - before)
    return None if after is None else decided[after] - (after - row)


@dataclass(frozen=True)
class ColumnTraits:
    """What is compared of a column: its header, what it means, what its values can only be, and their kind."""

    header: str
    meaning: Meaning
    telling: frozenset[str]
    shape: ValueKind | None

    @classmethod
    def of(cls, header: str, meaning: Meaning, values: ColumnValues) -> ColumnTraits:
        """The traits of a column with these values."""
        return cls(header, meaning, signature(values.read_texts[:_TEXTS]), shape_of(values))


def plausibility(column: ColumnTraits, names: FieldNames, distance: float | None, order: float) -> float:
    """How plausible it is that a column belongs to a field, from `LEAST` to below `SUGGESTION`.

    `distance`: fields between the one where the column's order points to and this one; `order` as `order_of` gives it.
    """
    near = 0.0 if distance is None else order / (1.0 + distance)
    total = (
        LETTERS * max(letters_alike(column.header, name) for name in names.names)
        + CONCEPTS * max(_concepts_alike(column.meaning, own) for own in names.meanings)
        + VALUES * values_alike(column, names)
        + ORDER * near
    )
    return LEAST + (SUGGESTION - LEAST - 0.01) * min(1.0, max(0.0, total))


def letters_alike(header: str, name: str) -> float:
    """How far two names share their letters, 0–1; what any two words share counts as nothing."""
    first, second = " ".join(header_words(header)), " ".join(header_words(name))
    if not first or not second:
        return 0.0
    alike = fuzz.ratio(first, second) / 100
    if min(len(first), len(second)) >= _SHORTEST_PART or not fold(first).isascii():
        alike = max(alike, 0.85 * fuzz.partial_ratio(first, second) / 100)
    return max(0.0, (alike - _LETTERS_FROM) / (1.0 - _LETTERS_FROM))


def _concepts_alike(first: Meaning, second: Meaning) -> float:
    one, other = set(first.concepts), set(second.concepts)
    if not one or not other:
        return 0.0
    shared = len(one & other) / len(one | other)
    related = any(frozenset((a, b)) in relations().related for a in one - other for b in other - one)
    return max(shared, 0.6 if related else 0.0)


def values_alike(column: ColumnTraits, names: FieldNames) -> float:
    """Whether a column's values are of the kind that a field holds: 1 they are, below 0 they are of another kind."""
    if column.telling and any(column.telling & set(own.concepts) for own in names.meanings):
        return _SIGNED
    shape = column.shape
    if shape is None:
        return 0.0
    kind = _KINDS_OF_TYPES.get(names.field.type_name) or _kind_of(names.meanings)
    if kind is None:
        match shape:
            case "words":
                return 0.4
            case "code":
                return 0.3
            case "number":
                return 0.1
            case _:
                return -0.3
    if kind == shape:
        return 1.0
    alike: dict[tuple[ValueKind, ValueKind], float] = {
        ("code", "number"): 0.6, ("code", "words"): -0.2, ("code", "phone"): 0.2, ("words", "code"): 0.1, ("url", "code"): -0.3,
    }  # fmt: skip
    return alike.get((kind, shape), _NEVER_SERVES)


def _kind_of(meanings: Sequence[Meaning]) -> ValueKind | None:
    kinds = relations().kinds
    return next((kinds[own.concepts[-1]] for own in meanings if own.concepts and own.concepts[-1] in kinds), None)


def shape_of(values: ColumnValues) -> ValueKind | None:
    """The most telling kind that the values are of; None for an empty column or mixed texts."""
    if not values.read_texts:
        return None
    if all(_CODE_WITH_LETTERS.fullmatch(text) for text in values.read_texts) and values.share_of_kind("email") < FITS:
        return "url" if all("/" in text and "." in text for text in values.read_texts) else "code"
    order: tuple[ValueKind, ...] = ("email", "number", "date", "phone", "words", "code")
    return next((kind for kind in order if values.share_of_kind(kind) >= FITS and _is_telling(kind, values)), None)


def _is_telling(kind: ValueKind, values: ColumnValues) -> bool:
    # 31.01.2024 may be read as a number with separators, 1001 as a short date.
    parted = all(sum(not char.isalnum() for char in text) >= 2 for text in values.read_texts)
    return {"number": not parted, "date": parted}.get(kind, True)
