"""Columns of numbers are shown as the exact formatter shows each of them, or left to it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.types.number_columns import formatted
from headgate.engine.types.number_format import format_number, plain_text
from headgate.engine.types.number_presets import rules_of
from headgate.schema.types import NumberFormat, NumberOptions, NumberPreset

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**25), max_value=10**25).map(plain_text)
TEXTS = st.lists(st.none() | NUMBERS | st.sampled_from(["0", "-0", "1e5", "007", "1.50", "", "x", "-0.004", "1000"]))
FORMS: dict[str, st.SearchStrategy[Any]] = {
    "output": st.sampled_from(["currency", "number", "percent", "time"]),
    "thousandSeparated": st.booleans(),
    "mantissa": st.integers(0, 4),
    "currencySymbol": st.sampled_from(["$", "€", "CHF", "", "${1}"]),
    "currencyPosition": st.sampled_from(["prefix", "infix", "postfix"]),
    "spaceSeparatedCurrency": st.booleans(),
    "spaceSeparated": st.booleans(),
    "negative": st.sampled_from(["sign", "parenthesis"]),
    "average": st.booleans(),
    "prefix": st.sampled_from(["", "about "]),
    "postfix": st.sampled_from(["", " pcs"]),
    "forceSign": st.booleans(),
    "optionalMantissa": st.booleans(),
}


@given(texts=TEXTS, form=st.fixed_dictionaries({}, optional=FORMS).map(NumberFormat.model_validate))
def test_whatever_is_told_at_once_is_what_the_exact_formatter_says(texts: list[str | None], form: NumberFormat) -> None:
    found = formatted(pl.Series(texts, dtype=pl.String), form)
    for text, shown in zip(texts, [] if found is None else found, strict=found is not None):
        assert shown is None or (text is not None and shown == format_number(Decimal(text), form))


@pytest.mark.parametrize(
    ("preset", "shown"),
    [
        ("default", ["1,234.5", "-1,234,567", "0", "0.25"]),
        ("plain", ["1234.5", "-1234567", "0", "0.25"]),
        ("decimal_2", ["1,234.50", "-1,234,567.00", "0.00", "0.25"]),
        ("integer", [None, "-1,234,567", "0", None]),
        ("usd", ["$ 1,234.50", "- $1,234,567.00", "$ 0.00", "$ 0.25"]),
        ("usd_accounting", ["$ 1,234.50", None, "$ 0.00", "$ 0.25"]),
        ("eur", ["1,234.50 €", "-1,234,567.00 €", "0.00 €", "0.25 €"]),
    ],
)
def test_the_usual_presets_need_no_exact_formatter_but_to_round(preset: NumberPreset, shown: list[str | None]) -> None:
    form = rules_of(NumberOptions(preset=preset)).display_format
    found = formatted(pl.Series(["1234.5", "-1234567", "0", "0.25"]), form)
    assert found is not None
    assert found.to_list() == shown
