"""Runs a back-test import by import: idempotent, so that it may be begun again at any time, as the run of an import is."""

from __future__ import annotations

import functools
import shutil
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session, undefer

from headgate.db import Database, utc_now
from headgate.engine.review.log import DECISIONS, LogEntry
from headgate.engine.trial.statements import Statement, say
from headgate.errors import FileMissingError
from headgate.imports.jobs import BACKTESTS, backtest_job
from headgate.imports.models import Import
from headgate.imports.pool import JobStoppedError, MemoryLimitError, TimeLimitError, WorkerCrashedError, WorkerPool
from headgate.imports.runner import MAX_CRASHES, ImportRunner
from headgate.imports.worker import Answered, Broken, RunJob, StudioJob
from headgate.memory import MemoryService
from headgate.nodes import Claim, Node
from headgate.nodes.jobs import Lane, MakeRoom, Task, keep_room
from headgate.reviews.log import ChangeLog
from headgate.schemas.field_pairs import paired, written_fields
from headgate.studio.models import UNFINISHED, Backtest, BacktestImport, BacktestState, ResultState

OVERVIEW = ("reason", "summary", "rows_differ", "cells_differ")

Document = dict[str, Any]

log = structlog.get_logger(__name__)


class BacktestRunner:
    """Nothing of the imports changes: workers get copies of what they need and leave everything in their own directory."""

    def __init__(
        self,
        database: Database,
        runner: ImportRunner,
        pool: WorkerPool,
        memory: MemoryService,
        changes: ChangeLog,
        workdir: Path,
        node: Node,
    ) -> None:
        self._database = database
        self._node = node
        self._runner = runner
        self._pool = pool
        self._memory = memory
        self._changes = changes
        self._workdir = workdir

    def lane(self, at_once: int) -> Lane:
        """Back-tests as work of this process."""

        def take() -> Task | None:
            claim = self._take()
            return (
                None
                if claim is None
                else Task(claim, functools.partial(self.run, claim), {"backtest_id": str(claim.id)})
            )

        return Lane(BACKTESTS, at_once, take)

    def _take(self) -> Claim | None:
        """Claim the back-test that waits longest; None when there is none."""
        waiting = select(Backtest).where(Backtest.state.in_(UNFINISHED), Backtest.run_node.is_(None))
        oldest = waiting.order_by(Backtest.created_at, Backtest.id).limit(1)
        with self._database.read() as session:
            if session.scalar(oldest) is None:
                return None
        with self._database.write_relaxed() as session:
            row = session.scalar(oldest.with_for_update(skip_locked=True))
            if row is None:
                return None
            return self._node.take(row, functools.partial(self._pool.stop, backtest_job(row.id)))

    def run(self, claim: Claim, _make_room: MakeRoom = keep_room) -> bool:
        """Bring a back-test to its end. Nothing happens when it has one, or is gone, or was taken by another process. Raises
        PoolClosedError when the service stops; it can then be run again. Its row may still bear the claim."""
        document = self._begin(claim)
        if document is None:
            return False
        while (item := self._next(claim)) is not None:
            try:
                result = self._test(item, document)
            except JobStoppedError:
                if self._is_wanted(claim):
                    raise
                return False
            self._record(claim, item, result)
        self._end(claim)
        return False

    def _begin(self, claim: Claim) -> Document | None:
        """The schema to test; None when there is nothing to do."""
        held = select(Backtest).where(Backtest.id == claim.id, claim.held).options(undefer(Backtest.document))
        with self._database.write() as session:
            row = session.scalar(held)
            if row is None or row.state not in UNFINISHED:
                return None
            row.state = BacktestState.RUNNING
            document: Document = row.document
            return document

    def _next(self, claim: Claim) -> BacktestImport | None:
        """The next import that was not tested, while the back-test is wanted."""
        pending = select(BacktestImport).where(
            BacktestImport.backtest_id == claim.id, BacktestImport.state == ResultState.PENDING
        )
        with self._database.read() as session:
            if not _wanted(session, claim):
                return None
            return session.scalar(pending.order_by(BacktestImport.position).limit(1))

    def _is_wanted(self, claim: Claim) -> bool:
        with self._database.read() as session:
            return _wanted(session, claim)

    def _test(self, item: BacktestImport, document: Document) -> Document | None:
        """What came of one import; None when it is gone, or its worker crashed and another try is due."""
        with self._database.read() as session:
            row = session.get(Import, item.import_id)
        if row is None:
            return None
        if row.source_key is None or row.review_deleted_at is not None:  # without its edits it would seem to differ
            return _not_testable(say("source_deleted"))
        if item.crashes >= MAX_CRASHES:
            return _not_testable(say("limit_exceeded"))
        workdir = self._workdir / f"backtest-{item.import_id}-{uuid.uuid4().hex[:8]}"
        workdir.mkdir(parents=True)
        try:
            job = self._job(row, document, workdir)
            answer = self._pool.run(job, backtest_job(item.backtest_id))
        except (FileMissingError, FileNotFoundError):
            return _not_testable(say("source_deleted"))
        except (MemoryLimitError, TimeLimitError):
            return _not_testable(say("limit_exceeded"))
        except WorkerCrashedError as error:
            log.warning("backtest_worker_crashed", import_id=str(row.id), cause=str(error))
            self._count_crash(item)
            return None
        finally:
            shutil.rmtree(workdir, ignore_errors=True)
        if isinstance(answer, Answered):
            return {**answer.value, "review": _reviewed(job.log)}
        log.error("backtest_broken", import_id=str(row.id), trace=answer.trace if isinstance(answer, Broken) else None)
        return _not_testable(say("before_failed", why="the service's log holds the details under the import's id."))

    def _job(self, row: Import, document: Document, workdir: Path) -> StudioJob:
        run: RunJob = self._runner.job(row, workdir)
        if run.memory is None and document["settings"].get("autoMapHeaders") and row.import_identifier:
            with self._database.read() as session:
                memory = self._memory.for_engine(session, row.organization_id, row.import_identifier)
            run = replace(run, memory=memory)
        pairs = paired(written_fields(run.document["fields"]), written_fields(document["fields"]))
        parameters = {
            "document": document,
            "status": row.status,
            "renamed": {one.key: other.key for one, other in pairs if one.key != other.key},
        }
        return StudioJob("compare", run, parameters, tuple(self._changes.entries(row.id)))

    def _record(self, claim: Claim, item: BacktestImport, result: Document | None) -> None:
        if result is None:
            return
        overview = {key: result[key] for key in OVERVIEW if key in result}
        detail = {key: value for key, value in result.items() if key not in {*OVERVIEW, "state"}}
        with self._database.write() as session:
            session.execute(
                update(BacktestImport)
                .where(
                    BacktestImport.backtest_id == item.backtest_id,
                    BacktestImport.position == item.position,
                    exists().where(Backtest.id == claim.id, claim.held),
                )
                .values(state=result["state"], overview=overview, detail=detail)
                .execution_options(synchronize_session=False)
            )

    def _count_crash(self, item: BacktestImport) -> None:
        with self._database.write() as session:
            session.execute(
                update(BacktestImport)
                .where(BacktestImport.backtest_id == item.backtest_id, BacktestImport.position == item.position)
                .values(crashes=BacktestImport.crashes + 1)
            )

    def _end(self, claim: Claim) -> None:
        with self._database.write() as session:
            session.execute(
                update(Backtest)
                .where(Backtest.id == claim.id, claim.held, Backtest.state == BacktestState.RUNNING)
                .values(state=BacktestState.DONE, ended_at=utc_now(), run_node=None, run_token=None)
            )


def _wanted(session: Session, claim: Claim) -> bool:
    """Whether it shall go on, and in this process."""
    row = session.scalar(select(Backtest).where(Backtest.id == claim.id, claim.held))
    return row is not None and row.state in UNFINISHED


def _not_testable(reason: Statement) -> Document:
    return {"state": ResultState.NOT_TESTABLE, "reason": reason.to_json()}


def _reviewed(entries: tuple[LogEntry, ...]) -> dict[str, int] | None:
    """How much people decided and edited."""
    if not entries:
        return None
    return {
        "decisions": sum(entry.kind in DECISIONS for entry in entries),
        "changes": sum(entry.delta is not None for entry in entries),
    }
