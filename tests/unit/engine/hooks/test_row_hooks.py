"""What row hooks see and what becomes of what they do (hooks.md)."""

from __future__ import annotations

import json

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.errors import ImportFailedError
from headgate.engine.hooks.rows import INFO_SCHEMA, CellOptions, HookField, RowBatch, RowChanges
from tests.unit.engine.hooks.hook_tables import Runner, Start

ECHO = "(r) => { console.log(JSON.stringify(r)); }"


def seen(runner: Runner) -> list:
    return [json.loads(entry.text) for entry in runner.session.console]


def messages(changes: RowChanges) -> list:
    return changes.infos.rows()


def test_a_record_has_index_row_id_texts_typed_values_and_messages(start: Start) -> None:
    number = HookField("n", ("n",), "raw")
    runner = start(
        {"rowHooks": [ECHO]}, "a", number, HookField("ok", ("ok",), "raw"), HookField("tags", ("tags",), "raw")
    )
    infos = pl.DataFrame([(0, "a", "warning", "look")], schema=INFO_SCHEMA, orient="row")
    runner.rows(
        {"a": ["x", None], "n": ["1.234,5", "bad"], "ok": ["yes", ""], "tags": ["p, q", None]},
        {"a": ["x", ""], "n": ["1234.5", None], "ok": ["true", "false"], "tags": ['["p","q"]', None]},
        first=7,
        infos=infos,
        options=(CellOptions(1, "a", (("L", "v", ("alt",)),)),),
    )
    first, second = seen(runner)
    assert first == {
        "index": 7,
        "rowId": "id7",
        "row": {
            "a": {"value": "x", "resultValue": "x", "info": [{"message": "look", "level": "warning"}]},
            "n": {"value": "1.234,5", "resultValue": 1234.5, "info": []},
            "ok": {"value": "yes", "resultValue": True, "info": []},
            "tags": {"value": "p, q", "resultValue": ["p", "q"], "info": []},
        },
    }
    options = [{"label": "L", "value": "v", "alternateMatches": ["alt"]}]
    assert second["row"]["a"] == {"value": "", "resultValue": "", "info": [], "selectOptions": options}
    assert second["row"]["n"] == {"value": "bad", "resultValue": None, "info": []}
    assert second["row"]["ok"]["resultValue"] is False


def test_an_empty_cell_shows_an_empty_text_and_the_typed_null_of_its_type(start: Start) -> None:
    runner = start({"rowHooks": [ECHO]}, "date")
    runner.rows({"date": [None, "3/1/2024"]}, {"date": [None, "2024-03-01"]})
    assert [r["row"]["date"]["resultValue"] for r in seen(runner)] == [None, "2024-03-01"]
    assert [r["row"]["date"]["value"] for r in seen(runner)] == ["", "3/1/2024"]


def test_typed_nulls_survive_the_short_transport_of_equal_columns(start: Start) -> None:
    runner = start({"rowHooks": [ECHO]}, "s", HookField("n", ("n",), "raw"))
    runner.rows({"s": [None, "a"], "n": [None, "5"]})
    assert [(r["row"]["s"]["resultValue"], r["row"]["n"]["resultValue"]) for r in seen(runner)] == [
        (None, None),
        ("a", 5),
    ]


def test_row_ids_that_are_numbers_are_shown_as_text(start: Start) -> None:
    runner = start({"rowHooks": [ECHO]}, "a")
    batch = pl.DataFrame({"a": ["x", "y"]})
    runner.session.row_hooks(RowBatch(pl.Series([3, 9]), pl.Series([12, 40]), batch, batch), "update")
    assert [(r["index"], r["rowId"]) for r in seen(runner)] == [(3, "12"), (9, "40")]


@pytest.mark.parametrize(
    "hook",
    [
        "(r) => { r.row.a.value = 'new'; return r; }",
        "(r) => { r.row.a.value = 'new'; }",
        "(r) => ({row: {a: {value: 'new'}}})",
        "(r) => ({...r, row: {...r.row, a: {...r.row.a, value: 'new'}}})",
        "async (r) => ({row: {a: {value: 'new'}}})",
        "async function named(r) { await null; r.row.a.value = 'new'; return r; }",
        "(r) => new Promise((done) => setTimeout(() => done({row: {a: {value: 'new'}}}), 5))",
        "(r) => { r.row = {...r.row, a: {value: 'new'}}; return r; }",
        "(r) => { r.row.a = {value: 'new'}; return r; }",
        "function (r) { r.row.a.value = 'new'; return {}; } // a remark",
    ],
)
def test_a_hook_may_change_in_place_return_a_part_or_promise_it(start: Start, hook: str) -> None:
    runner = start({"rowHooks": [hook]}, "a", "b")
    assert runner.after({"a": ["old"], "b": ["kept"]}) == {"a": ["new"], "b": ["kept"]}


def test_omitted_keys_and_cells_and_undefined_values_stay(start: Start) -> None:
    hook = "(r) => { delete r.row.b; return {row: {a: {value: undefined, info: undefined}, c: undefined}}; }"
    changes = start({"rowHooks": [hook]}, "a", "b", "c").rows({"a": ["1"], "b": ["2"], "c": ["3"]})
    assert not changes


def test_null_and_the_empty_text_empty_a_cell(start: Start) -> None:
    runner = start({"rowHooks": ["(r) => { r.row.a.value = null; r.row.b.value = ''; }"]}, "a", "b")
    assert runner.after({"a": ["1"], "b": ["2"]}) == {"a": [None], "b": [None]}


def test_only_changed_cells_come_back(start: Start) -> None:
    runner = start({"rowHooks": ["(r) => { if (r.index % 2) r.row.b.value += '!'; return r; }"]}, "a", "b")
    changes = runner.rows({"a": list("wxyz"), "b": list("1234")})
    assert set(changes.values) == {"b"}
    assert changes.values["b"].at.to_list() == [1, 3]
    assert changes.values["b"].value.to_list() == ["2!", "4!"]


@pytest.mark.parametrize(
    ("value", "field", "text", "typed"),
    [
        ("1234.5", HookField("a", ("a",)), "1234.5", True),
        ("1e21", HookField("a", ("a",)), "1e+21", True),
        ("-0", HookField("a", ("a",)), "0", True),
        ("NaN", HookField("a", ("a",)), "NaN", True),
        ("10n ** 20n", HookField("a", ("a",)), "100000000000000000000", True),
        ("true", HookField("a", ("a",)), "true", True),
        ("new Date(Date.UTC(2024, 1, 29, 13, 5, 9))", HookField("a", ("a",), temporal="date"), "2024-02-29", False),
        ("new Date(2024, 1, 29, 13, 5, 9)", HookField("a", ("a",), temporal="datetime"), "2024-02-29T13:05:09", False),
        ("new Date(2024, 1, 29, 13, 5, 9)", HookField("a", ("a",), temporal="time"), "13:05:09", False),
        ("new Date(2024, 1, 29)", HookField("a", ("a",)), "2024-02-29T00:00:00.000Z", False),
        (
            "new Date(Date.UTC(12024, 1, 29))",
            HookField("a", ("a",), temporal="date"),
            "+012024-02-29T00:00:00.000Z",
            False,
        ),
        ("new Date(NaN)", HookField("a", ("a",), temporal="date"), "Invalid Date", False),
        ("['x', 'y,z', ' w', 3]", HookField("a", ("a",), delimiter=","), 'x,"y,z"," w",3', False),
        ("['say \"hi\"', '']", HookField("a", ("a",), delimiter=";"), '"say ""hi""";""', False),
        ("'\\ud83d'", HookField("a", ("a",)), "\ufffd", False),
        ("'\\u0000x'", HookField("a", ("a",)), "\x00x", False),
    ],
)
def test_the_text_of_a_value_that_is_no_text(
    start: Start, value: str, field: HookField, text: str, typed: bool
) -> None:
    changes = start({"rowHooks": [f"(r) => {{ r.row.a.value = {value}; }}"]}, field).rows({"a": ["old"]})
    assert changes.values["a"].value.to_list() == [text]
    assert changes.values["a"].typed.to_list() == [typed]


@pytest.mark.parametrize("value", ["{}", "[1]", "() => 1", "Symbol('x')", "new Map()", "/x/"])
def test_a_value_that_no_cell_can_hold_fails_the_import(start: Start, value: str) -> None:
    runner = start({"rowHooks": ["() => {}", f"(r) => {{ r.row.a.value = {value}; return r; }}"]}, "a")
    with pytest.raises(ImportFailedError) as failure:
        runner.rows({"a": ["old"]}, first=4)
    assert failure.value.code == "hook_failed"
    assert failure.value.context["hook"] == "rowHooks"
    assert failure.value.context["position"] == 1
    assert failure.value.context["row"] == 4
    assert '"a"' in failure.value.message


def test_chained_hooks_each_see_the_changes_before(start: Start) -> None:
    hooks = [
        "(r) => { r.row.n.value = 5; return r; }",
        """(r) => ({row: {n: {value: r.row.n.resultValue * 2,
          info: [{message: r.row.n.value + typeof r.row.n.value}]}}})""",
        "(r) => { r.row.a.value = r.row.n.value + r.row.n.info[0].message; return r; }",
    ]
    runner = start({"rowHooks": hooks}, "a", HookField("n", ("n",), "raw"))
    assert runner.after({"a": ["x"], "n": ["1"]}) == {"a": ["105string"], "n": ["10"]}


def test_messages_replace_those_of_the_cell_and_default_to_errors(start: Start) -> None:
    infos = pl.DataFrame(
        [(0, "a", "error", "old"), (0, "b", "info", "stays"), (1, "b", "info", "goes")],
        schema=INFO_SCHEMA,
        orient="row",
    )
    hook = """(r) => r.index === 0
      ? {row: {a: {info: [{message: 'one'}, {message: 'two', level: 'warning'}]}}}
      : {row: {b: {info: []}}}"""
    changes = start({"rowHooks": [hook]}, "a", "b").rows({"a": ["1", "2"], "b": ["3", "4"]}, infos=infos)
    assert messages(changes) == [(0, "a", "error", "one"), (0, "a", "warning", "two"), (1, "b", None, None)]
    assert not changes.values


def test_pushing_a_message_keeps_the_earlier_ones(start: Start) -> None:
    infos = pl.DataFrame([(0, "a", "warning", "old")], schema=INFO_SCHEMA, orient="row")
    hook = "(r) => { r.row.a.info.push({message: 'new', level: 'info'}); return r; }"
    changes = start({"rowHooks": [hook]}, "a").rows({"a": ["1"]}, infos=infos)
    assert messages(changes) == [(0, "a", "warning", "old"), (0, "a", "info", "new")]


@pytest.mark.parametrize(
    "info", ["'text'", "{message: 'x'}", "[{message: 5}]", "[{message: 'x', level: 'fatal'}]", "['x']", "[null]", "7"]
)
def test_messages_of_a_wrong_form_fail_the_import(start: Start, info: str) -> None:
    with pytest.raises(ImportFailedError, match=r"rowHooks\[0\].*row 0.*info"):
        start({"rowHooks": [f"(r) => ({{row: {{a: {{info: {info}}}}}}})"]}, "a").rows({"a": ["1"]})


def test_select_options_of_one_cell(start: Start) -> None:
    hook = """(r) => { if (r.index === 1) r.row.a.selectOptions =
      [{label: 'One', value: '1'}, {label: 'Two', value: '2', alternateMatches: ['zwei']}]; return r; }"""
    changes = start({"rowHooks": [hook]}, "a").rows({"a": ["1", "2"]})
    assert changes.options == (CellOptions(1, "a", (("One", "1", ()), ("Two", "2", ("zwei",)))),)


@pytest.mark.parametrize("options", ["['x']", "[{label: 'x'}]", "{}", "[{label: 'x', value: 1}]"])
def test_select_options_of_a_wrong_form_fail_the_import(start: Start, options: str) -> None:
    with pytest.raises(ImportFailedError, match="selectOptions"):
        start({"rowHooks": [f"(r) => {{ r.row.a.selectOptions = {options}; }}"]}, "a").rows({"a": ["1"]})


MANY = HookField("m", ("m1", "m2"), many=True)


def test_a_many_to_one_field_shows_all_of_its_columns(start: Start) -> None:
    runner = start({"rowHooks": [ECHO]}, MANY)
    runner.rows({"m1": ["a"], "m2": [None]}, {"m2": [None]})
    assert seen(runner)[0]["row"]["m"] == {
        "value": ["a", ""],
        "resultValue": ["a", None],
        "info": [],
        "manyToOne": [{"value": "a", "resultValue": "a", "info": []}, {"value": "", "resultValue": None, "info": []}],
    }


@pytest.mark.parametrize(
    "hook",
    [
        "(r) => { r.row.m.manyToOne[1].value = 'new'; return r; }",
        "(r) => { r.row.m.value[1] = 'new'; return r; }",
        "(r) => ({row: {m: {value: ['a', 'new']}}})",
        "(r) => ({row: {m: {manyToOne: [{}, {value: 'new'}]}}})",
    ],
)
def test_one_column_of_a_many_to_one_field_can_be_set(start: Start, hook: str) -> None:
    follower = (
        "(r) => { if (r.row.m.value[1] !== 'new' || r.row.m.manyToOne[1].value !== 'new') throw new Error('no'); }"
    )
    runner = start({"rowHooks": [hook, follower]}, MANY)
    assert runner.after({"m1": ["a"], "m2": ["b"]}) == {"m1": ["a"], "m2": ["new"]}


def test_messages_on_one_column_of_a_many_to_one_field(start: Start) -> None:
    hook = "(r) => ({row: {m: {manyToOne: [{}, {info: [{message: 'bad'}]}]}}})"
    assert messages(start({"rowHooks": [hook]}, MANY).rows({"m1": ["a"], "m2": ["b"]})) == [(0, "m2", "error", "bad")]


@pytest.mark.parametrize("value", ["'x'", "['a']", "['a', 'b', 'c']"])
def test_a_many_to_one_value_must_fit_its_columns(start: Start, value: str) -> None:
    with pytest.raises(ImportFailedError, match="list of 2"):
        start({"rowHooks": [f"(r) => ({{row: {{m: {{value: {value}}}}}}})"]}, MANY).rows({"m1": ["a"], "m2": ["b"]})


@pytest.mark.parametrize(
    "returned", ["5", "'x'", "[]", "{row: 5}", "{row: {a: 5}}", "{row: {a: null}}", "{row: {zzz: {value: 1}}}", "true"]
)
def test_a_wrong_return_shape_fails_the_import(start: Start, returned: str) -> None:
    with pytest.raises(ImportFailedError, match=r"rowHooks\[0\]"):
        start({"rowHooks": [f"() => ({returned})"]}, "a").rows({"a": ["1"]})


def test_the_mode_is_the_second_argument(start: Start) -> None:
    runner = start({"rowHooks": ["(r, mode) => { r.row.a.value = mode; return r; }"]}, "a")
    assert runner.rows({"a": ["x"]}, mode="update").values["a"].value.to_list() == ["update"]
    assert runner.rows({"a": ["x"]}, mode="init").values["a"].value.to_list() == ["init"]


def test_keys_that_are_special_in_javascript_are_ordinary_fields(start: Start) -> None:
    keys = ["__proto__", "constructor", "toString", "a b", 'quo"te', "ключ", "0", "`${x}`"]
    runner = start(
        {"rowHooks": ["(r) => { for (const k of Object.keys(r.row)) r.row[k].value += '!'; return r; }"]}, *keys
    )
    assert runner.after({key: ["v"] for key in keys}) == {key: ["v!"] for key in keys}


def test_rows_across_many_messages_keep_their_places(start: Start) -> None:
    runner = start(
        {"rowHooks": ["(r) => { if (r.index % 700 === 3) r.row.a.value = 'at ' + r.index; return r; }"]}, "a"
    )
    after = runner.after({"a": [str(i) for i in range(3000)]}, first=0)["a"]
    assert after == [f"at {i}" if i % 700 == 3 else str(i) for i in range(3000)]
    assert runner.session.statistics[0].calls == 3000
    assert runner.session.statistics[0].milliseconds > 0


def test_every_text_goes_there_and_back_unchanged(start: Start) -> None:
    runner = start({"rowHooks": ["(r) => { r.row.b.value = r.row.a.value; return r; }"]}, "a", "b")

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=1, max_size=5))
    def check(texts: list[str]) -> None:
        changes = runner.rows({"a": texts, "b": [None] * len(texts)})
        found = changes.values.get("b")
        wanted = {at: text for at, text in enumerate(texts) if text}
        assert (dict(zip(found.at, found.value, strict=True)) if found else {}) == wanted

    check()
