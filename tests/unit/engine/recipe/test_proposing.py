"""A recipe made of a review's log: decisions and bulk changes, and nothing that could mean something else next time."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from headgate.api import load_schema
from headgate.engine.recipe.document import Recipe, parse_recipe
from headgate.engine.recipe.proposing import Proposed, propose
from headgate.engine.review.decisions import CustomFieldDecision, PersonDecisions, ReadingDecision
from headgate.engine.review.delta import AS_BUILT, CELLS, GIVEN, Delta
from headgate.engine.review.log import LogEntry
from tests.unit.engine.recipe.replaying import FIELDS, FILE, replayed

SCHEMA = load_schema({"fields": FIELDS})
KEYS = ["name", "day", "stage", "qty"]


def decisions(headers: list[str], methods: str = "pppp", status: str = "person") -> dict[str, Any]:
    names = {"p": "person", "a": "exact"}
    columns = [
        {"index": index, "header": header, "field": KEYS[index], "method": names[methods[index]]}
        for index, header in enumerate(headers)
    ]
    return {"header": {"status": status, "rows": [2]}, "columns": columns}


def entry(kind: str, parameters: dict[str, Any], *cells: tuple[int, int, str | None, str | None]) -> LogEntry:
    frame = pl.DataFrame(
        {
            "row": [row for row, *_ in cells],
            "column": [column for _, column, *_ in cells],
            "before": [before for *_, before, _ in cells],
            "after": [after for *_, after in cells],
            "before_read": [AS_BUILT for _ in cells],
            "after_read": [GIVEN for _ in cells],
        },
        schema={name: CELLS[name] for name in ("row", "column", "before", "after", "before_read", "after_read")},
    )
    missing = [pl.lit(None, dtype=dtype).alias(name) for name, dtype in CELLS.items() if name not in frame.columns]
    delta = Delta(frame.with_columns(missing).select(list(CELLS))).to_bytes()
    return LogEntry(1, kind, "a", "c", datetime.now(UTC), parameters, len(cells), len(cells), None, delta)


def proposed(
    *entries: LogEntry,
    person: PersonDecisions | None = None,
    earlier: Recipe | None = None,
    told: dict[str, Any] | None = None,
) -> Proposed:
    told = told or decisions(["Kunde", "Tag", "Phase", "Menge"])
    return propose(SCHEMA, told, person or PersonDecisions(), entries, earlier)


def test_decisions_and_bulk_changes_become_a_recipe_that_fits_the_same_file(tmp_path: Path) -> None:
    person = PersonDecisions(values={"stage": {"offen": "o", "?": None}}, orders={"day": "month_day"})
    found = proposed(
        entry("fix", {"fix": "set_value", "text": "0"}, (1, 3, "n/a", "0"), (3, 3, "x", "0"), (4, 3, "n/a", "0")),
        entry("replace", {"find": "acme", "replace": "Acme $1", "everywhere": True}, (1, 0, "ACME", "Acme $1")),
        entry("set_cells", {}, (2, 0, "ACME", "Other")),
        person=person,
    )
    assert found.document is not None
    assert found.document["header"] == {"rows": [2]}
    assert found.document["knownHeaders"] == ["Kunde", "Tag", "Phase", "Menge"]
    assert found.document["values"] == [
        {"field": "stage", "text": "offen", "option": "o"}, {"field": "stage", "text": "?", "ignore": True},
    ]  # fmt: skip
    by_field = {part["field"]: part for part in found.document["replacements"]}
    assert by_field["name"] == {"field": "name", "pattern": "(?i)acme", "to": "Acme $$1"}
    assert {part["text"]: part["to"] for part in found.document["replacements"] if part["field"] == "qty"} == {
        "n/a": "0", "x": "0",
    }  # fmt: skip
    assert found.left_out == {"other_edits": 1}
    rows = list(replayed(tmp_path, found.document, FILE).rows())
    assert [row["name"] for row in rows] == ["Acme $1", "Acme $1", "B"]
    assert [row["qty"] for row in rows] == [0, None, 0]
    assert [row["day"] for row in rows] == ["2024-03-04", "2024-03-05", "2024-01-02"]


def test_texts_mapped_to_options_become_values(tmp_path: Path) -> None:
    found = proposed(entry("fix", {"fix": "map_values"}, (1, 2, " offen ", "Open"), (2, 2, "weg", None)))
    assert found.document is not None
    assert found.document["values"] == [{"field": "stage", "text": "offen", "option": "o"}]
    assert found.document["replacements"] == [{"field": "stage", "text": "weg", "to": ""}]


def test_a_text_that_became_several_others_and_empty_cells_are_left_out_and_counted() -> None:
    fix = entry("fix", {"fix": "suggestion"}, (1, 0, "a", "b"), (2, 0, "a", "c"), (3, 0, None, "d"), (4, 0, "e", "f"))
    found = proposed(fix)
    assert found.document is not None
    assert found.document["replacements"] == [{"field": "name", "text": "e", "to": "f"}]
    assert found.left_out == {"several_meanings": 1, "empty_cells": 1}


def test_nothing_that_was_decided_about_values_of_a_masked_field_is_kept() -> None:
    schema = load_schema({"fields": [FIELDS[0] | {"mask": "all"}, *FIELDS[1:]]})
    changes = [
        entry("fix", {"fix": "set_value", "text": "secret-b"}, (1, 0, "secret-a", "secret-b")),
        entry("replace", {"find": "n/a", "replace": "0", "everywhere": True}, (1, 3, "n/a", "0")),
    ]
    person = PersonDecisions(values={"name": {"secret-c": "x"}})
    found = propose(schema, decisions(["Kunde", "Tag", "Phase", "Menge"]), person, changes, None)
    assert found.document is not None
    assert "secret" not in str(found.document)
    assert [part["field"] for part in found.document["replacements"]] == ["qty"]
    assert found.left_out["masked"] == 2


def test_a_replacement_in_some_rows_only_keeps_the_texts_that_it_met() -> None:
    change = {"find": "x", "replace": "y"}
    found = proposed(entry("replace", change, (1, 0, "axa", "aya")))
    assert found.document is not None
    assert found.document["replacements"] == [{"field": "name", "text": "axa", "to": "aya"}]


def test_columns_without_a_clear_name_are_left_out_with_all_that_is_said_of_their_fields() -> None:
    told = decisions(["Kunde", "Kunde", "", "Menge"], status="accepted")
    person = PersonDecisions(values={"stage": {"offen": "o"}}, orders={"day": "day_month"})
    found = proposed(entry("fix", {"fix": "clear"}, (1, 0, "x", None)), person=person, told=told)
    assert found.document == {
        "recipe": 1, "knownHeaders": ["Kunde", "Menge"], "columns": [{"header": "Menge", "field": "qty"}],
    }  # fmt: skip
    assert found.left_out["unclear_headers"] == 3


def test_what_headgate_found_alone_stays_out_unless_cells_of_the_field_are_changed() -> None:
    told = decisions(["Name", "Day", "Stage", "Quantity"], "aaaa", "accepted")
    assert proposed(told=told) == Proposed(None, {})
    found = proposed(entry("fix", {"fix": "clear"}, (1, 3, "n/a", None)), told=told)
    assert found.document is not None
    assert found.document["columns"] == [{"header": "Quantity", "field": "qty"}]
    assert "header" not in found.document


def test_an_earlier_recipe_goes_on_and_gives_way_to_what_was_decided_since() -> None:
    earlier = parse_recipe(
        {
            "recipe": 1,
            "values": [{"field": "stage", "text": "a", "option": "o"}, {"field": "stage", "text": "b", "option": "o"}],
            "replacements": [{"field": "qty", "text": "n/a", "to": "", "onlyInvalid": True}],
        }
    )
    found = proposed(person=PersonDecisions(values={"stage": {"a": "w"}}), earlier=earlier)
    assert found.document is not None
    assert [value["option"] for value in found.document["values"]] == ["w", "o"]
    assert found.document["replacements"] == [{"field": "qty", "text": "n/a", "to": "", "onlyInvalid": True}]


def test_reading_fields_of_ones_own_and_deleted_rows_are_not_remembered() -> None:
    person = PersonDecisions(
        reading=ReadingDecision(delimiter=";"), custom_fields=(CustomFieldDecision("x", "X", "string"),)
    )
    deleting = LogEntry(1, "fix", "a", "c", datetime.now(UTC), {"fix": "delete_rows"}, 0, 5)
    assert proposed(deleting, person=person).left_out == {"custom_fields": 1, "reading": 1, "deleted_rows": 5}
