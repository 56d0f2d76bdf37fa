"""Words that one of two names has more than the other, and that say nothing new where they stand.

"Ticket status" in a table of tickets is the status; a "Carrier name" is what a field "Carrier" holds; the "Discount amount"
is the discount, where it is no percentage; the "Start date" is the start, where the field takes dates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from headgate.engine.match.relations import relations
from headgate.engine.match.vocabulary import Meaning
from headgate.records import dataclass

_DATES = frozenset({"date", "datetime"})
_NOT_NAMED_BY_ITS_NAME = frozenset(
    {"file", "user", "first", "last", "middle", "domain", "order", "invoice", "document"}
)
"""What has a name beside what it is called by: a file's name is no file, an order's name no order."""


@dataclass(frozen=True)
class AddedWord:
    """The additional word, the concept that the values must then look like, and whether they must look so at all."""

    word: str
    values_as: str | None
    needs_backing: bool = True


def added_word(first: Meaning, second: Meaning, *, entity: str | None, type_name: str) -> AddedWord | None:
    """The one word by which two names differ, when it adds nothing; None when they differ otherwise."""
    if abs(len(first.concepts) - len(second.concepts)) != 1:
        return None
    one, other = first.counts, second.counts
    extra, rest = (one - other) + (other - one), one & other
    if extra.total() != 1 or not rest:
        return None
    word = next(iter(extra))
    longer = first if len(first.concepts) > len(second.concepts) else second
    if (
        word == entity
        and longer.concepts[0] == entity
        and not set(rest) <= relations().row_marks
        and not is_numbered_by_each(rest)
    ):
        return AddedWord(word, None, needs_backing=False)
    if word == "name" and longer.concepts[-1] == "name" and _is_named(rest):
        return AddedWord(word, "full_name")
    if word == "amount" and set(rest) <= relations().money and type_name == "number":
        return AddedWord(word, "amount")
    if word in _DATES and type_name in _DATES and not set(rest) <= _DATES and longer.concepts[-1] == word:
        return AddedWord(word, "date")
    return None


def is_numbered_by_each(concepts: Iterable[str]) -> bool:
    """Whether `concepts` are a number that each party gives by itself, so that whose it is says which one is meant: the
    "Customer order number" is no "Order number", and the "Customer reference" no "Reference"."""
    own, known = set(concepts), relations()
    numbered = own & (known.row_marks | {"code"}) and own & known.numbered_by_each
    return bool(numbered) or own == {"reference"}


def own_entity(columns: Sequence[Meaning], fields: Sequence[Meaning]) -> str | None:
    """What the rows are, such as `ticket` where the first column or the first field is the ticket's id.

    None where nothing tells it, where the file and the schema disagree, or where a list has the ids of several things:
    then "Customer status" may well be another status.
    """
    found = {entity for entity in (_marked(columns), _marked(fields)) if entity is not None}
    return found.pop() if len(found) == 1 else None


def _marked(names: Sequence[Meaning]) -> str | None:
    marks = relations().row_marks
    marked = [name.concepts[0] if len(name.concepts) == 2 and name.concepts[1] in marks else None for name in names]
    entities = {entity for entity in marked if entity is not None}
    return marked[0] if marked and marked[0] is not None and len(entities) == 1 else None


def _is_named(rest: Counter[str]) -> bool:
    """Whether what is left is one thing that is called by its name."""
    known = relations()
    return rest.total() == 1 and not set(rest) & (known.general | known.neutral | _NOT_NAMED_BY_ITS_NAME)
