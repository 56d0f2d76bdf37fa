"""Hostile hooks: each is contained within a second of its limit, and whoever works beside it notices nothing."""

from __future__ import annotations

import re
import struct
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from headgate.engine.errors import ImportFailedError
from headgate.engine.hooks import spawn as module
from headgate.engine.hooks.limits import MEGABYTE, HookLimits
from headgate.engine.hooks.pool import HookPool
from headgate.engine.hooks.process import HookProcess
from headgate.engine.hooks.rows import HookField
from headgate.engine.hooks.session import HookSession
from headgate.schema.hooks import Hooks
from tests.unit.engine.hooks.hook_tables import make_batch

CALL_SECONDS = 1.0
LIMITS = HookLimits(
    call_seconds=CALL_SECONDS,
    import_seconds=20,
    heap_bytes=64 * MEGABYTE,
    outside_heap_bytes=64 * MEGABYTE,
    console_bytes=200_000,
    answer_bytes=4 * MEGABYTE,
)
GRACE = 1.0
NEIGHBOUR = "(r) => { r.row.a.value = r.row.a.value.split('').reverse().join(''); return r; }"


@pytest.fixture(scope="module")
def hostile_pool() -> Iterator[HookPool]:
    with HookPool(2, LIMITS) as pool:
        yield pool


@pytest.fixture(scope="module")
def patient_pool() -> Iterator[HookPool]:
    """For hooks that fail by themselves, however busy the machine is."""
    with HookPool(1, replace(LIMITS, call_seconds=15)) as pool:
        yield pool


@pytest.fixture(scope="module")
def neighbour(hostile_pool: HookPool) -> Iterator[list[int]]:
    """Another import that works on during every attack of this module; its count of finished batches."""
    done: list[int] = [0]
    stop = threading.Event()
    problems: list[BaseException] = []

    def work() -> None:
        try:
            with HookProcess() as process:
                session = open_session(process, {"rowHooks": [NEIGHBOUR]})
                while not stop.wait(0.02):
                    batch = make_batch({"a": ["abc", "xyz"]})
                    assert session.row_hooks(batch, "init").applied_to(batch.texts)["a"].to_list() == ["cba", "zyx"]
                    done[0] += 1
        except BaseException as error:
            problems.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    yield done
    stop.set()
    thread.join()
    assert not problems
    assert done[0] > 10


def open_session(process: HookProcess, hooks: dict) -> HookSession:
    session = HookSession(process, Hooks.model_validate(hooks), ["a"])
    session.set_fields([HookField("a", ("a",))])
    return session


def attack(pool: HookPool, hook: str, kind: str = "rowHooks") -> tuple[ImportFailedError, float]:
    """The failure of a row hook and how many seconds it took."""
    with pool.acquire() as process:
        pid = process.pid
        started = time.monotonic()
        with pytest.raises(ImportFailedError) as failure:
            open_session(process, {kind: [hook]}).row_hooks(make_batch({"a": ["x", "y"]}), "init")
        took = time.monotonic() - started
        assert not Path(f"/proc/{pid}").exists()
    assert failure.value.code == "hook_failed"
    assert failure.value.context["hook"] == kind
    return failure.value, took


LOOPS = {
    "sync": "() => { for (;;); }",
    "microtasks": "() => { const f = () => Promise.resolve().then(f); f(); return new Promise(() => {}); }",
    "microtasks after an answer": "(r) => { const f = () => Promise.resolve().then(f); f(); return r; }",
    "immediate timers": "() => new Promise(() => { setInterval(() => {}, 0); })",
    "regex": "() => /^(a+)+$/.test('a'.repeat(50) + '!')",
    "getter": "(r) => ({row: {get a() { for (;;); }}})",
    "getter in place": "(r) => { Object.defineProperty(r.row.a, 'value', {get() { for (;;); }}); }",
    "proxy": "() => new Proxy({}, {get() { for (;;); }})",
    "toString of a thrown value": "() => { throw {toString() { for (;;); }}; }",
    "message of a thrown value": "() => { throw {get message() { for (;;); }}; }",
    "thenable": "() => ({then() { for (;;); }})",
    "sort": "() => [3, 2, 1].sort(() => { for (;;); })",
    "atomics": "() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)",
    "while loading": "(() => { for (;;); })()",
    "console": "() => console.log({get x() { return 1; }, [Symbol.for('Deno.customInspect')]() { for (;;); }})",
    "many rows of a generator": "(r) => { r.row = new Proxy({}, {get: () => { for (;;); }}); return r; }",
    "big number": "() => { (2n ** 400000000n).toString(); for (;;); }",
}


@pytest.mark.parametrize("hook", LOOPS.values(), ids=LOOPS)
def test_an_endless_loop_ends_with_the_call_limit_or_sooner(
    hostile_pool: HookPool, neighbour: list[int], hook: str
) -> None:
    failure, took = attack(hostile_pool, hook)
    assert took < CALL_SECONDS + GRACE
    # On a quick machine a flood of microtasks is out of memory before it is out of time.
    assert any(cause in failure.message for cause in ("1 seconds", "never settles", "limit", "of memory"))


BOMBS = {
    "push": "() => { const l = []; for (;;) l.push({}); }",
    "strings": "() => { let s = 'x'; const l = []; for (;;) { s += s.slice(0, 1e6) + 'y'; l.push(s.split('')); } }",
    "doubling": "() => { let s = 'xy'; for (;;) s += s; }",
    "array buffers": "() => { const l = []; for (;;) l.push(new Uint8Array(1e7).fill(1)); }",
    "one array buffer": "() => { new Uint8Array(2e9).fill(1); for (;;); }",
    "array": "() => { new Array(1e9).fill(0); for (;;); }",
    "map": "() => { const m = new Map(); for (let i = 0; ; i++) m.set(i, [i]); }",
    "closures": "() => { let f = () => 0; for (;;) { const g = f; f = () => g(); } }",
    "promises": "() => { for (;;) new Promise(() => {}).then(() => {}); }",
    "json": "() => JSON.parse('['.repeat(1e7) + ']'.repeat(1e7))",
    "clones": "() => { const l = []; for (;;) l.push(structuredClone(new Uint8Array(1e6).fill(7))); }",
    "shared": "() => { const l = []; for (;;) l.push(new Uint8Array(new SharedArrayBuffer(1e7)).fill(1)); }",
    "resizable": "() => { const b = new ArrayBuffer(0, {maxByteLength: 2e9});"
    "  for (let n = 1e6; ; n += 1e6) { b.resize(n); new Uint8Array(b).fill(1); } }",
    "text encoder": "() => { const l = []; const s = 'x'.repeat(1e7); for (;;) l.push(new TextEncoder().encode(s)); }",
}


@pytest.mark.parametrize("hook", BOMBS.values(), ids=BOMBS)
def test_a_heap_bomb_ends_with_the_memory_limit(hostile_pool: HookPool, neighbour: list[int], hook: str) -> None:
    failure, took = attack(hostile_pool, hook)
    assert took < CALL_SECONDS + GRACE
    known = ("memory", "1 seconds", "RangeError", "SyntaxError")
    assert any(sign in failure.message for sign in known), failure.message


def test_the_memory_of_a_bomb_outside_of_the_heap_never_grows_far_over_the_limit(hostile_pool: HookPool) -> None:
    highest = 0
    with hostile_pool.acquire() as process:
        stop = threading.Event()

        def watch() -> None:
            nonlocal highest
            while not stop.wait(0.005):
                highest = max(highest, process._resident_bytes())

        watcher = threading.Thread(target=watch)
        watcher.start()
        session = open_session(process, {"rowHooks": [BOMBS["array buffers"]]})
        with pytest.raises(ImportFailedError, match="memory"):
            session.row_hooks(make_batch({"a": ["x"]}), "init")
        stop.set()
        watcher.join()
    assert highest < LIMITS.data_bytes


NEVER = {
    "forgotten": "() => new Promise(() => {})",
    "await": "async () => { await new Promise(() => {}); }",
    "thenable": "() => ({then() {}})",
}


@pytest.mark.parametrize("hook", NEVER.values(), ids=NEVER)
def test_a_promise_that_never_settles_is_noticed_at_once(
    hostile_pool: HookPool, neighbour: list[int], hook: str
) -> None:
    failure, took = attack(hostile_pool, hook)
    assert took < GRACE
    assert "never settles" in failure.message
    assert (failure.context["position"], failure.context["row"]) == (0, 0)


@pytest.mark.parametrize(
    "stop", ["for (;;);", "/^(a+)+$/.test('a'.repeat(50) + '!');", "const l = []; for (;;) l.push({l: [l.length]});"]
)
def test_a_hook_that_is_stopped_is_named_with_its_row(hostile_pool: HookPool, stop: str) -> None:
    hooks = ["(r) => r", "(r) => { if (r.index === 1307) { STOP } return r; }".replace("STOP", stop)]
    with hostile_pool.acquire() as process, pytest.raises(ImportFailedError) as failure:
        open_session(process, {"rowHooks": hooks}).row_hooks(make_batch({"a": ["x"] * 2000}), "init")
    assert (failure.value.context["position"], failure.value.context["row"]) == (1, 1307)


def test_a_promise_that_settles_too_late_ends_with_the_call_limit(hostile_pool: HookPool, neighbour: list[int]) -> None:
    failure, took = attack(hostile_pool, "() => new Promise((done) => setTimeout(done, 60000))")
    assert "1 seconds" in failure.message
    assert took < CALL_SECONDS + GRACE


def test_slow_rows_within_the_call_limit_are_fine_together(hostile_pool: HookPool) -> None:
    hook = "async (r) => { await new Promise((done) => setTimeout(done, 400)); r.row.a.value += '!'; return r; }"
    with hostile_pool.acquire() as process:
        batch = make_batch({"a": list("uvwxy")})
        changes = open_session(process, {"rowHooks": [hook]}).row_hooks(batch, "init")
        assert changes.applied_to(batch.texts)["a"].to_list() == ["u!", "v!", "w!", "x!", "y!"]


def test_all_calls_together_end_with_the_import_limit() -> None:
    hook = "async () => { await new Promise((done) => setTimeout(done, 300)); }"
    with HookProcess(HookLimits(call_seconds=1, import_seconds=1.5)) as process:
        session = open_session(process, {"rowHooks": [hook]})
        started = time.monotonic()
        batch = make_batch({"a": ["x"] * 100})
        with pytest.raises(ImportFailedError, match="together"):
            session.row_hooks(batch, "init")
        assert time.monotonic() - started < 1.5 + GRACE


THROWERS = {
    "recursion": ("() => { const f = () => f() + 1; f(); }", "RangeError"),
    "process exit": ("() => process.exit(0)", "process is not defined"),
    "require": ("() => require('fs')", "require is not defined"),
    "deno": ("() => Deno.exit(0)", "Deno is not defined"),
    "deno by constructor": ("() => URL.constructor('return Deno')()", "Code generation|EvalError"),
    "eval": ("() => eval('1')", "Code generation|EvalError"),
    "function": ("() => new Function('return 1')()", "Code generation|EvalError"),
    "async function": ("() => (async () => {}).constructor('return 1')()", "Code generation|EvalError"),
    "worker": ("() => new Worker('data:text/javascript,1')", "Worker is not defined"),
    "wasm": ("() => new WebAssembly.Memory({initial: 1})", "WebAssembly is not defined"),
    "fetch": ("() => fetch('http://127.0.0.1')", "fetch is not defined"),
    "socket": ("() => new WebSocket('ws://127.0.0.1')", "WebSocket is not defined"),
    "storage": ("() => localStorage.getItem('x')", "localStorage is not defined"),
    "channel": ("() => new BroadcastChannel('x')", "BroadcastChannel is not defined"),
    "import node": ("() => import('node:fs')", "import"),
    "import data": ("() => import('data:text/javascript,export default 1')", "import"),
    "import file": ("() => import('file:///etc/passwd')", "import"),
    "import blob": ("() => import('blob:null/x')", "import"),
    "import https": ("() => import('https://example.com/x.js')", "import"),
    "import through eval": ("() => Promise.resolve('import(\"node:fs\")').then(eval)", "Code generation|EvalError"),
    "import meta": ("() => import.meta.url", "SyntaxError"),
    "thrown symbol": ("() => { throw Symbol('s'); }", r"Symbol\(s\)"),
    "thrown null": ("() => { throw null; }", "null"),
    "thrown undefined": ("() => { throw undefined; }", "undefined"),
    "thrown object without a text": ("() => { throw Object.create(null); }", "cannot be shown"),
    "thrown trap": ("() => { throw {toString() { throw 1; }}; }", "cannot be shown"),
    "long message": ("() => { throw new Error('x'.repeat(1e6)); }", "xxx"),
    "rejection nobody awaits": ("(r) => { Promise.reject(new Error('lost')); return r; }", "lost"),
    "timer": ("() => new Promise(() => setTimeout(() => { throw new Error('late'); }, 5))", "late"),
    "microtask": ("() => new Promise(() => queueMicrotask(() => { throw new Error('micro'); }))", "micro"),
    "text as a timer": ("() => setTimeout('1', 1)", "must be a function"),
    "bigint": ("(r) => { r.row.a.value = 1n / 0n; }", "RangeError"),
    "frozen": ("(r) => { 'use strict'; Object.freeze(r.row.a); r.row.a.value = 'x'; }", "TypeError"),
}


@pytest.mark.parametrize(("hook", "told"), THROWERS.values(), ids=THROWERS)
def test_what_is_not_there_or_throws_fails_with_a_clean_message(
    patient_pool: HookPool, neighbour: list[int], hook: str, told: str
) -> None:
    failure, _ = attack(patient_pool, hook)
    assert re.search(told, failure.message), failure.message
    assert len(failure.message) < 2300
    assert "file://" not in failure.message
    assert "/src/" not in failure.message


def test_an_output_flood_ends_with_the_console_limit(hostile_pool: HookPool, neighbour: list[int]) -> None:
    failure, took = attack(hostile_pool, "() => { for (;;) console.log('x'.repeat(1000)); }")
    assert "console" in failure.message
    assert took < CALL_SECONDS + GRACE


def test_a_flood_of_empty_lines_ends_with_the_console_limit(hostile_pool: HookPool, neighbour: list[int]) -> None:
    failure, _ = attack(hostile_pool, "() => { for (;;) console.log(''); }")
    assert "console" in failure.message


def test_an_answer_beyond_the_limit_fails(hostile_pool: HookPool, neighbour: list[int]) -> None:
    failure, _ = attack(hostile_pool, "(r) => { r.row.a.value = 'x'.repeat(5e6); return r; }")
    assert "larger than 4 MB" in failure.message


def test_too_many_messages_on_a_cell_fail(hostile_pool: HookPool) -> None:
    failure, _ = attack(hostile_pool, "(r) => { r.row.a.info = Array(101).fill({message: 'm'}); return r; }")
    assert "100 messages" in failure.message


POLLUTION = """(r) => {
  for (const o of [Object, Array, String, Function, Map, Set, Promise, RegExp, Number, Error]) {
    for (const name of Object.getOwnPropertyNames(o.prototype)) {
      if (name !== 'constructor') try { o.prototype[name] = () => { throw new Error('polluted'); }; } catch {}
    }
  }
  Object.prototype.polluted = 'yes'; Array.prototype[5] = 'yes';
  Object.defineProperty(Object.prototype, 'toJSON', {value: () => 'owned', configurable: true});
  JSON.stringify = JSON.parse = () => 'owned';
  globalThis.console = globalThis.Promise = globalThis.Array = null;
}"""


def test_prototype_pollution_harms_neither_the_answer_nor_the_next_import(
    hostile_pool: HookPool, neighbour: list[int]
) -> None:
    with hostile_pool.acquire() as process:
        session = open_session(process, {"rowHooks": [POLLUTION, "(r) => ({row: {a: {value: 'fine'}}})"]})
        batch = make_batch({"a": ["x"]})
        assert session.row_hooks(batch, "init").applied_to(batch.texts)["a"].to_list() == ["fine"]
    with hostile_pool.acquire() as process:
        session = open_session(process, {"rowHooks": ["(r) => { r.row.a.value = String(({}).polluted); return r; }"]})
        assert session.row_hooks(batch, "init").applied_to(batch.texts)["a"].to_list() == ["undefined"]


def test_nothing_a_hook_keeps_reaches_another_import(hostile_pool: HookPool) -> None:
    hook = "(r) => { r.row.a.value = String(globalThis.kept); globalThis.kept = 'secret'; return r; }"
    for _ in range(2):
        with hostile_pool.acquire() as process:
            changes = open_session(process, {"rowHooks": [hook]}).row_hooks(make_batch({"a": ["x"]}), "init")
            assert changes.values["a"].value.to_list() == ["undefined"]


def test_only_the_promised_globals_are_there(hostile_pool: HookPool) -> None:
    hook = "() => console.log(Object.getOwnPropertyNames(globalThis).join(' '))"
    with hostile_pool.acquire() as process:
        session = open_session(process, {"rowHooks": [hook]})
        session.row_hooks(make_batch({"a": ["x"]}), "init")
        names = set(session.console[0].text.split())
    promised = {"Intl", "Date", "URL", "console", "setTimeout", "clearTimeout", "setInterval", "crypto", "TextEncoder"}
    assert promised <= names
    refused = "Deno process Buffer require fetch Worker WebAssembly navigator localStorage caches"
    assert not set(refused.split()) & names


def test_the_environment_and_language_that_hooks_may_use(hostile_pool: HookPool) -> None:
    hook = """async (r) => {
      const u = new URL('a/../b?x=1', 'https://example.com/');
      const parts = [u.href, [3, 1, 2].toSorted().join(''), Object.groupBy ? 'g' : '',
        new Intl.NumberFormat('de').format(1234.5), /^[0-9a-f-]{36}$/.test(crypto.randomUUID()),
        new TextEncoder().encode('é').length, new TextDecoder().decode(new Uint8Array([65])),
        new Date(2024, 0, 1).getTimezoneOffset(), atob(btoa('hi')), structuredClone({a: [1]}).a[0],
        [1, 2].at(-1), 'x'.isWellFormed(),
        r instanceof Object, r.row.a.info instanceof Array, await new Promise((d) => setTimeout(() => d('t'), 1))];
      r.row.a.value = parts.join('|'); return r; }"""
    with hostile_pool.acquire() as process:
        changes = open_session(process, {"rowHooks": [hook]}).row_hooks(make_batch({"a": ["x"]}), "init")
    assert changes.values["a"].value.to_list() == [
        "https://example.com/b?x=1|123|g|1.234,5|true|2|A|0|hi|1|2|true|true|true|t"
    ]


# What an engine under an attacker's full control could say. Each answer is what Python would receive.


def lying_process(monkeypatch: pytest.MonkeyPatch, said: bytes) -> HookProcess:
    """An engine process that says exactly that."""
    program = f"import sys,time; sys.stdout.buffer.write({said!r}); sys.stdout.flush(); time.sleep(30)"

    def command(*_: object, **__: object) -> list[str]:
        return [sys.executable, "-I", "-S", "-c", program]

    monkeypatch.setattr(module, "launcher_command", command)
    return HookProcess(LIMITS)


def frame(json: str) -> bytes:
    return struct.pack("<I", len(json.encode())) + json.encode()


READY = frame('{"t":"ready"}')
DONE = ',"took":[1],"infos":[[],[],[],[]],"options":[]'
LIES = {
    "no json": frame("nonsense"),
    "a list": frame("[1]"),
    "unknown kind": frame('{"t":"what"}'),
    "kind is a list": frame('{"t":[1]}'),
    "huge": struct.pack("<I", 0xFFFFFFFF) + b"xxxx",
    "wrong id": frame('{"t":"done","id":99,"values":[]' + DONE + "}"),
    "part out of turn": frame('{"t":"part","id":3,"values":[]' + DONE + "}"),
    "no values": frame('{"t":"done","id":3' + DONE + "}"),
    "no times": frame('{"t":"done","id":3,"values":[],"infos":[[],[],[],[]],"options":[]}'),
    "times are texts": frame('{"t":"done","id":3,"values":[],"took":["x"],"infos":[[],[],[],[]],"options":[]}'),
    "slot beyond": frame('{"t":"done","id":3,"values":[[1,[0],["x"],[]]]' + DONE + "}"),
    "slot below": frame('{"t":"done","id":3,"values":[[-1,[0],["x"],[]]]' + DONE + "}"),
    "slot is true": frame('{"t":"done","id":3,"values":[[true,[0],["x"],[]]]' + DONE + "}"),
    "slot twice": frame('{"t":"done","id":3,"values":[[0,[0],["x"],[]],[0,[1],["x"],[]]]' + DONE + "}"),
    "row beyond": frame('{"t":"done","id":3,"values":[[0,[2],["x"],[]]]' + DONE + "}"),
    "row below": frame('{"t":"done","id":3,"values":[[0,[-1],["x"],[]]]' + DONE + "}"),
    "row is a fraction": frame('{"t":"done","id":3,"values":[[0,[0.5],["x"],[]]]' + DONE + "}"),
    "row is huge": frame('{"t":"done","id":3,"values":[[0,[18446744073709551615],["x"],[]]]' + DONE + "}"),
    "rows out of order": frame('{"t":"done","id":3,"values":[[0,[1,0],["x","y"],[]]]' + DONE + "}"),
    "rows are nested": frame('{"t":"done","id":3,"values":[[0,[[0],[1]],["x","y"],[]]]' + DONE + "}"),
    "too few values": frame('{"t":"done","id":3,"values":[[0,[0,1],["x"],[]]]' + DONE + "}"),
    "too many for all": frame('{"t":"done","id":3,"values":[[0,null,["x","y","z"],[]]]' + DONE + "}"),
    "value is a number": frame('{"t":"done","id":3,"values":[[0,[0],[5],[]]]' + DONE + "}"),
    "value is a list": frame('{"t":"done","id":3,"values":[[0,[0],[["x"]],[]]]' + DONE + "}"),
    "typed beyond": frame('{"t":"done","id":3,"values":[[0,[0],["x"],[1]]]' + DONE + "}"),
    "change too short": frame('{"t":"done","id":3,"values":[[0,[0],["x"]]]' + DONE + "}"),
    "messages uneven": frame('{"t":"done","id":3,"values":[],"took":[1],"infos":[[0],[0],["error"],[]],"options":[]}'),
    "message level": frame('{"t":"done","id":3,"values":[],"took":[1],"infos":[[0],[0],["fatal"],["m"]],"options":[]}'),
    "message missing": frame(
        '{"t":"done","id":3,"values":[],"took":[1],"infos":[[0],[0],["info"],[null]],"options":[]}'
    ),
    "message row": frame('{"t":"done","id":3,"values":[],"took":[1],"infos":[[0],[7],["error"],["m"]],"options":[]}'),
    "message twice": frame(
        '{"t":"done","id":3,"values":[],"took":[1],"infos":[[0,0,0],[0,1,0],["info","info","info"],["m","n","o"]],"options":[]}'
    ),
    "options": frame('{"t":"done","id":3,"values":[],"took":[1],"infos":[[],[],[],[]],"options":[[0,0,[["l"]]]]}'),
    "log": frame('{"t":"log","level":"shout","text":"x"}'),
    "fetch without leave": frame('{"t":"fetch","id":1,"url":"http://x","method":"GET","headers":[],"body":""}'),
    "error without anything": frame('{"t":"error"}'),
    "error with nonsense": frame('{"t":"error","kind":5,"position":"x","row":-1,"message":{"a":1},"line":true}'),
    "endless progress": frame('{"t":"progress","position":1e99}') * 50 + frame("no"),
}


@pytest.mark.parametrize("said", LIES.values(), ids=LIES)
def test_a_malformed_reply_fails_the_import_and_nothing_else(monkeypatch: pytest.MonkeyPatch, said: bytes) -> None:
    before = READY + frame('{"t":"done","id":1}') + frame('{"t":"done","id":2}')
    with lying_process(monkeypatch, before + said) as process:
        session = open_session(process, {"rowHooks": ["(r) => r"]})
        with pytest.raises(ImportFailedError) as failure:
            session.row_hooks(make_batch({"a": ["x", "y"]}), "init")
        assert not process.alive
    assert failure.value.code == "hook_failed"
    assert failure.value.context["position"] in {None, 0}


def test_a_process_that_ends_itself_fails_the_import(hostile_pool: HookPool) -> None:
    with hostile_pool.acquire() as process:
        session = open_session(process, {"rowHooks": ["() => { for (;;); }"]})
        threading.Timer(0.3, process._process.kill).start()
        with pytest.raises(ImportFailedError, match="ended the engine"):
            session.row_hooks(make_batch({"a": ["x"]}), "init")
        assert process.killed, "by somebody else, as the service must know"
