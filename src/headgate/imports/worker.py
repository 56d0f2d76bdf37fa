"""The worker process: runs the engine, one job at a time, and nothing else. It knows no database and no HTTP."""

from __future__ import annotations

import importlib
import logging
import time
from collections.abc import Callable
from dataclasses import field
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from headgate.engine.review.log import LogEntry
from headgate.full_disk import is_full
from headgate.imports import child_logs
from headgate.imports.processes import become_child_of
from headgate.loading import loading
from headgate.records import dataclass
from headgate.stack_traces import stack_of

log = logging.getLogger(__name__)

ENGINE = "headgate.imports.engine"
"""The module that does the work: `prepare()` before the first job, `run(RunJob, report) -> RunResult`,
`convert(ConvertJob) -> Refused | None`, `finish(FinishJob, report) -> RunResult`, `propose(ProposeJob) -> RecipeProposal`,
`help_along(HelpJob) -> Helped` and, in the processes of reviews, `open_review(ReviewJob, report) -> OpenReview`."""

STUDIO = "headgate.studio.engine"
"""The module that answers the questions of Schema Studio: `answer(StudioJob, report) -> Answered | Refused`."""

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
    """An import to run. Its intermediate files go below `workdir`, what is to be kept into `outcome`.

    `review_directory`: where the prepared state of the review belongs when the import turns out to need a person.
    `recipe`: the document of the corrections to be replayed.
    `kept`, `part_bytes`, `disk_reserve`, `lent`: as the request of the engine has them (ImportRequest).
    """

    import_id: str
    source: Path
    kind: Literal["file", "initial_data"]
    document: dict[str, Any]
    filename: str | None
    user: dict[str, Any] | None
    memory: dict[str, Any] | None
    workdir: Path
    hooks: HookSettings = HookSettings()
    review_directory: Path | None = None
    recipe: dict[str, Any] | None = None
    kept: Path | None = None
    part_bytes: int | None = None
    disk_reserve: int = 0
    lent: bool = False
    traceparent: str | None = None
    """For whoever gives the job; the worker itself tells no traces."""

    @property
    def outcome(self) -> Path:
        """The directory of the files to keep; it need not exist afterwards."""
        return self.workdir / "outcome"


@dataclass(frozen=True)
class FinishJob:
    """A submitted review to bring to its end. `directory`: its prepared state. `log`: all of its changes, in order."""

    run: RunJob
    directory: Path
    log: tuple[LogEntry, ...]

    @property
    def outcome(self) -> Path:
        """The directory of the files to keep."""
        return self.run.outcome


@dataclass(frozen=True)
class ReviewJob:
    """A review to open, in a process of its own. What is computed for it is kept in `directory`."""

    run: RunJob
    directory: Path
    log: tuple[LogEntry, ...]


@dataclass(frozen=True)
class StudioJob:
    """A question of Schema Studio, answered by STUDIO and not by the engine of imports. Nothing of it is kept.

    `run`: the import that it is about, `log` the changes of its review. `parameters`: JSON values that the question needs.
    """

    question: Literal["infer", "try", "hook", "compare"]
    run: RunJob
    parameters: dict[str, Any] = field(default_factory=dict)
    log: tuple[LogEntry, ...] = ()


@dataclass(frozen=True)
class Answered:
    """The answer to a question, as JSON."""

    value: dict[str, Any]


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
    """The job raised something that it should not have. `trace` is for the log: where, and not what was said. `no_room`: the
    disk was full, which says nothing about the job: it can be done once there is room again."""

    trace: str
    no_room: bool = False
    killed: bool = False
    """A process that it needs was killed, so it counts as a crash and is tried again."""

    @classmethod
    def by(cls, error: BaseException) -> Broken:
        """What is told of an exception, and of what native libraries printed about it."""
        panics = (f"panicked at {place}" for place in child_logs.panics())
        return cls("\n".join([stack_of(error), *panics]), is_full(error), isinstance(error, HelperKilledError))


class HelperKilledError(Exception):
    """A process that the job needs was killed from outside."""


@dataclass(frozen=True)
class ProposeJob:
    """A recipe to be made of a review that came to its end. `log`: its changes that were not undone, without their deltas;
    `deltas`: number of the change → the file of its delta, where it is looked at, so that a process holds one at a time;
    `recipe`: the document that the import was begun with, where it was applied."""

    document: dict[str, Any]
    decisions: dict[str, Any]
    person: dict[str, Any] | None
    log: tuple[LogEntry, ...]
    deltas: dict[int, Path]
    recipe: dict[str, Any] | None


@dataclass(frozen=True)
class RecipeProposal:
    """A recipe, None where there is nothing to keep; and by code how much could not be kept."""

    document: dict[str, Any] | None
    left_out: dict[str, int]


@dataclass(frozen=True)
class HelpJob:
    """One part of a large import to make for the process that runs it, of what that keeps in `directory`. `number`: which;
    None for any that nobody makes."""

    import_id: str
    directory: Path
    workdir: Path
    number: int | None = None


@dataclass(frozen=True)
class Helped:
    """Whether a part was made; False where none was left, or the import ended meanwhile."""

    made: bool


Job = RunJob | ConvertJob | FinishJob | ProposeJob | StudioJob | HelpJob
Answer = RunResult | RecipeProposal | Answered | Helped | Refused | Broken | None
"""What a job ends with; None after a conversion that was done."""


@dataclass
class Reporter:
    """Sends progress, but not more often than is of use. `last`: when some was sent, by the monotonic clock."""

    send: Callable[[Progress], None]
    last: float = field(default=0.0)

    def __call__(self, step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.last >= PROGRESS_INTERVAL:
            self.last = now
            self.send(Progress(step, min(1.0, done / total) if total > 0 else None))


def main(connection: Connection, engine: str, parent: int) -> None:
    """Serve jobs from `connection` until it closes."""
    become_child_of(parent)
    with loading():
        module = importlib.import_module(engine)
    module.prepare()
    while True:
        try:
            job = connection.recv()
        except (EOFError, OSError):
            return
        try:
            connection.send(_execute(job, module, _reporter(job, connection.send)))
        except OSError:
            return


def _reporter(job: Job, send: Callable[[Progress], None]) -> Reporter:
    """What a run has to say at its begin nobody is told (`imports/progress.py`), and most are over before anything else."""
    return Reporter(send, time.monotonic() if isinstance(job, RunJob) else 0.0)


def _execute(job: Job, module: ModuleType, report: Reporter) -> Answer:
    child_logs.work_on(_import_of(job))
    began = time.monotonic()
    answer = _answer(job, module, report)
    milliseconds = round((time.monotonic() - began) * 1000)
    log.debug("job_over", {"job": type(job).__name__, "answer": type(answer).__name__, "milliseconds": milliseconds})
    child_logs.work_on(None)
    return answer


def _import_of(job: Job) -> str | None:
    if isinstance(job, RunJob | HelpJob):
        return job.import_id
    return job.run.import_id if isinstance(job, FinishJob | StudioJob) else None


def _answer(job: Job, module: ModuleType, report: Reporter) -> Answer:
    answer: Answer
    try:
        if isinstance(job, ConvertJob):
            answer = module.convert(job)
        elif isinstance(job, FinishJob):
            answer = module.finish(job, report)
        elif isinstance(job, ProposeJob):
            answer = module.propose(job)
        elif isinstance(job, HelpJob):
            answer = module.help_along(job)
        elif isinstance(job, StudioJob):
            answer = importlib.import_module(STUDIO).answer(job, report)
        else:
            answer = module.run(job, report)
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as error:  # Polars' panics are no Exception, and say the same at every further try
        return Broken.by(error)
    return answer
