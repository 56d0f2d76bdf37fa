"""What is suggested for columns that names do not settle: candidates, never decisions."""

from __future__ import annotations

import pytest

from headgate.engine.match import ColumnDecision, SourceColumn, match_columns
from headgate.engine.match.signatures import signature
from headgate.engine.match.suggestions import expected_position, letters_alike, order_of
from headgate.engine.types.base import CellReader, TypeContext
from headgate.engine.types.registry import build_type
from headgate.schema import Field, parse_schema

IBANS = ["DE89370400440532013000", "GB29 NWBK 6016 1331 9268 19", "FR1420041010050500013M02606"]
EANS = ["4006381333931", "5901234123457", "96385074"]


def reader_for(field: Field) -> CellReader:
    return build_type(field, TypeContext("text", "en")).reader()


def matched(fields: list[str], columns: list[tuple[str, list[str]]]) -> list[ColumnDecision]:
    written = [dict(zip(("label", "key", "type"), text.split("|"), strict=False)) for text in fields]
    schema = parse_schema(written, {})
    sources = [SourceColumn(index, header, values) for index, (header, values) in enumerate(columns)]
    return match_columns(sources, schema.fields, reader_for=reader_for)


def keys(decision: ColumnDecision) -> list[str]:
    return [runner.field for runner in decision.runners_up]


def test_a_header_in_an_unknown_language_gets_the_field_that_its_values_and_neighbours_point_to() -> None:
    fields = ["Order number|no", "Order date|date|date", "Quantity|qty|number", "Notes|notes"]
    columns = [
        ("Order number", ["A-1", "A-2", "A-3"]),
        ("Dáta Ordaithe", ["2024-01-02", "2024-02-03", "2024-03-04"]),
        ("Cainníocht", ["4", "12", "7"]),
    ]
    decisions = matched(fields, columns)
    assert [decision.status for decision in decisions[1:]] == ["unmapped", "unmapped"]
    assert keys(decisions[1])[0] == "date"
    assert keys(decisions[2])[0] == "qty"


def test_a_suggestion_never_becomes_a_decision_however_well_the_values_fit() -> None:
    decisions = matched(["IBAN|iban"], [("Xyzzy", IBANS)])
    assert decisions[0].status == "unmapped"
    assert decisions[0].field is None
    assert keys(decisions[0]) == ["iban"]
    assert decisions[0].runners_up[0].confidence < 0.5


def test_check_digits_put_the_right_field_first() -> None:
    fields = ["Internal note|note", "Reference code|ref", "IBAN|iban", "EAN|ean"]
    decisions = matched(fields, [("Plugh", IBANS), ("Quux", EANS)])
    assert keys(decisions[0])[0] == "iban"
    assert keys(decisions[1])[0] == "ean"


def test_fields_that_other_columns_have_are_not_suggested() -> None:
    decisions = matched(
        ["Email|email|email", "Phone|phone|phone-number"], [("E-Mail", ["a@b.example"]), ("Courriel2", ["c@d.example"])]
    )
    assert decisions[0].field == "email"
    assert "email" not in keys(decisions[1])


def test_no_more_than_three_fields_are_suggested_and_the_best_come_first() -> None:
    fields = [f"Amount {number}|a{number}|number" for number in range(9)]
    runners = matched(fields, [("Amounts of it", ["1.5", "2.5", "3.5"])])[0].runners_up
    assert len(runners) <= 3
    assert [runner.confidence for runner in runners] == sorted((runner.confidence for runner in runners), reverse=True)


def test_a_column_without_a_name_gets_no_suggestion() -> None:
    assert matched(["Amount|amount|number"], [("", ["1.5", "2.5", "3.5"])])[0].runners_up == []


@pytest.mark.parametrize(
    ("texts", "concept"),
    [
        (IBANS, "iban"),
        (EANS, "ean"),
        (["DE136695976", "ATU13585627", "PL8567346215"], "vat_id"),
        (["EUR", "USD", "CHF"], "currency"),
        (["12 %", "7,5%", "0%"], "percent"),
        (["09:30", "14:00:01", "8:15 pm"], "time"),
        (["1999", "2024"], "year"),
        (["m", "f", "F"], "gender"),
    ],
)
def test_values_of_a_telling_kind_are_known_by_themselves(texts: list[str], concept: str) -> None:
    assert concept in signature(texts)


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["DE88370400440532013000", "GB28NWBK60161331926819"],
        ["4006381333932", "5901234123458"],
        ["ABC", "XYZ", "QQQ"],
        ["12", "1999", "3"],
        ["²²:³³", "١٢٣٤٥٦٧٨"],
        ["A" * 100_000],
    ],
)
def test_values_with_wrong_check_digits_or_of_no_kind_tell_nothing(texts: list[str]) -> None:
    assert signature(texts) == frozenset()


def test_the_order_of_the_schema_counts_as_far_as_the_file_keeps_it() -> None:
    assert order_of({0: 0, 1: 1, 4: 3}) == 1.0
    assert order_of({0: 3, 1: 2, 2: 1}) == 0.0
    assert order_of({0: 5}) == 0.0
    assert expected_position(2, {0: 0, 4: 4}) == 2.0
    assert expected_position(3, {1: 4}) == 6
    assert expected_position(0, {1: 4}) == 3
    assert expected_position(0, {}) is None


def test_letters_that_any_two_words_share_count_as_nothing() -> None:
    assert letters_alike("Diagnóstico", "Diagnosis") > 0.4
    assert letters_alike("Weight", "City") < 0.2
    assert letters_alike("#", "") == 0.0
