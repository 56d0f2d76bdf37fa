"""Phone numbers: libphonenumber-js's answers are the rule; the vectorized path agrees with the exact one."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import phonenumbers
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.types.base import Reading, TypeContext
from headgate.engine.types.phone_number import PhoneNumberReader, PhoneNumberType, parse_phone_number
from headgate.engine.types.phone_plans import calling_codes, country_plan, plans_of
from headgate.engine.types.phone_rules import rules_of
from headgate.engine.types.registry import prepare_types
from headgate.schema import parse_schema

VECTORS = Path(__file__).parents[3] / "vectors" / "libphonenumber-js" / "vectors.json"
SOURCES = {
    "plus": "FROM_NUMBER_WITH_PLUS_SIGN",
    "dialled": "FROM_NUMBER_WITH_IDD",
    "without plus": "FROM_NUMBER_WITHOUT_PLUS_SIGN",
    "national": "",
}


@cache
def vectors() -> list[list[str]]:
    loaded: list[list[str]] = json.loads(VECTORS.read_text(encoding="utf-8"))
    return loaded


def phone_type(**options: Any) -> PhoneNumberType:
    schema = parse_schema([{"label": "Phone", "key": "phone", "type": ["phone-number", options]}])
    return PhoneNumberType(schema.fields[0], TypeContext())


def reader(**options: Any) -> PhoneNumberReader:
    return phone_type(**options).reader()


def test_every_number_reads_as_libphonenumber_js_reads_it() -> None:
    for text, country, *expected in vectors():
        number = parse_phone_number(text, country_plan(country) if country else None)
        got = []
        if number is not None:
            plan = number.plan
            got = [
                "" if plan.region == "001" else plan.region,
                number.e164,
                plan.format_national(number.national),
                plan.format_international(number.national),
                SOURCES[number.how],
            ]
        assert got == expected, (text, country)


@pytest.mark.parametrize(
    "country", ["US", "CA", "GB", "DE", "AR", "BR", "MX", "IT", "RU", "KZ", "JP", "AU", "FR", "HU", "CI"]
)
@pytest.mark.parametrize("phone_format", ["international", "national", "both"])
@pytest.mark.parametrize("formatted", [False, True])
def test_a_column_reads_as_its_cells_do(country: str, phone_format: str, *, formatted: bool) -> None:
    own = [vector[0] for vector in vectors() if vector[1] == country or vector[2:3] == [country]]
    texts = (own + [vector[0] for vector in vectors()[::97]]) * 4  # enough of them for the vectorized path
    exact = reader(country=country, format=phone_format, outputFormatted=formatted)
    column = exact.read_column(pl.Series(texts))
    readings = [exact.read(text) for text in texts]
    assert column.value.to_list() == [reading.value for reading in readings]
    assert column.code.to_list() == [reading.code for reading in readings]


def test_the_vectorized_path_decides_ordinary_numbers() -> None:
    cells = pl.Series([f"(212) 867-{number:04d}" for number in range(5000)])
    fast = reader(country="US", format="national").read_fast(cells)
    assert fast is not None
    assert fast.decided.all()
    international = reader().read_fast(pl.Series([f"+44 20 7946 {number:04d}" for number in range(1000)]))
    assert international is not None
    assert international.decided.all()


def test_the_compiled_plans_are_those_of_the_library() -> None:
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE
    assert calling_codes() == {str(code) for code in regions}
    for code, countries in regions.items():
        plans = plans_of(str(code))
        assert [plan.region for plan in plans] == list(countries)
        for plan, country in zip(plans, countries, strict=True):
            shared = phonenumbers.PhoneMetadata.metadata_for_nongeo_region(code, None)
            metadata = phonenumbers.PhoneMetadata.metadata_for_region(country, shared)
            assert metadata is not None
            assert plan.general == metadata.general_desc.national_number_pattern
            assert plan.lengths == metadata.general_desc.possible_length
            assert plan.dial_out_prefix == metadata.international_prefix
            assert plan.leading_digits == metadata.leading_digits
            assert plan.trunk_transform == metadata.national_prefix_transform_rule


def test_a_country_without_numbers_of_its_own_has_no_plan() -> None:
    assert [country_plan(country) for country in ("AQ", "XX", "001", "us")] == [None] * 4
    assert plans_of("999") == ()


def test_a_prepared_field_has_its_country_s_rules_before_the_first_column_comes() -> None:
    rules_of.cache_clear()
    prepare_types([phone_type(country="CH").field], "en")
    made = rules_of.cache_info().misses
    assert made > 0
    reader(country="CH", format="national").read_column(pl.Series([f"044 668 1{n:03}" for n in range(1000)]))
    assert rules_of.cache_info().misses == made


@pytest.mark.parametrize("phone_format", ["international", "both"])
@pytest.mark.parametrize(("country", "dialled"), [("DE", "00"), ("US", "011"), ("RU", "810")])
def test_what_is_dialled_abroad_reads_in_a_column_as_alone(country: str, dialled: str, phone_format: str) -> None:
    texts = [
        f"{dialled}{code} {number}"
        for code in ("44 20 79460", "49 151 23456", "1 212 555")
        for number in range(100, 400)
    ]
    texts += [f"{dialled}0{number}" for number in range(1000, 1300)]
    exact = reader(country=country, format=phone_format)
    column = exact.read_column(pl.Series(texts))
    readings = [exact.read(text) for text in texts]
    assert column.value.to_list() == [reading.value for reading in readings]
    assert column.code.to_list() == [reading.code for reading in readings]


@pytest.mark.parametrize("options", [{}, {"outputFormatted": True}])
def test_a_column_without_country_reads_as_its_cells_do(options: dict[str, Any]) -> None:
    texts = [vector[0] for vector in vectors()[::3]] + ["＋49 30 123456"]
    column = reader(**options).read_column(pl.Series(texts))
    readings = [reader(**options).read(text) for text in texts]
    assert column.value.to_list() == [reading.value for reading in readings]
    assert column.code.to_list() == [reading.code for reading in readings]


def test_numbers_without_plus_are_refused_by_the_vectorized_path_too() -> None:
    cells = pl.Series([f"(212) 867-{number:04d}" for number in range(1000)])
    for options in ({}, {"country": "US"}):
        fast = reader(**options).read_fast(cells)
        assert fast is not None
        assert fast.decided.all()
        assert fast.value.is_null().all()


@pytest.mark.parametrize(
    ("text", "options", "value"),
    [
        ("030 123456", {"country": "DE", "format": "national"}, "030123456"),
        ("(0)30-123456", {"country": "DE", "format": "national", "outputFormatted": True}, "030 123456"),
        ("+49 30 123456", {"country": "DE", "format": "national"}, "030123456"),
        ("(212) 867-5309", {"country": "US", "format": "national"}, "2128675309"),
        ("2128675309", {"country": "US", "format": "national", "outputFormatted": True}, "(212) 867-5309"),
        ("+12128675309", {"outputFormatted": True}, "+1 212 867 5309"),
        ("+1 (212) 867-5309", {}, "+12128675309"),
        ("212-867-5309", {"country": "US", "format": "both"}, "+12128675309"),
        ("+49 30 123456", {"country": "US", "format": "both"}, "+4930123456"),
        ("+49 30 123456", {"country": "US", "format": "both", "outputFormatted": True}, "+49 30 123456"),
        ("0049 30 123456", {"country": "DE"}, "+4930123456"),
        ("011 49 30 123456", {"country": "US"}, "+4930123456"),
        ("(+49) 30 123456", {}, "+4930123456"),
        ("＋４９ 30 ١٢٣٤٥٦", {}, "+4930123456"),
        ("+800 1234 5678", {}, "+80012345678"),
    ],
)
def test_valid_numbers_are_written_in_the_field_s_format(text: str, options: dict[str, Any], value: str) -> None:
    expected = Reading(value, None if text == value else "phone_number_normalized")
    assert reader(**options).read(text) == expected


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        ("+1 212 867 5309 ext. 5", {}, "phone_number_invalid"),
        ("+1 212 867 5309 x5", {}, "phone_number_invalid"),
        ("+1 212 867 5309;ext=5", {}, "phone_number_invalid"),
        ("+1-800-FLOWERS", {}, "phone_number_invalid"),
        ("tel:+12128675309", {}, "phone_number_invalid"),
        ("call +12128675309", {}, "phone_number_invalid"),
        ("+12128675309 +12128675308", {}, "phone_number_invalid"),
        ("+12128675309#", {}, "phone_number_invalid"),
        ("0049 30 123456", {}, "phone_number_invalid"),
        ("0049 30 123456", {"country": "US"}, "phone_number_invalid"),
        ("030 123456", {"country": "DE"}, "phone_number_without_calling_code"),
        ("4930123456", {"country": "DE"}, "phone_number_without_calling_code"),
        ("+1 212 867 5309", {"country": "DE", "format": "national"}, "phone_number_of_another_country"),
        ("416 967 1111", {"country": "US", "format": "national"}, "phone_number_of_another_country"),
        ("+1 555 555 5555", {}, "phone_number_invalid"),
        ("1" * 251, {"country": "US", "format": "both"}, "phone_number_invalid"),
        ("+", {}, "phone_number_invalid"),
        ("911", {"country": "US", "format": "both"}, "phone_number_invalid"),
    ],
)
def test_what_is_no_such_number_is_an_error(text: str, options: dict[str, Any], code: str) -> None:
    reading = reader(**options).read(text)
    assert (reading.value, reading.code) == (None, code)


def test_a_number_without_calling_code_is_offered_with_it() -> None:
    assert reader(country="DE").read("030 123456").suggestion == "+4930123456"
    assert reader().read("0049 30 123456").suggestion == "+4930123456"


def test_messages_show_an_example_of_the_country_in_the_expected_form() -> None:
    national = phone_type(country="DE", format="national")
    example = national.message_parameters()["example"]
    assert national.reader().read(example).value is not None
    for code, message in national.errors.items():
        assert "{" not in message.format_map(national.message_parameters()), code


def test_every_error_code_has_its_message() -> None:
    assert {"phone_number_invalid", "phone_number_without_calling_code", "phone_number_of_another_country"} == set(
        PhoneNumberType.errors
    )


@given(st.text(alphabet="+0123456789 ()-./x;#٣\u00a0", max_size=24), st.sampled_from(["US", "DE", "AR", "BR", None]))
def test_any_text_gives_a_reading_whose_value_reads_as_itself(text: str, country: str | None) -> None:
    options = {"country": country} if country else {}
    first = reader(**options).read(text)
    if first.value is not None:
        assert reader(**options).read(first.value) == Reading(first.value)


@pytest.mark.parametrize("cut", [0, 1])
def test_numbers_of_all_plans_are_grouped_as_their_templates_say(cut: int) -> None:
    plans = [plan for code in sorted(calling_codes()) for plan in plans_of(code)]
    numbers = [(plan, number[cut:]) for plan in plans if (number := plan.example()) is not None]
    assert len(numbers) > 200
    for plan, number in numbers:
        for style in plan.formats:
            national = style.regex.sub(style.national, number, count=1) if style.fits(number) else None
            international = style.regex.sub(style.international, number, count=1) if style.fits(number) else None
            assert style.grouped(number, international=False) == national
            assert style.grouped(number, international=True) == international
