"""Texts made comparable: what case, space, punctuation and accents add is taken away, what carries meaning stays."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from headgate.late_patterns import late_pattern

LONGEST_NAME = 1000
"""Characters beyond which a text is no name of anything: it may be compared as it is, but its words say nothing."""

_LETTERS_WITHOUT_DECOMPOSITION = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
_ACCENTS = late_pattern("[\u0300-\u036f]")
"""Accents of Latin, Greek and Cyrillic letters. Marks of other scripts (が, किं) make other letters and stay."""
_DASHES = late_pattern("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_CAMEL = late_pattern(r"(?<=[a-zà-ÿ0-9])(?=[A-ZÀ-Þ])|(?<=[A-ZÀ-Þ])(?=[A-ZÀ-Þ][a-zà-ÿ])")
_LETTER_TO_DIGIT = late_pattern(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_SIGN_WORDS = {"#": "number", "№": "number", "%": "percent", "&": "and"}
_HEADER_PARTS = late_pattern(r"[^\W_]+|[#№%&+$€£¥<>=@]")

_FIGURE = late_pattern(r"[ .,:;/()$€£+-]*+[0-9][0-9 .,:;/()$€£+-]*+")
_FIGURE_BEGINNINGS = frozenset("0123456789$€£+")

_OPTION_NOISE = late_pattern(r"[\s_.,;:!?'\"`´‘’“”„«»()\[\]{}/\\|~^·•…-]")
_BETWEEN_DIGITS = late_pattern(r"(?<=\d)\s*([\s_.,;:!?'\"`´‘’“”„«»()\[\]{}/\\|~^·•…-]+?)\s*(?=\d)")
_SIGN_DASH = late_pattern(r"(?:(?<=^)|(?<=[\s(]))-(?=\d)|-(?=[\s)]*$)")


def fold(text: str) -> str:
    """`text` without case, accents and compatibility forms (full width, ligatures); everything else as it is."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    folded = _ACCENTS.sub("", folded).translate(_LETTERS_WITHOUT_DECOMPOSITION)
    return _DASHES.sub("-", unicodedata.normalize("NFC", folded))


def header_words(text: str) -> tuple[str, ...]:
    """The words of a header or a field's name: camelCase, digits and punctuation part them, signs that mean
    something (`#`, `%`) are words."""
    # A remembered text stays in memory, so only names are.
    return _remembered_words(text) if len(text) <= LONGEST_NAME else _words(text)


def _words(text: str) -> tuple[str, ...]:
    # Where no capital stands, no word begins with one.
    parted = text if text == text.lower() else _CAMEL.sub(" ", text)
    parted = parted if parted.isalpha() else _LETTER_TO_DIGIT.sub(" ", parted)
    words = _HEADER_PARTS.findall(fold(parted))
    return tuple(_SIGN_WORDS.get(word, word) for word in words)


_remembered_words = lru_cache(maxsize=16_384)(_words)


def is_figure(text: str) -> bool:
    """Whether a text is digits and what stands between them: then its words are groups of these and signs such as `$`."""
    return not text[:1].isalpha() and _FIGURE.fullmatch(text) is not None


def begin_figures(texts: Iterable[str]) -> bool:
    """Whether any of some texts, as `header_key` gives them, begins as that of a figure does."""
    return any(text[0] in _FIGURE_BEGINNINGS for text in texts if text)


def header_key(text: str) -> str:
    """What two headers share when they differ only in case, space, punctuation or accents; "" when nothing is left.

    Digits that stand apart stay apart ("1 10" is not "110").
    """
    return _remembered_key(text) if len(text) <= LONGEST_NAME else _key(text)


def _key(text: str) -> str:
    key = ""
    for word in header_words(text):
        key += f" {word}" if key and key[-1].isdigit() and word[0].isdigit() else word
    return key


_remembered_key = lru_cache(maxsize=16_384)(_key)


def option_key(text: str) -> str:
    """What two option texts share when they differ only in case, space, punctuation or accents.

    Stricter than `header_key`: signs (`+`, `#`, `*`, `<`, a minus) and whatever stands between digits carry meaning
    ("C" and "C++", "1-10" and "110", "A" and "A-" are different answers).
    """
    folded = fold(text.strip())
    if folded.isalpha():
        return folded
    if any(char.isdigit() for char in folded) or "-" in folded:
        folded = _SIGN_DASH.sub("\x00", folded)
        folded = _BETWEEN_DIGITS.sub(_kept_separator, folded)
    return _OPTION_NOISE.sub("", folded)


_SEPARATORS = {"-": "\x01", ".": "\x02", ",": "\x03", ":": "\x04", "/": "\x05"}


def _kept_separator(match: re.Match[str]) -> str:
    return _SEPARATORS.get(match[1], "\x06")
