"""Fields with `mask`: only the result has their values."""

from __future__ import annotations

import json
from typing import Any

import polars as pl
import pytest

import headgate
from headgate import Outcome
from headgate.engine.masking import DOTS, Masking, Rule, hidden_in, masked_text, masked_texts
from headgate.schema import parse_schema_document

CSV = (
    b"card,pay,stage\n4111111111111111,\"1.234,56\",closed won\n"
    b"4222222222222222,\"2.345,67\",closed won\n4222222222222222,98765-wrong,SECRETSTAGE\n"
)  # fmt: skip


def fields(mask: str | None) -> list[dict[str, Any]]:
    more = {} if mask is None else {"mask": mask}
    return [
        {"label": "Card", "key": "card", "validators": [{"validate": "unique"}], **more},
        {"label": "Pay", "key": "pay", "type": "number", **more},
        {
            "label": "Stage", "key": "stage", "type": "select",
            "selectOptions": [{"label": "Closed won", "value": "won", "alternateMatches": ["SECRETSTAGE"]}], **more,
        },
    ]  # fmt: skip


def imported(mask: str | None) -> Outcome:
    document = {"name": "x", "fields": fields(mask), "settings": {"invalidDataBehavior": "INCLUDE_INVALID_ROWS"}}
    outcome = headgate.import_file(CSV, document)
    assert outcome.status == "SUCCESSFUL", outcome.errors
    return outcome


def told(outcome: Outcome) -> str:
    """Everything beside the rows."""
    listed = [] if outcome.issues is None else list(outcome.issues.entries())
    return json.dumps([outcome.metadata, outcome.decisions, listed, outcome.errors], ensure_ascii=False)


SECRETS = ("4222222222222222", "98765-wrong", "SECRETSTAGE", "234,56", "345,67")


def test_without_a_mask_errors_and_decisions_quote_cells() -> None:
    found = told(imported(None))
    assert any(secret in found for secret in SECRETS), "else the test below would prove nothing"
    assert "4222222222222222" in found
    assert "98765-wrong" in found


@pytest.mark.parametrize("mask", ["all", "last4"])
def test_nothing_beside_the_rows_has_a_value_of_a_masked_field(mask: str) -> None:
    outcome = imported(mask)
    found = told(outcome)
    assert [secret for secret in SECRETS if secret in found] == []
    assert ("•••2222" in found) == (mask == "last4")
    assert [row["card"] for row in outcome.rows()] == [row["card"] for row in imported(None).rows()]


def test_texts_of_a_masked_field_are_not_learned() -> None:
    learned = [imported(mask).learned for mask in (None, "all")]
    assert all(one is not None for one in learned)
    assert "SECRETSTAGE" not in json.dumps(learned[1].to_json() if learned[1] else None)


def masking(rule: str) -> Masking:
    schema = parse_schema_document({"name": "x", "fields": [{"label": "A", "key": "a", "mask": rule}], "settings": {}})
    return Masking(schema.fields)


@pytest.mark.parametrize(
    ("rule", "value", "shown"),
    [
        ("all", "4111111111111111", DOTS), ("last4", "4111111111111111", "•••1111"), ("last4", "12345678", "•••5678"),
        ("last4", "1234567", DOTS), ("last4", "", ""), ("all", None, None), ("last4", 12345678, DOTS), ("all", False, DOTS),
    ],
)  # fmt: skip
def test_how_a_value_is_shown(rule: str, value: Any, shown: Any) -> None:
    assert masking(rule).value("a", value) == shown
    assert masking(rule).value("other", value) == value


def test_a_message_does_not_quote_the_value() -> None:
    entry = {"fieldKey": "a", "value": " 12345678 ", "message": "12345678 is no card (12345678)."}
    assert masking("last4").issue(entry)["message"] == "•••5678 is no card (•••5678)."


@pytest.mark.parametrize(
    ("told", "values", "expected"),
    [
        ("12345678 and 1234", [("1234", "all"), ("12345678", "last4")], "•••5678 and •••"),
        ("belongs to g", [("g", "all")], "belongs to •••"),
        ("nothing", [(None, "all"), ("", "all"), ("  ", "last4")], "nothing"),
        ("a+b is no sum", [("a+b", "all")], "••• is no sum"),
    ],
)
def test_no_value_is_left_in_a_text(told: str, values: list[tuple[str | None, Rule]], expected: str) -> None:
    assert hidden_in(told, values) == expected


@pytest.mark.parametrize("rule", ["all", "last4", None])
def test_columns_are_masked_as_single_texts_are(rule: Rule | None) -> None:
    texts = ["4111111111111111", " 12345678 ", "1234567", "", None, "äöüß-123456"]
    expected = texts if rule is None else [None if text is None else masked_text(text, rule) for text in texts]
    assert masked_texts(pl.Series(texts), rule).to_list() == expected
