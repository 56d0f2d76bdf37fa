"""The vectorized path and the exact reader give the same readings, and so do their views of a column's evidence."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.types.number_evidence import NumberGatherer
from headgate.engine.types.number_presets import rules_of
from headgate.engine.types.number_reader import NumberReader
from headgate.schema.types import NumberOptions

SIGNS = [
    "",
    "",
    "",
    "-",
    "−",
    "+",
    "(",
    ")",
    "$",
    "$ ",
    " $",
    "€",
    " €",
    "USD ",
    "eur",
    " CHF",
    "US$",
    "%",
    " %",
    "kr",
    "pts",
    "CA$",
]
NUMBERS = st.one_of(
    st.integers(-(10**22), 10**22).map(str),
    st.integers(-5000, 5000).map(lambda n: f"{n:,}"),
    st.decimals(-(10**9), 10**9, places=3).map(str),
    st.decimals(-(10**7), 10**7, places=2).map(lambda n: f"{n:,}"),
    st.decimals(-(10**7), 10**7, places=2).map(lambda n: f"{n:,}".translate({44: ".", 46: ","})),
    st.decimals(-(10**7), 10**7, places=1).map(lambda n: f"{n:,}".replace(",", "\xa0")),
    st.decimals(-1, 1, places=8).map(lambda n: f"{n:f}"),
    st.decimals(0, 10, places=4).map(lambda n: str(n).replace(".", ",")),
    st.from_regex(r"[0-9]{0,4}(?:[.,' ’][0-9]{1,4}){0,3}", fullmatch=True),
    st.from_regex(r"-?[0-9.,]{1,25}", fullmatch=True),
    st.from_regex(r"[0-9]{1,3}(?:[.,][0-9]{1,2})?[eE][-+]?[0-9]{1,3}", fullmatch=True),
)
SOME_SIGN = st.sampled_from(SIGNS)
TEXTS = st.tuples(SOME_SIGN, SOME_SIGN, NUMBERS, SOME_SIGN, SOME_SIGN).map("".join)
CELLS = st.lists(st.one_of(NUMBERS, TEXTS, st.text(max_size=6)), min_size=1, max_size=40)
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "preset": st.sampled_from(["default", "usd", "eur", "percent_1", "integer", "decimal_3"]),
        "round": st.integers(-3, 5),
        "min": st.one_of(st.integers(-50, 50), st.just(Decimal("0.1234567890123456789"))),
        "max": st.one_of(st.integers(51, 5000), st.just(Decimal("9999999999999999999.5"))),
        "displayFormat": st.sampled_from([{"currencySymbol": "pts"}, {"currencySymbol": "kr."}]),
        "outputFormat": st.sampled_from(
            [
                {"mantissa": 1, "average": True},
                {"thousandSeparated": True, "forceSign": True},
                {"thousandSeparated": True, "mantissa": 2, "negative": "parenthesis"},
                {"output": "currency"},
                {
                    "output": "currency",
                    "mantissa": 1,
                    "forceSign": True,
                    "currencySymbol": "R9",
                    "currencyPosition": "postfix",
                },
                {"output": "percent", "mantissa": 0, "optionalMantissa": True, "prefix": "9 "},
                {"mantissa": 6, "trimMantissa": True, "characteristic": 4, "optionalCharacteristic": True},
                {"output": "ordinal"},
                {"totalLength": 5},
                {"exponential": True},
            ]
        ),
    },
)
EVIDENCE = st.fixed_dictionaries(
    {
        "decimalMark": st.sampled_from([".", ",", None, "mixed"]),
        "currency": st.sampled_from([None, "USD", "EUR", "kr", "mixed"]),
    }
)


def reader_of(options: dict[str, Any], evidence: dict[str, Any] | None = None) -> NumberReader:
    return NumberReader(rules_of(NumberOptions.model_validate(options)), evidence)


@settings(max_examples=400, deadline=None)
@given(cells=CELLS, options=OPTIONS, evidence=EVIDENCE)
def test_whatever_the_fast_path_decides_the_exact_reader_decides_too(
    cells: list[str], options: dict[str, Any], evidence: dict[str, Any]
) -> None:
    reader = reader_of(options, evidence)
    trimmed = [cell.strip() or None for cell in cells]
    fast = reader.read_fast(pl.Series(trimmed, dtype=pl.String))
    assert fast is not None
    assert fast.code is not None
    for cell, decided, value, code in zip(trimmed, fast.decided, fast.value, fast.code, strict=True):
        if decided:
            assert cell is not None
            exact = reader.read_cell(cell)
            assert (cell, value, code) == (cell, exact.value, exact.code)


@settings(max_examples=100, deadline=None)
@given(cells=CELLS, options=OPTIONS, evidence=EVIDENCE)
def test_a_column_reads_like_its_cells(cells: list[str], options: dict[str, Any], evidence: dict[str, Any]) -> None:
    reader = reader_of(options, evidence)
    column = reader.read_column(pl.Series(cells, dtype=pl.String))
    one_by_one = [reader.read(cell) for cell in cells]
    assert column.value.to_list() == [reading.value for reading in one_by_one]
    assert column.code.to_list() == [reading.code for reading in one_by_one]


@settings(max_examples=200, deadline=None)
@given(cells=CELLS, own=st.sampled_from([None, "USD", "pts"]))
def test_evidence_of_a_column_is_the_evidence_of_its_cells(cells: list[str], own: str | None) -> None:
    whole, single = NumberGatherer(own), NumberGatherer(own)
    whole.observe(pl.Series(cells, dtype=pl.String))
    for cell in cells:
        trimmed = cell.strip()
        if trimmed:
            single._observe_text(trimmed, 1)
    assert whole.evidence()["decimalMark"] == single.evidence()["decimalMark"]
    assert whole.evidence()["currency"] == single.evidence()["currency"]
    counts = [{(e["code"], e.get("currency")): e["count"] for e in g.evidence()["evidence"]} for g in (whole, single)]
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("options", "mark", "cells"),
    [
        ({}, ".", ["5", "-5.25", "1,234.50", "007", "+0.50", "(1,234.5)", "12.5%", "5-", "1 234.5", "1'234"]),
        ({}, ",", ["5", "1.234,50", "-0,5", "12,34%", "1\xa0234,5"]),
        ({"preset": "usd"}, ".", ["$5.5", "$ 1,234.567", "-$5.555", "$ (3,456.78)", "5 usd", "US$5", "(5)", "- $1.00"]),
        ({"preset": "integer", "min": 0, "max": 10}, ".", ["5.5", "-1", "10.4", "10.5", "11", "0.49"]),
    ],
)
def test_the_fast_path_decides_the_shapes_that_real_columns_have(
    options: dict[str, Any], mark: str, cells: list[str]
) -> None:
    reading = reader_of(options, {"decimalMark": mark, "currency": None}).read_fast(pl.Series(cells))
    undecided = [cell for cell, decided in zip(cells, reading.decided, strict=True) if not decided]
    assert undecided == []
