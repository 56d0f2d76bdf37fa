"""Hooks within whole imports: what they change is typed, checked and delivered like anything else."""

from __future__ import annotations

import json
from typing import Any

from headgate import Outcome, import_file

FIRST = {"label": "First", "key": "first"}
AGE = {"label": "Age", "key": "age", "type": "number"}
STAGE = {
    "label": "Stage",
    "key": "stage",
    "type": "select",
    "selectOptions": [{"label": "Open", "value": "open"}, {"label": "Done", "value": "done"}],
}
FILE = "first,age,stage\nAnn,41,Open\nBob,42,Done\nCy,43,Open\n"


def run(hooks: dict[str, Any], content: str = FILE, fields: Any = None, **settings: Any) -> Outcome:
    schema = {"fields": fields or [FIRST, AGE, STAGE], "settings": settings, "hooks": hooks}
    return import_file(content.encode(), schema, filename="people.csv")


def rows(outcome: Outcome) -> list[dict[str, Any]]:
    assert outcome.status == "SUCCESSFUL", outcome.errors
    return list(outcome.rows())


def column(outcome: Outcome, key: str) -> list[Any]:
    return [row[key] for row in rows(outcome)]


def step(kind: str, callback: str) -> dict[str, Any]:
    return {"stepHooks": [{"type": kind, "callback": callback}]}


def errors(outcome: Outcome) -> list[tuple[int, str | None, str]]:
    assert outcome.metadata is not None
    return [(error["rowIndex"], error["fieldKey"], error["message"]) for error in outcome.metadata["errors"]]


def test_a_row_hook_changes_cells_in_place() -> None:
    hook = "(record) => { record.row.first.value = record.row.first.value.toUpperCase(); return record }"
    assert column(run({"rowHooks": [hook]}), "first") == ["ANN", "BOB", "CY"]


def test_each_row_hook_sees_what_the_one_before_it_changed() -> None:
    hooks = [f"(record) => ({{row: {{first: {{value: record.row.first.value + '{n}'}}}}}})" for n in (1, 2)]
    assert column(run({"rowHooks": hooks}), "first") == ["Ann12", "Bob12", "Cy12"]


def test_hooks_see_typed_values_and_what_they_set_is_typed_again() -> None:
    hook = "({row}) => ({row: {age: {value: row.age.resultValue + 0.5}}})"
    assert column(run({"rowHooks": [hook]}), "age") == [41.5, 42.5, 43.5]


def test_a_value_that_its_type_cannot_read_is_an_error_of_the_cell() -> None:
    outcome = run({"rowHooks": ["(r) => ({row: {age: {value: r.index === 1 ? 'many' : '7'}}})"]})
    assert column(outcome, "age") == [7, 7]
    [(row, field, _)] = errors(outcome)
    assert (row, field) == (1, "age")


def test_validators_check_hooked_values() -> None:
    fields = [{**FIRST, "validators": [{"validate": "unique"}]}, AGE, STAGE]
    outcome = run({"rowHooks": ["() => ({row: {first: {value: 'same'}}})"]}, fields=fields)
    assert rows(outcome) == []
    assert [row for row, _, _ in errors(outcome)] == [0, 1, 2]


def test_error_messages_of_hooks_make_rows_invalid_and_others_do_not() -> None:
    hook = """(r) => ({row: {first: {info: [
        {message: 'look at ' + r.row.first.value, level: ['error', 'warning', 'info'][r.index]}]}}})"""
    outcome = run({"rowHooks": [hook]})
    assert column(outcome, "first") == ["Bob", "Cy"]
    assert errors(outcome) == [(0, "first", "look at Ann")]
    assert outcome.metadata is not None
    assert [note["message"] for note in outcome.metadata["warnings"]] == ["look at Bob", "look at Cy"]


def test_later_messages_replace_earlier_ones_of_the_same_cell() -> None:
    bad = "() => ({row: {first: {info: [{message: 'bad'}]}, age: {info: [{message: 'old'}]}}})"
    good = "() => ({row: {first: {info: []}}})"
    assert {error[1] for error in errors(run({"rowHooks": [bad, good]}))} == {"age"}


def test_a_cell_may_have_options_of_its_own() -> None:
    hook = """(r) => r.index === 0
        ? {row: {stage: {value: 'Later', selectOptions: [{label: 'Later', value: 'later'}]}}}
        : {row: {stage: {value: 'Later'}}}"""
    outcome = run({"rowHooks": [hook]})
    assert column(outcome, "stage") == ["later"]
    assert [row for row, _, _ in errors(outcome)] == [1, 2]


def test_a_column_hook_sees_the_whole_column_and_cells_left_out_stay() -> None:
    hook = {"fieldName": "first", "callback": "(cells) => [{index: 1, value: cells.map(c => c.value).join('+')}]"}
    assert column(run({"columnHooks": [hook]}), "first") == ["Ann", "Ann+Bob+Cy", "Cy"]


def test_column_hooks_run_once_per_column_of_a_many_to_one_field() -> None:
    fields = [{"label": "Tag", "key": "tag", "manyToOne": True}, FIRST]
    hook = {"fieldName": "tag", "callback": "(cells) => cells.map(c => ({...c, value: c.value + cells.length}))"}
    outcome = run({"columnHooks": [hook]}, "tag,first,tag\na,Ann,b\nc,Bob,d\n", fields)
    assert column(outcome, "tag") == [["a2", "b2"], ["c2", "d2"]]


def test_column_hooks_run_before_row_hooks_and_those_before_bulk_and_batch_hooks() -> None:
    def adds(mark: str) -> str:
        return f"record => {{ record.row.first.value += '{mark}'; return record }}"

    hooks = {
        "batchRowHooks": [f"(records, number) => records.map({adds('t')})"],
        "bulkRowHooks": [f"(records) => records.map({adds('b')})"],
        "rowHooks": [adds("r")],
        "columnHooks": [
            {"fieldName": "first", "callback": "(cells) => cells.map(c => ({...c, value: c.value + 'c'}))"}
        ],
    }
    assert column(run(hooks), "first") == ["Anncrbt", "Bobcrbt", "Cycrbt"]


def test_batch_row_hooks_get_slices_of_the_size_that_the_settings_name() -> None:
    hook = (
        "(records, number) => records.map(r => ({index: r.index, row: {age: {value: number * 10 + records.length}}}))"
    )
    assert column(run({"batchRowHooks": [hook]}, batchRowHookBatchSize=2), "age") == [12, 12, 21]


def test_a_step_hook_adds_a_field_that_row_hooks_fill_and_validators_check() -> None:
    field = json.dumps({"label": "Twice", "key": "twice", "type": "number", "validators": [{"validate": "required"}]})
    hooks = {
        **step("REVIEW_STEP", f"(importer) => importer.addField({field}, {{after: 'first'}})"),
        "rowHooks": ["({index, row}) => index ? {row: {twice: {value: row.age.resultValue * 2}}} : {row: {}}"],
    }
    outcome = run(hooks)
    assert rows(outcome) == [
        {"first": "Bob", "twice": 84, "age": 42, "stage": "done"},
        {"first": "Cy", "twice": 86, "age": 43, "stage": "open"},
    ]
    assert list(rows(outcome)[0]) == ["first", "twice", "age", "stage"]
    assert [(row, field) for row, field, _ in errors(outcome)] == [(0, "twice")]


def test_a_step_hook_removes_a_field() -> None:
    assert list(rows(run(step("REVIEW_STEP", "(importer) => importer.removeField('age')")))[0]) == ["first", "stage"]


def test_rows_are_added_at_their_index_or_at_the_end_and_removed_by_id() -> None:
    callback = """(importer) => {
        const [id] = importer.addRows([{index: 1, row: {first: {value: 'New'}}}, {row: {first: {value: 'Last'}}},
                                       {row: {first: {value: 'Gone'}}}]).slice(2);
        importer.removeRows([id]);
    }"""
    outcome = run(step("REVIEW_STEP", callback))
    assert column(outcome, "first") == ["Ann", "New", "Bob", "Cy", "Last"]
    assert column(outcome, "age") == [41, None, 42, 43, None]


def test_messages_of_step_hooks_stand_at_their_cells() -> None:
    callback = (
        "(i) => i.updateInfoMessages([{rowIndex: 2, fieldKey: 'age', messages: [{message: 'no', level: 'error'}]}])"
    )
    assert errors(run(step("REVIEW_STEP_POST_HOOKS", callback))) == [(2, "age", "no")]


def test_an_upload_step_hook_sees_the_raw_rows_and_sets_the_header_row() -> None:
    callback = "(i, data) => i.setHeaderRowOverride(data.dataPreview.findIndex(row => row[0] === 'first'))"
    outcome = run(step("UPLOAD_STEP", callback), "first,first,first\nfirst,age,stage\nAnn,1,Open\n")
    assert outcome.decisions["header"]["row"] == 0
    callback = "(i, data) => i.setHeaderRowOverride(data.filename === 'people.csv' ? 1 : 0)"
    outcome = run(step("UPLOAD_STEP", callback), "first,first,first\nfirst,age,stage\nAnn,1,Open\n")
    assert rows(outcome) == [{"first": "Ann", "age": 1, "stage": "open"}]


def test_set_user_and_development_mode_stand_in_the_metadata() -> None:
    outcome = run(step("UPLOAD_STEP", "(i) => { i.setUser({id: '7', name: 'Zoe'}); i.setDevelopmentMode(true) }"))
    assert outcome.metadata is not None
    assert outcome.metadata["user"] == {"id": "7", "name": "Zoe"}
    assert outcome.metadata["developmentMode"] is True


def test_before_finish_sees_the_rows_that_go_out_and_may_ask_for_a_person() -> None:
    callback = (
        "(rows, metadata) => rows[0].age > 40 && {cancel: true, message: `${rows.length} rows of ${metadata.filename}`}"
    )
    outcome = run({"beforeFinishCallback": callback})
    assert outcome.status == "NEEDS_REVIEW"
    assert outcome.errors == [{"code": "finish_cancelled", "message": "3 rows of people.csv"}]
    assert run({"beforeFinishCallback": "() => undefined"}).status == "SUCCESSFUL"


def test_what_a_pre_submit_hook_changes_is_checked_and_delivered() -> None:
    callback = "(i) => { i.removeField('stage'); i.addRows([{row: {age: {value: 'x'}}}, {row: {age: {value: 5}}}]) }"
    outcome = run(step("REVIEW_STEP_PRE_SUBMIT", callback))
    assert column(outcome, "age") == [41, 42, 43, 5]
    assert [row for row, _, _ in errors(outcome)] == [3]


def test_a_hook_that_throws_fails_the_import_and_says_where() -> None:
    outcome = run(
        {"rowHooks": ["(r) => r", "(record) => {\n  if (record.index === 1)\n    throw new Error('boom')\n}"]}
    )
    assert outcome.status == "FAILED"
    assert outcome.errors is not None
    [error] = outcome.errors
    assert error["code"] == "hook_failed"
    assert (error["hook"], error["position"], error["row"], error["line"]) == ("rowHooks", 1, 1, 3)
    assert "boom" in error["message"]


def test_the_console_is_kept_even_when_the_import_fails() -> None:
    outcome = run({"rowHooks": ["(r) => { console.log('row', r.index); if (r.index === 2) throw 1; return r }"]})
    assert outcome.status == "FAILED"
    assert [entry["text"] for entry in outcome.console] == ["row 0", "row 1", "row 2"]


def test_the_decisions_count_calls_and_time_of_every_hook() -> None:
    [entry] = run({"rowHooks": ["(r) => r"]}).decisions["hooks"]
    assert (entry["kind"], entry["position"], entry["calls"]) == ("rowHooks", 0, 3)


def test_invalid_original_values_are_what_the_hook_set() -> None:
    hooks = {"rowHooks": ["(r) => ({row: {age: {value: 'many'}}})"]}
    outcome = run(hooks, invalidDataBehavior="INCLUDE_INVALID_ROWS_AND_VALUES")
    assert column(outcome, "age") == ["many"] * 3


NOTE = {"label": "Note", "key": "note", "validators": [{"validate": "require_with", "fields": ["first"]}]}


def test_hooks_see_optional_fields_that_the_file_does_not_have() -> None:
    hook = "(r) => ({row: {first: {value: r.row.first.value + '|' + r.row.note.value + '|'}}})"
    outcome = run({"rowHooks": [hook]}, "first\nAnn\n", [FIRST, NOTE])
    assert rows(outcome) == [{"first": "Ann||"}]


def test_a_field_without_a_column_is_in_the_result_once_a_hook_fills_it() -> None:
    hook = "(r) => r.index ? r : {row: {note: {value: 'new'}}}"
    outcome = run({"rowHooks": [hook]}, "first\nAnn\nBob\n", [FIRST, NOTE])
    assert rows(outcome) == [{"first": "Ann", "note": "new"}]
    assert [(row, field) for row, field, _ in errors(outcome)] == [(1, "note")]


def test_a_field_that_a_step_hook_adds_stays_even_when_nothing_fills_it() -> None:
    hooks = {**step("REVIEW_STEP", "(i) => i.addField({key: 'x', label: 'X'})"), "rowHooks": ["(r) => r"]}
    assert rows(run(hooks, "first\nAnn\n", [FIRST])) == [{"first": "Ann", "x": ""}]
