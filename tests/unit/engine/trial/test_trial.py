"""Trials: every row is seen as it would come out; two of them are compared; one hook is run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from headgate.engine.request import ImportRequest
from headgate.engine.trial.comparison import Comparison, compare
from headgate.engine.trial.hook import HookTrial, try_hook
from headgate.engine.trial.run import Trial, run_trial
from headgate.schema import Hooks, parse_schema

Run = Callable[..., Trial]

NAME, MAIL, AGE = (
    {"key": "name", "label": "Name"}, {"key": "mail", "label": "Mail"}, {"key": "age", "label": "Age"},
)  # fmt: skip
PEOPLE = "Name,Mail,Age\nAda,ada@example.com,36\nAlan,alan,41\nGrace,grace@example.com,x\n"


@pytest.fixture
def tried(tmp_path: Path) -> Run:
    def run(fields: list[dict[str, Any]], content: str = PEOPLE, limit: int | None = None, **parts: Any) -> Trial:
        source = tmp_path / "sample.csv"
        source.write_text(content, encoding="utf-8")
        schema = parse_schema(fields, parts.get("settings"), parts.get("hooks"))
        return run_trial(ImportRequest(source, schema, "sample.csv"), Path(mkdtemp(dir=tmp_path)), limit=limit)

    return run


def typed(field: dict[str, Any], name: Any) -> dict[str, Any]:
    return field | {"type": name}


def codes(found: Comparison) -> list[str]:
    return [one.code for one in (*found.summary, *found.decisions)]


def test_a_trial_shows_every_row_whether_it_goes_out_or_not(tried: Run) -> None:
    trial = tried([NAME, typed(MAIL, "email"), typed(AGE, "number")])
    rows = list(trial.witness.objects())
    assert [(row["source_row"], row["delivered"]) for row in rows] == [(2, True), (3, False), (4, False)]
    assert rows[0]["values"] == {"name": "Ada", "mail": "ada@example.com", "age": 36}
    assert trial.issues == {"error": 2, "warning": 0, "info": 0}
    (issue,) = trial.issues_of([2])[2]
    assert (issue["field"], issue["value"], issue["level"]) == ("age", "x", "error")


def test_rows_are_shown_although_errors_ask_for_a_person(tried: Run) -> None:
    trial = tried([NAME, typed(AGE, "number")], settings={"invalidDataBehavior": "BLOCK_SUBMIT"})
    assert trial.outcome.status == "NEEDS_REVIEW"
    assert trial.witness.rows == 3


def test_a_trial_notes_as_many_rows_as_asked_and_counts_all(tried: Run) -> None:
    trial = tried([NAME], limit=2)
    assert [row["values"]["name"] for row in trial.witness.objects()] == ["Ada", "Alan"]
    assert trial.outcome.decisions["rows"]["read"] == 3
    assert tried([NAME], limit=0).witness.rows == 0


def test_a_number_that_a_double_cannot_hold_is_shown_with_every_digit(tried: Run) -> None:
    number = "0.1234567890123456789012"
    trial = tried([NAME, typed(AGE, "number")], f"Name,Age\nAda,{number}\nAlan,1.5\n")
    assert [row["values"]["age"] for row in trial.witness.objects()] == [number, 1.5]


def test_what_a_hook_did_last_is_what_the_witness_saw(tried: Run) -> None:
    hooks = {"stepHooks": [{"type": "REVIEW_STEP_PRE_SUBMIT", "callback": "(i) => i.addRows([{row: {name: 'New'}}])"}]}
    trial = tried([NAME], hooks=hooks)
    rows = list(trial.witness.objects())
    assert [row["values"]["name"] for row in rows] == ["Ada", "Alan", "Grace", "New"]
    assert rows[-1]["source_row"] is None


def test_a_run_is_not_different_from_itself(tried: Run) -> None:
    fields = [NAME, typed(MAIL, "email"), typed(AGE, "number")]
    found = compare(tried(fields), tried(fields))
    assert not found.differs
    assert (found.rows, found.cells, found.examples) == (0, 0, [])


def test_cells_with_another_value_are_counted_and_shown_with_their_text(tried: Run) -> None:
    found = compare(tried([NAME, AGE]), tried([NAME, typed(AGE, ["number", {"outputFormat": {"mantissa": 1}}])]))
    assert {one["field"]: one["cells"] for one in found.fields} == {"age": 3}
    first = found.examples[0]
    assert (first["source_row"], first["delivered_before"], first["delivered_after"]) == (2, True, True)
    (cell,) = first["cells"]
    assert (cell["text"], cell["before"], cell["after"]) == ("36", "36", "36.0")
    last = found.examples[2]["cells"][0]
    assert (last["before"], last["after"], last["issues_before"]) == ("x", None, [])
    assert last["issues_after"][0]["code"] == "not_a_number"
    assert {"rows_delivered", "rows_differ", "errors_differ"} <= set(codes(found))


def test_a_row_that_goes_out_on_one_side_only_is_shown_with_the_reason(tried: Run) -> None:
    strict = NAME | {"validators": [{"validate": "length", "max": 4}]}
    found = compare(tried([NAME]), tried([strict]))
    assert (found.rows, found.cells) == (1, 0)
    (row,) = found.examples
    assert (row["delivered_before"], row["delivered_after"]) == (True, False)
    assert row["cells"][0]["before"] == row["cells"][0]["after"] == "Grace"
    assert row["cells"][0]["issues_after"][0]["code"] == "length_max"


def test_a_renamed_field_is_compared_as_the_same(tried: Run) -> None:
    renamed = compare(tried([NAME, AGE]), tried([NAME, AGE | {"key": "years"}]), {"age": "years"})
    assert not renamed.differs
    apart = compare(tried([NAME, AGE]), tried([NAME, AGE | {"key": "years"}]))
    assert {"field_disappears", "field_appears", "column_differs"} <= set(codes(apart))


def test_rows_find_their_partners_when_the_header_moves(tried: Run) -> None:
    override = {"matchingStep": {"headerRowOverride": 0}}
    content = "Name,Age\nName,Age\nAda,36\nAlan,41\n"
    later = {"matchingStep": {"headerRowOverride": 1}}
    found = compare(tried([NAME, AGE], content, settings=override), tried([NAME, AGE], content, settings=later))
    assert "header_differs" in codes(found)
    assert found.rows == 1
    assert found.examples[0]["delivered_after"] is None
    assert found.examples[0]["source_row"] == 2


def test_only_what_is_said_of_cells_may_differ(tried: Run) -> None:
    warned = NAME | {"validators": [{"validate": "length", "max": 4, "level": "warning"}]}
    found = compare(tried([NAME]), tried([warned]))
    assert found.differs
    assert (found.rows, codes(found)) == (0, ["errors_differ"])


def test_an_import_that_never_comes_to_its_rows_differs_by_its_end(tried: Run) -> None:
    found = compare(tried([NAME]), tried([NAME, {"key": "z", "label": "Quux", "requireMapping": True}]))
    assert codes(found)[0] == "status_differs"
    assert found.examples == []


def test_the_examples_end_at_fifty_and_the_counts_do_not(tried: Run) -> None:
    content = "Name,Age\n" + "".join(f"P{n},{n}\n" for n in range(200))
    found = compare(tried([NAME, AGE], content), tried([NAME, typed(AGE, "number")], content))
    assert (found.rows, found.cells, len(found.examples)) == (200, 200, 50)


def test_added_rows_are_partners_in_their_order(tried: Run) -> None:
    def hooks(name: str) -> dict[str, Any]:
        source = f"(i) => i.addRows([{{row: {{name: 'one'}}}}, {{row: {{name: '{name}'}}}}])"
        return {"stepHooks": [{"type": "REVIEW_STEP_PRE_SUBMIT", "callback": source}]}

    found = compare(tried([NAME], hooks=hooks("two")), tried([NAME], hooks=hooks("three")))
    assert found.rows == 1
    assert found.examples[0]["source_row"] is None
    assert found.examples[0]["cells"][0]["after"] == "three"


@pytest.fixture
def hooked(tmp_path: Path) -> Callable[..., HookTrial]:
    def run(
        hook: dict[str, Any], rows: str = '[{"name": "Ada", "age": "36"}, {"name": "Alan", "age": "x"}]'
    ) -> HookTrial:
        source = tmp_path / "rows.json"
        source.write_text(rows, encoding="utf-8")
        schema = parse_schema([NAME, typed(AGE, "number")], {"invalidDataBehavior": "BLOCK_SUBMIT"})
        request = ImportRequest(source, schema, kind="initial_data")
        return try_hook(request, Hooks.model_validate(hook), Path(mkdtemp(dir=tmp_path)), 20)

    return run


def test_a_hook_is_shown_by_its_rows_before_and_after(hooked: Callable[..., HookTrial]) -> None:
    source = (
        "(r) => { console.log('seen', r.index); if (r.row.name.value === 'Ada') r.row.name.value = 'ADA'; return r }"
    )
    found = hooked({"rowHooks": [source]})
    assert [(row["before"], row["after"]) for row in found.rows] == [
        ({"name": "Ada", "age": 36}, {"name": "ADA", "age": 36}),
        ({"name": "Alan", "age": None}, {"name": "Alan", "age": None}),
    ]
    assert [row["changed"] for row in found.rows] == [["name"], []]
    assert [entry["text"] for entry in found.console] == ["seen 0", "seen 1"]
    assert found.error is None


def test_a_message_of_a_hook_is_a_change(hooked: Callable[..., HookTrial]) -> None:
    source = "(r) => ({row: {name: {info: [{level: 'warning', message: 'Look'}]}}})"
    found = hooked({"rowHooks": [source]})
    assert found.rows[0]["changed"] == ["name"]
    assert "Look" in [one["message"] for one in found.rows[0]["issues"]]


def test_rows_that_a_hook_adds_and_removes_have_one_side_only(hooked: Callable[..., HookTrial]) -> None:
    source = "(i) => { i.addRows([{row: {name: 'New'}}]); i.removeRows(['0']) }"
    found = hooked({"stepHooks": [{"type": "REVIEW_STEP_PRE_SUBMIT", "callback": source}]})
    sides = [(row["before"] is None, row["after"] is None) for row in found.rows]
    assert sorted(sides) == [(False, False), (False, True), (True, False)]


@pytest.mark.parametrize(
    ("source", "line"),
    [("(r) => {\n  r.missing.value = 1 }", 2), ("(r) => { return ", 1), ("(r) => {\n\n throw new Error('x') }", 3)],
)
def test_a_hook_that_fails_says_where(hooked: Callable[..., HookTrial], source: str, line: int) -> None:
    found = hooked({"rowHooks": [source]})
    assert found.error is not None
    assert (found.error["code"], found.error["line"]) == ("hook_failed", line)
    assert [row["after"] for row in found.rows] == [None, None]


def test_row_delete_hooks_are_called_as_if_all_rows_were_removed(hooked: Callable[..., HookTrial]) -> None:
    found = hooked({"rowDeleteHooks": ["(r) => console.warn(r.row.name.value)"]})
    assert [entry["text"] for entry in found.console] == ["Ada", "Alan"]
    assert all(row["before"] == row["after"] for row in found.rows)
    assert hooked({"rowDeleteHooks": ["(r) => { throw new Error('no') }"]}).error is not None


def test_rows_that_cannot_be_matched_are_no_mistake_of_the_hook(hooked: Callable[..., HookTrial]) -> None:
    found = hooked({"rowHooks": ["(r) => r"]}, "[]")
    assert found.error is None
    assert found.import_errors
