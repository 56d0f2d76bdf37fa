"""Starting engine processes, all from one thread."""

from __future__ import annotations

import os
import subprocess
import threading
from concurrent.futures import Future, ThreadPoolExecutor

from headgate.engine.hooks.limits import HookLimits
from headgate.engine.hooks.sandbox import engine_command, engine_environment, launcher_command

_spawner: ThreadPoolExecutor | None = None
_spawner_lock = threading.Lock()


def _executor() -> ThreadPoolExecutor:
    """The one thread that starts engines.

    The kernel kills an engine when the *thread* that started it ends, so that must be one that lives as long as we do.
    """
    global _spawner
    with _spawner_lock:
        if _spawner is None:
            _spawner = ThreadPoolExecutor(1, thread_name_prefix="hook-engines")
        return _spawner


def _forget_spawner() -> None:
    global _spawner
    _spawner = None


os.register_at_fork(after_in_child=_forget_spawner)


def spawn(limits: HookLimits, *, fetch: bool, require_all: bool) -> subprocess.Popen[bytes]:
    """A new engine process, protected, with pipes for its input, output and error output. Raises OSError."""
    command = engine_command(limits, fetch=fetch)
    if os.uname().sysname == "Linux":
        command = launcher_command(command, limits, parent=os.getpid(), require_all=require_all)
    start: Future[subprocess.Popen[bytes]] = _executor().submit(
        subprocess.Popen,
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=engine_environment(),
        cwd="/",
        bufsize=0,
        start_new_session=True,
    )
    return start.result()
