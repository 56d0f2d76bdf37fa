"""Trying things out on samples: in a worker, with limits, and nothing of it is kept."""

from __future__ import annotations

import shutil
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import structlog

from headgate.errors import InvalidError
from headgate.imports.pool import (
    JobStoppedError,
    MemoryLimitError,
    PoolBusyError,
    PoolClosedError,
    TimeLimitError,
    WorkerCrashedError,
    WorkerPool,
)
from headgate.imports.worker import Answered, Broken, HookSettings, Refused, RunJob, StudioJob
from headgate.message import Message
from headgate.studio.errors import TrialLimitError, WorkersBusyError
from headgate.studio.requests import Question

PATIENCE = 10.0
"""Seconds to wait for a worker."""
MAX_WAITING = 8
"""Questions that may wait at once; each holds a thread of the server."""

log = structlog.get_logger(__name__)


class StudioService:
    """Answers questions about samples."""

    def __init__(self, pool: WorkerPool, workdir: Path, hooks: HookSettings, seconds: float) -> None:
        """`seconds`: the longest that a question may take."""
        self._pool = pool
        self._workdir = workdir
        self._hooks = hooks
        self._seconds = seconds
        # Imports always find a worker that no question holds, unless there is only one.
        self._places = threading.Semaphore(max(1, pool.size - 1))
        self._waiting = threading.Semaphore(MAX_WAITING)

    def infer(self, question: Question) -> dict[str, Any]:
        """The fields that the sample could have. Raises as `_ask`."""
        return self._ask("infer", question, by_key=False)

    def trial(self, question: Question) -> dict[str, Any]:
        """What an import of the sample would come to. Raises as `_ask`."""
        return self._ask("try", question, by_key=question.sample.by_key)

    def hook(self, question: Question) -> dict[str, Any]:
        """What a hook does to the sample. Raises as `_ask`."""
        return self._ask("hook", question, by_key=question.sample.by_key)

    def _ask(self, name: Literal["infer", "try", "hook"], question: Question, *, by_key: bool) -> dict[str, Any]:
        """Raises InvalidError for a sample that cannot be read, TrialLimitError, WorkersBusyError."""
        identifier = f"studio-{uuid.uuid4().hex}"
        workdir = self._workdir / identifier
        with self._place():
            workdir.mkdir(parents=True)
            try:
                source = workdir / "sample"
                source.write_bytes(question.sample.content)
                run = RunJob(
                    import_id=identifier,
                    source=source,
                    kind="initial_data" if by_key else "file",
                    document=question.document,
                    filename=question.sample.filename,
                    user=None,
                    memory=None,
                    workdir=workdir,
                    hooks=self._hooks,
                )
                return self._answer(StudioJob(name, run, question.parameters), identifier)
            finally:
                shutil.rmtree(workdir, ignore_errors=True)

    def _answer(self, job: StudioJob, identifier: str) -> dict[str, Any]:
        try:
            answer = self._pool.run(job, identifier, seconds=self._seconds, patience=PATIENCE)
        except (PoolBusyError, PoolClosedError, JobStoppedError):
            raise WorkersBusyError from None
        except TimeLimitError:
            raise TrialLimitError(
                Message(
                    "This took longer than the {seconds} seconds that are allowed. Take a smaller sample, or look for a hook or "
                    "pattern that does not end.",
                    seconds=f"{self._seconds:g}",
                )
            ) from None
        except MemoryLimitError:
            raise TrialLimitError("This needed more memory than is allowed. Take a smaller sample.") from None
        except WorkerCrashedError as error:
            log.warning("studio_worker_crashed", question=job.question, cause=str(error))
            raise TrialLimitError("This stopped its worker. Take another sample.") from None
        if isinstance(answer, Answered):
            return answer.value
        if isinstance(answer, Refused):
            raise InvalidError({"sample": [answer.message]})
        log.error("studio_broken", question=job.question, trace=answer.trace if isinstance(answer, Broken) else None)
        raise RuntimeError(f"the question {job.question} has no answer")

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._waiting.acquire(blocking=False):
            raise WorkersBusyError
        try:
            if not self._places.acquire(timeout=PATIENCE):
                raise WorkersBusyError
        finally:
            self._waiting.release()
        try:
            yield
        finally:
            self._places.release()
