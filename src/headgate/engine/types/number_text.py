"""A number as people write it, taken apart: sign, digits and marks, exponent, percent, currency.

It settles everything but which mark is the decimal one; that is the column's matter (number_marks.py).
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache, lru_cache

from headgate.engine.types.currencies import DOTTED_SIGNS, currency_of
from headgate.engine.types.number_format import EXACT
from headgate.engine.types.number_marks import DecimalMark, Mark, digits_by, mark_of
from headgate.late_patterns import late_pattern
from headgate.records import dataclass

SMALLEST_EXPONENT = -1000
"""A number nearer to zero than 1e-1000 is an error: its digits would be a page of zeros."""
_LONGEST_EXPONENT = 6

_SPACES = " \xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_SAME_AS = {
    " ": _SPACES,
    "-": "\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d",
    "+": "\ufe62\uff0b",
    "'": "\u2019\uff07",
    "%": "\u066a\ufe6a\uff05",
    ".": "\uff0e",
    ",": "\uff0c",
    "(": "\uff08",
    ")": "\uff09",
    "$": "\ufe69\uff04",
    "£": "\uffe1",
    "¥": "\uffe5",
    "₩": "\uffe6",
    # Marks of writing direction, which CLDR puts beside Arabic and Hebrew signs.
    "": "\u061c\u200e\u200f\u2066\u2067\u2068\u2069",
}

_NINES = str.maketrans(dict.fromkeys("012345678", "9"))
_REMEMBERED_SHAPES = 4_096
_LONGEST_SHAPE = 40
"""Longer texts are not remembered: each is of a shape of its own."""
_DIGIT = late_pattern(r"[0-9]")
_AFFIX = late_pattern(r"[-+()%]|[^-+()%\s](?:[^-+()%]*[^-+()%\s])?")


class _Plain(dict[int, str]):
    """What stands for a character, looked up when it first comes: few of Unicode's million ever do."""

    def __missing__(self, point: int) -> str:
        digit = unicodedata.decimal(chr(point), None)
        self[point] = plain = chr(point) if digit is None else str(digit)
        return plain


_PLAIN = _Plain({ord(character): plain for plain, variants in _SAME_AS.items() for character in variants})


class NumberTextError(ValueError):
    """A text is no number; `code` is a key of the number type's `errors`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class _Shape:
    """What all texts have in common that differ in their digits only: where the core stands, and what stands around it."""

    start: int
    end: int
    negative: bool
    percent: bool
    currency: str | None


@dataclass(frozen=True, slots=True)
class NumberText:
    """The parts of a written number. `currency`: an ISO 4217 code, a shared sign or the field's own symbol."""

    core: str
    negative: bool = False
    exponent: int | None = None
    percent: bool = False
    currency: str | None = None

    @property
    def mark(self) -> Mark:
        """What its commas and points say about the decimal mark."""
        return mark_of(self.core, power=self.exponent is not None)

    def value(self, mark: DecimalMark) -> Decimal | None:
        """The exact number when `mark` is the decimal mark, None when it cannot be read so."""
        digits = digits_by(self.core, mark, power=self.exponent is not None)
        if digits is None:
            return None
        number = Decimal(f"{'-' if self.negative else ''}{digits[0]}.{digits[1]}E{self.exponent or 0}")
        number = number.scaleb(-2, EXACT) if self.percent else number
        return number if number else Decimal(0)


@cache
def _whole_shape(own_currency: str | None) -> re.Pattern[str]:
    dotted = [sign for sign in (*DOTTED_SIGNS, own_currency) if sign is not None and "." in sign]
    signs = "|".join(map(re.escape, dotted))
    return re.compile(
        rf"(?P<before>[^0-9.,٫]*?(?:{signs})[^0-9.,٫]*|[^0-9.,٫]*)"
        r"(?P<core>[0-9.,٫](?:[0-9.,٫٬' ]*[0-9])?[.,٫]?)"
        r"(?:e(?P<exponent>[+-]?[0-9]+))?"
        r"(?P<after>[^0-9]*)",
        re.IGNORECASE,
    )


def take_apart(text: str, own_currency: str | None = None) -> NumberText:
    """The parts of `text`. `own_currency`: the field's currency, whose symbol may be one that nobody else knows.

    Raises NumberTextError with `not_a_number`, `too_large` or `too_small`.
    """
    if not text.isascii():
        text = text.translate(_PLAIN).strip()
    shape = None
    if len(text) <= _LONGEST_SHAPE and not _has_digits(own_currency):
        shape = _remembered_shape(text.translate(_NINES), own_currency)
    if shape is None:
        return _taken_apart(text, own_currency)
    return NumberText(text[shape.start : shape.end], shape.negative, None, shape.percent, shape.currency)


@lru_cache(_REMEMBERED_SHAPES)
def _remembered_shape(text: str, own_currency: str | None) -> _Shape | None:
    """The shape of `text`, whose digits are nines; None where it is no number, or where digits decide."""
    try:
        parts = _taken_apart(text, own_currency)
    except NumberTextError:
        return None
    if parts.exponent is not None:
        return None
    start = text.index(parts.core)
    return _Shape(start, start + len(parts.core), parts.negative, parts.percent, parts.currency)


@lru_cache(_REMEMBERED_SHAPES)
def _has_digits(own_currency: str | None) -> bool:
    return own_currency is not None and any(map(str.isdigit, own_currency))


def _taken_apart(text: str, own_currency: str | None) -> NumberText:
    found = _whole_shape(own_currency).fullmatch(text)
    if found is None:
        raise NumberTextError("not_a_number")
    before, after, core = _AFFIX.findall(found["before"]), _AFFIX.findall(found["after"]), found["core"]
    point_of_letters = not core[0].isdigit() and found["before"][-1:].isalpha()  # No.5
    dash_for_cents = not core[-1].isdigit() and found["after"].startswith("-")  # 5.- is the Swiss 5.00
    if point_of_letters or dash_for_cents or not _DIGIT.search(core):
        raise NumberTextError("not_a_number")
    return NumberText(
        core,
        negative=_negative(before, after),
        percent=_percent(before, after),
        currency=_currency(before, after, own_currency),
        exponent=_exponent(found["exponent"], core),
    )


def _negative(before: list[str], after: list[str]) -> bool:
    signs = "".join(part for part in before + after if part in "+-()")
    leading = "".join(part for part in before if part in "+-()")
    if signs not in {"", "-", "+", "()"} or (signs == "+" and leading != "+") or (signs == "()" and leading != "("):
        raise NumberTextError("not_a_number")
    return signs in {"-", "()"}


def _percent(before: list[str], after: list[str]) -> bool:
    count = (before + after).count("%")
    if count > 1:
        raise NumberTextError("not_a_number")
    return count == 1


def _currency(before: list[str], after: list[str], own_currency: str | None) -> str | None:
    parts = [part for part in before + after if part not in {"+", "-", "(", ")", "%"}]
    if not parts:
        return None
    texts = [text for part in parts for text in ([part] if _means(part, own_currency) else part.split())]
    currencies = {_means(text, own_currency) for text in texts}
    # `$5 USD` says one thing twice; two words or two signs are no usual way to do so.
    is_sign_with_code = len(texts) == 2 and sum(any(map(str.isalpha, text)) for text in texts) == 1
    if len(currencies) > 1 or None in currencies or "%" in before + after or not (len(texts) == 1 or is_sign_with_code):
        raise NumberTextError("not_a_number")
    return currencies.pop()


def _means(text: str, own_currency: str | None) -> str | None:
    if own_currency is not None and text.casefold() == own_currency.casefold():
        return own_currency
    return currency_of(text)


def _exponent(text: str | None, core: str) -> int | None:
    if text is None:
        return None
    digits = text.lstrip("+-").lstrip("0")
    if len(digits) > _LONGEST_EXPONENT:
        if not core.strip("0.,٫"):
            return 0
        raise NumberTextError("too_small" if text.startswith("-") else "too_large")
    return -int(digits or "0") if text.startswith("-") else int(digits or "0")
