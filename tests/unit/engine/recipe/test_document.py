"""The form of recipes."""

from __future__ import annotations

from typing import Any

import pytest

from headgate.engine.recipe.document import parse_recipe
from headgate.schema import SchemaError

COLUMN = {"header": "A", "field": "a"}


def test_a_recipe_comes_back_as_it_was_written() -> None:
    document = {
        "recipe": 1,
        "description": "For the files of the north",
        "knownHeaders": ["A", "B"],
        "header": {"rows": [2, 3]},
        "columns": [COLUMN, {"header": "B", "ignore": True}],
        "values": [{"field": "s", "text": "x", "option": "o"}, {"field": "s", "text": "y", "ignore": True}],
        "orders": [{"field": "d", "order": "day_month"}],
        "replacements": [
            {"field": "a", "text": "x", "to": ""},
            {"field": "a", "pattern": r"(\d)", "to": "$1", "onlyInvalid": True, "when": {"field": "s", "text": "x"}},
        ],
    }
    assert parse_recipe(document).to_json() == document


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ([], ""),
        ({}, "recipe"),
        ({"recipe": 1}, ""),
        ({"recipe": 2, "columns": [COLUMN]}, "recipe"),
        ({"recipe": 1, "columns": [COLUMN], "colums": []}, "colums"),
        ({"recipe": 1, "columns": [{"header": "A"}]}, "columns[0]"),
        ({"recipe": 1, "columns": [{**COLUMN, "ignore": True}]}, "columns[0]"),
        ({"recipe": 1, "columns": [COLUMN, COLUMN]}, "columns[1]"),
        ({"recipe": 1, "columns": [{"header": "", "field": "a"}]}, "columns[0].header"),
        ({"recipe": 1, "header": {"rows": [0]}}, "columns"),
        ({"recipe": 1, "header": {"rows": [-1]}, "columns": [COLUMN]}, "header.rows"),
        ({"recipe": 1, "values": [{"field": "a", "text": "x"}]}, "values[0]"),
        ({"recipe": 1, "orders": [{"field": "a", "order": "up"}]}, "orders[0].order"),
        ({"recipe": 1, "replacements": [{"field": "a", "to": "x"}]}, "replacements[0]"),
        ({"recipe": 1, "replacements": [{"field": "a", "pattern": "(", "to": ""}]}, "replacements[0].pattern"),
        ({"recipe": 1, "replacements": [{"field": "a", "pattern": "(?=a)", "to": ""}]}, "replacements[0].pattern"),
        (
            {"recipe": 1, "replacements": [{"field": "a", "pattern": "(a{9999}){9999}", "to": ""}]},
            "replacements[0].pattern",
        ),
        ({"recipe": 1, "replacements": [{"field": "a", "text": "x" * 2001, "to": ""}]}, "replacements[0].text"),
        (
            {"recipe": 1, "replacements": [{"field": "a", "text": "x", "to": "", "when": {"field": "b"}}]},
            "replacements[0].when",
        ),
        ({"recipe": 1, "replacements": [{"field": "a", "pattern": "a", "to": ""}] * 201}, "replacements"),
    ],
)
def test_a_wrong_recipe_is_refused_with_the_place(document: Any, path: str) -> None:
    with pytest.raises(SchemaError) as caught:
        parse_recipe(document)
    assert path in caught.value.problems
