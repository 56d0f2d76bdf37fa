"""Whole columns of dates and datetimes at once: their numbers from the bytes, one decision a class of dates.

The answers are those of reading cell by cell. Digits are ASCII here: a regex takes those of every script for digits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from headgate.engine.types.base import FastReading, Reading
from headgate.engine.types.cell_bytes import Bytes, dictionary_encoded, series_of
from headgate.engine.types.clock_reading import Clock
from headgate.engine.types.date_cells import REMEMBERED_DAYS, DateForms, DayCellReader, DayReading, canonical
from headgate.engine.types.date_classes import FREE, ISO, NAMED, ORDERS, Classes, DayClasses, shape_of
from headgate.engine.types.date_columns import Mask, NumberColumns, as_dates, days_since_1970, iso_texts
from headgate.engine.types.date_format import to_format
from headgate.engine.types.date_layouts import SEPARATORS, Layout, NamedLayouts
from headgate.engine.types.date_reading import GREGORIAN_LOOKING_YEARS, date_reader

_SAMPLE = datetime.fromisoformat("2022-03-27T15:20")

# What matters beside the numbers of a day: bits of a class.
_OWN_MARK, _TIMED, _SECONDS, _WITH_SECONDS, _ZONE, _OWN_HALF = (1 << bit for bit in range(FREE, FREE + 6))
_BY_NAME, _NO_VALUE, _UNDECIDED = len(ORDERS), 254, 255
_CENTURIES = (19, 20)


@dataclass(frozen=True)
class NumbersForm:
    """How a field writes dates as three numbers with one separator and a year of four digits: `DMY`, `MDY` or `YMD`."""

    order: str
    separator: str


class _Outcome(NamedTuple):
    """What all dates of a class become: the place of their order in ORDERS (or one of the marks above), and a code."""

    order: int
    code: str | None


class DateColumnReader:
    """Reads columns of dates by the settled rules of a field.

    `read` gives the reading of a day as the type has it. `clock`: how many numbers of the time of day a result has, from
    the hour on; 0 for a day alone, whose time is left out.
    """

    def __init__(self, days: DayCellReader, read: Callable[[DayReading], Reading], clock: int = 0) -> None:
        self._days = days
        self._forms = forms = days.forms
        self._read = read
        self._clock = clock
        self._gregorian = forms.locale.calendar == "gregory"
        self._own = own = numbers_form(forms, "D" if clock else forms.shown)
        # A display format of another kind, or another calendar, is read cell by cell, but for what is ISO.
        self._plain = self._gregorian and (forms.display is None or (own is not None and not clock))
        self._short = self._plain and forms.display is None and numbers_form(forms, "D") is not None
        self._named = NamedLayouts(date_reader(forms.locale)) if self._short else None
        self._own_half = _own_half(forms) if self._short and clock else None
        self._usual = ORDERS.index(days.rules.chosen or days.rules.default)
        self._outcomes: dict[int, _Outcome] = {}
        self._written: dict[int, str] = {}

    def read(self, cells: pl.Series) -> FastReading:
        """The readings of trimmed cells."""
        numbers = NumberColumns.of(cells, self._named)
        days = DayClasses.of(numbers)
        classes = days.classes | numbers.bits(self._bits_of)
        if self._clock:
            classes |= (numbers.seconds != 0).astype(np.uint16) * np.uint16(_SECONDS)
        sure = self._is_sure(days)
        if not sure.all():
            classes *= sure
        outcomes, places = self._outcomes_of(classes)
        order = _looked_up([one.order for one in outcomes], places)
        codes = [one.code for one in outcomes]
        code = _column(codes, places)
        decided = pl.Series(order != _UNDECIDED)
        if cells.null_count():
            decided |= cells.is_null()
        if not (order < _NO_VALUE).any():
            return FastReading(pl.Series([None], dtype=pl.String).new_from_index(0, len(cells)), code, decided)
        value = cells if self._stands(outcomes, numbers) else self._texts(days, order)
        there = order < _NO_VALUE
        return FastReading(value if there.all() else value.set(pl.Series(~there), None), code, decided)

    def _bits_of(self, layout: Layout) -> int:
        own_mark = self._own is not None and layout.mark == self._own.separator and not layout.month
        own_half = self._own_half is not None and bool(layout.half) == self._own_half
        timed, with_seconds = layout.hour is not None, layout.seconds is not None
        bits = (
            (_OWN_MARK, own_mark),
            (_OWN_HALF, own_half),
            (_TIMED, timed),
            (_WITH_SECONDS, with_seconds),
            (_ZONE, layout.zone),
        )
        return sum(bit for bit, is_so in bits if is_so)

    def _is_sure(self, days: DayClasses) -> Mask:
        """Where the class of a date and its numbers say all about it."""
        numbers = days.numbers
        sure = days.known
        if numbers.any(lambda one: one.hour is not None):
            sure &= numbers.clock_exists
        if numbers.any(self._is_doubtful):
            sure &= ~numbers.where(self._is_doubtful)
        if not self._gregorian:
            first, last = GREGORIAN_LOOKING_YEARS[0], GREGORIAN_LOOKING_YEARS[-1]
            sure &= (days.year >= first) & (days.year <= last)
        if self._clock == 0 and numbers.any(_is_short_and_timed):
            # 3/27/20 20:10 begins with what 3/27/2020 looks like, and counts as that.
            sure &= ~(
                numbers.where(_is_short_and_timed) & ((numbers.hour == _CENTURIES[0]) | (numbers.hour == _CENTURIES[1]))
            )
        return sure

    def _is_doubtful(self, layout: Layout) -> bool:
        """Whether a layout is read otherwise by a display format or in another calendar."""
        if layout.iso and (layout.hour is None or layout.iso_clock):
            return False
        if not self._plain or (layout.short and not self._short):
            return True
        # A display format may have a time of its own.
        return self._forms.display is not None and layout.hour is not None

    def _outcomes_of(self, classes: Classes) -> tuple[list[_Outcome], npt.NDArray[np.unsignedinteger]]:
        """The outcomes of the classes that are there, and the place of each cell's among them."""
        if len(classes) and (classes == classes[0]).all():
            return [self._outcome(int(classes[0]))], np.zeros(len(classes), np.uint8)
        there = np.flatnonzero(np.bincount(classes, minlength=1 << 16))
        places = np.zeros(1 << 16, np.uint16)
        places[there] = np.arange(len(there))
        return [self._outcome(each) for each in there.tolist()], places.take(classes)

    def _outcome(self, each: int) -> _Outcome:
        if each not in self._outcomes:
            self._outcomes[each] = self._outcome_of_class(each)
        return self._outcomes[each]

    def _outcome_of_class(self, each: int) -> _Outcome:
        shape = shape_of(each)
        if not shape.days:
            return _Outcome(_UNDECIDED, None)
        clock = Clock(1, 1, int(bool(each & _SECONDS)), offset=bool(each & _ZONE)) if each & _TIMED else None
        shape = replace(shape, clock=clock)
        own = self._own.order if self._own is not None and each & _OWN_MARK and not shape.two_digit else None
        zero_seconds = each & _WITH_SECONDS and not each & _SECONDS  # the field shows none
        if self._clock and clock is not None and (not each & _OWN_HALF or zero_seconds):
            own = None
        found = self._days.decided(shape, lambda day: own is not None and shape.days.get(own) == day)
        reading = self._read(found)
        if reading.value is None or found.day is None:
            return _Outcome(_NO_VALUE, reading.code)
        return _Outcome(_order_of(each, shape.days, found.day, self._usual), reading.code)

    def _stands(self, outcomes: list[_Outcome], numbers: NumberColumns) -> bool:
        """Whether the dates are written already as results are."""
        if self._forms.output is not None or self._clock:
            return False
        return all(layout is None or (layout.iso and layout.hour is None) for layout in numbers.layouts)

    def _texts(self, days: DayClasses, order: Bytes) -> pl.Series:
        year, month, day = days.chosen(order)
        numbers = days.numbers
        clock = (numbers.hour_of_day, numbers.minute, numbers.seconds) if self._clock else ()
        if self._forms.output is None:
            return iso_texts(year, month, day, clock[: self._clock])
        dates = as_dates(days_since_1970(year, month, day), order < _NO_VALUE)
        if not clock:
            return self._formatted(dates)
        times = [pl.Series(name, part) for name, part in zip(("hour", "minute", "second"), clock, strict=True)]
        time_of_day = pl.DataFrame(times).select(
            pl.duration(hours=pl.col("hour"), minutes=pl.col("minute"), seconds=pl.col("second"))
        )
        # Formats may show what the result text leaves out, so they are written from the whole moment.
        return self._formatted(dates.cast(pl.Datetime("us")) + time_of_day.to_series())

    def _formatted(self, moments: pl.Series) -> pl.Series:
        """The moments by the output format: each different one once, and remembered."""
        encoded = dictionary_encoded(moments.to_physical().to_arrow())
        distinct = series_of(encoded.dictionary)
        if len(self._written) + len(distinct) > REMEMBERED_DAYS:
            self._written.clear()
        written = self._written
        each = distinct.cast(moments.dtype).cast(pl.Datetime("us")).to_list()
        for number, moment in zip(distinct.to_list(), each, strict=True):
            if number not in written:
                written[number] = to_format(moment, self._forms.output or "", self._forms.locale)
        texts = pl.Series([written[number] for number in distinct.to_list()], dtype=pl.String)
        return texts[series_of(encoded.indices).cast(pl.UInt32)]


def numbers_form(forms: DateForms, form: str) -> NumbersForm | None:
    """The form of a format of the field, None when it is not of that kind."""
    shown = canonical(to_format(_SAMPLE, form, forms.locale))
    for separator in SEPARATORS:
        if shown == f"27{separator}3{separator}2022":
            return NumbersForm("DMY", separator)
        if shown == f"3{separator}27{separator}2022":
            return NumbersForm("MDY", separator)
        if shown == f"2022{separator}3{separator}27":
            return NumbersForm("YMD", separator)
    return None


def _own_half(forms: DateForms) -> bool | None:
    """Whether the locale's short form writes AM or PM behind the time; None when it writes more than that."""
    day = to_format(_SAMPLE, "D", forms.locale)
    shown = canonical(to_format(_SAMPLE, "f", forms.locale))
    if shown == canonical(f"{day} 15:20"):
        return False
    return True if shown == canonical(f"{day} 3:20 PM") else None


def _is_short_and_timed(layout: Layout) -> bool:
    return layout.short and layout.hour is not None


def _order_of(each: int, days: dict[str, date], day: date, usual: int) -> int:
    """The place of an order that gives the day: the `usual` one of the column if it does, so that most have the same."""
    if each & NAMED:
        return _BY_NAME
    if each & ISO:
        return ORDERS.index("YMD")
    places = [place for place, order in enumerate(ORDERS) if days.get(order) == day]
    return usual if usual in places else places[0]


def _looked_up(values: list[int], places: npt.NDArray[np.unsignedinteger]) -> Bytes:
    if len(values) == 1:
        return np.full(len(places), values[0], np.uint8)
    return np.array(values, np.uint8).take(places)


def _column(texts: list[str | None], places: npt.NDArray[np.unsignedinteger]) -> pl.Series:
    if len(set(texts)) == 1:
        return pl.Series(texts[:1], dtype=pl.String).new_from_index(0, len(places))
    return pl.Series(texts, dtype=pl.String)[pl.Series(places.astype(np.uint32))]
