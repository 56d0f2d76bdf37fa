"""Column, bulk, batch, row delete, step and finish hooks (hooks.md)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from headgate.engine.errors import ImportFailedError
from headgate.engine.hooks.actions import (
    AddField,
    AddRows,
    CellMessages,
    CellValue,
    NewRow,
    RemoveField,
    RemoveRows,
    SetConfirmationMessage,
    SetDevelopmentMode,
    SetHeaderRow,
    SetUser,
    UpdateInfoMessages,
)
from headgate.engine.hooks.rows import HookField, RowBatch, RowChanges
from tests.unit.engine.hooks.hook_tables import Start


def values(changes: RowChanges, slot: str) -> dict[int, str | None]:
    found = changes.values.get(slot)
    return dict(zip(found.at.to_list(), found.value.to_list(), strict=True)) if found else {}


# Bulk and batch


def test_a_bulk_hook_gets_all_rows_of_all_batches_at_once(start: Start) -> None:
    hook = """(rs, mode) => { for (const r of rs) r.row.a.value = `${rs.length} ${mode} ${r.index}`; return rs; }"""
    runner = start({"bulkRowHooks": [hook]}, "a")
    first, second = runner.session.bulk_row_hooks(runner.batches({"a": list("vwxyz")}, 2, 3), "init")
    assert values(first, "a") == {0: "5 init 0", 1: "5 init 1"}
    assert values(second, "a") == {0: "5 init 2", 1: "5 init 3", 2: "5 init 4"}


def test_a_bulk_hook_may_return_some_records_in_any_order(start: Start) -> None:
    hook = "(rs) => [{index: 3, row: {a: {value: 'last'}}}, {index: 1, row: {a: {info: [{message: 'm'}]}}}]"
    runner = start({"bulkRowHooks": [hook]}, "a")
    (changes,) = runner.session.bulk_row_hooks(runner.batches({"a": list("wxyz")}, 4), "init")
    assert values(changes, "a") == {3: "last"}
    assert changes.infos.rows() == [(1, "a", "error", "m")]


def test_bulk_hooks_are_chained_and_changes_in_place_count_without_a_return(start: Start) -> None:
    hooks = [
        "async (rs) => { await null; for (const r of rs) r.row.a.value += '1'; }",
        "(rs) => { for (const r of rs) r.row.a.value += '2'; return []; }",
        "(rs) => rs.map((r) => ({...r, row: {a: {...r.row.a, value: r.row.a.value + '3'}}})).reverse()",
    ]
    runner = start({"bulkRowHooks": hooks}, "a")
    (changes,) = runner.session.bulk_row_hooks(runner.batches({"a": ["x", "y"]}, 2), "init")
    assert values(changes, "a") == {0: "x123", 1: "y123"}


@pytest.mark.parametrize("returned", ["5", "{}", "[{row: {}}]", "[{index: 99, row: {}}]", "['x']", "[null]"])
def test_a_wrong_return_shape_of_a_bulk_hook_fails_the_import(start: Start, returned: str) -> None:
    runner = start({"bulkRowHooks": [f"() => ({returned})"]}, "a")
    with pytest.raises(ImportFailedError, match=r"bulkRowHooks\[0\]"):
        runner.session.bulk_row_hooks(runner.batches({"a": ["x"]}, 1), "init")


def test_bulk_answers_of_many_rows_keep_their_places(start: Start) -> None:
    runner = start(
        {"bulkRowHooks": ["(rs) => { for (const r of rs) if (r.index % 3 === 0) r.row.a.value = 'x' + r.index; }"]}, "a"
    )
    found = runner.session.bulk_row_hooks(runner.batches({"a": ["-"] * 5000}, 1700, 0, 3300), "init")
    merged = {
        start + at: text
        for start, part in zip((0, 1700, 1700), found, strict=True)
        for at, text in values(part, "a").items()
    }
    assert merged == {i: f"x{i}" for i in range(0, 5000, 3)}


@pytest.mark.parametrize("heights", [(7,), (3, 4), (1, 1, 5), (2, 0, 5), (4, 3)])
def test_batch_hooks_get_slices_of_the_set_size_however_batches_are_cut(start: Start, heights: tuple[int, ...]) -> None:
    hook = "(rs, number) => { for (const r of rs) r.row.a.value = `${number}:${rs.length}`; return rs; }"
    runner = start({"batchRowHooks": [hook]}, "a")
    found = list(runner.session.batch_row_hooks(runner.batches({"a": ["-"] * 7}, *heights), 3))
    assert len(found) == len(heights)
    merged = [text for part in found for text in values(part, "a").values()]
    assert merged == ["1:3"] * 3 + ["2:3"] * 3 + ["3:1"]
    assert runner.session.statistics[0].calls == 3


def test_batch_hooks_yield_a_batch_as_soon_as_it_is_through(start: Start) -> None:
    runner = start({"batchRowHooks": ["() => {}"]}, "a")
    taken = []

    def batches() -> Iterator[RowBatch]:
        for batch in runner.batches({"a": ["-"] * 6}, 2, 2, 2):
            taken.append(batch)
            yield batch

    results = runner.session.batch_row_hooks(batches(), 2)
    next(results)
    assert len(taken) == 1


# Column


def test_a_column_hook_gets_all_cells_and_leaves_the_others_alone(start: Start) -> None:
    hook = """(cells) => cells.filter((c) => c.index !== 1)
      .map((c) => ({index: c.index, value: c.value + c.rowId + cells.length, info: [{message: 'm', level: 'info'}]}))"""
    field = HookField("a", ("a",))
    runner = start({"columnHooks": [{"fieldName": "a", "callback": hook}]}, field, "b")
    found = runner.session.column_hooks(field, "a", runner.batches({"a": list("xyz"), "b": list("123")}, 2, 1))
    assert [values(part, "a") for part in found] == [{0: "xid03"}, {0: "zid23"}]
    assert [part.infos.rows() for part in found] == [[(0, "a", "info", "m")], [(0, "a", "info", "m")]]


def test_column_hooks_run_for_their_field_only_and_are_chained(start: Start) -> None:
    hooks = [
        {"fieldName": "a", "callback": "(cells) => cells.map((c) => ({...c, value: c.value + '1'}))"},
        {"fieldName": "b", "callback": "() => { throw new Error('not for a'); }"},
        {"fieldName": "a", "callback": "async (cells) => { cells[0].value += '2'; return cells; }"},
    ]
    field = HookField("a", ("a",))
    runner = start({"columnHooks": hooks}, field, "b")
    (changes,) = runner.session.column_hooks(field, "a", runner.batches({"a": ["x"], "b": ["y"]}, 1))
    assert values(changes, "a") == {0: "x12"}
    assert [entry.calls for entry in runner.session.statistics] == [1, 0, 1]


def test_a_column_hook_runs_once_per_column_of_a_many_to_one_field(start: Start) -> None:
    field = HookField("m", ("m1", "m2"), many=True)
    hook = {"fieldName": "m", "callback": "(cells) => cells.map((c) => ({index: c.index, value: '<' + c.value + '>'}))"}
    runner = start({"columnHooks": [hook]}, field)
    batches = runner.batches({"m1": ["a"], "m2": ["b"]}, 1)
    found = [runner.session.column_hooks(field, slot, batches)[0] for slot in field.slots]
    assert values(found[0], "m1") == {0: "<a>"}
    assert values(found[1], "m2") == {0: "<b>"}


@pytest.mark.parametrize(
    "returned", ["{}", "5", "[{value: 'x'}]", "[{index: 9, value: 'x'}]", "[{index: 0, value: {}}]"]
)
def test_a_wrong_return_shape_of_a_column_hook_fails_the_import(start: Start, returned: str) -> None:
    field = HookField("a", ("a",))
    runner = start({"columnHooks": [{"fieldName": "a", "callback": f"() => ({returned})"}]}, field)
    with pytest.raises(ImportFailedError, match=r"columnHooks\[0\]"):
        runner.session.column_hooks(field, "a", runner.batches({"a": ["x"]}, 1))


# Row delete


def test_row_delete_hooks_are_told_of_every_removed_row(start: Start) -> None:
    hook = "(r) => { console.log(r.index + r.row.a.value + r.rowId); r.row.a.value = 'ignored'; return 5; }"
    runner = start({"rowDeleteHooks": [hook]}, "a")
    runner.session.row_delete_hooks(runner.batches({"a": ["x", "y"]}, 2)[0])
    assert [entry.text for entry in runner.session.console] == ["0xid0", "1yid1"]


# Steps


def step(*callbacks: str, kind: str = "REVIEW_STEP") -> dict:
    return {"stepHooks": [{"type": kind, "callback": callback} for callback in callbacks]}


def test_step_hooks_of_a_type_get_their_payload_in_order(start: Start) -> None:
    hooks = {
        "stepHooks": [
            {"type": "UPLOAD_STEP", "callback": "(i, d) => console.log('u' + JSON.stringify(d))"},
            {"type": "REVIEW_STEP", "callback": "() => console.log('r')"},
            {"type": "UPLOAD_STEP", "callback": "async (i, d) => console.log('v' + d.dataPreview.map((x) => x[0]))"},
        ]
    }
    runner = start(hooks)
    payload = {"filename": "f.csv", "dataPreview": [["a", None]], "sessionId": "s"}
    assert runner.session.step("UPLOAD_STEP", payload).actions == ()
    assert [entry.text for entry in runner.session.console] == [
        'u{"filename":"f.csv","dataPreview":[["a",null]],"sessionId":"s"}',
        "va",
    ]


def test_every_method_of_the_instance_is_recorded_in_order(start: Start) -> None:
    hook = """(i) => {
      i.addField({key: 'full', label: 'Full', type: 'select', selectOptions: [{label: 'L', value: 'v'}]}, {after: 'a'});
      i.addField({key: 'first', label: 'First'}, {before: 'a'});
      i.removeField('b');
      i.addRows([{index: 0, row: {a: 5, full: {value: 'x'}}}, {row: {}}]);
      i.removeRows(['r1']);
      i.updateInfoMessages([{rowIndex: 2, fieldKey: 'a', messages: [{message: 'm', level: 'warning'}]}]);
      i.addInfoMessages([{rowIndex: 0, fieldKey: 'full', manyToOneIndex: 1, messages: []}]);
      i.setUser({id: 'u', name: 'N'}); i.setDevelopmentMode(true); i.setConfirmationMessage('<b>ok</b>', {x: 1});
    }"""
    runner = start(step(hook), "a", "b")
    actions = runner.session.step("REVIEW_STEP", {}).actions
    assert isinstance(actions[0], AddField)
    assert (actions[0].field.key, actions[0].field.type_name, actions[0].after) == ("full", "select", "a")
    assert isinstance(actions[1], AddField)
    assert actions[1].before == "a"
    assert actions[2:] == (
        RemoveField("b"),
        AddRows(
            (
                NewRow("hook-1", 0, {"a": CellValue("5", True), "full": CellValue("x", False)}),
                NewRow("hook-2", None, {}),
            )
        ),
        RemoveRows(("r1",)),
        UpdateInfoMessages((CellMessages(2, "a", None, (("warning", "m"),)),)),
        UpdateInfoMessages((CellMessages(0, "full", 1, ()),)),
        SetUser({"id": "u", "name": "N"}),
        SetDevelopmentMode(True),
        SetConfirmationMessage("<b>ok</b>", {"x": 1}),
    )
    assert runner.session.field_keys == ["first", "a", "full"]


def test_the_header_row_is_chosen_before_there_are_rows_and_rows_change_after(start: Start) -> None:
    hook = "(i) => { i.setHeaderRowOverride(3); i.setHeaderRowOverride(null) }"
    actions = start(step(hook, kind="UPLOAD_STEP"), "a").session.step("UPLOAD_STEP", {}).actions
    assert actions == (SetHeaderRow(3), SetHeaderRow(None))
    for call in ("addRows([])", "removeRows([])", "updateInfoMessages([])"):
        session = start(step(f"(i) => {{ i.{call} }}", kind="UPLOAD_STEP"), "a").session
        with pytest.raises(ImportFailedError, match="works from REVIEW_STEP on"):
            session.step("UPLOAD_STEP", {})


def test_add_rows_returns_the_ids_that_the_rows_get(start: Start) -> None:
    hooks = step(
        "(i) => { const ids = i.addRows([{row: {}}, {row: {}}]); i.removeRows([ids[1]]); }",
        "async (i) => { i.removeRows(await i.addRows([{row: {a: 'x'}}])); }",
    )
    actions = start(hooks, "a").session.step("REVIEW_STEP", {}).actions
    assert actions[1] == RemoveRows(("hook-2",))
    assert actions[3] == RemoveRows(("hook-3",))


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("addField({label: 'x'})", "key"),
        ("addField({key: 'a', label: 'x'})", "already"),
        ("addField({key: 'x', label: 'x', type: 'nope'})", "nope"),
        ("addField({key: 'x', label: 'x'}, {after: 'zzz'})", "zzz"),
        ("addField({key: 'x', label: 'x'}, {after: 'a', before: 'a'})", "before"),
        ("addField()", "object"),
        ("removeField('aa')", 'Did you mean "a"|does not exist'),
        ("removeField({})", "does not exist"),
        ("addRows([{row: {zzz: 1}}])", "zzz"),
        ("addRows([{index: -1, row: {}}])", "index"),
        ("addRows([{row: {a: {b: 1}}}])", "must be a text"),
        ("addRows('x')", "list"),
        ("removeRows('x')", "list"),
        ("removeRows([5])", "list"),
        ("updateInfoMessages([{rowIndex: 'x', fieldKey: 'a', messages: []}])", "rowIndex"),
        ("updateInfoMessages([{rowIndex: 0, fieldKey: 'a', messages: [{message: 5}]}])", "messages"),
        ("setHeaderRowOverride(1)", "UPLOAD_STEP"),
        ("setUser({name: 'x'})", "id"),
        ("setDevelopmentMode('yes')", "true or false"),
        ("setConfirmationMessage(5)", "text"),
        ("addField({get key() { throw new Error('boo') }, label: 'x'})", "boo"),
    ],
)
def test_a_wrong_call_of_the_instance_fails_with_its_place_in_the_source(start: Start, call: str, told: str) -> None:
    runner = start(step(f"(i) => {{\n  i.{call};\n}}"), "a")
    with pytest.raises(ImportFailedError, match=told) as failure:
        runner.session.step("REVIEW_STEP", {})
    context = failure.value.context
    assert (context["hook"], context["position"], context["line"]) == ("stepHooks", 0, 2)


def test_actions_of_one_step_are_not_repeated_in_the_next(start: Start) -> None:
    hooks = {
        "stepHooks": [
            {"type": "REVIEW_STEP", "callback": "(i) => i.setDevelopmentMode(true)"},
            {"type": "REVIEW_STEP_PRE_SUBMIT", "callback": "(i) => i.setDevelopmentMode(false)"},
        ]
    }
    session = start(hooks).session
    assert session.step("REVIEW_STEP", {}).actions == (SetDevelopmentMode(True),)
    assert session.step("REVIEW_STEP_POST_HOOKS", {}).actions == ()
    assert session.step("REVIEW_STEP_PRE_SUBMIT", {}).actions == (SetDevelopmentMode(False),)


# The sample of the documentation: a field added by a step hook, filled by a row hook.


def test_a_field_added_by_a_step_hook_is_there_for_row_hooks(start: Start) -> None:
    hooks = step(
        "(importer) => importer.addField({key: 'fullName', label: 'Full Name', readOnly: true}, {after: 'lastName'})"
    )
    hooks["rowHooks"] = [
        "(record) => { record.row.fullName.value = record.row.firstName.value + ' ' + record.row.lastName.value;"
        " return record; }"
    ]
    runner = start(hooks, "firstName", "lastName")
    (action,) = runner.session.step("REVIEW_STEP", {}).actions
    assert action.field.read_only
    runner.session.set_fields([*runner.fields, HookField.of(action.field, ["fullName"], "string")])
    after = runner.after({"firstName": ["Ada"], "lastName": ["Lovelace"], "fullName": [None]})
    assert after["fullName"] == ["Ada Lovelace"]


# The end


def test_before_finish_gets_all_rows_and_may_cancel(start: Start) -> None:
    hook = """(rows, metadata, instance) => {
      instance.setConfirmationMessage('sure?');
      return {cancel: true,
        message: `${rows.length} ${rows.map((r) => r.n + 1)} ${metadata.filename} ${rows instanceof Array}`};
    }"""
    result = start({"beforeFinishCallback": hook}).session.before_finish(
        [b'[{"n":1},{"n":2}]', [{"n": 3}]], {"filename": "f"}
    )
    assert result.cancel_message == "3 2,3,4 f true"
    assert result.actions == (SetConfirmationMessage("sure?", {}),)


@pytest.mark.parametrize("body", ["{}", "null", "undefined", "{cancel: false, message: 'x'}", "Promise.resolve()"])
def test_before_finish_lets_the_import_end(start: Start, body: str) -> None:
    session = start({"beforeFinishCallback": f"() => ({body})"}).session
    assert session.before_finish([], {}).cancel_message is None


@pytest.mark.parametrize("body", ["5", "'x'", "{cancel: 'yes'}", "{cancel: true, message: 5}", "true"])
def test_a_wrong_return_shape_of_before_finish_fails_the_import(start: Start, body: str) -> None:
    with pytest.raises(ImportFailedError, match="beforeFinishCallback"):
        start({"beforeFinishCallback": f"() => ({body})"}).session.before_finish([], {})


def test_nothing_is_called_when_there_are_no_hooks_of_a_kind(start: Start) -> None:
    runner = start({"rowHooks": ["() => { throw new Error('no') }"]}, "a")
    batches = runner.batches({"a": ["x", "y"]}, 1, 1)
    session = runner.session
    assert not any(session.bulk_row_hooks(batches, "init"))
    assert not any(session.batch_row_hooks(batches))
    assert not any(session.column_hooks(runner.fields[0], "a", batches))
    session.row_delete_hooks(batches[0])
    assert session.before_finish([[]], {}).cancel_message is None


def test_empty_batches_call_nothing(start: Start) -> None:
    throwing = "() => { throw new Error('no') }"
    runner = start({"rowHooks": [throwing], "bulkRowHooks": [throwing], "batchRowHooks": [throwing]}, "a")
    (empty,) = runner.batches({"a": ["x"]}, 0)
    assert not runner.session.row_hooks(empty, "init")
    assert not any(runner.session.bulk_row_hooks([empty], "init"))
    assert not any(runner.session.batch_row_hooks([empty], 5))
