"""How the JavaScript engine is started: which program, which permissions, which protections round it."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
from pathlib import Path

from deno import find_deno_bin

from headgate.engine.hooks.limits import MEGABYTE, HookLimits
from headgate.records import dataclass

_FOLDER = Path(__file__).parent
_LAUNCHER = _FOLDER / "launcher.py"
_RUNNER = _FOLDER.parent / "runner"
_LIBRARIES = ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/nix/store"]
_READABLE = [*_LIBRARIES, "/etc/ld.so.cache", "/dev/null", "/dev/urandom", "/proc/self/maps", "/proc/self/cgroup"]
_OPEN_FILES = 64
_REPORT_SECONDS = 20


@dataclass(frozen=True)
class SandboxLayer:
    """One protection round the engine. `reason` says why it is not active."""

    name: str
    active: bool
    reason: str | None = None


class SandboxUnavailableError(RuntimeError):
    """The operator requires every protection and this machine does not have them all."""


def engine_command(limits: HookLimits, *, fetch: bool) -> list[str]:
    """The program and its arguments: Deno without a single permission."""
    v8 = [
        "--disallow-code-generation-from-strings",
        f"--max-old-space-size={max(1, limits.heap_bytes // MEGABYTE)}",
        "--max-semi-space-size=16",
    ]
    options = json.dumps({"consoleBytes": limits.console_bytes, "fetch": fetch})
    return [
        os.path.realpath(find_deno_bin()),
        "run",
        *("--quiet", "--no-prompt", "--no-remote", "--no-npm", "--no-config", "--no-lock", "--cached-only"),
        "--no-code-cache",
        f"--v8-flags={','.join(v8)}",
        str(_RUNNER / "main.js"),
        options,
    ]


def engine_environment() -> dict[str, str]:
    """The environment of the engine: nothing of ours, and time in UTC whatever the server's zone."""
    return {"TZ": "UTC", "LANG": "C.UTF-8", "NO_COLOR": "1", "DENO_NO_UPDATE_CHECK": "1", "DENO_DIR": "/nonexistent"}


def launcher_command(
    program: list[str], limits: HookLimits, *, parent: int, require_all: bool = False, report: bool = False
) -> list[str]:
    """The command that puts itself under every protection and then becomes `program`."""
    orders = {
        "program": program,
        "environment": engine_environment(),
        "parent": parent,
        "data_bytes": limits.data_bytes,
        "cpu_seconds": limits.cpu_seconds,
        "open_files": _OPEN_FILES,
        "executable": [program[0], *_dynamic_loaders()],
        "readable": [*_READABLE, str(_RUNNER)],
        "require_all": require_all,
        "report": report,
    }
    return [sys.executable, "-I", "-S", "-B", str(_LAUNCHER), json.dumps(orders)]


def _dynamic_loaders() -> list[str]:
    patterns = ("lib64/ld-linux-*", "lib/ld-linux-*", "lib/*/ld-linux-*")
    return sorted(str(path) for pattern in patterns for path in Path("/").glob(pattern))


@functools.cache
def sandbox_layers() -> tuple[SandboxLayer, ...]:
    """The protections that are active round hooks on this machine, found by trying them in a process of their own."""
    always = (SandboxLayer("engine-without-permissions", active=True), SandboxLayer("watchdog", active=True))
    if sys.platform != "linux":
        return (*always, SandboxLayer("operating-system", active=False, reason=f"not available on {sys.platform}"))
    command = launcher_command([sys.executable], HookLimits(), parent=os.getpid(), report=True)
    found = subprocess.run(command, capture_output=True, check=True, timeout=_REPORT_SECONDS)  # noqa: S603 - our own program
    return (*always, *(SandboxLayer(name, reason is None, reason) for name, reason in json.loads(found.stdout).items()))


def require_all_layers() -> None:
    """Raise SandboxUnavailableError unless every protection is active."""
    missing = [f"{layer.name} ({layer.reason})" for layer in sandbox_layers() if not layer.active]
    if missing:
        raise SandboxUnavailableError(
            f"Hooks may not run: required protections are missing on this machine: {', '.join(missing)}. "
            "Use a kernel that offers them, or allow hooks without them in the settings."
        )
