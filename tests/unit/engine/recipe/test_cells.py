"""Replacements of cells: only where they say so, never into something that cannot be read, and always told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from headgate.engine.outcome import Outcome
from tests.unit.engine.recipe.replaying import FIELDS, replayed

TABLE = "Name,Day,Stage,Quantity\n"


def run(path: Path, replacements: list[dict[str, Any]], rows: str, **more: Any) -> Outcome:
    outcome = replayed(path, {"recipe": 1, "replacements": replacements}, TABLE + rows, **more)
    assert outcome.decisions["recipe"]["applied"], outcome.decisions["recipe"]
    return outcome


def column(outcome: Outcome, key: str) -> list[Any]:
    return [row[key] for row in outcome.rows()]


def test_a_whole_text_or_a_pattern_is_replaced_and_counted_as_an_auto_fix(tmp_path: Path) -> None:
    parts = [
        {"field": "qty", "text": "n/a", "to": ""},
        {"field": "qty", "pattern": r"^ca\. (\d+)$", "to": "$1"},
        {"field": "name", "pattern": "(?i)acme", "to": "[$&]"},
    ]
    outcome = run(tmp_path, parts, "ACME x acme,,, n/a \nB,,,ca. 5\nC,,,7\n")
    assert column(outcome, "qty") == [None, 5, 7]
    assert column(outcome, "name") == ["[ACME] x [acme]", "B", "C"]
    assert outcome.decisions["autofixes"] == [
        {"field": "name", "code": "recipe", "count": 1},
        {"field": "qty", "code": "recipe", "count": 1},
    ]
    assert outcome.decisions["recipe"]["replaced"] == {"name": 1, "qty": 2}
    assert outcome.metadata is not None
    assert outcome.metadata["errorCount"] == 0


def test_what_the_type_could_not_read_is_not_written_and_the_error_speaks_of_the_files_own_text(tmp_path: Path) -> None:
    outcome = run(tmp_path, [{"field": "qty", "text": "x", "to": "still wrong"}], "A,,,x\n")
    assert outcome.metadata is not None
    assert [error["value"] for error in outcome.metadata["errors"]] == ["x"]
    assert outcome.decisions["recipe"]["replaced"] == {}


def test_only_invalid_leaves_cells_that_can_be_read(tmp_path: Path) -> None:
    part = {"field": "qty", "pattern": "[^0-9]", "to": "", "onlyInvalid": True}
    assert column(run(tmp_path, [part], "A,,,1.5\nB,,,about 3\n"), "qty") == [1.5, 3]


def test_a_condition_looks_at_another_cell_of_the_row(tmp_path: Path) -> None:
    parts = [
        {"field": "name", "text": "A", "to": "Open A", "when": {"field": "stage", "text": "Open"}},
        {"field": "name", "text": "A", "to": "Some A", "when": {"field": "qty", "pattern": "^[5-9]"}},
    ]
    assert column(run(tmp_path, parts, "A,,Open,1\nA,,Won,7\nA,,,2\n"), "name") == ["Open A", "Some A", "A"]


def test_replacements_follow_one_another_in_their_order(tmp_path: Path) -> None:
    parts = [
        {"field": "name", "text": "a", "to": "b"},
        {"field": "name", "text": "b", "to": "c"},
        {"field": "name", "pattern": "c", "to": "d"},
    ]
    # Texts that stand beside one another are looked up at once: each cell is changed by one of them.
    assert column(run(tmp_path, parts, "a,,,\nb,,,\n"), "name") == ["b", "d"]


def test_uniqueness_and_other_rules_see_what_the_recipe_wrote(tmp_path: Path) -> None:
    fields = [dict(FIELDS[0], validators=[{"validate": "unique"}]), *FIELDS[1:]]
    outcome = run(tmp_path, [{"field": "name", "text": "a", "to": "b"}], "a,,,\nb,,,\n", fields=fields)
    assert outcome.metadata is not None
    assert outcome.metadata["rowsWithError"] == [0, 1]


def test_a_text_with_two_meanings_in_the_column_is_not_written(tmp_path: Path) -> None:
    rows = 'A,,,"0,5"\nB,,,"2,5"\nC,,,x\nD,,,y\n'
    parts = [{"field": "qty", "text": "x", "to": "1,234"}, {"field": "qty", "text": "y", "to": "12,5"}]
    outcome = run(tmp_path, parts, rows)
    assert column(outcome, "qty") == [0.5, 2.5, None, 12.5]


def test_many_rows_in_many_chunks_are_each_counted_once(tmp_path: Path) -> None:
    fields = [dict(FIELDS[0], validators=[{"validate": "unique"}]), *FIELDS[1:]]
    rows = "".join(f"n{number},,,{'n/a' if number % 3 else number}\n" for number in range(30_000))
    outcome = run(tmp_path, [{"field": "qty", "text": "n/a", "to": "0"}], rows, fields=fields)
    assert outcome.decisions["recipe"]["replaced"] == {"qty": 20_000}
    assert outcome.decisions["autofixes"] == [{"field": "qty", "code": "recipe", "count": 20_000}]
