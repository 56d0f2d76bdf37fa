"""What the cells of a raw row look like: the shapes by which a header row differs from data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto
from functools import lru_cache

from headgate.engine.types.base import WHITE_SPACE
from headgate.late_patterns import late_pattern

MAX_NAME_CHARACTERS = 80
MAX_NAME_WORDS = 12

_YEAR = r"(?:1[89]|20)\d\d"
_MISSING = (
    r"[-–—.…*/?]+|n\.?/?a\.?|null|none|nil|nan|unknown|pending|tbd|tba|missing|not (?:available|applicable|known|set)"
    r"|no data|\(?(?:x|na|z|nd|d|s)\)"
)
_DATE = (
    r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[T ,].*)?|\d{1,2}[-./ ](?:[^\W\d_]{3,9})\.?[-./ ,]*\d{2,4}(?: .*)?"
    r"|[^\W\d_]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}(?: .*)?|\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?(?:\s?[ap]\.?m\.?)?"
    r"|\d{1,4}年\d{1,2}月.*"
)
_NUMBER = (
    r"[<>~≤≥]?\s?[-+−–(]?\s?(?:[$€£¥]|[A-Z]{3}\s)?\s?[-+−]?\s?(?:\d[\d\s.,'’\u00a0\u202f]*|[.,]\d+)(?:e[-+]?\d+)?\s?"
    r"(?:%|[$€£¥]|‰)?\)?-?"
)
_MACHINE = (
    r"[^@\s]+@[^@\s]+\.[^@\s]+|(?:https?|ftp)://\S+|www\.\S+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|\(?\+?\d[\d\s().\-/]{6,}\d(?:\s?x\s?\d+)?|(?:\d{1,3}\.){3}\d{1,3}|true|false"
)
_SHAPES = late_pattern(
    rf"(?P<YEAR>{_YEAR})|(?P<MISSING>{_MISSING})|(?P<DATE>{_DATE})|(?P<NUMBER>{_NUMBER})|(?P<MACHINE>{_MACHINE})",
    re.IGNORECASE,
)
"""The shapes that patterns tell, the first that fits; each group has the name of its kind."""
_UNIT = late_pattern(
    r"[(\[]?\s*(?:%|‰|[$€£¥]|usd|eur|gbp|chf|jpy|k?g|mg|lbs?|oz|t|k?m|cm|mm|ft|in(?:ch(?:es)?)?|mi|miles|m[²³23]|l|ml|gal|pcs|"
    r"pieces?|units?|hours?|hrs?|min(?:utes)?|s|sec(?:onds)?|days?|weeks?|months?|years?|°\s?[cf]|k?wh?|mwh|v|a|hz|ghz|mhz|"
    r"[kmgt]i?b|bytes|percent|thousands?|millions?|yyyy-mm-dd|dd[./]mm[./]yyyy|mm/dd/yyyy|text|number|date)\s*[)\]]?",
    re.IGNORECASE,
)


_COLUMN_NUMBER = late_pattern(r"[(\[]?([0-9]{1,4})[)\].]?")
_MIN_NUMBERED = 4


class Kind(Enum):
    """The shape of a cell."""

    __hash__ = object.__hash__  # Enum's own is Python's, and it is asked for every cell

    EMPTY = auto()
    MISSING = auto()
    """A sign for "no value", such as `n/a`."""
    NUMBER = auto()
    YEAR = auto()
    DATE = auto()
    MACHINE = auto()
    """E-mail and web addresses, UUIDs, phone numbers, `true`: nobody names a column so."""
    CODE = auto()
    """One word with letters and digits."""
    TEXT = auto()
    PROSE = auto()
    """Too long for the name of a column."""


DATA_KINDS = frozenset({Kind.NUMBER, Kind.DATE, Kind.MACHINE, Kind.YEAR})
NEVER_NAMES = frozenset({Kind.NUMBER, Kind.DATE, Kind.MACHINE, Kind.PROSE})


def clean(cell: str | None) -> str:
    """A cell's text without the white space around it."""
    return cell.strip(WHITE_SPACE) if cell is not None else ""


@lru_cache(maxsize=16_384)
def kind_of(text: str) -> Kind:
    """The shape of a clean cell."""
    if not text:
        return Kind.EMPTY
    if len(text) > MAX_NAME_CHARACTERS or (len(text) > 2 * MAX_NAME_WORDS and len(text.split()) > MAX_NAME_WORDS):
        return Kind.PROSE
    found = _SHAPES.fullmatch(text)
    if found is not None and found.lastgroup is not None:
        return Kind[found.lastgroup]
    if text.isalpha() or " " in text:
        return Kind.TEXT
    return Kind.CODE if any(char.isdigit() for char in text) else Kind.TEXT


def is_units_row(cells: Sequence[str]) -> bool:
    """Whether every cell of a row that is not empty is a unit of measure, and there are two at least."""
    filled = filter(None, cells)
    first = next(filled, None)
    if first is None or _UNIT.fullmatch(first) is None:  # which is soon seen of most rows
        return False
    others = list(filled)
    return len(others) >= 1 and all(map(_UNIT.fullmatch, others))


def is_numbering(cells: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 …, or (1), (2), (3) …"""
    found = [_COLUMN_NUMBER.fullmatch(cell) for cell in cells if cell]
    numbers = [int(match.group(1)) for match in found if match]
    first = numbers[0] if numbers else -1
    return (
        len(numbers) == len(found) >= _MIN_NUMBERED
        and first in (0, 1)
        and numbers == list(range(first, first + len(numbers)))
    )


def is_lettering(cells: Sequence[str]) -> bool:
    """Whether a row only letters the columns as spreadsheets do: A, B, C …"""
    letters = [cell for cell in cells if cell]
    wanted = [chr(65 + number % 26) if number < 26 else f"A{chr(65 + number % 26)}" for number in range(len(letters))]
    return len(letters) >= _MIN_NUMBERED and letters == wanted
