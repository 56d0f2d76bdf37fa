from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.types.clock_reading import clock_reader
from headgate.engine.types.date_calendar import from_calendar, to_calendar
from headgate.engine.types.date_format import to_format
from headgate.engine.types.date_locale import (
    DATE_FORMS,
    DATETIME_FORMS,
    TIME_FORMS,
    ascii_digits,
    date_locale,
    fold,
)
from headgate.engine.types.date_locale_data import known_tag, locale_data
from headgate.engine.types.date_reading import date_reader

YEAR_DAY_MONTH = {"ky", "ug", "kk", "nqo"}
"""Languages whose short form is year, day, month (kk in Arabic script): never read (rules.md, "Order")."""


def is_year_day_month(tag: str) -> bool:
    kinds = [part.kind for part in date_locale(tag).form("D") if part.kind in ("year", "month", "day")]
    return kinds == ["year", "day", "month"]


@pytest.mark.parametrize(
    "at", [datetime.fromisoformat("2022-03-27T15:20:05"), datetime.fromisoformat("1987-11-03T00:05:09")]
)
def test_every_default_form_of_every_locale_is_read_back(at: datetime) -> None:
    unread = []
    for tag in list(locale_data()["locales"])[:: 7 if at.year == 1987 else 3]:
        locale = date_locale(tag)
        for form in (*DATE_FORMS, *DATETIME_FORMS):
            if is_year_day_month(tag) and form in ("D", "f", "F"):
                continue
            text = to_format(at, form, locale)
            shape = date_reader(locale).read(text)
            order = "" if "" in shape.days else "YMD" if locale.order == "YMD" else locale.year_last_order
            clock = None if shape.clock is None else (shape.clock.hour, shape.clock.minute)
            if shape.days.get(order) != at.date() or (form in DATETIME_FORMS and clock != (at.hour, at.minute)):
                unread.append((tag, form, text))
        for form in TIME_FORMS:
            text = to_format(at, form, locale)
            found = clock_reader(locale).read(text)
            if found is None or (found.hour, found.minute) != (at.hour, at.minute):
                unread.append((tag, form, text))
    assert unread == []


def test_few_locales_write_year_day_month() -> None:
    tags = [tag for tag in locale_data()["locales"] if is_year_day_month(tag)]
    assert {tag.split("-")[0] for tag in tags} == YEAR_DAY_MONTH


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en-US", "3/27/2022"),
        ("de-DE", "27.3.2022"),
        ("pt-BR", "27/03/2022"),
        ("zh-CN", "2022/3/27"),
        ("th-TH", "27/3/2565"),
        ("ar-SY", "٢٧/٣/٢٠٢٢"),
        ("fa-IR", "۱۴۰۱/۱/۷"),
        ("th-TH-u-ca-gregory", "27/3/2022"),
        ("ar-SY-u-nu-latn", "27/3/2022"),
        ("de_AT", "27.3.2022"),
        ("DE-at-x-private", "27.3.2022"),
        ("zh-TW", "2022/3/27"),
        ("xx-YY", "3/27/2022"),
    ],
)
def test_the_short_form_is_that_of_cldr_without_bidi_marks(tag: str, text: str) -> None:
    assert to_format(datetime.fromisoformat("2022-03-27"), "D", date_locale(tag)) == text


def test_an_unknown_region_falls_back_to_the_language() -> None:
    assert known_tag("fr-XX-variant") == "fr"
    assert known_tag("zz") == "en"


@given(st.dates())
def test_calendars_are_converted_both_ways(day: date) -> None:
    assert from_calendar("buddhist", *to_calendar("buddhist", day)) == day
    if day >= date(622, 3, 21):
        assert from_calendar("persian", *to_calendar("persian", day)) == day


@pytest.mark.parametrize(
    ("day", "persian"),
    [
        # As Intl gives them; 1502 would be a leap year by the arithmetic rule, 1503 is one.
        (date(2022, 3, 21), (1401, 1, 1)),
        (date(2025, 3, 20), (1403, 12, 30)),
        (date(2025, 3, 21), (1404, 1, 1)),
        (date(2124, 3, 19), (1502, 12, 29)),
        (date(2124, 3, 20), (1503, 1, 1)),
        (date(2125, 3, 20), (1503, 12, 30)),
        (date(622, 3, 21), (1, 1, 1)),
    ],
)
def test_persian_dates_are_those_of_icu(day: date, persian: tuple[int, int, int]) -> None:
    assert to_calendar("persian", day) == persian


@pytest.mark.parametrize(
    ("year", "month", "day"), [(1402, 12, 30), (1401, 7, 31), (1401, 13, 1), (0, 1, 1), (9999, 1, 1)]
)
def test_a_persian_day_that_does_not_exist_is_none(year: int, month: int, day: int) -> None:
    assert from_calendar("persian", year, month, day) is None


def test_folding_keeps_what_tells_words_apart() -> None:
    assert fold("  MÄRZ\u00a0\u202f２０２２ ") == "marz 2022"
    assert fold("Dıı İİ") == "dii ii"
    assert fold("२७") == "27"
    assert fold("²½") == "²½"
    assert ascii_digits("٢٧ März") == "27 März"


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
