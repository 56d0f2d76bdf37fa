"""Luxon's `fromFormat`: a text read by a format of Luxon tokens, in the locale of the field (Luxon 3.7).

Beyond Luxon, digits of every script and CLDR's calendars are read, so that every form that is shown is read back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from headgate.engine.types.date_calendar import Calendar, from_calendar
from headgate.engine.types.date_format import MACROS, split_format
from headgate.engine.types.date_locale import UNMARKED, DateLocale, FormPart, ascii_digits

TWO_DIGIT_CUTOFF = 60
"""Two-digit years up to this one are 20yy, later ones 19yy (rules.md, "Dates and times")."""

_NOTHING = r"(?!)"
_SPACE = r"[^\S\n\r]+"


class FormatFields(NamedTuple):
    """The fields that a text gave, by Luxon's letters (`y` year, `M` month, `d` day, `o`, `k`, `W`, `E`, `q`, `H` hour
    of 24, `h` hour of 12, `a` 0 for AM and 1 for PM, `m`, `s`, `G`), and whether it named an offset."""

    fields: dict[str, int]
    offset: bool

    def day(self, calendar: Calendar = "gregory") -> date | None:
        """The day that the fields name; None when they name none that exists, or not completely."""
        f = self.fields
        if f.get("G") == 0:
            return None
        if "W" in f:
            found = _week_day(f.get("k", 0), f["W"], f.get("E", 0)) if "y" not in f else None
        elif "o" in f:
            found = _ordinal_day(f.get("y", 0), f["o"]) if "M" not in f and "d" not in f else None
        else:
            month = (f["q"] - 1) * 3 + 1 if "q" in f else f.get("M", 0)
            found = from_calendar(calendar, f.get("y", 0), month, f.get("d", 0))
        agrees = found is not None and ("E" not in f or found.isoweekday() == f["E"])
        return found if agrees else None

    def clock(self) -> tuple[int, int, int] | None:
        """Hour (24 only for 24:00:00), minute, second; None when there is no hour or no such time."""
        f = self.fields
        if "h" in f:
            hour, meridiem = f["h"], f.get("a")
            if hour < 12 and meridiem == 1:
                hour += 12
            elif hour == 12 and meridiem == 0:
                hour = 0
        elif "H" in f:
            hour = f["H"]
        else:
            return None
        minute, second = f.get("m", 0), f.get("s", 0)
        exists = (hour <= 23 and minute <= 59 and second <= 59) or (hour, minute, second) == (24, 0, 0)
        return (hour, minute, second) if exists else None


class _Unit(NamedTuple):
    """A piece of the regex, and how its text becomes the field named by `letter` ("" for literals)."""

    regex: str
    letter: str = ""
    value: Callable[[str], int] = int


def expand_year(year: int) -> int:
    """The year that a year of two digits means; longer ones stand for themselves."""
    if year > 99:
        return year
    return year + (1900 if year > TWO_DIGIT_CUTOFF else 2000)


def _expanded(text: str) -> int:
    return expand_year(int(text))


class FormatReader:
    """Reads texts of one Luxon format in one locale."""

    def __init__(self, text: str, locale: DateLocale) -> None:
        self.locale = locale
        pieces = split_format(text)
        self.calendar: Calendar = "gregory"
        if any(piece.text in MACROS and not piece.literal for piece in pieces) or locale.own_calendar:
            self.calendar = locale.calendar
        self._units = [unit for piece in pieces for unit in _units(piece.text, piece.literal, locale)]
        self._regex = re.compile("".join(f"({unit.regex})" for unit in self._units), re.IGNORECASE)
        self.letters = [unit.letter for unit in self._units if unit.letter]

    @property
    def order(self) -> str | None:
        """`DMY`, `MDY`, `YMD` or `YDM` when day, month and year are all numbers, else None."""
        if any(unit.letter == "M" and unit.value not in (int, _expanded) for unit in self._units):
            return None
        order = "".join(letter.upper() for letter in self.letters if letter in ("d", "M", "y"))
        return order if sorted(order) == ["D", "M", "Y"] else None

    @property
    def has_date(self) -> bool:
        """Whether a text of this form names a day completely."""
        letters = set(self.letters)
        return (
            ({"y", "d"} <= letters and bool({"M", "q"} & letters))
            or {"k", "W", "E"} <= letters
            or {"y", "o"} <= letters
        )

    @property
    def has_time(self) -> bool:
        """Whether a text of this form names an hour."""
        return bool({"h", "H"} & set(self.letters))

    @property
    def two_digit_year(self) -> bool:
        """Whether the form writes years with two digits."""
        return any(unit.letter == "y" and unit.value is _expanded for unit in self._units)

    def read(self, text: str) -> FormatFields | None:
        """The fields of a text, or None when it does not have this form."""
        match = self._regex.fullmatch(ascii_digits(text.translate(UNMARKED)))
        if match is None:
            return None
        fields: dict[str, int] = {}
        for unit, part in zip(self._units, match.groups(), strict=True):
            if unit.letter:
                fields[unit.letter] = unit.value(part)
        offset = fields.pop("Z", None) is not None
        if "a" in fields and "H" in fields:
            return None
        return FormatFields(fields, offset)


@lru_cache(maxsize=256)
def format_reader(text: str, locale: DateLocale) -> FormatReader:
    """The reader of a format in a locale."""
    return FormatReader(text, locale)


def _week_day(year: int, week: int, day: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, day)
    except ValueError:
        return None


def _ordinal_day(year: int, ordinal: int) -> date | None:
    try:
        day = date(year, 1, 1) + timedelta(days=ordinal - 1)
    except (ValueError, OverflowError):
        return None
    return day if ordinal >= 1 and day.year == year else None


def _units(text: str, literal: bool, locale: DateLocale) -> list[_Unit]:
    if literal:
        return [_Unit(re.escape(text))]
    if text in MACROS:
        return [_unit_of_part(part) for part in locale.form(text)]
    number = _NUMBERS.get(text)
    if number is not None:
        return [number]
    names = _NAMES.get(text)
    if names is not None:
        letter, key, start = names
        if letter == "M" and locale.calendar == "persian":
            # Beside a Gregorian day and year a Persian month names no day that could be told.
            return [_Unit(_NOTHING)]
        return [_names_unit(letter, locale.names(key), start)]
    if text == "a":
        hours = locale.names("a")
        return [_names_unit("a", (hours[9], hours[19]), 0)]
    return [_Unit(re.escape(text))]


def _names_unit(letter: str, names: Sequence[str], start: int) -> _Unit:
    plain = [_insensitive(name) for name in names]

    def value(text: str) -> int:
        found = _insensitive(text)
        return (plain.index(found) if found in plain else -1) + start

    return _Unit("|".join(_name_regex(name) for name in names), letter, value)


def _name_regex(name: str) -> str:
    escaped = re.escape(ascii_digits(name))
    return re.sub(r"(?:\\ |[\xa0 ])", "[ \xa0]", escaped.replace(r"\.", r"\.?"))


def _insensitive(text: str) -> str:
    return ascii_digits(text).replace(".", "").replace("\xa0", " ").lower()


def _unit_of_part(part: FormPart) -> _Unit:
    token = part.token
    if part.kind == "literal":
        return _Unit(_SPACE if token.isspace() else re.escape(token))
    if part.kind == "era":
        return _Unit(_name_regex(part.names[0][0]))
    if part.kind == "zone":
        return _Unit("UTC")
    if part.kind == "period":
        hours = part.names[0]
        return _names_unit("a", (hours[9], hours[19]), 0)
    if part.kind in ("month", "weekday") and part.names:
        return _names_unit("M" if part.kind == "month" else "E", part.names[0], 1)
    if part.kind == "year":
        return _Unit(r"\d{2,4}", "y", _expanded) if len(token) == 2 else _Unit(r"\d{4,6}", "y")
    letter = {"month": "M", "day": "d", "minute": "m", "second": "s"}.get(part.kind, "h" if token[0] in "hK" else "H")
    return _Unit(r"\d{1,2}", letter)


_NUMBERS: dict[str, _Unit] = {
    "y": _Unit(r"\d{1,6}", "y"),
    "yy": _Unit(r"\d{2,4}", "y", _expanded),
    "yyyy": _Unit(r"\d{4}", "y"),
    "yyyyy": _Unit(r"\d{4,6}", "y"),
    "yyyyyy": _Unit(r"\d{6}", "y"),
    "o": _Unit(r"\d{1,3}", "o"),
    "ooo": _Unit(r"\d{3}", "o"),
    "u": _Unit(r"\d{1,9}", "u"),
    "uu": _Unit(r"\d{1,2}", "u"),
    "uuu": _Unit(r"\d", "u"),
    "S": _Unit(r"\d{1,3}", "S"),
    "SSS": _Unit(r"\d{3}", "S"),
    "kk": _Unit(r"\d{2,4}", "k", _expanded),
    "kkkk": _Unit(r"\d{4}", "k"),
    "E": _Unit(r"\d", "E"),
    "c": _Unit(r"\d", "E"),
    "Z": _Unit(r"[+-]\d{1,2}(?::\d{2})?", "Z", len),
    "ZZ": _Unit(r"[+-]\d{1,2}(?::\d{2})?", "Z", len),
    "ZZZ": _Unit(r"[+-]\d{1,2}(?:\d{2})?", "Z", len),
    "z": _Unit(r"[a-z_+\-/]{1,256}?", "Z", len),
} | {
    letter * width: _Unit(r"\d{2}" if width == 2 else r"\d{1,2}", "M" if letter == "L" else letter)
    for letter in "MLdHhmsqW"
    for width in (1, 2)
}

_NAMES = {
    "G": ("G", "Gshort", 0), "GG": ("G", "Glong", 0),
    "MMM": ("M", "readMshort", 1), "MMMM": ("M", "readMlong", 1),
    "LLL": ("M", "readLshort", 1), "LLLL": ("M", "readLlong", 1),
    "EEE": ("E", "cshort", 1), "EEEE": ("E", "clong", 1),
    "ccc": ("E", "readEshort", 1), "cccc": ("E", "readElong", 1),
}  # fmt: skip
