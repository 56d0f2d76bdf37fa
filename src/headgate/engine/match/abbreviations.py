"""Names whose words are cut short with a full stop: "Net Val." for "Net value", "F. alta" for "Fecha de alta".

Only beside a word that is written out in both, since a single cut word may be the start of too many others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from headgate.engine.match.words import fold, header_words

SHORTEST_WHOLE_WORD = 3
_CUT = re.compile(r"[^\W\d_]+\.")


def abbreviates(header: str, name: str, fillers: Collection[str], is_general: Callable[[str], bool]) -> bool:
    """Whether `header` is `name` with words cut short, each marked by a full stop; fillers may be left out. One word at
    least must stand in both that `is_general` does not know for one of many ("Eff. date")."""
    if "." not in header:
        return False
    cut = {"".join(header_words(found)) for found in _CUT.findall(fold(header))}
    short = [word for word in header_words(header) if word not in fillers]
    whole = [word for word in header_words(name) if word not in fillers]
    if len(short) != len(whole) or not any(
        one == other and len(one) >= SHORTEST_WHOLE_WORD and not is_general(one)
        for one, other in zip(short, whole, strict=True)
    ):
        return False
    pairs = [(one, other) for one, other in zip(short, whole, strict=True) if one != other]
    return bool(pairs) and all(one in cut and other.startswith(one) for one, other in pairs)
