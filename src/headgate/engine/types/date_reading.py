"""Date texts → the days that they can mean, before anything decides between them.

A shape of three numbers can mean several days (by order); every other shape means one. Nothing here knows a column.
"""

from __future__ import annotations

import re
from dataclasses import field, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import Literal, NamedTuple

from headgate.engine.types.clock_reading import Clock
from headgate.engine.types.date_calendar import BUDDHIST_OFFSET, from_calendar, gregorian
from headgate.engine.types.date_locale import DATE_FORMS, DATETIME_FORMS, MAX_CHARACTERS, DateLocale, fold
from headgate.engine.types.date_names import DateWords
from headgate.engine.types.date_parse_format import expand_year, format_reader
from headgate.engine.types.date_patterns import DatePatterns
from headgate.late_patterns import late_pattern
from headgate.records import dataclass

Order = Literal["DMY", "MDY", "YMD"]
Fault = Literal["unreadable", "incomplete", "no_such_day", "bare_number", "weekday", "calendar", "year_day_month"]
Form = Literal["iso", "numbers", "name", "words"]

REMEMBERED_DATES = 4_096
"""Texts of each locale: who reads a column reads the texts that its evidence was found in, and days come again in other files."""
GREGORIAN_LOOKING_YEARS = range(1800, 2301)
"""Years that, in a locale with another calendar, may as well be meant as Gregorian ones."""


@dataclass(frozen=True)
class DateShape:
    """What a date text can mean.

    `days`: by order, for three numbers; one day under "" for every other form. Only days that exist, on the weekday
    that the text names. `fault`: why `days` is empty. `likely`: a day to suggest where there is a fault.
    `two_digit`: two-digit year; `year_first` and `year_last`: it can only stand there (99/1/2). `separator`: `/`, `.`,
    `-` or a space between numbers. `clock`: the time of day behind it.
    """

    form: Form
    days: dict[str, date] = field(default_factory=dict)
    fault: Fault | None = None
    likely: date | None = None
    two_digit: bool = False
    year_first: bool = False
    year_last: bool = False
    separator: str = ""
    clock: Clock | None = None


UNREADABLE = DateShape("words", fault="unreadable")

_ISO_DAY = (
    r"(?:(?P<iso_year>[+-]\d{6}|\d{4})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)"
    r"|(?P<basic_year>\d{4})(?P<basic_month>\d\d)(?P<basic_day>\d\d)(?=t)"
    r"|(?P<week_year>\d{4})-?w(?P<week>\d\d)(?:-?(?P<week_day>\d))?"
    r"|(?P<ordinal_year>\d{4})-(?P<ordinal>\d{3})|(?P<basic_ordinal_year>\d{4})(?P<basic_ordinal>\d{3})(?=t))"
)
_ISO_TIME = (
    r"(?:(?:t|\s)(?P<hour>\d\d)(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d{1,30})?)?)?"
    r"\s?(?P<zone>z|utc|gmt|[+-]\d\d(?::?\d\d)?)?(?:\[[a-z_]+(?:/[a-z0-9_+-]+){0,2}\])?)?"
)
_ISO = late_pattern(_ISO_DAY + _ISO_TIME)
_CJK = late_pattern(r"(?P<year>\d{4}|\d{2})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日号號일]")
_BARE_NUMBER = late_pattern(r"[+-]?\d+(?:[.,]\d+)?")
_INCOMPLETE = late_pattern(
    r"\d{4}|\d{4}\s?[-/.]\s?\d{1,2}|\d{1,2}\s?[-/.]\s?\d{4}|\d{1,2}\s?[-/.]\s?\d{1,2}\.?"
    r"|\d{4}-?w\d\d|\d{4}\s?[年년]\s?\d{1,2}\s?[月월]|\d{1,2}\s?[月월]\s?\d{1,2}\s?[日号號일]"
)
_ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


class NamedParts(NamedTuple):
    """A month by its name, and where day and year stand (characters). `weekday`: 1 for Monday, 0 for none."""

    month: int
    day: tuple[int, int]
    year: tuple[int, int]
    weekday: int = 0


class DateReader:
    """Reads date texts, with or without a time behind, in the words and the calendar of one locale."""

    def __init__(self, locale: DateLocale) -> None:
        self.locale = locale
        self._remembered = lru_cache(maxsize=REMEMBERED_DATES)(self._read)

    @cached_property
    def _patterns(self) -> DatePatterns:
        return DatePatterns(self.locale)

    @property
    def _words(self) -> DateWords:
        return self._patterns.words

    def read(self, text: str) -> DateShape:
        """What the text can mean as a date, with the time behind it if there is one. Nobody may change the answer, since whoever
        asks again is given the same."""
        return self._remembered(text) if len(text) <= MAX_CHARACTERS else UNREADABLE

    def _read(self, text: str) -> DateShape:
        folded = fold(text)
        iso = _read_iso(folded)
        if iso is not None:
            return iso if self._is_surely_gregorian(iso) else self._iso_in_own_calendar(text, folded, iso)
        shape = self._read_date(folded)
        if shape.fault in ("unreadable", "incomplete"):
            return self._read_with_clock(folded) or self._read_default_form(text) or shape
        return shape

    def _is_surely_gregorian(self, iso: DateShape) -> bool:
        return self.locale.calendar == "gregory" or not iso.days or iso.days[""].year in GREGORIAN_LOOKING_YEARS

    def _iso_in_own_calendar(self, text: str, folded: str, iso: DateShape) -> DateShape:
        """A text like ISO with a year that hardly is a Gregorian one: the locale's own form when it has its digits."""
        match = re.match(r"(\d{4})-(\d\d)-(\d\d)", folded)
        own = from_calendar(self.locale.calendar, *map(int, match.groups())) if match is not None else None
        if own is not None and not text.isascii():
            return replace(iso, form="words", days={"": own})
        return replace(iso, days={}, fault="calendar", likely=own)

    def _read_default_form(self, text: str) -> DateShape | None:
        """The shape of a text in a default form of the locale that no usual shape covers (the time first, …)."""
        for name in (*DATE_FORMS, *DATETIME_FORMS):
            reader = format_reader(name, self.locale)
            fields = reader.read(text)
            if fields is None or "y" not in fields.fields or not {"M", "d"} <= fields.fields.keys():
                continue
            year, month, day = (str(fields.fields[letter]) for letter in "yMd")
            clock = fields.clock()
            timed = None if clock is None else Clock(*clock, offset=fields.offset, twelve_hours="h" in fields.fields)
            if clock is None and reader.has_time:
                continue
            if reader.order in ("DMY", "MDY"):
                first, second = (day, month) if reader.order == "DMY" else (month, day)
                return replace(self._of_numbers(first, second, year, " "), clock=timed)
            named = self._of_named(year, int(month), day, own_calendar=True, form="words")
            return replace(_on_weekday(named, fields.fields.get("E", 0)), clock=timed)
        return None

    def _read_with_clock(self, text: str) -> DateShape | None:
        """The shape of a date and the time behind it; None when the text is no such pair."""
        match = self._patterns.day_and_clock.fullmatch(text)
        clock = self._patterns.clock.from_match(match) if match is not None else None
        if match is None or clock is None:
            return None
        shape = self._read_date(match["date"])
        return None if shape.fault == "unreadable" else replace(shape, clock=clock)

    def _read_date(self, text: str) -> DateShape:
        shape = self._read_day(text)
        if shape.fault != "unreadable":
            return shape
        for pattern in (self._patterns.weekday_first, self._patterns.weekday_last):
            match = pattern.fullmatch(text)
            if match is not None:
                inner = self._read_day(match["rest"].strip(" ,"))
                if inner.fault != "unreadable":
                    return _on_weekday(inner, self._words.weekdays[_word(match["weekday"], self._words.weekdays)])
        return shape

    def _read_day(self, text: str) -> DateShape:
        match = self._patterns.numbers.fullmatch(text)
        if match is not None and match["sep"].strip() == match["sep2"].strip():
            return self._of_numbers(match["first"], match["second"], match["third"], match["sep"].strip() or " ")
        match = _CJK.fullmatch(text)
        if match is not None:
            return self._of_named(match["year"], int(match["month"]), match["day"], own_calendar=True, form="words")
        named = self._read_named(text)
        if named is not None:
            return named
        match = self._patterns.french_first.fullmatch(text)
        if match is not None:
            return self._of_named(match["year"], self._patterns.french_months[match["month"]], "1", own_calendar=False)
        if _INCOMPLETE.fullmatch(text) or self._patterns.month_alone.fullmatch(text):
            return DateShape("words", fault="incomplete")
        if _BARE_NUMBER.fullmatch(text):
            return DateShape("words", fault="bare_number")
        return UNREADABLE

    def _read_named(self, text: str) -> DateShape | None:
        """The shape of a day, a month's name and a year in any usual order."""
        for pattern in self._patterns.named_as_own if self._patterns.year_comes_first else self._patterns.named:
            match = pattern.fullmatch(text)
            if match is None or not _is_ordinal(match):
                continue
            word = _word(match["month"], self._words.months)
            own = word not in self._words.english_months
            if pattern is self._patterns.named_as_own[0] and not own and self._patterns.named[0].fullmatch(text):
                continue
            return self._of_named(match["year"], self._words.months[word], match["day"], own_calendar=own)
        return None

    def named_parts(self, shape: str) -> NamedParts | None:
        """Where day and year stand in texts with a month's name that differ from `shape` in their digits only, and nowhere
        else but in these two; None when other parts matter too, such as an ordinal, or when the year is not Gregorian."""
        folded = fold(shape)
        same_places = len(folded) == len(shape) and all(
            (a == "9") == (b == "9") for a, b in zip(folded, shape, strict=True)
        )
        if (
            not same_places
            or not {character for character in folded if character.isdecimal()} <= {"9"}  # digits of other scripts
            or self.locale.calendar != "gregory"
            or not any(map(str.isalpha, shape))
            or _read_iso(folded)
        ):
            return None
        parts = self._named_parts_of_day(folded) or self._named_parts_behind_weekday(folded)
        if parts is None:
            return None
        numbers = {*range(*parts.day), *range(*parts.year)}
        return parts if numbers == {at for at, character in enumerate(folded) if character.isdecimal()} else None

    def _named_parts_of_day(self, folded: str) -> NamedParts | None:
        for pattern in self._patterns.named_as_own if self._patterns.year_comes_first else self._patterns.named:
            match = pattern.fullmatch(folded)
            if match is not None:
                break
        else:
            return None
        word = _word(match["month"], self._words.months)
        if match["ordinal"] or (self._patterns.year_comes_first and word in self._words.english_months):
            return None
        return NamedParts(self._words.months[word], match.span("day"), match.span("year"))

    def _named_parts_behind_weekday(self, folded: str) -> NamedParts | None:
        match = self._patterns.weekday_first.fullmatch(folded)
        if match is None or self._read_day(folded).fault != "unreadable":
            return None
        rest = match["rest"].strip(" ,")
        parts = self._named_parts_of_day(rest)
        if parts is None:
            return None
        start = match.start("rest") + match["rest"].index(rest)
        day, year = ((start + span[0], start + span[1]) for span in (parts.day, parts.year))
        return NamedParts(
            parts.month,
            day,
            year,
            self._words.weekdays[_word(match["weekday"], self._words.weekdays)],
        )

    def _of_numbers(self, first: str, second: str, third: str, separator: str) -> DateShape:
        if len(first) > 2:
            if len(first) != 4 or len(third) > 2:
                return UNREADABLE
            return self._year_first(int(first), int(second), int(third), separator)
        if len(third) == 4:
            orders = {"DMY": (third, second, first), "MDY": (third, first, second)}
            return self._by_order(orders, DateShape("numbers", separator=separator))
        if len(third) > 2 or 2 not in (len(first), len(third)):
            return UNREADABLE
        orders = {}
        if len(third) == 2:
            orders = {"DMY": (third, second, first), "MDY": (third, first, second)}
        if len(first) == 2:
            orders["YMD"] = (first, second, third)
        shape = DateShape(
            "numbers",
            two_digit=True,
            separator=separator,
            year_first=not 1 <= int(first) <= 31,
            year_last=not 1 <= int(third) <= 31,
        )
        return self._by_order(orders, shape)

    def _year_first(self, year: int, month: int, day: int, separator: str) -> DateShape:
        shape = self._by_order({"YMD": (f"{year:04}", str(month), str(day))}, DateShape("numbers", separator=separator))
        if shape.fault == "no_such_day" and 12 < month <= 31 and day <= 12:
            return replace(shape, fault="year_day_month", likely=gregorian(year, day, month))
        return shape

    def _by_order(self, orders: dict[str, tuple[str, str, str]], shape: DateShape) -> DateShape:
        read = {order: self._own_day(year, int(month), int(day)) for order, (year, month, day) in orders.items()}
        if self.locale.calendar != "gregory":
            doubtful = self._doubtful_calendar(next(iter(orders.values()))[0])
            if doubtful:
                gregorian_days = (gregorian(self._likely_year(y), int(m), int(d)) for y, m, d in orders.values())
                return replace(shape, fault="calendar", likely=next((day for day in gregorian_days if day), None))
        days = {order: day for order, day in read.items() if day is not None}
        return replace(shape, days=days, fault=None if days else "no_such_day")

    def _doubtful_calendar(self, year: str) -> bool:
        """Whether a year of this locale's texts may mean the Gregorian calendar as well as the locale's own."""
        return len(year) == 2 or int(year) in GREGORIAN_LOOKING_YEARS

    def _likely_year(self, year: str) -> int:
        """The Gregorian year to suggest for a doubtful one: Thais write 65 for 2565."""
        if len(year) == 2 and self.locale.calendar == "buddhist":
            return 2500 + int(year) - BUDDHIST_OFFSET
        return _whole_year(year)

    def _own_day(self, year: str, month: int, day: int) -> date | None:
        return from_calendar(self.locale.calendar, _whole_year(year), month, day)

    def _of_named(self, year: str, month: int, day: str, *, own_calendar: bool, form: Form = "name") -> DateShape:
        shape = DateShape(form, two_digit=len(year) == 2)
        if self.locale.calendar == "gregory" or not own_calendar:
            found = gregorian(_whole_year(year), month, int(day))
        elif self._doubtful_calendar(year):
            likely = gregorian(self._likely_year(year), month, int(day)) if self.locale.calendar == "buddhist" else None
            return replace(shape, fault="calendar", likely=likely)
        else:
            found = self._own_day(year, month, int(day))
        return replace(shape, days={"": found} if found else {}, fault=None if found else "no_such_day")


@cache
def date_reader(locale: DateLocale) -> DateReader:
    """The reader of dates in a locale."""
    return DateReader(locale)


def _whole_year(year: str) -> int:
    return expand_year(int(year)) if len(year) == 2 else int(year)


def _word(text: str, words: dict[str, int]) -> str:
    """The word of `words` that `text` matched by `alternatives`."""
    if text in words:
        return text
    return next(word for word in words if word == text.rstrip("."))


def _is_ordinal(match: re.Match[str]) -> bool:
    suffix = match["ordinal"]
    return suffix is None or suffix == _ORDINALS.get(int(match["day"]), "th")


def _on_weekday(shape: DateShape, weekday: int) -> DateShape:
    """Only the days of the shape that fall on `weekday` (1 is Monday; 0: on any)."""
    days = {order: day for order, day in shape.days.items() if not weekday or day.isoweekday() == weekday}
    if days or not shape.days:
        return replace(shape, days=days)
    return replace(shape, days={}, fault="weekday", likely=next(iter(shape.days.values())))


def _read_iso(text: str) -> DateShape | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    group = match.groupdict()
    if group["week_year"] and not group["week_day"]:
        return DateShape("words", fault="incomplete")
    if group["week_year"]:
        try:
            day = date.fromisocalendar(int(group["week_year"]), int(group["week"]), int(group["week_day"]))
        except ValueError:
            day = None
    elif group["ordinal"] or group["basic_ordinal"]:
        year, ordinal = (
            int(group["ordinal_year"] or group["basic_ordinal_year"]),
            int(group["ordinal"] or group["basic_ordinal"]),
        )
        start = gregorian(year, 1, 1)
        exists = start is not None and 1 <= ordinal <= (366 if gregorian(year, 2, 29) else 365)
        day = date.fromordinal(start.toordinal() + ordinal - 1) if start and exists else None
    else:
        parts = [int(group[f"iso_{part}"] or group[f"basic_{part}"]) for part in ("year", "month", "day")]
        day = gregorian(*parts)
        if day is None and group["iso_year"] and 12 < parts[1] <= 31 and gregorian(parts[0], parts[2], parts[1]):
            return DateShape("iso", fault="year_day_month", likely=gregorian(parts[0], parts[2], parts[1]))
    if day is None:
        return DateShape("iso", fault="no_such_day")
    if group["hour"] is None:
        return DateShape("iso", {"": day})
    clock = (int(group["hour"]), int(group["minute"] or 0), int(group["second"] or 0))
    if not ((clock[0] <= 23 and clock[1] <= 59 and clock[2] <= 59) or clock == (24, 0, 0)):
        return UNREADABLE
    return DateShape("iso", {"": day}, clock=Clock(*clock, offset=bool(group["zone"])))
