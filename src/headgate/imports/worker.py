"""The worker process: runs the engine, one job at a time, and nothing else. It knows no database and no HTTP."""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

ENGINE = "headgate.imports.engine"
"""The module whose `run(RunJob, report) -> RunResult` and `convert(ConvertJob)` do the work."""

RESULT = "rows.json"
TABLE = "table.parquet"
ALL_ISSUES = "errors.ndjson"
CONSOLE = "console.ndjson"
PROGRESS_INTERVAL = 0.25

OutputFormat = Literal["json", "ndjson", "csv", "xlsx", "parquet"]


@dataclass(frozen=True)
class HookSettings:
    """What the operator allows hooks: see the settings of the same names."""

    call_seconds: float = 30
    import_seconds: float = 600
    memory: int = 512 * 1024**2
    console_size: int = 10 * 1024**2
    hosts: tuple[str, ...] = ()
    private_hosts: tuple[str, ...] = ()
    require_sandbox: bool = False


@dataclass(frozen=True)
class RunJob:
    """An import to run. Its intermediate files go below `workdir`, what is to be kept into `outcome`."""

    import_id: str
    source: Path
    kind: Literal["file", "initial_data"]
    document: dict[str, Any]
    filename: str | None
    user: dict[str, Any] | None
    memory: dict[str, Any] | None
    workdir: Path
    hooks: HookSettings = HookSettings()

    @property
    def outcome(self) -> Path:
        """The directory of the files to keep; it need not exist afterwards."""
        return self.workdir / "outcome"


@dataclass(frozen=True)
class ConvertJob:
    """A result table to write in another format."""

    table: Path
    target: Path
    format: OutputFormat


@dataclass(frozen=True)
class RunResult:
    """What became of an import. `has_result`: its outcome holds RESULT and TABLE. `user`: whom hooks made its user."""

    status: str
    errors: list[dict[str, Any]] | None
    metadata: dict[str, Any] | None = None
    decisions: dict[str, Any] | None = None
    counts: dict[str, Any] | None = None
    learned: dict[str, Any] | None = None
    has_result: bool = False
    user: dict[str, Any] | None = None


@dataclass(frozen=True)
class Refused:
    """The job cannot be done, with a message for the caller."""

    message: str


@dataclass(frozen=True)
class Progress:
    """A message from a running job. `fraction` is 0–1, None where it cannot be known."""

    step: str
    fraction: float | None


@dataclass(frozen=True)
class Broken:
    """The job raised something that it should not have. `trace` is for the log only."""

    trace: str


Answer = RunResult | Refused | Broken | None
"""What a job ends with; None after a conversion that was done."""


@dataclass
class _Reporter:
    """Sends progress, but not more often than is of use."""

    send: Callable[[Progress], None]
    _last: float = field(default=0.0)

    def __call__(self, step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last >= PROGRESS_INTERVAL:
            self._last = now
            self.send(Progress(step, min(1.0, done / total) if total > 0 else None))


def main(connection: Connection, engine: str, parent: int) -> None:
    """Serve jobs from `connection` until it closes."""
    with contextlib.suppress(PermissionError):
        os.setpgid(0, 0)  # what a job starts dies with the worker, and Ctrl-C reaches the server alone
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_die_with, args=(parent,), daemon=True).start()
    module = importlib.import_module(engine)
    while True:
        try:
            job = connection.recv()
        except (EOFError, OSError):
            return
        try:
            connection.send(_execute(job, module, _Reporter(connection.send)))
        except OSError:
            return


def _die_with(parent: int) -> None:
    """A killed server leaves no worker behind."""
    while os.getppid() == parent:
        time.sleep(0.25)
    if os.getpgid(0) == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _execute(job: RunJob | ConvertJob, module: ModuleType, report: _Reporter) -> Answer:
    try:
        answer: Answer = module.convert(job) if isinstance(job, ConvertJob) else module.run(job, report)
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException:  # Polars' panics are no Exception, and say the same at every further try
        return Broken(traceback.format_exc())
    return answer
