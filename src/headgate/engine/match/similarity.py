"""How alike two names are: a header and a field's label, key or alternate match (pipeline.md, "Match").

Only three things can make names the same: equal concepts, equal concepts in another order that says the same, and equal
concepts but for a word that only tells whose table it is. Everything else is a question or a suggestion at most; the
letters of two names alone never decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import field
from typing import Any

from headgate.engine.explanations import because
from headgate.engine.match.additional_words import added_word, is_numbered_by_each
from headgate.engine.match.evidence import PERSON
from headgate.engine.match.relations import relations
from headgate.engine.match.vocabulary import Meaning, Vocabulary
from headgate.engine.match.words import fold
from headgate.libraries import fuzz
from headgate.records import dataclass
from headgate.schema import Field

SAME_MEANING = 0.97
SAME_WORDS_REORDERED = 0.94
CORRECTED = 0.93
SAME_BUT_FOR_ENTITY = 0.92
NEUTRAL_WORD = 0.86
STANDS_IN = 0.8
UNSURE = 0.75
CLOSE = 0.65
PART = 0.55
SUGGESTION = 0.45
"""Nothing but suggestions lie at or below this."""

CONTRARY = 0.05
_FEWEST_LETTERS = 0.5
_PREFIXED_COLUMNS, _PREFIXED_SHARE = 3, 0.8
_MOMENTS = ([("date",), ("time",)], [("datetime",), ("time",)], [("date",), ("datetime",)])
_ORDER_FREE = frozenset({"date", "time"})


@dataclass(frozen=True)
class NameScore:
    """How alike two names are (0–1), why, whether the values must back it before it can be taken, and whether nothing
    else may come into question for the column or the field."""

    score: float
    evidence: list[dict[str, Any]] = field(default_factory=list)
    concept: str | None = None
    needs_backing: bool = False
    unrivalled: bool = False
    stands_in: bool = False


@dataclass(frozen=True)
class FieldNames:
    """A field with what its names mean."""

    field: Field
    names: tuple[str, ...]
    meanings: tuple[Meaning, ...]

    @classmethod
    def of(cls, field: Field, vocabulary: Vocabulary) -> FieldNames:
        """The names that may be matched: label, key and alternate matches.

        A key that means something else than its label ("Balance due", `balance`) was cut short by whoever wrote the
        schema: the label says what is meant.
        """
        label, key = vocabulary.meaning(field.label), vocabulary.meaning(field.key)
        another = label.known and label.sure and key.known and label.counts.keys().isdisjoint(key.counts)
        own = (field.label,) if another else (field.label, field.key)
        names = tuple(dict.fromkeys((*own, *field.alternate_matches)))
        return cls(field, names, tuple(vocabulary.meaning(name) for name in names))

    def score(self, header: str, meaning: Meaning, entity: str | None = None) -> NameScore:
        """The best score of the header with any of the names; `entity` as `own_entity` gives it."""
        scores = (
            name_score(header, meaning, name, own, entity=entity, type_name=self.field.type_name)
            for name, own in zip(self.names, self.meanings, strict=True)
        )
        return max(scores, key=lambda scored: scored.score)


def name_score(
    header: str, meaning: Meaning, name: str, own: Meaning, *, entity: str | None = None, type_name: str = "string"
) -> NameScore:
    """How alike `header` and a field's `name` are, by their meanings."""
    if not meaning.concepts or not own.concepts:
        return NameScore(0.0)
    first, second = meaning.counts, own.counts
    concept = own.joined
    # Not the counters' own comparison, which allows for counts of zero: most of this function's time.
    if dict.__eq__(first, second):
        return _same(meaning, own, concept)
    if first.keys().isdisjoint(second):
        return _apart(header, name, meaning, own)
    only_header, only_name = first - second, second - first
    if relations().contradict(only_header, only_name):
        return NameScore(CONTRARY)
    if own.sure and meaning.sure and _only_kind_of_moment(only_header, only_name, type_name):
        evidence = [because("same_meaning", meaning=concept)]
        return NameScore(NEUTRAL_WORD, evidence, "date", needs_backing=True, unrivalled=True)
    neutral = _neutral(meaning, own, set(only_header) | set(only_name))
    if neutral:
        evidence = [because("neutral_word", word=sorted(neutral)[0], meaning=concept)]
        return NameScore(NEUTRAL_WORD, evidence, concept, needs_backing=True, unrivalled=True)
    added = added_word(meaning, own, entity=entity, type_name=type_name) if meaning.sure and own.sure else None
    if added:
        score = NEUTRAL_WORD if added.needs_backing else SAME_BUT_FOR_ENTITY
        evidence = [because("neutral_word", word=added.word, meaning=concept)]
        return NameScore(score, evidence, added.values_as or concept, added.needs_backing, unrivalled=True)
    if (meaning.joined, concept) in relations().serves and meaning.sure and own.sure:
        return _stands_in(meaning, own)
    if len(only_header) == len(only_name) == 1 and frozenset((*only_header, *only_name)) in relations().related:
        return NameScore(CLOSE, [because("related_meaning", header=meaning.joined, field=concept)])
    return _partly(header, name, meaning, own)


def _apart(header: str, name: str, meaning: Meaning, own: Meaning) -> NameScore:
    """The likeness of names that share no concept: most pairs of a table, so it must cost little."""
    known, concept = relations(), own.joined
    if (meaning.joined, concept) in known.serves and meaning.sure and own.sure and not _contrary(meaning, own):
        return _stands_in(meaning, own)
    if len(meaning.counts) == len(own.counts) == 1:
        if _contrary(meaning, own):
            return NameScore(CONTRARY)
        if frozenset((*meaning.counts, *own.counts)) in known.related:
            return NameScore(CLOSE, [because("related_meaning", header=meaning.joined, field=concept)])
    letters = fuzz.token_sort_ratio(fold(header), fold(name)) / 100
    if letters <= _FEWEST_LETTERS:
        return NameScore(0.0)
    return NameScore(CONTRARY if _contrary(meaning, own) else SUGGESTION * letters)


def _contrary(meaning: Meaning, own: Meaning) -> bool:
    return relations().contradict(meaning.counts, own.counts)


def _stands_in(meaning: Meaning, own: Meaning) -> NameScore:
    evidence = [because("related_meaning", header=meaning.joined, field=own.joined)]
    backing = _telling(own.joined, meaning)
    return NameScore(STANDS_IN, evidence, backing, needs_backing=True, unrivalled=True, stands_in=True)


def _telling(concept: str, meaning: Meaning) -> str:
    """Which of two concepts says what the values look like; a "name" may be of anything, so it must look like a person's."""
    if {concept, *meaning.concepts} == {"name", "full_name"}:
        return PERSON
    return concept if concept.split("+")[-1] in relations().kinds else meaning.concepts[-1]


def _same(meaning: Meaning, own: Meaning, concept: str) -> NameScore:
    if any(not one.sure and one.corrected is None for one in (meaning, own)):
        return NameScore(UNSURE, [because("word_too_general", meaning=concept)], concept)
    if not own.known and meaning.concepts == own.concepts and all(c.startswith("?") for c in own.concepts):
        return NameScore(SAME_MEANING, [because("same_words")])
    if meaning.corrected is not None or own.corrected is not None:
        evidence = [because("misspelling", word=meaning.corrected or own.corrected, meaning=concept)]
        return NameScore(CORRECTED, evidence, concept)
    evidence = [because("same_meaning", meaning=concept)]
    if meaning.concepts == own.concepts:
        return NameScore(SAME_MEANING, evidence, concept)
    if _ORDER_FREE & set(own.concepts):
        return NameScore(SAME_WORDS_REORDERED, evidence, concept)
    evidence = [because("words_reordered", meaning=concept)]
    if meaning.head_first != own.head_first and _swapped(meaning.concepts, own.concepts):
        return NameScore(SAME_WORDS_REORDERED, evidence, concept)
    return NameScore(UNSURE, evidence, concept)


def _swapped(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two parts have changed places, each in its own order."""
    return any((*one[at:], *one[:at]) == tuple(other) for at in range(1, len(one)))


def _only_kind_of_moment(only_header: Counter[str], only_name: Counter[str], type_name: str) -> bool:
    """Whether one name says "date" and the other one "time" of the same thing, for a field that holds both."""
    extra = [*only_header.elements()], [*only_name.elements()]
    return type_name == "datetime" and sorted(map(tuple, extra)) in _MOMENTS


def _neutral(meaning: Meaning, own: Meaning, extra: set[str]) -> set[str]:
    """The words that only one name has, when all of them are neutral and the rest is specific."""
    known = relations()
    shared = set(meaning.concepts) & set(own.concepts)
    if is_numbered_by_each(shared):
        return set()
    if extra <= known.neutral and shared and not shared <= known.general and meaning.sure and own.sure and own.known:
        return extra
    return set()


def _partly(header: str, name: str, meaning: Meaning, own: Meaning) -> NameScore:
    first, second = meaning.counts, own.counts
    shared, every = (first & second).total(), (first | second).total()
    # The last word says what it is: "Unit Price" is a price, but "Agent Phone" is no agent.
    same_thing = meaning.concepts[-1] == own.concepts[-1] or (first <= second and own.known)
    if same_thing and shared and (first <= second or second <= first) and 2 * shared >= every:
        return NameScore(PART, [because("part_of_the_name")])
    letters = fuzz.token_sort_ratio(fold(header), fold(name)) / 100
    return NameScore(SUGGESTION * max(shared / every, letters if letters > _FEWEST_LETTERS else 0.0))


def shared_prefix(meanings: Sequence[Meaning]) -> str | None:
    """The concept that nearly all headers start with ("customer" in "Customer Name, Customer Email, …"), if any."""
    counts = Counter(meaning.concepts[0] for meaning in meanings if len(meaning.concepts) > 1)
    for concept, count in counts.most_common(1):
        says_more = concept not in relations().neutral and any(concept in group for group in relations().contradictions)
        if count >= _PREFIXED_COLUMNS and count >= _PREFIXED_SHARE * len(meanings) and not says_more:
            return concept
    return None
