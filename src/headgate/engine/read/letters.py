"""Which letters belong together: a text in the right encoding uses those of one language, and inside of words nothing else.

Encodings that differ in a few letters only (`ñ` or `ń`) read the same bytes as words, so frequencies alone cannot tell them apart.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from unicodedata import combining

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
    "vi": "àáâãèéêìíòóôõùúýăđĩũơư\u0300\u0301\u0303\u0309\u0323",
    "ar": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652،؛؟",
    "be": "абвгдежзйклмнопрстуфхцчшыьэюяёіў",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "el": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
    "fa": "ءآأؤئابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی،؛؟",
    "he": "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
    "mk": "абвгдежзијклмнопрстуфхцчшѓѕљњќџ",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "sr": "абвгдежзијклмнопрстуфхцчшђљњћџ",
    "uk": "абвгдежзийклмнопрстуфхцчшщьюяєіїґ",
}
"""Letters beyond ASCII of languages, as their standard spelling has them."""
_SETS = {name: frozenset(text + text.upper()) for name, text in _LETTERS.items()}
_MARKS = frozenset("“”„‘’‚«»–—…€£§°©®·½¼¾²³±×ºª¿¡№\xa0\u200e\u200f")
_BEFORE_NO_LETTER = frozenset("©®±€")
"""Signs that a small letter never follows: where one does, both are letters of another encoding."""
_SCRIPTS = ((0x0250, "Latin"), (0x0300, ""), (0x0370, "mark"), (0x0400, "Greek"), (0x0530, "Cyrillic"))
"""Where scripts end, in the order of Unicode; what comes behind need not be told apart, because no encoding of one byte mixes it."""


def fit(text: str) -> float:
    """The share of the characters beyond ASCII that one language explains, 0 to 1; 1 when there are none."""
    wrong = total = 0
    letters: Counter[str] = Counter()
    before = " "
    for current, after in pairwise(f"{text} "):
        if not current.isascii():
            total += 1
            if (current.isalpha() and current not in "ºª") or combining(current):
                if _broken(before, current, after):
                    wrong += 1
                else:
                    letters[current] += 1
            elif _misplaced(before, current, after):
                wrong += 1
        before = current
    if not total:
        return 1.0
    explained = max(sum(count for letter, count in letters.items() if letter in known) for known in _SETS.values())
    others = total - wrong - letters.total()
    return (explained + others) / total


def _broken(before: str, current: str, after: str) -> bool:
    """Whether a letter cannot stand where it does: no word has letters of two scripts, or a capital that goes on small."""
    if current.isupper() and (before.islower() or (before.isalpha() and after.islower())):
        return True
    own = _script(current)
    return any(near.isalpha() and _script(near) != own for near in (before, after) if own != "mark")


def _misplaced(before: str, current: str, after: str) -> bool:
    """Whether a sign cannot stand where it does."""
    if current in _BEFORE_NO_LETTER and after.islower():
        return True
    # An Arabic comma is none of the signs of the West.
    known = current in _MARKS or any(current in letters for letters in _SETS.values())
    return not known or (before.isalpha() and after.isalpha() and current not in "’·")


def _script(letter: str) -> str:
    code = ord(letter)
    if 0x1E00 <= code < 0x1F00:
        return "Latin"
    return next((name for end, name in _SCRIPTS if code < end), "other")
