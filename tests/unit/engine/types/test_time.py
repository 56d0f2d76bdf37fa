from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.types.base import Reading
from headgate.engine.types.date_locale_data import locale_data
from tests.unit.engine.types.date_fields import assert_column_agrees_with_cells, field_type


def read(text: str, kind: Any = "text", **options: Any) -> Reading:
    return field_type("time", kind, **options).reader().read(text)


@pytest.mark.parametrize(
    "text",
    [
        "15:20",
        "15:20:00",
        "15:20:59.9",
        "T15:20",
        "T1520",
        "t152000",
        "15:20Z",
        "15:20+02:00",
        "15:20 GMT",
        "3:20 PM",
        "03:20 pm",
        "3:20PM",
        "3:20 p.m.",
        "3:20 p. m.",
        "3:20\u202fPM",
        "15h20",
        "15 h 20",
        "15:20 PM",
        "15:20 Uhr",
        "١٥:٢٠",
        "１５：２０",
    ],
)
def test_times_of_24_and_12_hours_are_read(text: str) -> None:
    assert read(text).value == "15:20"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3 PM", "15:00"),
        ("3pm", "15:00"),
        ("12 AM", "00:00"),
        ("12 PM", "12:00"),
        ("12:30 am", "00:30"),
        ("0:30 PM", "12:30"),
        ("9:05", "09:05"),
        ("T15", "15:00"),
        ("24:00", "00:00"),
        ("24:00:00", "00:00"),
        ("00:00", "00:00"),
        ("15h", "15:00"),
    ],
)
def test_an_hour_with_a_day_period_is_a_time_and_midnight_has_two_names(text: str, value: str) -> None:
    assert read(text).value == value


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("fi-FI", "15.20"),
        ("da-DK", "15.20"),
        ("zh-TW", "下午3:20"),
        ("ko-KR", "오후 3:20"),
        ("ar-SY", "٣:٢٠ م"),
        ("fr-CA", "15 h 20"),
        ("bg-BG", "15:20 ч."),
        ("es-MX", "3:20 p.m."),
        ("el-GR", "3:20 μ.μ."),
        ("ja-JP", "15時20分"),
        ("hi-IN", "3:20 pm"),
        ("de-DE", "15:20 Uhr"),
    ],
)
def test_times_of_the_locale_are_read(locale: str, text: str) -> None:
    assert read(text, locale=locale).value == "15:20"


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("24:01", "no_such_time", None),
        ("25:00", "no_such_time", None),
        ("10:60", "no_such_time", None),
        ("10:10:60", "no_such_time", None),
        ("1520", "bare_number", "15:20"),
        ("7", "bare_number", None),
        ("2560", "bare_number", None),
        ("15.20", "unreadable", None),
        ("13 AM", "unreadable", None),
        ("noon", "unreadable", None),
        ("2022-03-27T15:20", "with_date", "15:20"),
        ("3/27/2022", "with_date", None),
        ("15:20:00:00", "unreadable", None),
        ("-15:20", "unreadable", None),
        ("15:20 foo", "unreadable", None),
        ("AM 3 PM", "unreadable", None),
    ],
)
def test_what_is_no_time_is_an_error_that_says_why(text: str, code: str, suggestion: str | None) -> None:
    assert read(text) == Reading(None, f"time_{code}", suggestion)


def test_seconds_are_kept_on_demand() -> None:
    assert read("15:20:45.9", withSeconds=True) == Reading("15:20:45")
    assert read("3:20 PM", withSeconds=True).value == "15:20:00"
    assert read("15:20:45") == Reading("15:20", "time_seconds_dropped")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("15:20", None),
        ("3:20 PM", None),
        ("15:20Z", "time_offset_dropped"),
        ("3 PM", "time_reformatted"),
        ("24:00", "time_midnight"),
    ],
)
def test_every_change_is_recorded(text: str, code: str | None) -> None:
    assert read(text).code == code


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.638888888888889", "15:20:00"),
        ("0", "00:00:00"),
        ("0.5", "12:00:00"),
        ("6.944444444444444E-4", "00:01:00"),
        ("1.5", None),
        ("45378.5", None),
    ],
)
def test_fractions_of_a_day_are_times_in_sheets_only(text: str, value: str | None) -> None:
    assert read(text, kind="sheet", withSeconds=True).value == value
    assert read(text, withSeconds=True).value is None


@pytest.mark.parametrize("day", ["1899-12-30", "1899-12-31", "1900-01-00", "1900-01-01"])
def test_a_sheets_time_on_its_day_zero_is_a_time(day: str) -> None:
    assert read(f"{day} 15:20:00", kind="sheet").value == "15:20"
    assert read(f"{day}T15:20:00").value is None


def test_formats_of_the_field_are_read_and_written() -> None:
    kind = field_type("time", displayFormat="HH'h'mm", outputFormat="HHmm")
    assert kind.reader().read("15h20") == Reading("1520")
    assert kind.reader().read("1520") == Reading("1520")
    assert kind.display("1520") == "15h20"


def test_every_locale_reads_its_short_form_as_its_own() -> None:
    wrong = []
    for tag in list(locale_data()["locales"])[::5]:
        for value in ("15:20", "00:05", "12:00"):
            kind = field_type("time", locale=tag)
            reading = kind.reader().read(kind.display(value))
            if reading != Reading(value):
                wrong.append((tag, kind.display(value), reading))
    assert wrong == []


def test_messages_name_an_example_in_the_locales_form() -> None:
    kind = field_type("time")
    assert kind.errors["time_unreadable"].format(**kind.message_parameters()).endswith("such as 3:20 PM or 15:20.")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.text("0123456789:.T PMAm٢", max_size=9), st.times().map(str), st.none()), max_size=20),
    st.booleans(),
    st.sampled_from([{}, {"outputFormat": "h:mm a"}, {"displayFormat": "mm:HH"}]),
)
def test_a_whole_column_is_read_as_its_cells_are(
    cells: list[str | None], with_seconds: bool, formats: dict[str, str]
) -> None:
    assert_column_agrees_with_cells(field_type("time", withSeconds=with_seconds, **formats), cells, None)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=20))
def test_no_text_breaks_the_reader(text: str) -> None:
    reading = read(text)
    assert reading.value is None or time.fromisoformat(reading.value)
