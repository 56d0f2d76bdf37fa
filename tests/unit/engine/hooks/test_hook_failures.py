"""A failure names the hook, its position, the row, and the place in the hook's own source."""

from __future__ import annotations

import pytest

from headgate.engine.errors import ImportFailedError
from headgate.engine.hooks.failures import clean_message, whole_number
from tests.unit.engine.hooks.hook_tables import Start


def failure_of(start: Start, hooks: dict, *, rows: int = 3) -> ImportFailedError:
    with pytest.raises(ImportFailedError) as failure:
        start(hooks, "a").rows({"a": ["x"] * rows}, first=10)
    return failure.value


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("() => { missing(); }", 1, 9),
        ("(r) => {\n\n    r.row.nothing.value = 1;\n}", 3, 25),
        ("() => {\n  throw new Error('x');\n}", 2, 9),
        ("async () => {\n  await null;\n  throw new Error('x');\n}", 3, 9),
        ("() => {\n  const inner = () => { null.x; };\n  inner();\n}", 2, 30),
        ("() => {\n  return [1].map(() => {\n    throw new TypeError('x');\n  });\n}", 3, 11),
        ("() => new Promise(() => {\n  setTimeout(() => {\n    throw new Error('x');\n  }, 1);\n})", 3, 11),
        ("() => {\n  Promise.reject(new Error('x'));\n}", 2, 18),
        ("  function f() {\n throw new Error('x') }", 2, 8),
    ],
)
def test_line_and_column_are_those_of_the_hooks_own_source(start: Start, source: str, line: int, column: int) -> None:
    context = failure_of(start, {"rowHooks": ["(r) => r", source]}, rows=1).context
    assert (context["hook"], context["position"], context["row"]) == ("rowHooks", 1, 10)
    assert (context["line"], context["column"]) == (line, column)


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("() => { let x = ; }", 1, 17),
        ("() => {\n  let x = ;\n}", 2, 11),
        ("() => {\n  /(/;\n}", 2, 3),
        ("() => { let a; let a; }", 1, 20),
        ("() => {", 2, 1),
    ],
)
def test_an_error_of_syntax_has_its_place_too(start: Start, source: str, line: int, column: int) -> None:
    failure = failure_of(start, {"rowHooks": ["(r) => r", source]})
    assert "SyntaxError" in failure.message
    assert (failure.context["position"], failure.context["row"]) == (1, None)
    assert (failure.context["line"], failure.context["column"]) == (line, column)


def test_the_row_is_the_row_index(start: Start) -> None:
    failure = failure_of(start, {"rowHooks": ["(r) => { if (r.index === 12) throw new Error('here'); }"]})
    assert failure.context["row"] == 12
    assert "rowHooks[0] failed for row 12 at line 1, column 36: Error: here" in failure.message
    assert failure.to_json()["code"] == "hook_failed"


@pytest.mark.parametrize("source", ["5", "'text'", "({})", "null", "(() => {})()", "class X {}", "[() => 1]"])
def test_a_source_that_is_no_function_fails(start: Start, source: str) -> None:
    failure = failure_of(start, {"rowHooks": [source]})
    assert "function" in failure.message or "without 'new'" in failure.message


def test_console_text_is_kept_after_a_failure(start: Start) -> None:
    runner = start({"rowHooks": ["(r) => { console.warn('about', {n: 1}, [2]); throw new Error('x'); }"]}, "a")
    with pytest.raises(ImportFailedError):
        runner.rows({"a": ["x"]}, first=3)
    (entry,) = runner.session.console
    assert entry.to_json() == {
        "level": "warn",
        "text": "about { n: 1 } [ 2 ]",
        "hook": "rowHooks",
        "position": 0,
        "row": 3,
    }


@pytest.mark.parametrize(
    ("call", "level", "text"),
    [
        ("console.log('a', 1, null, undefined, true, 5n)", "log", "a 1 null undefined true 5n"),
        ("console.error(new Error('boo').message)", "error", "boo"),
        ("console.assert(false, 'why')", "error", "Assertion failed: why"),
        ("console.table([1])", "log", "[ 1 ]"),
        ("console.count(); ", "log", "default: 1"),
        ("console.info('\\ud800')", "info", "\ufffd"),
    ],
)
def test_the_methods_of_the_console(start: Start, call: str, level: str, text: str) -> None:
    runner = start({"rowHooks": [f"() => {{ {call}; console.assert(true, 'no'); console.groupEnd(); }}"]}, "a")
    runner.rows({"a": ["x"]})
    assert [(entry.level, entry.text) for entry in runner.session.console] == [(level, text)]


def test_an_engine_is_dead_after_a_failure(start: Start) -> None:
    runner = start({"rowHooks": ["() => { throw 1; }"]}, "a")
    with pytest.raises(ImportFailedError):
        runner.rows({"a": ["x"]})
    assert not runner.session._process.alive


def test_messages_are_cut_and_lose_paths_and_control_characters() -> None:
    assert clean_message("x" * 5000) == "x" * 2000 + "…"
    assert (
        clean_message("at file:///opt/app/runner/main.js:3:4 and /usr/lib/a/b.py:7") == "at (internal) and (internal)"
    )
    assert clean_message("a\x00b\x1bc\nd") == "a b c\nd"
    assert clean_message({"no": "text"}) == "Unknown error."


@pytest.mark.parametrize(
    ("value", "number"),
    [(0, 0), (7, 7), (2**53, 2**53), (-1, None), (2**53 + 1, None), (True, None), (1.0, None), ("1", None)],
)
def test_a_whole_number_is_believed_only_when_it_can_be_one(value: object, number: int | None) -> None:
    assert whole_number(value) == number
