"""Beginning runs by the clock, and having them done."""

from __future__ import annotations

import threading
import uuid
from typing import TYPE_CHECKING, Protocol

from headgate.db import utc_now
from headgate.sftp.parts import RunParts
from headgate.sftp.runs import RunBook

if TYPE_CHECKING:
    from headgate.sftp.runner import SftpRunner


class RunQueue(Protocol):
    """Durable jobs that do runs."""

    def enqueue(self, run_id: uuid.UUID) -> None:
        """Have a run done. A second call for the same run changes nothing."""

    def reconcile(self, run_ids: list[uuid.UUID]) -> int:
        """Give each of these runs a job unless it has one that still works; gives how many were missing."""


class Clock:
    """What runs by the clock. Each method may run at any time, in several processes, and again."""

    def __init__(self, runs: RunBook, queue: RunQueue) -> None:
        self._runs = runs
        self._queue = queue

    def begin_due(self) -> None:
        """Begin a run of every connector whose time has come."""
        for run_id in self._runs.begin_due(utc_now()):
            self._queue.enqueue(run_id)

    def reconcile(self) -> None:
        """Have runs done that a process left behind, or whose job went missing."""
        self._queue.reconcile(self._runs.open_runs())


class Work:
    """Does runs. SSH is loaded with the first one: it takes longer to import than a start has to take."""

    def __init__(self, parts: RunParts) -> None:
        self._parts = parts
        self._lock = threading.Lock()
        self._closed = False
        self._runner: SftpRunner | None = None

    def run(self, run_id: uuid.UUID) -> None:
        """Do a run to its end."""
        with self._lock:
            if self._closed:
                return
            if self._runner is None:
                from headgate.sftp.runner import SftpRunner

                self._runner = SftpRunner(self._parts)
        self._runner.run(run_id)

    def close(self) -> None:
        """Have runs end soon; they go on after the next start."""
        with self._lock:
            self._closed = True
        if self._runner is not None:
            self._runner.close()
