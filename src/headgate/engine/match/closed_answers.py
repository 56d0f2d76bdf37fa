"""Closed answers in many languages: yes and no, genders, months, states, units (`data/options.toml`, `classes`).

The options tell the language that they are in; a text counts in that language, in English and in the one of the settings. Of any
other language only longer texts count, since letters mean another thing next door ("n" is no, and Finnish for a woman).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from headgate.engine.match.option_rules import option_data
from headgate.engine.match.words import option_key
from headgate.records import dataclass
from headgate.schema import SelectOption

SHORTEST_FOREIGN = 3
"""Letters of the shortest text that counts in a language which neither the options nor the settings speak. Scripts that
write a word in one sign need no more than that."""
FEWEST_MEMBERS = 2
_ENGLISH = "en"

Members = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class AnswerClass:
    """Language → member → texts, as `option_key` gives them, and text → its languages and members. `unclear`: the texts of
    a language that mean two of its members ("M" is Mujer or Masculino)."""

    name: str
    languages: Mapping[str, Members]
    unclear: Mapping[str, frozenset[str]]
    members_of: Mapping[str, Sequence[tuple[str, str]]]

    @classmethod
    def of(cls, title: str, written: Mapping[str, Mapping[str, Sequence[str]]]) -> AnswerClass:
        """The class that the data describe, without texts that mean two members of one language."""
        every = {code: _members(texts) for code, texts in written.items()}
        unclear = {code: _shared(members) for code, members in every.items()}
        languages = {
            code: {name: texts - unclear[code] for name, texts in members.items()} for code, members in every.items()
        }
        members_of: dict[str, list[tuple[str, str]]] = {}
        for code, members in languages.items():
            for name, texts in members.items():
                for text in texts:
                    members_of.setdefault(text, []).append((code, name))
        return cls(title, languages, unclear, members_of)


@cache
def answer_classes() -> tuple[AnswerClass, ...]:
    """The classes of `data/options.toml`, the one of yes and no first."""
    data = option_data()["classes"]
    return tuple(AnswerClass.of(name, data[name]) for name in sorted(data, key=lambda name: name != "answer"))


@cache
def noes() -> frozenset[str]:
    """The words for no of all languages, as `option_key` gives them."""
    return frozenset().union(*(members["no"] for members in answer_classes()[0].languages.values()))


@cache
def class_texts(name: str) -> frozenset[str]:
    """All texts of one class in all languages, as `option_key` gives them."""
    return frozenset(text for kind in answer_classes() if kind.name == name for text in kind.members_of)


@dataclass(frozen=True, slots=True)
class SpokenClass:
    """A class that options belong to: member → the option's value, and the languages that say so."""

    kind: AnswerClass
    owners: Mapping[str, str]
    languages: Sequence[str]


def spoken_classes(options: Sequence[SelectOption]) -> Sequence[SpokenClass]:
    """The classes of which at least two members stand among the options. Where two classes claim an option, the one with
    more members counts ("m" beside "cm" is no size), and none where both have as many."""
    return _spoken_by(tuple((option.label, option.value) for option in options))


@lru_cache(maxsize=64)
def _spoken_by(options: Sequence[tuple[str, str]]) -> Sequence[SpokenClass]:
    """`spoken_classes` of options with these labels and values, which most imports have in common with one before."""
    spoken = [SpokenClass(kind, *_owners(options, kind)) for kind in answer_classes()]
    spoken = [one for one in spoken if one.owners]
    return tuple(
        one
        for one in spoken
        if not any(
            other is not one
            and len(other.owners) >= len(one.owners)
            and not set(other.owners.values()).isdisjoint(one.owners.values())
            for other in spoken
        )
    )


def closed_answers(spoken: Sequence[SpokenClass], language: str) -> dict[str, str]:
    """Texts that mean one of the options by the classes that they belong to: text → value."""
    answers: dict[str, str | None] = {}
    for one in spoken:
        for text, member in _texts(one.kind, {*one.languages, _ENGLISH, language}).items():
            if member in one.owners:
                value = one.owners[member]
                answers[text] = value if answers.get(text, value) == value else None
    return {text: value for text, value in answers.items() if value is not None}


def other_members(spoken: Sequence[SpokenClass]) -> frozenset[str]:
    """Every text of these classes: a word that has a meaning there is no slip of another one."""
    return frozenset(text for one in spoken for text in one.kind.members_of)


def _owners(options: Sequence[tuple[str, str]], kind: AnswerClass) -> tuple[dict[str, str], list[str]]:
    """Which option stands for which member, and the languages that say so; empty when two options may be one member."""
    found: dict[str, dict[str, set[str]]] = {}
    for label, value in options:
        for key in {option_key(label), option_key(value)}:
            for code, name in kind.members_of.get(key, ()):
                found.setdefault(code, {}).setdefault(name, set()).add(value)
    found = {code: own for code, own in found.items() if len(own) >= FEWEST_MEMBERS}
    most = max(map(len, found.values()), default=0)
    spoken = [code for code, own in found.items() if len(own) == most]
    owners: dict[str, set[str]] = {}
    for code in spoken:
        for name, values in found[code].items():
            owners.setdefault(name, set()).update(values)
    claimed = [value for own in owners.values() for value in own]
    if any(len(own) > 1 for own in owners.values()) or len(set(claimed)) < len(claimed):
        return {}, []
    return {name: next(iter(own)) for name, own in owners.items()}, spoken


def _texts(kind: AnswerClass, trusted: Iterable[str]) -> dict[str, str]:
    """Texts of a class and their members: all of the trusted languages, and the longer ones of the others that these do not
    know; none that two of the languages that count for it read differently."""
    own, foreign = dict[str, set[str]](), dict[str, set[str]]()
    languages = set(trusted)
    for code, members in kind.languages.items():
        readings = own if code in languages else foreign
        for name, texts in members.items():
            for text in texts:
                if code in languages or len(text) >= SHORTEST_FOREIGN or not text.isascii():
                    readings.setdefault(text, set()).add(name)
    unclear = frozenset[str]().union(*(kind.unclear.get(code, frozenset()) for code in languages))
    every = foreign | own
    return {text: next(iter(names)) for text, names in every.items() if len(names) == 1 and text not in unclear}


def _members(texts: Mapping[str, Sequence[str]]) -> Members:
    return {name: frozenset(written) for name, written in texts.items()}


def _shared(members: Members) -> frozenset[str]:
    counts = Counter(text for texts in members.values() for text in texts)
    return frozenset(text for text, count in counts.items() if count > 1)
