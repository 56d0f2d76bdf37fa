"""Formats give numbro's text; the expected texts come from numbro itself (tests/vectors/numbro)."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.types.number_format import format_number, plain_text
from headgate.schema.types import NumberFormat

VECTORS = json.loads((Path(__file__).parents[3] / "vectors" / "numbro" / "vectors.json").read_text())


def shown(text: str, **form: Any) -> str:
    return format_number(Decimal(text), NumberFormat.model_validate(form))


def test_every_text_of_numbro_that_owes_nothing_to_doubles() -> None:
    assert len(VECTORS["exact"]) > 5000
    different = [
        (text, form, expected, shown(text, **form))
        for text, form, expected in VECTORS["exact"]
        if shown(text, **form) != expected
    ]
    assert different == []


def test_most_texts_agree_even_where_numbro_computes_in_doubles() -> None:
    agree = sum(shown(text, **form) == expected for text, form, expected in VECTORS["doubles"])
    assert agree > len(VECTORS["doubles"]) * 0.8


@pytest.mark.parametrize(
    ("text", "form", "exact", "numbro"),
    [
        ("-2.5", {"mantissa": 0}, "-3", "-2"),
        ("-1.25", {"mantissa": 1}, "-1.3", "-1.2"),
        ("-1.005", {"mantissa": 2}, "-1.01", "-1.00"),
        ("0.07", {"output": "percent"}, "7%", "7.000000000000001%"),
        ("0.56", {"output": "percent"}, "56%", "56.00000000000001%"),
        ("123456789012345", {"mantissa": 3}, "123456789012345.000", "123456789012344.980"),
        ("1e21", {"thousandSeparated": True}, "1,000,000,000,000,000,000,000", "1e,+21"),
        ("0.0000005", {"mantissa": 6}, "0.000001", "0.000000"),
        ("0.0000001", {}, "0.0000001", "1e-7"),
        ("12345678901234567890.5", {}, "12345678901234567890.5", "12345678901234567000"),
    ],
)
def test_where_the_exact_decimal_differs_from_the_doubles_of_numbro(
    text: str, form: dict[str, Any], exact: str, numbro: str
) -> None:
    assert shown(text, **form) == exact != numbro


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("1234.567", {"output": "currency"}, "$ 1,234.57"),
        ("1234567.891", {"output": "currency"}, "$ 1,234,567.89"),
        ("-5", {"output": "currency"}, "- $5.00"),
        ("-5", {"output": "currency", "spaceSeparatedCurrency": False}, "-$5"),
    ],
)
def test_currency_alone_shows_two_decimals_and_no_average(text: str, form: dict[str, Any], expected: str) -> None:
    assert shown(text, **form) == expected


def test_abbreviations_replace_those_of_the_language() -> None:
    own = {"thousand": "tsd", "million": "Mio"}
    assert shown("1234567", average=True, mantissa=2, abbreviations=own, spaceSeparated=True) == "1.23 Mio"
    assert shown("1234", average=True, abbreviations=own) == "1tsd"
    assert shown("1234567890", average=True, abbreviations=own) == "1b"
    assert shown("1234", average=True, spaceSeparated=True, abbreviations={"thousand": ""}) == "1"


def test_keys_that_numbro_refuses_together_do_no_harm() -> None:
    assert shown("2048", output="byte") == "2KiB"
    assert shown("2048", lowPrecision=True) == "2048"
    assert shown("2048", prefixSymbol=True) == "2048"


def test_byte_quotients_without_a_mantissa_show_as_the_nearest_double() -> None:
    assert shown("1234567", output="byte", base="binary") == "1.1773748397827148MiB"
    assert shown("1234567", output="byte", base="binary", mantissa=20) == "1.17737483978271484375MiB"
    assert shown("2e30", output="byte", base="decimal") == "2000000YB"


def test_every_digit_of_a_long_number_is_shown() -> None:
    digits = "9" * 400
    assert shown(digits) == digits
    assert shown("1." + digits, mantissa=2) == "2.00"


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=6))
def test_grouping_only_adds_commas(value: Decimal) -> None:
    form = NumberFormat.model_validate({"thousandSeparated": True})
    text = format_number(value, form)
    assert Decimal(text.replace(",", "")) == value
    assert all(len(group) == 3 for group in text.partition(".")[0].split(",")[1:])


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_plain_text_keeps_the_value_and_has_one_form(value: Decimal) -> None:
    if value.adjusted() < -1000 or value.adjusted() > 1000:
        return
    text = plain_text(value)
    assert Decimal(text) == value
    assert text == plain_text(Decimal(text))
    assert "e" not in text.lower()
    assert text != "-0"
