"""The row expression of Transform: what it sees, what it may give, and that nothing it does gets out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from headgate.engine.hooks.expression import ExpressionError, ExpressionFields, RowExpression, keys_read
from headgate.engine.hooks.limits import HookLimits
from headgate.engine.hooks.pool import HookPool
from headgate.engine.hooks.process import HookProcess
from headgate.engine.hooks.rows import HookField
from tests.unit.engine.hooks.hook_tables import Cells, make_batch

Given = dict[str, dict[int, str | None]]
TEXTS: Cells = {"name": ["Anna", "Bo", None], "age": ["1,234", "7", "old"], "tags": ["a,b", None, "c"]}
RESULTS: Cells = {"age": ["1234", "7", None], "tags": ['["a","b"]', None, '["c"]']}
FIELDS = [
    HookField("name", ("name",)),
    HookField("age", ("age",), "raw"),
    HookField("tags", ("tags",), "raw", delimiter=","),
]
Run = Callable[..., Given]


@pytest.fixture
def run(pool: HookPool) -> Iterator[Run]:
    processes: list[HookProcess] = []

    def begin(source: str, texts: Cells = TEXTS, results: Cells = RESULTS, fields: list[HookField] = FIELDS) -> Given:
        processes.append(pool.acquire())
        described = [{"key": field.key, "label": field.key.title(), "type": "string"} for field in fields]
        expression = RowExpression(processes[-1], source, ExpressionFields(fields, described))
        changes = expression.run(make_batch(texts, results, first=10))
        return {
            slot: dict(zip(found.at.to_list(), found.value.to_list(), strict=True))
            for slot, found in changes.values.items()
        }

    yield begin
    for process in processes:
        process.close()


def test_a_row_has_typed_values_and_a_text_what_people_see(run: Run) -> None:
    assert run("({ name: `${typeof row.age} ${row.age} ${text.age}` })") == {
        "name": {0: "number 1234 1,234", 1: "number 7 7", 2: "object null old"}
    }


def test_lists_are_lists_and_become_a_text_again(run: Run) -> None:
    assert run("row.tags && { tags: [...row.tags, 'z'] }") == {"tags": {0: "a,b,z", 2: "c,z"}}


def test_a_list_that_was_changed_in_place_counts_as_changed(run: Run) -> None:
    assert run("if (row.tags) { row.tags.push('z'); return { tags: row.tags } }") == {"tags": {0: "a,b,z", 2: "c,z"}}


def test_statements_with_return_and_expressions_are_both_understood(run: Run) -> None:
    assert run("const n = row.age; if (n > 10) return { name: 'big' };") == {"name": {0: "big"}}
    assert run("row.age > 10 ? { name: 'big' } : undefined") == {"name": {0: "big"}}
    assert run("{ name: 'x' }") == {"name": {0: "x", 1: "x", 2: "x"}}


def test_index_and_fields_are_given(run: Run) -> None:
    assert run("index === 11 ? { name: fields.map((f) => f.label).join() } : null") == {"name": {1: "Name,Age,Tags"}}


def test_what_is_as_before_is_no_change(run: Run) -> None:
    assert run("({ name: row.name ?? undefined, age: text.age })") == {}


def test_null_is_told_apart_from_an_emptied_text(run: Run) -> None:
    assert run("({ age: index === 12 ? null : '' })") == {"age": {0: "", 1: "", 2: None}}


def test_undefined_null_and_an_empty_object_change_nothing(run: Run) -> None:
    assert run("[undefined, null, {}][index - 10]") == {}


def test_columns_of_one_field_are_a_list(run: Run) -> None:
    fields = [HookField("phone", ("phone[0]", "phone[1]"), many=True)]
    texts: Cells = {"phone[0]": ["1"], "phone[1]": ["2"]}
    assert run("({ phone: [...text.phone].reverse() })", texts, {}, fields) == {
        "phone[0]": {0: "2"},
        "phone[1]": {0: "1"},
    }
    with pytest.raises(ExpressionError, match="must be a list of 2"):
        run("({ phone: 'x' })", texts, {}, fields)


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [("({ name: row.name.trim() })", 1, 19), ("const n = row.name;\nreturn { name:\n  n.trim() }", 3, 5)],
)
def test_a_failure_names_its_place_and_the_row(run: Run, source: str, line: int, column: int) -> None:
    with pytest.raises(ExpressionError, match="TypeError: Cannot read properties of null") as failure:
        run(source)
    assert (failure.value.line, failure.value.column, failure.value.index) == (line, column, 12)


@pytest.mark.parametrize(
    ("source", "line", "column"), [("({ a: ;", 1, 7), ("({ a:\n 1 1 })", 2, 4), ("return {", 2, 2)]
)
def test_an_error_of_syntax_names_its_place(run: Run, source: str, line: int, column: int) -> None:
    with pytest.raises(ExpressionError, match="SyntaxError") as failure:
        run(source)
    assert (failure.value.line, failure.value.column, failure.value.index) == (line, column, None)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("({ nobody: 1 })", 'no field has this key'),
        ("'text'", "must give an object"),
        ("[1]", "must give an object"),
        ("() => ({ name: 1 })", "not a function"),
        ("Promise.resolve({ name: 1 })", "not a promise"),
        ("({ age: row.missing * 2 })", "NaN"),
        ("({ name: new Date('x') })", "Invalid Date"),
        ("({ name: {} })", "must be a text, number"),
        ("({ name: Symbol() })", "not a symbol"),
        ("({ name: await 1 })", "SyntaxError"),
        ("\ud800", "surrogate"),
    ],
)  # fmt: skip
def test_what_is_no_row_is_refused_in_words(run: Run, source: str, message: str) -> None:
    with pytest.raises(ExpressionError, match=message):
        run(source)


@pytest.mark.parametrize(
    "source",
    ["fetch('https://example.com')", "Deno.cwd()", "process.exit()", "eval('1')", "new Function('return 1')()",
     "this.constructor.constructor('return 1')()", "import('node:fs')", "WebAssembly.Module", "require('fs')"],
)  # fmt: skip
def test_nothing_outside_of_the_row_can_be_reached(run: Run, source: str) -> None:
    with pytest.raises(ExpressionError):
        run(f"({{ name: String({source}) }})")


def test_an_expression_without_an_end_is_stopped() -> None:
    with HookProcess(HookLimits(call_seconds=0.5)) as process:
        expression = RowExpression(process, "(() => { for (;;); })()", ExpressionFields(FIELDS, []))
        with pytest.raises(ExpressionError, match=r"longer than 0\.5 seconds") as failure:
            expression.run(make_batch(TEXTS, first=10))
    assert failure.value.index == 10


def test_an_expression_that_eats_memory_is_stopped() -> None:
    with HookProcess(HookLimits(heap_bytes=64 << 20, outside_heap_bytes=192 << 20)) as process:
        source = "(() => { const all = []; for (;;) all.push(new Array(1000).fill(index)); })()"
        expression = RowExpression(process, source, ExpressionFields(FIELDS, []))
        with pytest.raises(ExpressionError, match="memory"):
            expression.run(make_batch(TEXTS))


def test_rows_beyond_one_message_keep_their_places(run: Run) -> None:
    texts: Cells = {"name": [str(n) for n in range(3000)]}
    fields = [HookField("name", ("name",))]
    assert run("index % 1000 === 0 ? { name: 'hit' } : null", texts, {}, fields) == {
        "name": {990: "hit", 1990: "hit", 2990: "hit"}
    }


def test_changes_of_every_row_come_in_order(run: Run) -> None:
    texts: Cells = {"name": [str(n) for n in range(1200)]}
    given = run("({ name: row.name + '!' })", texts, {}, [HookField("name", ("name",))])
    assert given["name"] == {n: f"{n}!" for n in range(1200)}


@pytest.mark.parametrize(
    ("source", "keys"),
    [
        ("({ a: row.b })", {"b"}),
        ("({ a: row['b c'] + text.d })", {"b c", "d"}),
        ("const x = row.a; return { b: x }", {"a"}),
        ("({ a: 1 })", set()),
        ("({ a: other.row })", set()),
        ("({ a: row[key] })", None),
        ("({ ...row })", None),
        ("({ row })", None),
        ("f(row)", None),
        ("const { a } = row; return { b: a }", None),
        ("row['\\x61']", None),
        ("row[`a`]", None),
        ("({ a: arguments[0].b })", None),
        ("({ a: ", None),
    ],
)  # fmt: skip
def test_only_columns_that_are_looked_at_are_sent(source: str, keys: set[str] | None) -> None:
    assert keys_read(source) == keys
