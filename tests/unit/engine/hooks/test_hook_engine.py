"""The engine process, its pool, and the protections round it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from headgate.engine.hooks import sandbox
from headgate.engine.hooks.limits import MEGABYTE, HookLimits
from headgate.engine.hooks.pool import HookPool
from headgate.engine.hooks.process import EngineStartError, HookProcess
from headgate.engine.hooks.sandbox import SandboxUnavailableError, launcher_command, sandbox_layers

LAYERS = {layer.name: layer for layer in sandbox_layers()}


def needs(*names: str) -> pytest.MarkDecorator:
    missing = [name for name in names if not (name in LAYERS and LAYERS[name].active)]
    return pytest.mark.skipif(bool(missing), reason=f"not to be had here: {', '.join(missing)}")


def confined(code: str) -> subprocess.CompletedProcess[str]:
    """What Python code does once it is under the protections of the engine."""
    orders = launcher_command(["x"], HookLimits(), parent=os.getpid())[-1]
    program = (
        f"import sys; sys.path.insert(0, {str(Path(sandbox.__file__).parent)!r})\n"
        "import ctypes, json, os, socket, threading, launcher\n"
        f"launcher.protect(json.loads({orders!r}), ctypes.CDLL(None, use_errno=True), 0)\n{code}"
    )
    return subprocess.run([sys.executable, "-I", "-S", "-B", "-c", program], capture_output=True, text=True, timeout=30)


REFUSED = {
    "fork": ("os.fork()", ("seccomp",)),
    "spawn": ("os.posix_spawn('/bin/true', ['true'], {})", ("seccomp",)),
    "exec": ("os.execv('/bin/true', ['true'])", ("seccomp",)),
    "socket": ("socket.socket()", ("seccomp",)),
    "unix socket": ("socket.socket(socket.AF_UNIX)", ("seccomp",)),
    "signal to the parent": ("os.kill(os.getppid(), 0)", ("seccomp",)),
    "signal to itself": ("os.kill(os.getpid(), 0)", ("seccomp",)),
    "change of mode": ("os.chmod('/tmp', 0o777)", ("seccomp",)),
    "read a file": ("open('/etc/passwd').read()", ("landlock",)),
    "read its environment's source": ("open('/proc/self/environ').read()", ("landlock",)),
    "list a folder": ("os.listdir('/')", ("landlock",)),
    "write a file": ("open('/tmp/headgate-hook-test', 'w')", ("landlock",)),
    "become root": ("os.setuid(0)", ("seccomp",)),
    "trace": ("l = ctypes.CDLL(None, use_errno=True); assert l.ptrace(16, os.getppid(), 0, 0) == 0", ("seccomp",)),
    "more data than allowed": ("x = bytearray(3 * 2**30)", ("resource-limits",)),
    "more files than allowed": ("[os.dup(1) for _ in range(100)]", ("resource-limits",)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_program_in_the_sandbox_cannot(name: str) -> None:
    code, layers = REFUSED[name]
    if not all(name in LAYERS and LAYERS[name].active for name in layers):
        pytest.skip(f"not to be had here: {layers}")
    ran = confined(f"try:\n    {code}\nexcept (OSError, MemoryError, AssertionError) as e:\n    print('refused', e)")
    assert ran.stdout.startswith("refused"), ran


@needs("seccomp", "landlock", "no-capabilities", "no-new-privileges")
def test_a_program_in_the_sandbox_has_no_rights_left_but_threads() -> None:
    program = "t = threading.Thread(target=lambda: print('thread')); t.start(); t.join()"
    assert confined(program).stdout == "thread\n"
    command = launcher_command(["x"], HookLimits(), parent=os.getpid(), report=True)
    assert set(json.loads(subprocess.run(command, capture_output=True, check=True).stdout).values()) == {None}
    with HookProcess() as process:
        process.wait_ready()
        status = Path(f"/proc/{process.pid}/status").read_text()
        limits = Path(f"/proc/{process.pid}/limits").read_text()
    for line in ("NoNewPrivs:\t1", "Seccomp:\t2", "CapEff:\t0000000000000000", "CapPrm:\t0000000000000000"):
        assert line in status
    assert f"{HookLimits().data_bytes}" in limits


def test_the_engine_sees_nothing_of_our_environment() -> None:
    os.environ["HEADGATE_TEST_SECRET"] = "x"
    try:
        with HookProcess() as process:
            process.wait_ready()
            environment = Path(f"/proc/{process.pid}/environ").read_bytes()
    finally:
        del os.environ["HEADGATE_TEST_SECRET"]
    assert b"HEADGATE_TEST_SECRET" not in environment
    assert b"TZ=UTC" in environment


def test_layers_are_named_with_the_reason_when_one_is_missing() -> None:
    assert {"engine-without-permissions", "watchdog"} <= set(LAYERS)
    assert all(layer.active or layer.reason for layer in LAYERS.values())


def test_an_operator_may_require_every_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    layers = (
        sandbox.SandboxLayer("watchdog", True),
        sandbox.SandboxLayer("landlock", False, "the kernel offers no Landlock"),
    )
    monkeypatch.setattr(sandbox, "sandbox_layers", lambda: layers)
    with pytest.raises(SandboxUnavailableError, match=r"landlock \(the kernel offers no Landlock\)"):
        HookPool(0, require_all_layers=True)


def test_a_missing_layer_keeps_a_single_engine_from_starting_when_all_are_required(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = sandbox.launcher_command

    def without_landlock(program: list[str], limits: HookLimits, **options: Any) -> list[str]:
        command = real(program, limits, **options)
        orders = json.loads(command[-1]) | {"readable": ["\0"]}
        return [*command[:-1], json.dumps(orders)]

    monkeypatch.setattr("headgate.engine.hooks.spawn.launcher_command", without_landlock)
    with HookProcess(require_all_layers=True) as process, pytest.raises(EngineStartError, match="landlock"):
        process.wait_ready()


def test_an_engine_that_cannot_start_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headgate.engine.hooks.spawn.engine_command", lambda *_, **__: ["/nonexistent/deno"])
    with HookProcess() as process, pytest.raises(EngineStartError, match="could not be started"):
        process.wait_ready()


def test_the_pool_hands_out_each_engine_once_and_keeps_its_size() -> None:
    with HookPool(2) as pool:
        seen = set()
        for _ in range(4):
            with pool.acquire() as process:
                seen.add(process.pid)
        assert len(seen) == 4


def test_an_engine_that_died_while_waiting_is_not_handed_out() -> None:
    with HookPool(1) as pool:
        deadline = time.monotonic() + 10
        while not pool._waiting and time.monotonic() < deadline:
            time.sleep(0.01)
        dead = pool._waiting[0]
        dead._process.kill()
        dead._process.wait()
        with pool.acquire() as process:
            assert process.pid != dead.pid
            assert process.alive


def test_closing_the_pool_ends_waiting_engines_but_not_those_in_use() -> None:
    pool = HookPool(1)
    process = pool.acquire()
    pool.close()
    assert process.alive
    process.close()
    assert not process.alive
    with pytest.raises(RuntimeError, match="closed"):
        pool.acquire()


def test_an_engine_outlives_the_thread_that_asked_for_it() -> None:
    found: list[HookProcess] = []
    thread = threading.Thread(target=lambda: found.append(HookProcess()))
    thread.start()
    thread.join()
    time.sleep(0.1)
    with found[0] as process:
        process.wait_ready()
        assert process.alive


@needs("parent-death-signal")
def test_an_engine_dies_with_its_parent() -> None:
    program = (
        "import os\nfrom headgate.engine.hooks.process import HookProcess\n"
        "p = HookProcess()\np.wait_ready()\nprint(p.pid, flush=True)\nos.kill(os.getpid(), 9)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    stat = Path(f"/proc/{int(ran.stdout)}/stat")
    deadline = time.monotonic() + 5
    while stat.exists() and stat.read_text().split()[2] != "Z" and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not stat.exists() or stat.read_text().split()[2] == "Z"


def test_closing_twice_is_harmless_and_leaves_no_descriptors() -> None:
    with HookProcess() as process:
        process.wait_ready()
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        with HookProcess() as process:
            process.wait_ready()
        process.close()
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_the_limits_follow_from_one_another() -> None:
    limits = HookLimits(heap_bytes=100 * MEGABYTE, outside_heap_bytes=50 * MEGABYTE)
    assert limits.resident_bytes == 150 * MEGABYTE
    assert limits.data_bytes == 1024 * MEGABYTE
    assert HookLimits().data_bytes == 1536 * MEGABYTE
