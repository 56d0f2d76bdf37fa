"""The runs of imports and the finishes of reviews as work of this process."""

from __future__ import annotations

import functools
import uuid
from typing import Protocol

from headgate.imports.pool import WorkerPool
from headgate.imports.queue import ImportQueue
from headgate.nodes import Claim
from headgate.nodes.jobs import Jobs, Lane, MakeRoom, Task

IMPORTS, BACKTESTS = "imports", "backtests"
"""The lanes."""


class Run(Protocol):
    """Brings an import to its end."""

    def run(self, claim: Claim, make_room: MakeRoom) -> bool:
        """Returns when there is nothing (more) to do: whether the import bears the claim no more. `make_room` is called when it
        needs no worker any more. Whatever it raises, it can be run again."""


class Finish(Protocol):
    """Brings a submitted review to its end."""

    def run(self, claim: Claim, seq: int, make_room: MakeRoom) -> bool:
        """As `Run.run`; `seq` is the entry of the log that submitted it."""


class ImportJobs:
    """What the services of imports, reviews and back-tests want of the background."""

    def __init__(self, jobs: Jobs, queue: ImportQueue, pool: WorkerPool) -> None:
        self._jobs = jobs
        self._queue = queue
        self._pool = pool

    def lane(self, runner: Run, finisher: Finish, workers: int) -> Lane:
        """Runs and finishes together: they share the workers, and an organization's turn."""

        def take() -> Task | None:
            work = self._queue.take(self.stop)
            if work is None:
                return None
            about = {"import_id": str(work.import_id)}
            if work.seq is None:
                return Task(work.claim, functools.partial(runner.run, work.claim), about)
            return Task(work.claim, functools.partial(finisher.run, work.claim, work.seq), about)

        return Lane(IMPORTS, workers, take)

    def enqueue(self, import_id: uuid.UUID) -> None:
        """An import was accepted, and its transaction is committed."""
        self._jobs.wake(IMPORTS)

    def enqueue_finish(self, import_id: uuid.UUID, seq: int) -> None:
        """A review was submitted, as entry `seq` of its log."""
        self._jobs.wake(IMPORTS)

    def enqueue_backtest(self, backtest_id: uuid.UUID) -> None:
        """A back-test was started."""
        self._jobs.wake(BACKTESTS)

    def stop(self, import_id: uuid.UUID) -> None:
        """Stop the run of an import, if it is in this process; another notes by itself that it lost it."""
        self._pool.stop(str(import_id))

    def stop_backtest(self, backtest_id: uuid.UUID) -> None:
        """Stop what a back-test runs at the moment, if it is in this process. As `stop`."""
        self._pool.stop(backtest_job(backtest_id))


def backtest_job(backtest_id: uuid.UUID) -> str:
    """By which name the worker's job of a back-test is known."""
    return f"backtest/{backtest_id}"
