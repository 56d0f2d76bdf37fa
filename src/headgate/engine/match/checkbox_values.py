"""Whether a column's texts are answers of a checkbox, which reads everything for yes but the few texts that its type names.

"nein", "0,0" and "inactive" say no to people and yes to a checkbox (schema.md, "checkbox"). The type keeps its rule; a column
with such texts is never matched to a checkbox without a question, whatever its name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from headgate.engine.match.closed_answers import answer_classes, noes
from headgate.engine.match.words import option_key
from headgate.engine.types.checkbox import FALSE_TEXTS
from headgate.records import dataclass

_TICKS = frozenset({"1", "on", "enabled", "x", "✓", "✔", "☑", "☒", "active", "checked", "selected"})
"""What says yes beside the words for it."""
_NOES = frozenset({"-", "–", "—", "✗", "✘", "☐", "inactive", "unchecked", "none", "null", "nil", "never", "n/a"})
"""What says no, or nothing, beside the words for it and the texts of the type."""
_STATES_FOR_NO = ("inactive", "disabled")
_ZERO, _ONE = re.compile(r"[-+]?0+(?:[.,]0+)?"), re.compile(r"\+?0*1(?:[.,]0+)?")


@dataclass(frozen=True, slots=True)
class CheckboxFit:
    """The share of texts that are answers, and one that says no and would be read for yes."""

    share: float
    misread: str | None


def checkbox_fit(texts: Sequence[str]) -> CheckboxFit:
    """How distinct, trimmed texts fit a checkbox; `texts` must not be empty."""
    answers, misread = 0, None
    for text in texts:
        if text.lower() in FALSE_TEXTS or _says_yes(text):
            answers += 1
        elif _says_no(text):
            answers += 1
            misread = misread or text
    return CheckboxFit(answers / len(texts), misread)


def _says_yes(text: str) -> bool:
    return text.casefold() in _TICKS or option_key(text) in _yeses() or _ONE.fullmatch(text) is not None


def _says_no(text: str) -> bool:
    return text.casefold() in _NOES or option_key(text) in _words_for_no() or _ZERO.fullmatch(text) is not None


@cache
def _yeses() -> frozenset[str]:
    """The words for yes that no language has for no ("e" is yes in Turkish and no in Finnish), and those of English."""
    languages = answer_classes()[0].languages
    return (frozenset().union(*(members["yes"] for members in languages.values())) - noes()) | languages["en"]["yes"]


@cache
def _words_for_no() -> frozenset[str]:
    states = next(kind for kind in answer_classes() if kind.name == "state").languages.values()
    return noes().union(*(members.get(name, frozenset()) for members in states for name in _STATES_FOR_NO))
