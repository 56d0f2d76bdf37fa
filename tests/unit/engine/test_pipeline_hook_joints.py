"""Where hooks meet the rest of an import: notations, options of single cells, rows and fields that come and go."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from headgate import Outcome, import_file
from headgate.engine.pipeline import run_import
from headgate.engine.request import ImportRequest
from headgate.schema import parse_schema_document

A = {"label": "A", "key": "a"}
B = {"label": "B", "key": "b", "type": "number"}
OPTIONS = [{"label": "Open door", "value": "open"}, {"label": "Done", "value": "done"}]
STAGE = {"label": "Stage", "key": "stage", "type": "select", "selectOptions": OPTIONS}
TAGS = {"label": "Tag", "key": "tag", "manyToOne": True}
FILE = "a,b,other\nx,1,u1\ny,2,u2\nz,3,u3\n"


def run(hooks: dict[str, Any], content: str = FILE, fields: Any = (A, B), **settings: Any) -> Outcome:
    schema = {"fields": list(fields), "settings": settings, "hooks": hooks}
    return import_file(content.encode(), schema, filename="file.csv")


def rows(outcome: Outcome) -> list[dict[str, Any]]:
    assert outcome.status == "SUCCESSFUL", outcome.errors
    return list(outcome.rows())


def step(kind: str, callback: str) -> dict[str, Any]:
    return {"stepHooks": [{"type": kind, "callback": callback}]}


def errors(outcome: Outcome) -> list[tuple[int, str | None, str]]:
    assert outcome.metadata is not None, outcome.errors
    return [(error["rowIndex"], error["fieldKey"], error["message"]) for error in outcome.metadata["errors"]]


def failure(outcome: Outcome) -> dict[str, Any]:
    assert outcome.status == "FAILED"
    assert outcome.errors is not None
    assert outcome.errors[0]["code"] == "hook_failed"
    return outcome.errors[0]


def test_copying_a_displayed_value_never_gives_another_value() -> None:
    content = "n;m\n1.234,56;7,25\n12,5;8,75\n1.234;9,5\n"
    fields = [{"label": "N", "key": "n", "type": "number"}, {"label": "M", "key": "m", "type": "number"}]
    copied = run({"rowHooks": ["r => ({row: {m: {value: r.row.n.value}}})"]}, content, fields)
    assert rows(copied) == [{"n": 1234.56, "m": 1234.56}, {"n": 12.5, "m": 12.5}]
    [(row, key, message)] = errors(copied)
    assert (row, key) == (2, "m")
    assert "resultValue" in message
    exact = run({"rowHooks": ["r => ({row: {m: {value: r.row.n.resultValue}}})"]}, content, fields)
    assert [row["m"] for row in rows(exact)] == [1234.56, 12.5, 1234]


def test_options_of_a_cell_hold_for_all_hooks_that_come_later() -> None:
    own = "[{label: 'Later on', value: 'later'}]"
    hooks = {
        "rowHooks": [f"r => ({{row: {{stage: {{selectOptions: {own}, value: 'later'}}}}}})"],
        "bulkRowHooks": [
            "rs => { rs.forEach(r => { console.log(r.row.stage.value); r.row.stage.value = 'LATER ON' }) }"
        ],
    }
    outcome = run(hooks, "a,stage\nx,Done\n", [A, STAGE])
    assert rows(outcome) == [{"a": "x", "stage": "later"}]
    assert [entry["text"] for entry in outcome.console] == ["Later on"]


def test_the_error_of_a_cell_names_the_options_of_that_cell() -> None:
    hook = "r => r.index ? undefined : {row: {stage: {value: 'no', selectOptions: [{label: 'Later', value: 'l'}]}}}"
    outcome = run({"rowHooks": [hook]}, "a,stage\nx,Done\ny,never\n", [A, STAGE])
    told = [message for _, _, message in errors(outcome)]
    assert "Expected one of: Later." in told[0]
    assert "Expected one of: Open door, Done." in told[1]


def test_the_last_messages_that_a_step_hook_gives_to_a_cell_count_and_later_hooks_can_take_them_away() -> None:
    def told(row: int, text: str) -> str:
        return f"{{rowIndex: {row}, fieldKey: 'a', messages: [{{message: '{text}'}}]}}"

    callback = f"i => i.updateInfoMessages([{told(0, 'old')}, {told(0, 'new')}, {told(1, 'gone')}, {told(2**40, '')}])"
    column = {"fieldName": "a", "callback": "cells => [{index: 1, info: []}]"}
    outcome = run({**step("REVIEW_STEP", callback), "columnHooks": [column]})
    assert errors(outcome) == [(0, "a", "new")]


def test_messages_about_a_many_to_one_field_stand_at_its_first_column_where_later_hooks_find_them() -> None:
    whole = "r => ({row: {tag: {info: [{message: 'whole'}]}}})"
    first = "r => { r.row.tag.manyToOne[0].info = [...r.row.tag.manyToOne[0].info, {message: 'first'}] }"
    outcome = run({"rowHooks": [whole, first]}, "tag,a,tag\np,x,q\n", [TAGS, A])
    assert [message for _, _, message in errors(outcome)] == ["whole", "first"]
    wrong = run({"rowHooks": ["r => ({row: {tag: {info: 'text'}}})"]}, "tag,a,tag\np,x,q\n", [TAGS, A])
    assert "must be a list" in failure(wrong)["message"]


@pytest.mark.parametrize(
    "hook",
    ["r => ({row: {total: {value: 1}}})", "r => { r.row.total = {value: 1} }", "r => { delete r.row.b; r.row.t = {} }"],
)
def test_a_cell_that_no_field_of_the_table_takes_is_an_error_however_it_is_set(hook: str) -> None:
    assert "no such field" in failure(run({"rowHooks": [hook]}))["message"]


def test_cells_that_a_hook_deletes_from_its_record_stay() -> None:
    assert rows(run({"rowHooks": ["r => { delete r.row.b }"]}))[0] == {"a": "x", "b": 1}


@pytest.mark.parametrize("kind", ["UPLOAD_STEP", "REVIEW_STEP"])
def test_added_fields_need_no_column_and_are_filled_by_row_hooks(kind: str) -> None:
    added = {"key": "c", "label": "C", "type": "number"}, {"key": "m", "label": "M", "manyToOne": True}
    callback = f"i => {{ for (const field of {json.dumps(added)}) i.addField(field, {{before: 'b'}}) }}"
    hook = "r => ({row: {c: {value: r.index + 0.5}, m: {value: ['m' + r.index]}}})"
    outcome = run({**step(kind, callback), "rowHooks": [hook]})
    assert rows(outcome)[1] == {"a": "y", "c": 1.5, "m": ["m1"], "b": 2}
    assert list(rows(outcome)[1]) == ["a", "c", "m", "b"]


def test_hidden_many_to_one_fields_are_filled_by_hooks() -> None:
    hidden = {**TAGS, "hidden": True}
    assert rows(run({"rowHooks": ["r => ({row: {tag: {value: ['t']}}})"]}, fields=[A, hidden]))[0]["tag"] == ["t"]


def test_values_of_added_rows_are_written_as_their_fields_read_them() -> None:
    listed = {"label": "L", "key": "l", "type": ["multi-select", {"delimiter": ";"}], "selectOptions": OPTIONS}
    callback = """i => {
        i.addField({key: 't', label: 'T', type: 'time'});
        i.addRows([{row: {l: ['open', 'done'], t: new Date(Date.UTC(2024, 1, 29, 13, 5)), tag: ['p', 'q']}}]);
    }"""
    outcome = run(step("REVIEW_STEP", callback), "tag,l,tag\n1,Done,2\n", [TAGS, listed])
    assert rows(outcome)[1] == {"tag": ["p", "q"], "l": ["open", "done"], "t": "13:05"}


@pytest.mark.parametrize("given", ["{c: 1}", "{tag: ['1', '2', '3']}"])
def test_values_of_added_rows_that_have_no_column_are_an_error(given: str) -> None:
    unmapped = {"label": "Unmapped", "key": "c"}
    hooks = step("REVIEW_STEP", f"i => i.addRows([{{row: {given}}}])")
    error = failure(run(hooks, "tag,a,tag\n1,x,2\n", [TAGS, A, unmapped]))
    assert "column" in error["message"]
    assert (error["position"], error["line"]) == (0, 1)


def test_added_rows_have_no_unmapped_cells() -> None:
    hooks = step("REVIEW_STEP", "i => i.addRows([{index: 1, row: {a: 'new'}}, {row: {a: 'end'}}])")
    outcome = run(hooks, passThroughUnmappedColumns=True)
    unmapped = [(row["a"], row["$unmapped"]) for row in rows(outcome)]
    assert unmapped == [("x", {"2": "u1"}), ("new", {}), ("y", {"2": "u2"}), ("z", {"2": "u3"}), ("end", {})]


def test_added_rows_may_bring_messages_but_no_options() -> None:
    row = "{a: {value: 'n', info: [{message: 'look', level: 'warning'}]}, b: {value: 1, info: [{message: 'no'}]}}"
    outcome = run(step("REVIEW_STEP", f"i => i.addRows([{{index: 1, row: {row}}}, {{row: {row}}}])"))
    assert errors(outcome) == [(1, "b", "no"), (4, "b", "no")]
    assert outcome.metadata is not None
    assert [(note["rowIndex"], note["message"]) for note in outcome.metadata["warnings"]] == [(1, "look"), (4, "look")]
    refused = run(step("REVIEW_STEP", "i => i.addRows([{row: {a: {value: 1, selectOptions: []}}}])"))
    assert "selectOptions" in failure(refused)["message"]


def test_a_wrong_cell_of_a_column_hook_is_named_by_its_row() -> None:
    hook = {"fieldName": "a", "callback": "cells => [{index: 2, value: {}}]"}
    assert failure(run({"columnHooks": [hook]}))["row"] == 2


def test_what_before_finish_changes_is_checked_and_delivered() -> None:
    callback = (
        "(rows, metadata, i) => { i.addRows([{row: {a: 'new', b: rows.length}}, {row: {b: 'x'}}]); i.setUser({id: 1}) }"
    )
    outcome = run({"beforeFinishCallback": callback})
    assert rows(outcome)[3:] == [{"a": "new", "b": 3}]
    assert [row for row, _, _ in errors(outcome)] == [4]
    assert outcome.metadata is not None
    assert outcome.metadata["user"] == {"id": 1}


def test_before_finish_may_cancel_without_a_message_and_leave_messages_at_cells() -> None:
    message = "{rowIndex: 1, fieldKey: 'a', messages: [{message: 'look'}]}"
    outcome = run(
        {"beforeFinishCallback": f"(r, m, i) => {{ i.updateInfoMessages([{message}]); return {{cancel: true}} }}"}
    )
    assert outcome.status == "NEEDS_REVIEW"
    assert outcome.errors is not None
    assert "beforeFinishCallback" in outcome.errors[0]["message"]
    assert outcome.issues is not None
    assert [(entry["rowIndex"], entry["message"]) for entry in outcome.issues.entries("error")] == [(1, "look")]


def test_row_delete_hooks_alone_cost_nothing() -> None:
    outcome = run({"rowDeleteHooks": ["(record) => { throw new Error('never') }"]})
    assert len(rows(outcome)) == 3
    assert outcome.decisions["hooks"] == []
    assert "hooks" not in outcome.decisions["timings"]


@pytest.mark.parametrize("rest", ["", "x,1\n"])
def test_hooks_meet_tables_without_rows_and_without_fields(rest: str) -> None:
    hooks = {
        "rowHooks": ["r => r"],
        "bulkRowHooks": ["rs => rs"],
        "batchRowHooks": ["rs => rs"],
        "beforeFinishCallback": "rows => console.log(rows.length)",
        **step("REVIEW_STEP", "i => { i.removeRows(['1']); i.removeField('a'); i.removeField('b') }"),
    }
    outcome = run(hooks, f"a,b\n{rest}")
    assert rows(outcome) == []
    assert [entry["text"] for entry in outcome.console] == ["0"]


def test_many_rows_keep_their_order_ids_and_messages_over_all_kinds_of_hooks(tmp_path: Path) -> None:
    count = 70_000
    callback = """i => {
        const rows = [[66000, 'c'], [65536, 'b'], [65535, 'a'], [1e9, 'far'], [null, 'end'], [null, 'gone']];
        const ids = i.addRows(rows.map(([index, a]) => ({index, row: {a}})));
        i.removeRows([ids[5], '1', '69000']);
    }"""
    mark = "r => ({index: r.index, row: {a: {value: r.row.a.value + r.index % 10}}})"
    hooks = {
        **step("REVIEW_STEP", callback),
        "columnHooks": [{"fieldName": "a", "callback": "cells => [{index: 66001, value: cells[66001].rowId}]"}],
        "rowHooks": [mark],
        "bulkRowHooks": ["rs => [{index: 66003, row: {a: {info: [{message: rs[66003].rowId, level: 'info'}]}}}]"],
        "batchRowHooks": [f"rs => rs.map({mark})"],
    }
    source = tmp_path / "file.csv"
    source.write_text("a,b\n" + "".join(f"r{n},{n}\n" for n in range(count)))
    schema = parse_schema_document({"fields": [A, B], "hooks": hooks})
    outcomes = [run_import(ImportRequest(source, schema), tmp_path / name) for name in ("one", "two")]
    found = [row["a"] for row in rows(outcomes[0])]
    names = [f"r{n}" for n in range(1, count) if n != 68_999]
    expected = [*names[:65534], "a", names[65534], "b", *names[65535:65999], "c", *names[65999:], "far", "end"]
    expected[66001] = "hook-1"
    assert [text[:-2] for text in found] == expected
    assert all(text.endswith(str(at % 10) * 2) for at, text in enumerate(found))
    assert outcomes[0].metadata is not None
    [note] = outcomes[0].metadata["warnings"]
    assert (note["rowIndex"], note["message"], note["sourceRow"]) == (66_003, "66002", 66_003)
    first, second = (outcome.result_json.read_bytes() for outcome in outcomes if outcome.result_json is not None)
    assert first == second
    kept = {path.name for path in (tmp_path / "one").iterdir()}
    assert "hooked" not in kept


def test_a_failure_behind_the_first_chunk_names_the_row_of_the_table() -> None:
    content = "a,b\n" + "x,1\n" * 66_000
    error = failure(run({"rowHooks": ["r => {\n if (r.index === 65999) throw new Error('boom') }"]}, content))
    assert (error["row"], error["line"], error["position"]) == (65_999, 2, 0)


def test_results_that_a_later_hook_made_old_are_not_kept(tmp_path: Path) -> None:
    source = tmp_path / "file.csv"
    source.write_text(FILE)
    hooks = step("REVIEW_STEP_PRE_SUBMIT", "i => i.removeRows(['1'])")
    outcome = run_import(
        ImportRequest(source, parse_schema_document({"fields": [A, B], "hooks": hooks})), tmp_path / "w"
    )
    assert [row["a"] for row in rows(outcome)] == ["y", "z"]
    assert len(list((tmp_path / "w").glob("result-*.json"))) == 1
