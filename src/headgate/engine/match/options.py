"""Which option of a select field a cell's text means, by rules that never guess (pipeline.md, "Match")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Literal

import polars as pl

from headgate.engine.match.closed_answers import closed_answers, other_members, spoken_classes
from headgate.engine.match.code_lists import ListedOptions, listed_options
from headgate.engine.match.option_rules import option_rules, written_forms
from headgate.engine.match.slips import SHORTEST_TYPO
from headgate.engine.match.words import fold, option_key
from headgate.late_patterns import late_pattern
from headgate.libraries import OSA, fuzz, process
from headgate.records import dataclass
from headgate.schema import SelectOption

OptionMethod = Literal["exact", "alternate", "memory", "normalized", "similar", "person", "recipe"]
"""How an option was found. `exact`: its value or label as written; `alternate`: an alternateMatch as written; `person`:
somebody decided it for this import; `recipe`: a saved correction says so."""

MAX_COMPARED_CHARACTERS = 200
"""Longer texts are matched exactly or not at all: nobody types an option that long by hand."""

CONFIDENCE: dict[OptionMethod, float] = {
    "exact": 1.0,
    "alternate": 1.0,
    "memory": 0.99,
    "normalized": 0.99,
    "similar": 0.97,
    "person": 1.0,
    "recipe": 1.0,
}
_TYPO_CONFIDENCE = 0.95
_DOUBT = late_pattern("[?？¿~≈]")
"""Signs of somebody who was not sure: "paid?" is no "Paid" to a careful person."""
_NOT_TOLD_APART = "[^a-z0-9]"
_UNITS = "unit"
_OTHER_UNITS_IN_CAPITALS = frozenset({"M", "G", "T", "K", "P", "Mm", "Mg"})
"""What is another unit, or a prefix, than the same letters in lower case."""


@dataclass(frozen=True, slots=True)
class OptionMatch:
    """The option of a text. `value` is None when no option is sure; `runner_up` is the value that a person may mean."""

    value: str | None
    method: OptionMethod | None = None
    confidence: float = 0.0
    runner_up: str | None = None


_NONE = OptionMatch(None)


class OptionMatcher:
    """Finds options for texts; tables are made once, a text costs microseconds.

    `exact_only`: nothing but value, label and alternateMatches as written. `remembered`: text → value chosen by people
    earlier; values that are no option any more are not used. `decided`: the same for this import, None for no option; it
    goes before everything else, and `replayed`, what a recipe says, comes right behind it. A text that means two options alike means none.
    """

    def __init__(
        self,
        options: Sequence[SelectOption],
        *,
        exact_only: bool = False,
        normalized_only: bool = False,
        language: str = "en",
        remembered: Mapping[str, str] | None = None,
        decided: Mapping[str, str | None] | None = None,
        replayed: Mapping[str, str | None] | None = None,
    ) -> None:
        self._exact_only = exact_only
        self._normalized_only = normalized_only
        self._rules = option_rules(language)
        values = {option.value for option in options}
        self._remembered = {text: value for text, value in (remembered or {}).items() if value in values}
        said: dict[str, tuple[str | None, OptionMethod]] = {
            **{text: (value, "recipe") for text, value in (replayed or {}).items()},
            **{text: (value, "person") for text, value in (decided or {}).items()},
        }
        self._decided = {text: found for text, found in said.items() if found[0] is None or found[0] in values}
        self._exact = _unique((name, o.value) for o in options for name in {o.label, o.value})
        alternates = _unique((name, o.value) for o in options for name in set(o.alternate_matches))
        self._alternates = {text: value for text, value in alternates.items() if text not in self._exact}
        names = [(name, o.value) for o in options for name in {o.label, o.value, *o.alternate_matches}]
        every = names + [(form, value) for name, value in names for form in written_forms(name)]
        self._normalized = _unique((option_key(name), value) for name, value in every)
        self._variants = _unique((self._rules.variant_key(name), value) for name, value in every)
        spoken = spoken_classes(options)
        self._answers = closed_answers(spoken, language)
        self._members = other_members(spoken)
        self._are_units = any(one.kind.name == _UNITS for one in spoken)
        self._options, self._language = options, language
        self._asks = any(_DOUBT.search(name) is not None for name, _ in names)
        self._folded = [(fold(name), value) for name, value in names]
        self._typo_names: dict[tuple[str, int], list[str]] = {}
        self._typo_values: dict[str, set[str]] = {}
        for name, value in self._folded:
            if name and name not in self._typo_values:
                self._typo_names.setdefault((name[0], len(name)), []).append(name)
            self._typo_values.setdefault(name, set()).add(value)

    @cached_property
    def _listed(self) -> ListedOptions | None:
        # Only asked for by a text that nothing simpler knows: the names of all countries take a moment to read.
        return listed_options(self._options, self._language)

    def exact_texts(self) -> dict[str, tuple[str, OptionMethod]]:
        """Every text that is decided by looking it up as written: text → value and method."""
        found: dict[str, tuple[str, OptionMethod]] = {
            text: (value, "memory") for text, value in self._remembered.items()
        }
        found.update({text: (value, "alternate") for text, value in self._alternates.items() if value})
        found.update({text: (value, "exact") for text, value in self._exact.items() if value is not None})
        known: dict[str, tuple[str | None, OptionMethod]] = {**found}
        known.update(self._decided)
        known.pop("", None)
        return {text: (value, method) for text, (value, method) in known.items() if value is not None}

    def may_mean_some(self, texts: pl.Series) -> pl.Series:
        """Where a text may mean an option by its value, label or alternateMatches when case, space and punctuation are left out;
        nowhere else does it (Boolean, no nulls). What is not ASCII, or short of letters and digits, may."""
        projected = texts.str.to_lowercase().str.replace_all(_NOT_TOLD_APART, "")
        known = pl.Series(sorted({re.sub(_NOT_TOLD_APART, "", key) for key in self._normalized}), dtype=pl.String)
        doubtful = texts.str.contains(r"[^\x00-\x7f]") | (projected == "")
        return (doubtful | projected.is_in(known.implode())).fill_null(value=True)

    def match(self, text: str) -> OptionMatch:
        """The option that `text` means."""
        literal = self.match_literally(text)
        if literal is not None:
            return literal
        if self._exact_only or len(text) > MAX_COMPARED_CHARACTERS or text in self._exact or text in self._alternates:
            return _NONE
        return self._match_folded(text)

    def match_literally(self, text: str) -> OptionMatch | None:
        """What `text` means as it is written, by the options or because a person says so; None where it is not known."""
        if text in self._decided:
            value, method = self._decided[text]
            return OptionMatch(value, method, CONFIDENCE[method])
        exact = self._exact.get(text)
        if exact is not None:
            return OptionMatch(exact, "exact", CONFIDENCE["exact"])
        alternate = self._alternates.get(text)
        if alternate is not None:
            return OptionMatch(alternate, "alternate", CONFIDENCE["alternate"])
        if text in self._remembered:
            return OptionMatch(self._remembered[text], "memory", CONFIDENCE["memory"])
        return None

    def suggest(self, text: str) -> str | None:
        """The value of the option nearest to a text that means none: for people to confirm, never to be taken."""
        if len(text) > MAX_COMPARED_CHARACTERS or not self._folded:
            return None
        folded = fold(text)
        names = [name for name, _ in self._folded]
        nearest = process.extract(folded, names, scorer=OSA.normalized_similarity, score_cutoff=0.7, limit=5)
        if not nearest:
            # "live demo" names its option among other words.
            nearest = process.extract(folded, names, scorer=fuzz.token_set_ratio, score_cutoff=95.0, limit=5)
        opposite = {self._folded[index][1] for name, _, index in nearest if self._rules.negates(folded, name)}
        values = {self._folded[index][1] for _, score, index in nearest if score == nearest[0][1]} - opposite
        return values.pop() if len(values) == 1 else None

    def _match_folded(self, text: str) -> OptionMatch:
        key = option_key(text)
        if not key or (_DOUBT.search(text) is not None and not self._asks):
            return _NONE
        if key in self._normalized:
            value = self._normalized[key]
            if value is None or self._says_another(text, value):
                return _NONE
            return OptionMatch(value, "normalized", CONFIDENCE["normalized"])
        if self._normalized_only:
            return _NONE
        value = self._answers.get(key)
        if value is None:
            value = self._variants.get(self._rules.variant_key(text))
        if value is not None:
            return OptionMatch(value, "similar", CONFIDENCE["similar"])
        code = self._listed.code_of(text) if self._listed is not None else None
        if self._listed is not None and code is not None:
            value = self._listed.value_of(code)
            return OptionMatch(value, "similar", CONFIDENCE["similar"]) if value is not None else _NONE
        return self._match_typo(text) if key not in self._members else _NONE

    def _says_another(self, text: str, value: str) -> bool:
        """Whether a text that has the letters of an option says something else: "M" among units, or "in active", which
        names the option "Active" by a word of its own."""
        if self._are_units and text.strip() in _OTHER_UNITS_IN_CAPITALS:
            return True
        words = fold(text).split()
        if len(words) < 2 or any(name.split() == words for name, own in self._folded if own == value):
            return False
        return any(self._normalized.get(option_key(word), value) not in {value, None} for word in words)

    def _match_typo(self, text: str) -> OptionMatch:
        folded = fold(text.strip())
        if len(folded) < SHORTEST_TYPO:
            return _NONE
        near = [
            name
            for length in (len(folded) - 1, len(folded), len(folded) + 1)
            for name, _, _ in process.extract(
                folded,
                self._typo_names.get((folded[0], length), ()),
                scorer=OSA.distance,
                score_cutoff=1,
                limit=None,
            )
        ]
        values = set().union(*(self._typo_values[name] for name in near))
        if len(values) != 1 or not any(self._rules.is_typo(folded, name) for name in near):
            return _NONE
        (value,) = values
        if self._listed is not None and self._listed.may_be_another(text, value):
            return _NONE
        for other, other_value in self._folded:
            if other_value != value and OSA.distance(folded, other, score_cutoff=2) <= 2:
                return _NONE
        return OptionMatch(value, "similar", _TYPO_CONFIDENCE)


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str | None]:
    """Text → value; None for a text of several values. The empty text means nothing."""
    found: dict[str, str | None] = {}
    for text, value in pairs:
        if text:
            found[text] = value if found.get(text, value) == value else None
    return found
