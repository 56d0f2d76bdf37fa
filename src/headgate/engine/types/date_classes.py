"""One decision for all dates of a *class*: which orders of their numbers give a day, and which of these are the same.

What the order of a column makes of a date depends on nothing else, so one reading of each class is decided exactly
(`date_order.py`), and holds for all of its dates.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Literal, NamedTuple

import numpy as np

from headgate.engine.types.cell_bytes import Bytes
from headgate.engine.types.date_columns import Bits, Mask, NumberColumns, Years, day_exists, days_since_1970
from headgate.engine.types.date_layouts import Layout
from headgate.engine.types.date_reading import DateShape

Order = Literal["DMY", "MDY", "YMD"]
ORDERS: tuple[Order, ...] = ("DMY", "MDY", "YMD")

Classes = Bits

ISO = 1 << 8
"""Written as ISO 8601 has it; the day of the order YMD exists."""
NAMED = 1 << 9
"""With a month's name; its day exists, on the weekday that stands there."""
_DAY_FIRST, _MONTH_FIRST, _YEAR_FIRST = 1 << 0, 1 << 1, 1 << 2
_ANY_DAY = _DAY_FIRST | _MONTH_FIRST | _YEAR_FIRST
_FIRST_IS_SECOND = 1 << 3
_FIRST_IS_LAST = 1 << 4
_SHORT = 1 << 5
_NOT_DAY_FIRST, _NOT_DAY_LAST = 1 << 6, 1 << 7

FREE = 10
"""The first bit that readers of a column may use for what else matters to them."""


class DayClasses(NamedTuple):
    """The class of each text of a column, with the numbers that its days are made of.

    `known` is true where the class says all about the day that the text may have; its time of day is not looked at.
    """

    numbers: NumberColumns
    classes: Classes
    year: Years

    @classmethod
    def of(cls, numbers: NumberColumns) -> DayClasses:
        """The classes of Gregorian dates."""
        year = numbers.whole_year
        classes = numbers.bits(_bits_of)
        if numbers.any(lambda one: bool(one.month)):
            classes |= np.where(_named_day_exists(numbers, year), np.uint16(NAMED | _DAY_FIRST), np.uint16(0))
        for order, bit in zip(ORDERS, (_DAY_FIRST, _MONTH_FIRST, _YEAR_FIRST), strict=True):
            allows = partial(_allows, order)
            if numbers.any(allows):
                exists = day_exists(*_parts(numbers, year, order)) & numbers.where(allows)
                classes |= exists.astype(np.uint16) * np.uint16(bit)
        if numbers.any(lambda one: not one.month and not one.year_first):
            classes |= (numbers.first == numbers.second).astype(np.uint16) * np.uint16(_FIRST_IS_SECOND)
        if numbers.any(_has_short_number):
            classes |= _short_bits(numbers)
        return cls(numbers, classes, year)

    @property
    def known(self) -> Mask:
        """Where there is a day."""
        known: Mask = (self.classes & np.uint16(_ANY_DAY)) != 0
        return known

    def chosen(self, order: Bytes) -> tuple[Years, Bytes, Bytes]:
        """Year, month and day of each date by the place of its order in ORDERS (3: of one with a month's name)."""
        there = [place for place in range(len(ORDERS) + 1) if (order == place).any()] or [0]
        parts = [self._by(place) for place in there]
        year, month, day = parts[0]
        for place, (other_year, other_month, other_day) in zip(there[1:], parts[1:], strict=True):
            is_other = order == place
            year = np.where(is_other, other_year, year)
            month, day = np.where(is_other, other_month, month), np.where(is_other, other_day, day)
        return year, month, day

    def _by(self, place: int) -> tuple[Years, Bytes, Bytes]:
        if place < len(ORDERS):
            return _parts(self.numbers, self.year, ORDERS[place])
        return self.year, self.numbers.said(lambda one: one.month), self.numbers.first


def shape_of(each: int) -> DateShape:
    """What a date of a class can mean: which of its days exist, and which are the same, are as in all others of it."""
    if each & NAMED:
        return DateShape("name", {"": date(2001, 1, 1)}, two_digit=bool(each & _SHORT))
    if each & ISO:
        return DateShape("iso", {"": date(2001, 1, 1)})
    # First, second and last number, told apart by the days that they stand for.
    same_second, same_last = bool(each & _FIRST_IS_SECOND), bool(each & _FIRST_IS_LAST)
    days = {"DMY": date(2001, 1, 1), "MDY": date(2001, 1, 1 if same_second else 2)}
    days["YMD"] = date(2001, 1, 1) if same_last else date(2001, 1, 3)
    there: Iterable[Order] = (order for order, bit in zip(ORDERS, (1, 2, 4), strict=True) if each & bit)
    return DateShape(
        "numbers",
        {order: days[order] for order in there},
        two_digit=bool(each & _SHORT),
        year_first=bool(each & _NOT_DAY_FIRST),
        year_last=bool(each & _NOT_DAY_LAST),
    )


def _bits_of(layout: Layout) -> int:
    iso = layout.iso and (layout.hour is None or layout.iso_clock)
    return (ISO if iso else 0) | (_SHORT if layout.short else 0)


def _has_short_number(layout: Layout) -> bool:
    return layout.short and not layout.month


def _allows(order: Order, layout: Layout) -> bool:
    return order in _possible(layout)


def _possible(layout: Layout) -> tuple[Order, ...]:
    if layout.month:
        return ()
    if layout.year_first:
        return ("YMD",)
    if not layout.short:
        return ("DMY", "MDY")
    first, last = (span[1] - span[0] == len("99") for span in (layout.first, layout.year))
    return ORDERS if first and last else ("DMY", "MDY") if last else ("YMD",)


def _parts(numbers: NumberColumns, year: Years, order: Order) -> tuple[Years, Bytes, Bytes]:
    """Year, month and day by an order."""
    if order == "DMY":
        return year, numbers.second, numbers.first
    if order == "MDY":
        return year, numbers.first, numbers.second
    if not numbers.any(_has_short_number):
        return year, numbers.first, numbers.second
    is_short = numbers.where(_has_short_number)
    first_as_year = numbers.expanded(numbers.first)
    last = numbers.year.astype(np.uint8)  # of two digits where it is taken
    return (
        np.where(is_short, first_as_year, year),
        np.where(is_short, numbers.second, numbers.first),
        np.where(is_short, last, numbers.second),
    )


def _named_day_exists(numbers: NumberColumns, year: Years) -> Mask:
    month = numbers.said(lambda one: one.month)
    exists = day_exists(year, month, numbers.first)
    if not numbers.any(lambda one: bool(one.weekday)):
        return exists
    weekday = numbers.said(lambda one: one.weekday)
    there = np.where(exists, numbers.first, np.uint8(1)), np.where(exists, month, np.uint8(1)), np.maximum(year, 1)
    fits = (days_since_1970(there[2], there[1], there[0]) + 3) % 7 + 1 == weekday
    named: Mask = exists & ((weekday == 0) | fits)
    return named


def _short_bits(numbers: NumberColumns) -> Classes:
    """What two-digit years add: the year may stand first or last, unless the number there can be no day of a month."""
    short = numbers.where(_has_short_number)
    said = (
        (_FIRST_IS_LAST, numbers.first == numbers.year),
        (_NOT_DAY_FIRST, (numbers.first < 1) | (numbers.first > 31)),
        (_NOT_DAY_LAST, (numbers.year < 1) | (numbers.year > 31)),
    )
    bits = np.zeros(len(short), np.uint16)
    for bit, where in said:
        bits |= (where & short).astype(np.uint16) * np.uint16(bit)
    return bits
