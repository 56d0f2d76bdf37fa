"""The form in which two spellings of a place's name are equal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from headgate.late_patterns import late_pattern

_ACCENTS = late_pattern("[\u0300-\u036f]")
_WITHOUT_MARKS = late_pattern(
    "[\u0000-\u02ff\u0370-\u0482\u048a-\u052f\u3041-\u3096\u30a1-\u30ff\u4e00-\u9fff\uac00-\ud7a3]*"
)
_ALPHANUMERIC = late_pattern(r"[^\W_]+")
_SAME_WORDS = {
    "st": "saint", "ste": "sainte", "is": "islands", "island": "islands", "rep": "republic", "dem": "democratic",
}  # fmt: skip
_MEANINGLESS_WORDS = {"the", "of"}


def fold(name: str) -> str:
    """The form in which two spellings of a name are equal: `St.` is Saint, `&` is and, "the" and "of" mean nothing."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", name.casefold())).replace("&", " and ")
    plain = re.sub(r"['’‘`.]", "", unicodedata.normalize("NFC", plain))
    return "".join(_SAME_WORDS.get(word, word) for word in _words(plain) if word not in _MEANINGLESS_WORDS)


def _words(text: str) -> list[str]:
    if text.isascii() or _WITHOUT_MARKS.fullmatch(text):
        return _ALPHANUMERIC.findall(text)
    # Vowel signs of Indic scripts are marks, no word characters for `re`.
    spaced = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in text)
    return spaced.split()


def claims(names: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Folded name → every code that claims it, of names and their codes."""
    found: dict[str, set[str]] = {}
    for name, code in names:
        found.setdefault(fold(name), set()).add(code)
    return {name: sorted(codes) for name, codes in found.items()}
