"""What number cells become (schema.md, "Types"; rules.md, "Numbers")."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.types.base import FEW_CELLS
from headgate.engine.types.number import NumberType
from headgate.engine.types.number_marks import _mark_of_shape, mark_of
from headgate.engine.types.number_reader import result_text
from headgate.engine.types.number_text import NumberText, NumberTextError, _taken_apart, take_apart
from tests.unit.engine.types.column_readings import codes, read, type_of, values


def number(options: Any = None, **context: Any) -> NumberType:
    return type_of(NumberType, options, **context)


def alone(text: str, options: Any = None) -> tuple[str | None, str | None]:
    return read(number(options), [text])[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5", "5"), ("5.0", "5"), ("5.", "5"), ("-0", "0"), ("-0.00", "0"), ("007", "7"), ("+5", "5"), (".5", "0.5"),
        ("-.5", "-0.5"), ("1234567.123", "1234567.123"), ("1,234.50", "1234.5"), ("1,234,567", "1234567"),
        ("12,34,567", "1234567"), ("1,23,45,678.9", "12345678.9"), ("1.234.567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("0,5", "0.5"), ("12,50", "12.5"), ("1.234,5", "1234.5"), ("1,234", "1234"), ("1.234", "1.234"),
        ("1 234 567,5", "1234567.5"), ("1\xa0234", "1234"), ("1\u202f234,50", "1234.5"), ("1\u2009234.5", "1234.5"),
        ("1'234.50", "1234.5"), ("1’234’567", "1234567"), ("(5)", "-5"), ("(1,234.50)", "-1234.5"),
        ("5-", "-5"),
        ("1,234.5-", "-1234.5"), ("−5", "-5"), ("–5", "-5"), ("- 5", "-5"), ("5 -", "-5"), ("1e5", "100000"),
        ("1E+5", "100000"), ("1.5e-3", "0.0015"), ("-2.5E2", "-250"), ("1e21", "1e+21"),
        ("12.34%", "0.1234"), ("12 %", "0.12"), ("(5%)", "-0.05"), ("-5\xa0%", "-0.05"), ("%5", "0.05"),
        ("0.1%", "0.001"),
        ("٣٤", "34"), ("١٬٢٣٤٫٥", "1234.5"), ("٪٥", "0.05"), ("\u061c-٥", "-5"), ("१२३", "123"),
        ("１２３．５", "123.5"),
        ("9007199254740993", "9007199254740993"), ("0.1234567890123456789", "0.1234567890123456789"),
        ("123456789012345678901234567890.5", "123456789012345678901234567890.5"), ("1.7e308", "1.7e+308"),
        ("0.0000001", "1e-7"), ("1e-400", "1e-400"), ("0e999999999999", "0"), ("1e300", "1e+300"),
        ("\ufeff 5 \u3000", "5"),
    ],
)  # fmt: skip
def test_the_number_of_a_lone_cell(text: str, expected: str) -> None:
    assert alone(text) == (expected, None)


@pytest.mark.parametrize(
    "text",
    [
        "abc", "0x1F", "1k", "1.5M", "1st", "2nd", "3 kg", "12:30", "1:00:00", "2 KB", "Infinity",
        "-Infinity", "∞", "NaN",
        "1/2", "½", "5²", "2024-03-01", "1_000", "1 2 3 a", "--5", "-(5)", "(-5)", "(5", "5)", "5+", "5%%", "5% $", ".",
        ",", "-", "%", "$", "()", "e5", "1e", "1e5.5", "1e+", "5 USD EUR", "$5$", "5¢", "5‰", "=5", "#5",
        "Rs.", "No.5",
        "5.-", "5,--", "1\n2", "1\t234", "true", "five", "١a", "1 000 000 apples", "12 Jan", "+", "5--",
    ],
)  # fmt: skip
def test_texts_that_are_no_numbers(text: str) -> None:
    assert alone(text) == (None, "not_a_number")


@pytest.mark.parametrize(
    "text",
    ["1,2345", "1,23,4", "1,,234", "1,234,56", "1.234.56", "1.2.3", "1,234.567.8", "1 23", "12 34",
     "1 234,567.8", "0,123,456",
     "1'23", "1,234,", "5,", "12,345,67.5", "3,14159", "1 234'567", "01,234"],
)  # fmt: skip
def test_wrong_grouping(text: str) -> None:
    assert alone(text) == (None, "wrong_grouping")


@pytest.mark.parametrize(
    ("text", "code"),
    [("1e309", "too_large"), ("-1.8e308", "too_large"), ("9" * 310, "too_large"),
     ("1e99999999999999999999", "too_large"),
     ("1e-1001", "too_small"), ("1e-99999999999999", "too_small")],
)  # fmt: skip
def test_numbers_out_of_all_bounds(text: str, code: str) -> None:
    assert alone(text) == (None, code)


def test_a_hostile_cell_of_a_million_digits_is_read_in_no_time() -> None:
    assert alone("1" * 1_000_000) == (None, "too_large")
    value, code = alone("0." + "1" * 1_000_000, {"round": 2})
    assert (value, code) == ("0.11", "rounded")
    assert alone("1," * 100_000) == (None, "wrong_grouping")
    assert alone("(" * 100_000 + "5") == (None, "not_a_number")
    assert alone("$ " * 50_000 + "5")[1] == "not_a_number"
    assert alone("kr." * 50_000 + "x5y6")[1] == "not_a_number"
    assert alone("1" + " " * 100_000 + "x5")[1] == "not_a_number"
    assert alone("5 a" + " a" * 50_000)[1] == "not_a_number"
    assert alone("1e" + "0" * 50_000 + "5") == ("100000", None)
    assert alone("1." * 50_000) == (None, "wrong_grouping")
    assert alone("1 " * 50_000 + "a1")[1] == "not_a_number"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1e20", "1" + "0" * 20), ("1e21", "1e+21"), ("-12" + "0" * 22, "-1.2e+23"),
        ("0.000001", "0.000001"), ("0.0000001", "1e-7"), ("-0.00000012", "-1.2e-7"), ("0.00001%", "1e-7"),
        ("1.7976931348623157e308", "1.7976931348623157e+308"),
        # More digits than a double has: JSON.stringify has no text for these, and every digit stays in sight.
        ("1" + "0" * 30 + "1", "1" + "0" * 30 + "1"), ("0.00000012345678901234567891", "0.00000012345678901234567891"),
        ("12345678901234567890123", "12345678901234567890123"),
    ],
)  # fmt: skip
def test_a_number_is_written_as_json_stringify_writes_it_and_longer_ones_keep_their_digits(
    text: str, expected: str
) -> None:
    assert alone(text) == (expected, None)


class TestDecimalMark:
    def test_a_decimal_comma_proven_by_one_cell_holds_for_the_column(self) -> None:
        assert values(number(), ["1,234", "0,5", "1.234", "7"]) == ["1.234", "0.5", "1234", "7"]

    @pytest.mark.parametrize(
        "proof", ["0,5", "12,50", "1.234,5", "0,123", ",5", "1.234.567", "1234,567", "1 234,567", "1,5e3"]
    )
    def test_what_proves_a_decimal_comma(self, proof: str) -> None:
        field = number()
        assert values(field, ["1,234", proof])[0] == "1.234"

    @pytest.mark.parametrize(
        "proof", ["0.5", "12.50", "1,234.5", "1,234,567", "1.2345", "1 234.567", ".5", "0.123", "1.5e3"]
    )
    def test_what_proves_a_decimal_point(self, proof: str) -> None:
        gatherer = number().gatherer()
        gatherer.observe(pl.Series([proof]))
        assert gatherer.evidence()["decimalMark"] == "."

    @pytest.mark.parametrize(
        "text", ["5", "5.", "1 234", "1,234", "1.234", "1,2345", "abc 0,5", "1e5", "5,", "12:0,5", "1٬234٫5"]
    )
    def test_what_proves_nothing(self, text: str) -> None:
        gatherer = number().gatherer()
        gatherer.observe(pl.Series([text]))
        assert gatherer.evidence()["decimalMark"] is None

    def test_without_proof_the_point_is_decimal(self) -> None:
        assert values(number(), ["1,234", "1.234", "5"]) == ["1234", "1.234", "5"]

    def test_a_misplaced_separator_is_a_decimal_comma_only_beside_a_proof(self) -> None:
        assert read(number(), ["1,2345"]) == [(None, "wrong_grouping")]
        assert values(number(), ["1,2345", "0,5"]) == ["1.2345", "0.5"]

    def test_where_both_are_proven_only_cells_clear_by_themselves_are_read(self) -> None:
        cells: list[str | None] = ["0,5", "0.5", "1,234", "1.234", "1.234.567", "7", "1,2345", "$1,234"]
        assert read(number(), cells) == [
            ("0.5", None), ("0.5", None), (None, "ambiguous_decimal_mark"), (None, "ambiguous_decimal_mark"),
            ("1234567", None), ("7", None), (None, "wrong_grouping"), (None, "ambiguous_decimal_mark"),
        ]  # fmt: skip

    def test_a_cell_against_the_proof_of_its_column_is_an_error_with_a_suggestion(self) -> None:
        reader = number().reader({"decimalMark": ",", "currency": None, "evidence": []})
        assert reader.read("1,234.5").code == "against_decimal_mark"
        assert reader.read("1,234.5").suggestion == "1234.5"
        reader = number().reader({"decimalMark": ".", "currency": None, "evidence": []})
        assert reader.read("0,5").code == "against_decimal_mark"
        assert reader.read("0,5").suggestion == "0.5"
        assert reader.read("1,2345").code == "wrong_grouping"

    def test_cells_that_are_no_numbers_prove_nothing(self) -> None:
        assert values(number(), ["1,234", "0,5 kg", "12,50 or so"])[0] == "1234"

    def test_numbers_of_a_workbook_contradict_a_typed_decimal_comma(self) -> None:
        cells: list[str | None] = ["1.234", "0,5"]
        assert values(number(), cells) == ["1234", "0.5"]
        assert codes(number(source="sheet"), cells) == ["ambiguous_decimal_mark", None]

    def test_the_proof_may_come_in_a_later_batch(self) -> None:
        gatherer = number().gatherer()
        gatherer.observe(pl.Series(["1,234"] * 1000))
        gatherer.observe(pl.Series(["1,5", None, ""]))
        evidence = gatherer.evidence()
        assert evidence["decimalMark"] == ","
        assert evidence["evidence"] == [
            {"code": "decimal_comma_proven", "count": 1, "example": "1,5"},
            {"code": "either_mark_possible", "count": 1000, "example": "1,234"},
        ]
        json.dumps(evidence)


class TestRounding:
    @pytest.mark.parametrize(
        ("text", "digits", "expected"),
        [("2.5", 0, "3"), ("-2.5", 0, "-3"), ("1.005", 2, "1.01"), ("8888.888", 2, "8888.89"),
         ("8888.888", 1, "8888.9"),
         ("8888.888", 0, "8889"), ("8888.888", -1, "8890"), ("8888.888", -2, "8900"), ("-0.4", 0, "0"), ("49", -2, "0"),
         ("9.995", 2, "10"), ("0.12345678901234567895", 19, "0.123456789012345679"), ("1e-300", 2, "0"),
         ("99999999999999999.5", 0, "100000000000000000")],
    )  # fmt: skip
    def test_ties_go_away_from_zero_on_the_exact_decimal(self, text: str, digits: int, expected: str) -> None:
        assert alone(text, {"round": digits}) == (expected, "rounded")

    def test_a_number_that_needs_no_rounding_is_no_autofix(self) -> None:
        assert read(number("usd"), ["5", "5.5", "5.50", "5.500", "5.505"]) == [
            ("5", None), ("5.5", None), ("5.5", None), ("5.5", None), ("5.51", "rounded"),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("preset", "expected"),
        [("default", "0.123456789"), ("plain", "0.123456789"), ("percent", "0.123456789"), ("percent_0", "0.12"),
         ("percent_1", "0.123"), ("percent_4", "0.123457"), ("integer", "0"), ("decimal_0", "0"),
         ("decimal_3", "0.123"),
         ("usd", "0.12"), ("usd_accounting", "0.12"), ("eur", "0.12"), ("gbp", "0.12")],
    )  # fmt: skip
    def test_presets_round(self, preset: str, expected: str) -> None:
        assert alone("0.123456789", preset)[0] == expected
        assert alone("0.123456789", {"preset": preset, "round": 5})[0] == "0.12346"

    def test_limits_hold_after_rounding_and_are_inclusive(self) -> None:
        field = number({"min": 0, "max": 10, "round": 0})
        assert read(field, ["10.4", "10.5", "-0.4", "-0.5", "0", "10"]) == [
            ("10", "rounded"), (None, "above_max"), ("0", "rounded"), (None, "below_min"), ("0", None), ("10", None),
        ]  # fmt: skip
        assert field.message_parameters() == {"min": "0", "max": "10"}

    def test_limits_count_every_digit(self) -> None:
        field = number({"min": -9007199254740992, "max": 9007199254740992})
        assert codes(field, ["9007199254740993", "9007199254740992", "9007199254740991", "-9007199254740993"]) == [
            "above_max", None, None, "below_min",
        ]  # fmt: skip
        field = number({"max": Decimal("0.1")})
        assert codes(field, ["0.1", "0.1000000000000000000001", "0.0999999999999999999999"]) == [
            None,
            "above_max",
            None,
        ]


class TestCurrency:
    @pytest.mark.parametrize(
        "text", ["$5", "$ 5", "5$", "5 $", "USD 5", "usd5", "5 Usd", "US$5", "us$ 5", "$5.00", "5\xa0$US"]
    )
    def test_the_currency_of_the_preset_in_all_its_forms(self, text: str) -> None:
        assert alone(text, "usd") == ("5", None)

    @pytest.mark.parametrize(
        "text", ["€5", "EUR 5", "CA$5", "A$5", "AU$ 5", "HK$5", "£5", "¥5", "R$5", "CAD 5", "5 kr", "5 $CA"]
    )
    def test_another_currency_is_an_error(self, text: str) -> None:
        assert alone(text, "usd") == (None, "wrong_currency")
        assert number("usd").message_parameters() == {"currency": "USD"}

    @pytest.mark.parametrize(
        ("symbol", "accepted", "refused"),
        [("€", ["€5", "5 eur"], ["$5"]), ("CHF", ["CHF 5", "5 chf"], ["5 €"]),
         ("¥", ["¥5", "JPY 5"], ["CNY 5"]),
         ("kr", ["5 kr", "kr 5", "5 kr.", "kr. 5"], ["SEK 5"]), ("Rs.", ["Rs. 500", "Rs.500", "500 Rs"], ["INR 5"]),
         ("pts", ["5 pts", "PTS 5"], ["$5"]), ("US$", ["$5", "USD5"], ["CA$5"]), ("zł", ["5 zł", "5 PLN"], ["5 Kč"])],
    )  # fmt: skip
    def test_a_currency_symbol_of_the_display_format(
        self, symbol: str, accepted: list[str], refused: list[str]
    ) -> None:
        field = number({"displayFormat": {"output": "currency", "currencySymbol": symbol}})
        assert set(codes(field, [*accepted])) == {None}
        assert set(codes(field, [*refused])) == {"wrong_currency"}

    def test_an_option_beside_the_preset_wins(self) -> None:
        field = number({"preset": "usd", "displayFormat": {"output": "currency", "currencySymbol": "€"}})
        assert codes(field, ["€5", "$5"]) == [None, "wrong_currency"]
        assert codes(number({"preset": "usd", "displayFormat": {"mantissa": 1}}), ["€5", "$5"]) == [
            "wrong_currency",
            None,
        ]

    def test_a_format_that_would_show_another_sign_refuses_it(self) -> None:
        assert codes(number({"displayFormat": {"output": "currency"}}), ["€5", "$5"]) == ["wrong_currency", None]
        assert codes(number({"outputFormat": {"output": "currency", "currencySymbol": "€"}}), ["$5"]) == [
            "wrong_currency"
        ]

    def test_without_a_currency_one_and_the_same_in_all_cells_is_left_out(self) -> None:
        assert read(number(), ["$5", "USD 6", "7", "5 US$", "(5) $"]) == [
            ("5", "currency_removed"), ("6", "currency_removed"), ("7", None), ("5", "currency_removed"),
            ("-5", "currency_removed"),
        ]  # fmt: skip
        assert read(number({"round": 0}), ["€ 5.5"]) == [("6", "currency_removed_and_rounded")]

    def test_without_a_currency_different_ones_are_errors(self) -> None:
        assert codes(number(), ["$5", "€6", "7"]) == ["mixed_currencies", "mixed_currencies", None]
        assert codes(number(), ["$5", "CA$6"]) == ["mixed_currencies", "mixed_currencies"]

    def test_a_currency_is_evidence_only_beside_a_number(self) -> None:
        assert codes(number(), ["$5", "EUR", "€ five"]) == ["currency_removed", "not_a_number", "not_a_number"]
        assert codes(number(), ["$5", "£1,23,4"]) == ["mixed_currencies", "mixed_currencies"]

    def test_a_sign_and_its_code_together_are_one_currency(self) -> None:
        assert read(number("usd"), ["$5.00 USD", "USD $5", "$ 5 usd"]) == [("5", None)] * 3
        assert codes(number("usd"), ["$5 CAD", "$5$", "US$5 USD"]) == ["not_a_number"] * 3

    def test_what_is_no_currency_is_no_number(self) -> None:
        assert set(codes(number(), ["5 XXX", "5 ABC", "5 XTS", "5 kg"])) == {"not_a_number"}


class TestDisplay:
    @pytest.mark.parametrize(
        ("preset", "value", "expected"),
        [
            ("default", "1234567.1234567", "1,234,567.1234567"), ("plain", "1234567.123", "1234567.123"),
            ("percent", "0.1234", "12.34%"), ("percent", "0.56", "56%"), ("percent_0", "0.1256", "13%"),
            ("percent_1", "0.1256", "12.6%"), ("percent_1", "0.34", "34.0%"), ("percent_2", "0.12567", "12.57%"),
            ("percent_3", "0.123456", "12.346%"), ("percent_4", "0.12345678", "12.3457%"),
            ("integer", "234.567", "235"),
            ("decimal_0", "234.567", "235"), ("decimal_1", "123", "123.0"), ("decimal_2", "234.567123", "234.57"),
            ("decimal_4", "123", "123.0000"), ("usd", "1234.567", "$ 1,234.57"), ("usd", "-3456.78", "- $3,456.78"),
            ("usd_accounting", "-3456.78", "$ (3,456.78)"), ("eur", "1234.567", "1,234.57 €"),
            ("eur", "-3456.78", "-3,456.78 €"), ("gbp", "1234.567", "£ 1,234.57"),
            ("gbp", "-3456.78", "- £3,456.78"),
        ],
    )  # fmt: skip
    def test_presets_show(self, preset: str, value: str, expected: str) -> None:
        assert number(preset).display(value) == expected

    @pytest.mark.parametrize(
        "preset", ["default", "plain", "percent_2", "integer", "decimal_4", "usd", "usd_accounting", "eur", "gbp"]
    )
    @pytest.mark.parametrize("text", ["0", "5", "-5", "1234567", "-1234567"])
    def test_what_is_shown_is_read_back(self, preset: str, text: str) -> None:
        field = number(preset)
        assert alone(field.display(text), preset)[0] == text

    def test_an_output_format_makes_strings(self) -> None:
        field = number({"preset": "usd", "outputFormat": {"thousandSeparated": True, "mantissa": 1}})
        assert field.json_kind == "string"
        assert read(field, ["$1234.567", "x", None]) == [("1,234.6", "rounded"), (None, "not_a_number"), (None, None)]
        assert field.display("1,234.6") == "1,234.6"
        assert number().json_kind == "raw"


def test_every_code_has_its_text() -> None:
    field = number({"min": 1, "max": 2, "displayFormat": {"currencySymbol": "$"}})
    for text in (*field.errors.values(), *field.autofixes.values()):
        assert "{" not in text.format(**field.message_parameters())


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False).filter(lambda n: abs(n.adjusted()) < 300))
def test_result_text_is_json_of_the_same_value_in_one_form(value: Decimal) -> None:
    text = result_text(value)
    assert Decimal(text) == value
    assert json.loads(text, parse_float=Decimal, parse_int=Decimal) == value
    assert result_text(Decimal(text)) == text
    assert alone(text)[0] == text


@settings(deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_double_comes_back_as_itself(value: float) -> None:
    text = alone(repr(value))[0]
    assert text is not None
    assert float(text) == value


@settings(deadline=None)
@given(st.text(st.sampled_from("0123456789.,'’ \xa0-−+()%$€eEUSDkr٫٬٣٤xX½∞\n"), max_size=14))
def test_no_text_crashes_the_reader_or_gives_anything_but_json(text: str) -> None:
    value, code = alone(text)
    if value is not None:
        json.loads(value)
    elif text.strip():
        assert code in NumberType.errors


@settings(deadline=None)
@given(st.text())
def test_a_text_without_any_digit_is_no_number(text: str) -> None:
    if any(character.isdecimal() for character in text):
        return
    with pytest.raises(NumberTextError):
        take_apart(text)


WRITTEN = st.text(st.sampled_from("0019.,,.-+()%$€ kr.EUR'e٣٫\xa0"), max_size=12)


def _parts(text: str, own_currency: str | None, *, remembered: bool) -> NumberText | str:
    try:
        return (take_apart if remembered else _taken_apart)(text, own_currency)
    except NumberTextError as error:
        return error.code


@settings(max_examples=500)
@given(WRITTEN, st.sampled_from([None, "USD", "kr.", "a1"]))
def test_what_is_remembered_of_a_shape_is_what_each_of_its_texts_says(text: str, own_currency: str | None) -> None:
    text = "".join(character for character in text if character.isascii() or character in "€٫").strip()
    for digits in (text, text.replace("0", "7"), text.replace("9", "0")):
        assert _parts(digits, own_currency, remembered=True) == _parts(digits, own_currency, remembered=False)


@settings(max_examples=500)
@given(st.text(st.sampled_from("001259.,' ٫"), max_size=9), st.booleans())
def test_the_decimal_mark_of_a_number_does_not_depend_on_its_digits_but_zeros(core: str, power: bool) -> None:
    assert mark_of(core, power=power) is _mark_of_shape(core, power)


@settings(max_examples=200)
@given(st.lists(st.one_of(st.none(), WRITTEN), min_size=1, max_size=12), st.sampled_from([None, "usd", "eur"]))
def test_few_cells_prove_what_many_prove(texts: list[str | None], options: Any) -> None:
    few, many = number(options).gatherer(), number(options).gatherer()
    assert few is not None
    assert many is not None
    times = FEW_CELLS // len(texts) + 1
    few.observe(pl.Series(texts, dtype=pl.String))
    many.observe(pl.Series(texts * times, dtype=pl.String))
    found, expected = few.evidence(), many.evidence()
    for entry in found["evidence"]:
        entry["count"] *= times
    assert found == expected
