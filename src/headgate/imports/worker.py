"""The worker process: runs the engine, one job at a time, and nothing else.

It knows no database and no HTTP. The only place of the service that touches the engine is `_run` and `_convert` here.
"""

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
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from typing import Any

from headgate.engine.errors import ImportFailedError
from headgate.schema import parse_schema

ENGINE = "headgate.engine.pipeline"
"""The module with `run_import`, `ImportRequest` and `write_result`."""

RESULT = "rows.json"
TABLE = "table"
ALL_ERRORS = "errors.ndjson"
PROGRESS_INTERVAL = 0.25


@dataclass(frozen=True)
class RunJob:
    """An import to run. Its outcome's files go to `workdir/outcome`."""

    source: Path
    kind: str
    document: dict[str, Any]
    filename: str | None
    memory: Any
    now: datetime
    workdir: Path


@dataclass(frozen=True)
class ConvertJob:
    """A delivered table to write in another format."""

    table: Path
    target: Path
    format: str


@dataclass(frozen=True)
class RunResult:
    """What became of an import; `files` says whether `workdir/outcome` holds a result."""

    status: str
    errors: list[dict[str, Any]]
    metadata: dict[str, Any] | None = None
    decisions: dict[str, Any] | None = None
    counts: dict[str, Any] | None = None
    has_result: bool = False


@dataclass(frozen=True)
class Progress:
    """A message from a running job. `fraction` is 0–1."""

    step: str
    fraction: float | None = None


@dataclass(frozen=True)
class Broken:
    """The job raised something that it should not have. `trace` is for the log only."""

    trace: str


@dataclass(frozen=True)
class Done:
    """The job ended."""

    result: RunResult | None = None


@dataclass
class _Reporter:
    """Sends progress, but not more often than is of use."""

    send: Callable[[Progress], None]
    _last: float = field(default=0.0)

    def __call__(self, step: str, fraction: float | None = None) -> None:
        now = time.monotonic()
        if now - self._last >= PROGRESS_INTERVAL:
            self._last = now
            self.send(Progress(step, fraction))


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
            answer: Done | Broken = _execute(job, module, _Reporter(connection.send))
        except Exception:
            answer = Broken(traceback.format_exc())
        try:
            connection.send(answer)
        except OSError:
            return


def _die_with(parent: int) -> None:
    """A killed server leaves no worker behind."""
    while os.getppid() == parent:
        time.sleep(0.25)
    if os.getpgid(0) == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _execute(job: RunJob | ConvertJob, module: ModuleType, report: _Reporter) -> Done | Broken:
    if isinstance(job, ConvertJob):
        module.write_result(job.table, job.target, job.format)
        return Done()
    try:
        return Done(_run(job, module, report))
    except ImportFailedError as error:
        return Done(RunResult("FAILED", [error.to_json()]))


def _run(job: RunJob, module: ModuleType, report: _Reporter) -> RunResult:
    document = job.document
    request = module.ImportRequest(
        source=job.source,
        kind=job.kind,
        schema=parse_schema(document["fields"], document["settings"], document["hooks"]),
        filename=job.filename,
        memory=job.memory,
        now=job.now,
    )
    outcome = module.run_import(request, job.workdir / "engine", progress=report)
    target = job.workdir / "outcome"
    target.mkdir(parents=True)
    if outcome.result is not None:
        outcome.write(target / RESULT, "json")
        outcome.write_errors(target / ALL_ERRORS)
        outcome.result.rename(target / TABLE)
    return RunResult(
        status=outcome.status,
        errors=outcome.errors,
        metadata={key: value for key, value in outcome.metadata.items() if key != "decisions"},
        decisions=outcome.decisions,
        counts=outcome.counts,
        has_result=outcome.result is not None,
    )
