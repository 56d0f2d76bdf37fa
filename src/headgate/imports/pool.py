"""The worker processes, started beforehand and reused, and a watchdog that judges each of them from outside.

An import that eats all memory, runs for ever or brings the interpreter down must not take the server with it.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog

from headgate.errors import StorageFullError
from headgate.imports import worker
from headgate.imports.processes import ChildProcess
from headgate.imports.worker import Answer, Broken, Job, Progress
from headgate.nodes.jobs import NotNowError, StoppingError
from headgate.records import dataclass

WATCH_INTERVAL = 0.1
JOBS_PER_WORKER = 500
"""After so many a worker is replaced: what leaks in native libraries is given back."""

log = structlog.get_logger(__name__)

OnProgress = Callable[[Progress], None]


class WorkerCrashedError(Exception):
    """The worker process ended in the middle of the job."""


class MemoryLimitError(Exception):
    """The job needed more memory than a worker may have."""


class TimeLimitError(Exception):
    """The job ran longer than a worker may."""


class JobStoppedError(StoppingError):
    """Somebody stopped the job. What still has its claim must run again: it was meant for an earlier one."""


class PoolBusyError(NotNowError):
    """No worker was free in time."""


class PoolClosedError(StoppingError):
    """The service is stopping; the job must run again later."""


@dataclass(frozen=True)
class Limits:
    """What one job may use: bytes of memory, seconds."""

    memory: int
    time: float


class WorkerPool:
    """A fixed number of workers."""

    def __init__(self, size: int, limits: Limits, engine: str = worker.ENGINE) -> None:
        self.size = size
        self._limits = limits
        self._engine = engine
        self._changed = threading.Condition()
        self._idle: list[ChildProcess] = []
        self._busy = 0
        self._stopped: set[str] = set()
        self._running: set[str] = set()
        self._reserved: dict[str, ChildProcess] = {}
        self._spare: list[str] = []
        self._closing_at: float | None = None

    def start(self) -> None:
        """Start all workers; they load the engine while the caller goes on."""
        threads = max(1, (os.cpu_count() or 1) // self.size)
        os.environ.setdefault("POLARS_MAX_THREADS", str(threads))
        with self._changed:
            self._idle = [self._new_worker() for _ in range(self.size)]
            self._changed.notify_all()  # whoever has a job already

    def run(
        self,
        job: Job,
        name: str,
        on_progress: OnProgress | None = None,
        *,
        seconds: float | None = None,
        patience: float | None = None,
        spare: bool = False,
    ) -> Answer:
        """Run a job as soon as a worker is free. `name`: by which `stop` finds it. `seconds`: a shorter limit than the
        usual one. `patience`: seconds to wait for a worker, None for as long as it takes. `spare`: only while no other job
        wants the worker; the one that began last is stopped for it.

        Raises WorkerCrashedError, MemoryLimitError, TimeLimitError, JobStoppedError, PoolBusyError, PoolClosedError,
        StorageFullError.
        """
        with self._changed:
            reserved = self._reserved.pop(name, None)
        chosen = reserved or self._take(name, patience, spare=spare)
        limit = self._limits.time if seconds is None else min(seconds, self._limits.time)
        try:
            answer = self._watch(chosen, job, name, limit, on_progress)
        except BaseException:
            chosen.kill()
            raise
        finally:
            self._give_back(chosen, name)
        if isinstance(answer, Broken) and answer.no_room:
            log.error("worker_without_room", job=name, trace=answer.trace)
            raise StorageFullError
        if isinstance(answer, Broken) and answer.killed:
            raise WorkerCrashedError("a process of its hooks was killed")
        return answer

    @contextmanager
    def reserved(self, name: str, patience: float) -> Iterator[None]:
        """Have a worker for the next job of that name. Raises JobStoppedError, PoolBusyError when none is free within `patience`
        seconds, PoolClosedError."""
        chosen = self._take(name, patience, spare=False)
        with self._changed:
            self._reserved[name] = chosen
        try:
            yield
        finally:
            with self._changed:
                unused = self._reserved.pop(name, None)
            if unused is not None:
                self._give_back(unused, name)

    def stop(self, name: str) -> None:
        """Stop the job of that name, whether it runs or waits, and what helps it (`name/…`); no such job is no error."""
        with self._changed:
            self._stopped.update(one for one in self._running if one == name or one.startswith(f"{name}/"))
            self._changed.notify_all()

    def close(self, grace: float) -> None:
        """Take no more jobs, give the running ones `grace` seconds, then end everything."""
        with self._changed:
            self._closing_at = time.monotonic() + grace
            self._stopped.update(self._spare)
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._busy == 0, timeout=grace + 10)
            for one in self._idle:
                one.kill()
            self._idle = []

    @property
    def busy(self) -> int:
        """How many workers have a job."""
        with self._changed:
            return self._busy

    @property
    def idle(self) -> int:
        """How many workers wait for a job."""
        with self._changed:
            return 0 if self._closing_at is not None else len(self._idle)

    def processes(self) -> list[int]:
        """The process ids of the workers that wait."""
        with self._changed:
            return [one.process.pid for one in self._idle if one.process.pid is not None]

    def _new_worker(self) -> ChildProcess:
        return ChildProcess(worker.main, self._engine, "headgate-worker")

    def _take(self, name: str, patience: float | None, *, spare: bool) -> ChildProcess:
        with self._changed:
            self._running.add(name)
            if not spare and not self._idle and self._spare:
                self._stopped.add(self._spare.pop())
            self._changed.wait_for(
                lambda: self._idle or self._closing_at is not None or name in self._stopped, timeout=patience
            )
            stopped = name in self._stopped
            if stopped or self._closing_at is not None or not self._idle:
                self._running.discard(name)
                self._stopped.discard(name)
                if stopped:
                    raise JobStoppedError
                raise PoolClosedError if self._closing_at is not None else PoolBusyError
            self._busy += 1
            if spare:
                self._spare.append(name)
            return self._idle.pop()

    def _give_back(self, used: ChildProcess, name: str) -> None:
        fresh = used
        if not used.process.is_alive() or used.jobs >= JOBS_PER_WORKER or used.memory() > self._limits.memory / 2:
            used.kill()
            fresh = self._new_worker()
        with self._changed:
            self._busy -= 1
            self._running.discard(name)
            self._stopped.discard(name)
            if name in self._spare:
                self._spare.remove(name)
            self._idle.append(fresh)
            self._changed.notify_all()

    def _watch(
        self, chosen: ChildProcess, job: Job, name: str, seconds: float, on_progress: OnProgress | None
    ) -> Answer:
        deadline = time.monotonic() + seconds
        chosen.jobs += 1
        try:
            chosen.send(job)
            while True:
                if chosen.has_said(WATCH_INTERVAL):
                    message = chosen.connection.recv()
                    if not isinstance(message, Progress):
                        answer: Answer = message
                        return answer
                    if on_progress is not None:
                        on_progress(message)
                self._judge(chosen, name, deadline)
        except (EOFError, OSError) as error:
            raise WorkerCrashedError(f"exit code {chosen.process.exitcode}") from error

    def _judge(self, chosen: ChildProcess, name: str, deadline: float) -> None:
        now = time.monotonic()
        if name in self._stopped:
            raise JobStoppedError
        if self._closing_at is not None and now >= self._closing_at:
            raise PoolClosedError
        if now >= deadline:
            raise TimeLimitError
        if chosen.memory() > self._limits.memory:
            raise MemoryLimitError
