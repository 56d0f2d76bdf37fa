"""Luxon's `toFormat`: a moment as text by a format of Luxon tokens, in the locale of the field (Luxon 3.7).

Moments have no zone; as in Luxon they stand for UTC.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from headgate.engine.types.date_calendar import to_calendar
from headgate.engine.types.date_locale import DATE_FORMS, DATETIME_FORMS, TIME_FORMS, DateLocale, FormPart

MACROS = frozenset((*DATE_FORMS, *TIME_FORMS, *DATETIME_FORMS))
"""Tokens that stand for a whole default form of the locale."""

_EPOCH = datetime.fromisoformat("1970-01-01")


class FormatPiece(NamedTuple):
    """A run of one letter (a token), or literal text."""

    literal: bool
    text: str


@cache
def split_format(text: str) -> tuple[FormatPiece, ...]:
    """The pieces of a Luxon format: runs of the same character; quotes make literals, white space is one."""
    pieces: list[FormatPiece] = []
    run, quoted = "", False
    for character in text:
        if character == "'":
            if run or quoted:
                pieces.append(FormatPiece(quoted or run.isspace(), run or "'"))
            run, quoted = "", not quoted
        elif quoted or run[:1] in ("", character):
            run += character
        else:
            pieces.append(FormatPiece(run.isspace(), run))
            run = character
    if run:
        pieces.append(FormatPiece(quoted or run.isspace(), run))
    return tuple(pieces)


@lru_cache(maxsize=256)
def _writers(text: str, locale: DateLocale) -> tuple[Callable[[datetime], str], ...]:
    return tuple(_writer(piece, locale) for piece in split_format(text))


def _writer(piece: FormatPiece, locale: DateLocale) -> Callable[[datetime], str]:
    text = piece.text
    if piece.literal:
        return lambda _: text
    if text in MACROS:
        form = locale.form(text)
        return lambda at: write_form(at, form, locale)
    number = _NUMBERS.get(text)
    if number is not None and not (locale.own_calendar and text in _CALENDAR_NUMBERS):
        get, width = number
        return lambda at: locale.number(get(at), width)
    named = _named(text, locale)
    return named if named is not None else lambda _: text


def to_format(at: datetime, text: str, locale: DateLocale) -> str:
    """`at` written by the Luxon format `text`. A letter that is no token stands for itself, as in Luxon."""
    return "".join([write(at) for write in _writers(text, locale)])


def write_form(at: datetime, form: tuple[FormPart, ...], locale: DateLocale) -> str:
    """`at` in a default form of CLDR, in the locale's calendar and digits."""
    year, month, day = to_calendar(locale.calendar, at.date())
    numbers = {"year": year, "month": month, "day": day, "minute": at.minute, "second": at.second}
    texts = []
    for kind, field, names in form:
        if kind == "literal":
            texts.append(field)
        elif names:
            texts.append(_name(at, month, kind, names))
        elif kind == "zone":
            texts.append("UTC")
        else:
            number = _hour(at.hour, field[0]) if kind == "hour" else numbers[kind]
            texts.append(locale.number(number % 100 if field == "yy" else number, len(field)))
    return "".join(texts)


def _name(at: datetime, month: int, kind: str, names: tuple[tuple[str, ...], ...]) -> str:
    if kind == "month":
        return names[0][month - 1]
    if kind == "weekday":
        return names[0][at.weekday()]
    if kind == "period":
        return names[1 if at.minute or at.second else 0][at.hour]
    return names[0][0]


def _hour(hour: int, cycle: str) -> int:
    if cycle == "h":
        return hour % 12 or 12
    if cycle == "K":
        return hour % 12
    return hour or 24 if cycle == "k" else hour


def _local_week(at: date, locale: DateLocale) -> tuple[int, int]:
    """Year and number of the week by the locale's first day and fewest days of a first week."""
    first, minimal = locale.week

    def start_of(year: int) -> int:
        anchor = date(year, 1, minimal) if year <= 9999 else date.max + timedelta(minimal)
        return anchor.toordinal() - (anchor.isoweekday() - first) % 7

    year = at.year
    if year < 9999 and at.toordinal() >= start_of(year + 1):
        year += 1
    elif at.toordinal() < start_of(year):
        year -= 1
    return year, (at.toordinal() - start_of(year)) // 7 + 1


_NUMBERS: dict[str, tuple[Callable[[datetime], int], int]] = {
    "S": (lambda at: at.microsecond // 1000, 1),
    "u": (lambda at: at.microsecond // 1000, 3),
    "SSS": (lambda at: at.microsecond // 1000, 3),
    "uu": (lambda at: at.microsecond // 10_000, 2),
    "uuu": (lambda at: at.microsecond // 100_000, 1),
    "s": (lambda at: at.second, 1),
    "ss": (lambda at: at.second, 2),
    "m": (lambda at: at.minute, 1),
    "mm": (lambda at: at.minute, 2),
    "h": (lambda at: at.hour % 12 or 12, 1),
    "hh": (lambda at: at.hour % 12 or 12, 2),
    "H": (lambda at: at.hour, 1),
    "HH": (lambda at: at.hour, 2),
    "c": (lambda at: at.isoweekday(), 1),
    "E": (lambda at: at.isoweekday(), 1),
    "d": (lambda at: at.day, 1),
    "dd": (lambda at: at.day, 2),
    "L": (lambda at: at.month, 1),
    "LL": (lambda at: at.month, 2),
    "M": (lambda at: at.month, 1),
    "MM": (lambda at: at.month, 2),
    "y": (lambda at: at.year, 1),
    "yy": (lambda at: at.year % 100, 2),
    "yyyy": (lambda at: at.year, 4),
    "yyyyyy": (lambda at: at.year, 6),
    "kk": (lambda at: at.isocalendar().year % 100, 2),
    "kkkk": (lambda at: at.isocalendar().year, 4),
    "W": (lambda at: at.isocalendar().week, 1),
    "WW": (lambda at: at.isocalendar().week, 2),
    "o": (lambda at: at.timetuple().tm_yday, 1),
    "ooo": (lambda at: at.timetuple().tm_yday, 3),
    "q": (lambda at: (at.month + 2) // 3, 1),
    "qq": (lambda at: (at.month + 2) // 3, 2),
    "X": (lambda at: int((at - _EPOCH).total_seconds() // 1), 1),
    "x": (lambda at: (at - _EPOCH) // timedelta(milliseconds=1), 1),
}
"""Tokens that are numbers: what they count, and the width to which zeros fill them."""

_CALENDAR_NUMBERS = {"d": 2, "dd": 2, "L": 1, "LL": 1, "M": 1, "MM": 1, "y": 0, "yy": 0, "yyyy": 0, "yyyyyy": 0}
"""Tokens that follow a calendar asked for by `-u-ca-`, with their place in year, month, day."""

_OFFSETS = {"Z": "+0", "ZZ": "+00:00", "ZZZ": "+0000", "ZZZZ": "UTC", "ZZZZZ": "UTC", "z": "UTC"}

_NAMES = {
    "ccc": "cshort", "cccc": "clong", "ccccc": "cnarrow", "EEE": "Eshort", "EEEE": "Elong", "EEEEE": "Enarrow",
    "LLL": "Lshort", "LLLL": "Llong", "LLLLL": "Lnarrow", "MMM": "Mshort", "MMMM": "Mlong", "MMMMM": "Mnarrow",
}  # fmt: skip


def _named(run: str, locale: DateLocale) -> Callable[[datetime], str] | None:
    if run in _OFFSETS:
        return lambda _: _OFFSETS[run]
    if run in _NAMES:
        names = locale.names(_NAMES[run])
        if run[0] in "cE":
            return lambda at: names[at.weekday()]
        return lambda at: names[to_calendar(locale.calendar, at.date())[1] - 1]
    if run in ("G", "GG", "GGGGG"):
        era = locale.names({"G": "Gshort", "GG": "Glong", "GGGGG": "Gnarrow"}[run])[1]
        return lambda _: era
    if run == "a":
        full, past = locale.names("a"), locale.names("aPast")
        return lambda at: (past if at.minute or at.second else full)[at.hour]
    if run in ("n", "nn"):
        return lambda at: locale.number(_local_week(at.date(), locale)[1], len(run))
    if run in ("ii", "iiii"):
        modulus = 100 if run == "ii" else 10_000
        return lambda at: locale.number(_local_week(at.date(), locale)[0] % modulus, len(run))
    if run in _CALENDAR_NUMBERS:
        place = _CALENDAR_NUMBERS[run]
        width = 2 if run in ("dd", "LL", "MM", "yy") else 1
        modulus = 100 if run == "yy" else 100_000
        return lambda at: locale.number(to_calendar(locale.calendar, at.date())[place] % modulus, width)
    return None
