"""The numbers of a whole column of dates, taken from its bytes by their layouts, and dates written from such numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from headgate.engine.types.cell_bytes import Bytes, Texts
from headgate.engine.types.date_layouts import MOST_SHAPES, Layout, NamedLayouts, Span, layout_of
from headgate.engine.types.date_parse_format import expand_year
from headgate.engine.types.text_shapes import Places, Shapes
from headgate.records import dataclass

Years = npt.NDArray[np.uint16]
Bits = npt.NDArray[np.uint16]
Mask = npt.NDArray[np.bool_]
Days = npt.NDArray[np.int32]


@dataclass(frozen=True)
class NumberColumns:
    """The numbers of a column of texts, all of its length. They hold where `layout`, the place of each text's layout in
    `layouts`, names one that is not None.

    `year` is that of four digits, or the last of three numbers, as it stands. Where a month has a name `second` is 0.
    A time of day that is not there is 0 o'clock.
    """

    layouts: list[Layout | None]
    layout: Places
    year: Years
    first: Bytes
    second: Bytes
    hour: Bytes
    minute: Bytes
    seconds: Bytes

    @classmethod
    def of(cls, texts: pl.Series, named: NamedLayouts | None = None) -> NumberColumns:
        """The numbers of texts without white space around them; null has none. `named`: reads months' names."""
        cells = Texts.of(texts)
        shapes = Shapes.of(cells)
        at = shapes.at
        layouts = [layout_of(shape) for shape in shapes.distinct]
        if named is not None and len(layouts) <= MOST_SHAPES and not all(layouts):
            layouts = [layout or named.of(shape) for layout, shape in zip(layouts, shapes.distinct, strict=True)]
        names = ("first", "second", "hour", "minute", "seconds")
        small = {name: np.zeros(len(at), np.uint8) for name in names}
        year = np.zeros(len(at), np.uint16)
        if len(layouts) == 1 and layouts[0] is not None:
            table = cells.data.reshape(len(at), -1)
            return cls(layouts, at, _years(table, layouts[0].year), **(small | _numbers(table, layouts[0], names)))
        for layout, rows in zip(layouts, shapes.rows(), strict=True) if any(layouts) else ():
            if layout is None:
                continue
            table = cells.rows(rows, int(cells.offsets[rows[0] + 1] - cells.offsets[rows[0]]))
            year[rows] = _years(table, layout.year)
            for name, numbers in _numbers(table, layout, names).items():
                small[name][rows] = numbers
        return cls(layouts, at, year, **small)

    def said(self, say: Callable[[Layout], int]) -> Bytes:
        """What each text's layout says, 0 for none."""
        each = np.array([0 if layout is None else say(layout) for layout in self.layouts], np.uint8)
        return np.full(len(self.layout), each[0]) if len(each) == 1 else each.take(self.layout)

    def bits(self, say: Callable[[Layout], int]) -> Bits:
        """The same in 16 bits."""
        each = np.array([0 if layout is None else say(layout) for layout in self.layouts], np.uint16)
        return np.full(len(self.layout), each[0]) if len(each) == 1 else each.take(self.layout)

    def where(self, is_so: Callable[[Layout], bool]) -> Mask:
        """Where a text's layout is so."""
        return self.said(is_so).view(np.bool_)

    def any(self, is_so: Callable[[Layout], bool]) -> bool:
        """Whether any layout is so."""
        return any(layout is not None and is_so(layout) for layout in self.layouts)

    @property
    def whole_year(self) -> Years:
        """The year, with its century where it has two digits."""
        short = [layout is not None and layout.short for layout in self.layouts]
        if not any(short):
            return self.year
        expanded = self.expanded(self.year)
        return expanded if all(short) else np.where(self.where(lambda one: one.short), expanded, self.year)

    @staticmethod
    def expanded(numbers: npt.NDArray[np.unsignedinteger]) -> Years:
        """The years that two digits mean."""
        years: Years = _EXPANDED.take(numbers, mode="clip")
        return years

    @property
    def clock_exists(self) -> Mask:
        """Where there is such a time of day (never 24:00), or none at all."""
        fits: Mask = (self.minute <= 59) & (self.seconds <= 59) & (self.hour <= 23)
        if self.any(lambda one: bool(one.half)):
            half = self.where(lambda one: bool(one.half))
            fits &= ~half | ((self.hour >= 1) & (self.hour <= 12))
        return fits

    @property
    def hour_of_day(self) -> Bytes:
        """The hour of 24."""
        if not self.any(lambda one: bool(one.half)):
            return self.hour
        half = self.said(lambda one: " ap".index(one.half or " "))
        hours: Bytes = _HOURS.take(half.astype(np.uint16) * np.uint16(100) + self.hour)
        return hours


def day_exists(year: Years, month: Bytes, day: Bytes) -> Mask:
    """Where there is such a day, from the year 1 on. Years below 10,000, months and days below 100."""
    last = _LAST_DAYS.take(_LEAP.take(year) | month)
    exists: Mask = (day - np.uint8(1)) < last  # day 0 becomes 255
    return exists


def days_since_1970(year: Years, month: Bytes, day: Bytes) -> Days:
    """The numbers of Gregorian days that exist."""
    leap = _LEAP.take(year) | month
    days: Days = _YEAR_STARTS.take(year) + _MONTH_STARTS.take(leap) + day
    return days


def as_dates(days: Days, there: Mask) -> pl.Series:
    """The days as a Date series, null where they are not `there`."""
    dates = pl.Series(days).cast(pl.Date)
    return dates if there.all() else dates.set(pl.Series(~there), None)


def iso_texts(year: Years, month: Bytes, day: Bytes, clock: Sequence[Bytes] = ()) -> pl.Series:
    """`YYYY-MM-DD`, with `THH:mm` or `THH:mm:ss` when hours and minutes, and seconds, are given. All numbers but the year are
    below 100."""
    template = b"0000-00-00" + b"T00:00:00"[: 3 * len(clock)]
    written = np.empty((len(year), len(template)), np.uint8)
    written[:] = np.frombuffer(template, np.uint8)
    century = (year // np.uint16(100)).astype(np.uint8)
    fields = [(0, century), (2, (year - century * np.uint16(100)).astype(np.uint8)), (5, month), (8, day)]
    for start, numbers in [*fields, *((11 + 3 * n, part) for n, part in enumerate(clock))]:
        written[:, start] = _TENS.take(numbers)
        written[:, start + 1] = _ONES.take(numbers)
    offsets = np.arange(len(year) + 1, dtype=np.int64) * len(template)
    return Texts(written.reshape(-1), offsets).series()


def _numbers(table: Bytes, layout: Layout, names: Sequence[str]) -> dict[str, Bytes]:
    """The named numbers of a layout that are there."""
    spans = {name: getattr(layout, name) for name in names}
    return {name: _number(table, span) for name, span in spans.items() if span is not None}


def _number(table: Bytes, span: Span) -> Bytes:
    """The numbers of one or two digits in these columns of a table of texts."""
    start, end = span
    ones = table[:, end - 1] - np.uint8(ord("0"))
    return ones if end - start == 1 else (table[:, start] - np.uint8(ord("0"))) * np.uint8(10) + ones


def _years(table: Bytes, span: Span) -> Years:
    """The numbers of one, two or four digits in these columns."""
    start, end = span
    if end - start < len("9999"):
        return _number(table, span).astype(np.uint16)
    return _number(table, (start, start + 2)) * np.uint16(100) + _number(table, (start + 2, end))


_EXPANDED = np.array([expand_year(year) for year in range(100)], np.uint16)
_TENS = np.array([ord("0") + number // 10 for number in range(100)], np.uint8)
_ONES = np.array([ord("0") + number % 10 for number in range(100)], np.uint8)
_HOURS = np.array([*range(100), *(n % 12 for n in range(100)), *((n % 12 + 12) % 256 for n in range(100))], np.uint8)

_YEARS = np.arange(10_000)
_IS_LEAP = (_YEARS % 4 == 0) & ((_YEARS % 100 != 0) | (_YEARS % 400 == 0))
_LEAP = np.where(_IS_LEAP, 128, 0).astype(np.uint16)
"""Leap years as a bit above the month; the year 0 has a place of its own, where no month has days."""
_LEAP[0] = 256
_MONTH_LENGTHS = ((31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31))
_LAST_DAYS = np.zeros(384, np.uint8)
_MONTH_STARTS = np.zeros(384, np.int32)
for _leap, _lengths in enumerate(_MONTH_LENGTHS):
    _LAST_DAYS[_leap * 128 + 1 : _leap * 128 + 13] = _lengths
    _MONTH_STARTS[_leap * 128 + 2 : _leap * 128 + 13] = np.cumsum(_lengths)[:-1]
# The day before each first of January, so that the day of the month is added.
_LEAPS_BEFORE = np.concatenate([[0, 0], np.cumsum(_IS_LEAP[1:])])[:10_000]
_YEAR_STARTS = ((_YEARS - 1) * 365 + _LEAPS_BEFORE - date(1970, 1, 1).toordinal()).astype(np.int32)
