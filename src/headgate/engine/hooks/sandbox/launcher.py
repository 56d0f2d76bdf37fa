"""Puts itself under every protection the kernel offers, then becomes the JavaScript engine.

A program of its own (`python -I -S launcher.py <orders as JSON>`) rather than a `preexec_fn`, because code that runs
between fork and exec of a process with threads can deadlock. Only the standard library may be imported.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import landlock
import seccomp

_PR_SET_PDEATHSIG, _PR_SET_SECUREBITS, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS = 1, 28, 24, 38
_NOROOT_LOCKED = 0b11
_CAPABILITIES_VERSION_3 = 0x20080522
_LAST_CAPABILITY = 63

EXIT_REFUSED = 97
"""A protection that the operator requires is not to be had."""


def _checked(result: int, what: str) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), what)


def _die_with_parent(libc: ctypes.CDLL, parent: int) -> None:
    _checked(libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0), "no signal at the parent's death")
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def _drop_capabilities(libc: ctypes.CDLL) -> None:
    """Root inside the sandbox is nobody: no capability is left, and exec gives none back."""
    if os.geteuid() == 0:
        _checked(libc.prctl(_PR_SET_SECUREBITS, _NOROOT_LOCKED, 0, 0, 0), "secure bits were refused")
        for capability in range(_LAST_CAPABILITY + 1):
            libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_VERSION_3, 0)
    _checked(libc.capset(header, (ctypes.c_uint32 * 6)()), "capabilities could not be dropped")


def _limit_resources(data_bytes: int, cpu_seconds: int, open_files: int) -> None:
    for kind, value in (
        (resource.RLIMIT_DATA, data_bytes),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_NOFILE, open_files),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        wanted = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (wanted, wanted))


def protect(orders: dict[str, Any], libc: ctypes.CDLL, execve_path: int) -> dict[str, str | None]:
    """Apply every layer. The answer maps each layer to None when it is active, else to why it is not."""
    layers: dict[str, Callable[[], None]] = {
        "parent-death-signal": lambda: _die_with_parent(libc, orders["parent"]),
        "resource-limits": lambda: _limit_resources(orders["data_bytes"], orders["cpu_seconds"], orders["open_files"]),
        "no-new-privileges": lambda: _checked(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs was refused"),
        "no-capabilities": lambda: _drop_capabilities(libc),
        "landlock": lambda: landlock.apply(libc, orders["executable"], orders["readable"]),
        "seccomp": lambda: seccomp.apply(libc, execve_path),
    }
    outcome: dict[str, str | None] = {}
    for name, apply in layers.items():
        try:
            apply()
            outcome[name] = None
        except (OSError, ValueError, AttributeError) as error:
            outcome[name] = str(error)
    return outcome


def main() -> None:
    orders = json.loads(sys.argv[1])
    libc = ctypes.CDLL(None, use_errno=True)
    program = [os.fsencode(argument) for argument in orders["program"]]
    path = ctypes.create_string_buffer(program[0])
    arguments = (ctypes.c_char_p * (len(program) + 1))(*program, None)
    variables = [os.fsencode(f"{name}={value}") for name, value in orders["environment"].items()]
    environment = (ctypes.c_char_p * (len(variables) + 1))(*variables, None)
    outcome = protect(orders, libc, ctypes.addressof(path))
    if orders["report"]:
        sys.stdout.write(json.dumps(outcome))
        return
    missing = [f"{name} ({reason})" for name, reason in outcome.items() if reason is not None]
    if missing and orders["require_all"]:
        sys.stderr.write(f"required protections are missing: {', '.join(missing)}")
        sys.exit(EXIT_REFUSED)
    libc.execve(path, arguments, environment)
    sys.stderr.write(f"the JavaScript engine could not be started: {os.strerror(ctypes.get_errno())}")
    sys.exit(EXIT_REFUSED)


if __name__ == "__main__":
    main()
