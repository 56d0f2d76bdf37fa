"""Child processes of the service: started afresh, watched from outside, ended with everything that they started."""

from __future__ import annotations

import contextlib
import fcntl
import logging
import multiprocessing
import os
import pickle
import select
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import psutil

from headgate.imports import child_logs

HAS_STATM = Path("/proc/self/statm").exists()
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


class ChildProcess:
    """A process that speaks over a pipe. `main(connection, engine, pid of this process)` runs in it."""

    def __init__(self, main: Callable[[Connection, str, int], None], engine: str, name: str) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self.connection: Connection = ours
        self.process: BaseProcess = context.Process(
            target=_begin, args=(main, theirs, engine, os.getpid(), _log_level()), daemon=True, name=name
        )
        self.process.start()
        theirs.close()
        self._listening = select.poll()
        self._listening.register(ours.fileno(), select.POLLIN)
        self.jobs = 0
        self._seen: psutil.Process | None = None

    def send(self, message: Any) -> None:
        """Raises OSError when the process is gone."""
        self.connection.send_bytes(
            pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        )  # nothing in it needs more than pickle

    def has_said(self, seconds: float) -> bool:
        """Whether it says something within so many seconds, or is gone. Raises OSError."""
        return bool(self._listening.poll(seconds * 1000))

    def memory(self) -> int:
        """Bytes that are its own; mapped files do not count, for the kernel takes them back at need."""
        if HAS_STATM:
            return _own_memory(self.process.pid)
        try:
            if self._seen is None:
                self._seen = psutil.Process(self.process.pid)
            found = self._seen.memory_info()
        except psutil.Error:
            return 0
        return int(found.rss - getattr(found, "shared", 0))

    def kill(self) -> None:
        """End it and everything that it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if self.process.pid is not None:
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.join()
        self.connection.close()


def _own_memory(pid: int | None) -> int:
    """The same, as Linux tells it: asked after every job, and psutil takes some times as long for the same line."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_bytes().split()
    except OSError:
        return 0
    return (int(pages[1]) - int(pages[2])) * PAGE_BYTES


def _log_level() -> int:
    """A child logs from the same level on as this process does."""
    return logging.getLogger(child_logs.OURS).getEffectiveLevel()


def _begin(
    main: Callable[[Connection, str, int], None], connection: Connection, engine: str, parent: int, level: int
) -> None:
    child_logs.begin(level)
    main(connection, engine, parent)


def become_child_of(parent: int) -> None:
    """In a child process: what it starts dies with it, Ctrl-C reaches the server alone, and it ends with the server."""
    with contextlib.suppress(PermissionError):
        os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_die_with, args=(parent,), daemon=True).start()


def _die_with(parent: int) -> None:
    """A killed server leaves no process behind."""
    while os.getppid() == parent:
        time.sleep(0.25)
    if os.getpgid(0) == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def is_free(directory: Path) -> bool:
    """Whether no process, of this machine or of another that shares the disk, holds the lock of a review's directory."""
    try:
        with (directory / "lock").open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return True
    except BlockingIOError:
        return False
    return True
