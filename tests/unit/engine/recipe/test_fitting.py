"""A recipe is replayed on a file that it fits in every part, and on no other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from headgate.engine.review.decisions import PersonDecisions
from tests.unit.engine.recipe.replaying import COLUMNS, FIELDS, FILE, ROWS, misfits, recipe, replayed

VALUES = [{"field": "stage", "text": "offen", "option": "o"}, {"field": "stage", "text": "?", "ignore": True}]
ORDERS = [{"field": "day", "order": "month_day"}]


def test_header_matches_values_and_orders_are_replayed_and_told_as_the_recipes(tmp_path: Path) -> None:
    outcome = replayed(tmp_path, recipe(values=VALUES, orders=ORDERS))
    assert outcome.status == "SUCCESSFUL"
    assert [row["stage"] for row in outcome.rows()] == ["o", "w", None]
    assert [row["day"] for row in outcome.rows()] == ["2024-03-04", "2024-03-05", "2024-01-02"]
    decisions = outcome.decisions
    assert decisions["recipe"] == {"applied": True, "misfits": []}
    assert decisions["header"]["status"] == "recipe"
    assert {column["method"] for column in decisions["columns"]} == {"recipe"}
    assert {value["value"]: value["method"] for value in decisions["values"]} == {
        "offen": "recipe", "?": "recipe", "Won": "exact",
    }  # fmt: skip
    assert decisions["types"][0]["method"] == "recipe"
    assert decisions["autofixes"] == [{"field": "stage", "code": "recipe", "count": 1}]
    assert decisions["warnings"] == []


def test_the_header_is_found_again_by_its_names_when_it_moves(tmp_path: Path) -> None:
    for preamble in ("", "a\n", "a,,,\nb,,,\nc,,,\nd,,,\n"):
        outcome = replayed(tmp_path, recipe(), f"{preamble}Kunde,Tag,Phase,Menge\n{ROWS}")
        assert outcome.status == "SUCCESSFUL", outcome.errors
        assert outcome.decisions["header"]["row"] == preamble.count("\n")
        assert outcome.decisions["rows"]["read"] == 3


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (FILE.replace("Menge", "Anzahl"), ("header", "header_not_found")),
        ("x\n" + FILE + FILE, ("header", "header_not_found")),
        (
            FILE.replace("Kunde,", "Kunde,Kunde,").replace("ACME", "ACME,x").replace("B,", "B,x,"),
            ("columns", "header_twice"),
        ),
        (
            FILE.replace("Kunde,", "Kunde,Name,").replace("ACME", "ACME,x").replace("B,", "B,x,"),
            ("columns", "other_column"),
        ),
    ],
)
def test_a_file_with_other_columns_gets_nothing_of_the_recipe(tmp_path: Path, content: str, found: Any) -> None:
    outcome = replayed(
        tmp_path, recipe(values=VALUES, replacements=[{"field": "qty", "text": "n/a", "to": ""}]), content
    )
    assert found in misfits(outcome)
    assert outcome.decisions["recipe"]["applied"] is False
    assert outcome.decisions["header"]["status"] != "recipe"
    assert all(column["method"] != "recipe" for column in outcome.decisions["columns"])
    assert [entry["code"] for entry in outcome.decisions["warnings"]] == ["recipe_not_applied"]


def test_without_a_header_of_its_own_a_recipe_goes_by_the_header_that_headgate_finds(tmp_path: Path) -> None:
    document = {"recipe": 1, "columns": [{"header": "Kunde", "field": "name"}]}
    assert replayed(tmp_path, document, "Kunde,Day\nA,2024-01-01\n").decisions["recipe"]["applied"]
    assert misfits(replayed(tmp_path, document, "Name,Day\nA,2024-01-01\n")) == [("columns", "header_missing")]


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ({"columns": [*COLUMNS[:3], {"header": "Menge", "field": "gone"}]}, ("fields", "no_field")),
        ({"values": [{"field": "stage", "text": "x", "option": "gone"}]}, ("values", "no_option")),
        ({"values": [{"field": "name", "text": "x", "ignore": True}]}, ("values", "wrong_type")),
        ({"orders": [{"field": "qty", "order": "day_month"}]}, ("orders", "wrong_type")),
        (
            {"replacements": [{"field": "qty", "text": "x", "to": "1", "when": {"field": "gone", "text": "x"}}]},
            ("fields", "no_field"),
        ),
    ],
)
def test_a_recipe_that_the_schema_outgrew_is_not_applied(tmp_path: Path, parts: dict[str, Any], found: Any) -> None:
    assert misfits(replayed(tmp_path, recipe(**parts))) == [found]


def test_what_is_said_of_a_field_needs_a_column_for_it(tmp_path: Path) -> None:
    document = {"recipe": 1, "columns": [{"header": "Kunde", "field": "name"}], "orders": ORDERS}
    assert misfits(replayed(tmp_path, document, "Kunde,Quantity\nA,1\nB,2\n")) == [("columns", "no_column")]


def test_a_column_may_be_left_out_by_a_recipe(tmp_path: Path) -> None:
    document = {"recipe": 1, "columns": [{"header": "Day", "ignore": True}]}
    outcome = replayed(tmp_path, document, "Name,Day\nA,whenever\n")
    assert list(outcome.rows()) == [{"name": "A"}]


def test_what_a_person_decides_goes_before_the_recipe(tmp_path: Path) -> None:
    person = PersonDecisions(
        columns={0: None, 3: "name"}, values={"stage": {"offen": "w"}}, orders={"day": "day_month"}
    )
    outcome = replayed(tmp_path, recipe(values=VALUES, orders=ORDERS), person=person)
    assert next(iter(outcome.rows())) == {"name": "n/a", "day": "2024-04-03", "stage": "w"}
    methods = {column["header"]: column["method"] for column in outcome.decisions["columns"]}
    assert methods == {"Kunde": "person", "Tag": "recipe", "Phase": "recipe", "Menge": "person"}


def test_rows_that_come_without_a_file_know_no_recipe(tmp_path: Path) -> None:
    content = '[{"name": "A", "day": "2024-01-02", "stage": "Won", "qty": 1}]'
    outcome = replayed(tmp_path, recipe(), content, FIELDS, kind="initial_data")
    assert outcome.status == "SUCCESSFUL"
    assert outcome.decisions["recipe"] is None
