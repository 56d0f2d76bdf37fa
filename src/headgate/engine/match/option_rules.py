"""Rules by which another text may mean an option: spellings, plurals, closed answers, typos (`data/options.toml`)."""

from __future__ import annotations

from functools import cache
from typing import Any

from headgate.engine.match.compiling import TABLES
from headgate.engine.match.slips import is_slip
from headgate.engine.match.words import fold, option_key
from headgate.late_patterns import late_pattern
from headgate.records import dataclass

_WORDS = late_pattern(r"[^\W_]+(?:['’/][^\W_]+)*/?|[+#%&$€£¥<>=*°@]|-(?=\d)|(?<=\w)-$")
_BOTH_FORMS = late_pattern(r"([^\W\d_]{4,})(?:\((a|e|o|in|ne|as|ve)\)|/(a|e|o|in|ve)|[·.](e|ne|ve))")
_SIBILANT_PLURAL = late_pattern(r"(?:s|x|z|ch|sh)es$")


@dataclass(frozen=True)
class OptionRules:
    """The rules of one language, English always among them."""

    words: dict[str, str]
    texts: dict[str, str]
    negations: frozenset[str]
    real_words: frozenset[str]
    own_plurals: frozenset[str]

    def variant_key(self, text: str) -> str:
        """What texts share that differ by abbreviation, regional spelling or plural only."""
        whole = self.texts.get(option_key(text))
        if whole is not None:
            return whole
        words = [self.words.get(word, word) for word in _WORDS.findall(fold(text))]
        return " ".join(word if word in self.own_plurals else singular(word) for word in words)

    def is_typo(self, typed: str, meant: str) -> bool:
        """Whether `typed` is `meant` with one slip inside a word of six letters or more (both as `fold` gives them).

        Words must agree in number, and in all but one of them. What a slip is, `slips.py` says; it makes no other word.
        """
        typed_words, meant_words = _WORDS.findall(typed), _WORDS.findall(meant)
        if len(typed_words) != len(meant_words):
            return False
        changed = [(a, b) for a, b in zip(typed_words, meant_words, strict=True) if a != b]
        if len(changed) != 1:
            return False
        word, target = changed[0]
        return is_slip(word, target) and word not in self.real_words and singular(word) not in self.real_words

    def negates(self, text: str, other: str) -> bool:
        """Whether one of two folded texts holds a negating word or prefix that the other does not hold."""
        first, second = set(_WORDS.findall(text)), set(_WORDS.findall(other))
        if (first & self.negations) != (second & self.negations):
            return True
        longer, shorter = (text, other) if len(text) > len(other) else (other, text)
        return longer.endswith(shorter) and longer[: -len(shorter)].rstrip(" -") in self.negations


def written_forms(name: str) -> list[str]:
    """The two forms that a name gives at once ("Casado(a)", "Mitarbeiter/in"), none for any other name."""
    both = _BOTH_FORMS.fullmatch(name.strip())
    if both is None:
        return []
    stem, ending = both[1], both[2] or both[3] or both[4]
    vowels = "aeo"
    if ending == "ve":
        return [stem, stem[:-1] + ending] if stem.endswith("f") else []
    other = stem[:-1] + ending if len(ending) == 1 and ending in vowels and stem[-1] in "ao" else stem + ending
    return [stem, other]


def singular(word: str) -> str:
    """An English plural without its ending; any other word as it is."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")) or not word.isascii():
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if _SIBILANT_PLURAL.search(word) else word[:-1]


@cache
def option_data() -> dict[str, Any]:
    """The content of `data/options.toml`, the texts of its classes as `option_key` gives them. It must not be changed."""
    data: dict[str, Any] = TABLES.load("options")
    return data


@cache
def option_rules(language: str) -> OptionRules:
    """The rules for `language` (a value of `settings.locale`); English alone when it has none of its own."""
    data = option_data()
    languages = ("en", language) if language != "en" else ("en",)
    words = {
        fold(variant): fold(group[0])
        for one in languages
        for group in data["words"].get(one, [])
        for variant in group[1:]
    }
    rules = OptionRules(
        words=words,
        texts={},
        negations=frozenset(data["negations"]["words"]),
        real_words=frozenset(word for one in languages for word in data["real_words"].get(one, [])),
        own_plurals=frozenset(word for one in languages for word in data["plurals_with_own_meaning"].get(one, [])),
    )
    for one in languages:
        for group in data["texts"].get(one, []):
            canonical = rules.variant_key(group[0])
            rules.texts.update({option_key(variant): canonical for variant in group})
    return rules
