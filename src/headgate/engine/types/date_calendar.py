"""The calendars that CLDR's default forms use: Gregorian, Buddhist (Thailand), Persian (Iran, Afghanistan).

Before 1582 today's leap years are counted on, in the Buddhist calendar too (where ICU turns to the Julian one).
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from typing import Literal

from headgate.engine.types.date_locale_data import persian_late_leap_years

Calendar = Literal["gregory", "buddhist", "persian"]

BUDDHIST_OFFSET = 543
_PERSIAN_EPOCH = date(622, 3, 21)
_DAYS_BEFORE_PERSIAN_MONTH = (0, 31, 62, 93, 124, 155, 186, 216, 246, 276, 306, 336)


def gregorian(year: int, month: int, day: int) -> date | None:
    """The day, or None when there is no such day in the years 1 to 9999."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def from_calendar(calendar: Calendar, year: int, month: int, day: int) -> date | None:
    """The day that `calendar` calls so, or None when there is none."""
    if calendar == "gregory":
        return gregorian(year, month, day)
    if calendar == "buddhist":
        return gregorian(year - BUDDHIST_OFFSET, month, day)
    if year < 1 or not 1 <= month <= 12 or not 1 <= day <= _persian_month_length(year, month):
        return None
    days = _days_before_persian_year(year) + _DAYS_BEFORE_PERSIAN_MONTH[month - 1] + day - 1
    return _PERSIAN_EPOCH + timedelta(days) if days <= (date.max - _PERSIAN_EPOCH).days else None


def to_calendar(calendar: Calendar, day: date) -> tuple[int, int, int]:
    """Year, month and day of `day` in `calendar`."""
    if calendar == "gregory":
        return day.year, day.month, day.day
    if calendar == "buddhist":
        return day.year + BUDDHIST_OFFSET, day.month, day.day
    days = (day - _PERSIAN_EPOCH).days
    year = day.year - 621
    while _days_before_persian_year(year) > days:
        year -= 1
    days -= _days_before_persian_year(year)
    month = bisect_right(_DAYS_BEFORE_PERSIAN_MONTH, days)
    return year, month, days - _DAYS_BEFORE_PERSIAN_MONTH[month - 1] + 1


def _is_persian_leap(year: int) -> bool:
    late = persian_late_leap_years()
    return year in late or ((25 * year + 11) % 33 < 8 and year + 1 not in late)


def _persian_month_length(year: int, month: int) -> int:
    if month <= 6:
        return 31
    return 30 if month < 12 or _is_persian_leap(year) else 29


def _days_before_persian_year(year: int) -> int:
    """Days from the Persian epoch to the first day of `year`.

    The 33-year rule; where ICU puts a leap day one year later than the rule, the year after the rule's leap year starts
    one day earlier.
    """
    return 365 * (year - 1) + (8 * year + 21) // 33 - (1 if year in persian_late_leap_years() else 0)
