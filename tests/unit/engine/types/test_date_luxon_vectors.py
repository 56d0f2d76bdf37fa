from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from headgate.engine.types.date_format import to_format
from headgate.engine.types.date_locale import UNMARKED, date_locale
from headgate.engine.types.date_parse_format import FormatFields, FormatReader

VECTORS = Path(__file__).parents[3] / "vectors" / "luxon" / "vectors.json"


@cache
def vectors() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(VECTORS.read_text())
    return data


def test_the_vectors_are_of_luxon_3_7_and_cldr_48() -> None:
    assert vectors()["luxon"].startswith("3.7.")
    assert vectors()["cldr"].startswith("48")


@pytest.mark.parametrize("tag", list(vectors()["written"]))
def test_every_token_is_written_as_luxon_writes_it(tag: str) -> None:
    locale = date_locale(tag)
    for moment, texts in zip(vectors()["moments"], vectors()["written"][tag], strict=True):
        if locale.calendar == "buddhist" and moment < "1583":
            continue  # ICU's Buddhist calendar turns Julian there, ours does not
        at = datetime.fromisoformat(moment)
        written = [to_format(at, form, locale) for form in vectors()["formats"]]
        assert written == [text.translate(UNMARKED) for text in texts], moment


def result_of(reader: FormatReader, fields: FormatFields | None) -> str | None:
    if fields is None:
        return None
    clock = fields.clock() if reader.has_time else (0, 0, 0)
    if clock is None:
        return None
    if not reader.has_date:
        return f"T{clock[0] % 24:02}:{clock[1]:02}:{clock[2]:02}"
    day = fields.day(reader.calendar)
    if day is None:
        return None
    hours, minutes, seconds = clock
    moment = datetime.combine(day, time()) + timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return moment.isoformat()


def test_every_text_that_luxon_reads_in_the_gregorian_calendar_is_read_the_same() -> None:
    read = 0
    for text, form, tag, expected in vectors()["read"]:
        locale = date_locale(tag)
        if expected is None or locale.calendar != "gregory":
            continue
        reader = FormatReader(form, locale)
        assert result_of(reader, reader.read(text)) == expected, (text, form, tag)
        read += 1
    assert read > 3000


def test_what_luxon_refuses_is_refused_unless_it_has_the_digits_or_names_of_the_locale() -> None:
    refused = 0
    for text, form, tag, expected in vectors()["read"]:
        if expected is None and tag in ("en-US", "en-GB", "de-DE"):
            reader = FormatReader(form, date_locale(tag))
            assert result_of(reader, reader.read(text)) is None, (text, form, tag)
            refused += 1
    assert refused > 30


@pytest.mark.parametrize("form", ["D", "DD", "DDD", "f", "FF"])
@pytest.mark.parametrize("tag", ["th-TH", "fa-IR"])
def test_a_default_form_of_another_calendar_is_read_back(tag: str, form: str) -> None:
    locale = date_locale(tag)
    reader = FormatReader(form, locale)
    fields = reader.read(to_format(datetime.fromisoformat("2022-03-27T15:20:05"), form, locale))
    assert fields is not None
    assert str(fields.day(reader.calendar)) == "2022-03-27"


def test_a_persian_month_beside_a_gregorian_day_is_refused() -> None:
    locale = date_locale("fa-IR")
    text = to_format(datetime.fromisoformat("2024-02-29"), "d LLLL yyyy", locale)
    assert FormatReader("d LLLL yyyy", locale).read(text) is None
