"""Whole columns of dates in numbers, by their shapes: which bytes are year, day, month, hour is the same for all texts that
differ in their digits only, so it is found out once a shape, and the numbers are taken from the bytes of all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import polars as pl

from headgate.engine.types.cell_bytes import Repeated, Texts, translated
from headgate.engine.types.date_parse_format import expand_year
from headgate.engine.types.date_reading import DateReader

LONGEST_TEXT = 40
"""Characters. No date in numbers has more, its time and zone included."""

SEPARATORS = ("/", ".", "-")

Numbers = npt.NDArray[np.int32]
SmallNumbers = npt.NDArray[np.int8]
Mask = npt.NDArray[np.bool_]
Span = tuple[int, int]

MOST_SHAPES = 4_096
"""With more shapes in a chunk, its texts are no dates that anything is gained with."""

_TO_SHAPE = np.arange(256, dtype=np.uint8)
_TO_SHAPE[[*b"0123456789"]] = ord("9")

_DAY = re.compile(
    r"(?:(?P<year>9{4})(?P<mark>[/.-])(?P<first>9{1,2})(?P=mark)(?P<second>9{1,2})"
    r"|(?P<first_>9{1,2})(?P<mark_>[/.-])(?P<second_>9{1,2})(?P=mark_)(?P<year_>9{4}))(?=\Z|[ ,T])"
)
_ISO_CLOCK = re.compile(
    r"[T ](?P<hour>99):(?P<minute>99)(?::(?P<seconds>99)(?:[.,]9{1,9})?)?(?P<zone>Z|[+-]99(?::?99)?)?(?P<half>)"
)
_CLOCK = re.compile(
    r",? (?P<hour>9{1,2}):(?P<minute>99)(?::(?P<seconds>99))?(?: ?(?P<half>[AaPp][Mm]))?"
    r"(?: ?(?P<zone>Z|GMT|UTC|[+-]99:?99))?"
)
_TIMED = re.compile(rf"(?P<date>.*[^ ,]){_CLOCK.pattern}")


@dataclass(frozen=True)
class Layout:
    """Where the numbers of a shape stand (bytes). `padded`: month and day have two digits. `half`: AM or PM stands behind.

    `iso_clock`: its time is written as ISO 8601 has it. `month`: of a date with the month's name (0: with its number),
    which has its day `first` and nothing `second`.
    """

    year: Span
    first: Span
    second: Span | None
    mark: str
    year_first: bool
    padded: bool
    month: int = 0
    hour: Span | None = None
    minute: Span | None = None
    seconds: Span | None = None
    half: str = ""
    zone: bool = False
    iso_clock: bool = False

    @property
    def iso(self) -> bool:
        """Whether the day is written as ISO 8601 has it."""
        return self.year_first and self.mark == "-" and self.padded


@lru_cache(maxsize=4096)
def layout_of(shape: str) -> Layout | None:
    """Where the numbers of a shape stand, None when it is no date in numbers."""
    day = _DAY.match(shape) if len(shape) <= LONGEST_TEXT else None
    if day is None:
        return None
    ending = "" if day["year"] else "_"
    first, second = day.span("first" + ending), day.span("second" + ending)
    padded = first[1] - first[0] == second[1] - second[0] == len("99")
    layout = Layout(day.span("year" + ending), first, second, day["mark" + ending], ending == "", padded)
    if day.end() == len(shape):
        return layout
    iso = _ISO_CLOCK.fullmatch(shape, day.end()) if layout.iso else None
    clock = iso or _CLOCK.fullmatch(shape, day.end())
    if clock is None:
        return None
    return _with_clock(layout, clock, iso_clock=iso is not None)


class NamedLayouts:
    """The layouts of dates with a month's name in one locale."""

    def __init__(self, reader: DateReader) -> None:
        self._reader = reader
        self._known: dict[str, Layout | None] = {}

    def of(self, shape: str) -> Layout | None:
        """Where day and year of a shape stand, None when it is no such date."""
        if shape not in self._known:
            if len(self._known) >= MOST_SHAPES:
                self._known.clear()
            self._known[shape] = self._layout(shape) if len(shape) <= LONGEST_TEXT else None
        return self._known[shape]

    def _layout(self, shape: str) -> Layout | None:
        alone = self._of_date(shape)
        timed = None if alone else _TIMED.fullmatch(shape)
        date_alone = self._of_date(timed["date"]) if timed else None
        if timed is None or date_alone is None or not shape.isascii():
            return alone
        return _with_clock(date_alone, timed)

    def _of_date(self, shape: str) -> Layout | None:
        parts = self._reader.named_parts(shape)
        if parts is None:
            return None
        year, day = (tuple(len(shape[:at].encode()) for at in span) for span in (parts.year, parts.day))
        return Layout((year[0], year[1]), (day[0], day[1]), None, "/", False, False, parts.month)


def _with_clock(layout: Layout, clock: re.Match[str], *, iso_clock: bool = False) -> Layout:
    return replace(
        layout,
        hour=clock.span("hour"),
        minute=clock.span("minute"),
        seconds=None if clock["seconds"] is None else clock.span("seconds"),
        half=(clock["half"] or "")[:1].lower(),
        zone=bool(clock["zone"]),
        iso_clock=iso_clock,
    )


@dataclass(frozen=True)
class NumberColumns:
    """The numbers of a column of texts, and what their shapes say, all of its length. They hold where `shaped` is true, or
    where there is a `month` by name: then `first` is the day, and a year of two digits is `short`.

    `seconds` is 0 where there are none (`has_seconds`); `half` is 0, or 1 for AM and 2 for PM. `clock` is true where the
    time of day exists, and where there is none (`timed`).
    """

    shaped: Mask
    year: Numbers
    first: Numbers
    second: Numbers
    year_first: Mask
    mark: SmallNumbers
    iso: Mask
    timed: Mask
    iso_clock: Mask
    hour: Numbers
    minute: Numbers
    seconds: Numbers
    has_seconds: Mask
    half: SmallNumbers
    zone: Mask
    month: SmallNumbers
    short: Mask

    @classmethod
    def of(cls, texts: pl.Series, named: NamedLayouts | None = None) -> NumberColumns:
        """The numbers of texts without white space around them; null has none. `named`: reads months' names."""
        shapes = Repeated.of(translated(texts, _TO_SHAPE))
        layouts = [layout_of(shape) for shape in shapes.distinct.to_list()]
        if named is not None and len(layouts) <= MOST_SHAPES and not all(layouts):
            names = shapes.distinct.to_list()
            layouts = [layout or named.of(shape) for layout, shape in zip(layouts, names, strict=True)]
        at = shapes.at.to_numpy()
        values = {
            name: np.zeros(len(at), np.int32) for name in ("year", "first", "second", "hour", "minute", "seconds")
        }
        if any(layouts):
            data, offsets = Texts.of(texts)
            for layout, rows in zip(layouts, _rows_by_shape(at, len(layouts)), strict=True):
                for name, numbers in values.items() if layout else ():
                    span = getattr(layout, name)
                    if span is not None:
                        numbers[rows] = _numbers(data, offsets[rows] + span[0], span[1] - span[0])

        known = [layout or _NO_LAYOUT for layout in layouts]

        def flags(said: Callable[[Layout], bool]) -> Mask:
            each: Mask = np.fromiter(map(said, known), np.bool_, len(known))[at]
            return each

        def small(said: Callable[[Layout], int]) -> SmallNumbers:
            each: SmallNumbers = np.fromiter(map(said, known), np.int8, len(known))[at]
            return each

        return cls(
            shaped=flags(lambda one: one is not _NO_LAYOUT and not one.month),
            month=small(lambda one: one.month),
            short=flags(lambda one: one.year[1] - one.year[0] == len("99")),
            year_first=flags(lambda one: one.year_first),
            mark=small(lambda one: SEPARATORS.index(one.mark)),
            iso=flags(lambda one: one.iso),
            timed=flags(lambda one: one.hour is not None),
            iso_clock=flags(lambda one: one.iso_clock),
            has_seconds=flags(lambda one: one.seconds is not None),
            half=small(lambda one: " ap".index(one.half or " ")),
            zone=flags(lambda one: one.zone),
            **values,
        )

    def clock_exists(self) -> Mask:
        """Where there is such a time of day (never 24:00), or none at all."""
        hours: Mask = np.where(self.half == 0, self.hour <= 23, (self.hour >= 1) & (self.hour <= 12))
        return hours & (self.minute <= 59) & (self.seconds <= 59)

    def hour_of_day(self) -> Numbers:
        """The hour of 24."""
        return np.where(self.half == 0, self.hour, self.hour % 12 + np.where(self.half == 2, 12, 0)).astype(np.int32)

    def days(self, order: str) -> pl.Series:
        """The days by `DMY`, `MDY` or `YMD` (Date), null where the shape has another order or there is no such day."""
        month, day = (self.second, self.first) if order == "DMY" else (self.first, self.second)
        there = self.shaped & (self.year_first == (order == "YMD")) & day_exists(self.year, month, day)
        return as_dates(days_since_1970(self.year, month, day), there)

    def named_days(self) -> pl.Series:
        """The days with a month's name (Date), null where there is none or no such day."""
        year = np.where(self.short, _EXPANDED[np.minimum(self.year, 99)], self.year).astype(np.int32)
        month = self.month.astype(np.int32)
        return as_dates(days_since_1970(year, month, self.first), (month > 0) & day_exists(year, month, self.first))


_NO_LAYOUT = Layout((0, 0), (0, 0), (0, 0), "/", year_first=False, padded=False)


def day_exists(year: Numbers, month: Numbers, day: Numbers) -> Mask:
    """Where there is such a day, from the year 1 on."""
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    last = _LAST_DAYS[np.minimum(month, 13)] + ((month == 2) & leap)
    exists: Mask = (year >= 1) & (day >= 1) & (day <= last)
    return exists


def days_since_1970(year: Numbers, month: Numbers, day: Numbers) -> Numbers:
    """The number of a Gregorian day (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms")."""
    year = year - (month <= 2)
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * (month + np.where(month > 2, -3, 9)) + 2) // 5 + day - 1
    days: Numbers = (era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468).astype(np.int32)
    return days


def as_dates(days: Numbers, there: Mask) -> pl.Series:
    """The days as a Date series, null where they are not `there`."""
    return pl.Series(days).cast(pl.Date).set(pl.Series(~there), None)


def iso_texts(days: pl.Series, clock: Sequence[Numbers] = ()) -> pl.Series:
    """`YYYY-MM-DD` of a Date series, with `THH:mm` or `THH:mm:ss` when hours and minutes, and seconds, are given."""
    there = days.is_not_null()
    year, month, day = _civil(days.fill_null(_EPOCH).to_physical().to_numpy())
    template = b"0000-00-00" + b"T00:00:00"[: 3 * len(clock)]
    digits = np.tile(np.frombuffer(template, np.uint8), (len(days), 1))
    fields = [(0, 4, year), (5, 2, month), (8, 2, day)]
    fields += [(11 + 3 * n, 2, part) for n, part in enumerate(clock)]
    for start, width, numbers in fields:
        for place in range(width):
            digits[:, start + width - 1 - place] += (numbers // 10**place % 10).astype(np.uint8)
    offsets = np.arange(len(days) + 1, dtype=np.int64) * len(template)
    texts = Texts(digits.reshape(-1), offsets).series()
    return texts if there.all() else texts.set(~there, None)


def _civil(days: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Year, month and day of days since 1970 (Hinnant's `civil_from_days`)."""
    days = days + 719_468
    era = days // 146_097
    of_era = days - era * 146_097
    year = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    shifted = (5 * of_year + 2) // 153
    month = shifted + np.where(shifted < 10, 3, -9)
    return (
        (year + era * 400 + (month <= 2)).astype(np.int32),
        month.astype(np.int32),
        of_year - (153 * shifted + 2) // 5 + 1,
    )


def _rows_by_shape(at: npt.NDArray[np.uint32], shapes: int) -> list[npt.NDArray[np.int64]]:
    """The places of each shape."""
    if shapes == 1:
        return [np.arange(len(at))]
    order = np.argsort(at.astype(np.uint16) if shapes <= 1 << 16 else at, kind="stable")
    return np.split(order, np.cumsum(np.bincount(at, minlength=shapes))[:-1])


def _numbers(data: npt.NDArray[np.uint8], starts: npt.NDArray[np.int64], digits: int) -> Numbers:
    value = np.zeros(len(starts), np.int32)
    for digit in range(digits):
        value = value * 10 + (data[starts + digit] - ord("0"))
    return value


_EXPANDED = np.array([expand_year(year) for year in range(100)], np.int32)
_EPOCH = date(1970, 1, 1)
_LAST_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0], np.int32)
