"""Columns of decimals are rounded like each of them: exactly, ties away from zero."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.types.number_reader import result_text, round_half_up
from headgate.engine.types.number_rounding import MOST_DECIMALS, decimals_of, round_texts

NUMBERS = st.one_of(
    st.decimals(-(10**9), 10**9, places=5),
    st.decimals(-1, 1, places=6),
    st.integers(-(10**13), 10**13).map(lambda number: Decimal(number).scaleb(-3)),
    st.decimals(0, 1, places=12).map(lambda number: number.scaleb(-1) + Decimal("0.000002")),
    st.sampled_from(
        [
            Decimal("0.000001234567"),
            Decimal("0.5"),
            Decimal("1.005"),
            Decimal("-2.5"),
            Decimal("999999.99995"),
            Decimal("-0.0005"),
        ]
    ),
)


@given(st.lists(NUMBERS, min_size=1), st.integers(0, MOST_DECIMALS))
def test_what_is_rounded_at_once_is_what_each_number_is_rounded_to(numbers: list[Decimal], digits: int) -> None:
    texts = [result_text(number) for number in numbers]
    plain = pl.Series([text for text in texts if "e" not in text], dtype=pl.String)
    decimals = decimals_of(plain)
    rounded = round_texts(plain, decimals, digits)
    for text, many, value, decided in zip(plain, decimals, rounded.value, rounded.decided, strict=True):
        assert many == len(text.partition(".")[2])
        if decided and many > digits:
            assert value == result_text(round_half_up(Decimal(text), digits))


@pytest.mark.parametrize("text", ["12345678901234.5", "0.12345678901234567"])
def test_numbers_of_more_digits_than_doubles_tell_apart_are_left_to_the_exact_reader(text: str) -> None:
    texts = pl.Series([text, None])
    assert round_texts(texts, decimals_of(texts), 0).decided.to_list() == [False, False]
