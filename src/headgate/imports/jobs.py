"""Durable jobs: DBOS keeps what must still run, over every `kill -9`.

One workflow an import, its id the import's id (and one a submitted review, `<import id>/finish/<entry of the log>`),
and without steps: the state machine in our own database is the record
of what is done, so a workflow that begins again finds out by itself where it stands. That also keeps the cost of a job
at three small writes. What is true is in our database only; a workflow that is missing (a stop between the two commits,
a power failure) is enqueued again by `reconcile`, so DBOS's own file need not wait for the disk.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from dbos import DBOS, DBOSConfig, SetWorkflowID
from sqlalchemy import Engine, create_engine, event, make_url

from headgate.imports.pool import PoolClosedError, WorkerPool
from headgate.imports.runner import ImportRunner

QUEUE = "imports"
BACKTEST_QUEUE = "backtests"
"""Of its own, so that imports never wait behind the imports of a back-test."""
DELETION_QUEUE = "deletions"
"""Of organizations: a large one takes long, and nobody shall wait for it."""
APPLICATION_VERSION = "1"
"""The shape of the workflows, not of headgate: DBOS gives pending work to its own version only."""
EXECUTOR = "headgate"
"""The same at every start, so that a restarted server takes up its own pending workflows."""
POLLING_SECONDS = 0.1
BACKTEST_POLLING_SECONDS = 0.5
"""Looking costs a hundredth of a processor, and a back-test takes many times as long."""
WAITING_PER_WORKER = 8
"""Workflows that are taken from the queue for each worker, so that a worker never waits for the next poll."""
KEPT_DAYS = 1
GENERATIONS = 1000
BATCH = 500
WORKING = ("PENDING", "ENQUEUED", "DELAYED")
"""States of a workflow that will still run its import."""

log = structlog.get_logger(__name__)

Sweep = Callable[[], None]
Finish = Callable[[uuid.UUID, int], None]
"""Brings a submitted review to its end: import, entry of its log that submitted it."""


Backtest = Callable[[uuid.UUID], None]
"""Runs a back-test to its end."""
Deletion = Callable[[uuid.UUID], None]
"""Deletes the rest of an organization."""


class _Holder:
    """What the workflows work with. DBOS finds workflows by name in the module, so they cannot be methods."""

    runner: ImportRunner | None = None
    finish: Finish | None = None
    backtest: Backtest | None = None
    deletion: Deletion | None = None
    sweeps: dict[str, Sweep] = {}  # noqa: RUF012 - set as a whole before DBOS starts


@DBOS.workflow(name="run_import", max_recovery_attempts=None)
def _run_import(import_id: str) -> None:
    if _Holder.runner is None:
        raise RuntimeError("the jobs were not started")
    try:
        _Holder.runner.run(uuid.UUID(import_id))
    except PoolClosedError:
        raise
    except Exception:
        log.exception("import_run_failed", import_id=import_id)
        raise


@DBOS.workflow(name="finish_review", max_recovery_attempts=None)
def _finish_review(import_id: str, seq: int) -> None:
    if _Holder.finish is None:
        raise RuntimeError("the jobs were not started")
    try:
        _Holder.finish(uuid.UUID(import_id), seq)
    except PoolClosedError:
        raise
    except Exception:
        log.exception("review_finish_failed", import_id=import_id)
        raise


@DBOS.workflow(name="run_backtest", max_recovery_attempts=None)
def _run_backtest(backtest_id: str) -> None:
    if _Holder.backtest is None:
        raise RuntimeError("the jobs were not started")
    try:
        _Holder.backtest(uuid.UUID(backtest_id))
    except PoolClosedError:
        raise
    except Exception:
        log.exception("backtest_failed", backtest_id=backtest_id)
        raise


@DBOS.workflow(name="delete_organization", max_recovery_attempts=None)
def _delete_organization(organization_id: str) -> None:
    if _Holder.deletion is None:
        raise RuntimeError("the jobs were not started")
    try:
        _Holder.deletion(uuid.UUID(organization_id))
    except Exception:
        log.exception("deletion_failed", organization_id=organization_id)
        raise


@DBOS.workflow(name="sweep", max_recovery_attempts=1)
def _sweep(scheduled: datetime, context: Any) -> None:  # noqa: ARG001 - DBOS gives both
    sweep = _Holder.sweeps.get(str(context))
    if sweep is None:
        return
    try:
        sweep()
    except Exception:
        log.exception("sweep_failed", sweep=context)


class Jobs:
    """The queue of imports, and what runs by the clock."""

    def __init__(self, database_url: str, pool: WorkerPool) -> None:
        self._url = database_url
        self._pool = pool
        self._engine: Engine | None = None
        self._closing = threading.Event()

    def start(
        self,
        runner: ImportRunner,
        finish: Finish,
        sweeps: dict[str, tuple[str, Sweep]],
        backtest: Backtest | None = None,
        deletion: Deletion | None = None,
    ) -> None:
        """Begin to work. `sweeps`: name → (cron with seconds, what to do)."""
        _Holder.runner, _Holder.finish, _Holder.backtest, _Holder.deletion = runner, finish, backtest, deletion
        _Holder.sweeps = {name: sweep for name, (_, sweep) in sweeps.items()}
        config: DBOSConfig = {
            "name": "headgate",
            "application_version": APPLICATION_VERSION,
            "executor_id": EXECUTOR,
            "log_level": "WARNING",
            "enable_otlp": False,
        }
        if make_url(self._url).get_backend_name() == "sqlite":
            self._engine = config["system_database_engine"] = _sqlite_engine(self._url)
        else:
            config["system_database_url"] = self._url
        DBOS(config=config)
        _log_through_root()
        DBOS.launch()
        DBOS.register_queue(
            QUEUE,
            worker_concurrency=self._pool.size * WAITING_PER_WORKER,
            polling_interval_sec=POLLING_SECONDS,
            on_conflict="always_update",
        )
        DBOS.register_queue(
            BACKTEST_QUEUE,
            worker_concurrency=1,
            polling_interval_sec=BACKTEST_POLLING_SECONDS,
            on_conflict="always_update",
        )
        DBOS.register_queue(DELETION_QUEUE, worker_concurrency=1, polling_interval_sec=1.0, on_conflict="always_update")
        DBOS.apply_schedules(
            [
                {"schedule_name": name, "workflow_fn": _sweep, "schedule": cron, "context": name}
                for name, (cron, _) in sweeps.items()
            ]
        )

    def enqueue(self, import_id: uuid.UUID) -> None:
        """Have an import run. Harmless when it is queued already.

        Never raises: the import is accepted by now, and `reconcile` queues it soon when this did not work.
        """
        self._enqueue(_Work.run(import_id))

    def enqueue_finish(self, import_id: uuid.UUID, seq: int) -> None:
        """Have a submitted review finished; `seq` is the entry of its log that submitted it. As `enqueue`."""
        self._enqueue(_Work.finish(import_id, seq))

    def enqueue_backtest(self, backtest_id: uuid.UUID) -> None:
        """Have a back-test run. As `enqueue`."""
        self._enqueue(_Work.backtest(backtest_id))

    def stop_backtest(self, backtest_id: uuid.UUID) -> None:
        """Stop what a back-test runs at the moment."""
        self._pool.stop(backtest_job(backtest_id))

    def reconcile_backtests(self, unfinished: list[uuid.UUID]) -> int:
        """Give each of these back-tests a workflow unless it has one that still works; gives how many were missing."""
        return self._give_missing([_Work.backtest(backtest_id) for backtest_id in unfinished])

    def enqueue_deletion(self, organization_id: uuid.UUID) -> None:
        """Have an organization deleted. As `enqueue`."""
        self._enqueue(_Work.deletion(organization_id))

    def reconcile_deletions(self, unfinished: list[uuid.UUID]) -> int:
        """Give each of these deletions a workflow unless it has one that still works; gives how many were missing."""
        return self._give_missing([_Work.deletion(organization_id) for organization_id in unfinished])

    def stop(self, import_id: uuid.UUID) -> None:
        """Stop the run of an import; a queued one will find it gone."""
        self._pool.stop(str(import_id))

    def reconcile(self, unfinished: list[uuid.UUID], submitted: list[tuple[uuid.UUID, int]]) -> int:
        """Give each of these imports and submissions a workflow unless it has one that still works; gives how many were
        missing."""
        wanted = [_Work.run(import_id) for import_id in unfinished]
        wanted += [_Work.finish(import_id, seq) for import_id, seq in submitted]
        return self._give_missing(wanted)

    def _give_missing(self, wanted: list[_Work]) -> int:
        missing = 0
        for position in range(0, len(wanted), BATCH):
            batch = wanted[position : position + BATCH]
            working = DBOS.list_workflows(
                workflow_ids=[work.workflow_id for work in batch],
                status=list(WORKING),
                load_input=False,
                load_output=False,
            )
            known = {workflow.workflow_id for workflow in working}
            missing += sum(self._enqueue_missing(work) for work in batch if work.workflow_id not in known)
        return missing

    def forget_ended(self) -> None:
        """Remove the records of workflows that ended long ago."""
        before = (datetime.now(UTC) - timedelta(days=KEPT_DAYS)).isoformat()
        while True:
            ended = DBOS.list_workflows(
                status=["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"],
                end_time=before,
                limit=500,
                load_input=False,
                load_output=False,
            )
            if not ended:
                return
            DBOS.delete_workflows([workflow.workflow_id for workflow in ended])

    def close(self, grace: float) -> None:
        """Stop. What did not end runs again at the next start."""
        self._closing.set()
        self._pool.close(grace)
        DBOS.destroy()
        if self._engine is not None:
            self._engine.dispose()
        _Holder.runner = _Holder.finish = _Holder.backtest = _Holder.deletion = None

    def _enqueue(self, work: _Work) -> None:
        try:
            work.enqueue(work.workflow_id)
        except Exception:
            log.exception("enqueue_failed", workflow_id=work.workflow_id)

    def _enqueue_missing(self, work: _Work) -> bool:
        for generation in range(1, GENERATIONS):
            workflow_id = work.workflow_id if generation == 1 else f"{work.workflow_id}.{generation}"
            known = DBOS.get_workflow_status(workflow_id)
            if known is not None and known.status in WORKING:
                return False
            if known is None:
                work.enqueue(workflow_id)
                return True
        return False


@dataclass(frozen=True)
class _Work:
    """A workflow to be queued, and the id that it has the first time."""

    workflow_id: str
    workflow: Callable[..., None]
    arguments: tuple[Any, ...]
    queue: str = QUEUE

    @classmethod
    def run(cls, import_id: uuid.UUID) -> _Work:
        return cls(str(import_id), _run_import, (str(import_id),))

    @classmethod
    def finish(cls, import_id: uuid.UUID, seq: int) -> _Work:
        return cls(f"{import_id}/finish/{seq}", _finish_review, (str(import_id), seq))

    @classmethod
    def backtest(cls, backtest_id: uuid.UUID) -> _Work:
        return cls(backtest_job(backtest_id), _run_backtest, (str(backtest_id),), BACKTEST_QUEUE)

    @classmethod
    def deletion(cls, organization_id: uuid.UUID) -> _Work:
        work = (str(organization_id),)
        return cls(f"organization/{organization_id}", _delete_organization, work, DELETION_QUEUE)

    def enqueue(self, workflow_id: str) -> None:
        with SetWorkflowID(workflow_id):
            DBOS.enqueue_workflow(self.queue, self.workflow, *self.arguments)


def backtest_job(backtest_id: uuid.UUID) -> str:
    """By which name the workflow and the worker's job of a back-test are known."""
    return f"backtest/{backtest_id}"


def _sqlite_engine(url: str) -> Engine:
    """DBOS leaves the journal mode as it finds it; in WAL mode readers and the writer do not block one another."""
    engine = create_engine(url, pool_size=20, max_overflow=40)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = "IMMEDIATE"
        for pragma in ("busy_timeout=30000", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _log_through_root() -> None:
    """DBOS writes lines of its own form to the console; ours are JSON."""
    logger = logging.getLogger("dbos")
    logger.handlers.clear()
    logger.propagate = True
