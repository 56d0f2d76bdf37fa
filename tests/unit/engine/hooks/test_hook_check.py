"""Hooks of a schema that is saved must each be one function (issue: checked, never run)."""

from __future__ import annotations

import time
from typing import Any

import pytest

from headgate.engine.errors import ImportFailedError
from headgate.engine.hooks.check import check_hooks
from headgate.engine.hooks.failures import HookKind
from headgate.engine.hooks.pool import HookPool
from headgate.engine.hooks.process import HookProcess
from headgate.schema.hooks import Hooks

FUNCTIONS = [
    "(record) => record",
    "record => record",
    "async (record, mode) => { await null; }",
    "async record => {}",
    "function (record) { return record; }",
    "function named(record) { return record; }",
    "async function (record) {}",
    "((record) => record)",
    "/* why */ (record) => record // because",
    "\n\n  (record) =>\n record\n",
    "({row: {a}}, mode = /[)]/.test(')')) => `${a}` ",
    "() => ({})",
    "() => { const re = /(?<year>\\d{4})/v; return a?.b ?? c; }",
    "(record) => { class A { #x = 1; static { } } }",
    "() => import('node:fs')",
]
OTHERS = [
    "",
    "   ",
    "5",
    "record",
    "() => {",
    "() => {}}",
    "() => {}; evil()",
    "() => {}, () => {}",
    "1); evil(); (() => 1",
    "1), (() => 1",
    "1], [() => 1",
    "1 : 0, 0 ? 1",
    "}) ; (function () {",
    "(() => {})()",
    "function () {} (3)",
    "function () {}()",
    "function () {}.call()",
    "function* () {}",
    "async function* () {}",
    "class A {}",
    "handler = () => 1",
    "() => 1 /*",
    "() => 1 <!-- x\n) (",
    "`",
    "const f = () => 1",
    "export default () => 1",
    "new Function('return 1')",
    "a ? () => 1 : () => 2",
    "[() => 1]",
    "...x",
    "\ud800",
    "() => { return await 1; }",
]


@pytest.fixture(scope="module")
def verdicts(pool: HookPool) -> dict[str, list[str]]:
    return check_hooks(Hooks.model_construct(row_hooks=FUNCTIONS + OTHERS, bulk_row_hooks=[], batch_row_hooks=[]), pool)


@pytest.mark.parametrize("position", range(len(FUNCTIONS)), ids=[repr(s)[:30] for s in FUNCTIONS])
def test_one_function_expression_is_accepted(verdicts: dict[str, list[str]], position: int) -> None:
    assert f"hooks.rowHooks[{position}]" not in verdicts


@pytest.mark.parametrize("position", range(len(OTHERS)), ids=[ascii(s)[:30] for s in OTHERS])
def test_whatever_else_is_refused(verdicts: dict[str, list[str]], position: int) -> None:
    assert verdicts[f"hooks.rowHooks[{len(FUNCTIONS) + position}]"]


def test_problems_stand_under_the_path_of_their_source() -> None:
    hooks = Hooks.model_validate(
        {
            "bulkRowHooks": ["() => 1", "x"],
            "batchRowHooks": ["x"],
            "rowDeleteHooks": ["x"],
            "columnHooks": [{"fieldName": "a", "callback": "x"}],
            "stepHooks": [{"type": "UPLOAD_STEP", "callback": "() => 1"}, {"type": "REVIEW_STEP", "callback": "x"}],
            "beforeFinishCallback": "x",
        }
    )
    assert set(check_hooks(hooks)) == {
        "hooks.bulkRowHooks[1]",
        "hooks.batchRowHooks[0]",
        "hooks.rowDeleteHooks[0]",
        "hooks.columnHooks[0].callback",
        "hooks.stepHooks[1].callback",
        "hooks.beforeFinishCallback",
    }


def test_a_problem_says_where_it_is_and_what_was_expected(pool: HookPool) -> None:
    (text,) = check_hooks(Hooks(rowHooks=["(r) => {\n  let x = ;\n}"]), pool)["hooks.rowHooks[0]"]
    assert "line 2, column 11" in text
    assert "Expected one function" in text


def test_nothing_is_run(pool: HookPool) -> None:
    started = time.monotonic()
    problems = check_hooks(Hooks(rowHooks=["(() => { for (;;); })()", "(a = (() => { for (;;); })()) => a"]), pool)
    assert set(problems) == {"hooks.rowHooks[0]"}
    assert time.monotonic() - started < 5


def test_sources_that_are_too_large_or_too_deep_are_refused(pool: HookPool) -> None:
    problems = check_hooks(
        Hooks(rowHooks=["() => '" + "x" * 2**20 + "'", "() => " + "(" * 200_000 + ")" * 200_000]), pool
    )
    assert set(problems) == {"hooks.rowHooks[0]", "hooks.rowHooks[1]"}


def test_a_source_that_the_engine_cannot_stand_is_blamed_alone(pool: HookPool, monkeypatch: pytest.MonkeyPatch) -> None:
    real = HookProcess.answer

    def answer(self: HookProcess, kind: HookKind) -> dict[str, Any]:
        if b"poison" in bytes(self._out[0]):
            raise ImportFailedError("hook_failed", "dead")
        return real(self, kind)

    monkeypatch.setattr(HookProcess, "answer", answer)
    problems = check_hooks(Hooks(rowHooks=["() => 1", "() => 'poison'", "() => 2"]), pool)
    assert problems == {"hooks.rowHooks[1]": ["The source cannot be compiled within reasonable time and memory."]}


def test_a_schema_without_hooks_starts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headgate.engine.hooks.check.HookProcess", None)
    assert check_hooks(Hooks()) == {}
