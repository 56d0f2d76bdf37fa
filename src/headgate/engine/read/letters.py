"""Which letters belong together: a text in the right encoding uses those of one language, and inside of words nothing else.

Encodings that differ in a few letters only (`ñ` or `ń`) read the same bytes as words, so frequencies alone cannot tell them apart.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

_LETTERS = {
    "cs": "áčďéěíňóřšťúůýž",
    "da": "æøåé",
    "de": "äöüßé",
    "es": "áéíñóúüç",
    "et": "äõöüšž",
    "fi": "äöåšž",
    "fr": "àâæçéèêëîïôœùûüÿ",
    "hr": "čćđšž",
    "hu": "áéíóöőúüű",
    "is": "áðéíóúýþæö",
    "it": "àèéìíîòóùú",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "nl": "áéëïóöüè",
    "pl": "ąćęłńóśźż",
    "pt": "áâãàçéêíóôõúü",
    "ro": "ăâîșțşţ",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "sl": "čšž",
    "sv": "åäöé",
    "tr": "çğıiöşüâîİ",
}
"""Letters beyond ASCII of languages in Latin script, as their standard spelling has them."""
_SETS = {name: frozenset(text + text.upper()) for name, text in _LETTERS.items()}
_MARKS = frozenset("“”„‘’‚«»–—…€£§°©®·½¼¾²³±×ºª¿¡\xa0")


def fit(text: str) -> float:
    """The share of the characters beyond ASCII that one language explains, 0 to 1; 1 when there are none."""
    wrong = total = 0
    letters: Counter[str] = Counter()
    before = " "
    for current, after in pairwise(f"{text} "):
        if not current.isascii():
            total += 1
            if current.isalpha() and current not in "ºª":
                # A capital inside of a word that goes on small is no capital.
                if current.isupper() and before.islower():
                    wrong += 1
                else:
                    letters[current] += 1
            elif current not in _MARKS or (before.isalpha() and after.isalpha() and current not in "’·"):
                wrong += 1
        before = current
    if not total:
        return 1.0
    explained = max(sum(count for letter, count in letters.items() if letter in known) for known in _SETS.values())
    others = total - wrong - letters.total()
    return (explained + others) / total
