"""Units that a field's name gives and a header leaves out: "Weight (kg)", and a column "Gewicht" that may hold grams."""

from __future__ import annotations

import re
from functools import cache

from headgate.engine.match.closed_answers import answer_classes
from headgate.engine.match.words import LONGEST_NAME, fold, option_key
from headgate.late_patterns import late_pattern

_IN_BRACKETS = late_pattern(r"[(\[]([^()\[\]]*)[)\]]\s*$")
_OTHER_UNITS = (
    ("%", "percent", "pct"),
    ("m2", "m²", "sqm", "sq m", "qm"),
    ("m3", "m³", "cbm"),
    ("kwh",),
    ("mwh",),
    ("min", "minutes"),
    ("months", "monate", "mois", "meses"),
    ("weeks",),
    ("days",),
    ("years",),
)
_SHORTEST_INSIDE = 4


@cache
def _spellings() -> dict[str, frozenset[str]]:
    """A text of a unit (as `option_key` gives it) → all texts of that unit."""
    members: dict[str, set[str]] = {}
    for kind in answer_classes():
        if kind.name == "unit":
            for text, readings in kind.members_of.items():
                for _, member in readings:
                    members.setdefault(member, set()).add(text)
    groups = [*members.values(), *({option_key(text) for text in group} for group in _OTHER_UNITS)]
    return {text: frozenset(group) for group in groups for text in group}


def unit_left_out(header: str, name: str) -> bool:
    """Whether `name` gives a unit in brackets that `header` does not name in any way."""
    if len(name) > LONGEST_NAME or len(header) > LONGEST_NAME:
        return False
    remark = _IN_BRACKETS.search(name)
    spellings = _spellings().get(option_key(remark[1])) if remark is not None else None
    if spellings is None or _IN_BRACKETS.search(header) is not None:
        return False
    words = {option_key(word) for word in re.split(r"[\s_/.,:-]+", header)}
    letters = fold(header)
    return words.isdisjoint(spellings) and not any(
        text in letters for text in spellings if len(text) >= _SHORTEST_INSIDE
    )
