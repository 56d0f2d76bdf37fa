"""Columns of dates are read by their shapes, and every cell as if it were read alone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.types.base import FEW_CELLS, CellReader
from headgate.engine.types.date import DateType
from headgate.engine.types.date_columns import NumberColumns, day_exists, days_since_1970, iso_texts
from headgate.engine.types.date_evidence import DateEvidence
from headgate.engine.types.date_layouts import layout_of
from headgate.engine.types.date_locale import date_locale
from headgate.engine.types.datetime import DatetimeType
from tests.unit.engine.types.column_readings import type_of

MOMENTS = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31))  # noqa: DTZ001 - cells have no zone
RECENT = st.datetimes(datetime(1915, 1, 1), datetime(2065, 1, 1))  # noqa: DTZ001 - cells have no zone
DAYS = (
    "{m:%Y-%m-%d}", "{m.month}/{m.day}/{m:%Y}", "{m:%d.%m.%Y}", "{m.day}-{m.month}-{m:%Y}", "{m:%Y}/{m.month}/{m.day}",
    "{m.month}/{m.day}/{m:%y}", "{m:%y-%m-%d}", "{m.day}.{m.month}.{m:%y}",
    "{m:%y}/{m.month}/{m.day}", "{m:%a}, {m:%d} {m:%b} {m:%Y}",
    "{m:%B} {m.day}, {m:%Y}", "{m:%d-%b-%y}", "{m:%d-%b-%Y}", "{m:%A}, {m.day} {m:%b} {m:%Y}",
    "{m.day}. März {m:%Y}", "{m.day}. märz {m:%y}", "{m.day} de marzo de {m:%Y}", "le 1er mars {m:%Y}", "{m:%B} {m.day}th {m:%Y}",
    "Sept. {m.day} {m:%Y}", "{m.day} {m:%B}, 31/12/{m:%Y}", "{m:%B} {m:%Y}",
)  # fmt: skip
CLOCKS = (
    "", "", "T{m:%H:%M:%S}", " {m.hour}:{m:%M}", ", {m:%I:%M} PM", " {m:%I:%M:%S}am", "T{m:%H:%M}Z", " {m:%H:%M:%S} +02:00",
    " {m:%H:%M:%S}.123", " 24:00", " 25:10", " 13:10 PM", "T{m:%H:%M:%S}+0200", " 20:22", ", {m.hour}:{m:%M} UTC",
)  # fmt: skip
TEXTS = st.tuples(st.sampled_from(DAYS), st.sampled_from(CLOCKS), st.one_of(MOMENTS, RECENT)).map(
    lambda parts: (parts[0] + parts[1]).format(m=parts[2])
)
DAMAGED = st.tuples(TEXTS, st.integers(0, 30), st.sampled_from(["", "9", "0", " ", "x", "ß", "٣", "-"])).map(
    lambda parts: parts[0][: parts[1]] + parts[2] + parts[0][parts[1] + 1 :]
)
CELLS = st.lists(st.one_of(TEXTS, TEXTS, DAMAGED), min_size=1, max_size=30)
OPTIONS = st.fixed_dictionaries(
    {"locale": st.sampled_from(["en-US", "en-GB", "de-DE", "es-ES", "hu-HU", "th-TH", "ar-SY", "ja-JP"])},
    optional={
        "displayFormat": st.sampled_from(["dd/LL/yyyy", "LLL d, yyyy", "yyyy-LL-dd HH:mm"]),
        "outputFormat": st.sampled_from(["dd LLL yyyy", "yyyy/LL/dd HH:mm:ss"]),
    },
)
EVIDENCE = st.sampled_from(
    [
        None,
        {"dayMonthOrder": "DMY", "evidence": [{"code": "day_first", "count": 3}]},
        {"dayMonthOrder": "MDY", "evidence": [{"code": "month_first", "count": 1}]},
        {
            "dayMonthOrder": "mixed",
            "evidence": [{"code": "day_first", "count": 1}, {"code": "month_first", "count": 1}],
        },
        {"dayMonthOrder": "DMY", "method": "person", "evidence": []},
        {"dayMonthOrder": "YMD", "evidence": [{"code": "two_digit_year_first", "count": 2}]},
        {"dayMonthOrder": "locale:MDY", "evidence": [{"code": "two_digit_year_last", "count": 2}]},
        {
            "dayMonthOrder": "locale:DMY",
            "evidence": [
                {"code": "two_digit_year_first", "count": 2},
                {"code": "two_digit_year_last", "count": 2},
            ],
        },
        {"dayMonthOrder": "locale:MDY", "evidence": [{"code": "two_digit_year_or_day_first", "count": 12}]},
    ]
)


def assert_read_like_its_cells(reader: CellReader, cells: list[str]) -> None:
    column = reader.read_column(pl.Series(cells, dtype=pl.String))
    readings = zip(column.value.to_list(), column.code.to_list(), strict=True)
    for cell, reading in zip(cells, readings, strict=True):
        exact = reader.read(cell)
        assert (cell, *reading) == (cell, exact.value, exact.code)


@settings(max_examples=80, deadline=None)
@given(cells=CELLS, options=OPTIONS, autofix=st.booleans(), evidence=EVIDENCE)
def test_a_column_of_dates_reads_like_its_cells(
    cells: list[str], options: dict[str, Any], autofix: bool, evidence: dict[str, Any] | None
) -> None:
    assert_read_like_its_cells(type_of(DateType, {**options, "autofix": autofix}).reader(evidence), cells)


@pytest.mark.parametrize(
    "cell", ["October 9, \u0663603", "9 October 160\u0663", "2024-03-09 18:52:49 +02:00", "2024-03-09 18:52 UTC"]
)
def test_digits_of_another_script_and_a_blank_before_the_zone_read_as_in_a_cell(cell: str) -> None:
    for kind in (type_of(DateType, {"locale": "en-US"}), type_of(DatetimeType, {"locale": "en-US"})):
        assert_read_like_its_cells(kind.reader(), [cell, "October 9, 1603", "2024-03-09 18:52:49"])


@settings(max_examples=80, deadline=None)
@given(cells=CELLS, options=OPTIONS, with_seconds=st.booleans(), evidence=EVIDENCE)
def test_a_column_of_datetimes_reads_like_its_cells(
    cells: list[str], options: dict[str, Any], with_seconds: bool, evidence: dict[str, Any] | None
) -> None:
    assert_read_like_its_cells(type_of(DatetimeType, {**options, "withSeconds": with_seconds}).reader(evidence), cells)


@settings(max_examples=60, deadline=None)
@given(cells=CELLS, locale=st.sampled_from(["en-US", "de-DE", "th-TH"]))
def test_evidence_of_a_column_is_that_of_its_cells(cells: list[str], locale: str) -> None:
    whole, repeated = DateEvidence(date_locale(locale)), DateEvidence(date_locale(locale))
    whole.observe(pl.Series(cells, dtype=pl.String))
    single = DateEvidence(date_locale(locale))
    for cell in cells:
        single.observe(pl.Series([cell], dtype=pl.String))
    assert whole.evidence() == single.evidence()
    repeated.observe(pl.Series(cells * 1024, dtype=pl.String))
    counts = {entry["code"]: entry["count"] for entry in whole.evidence()["evidence"]}
    assert {entry["code"]: entry["count"] // 1024 for entry in repeated.evidence()["evidence"]} == counts


@pytest.mark.parametrize("locale", ["en-US", "th-TH"])
@pytest.mark.parametrize(
    "clock", [*CLOCKS, ", 99:99", ", {m.hour}:{m:%M}:{m:%S}", ", {m.hour}:{m:%M}.5", ",{m.hour}:{m:%M}", ", "]
)
def test_evidence_of_a_few_cells_is_that_of_many(clock: str, locale: str) -> None:
    texts = [(day + clock).format(m=datetime.fromisoformat("2024-03-02T05:06:07")) for day in DAYS]
    few, many = DateEvidence(date_locale(locale)), DateEvidence(date_locale(locale))
    few.observe(pl.Series(texts))
    many.observe(pl.Series([*texts, *(f"no date {number}" for number in range(FEW_CELLS))]))
    assert few.state() == many.state()


@given(st.integers(0, 9999), st.integers(0, 99), st.integers(0, 99))
def test_days_are_those_of_the_calendar(year: int, month: int, day: int) -> None:
    numbers = np.array([year], np.uint16), np.array([month], np.uint8), np.array([day], np.uint8)
    try:
        expected = date(year, month, day)
    except ValueError:
        assert not day_exists(*numbers)[0]
        return
    assert day_exists(*numbers)[0]
    assert days_since_1970(*numbers)[0] == (expected - date(1970, 1, 1)).days
    assert iso_texts(*numbers).to_list() == [expected.isoformat()]


@pytest.mark.parametrize("text", ["27/03/2022", "2022-03-27T15:20", "3.27.2022 3:20 PM", "", "x", "27/03.2022"])
def test_numbers_are_taken_from_whatever_part_of_a_column_is_asked_about(text: str) -> None:
    column = pl.Series(["1/1/2000", text, None, "12/31/1999 23:59"])
    one, sliced = NumberColumns.of(pl.Series([text])), NumberColumns.of(column.slice(1, 2))
    assert sliced.layouts[sliced.layout[1]] is None
    assert sliced.layouts[sliced.layout[0]] == one.layouts[one.layout[0]]
    for name in ("year", "first", "second", "hour", "minute", "hour_of_day", "whole_year", "clock_exists"):
        assert getattr(one, name)[0] == getattr(sliced, name)[0]


def test_two_separators_are_no_date() -> None:
    assert layout_of("99/99.9999") is None
    assert layout_of("99/99/9999") is not None


def test_usual_forms_are_read_without_looking_at_each_cell() -> None:
    cells = [
        "03/27/2022",
        "2022-03-27",
        "2022-03-27T15:20:01Z",
        "3/7/2022 3:20 PM",
        "March 27, 2022",
        "27-Mar-22 15:20",
        "3.27.2022",
    ]
    for kind in (DateType, DatetimeType):
        fast = type_of(kind).reader().read_fast(pl.Series(cells))
        assert fast is not None
        undecided = [cell for cell, decided in zip(cells, fast.decided, strict=True) if not decided]
        assert [cell for cell in undecided if kind is DateType or ":" in cell] == []
