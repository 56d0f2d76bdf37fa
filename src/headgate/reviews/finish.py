"""Finishing a submitted review: idempotent, so that it may be begun again at any time, as the run of an import is.

Nothing that people did may be lost. So only a hook of the schema that breaks makes the import FAILED; whatever stops the
service's own work (crashes, memory, time) gives the review back as it was submitted, with a reason that says so.
"""

from __future__ import annotations

import shutil
import uuid
from dataclasses import replace
from pathlib import Path

import structlog
from sqlalchemy import update

from headgate.db import Database
from headgate.imports.models import Import
from headgate.imports.pool import JobStoppedError
from headgate.imports.runner import MAX_CRASHES, MAX_STARTS, ImportRunner, crashed
from headgate.imports.states import Status, counted, reopen
from headgate.imports.worker import FinishJob, Progress, RunResult
from headgate.reviews.desk import ReviewDesk
from headgate.reviews.files import exports_prefix
from headgate.reviews.log import ChangeLog
from headgate.storage import BlobStore
from headgate.storage.base import import_prefix

OUR_FAULT = {
    "worker_crashed": "The import stopped its worker three times.",
    "memory_limit_exceeded": "It needed more memory than the operator allows.",
    "time_limit_exceeded": "It took longer than the operator allows.",
    "internal_error": "The service itself failed; its log holds the details under the import's id.",
}
"""Ends of a finish that are not the import's own, and how people are told."""

log = structlog.get_logger(__name__)


class FinishRunner:
    """Runs the job of a submission and publishes what comes out."""

    def __init__(
        self, database: Database, store: BlobStore, runner: ImportRunner, desk: ReviewDesk, workdir: Path
    ) -> None:
        self._database = database
        self._store = store
        self._runner = runner
        self._desk = desk
        self._log: ChangeLog = desk.log
        self._workdir = workdir

    def run(self, import_id: uuid.UUID, seq: int) -> None:
        """Bring the submission to its end. Nothing happens when it has one, or the import is gone. Raises as
        `ImportRunner.run`."""
        while (row := self._begin(import_id, seq)) is not None:
            workdir = self._workdir / f"{import_id}-{uuid.uuid4().hex[:8]}"
            workdir.mkdir(parents=True)
            try:
                job = FinishJob(
                    run=self._runner.job(row, workdir),
                    directory=self._runner.review_directory(import_id),
                    log=tuple(self._log.entries(import_id)),
                )
                result = self._runner.attempt(row, job, lambda progress: self._tell(import_id, progress))
                if result is not None:
                    self._end(row, seq, result, workdir / "outcome")
                    return
            except (JobStoppedError, FileNotFoundError):
                if not self._runner.is_gone(import_id):
                    raise
                self._runner.remove_files(import_id)
                return
            except Exception:
                self._runner.take_back_start(import_id)
                raise
            finally:
                shutil.rmtree(workdir, ignore_errors=True)

    def _begin(self, import_id: uuid.UUID, seq: int) -> Import | None:
        with self._database.write() as session:
            row = session.get(Import, import_id)
            if row is None or row.status != Status.NEEDS_REVIEW or row.submitted_seq != seq:
                return None
            session.execute(update(Import).where(Import.id == import_id).values(starts=row.starts + 1))
            session.refresh(row)
        if row.crashes >= MAX_CRASHES or row.starts > MAX_STARTS:
            self._end(row, seq, crashed(), None)
            return None
        # A page that opened it before it was submitted, or a server that was killed then, may still have it open.
        self._desk.release(import_id)
        return row

    def _end(self, row: Import, seq: int, result: RunResult, outcome: Path | None) -> None:
        result = _without_our_faults(result)
        if result.status == Status.NEEDS_REVIEW:
            self._give_back(row, seq, result, outcome)
            return
        if self._runner.publish(row, result, outcome, Status.NEEDS_REVIEW):
            shutil.rmtree(self._runner.review_directory(row.id), ignore_errors=True)
            self._store.delete_tree(exports_prefix(row.id))
        self._desk.events.publish(row.id, "finished", status=result.status)

    def _give_back(self, row: Import, seq: int, result: RunResult, outcome: Path | None) -> None:
        if outcome is not None and outcome.exists():
            self._store.put_tree(f"{import_prefix(row.id)}/outcome", outcome)
        values = {} if result.decisions is None else {"decisions": result.decisions, **counted(result.counts)}
        with self._database.write() as session:
            reopen(session, row.id, seq, import_errors=result.errors or None, **values)
        if self._runner.is_gone(row.id):
            self._runner.remove_files(row.id)
            return
        codes = [error.get("code") for error in result.errors or []]
        log.info("review_given_back", import_id=str(row.id), codes=codes)
        self._desk.prepared(row.id)

    def _tell(self, import_id: uuid.UUID, progress: Progress) -> None:
        self._desk.events.publish(import_id, "preparing", step=progress.step, fraction=progress.fraction)


def _without_our_faults(result: RunResult) -> RunResult:
    code = (result.errors or [{}])[0].get("code")
    if result.status != Status.FAILED or code not in OUR_FAULT:
        return result
    reason = {
        "code": "finish_failed",
        "message": f"The import could not be finished: {OUR_FAULT[code]} Everything is as you left it. Submit it again; "
        "if that fails too, ask the person who sent you the link.",
        "cause": code,
    }
    return replace(result, status=Status.NEEDS_REVIEW, errors=[reason])
