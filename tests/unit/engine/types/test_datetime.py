from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.types.base import Reading
from headgate.engine.types.date_locale_data import locale_data
from tests.unit.engine.types.date_fields import assert_column_agrees_with_cells, field_type, read_column

MOMENT = "2022-03-27T15:20"


def read(text: str, evidence: dict[str, Any] | None = None, kind: Any = "text", **options: Any) -> Reading:
    return field_type("datetime", kind, **options).reader(evidence).read(text)


@pytest.mark.parametrize(
    "text",
    [
        "2022-03-27T15:20",
        "2022-03-27 15:20",
        "2022-03-27T15:20:00",
        "2022-03-27T15:20:59.999",
        "2022-03-27T15:20+02:00",
        "2022-03-27T15:20Z",
        "2022-03-27T15:20:00.000-0530",
        "20220327T1520",
        "2022-W12-7T15:20",
        "2022-086 15:20",
        "Sun, 27 Mar 2022 15:20:00 +0200",
        "27 Mar 2022 15:20 EST",
        "Sun, 27 Mar 2022 15:20:00 GMT",
        "3/27/2022 15:20",
        "3/27/2022, 3:20 PM",
        "3/27/2022,15:20",
        "3/27/2022T15:20",
        "3/27/2022 3:20pm",
        "3/27/2022 3:20 p.m.",
        "27.3.2022 15:20",
        "27 March 2022 15:20",
        "March 27, 2022 at 3:20 PM",
        "3/27/22 15:20",
        "2022/3/27 15:20",
        "2022年3月27日15:20",
        "2022-03-27T15:20[Europe/Paris]",
        "Sun Mar 27 2022 15:20:00 GMT+0200 (Central European Summer Time)",
        "٢٧/٣/٢٠٢٢ ١٥:٢٠",
    ],
)
def test_a_date_with_a_time_behind_it_is_read_and_an_offset_is_dropped(text: str) -> None:
    assert read(text).value == MOMENT


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2022-03-27", "2022-03-27T00:00"),
        ("3/27/2022", "2022-03-27T00:00"),
        ("2022-03-27T24:00", "2022-03-28T00:00"),
        ("2022-12-31T24:00:00", "2023-01-01T00:00"),
        ("3/27/2022 24:00", "2022-03-28T00:00"),
        ("3/27/2022 12:00 AM", "2022-03-27T00:00"),
        ("3/27/2022 12:00 PM", "2022-03-27T12:00"),
        ("2022-03-27T15", "2022-03-27T15:00"),
        ("3/27/2022 3 PM", "2022-03-27T15:00"),
    ],
)
def test_a_date_alone_is_midnight_and_the_end_of_a_day_is_the_next_one(text: str, value: str) -> None:
    assert read(text).value == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("15:20", "unreadable"),
        ("2022-03-27T25:00", "unreadable"),
        ("2022-03-27T24:01", "unreadable"),
        ("2022-03-27 15:60", "unreadable"),
        ("2022-03-27 13:00 AM", "unreadable"),
        ("2022-02-30T15:20", "no_such_day"),
        ("9999-12-31T24:00", "no_such_day"),
        ("2022-03 15:20", "incomplete"),
        ("45378", "bare_number"),
        ("2022/27/03 15:20", "year_day_month"),
        ("Mon, 27 Mar 2022 15:20:00 +0200", "weekday"),
        ("foo 15:20", "unreadable"),
        ("2022-03-27T15:20 foo", "unreadable"),
    ],
)
def test_what_is_no_moment_is_an_error_that_says_why(text: str, code: str) -> None:
    reading = read(text)
    assert (reading.value, reading.code) == (None, f"datetime_{code}")


def test_seconds_are_kept_on_demand() -> None:
    assert read("2022-03-27T15:20:45.9", withSeconds=True) == Reading("2022-03-27T15:20:45")
    assert read("2022-03-27T15:20", withSeconds=True) == Reading("2022-03-27T15:20:00")
    assert read("2022-03-27T15:20:45") == Reading(MOMENT, "datetime_seconds_dropped")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2022-03-27T15:20", None),
        ("3/27/2022, 3:20 PM", None),
        ("3/27/2022 3:20 PM", None),
        ("2022-03-27", "datetime_midnight_assumed"),
        ("2022-03-27T15:20Z", "datetime_offset_dropped"),
        ("2022-03-27T24:00", "datetime_next_day"),
        ("3/27/2022 15:20", "datetime_reformatted"),
        ("27 Mar 2022 15:20", "datetime_month_name"),
        ("3/27/22 15:20", "datetime_two_digit_year"),
    ],
)
def test_every_change_is_recorded(text: str, code: str | None) -> None:
    assert read(text).code == code


def test_the_column_decides_the_order_of_day_and_month() -> None:
    values, _ = read_column(field_type("datetime"), ["13/4/2022 10:00", "3/4/2022 11:00", "3.4.2022"])
    assert values == ["2022-04-13T10:00", "2022-04-03T11:00", "2022-04-03T00:00"]
    values, codes = read_column(field_type("datetime"), ["13/4/2022 10:00", "4/13/2022 11:00", "3/4/2022 12:00"])
    assert values == ["2022-04-13T10:00", "2022-04-13T11:00", None]
    assert codes[2] == "datetime_ambiguous"


@pytest.mark.parametrize(
    ("serial", "value"),
    [
        ("45378", "2024-03-27T00:00:00"),
        ("45378.5", "2024-03-27T12:00:00"),
        ("45378.638888888889", "2024-03-27T15:20:00"),
        ("45378.6388888889", "2024-03-27T15:20:00"),
        ("45378.999999999996", "2024-03-28T00:00:00"),
        ("60.5", None),
        ("59.25", "1900-02-28T06:00:00"),
    ],
)
def test_day_numbers_of_sheets_are_read_with_their_fraction(serial: str, value: str | None) -> None:
    assert read(serial, kind="sheet", withSeconds=True).value == value


def test_formats_of_the_field_are_read_and_written() -> None:
    options = {"displayFormat": "dd.MM.yyyy 'um' HH:mm", "outputFormat": "yyyyMMdd'T'HHmmss", "locale": "de-DE"}
    kind = field_type("datetime", **options)
    assert kind.reader().read("27.03.2022 um 15:20") == Reading("20220327T152000")
    assert kind.reader().read("20220327T152000").value == "20220327T152000"
    assert kind.display("20220327T152000") == "27.03.2022 um 15:20"
    values, _ = read_column(kind, ["2022-03-27T15:20:45", "2022-03-27 15:20"])
    assert values == ["20220327T152045", "20220327T152000"]


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en-US", "3/27/2022, 3:20 PM"),
        ("de-DE", "27.3.2022, 15:20"),
        ("ar-SY", "٢٧/٣/٢٠٢٢، ٣:٢٠ م"),
        ("vi-VN", "15:20 27/3/2022"),
        ("th-TH", "27/3/2565 15:20"),
    ],
)
def test_the_locales_short_form_is_shown(locale: str, text: str) -> None:
    assert field_type("datetime", locale=locale).display(MOMENT) == text
    assert read(text, locale=locale) == Reading(MOMENT)


def test_every_locale_reads_its_short_form_as_its_own() -> None:
    wrong = []
    for tag in list(locale_data()["locales"])[::11]:
        kind = field_type("datetime", locale=tag)
        reading = kind.reader().read(kind.display("2022-12-27T15:20"))
        if reading != Reading("2022-12-27T15:20") and tag.split("-")[0] not in ("ky", "ug", "kk", "nqo"):
            wrong.append((tag, kind.display("2022-12-27T15:20"), reading))
    assert wrong == []


day_texts = st.sampled_from(
    [
        "2022-03-27",
        "2022/3/27",
        "2022-3-27",
        "2022-02-30",
        "3/4/2022",
        "13/4/2022",
        "4/13/2022",
        "03.04.2022",
        "5-5-2022",
        "3/4/22",
        "27 Mar 2022",
        "27-Mar-99",
        "99/3/4",
        "0001-01-01",
        "x",
    ]
)
clock_texts = st.sampled_from(
    [
        "",
        " 15:20",
        "T15:20",
        ", 3:20 PM",
        " 3:20:00 am",
        " 03:20:09",
        " 24:00",
        "T24:00",
        " 13:00 PM",
        " 0:10 AM",
        " 12:00 am",
        "T15:20:10.5Z",
        " 15:20 +0200",
        " 15:20 GMT",
        " 25:00",
        " 5",
        "T15:20:00",
        "T١٥:٢٠",
        "  9:05",
        " 9:05,",
        ",9:05",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.builds("{}{}".format, day_texts, clock_texts), st.none()), max_size=20),
    st.sampled_from([None, "DMY", "mixed"]),
    st.sampled_from(["en-US", "de-DE", "fi-FI", "zh-CN", "th-TH"]),
    st.booleans(),
    st.sampled_from([{}, {"displayFormat": "dd/MM/yyyy HH:mm"}, {"outputFormat": "d LLL yyyy HH:mm:ss"}]),
)
def test_a_whole_column_is_read_as_its_cells_are(
    cells: list[str | None], order: str | None, locale: str, with_seconds: bool, formats: dict[str, str]
) -> None:
    evidence = None if order is None else {"dayMonthOrder": order, "evidence": [{"code": "day_first", "count": 1}]}
    kind = field_type("datetime", locale=locale, withSeconds=with_seconds, **formats)
    assert_column_agrees_with_cells(kind, cells, evidence)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    reading = read(text)
    assert reading.value is None or datetime.fromisoformat(reading.value)
