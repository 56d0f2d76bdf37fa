"""Finishing a submitted review: idempotent, so that it may be begun again at any time, as the run of an import is.

Nothing that people did may be lost. So only a hook of the schema that breaks makes the import FAILED; whatever stops the
service's own work (crashes, memory, time) gives the review back as it was submitted, with a reason that says so.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import structlog
from sqlalchemy import select, update

from headgate.db import Database, patiently
from headgate.errors import FileMissingError
from headgate.imports.failures import crashed, file_missing
from headgate.imports.models import Import
from headgate.imports.pool import JobStoppedError
from headgate.imports.progress import progress_writer
from headgate.imports.runner import MAX_CRASHES, MAX_STARTS, ImportRunner
from headgate.imports.states import Status, counted, reopen
from headgate.imports.worker import FinishJob, Progress, RunResult
from headgate.nodes import Claim
from headgate.nodes.jobs import MakeRoom, keep_room
from headgate.reviews.desk import ReviewDesk
from headgate.reviews.files import exports_prefix
from headgate.reviews.log import ChangeLog
from headgate.storage import BlobStore
from headgate.tracing import Span, tracer

OUR_FAULT = {
    "worker_crashed": "The import stopped its worker three times.",
    "memory_limit_exceeded": "It needed more memory than the operator allows.",
    "time_limit_exceeded": "It took longer than the operator allows.",
    "file_missing": "A file that it needs has vanished from the store of the service.",
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

    def run(self, claim: Claim, seq: int, _make_room: MakeRoom = keep_room) -> bool:
        """Bring the submission to its end. Nothing happens when it has one, or the import is gone, or was taken by another
        process. Gives and raises as `ImportRunner.run`."""
        while (row := self._begin(claim, seq)) is not None:
            with tracer().span(
                "import.finish", row.traceparent, "consumer", import_id=str(row.id), start=row.starts
            ) as span:
                if self._try(row, claim, seq, span):
                    return False
        return False

    def _try(self, row: Import, claim: Claim, seq: int, span: Span) -> bool:
        """As `ImportRunner` tries a run."""
        workdir = self._workdir / f"{row.id}-{uuid.uuid4().hex[:8]}"
        try:
            workdir.mkdir(parents=True)
            job = FinishJob(
                run=self._runner.job(row, workdir),
                directory=self._runner.free_review_directory(row.id),
                log=tuple(self._log.entries(row.id)),
            )
            result = self._runner.attempt(row, claim, job, self._teller(claim))
            if result is None:
                span.fail("worker_crashed")
                return False
            span.set(status=result.status, changes=len(job.log))
            self._end(row, claim, seq, result, workdir / "outcome")
        except (JobStoppedError, FileNotFoundError):
            if not self._runner.is_lost(claim):
                raise
        except FileMissingError as error:
            self._runner.take_back_start(claim)
            if not self._runner.is_lost(claim):
                self._runner.missing.judge(row.id, error)
                self._end(row, claim, seq, file_missing(), None)
        except Exception:
            self._runner.take_back_start(claim)
            raise
        finally:
            shutil.rmtree(workdir, ignore_errors=True)
        return True

    def _begin(self, claim: Claim, seq: int) -> Import | None:
        with self._database.write() as session:
            row = session.scalar(select(Import).where(Import.id == claim.id, claim.held).with_for_update())
            if row is None:
                self._runner.is_lost(claim)
                return None
            if row.status != Status.NEEDS_REVIEW or row.submitted_seq != seq:
                row.queued_at = None
                return None
            session.execute(update(Import).where(Import.id == claim.id).values(starts=row.starts + 1))
            row.outcome_begun = self._runner.remove_left_over(row, claim)
            session.flush()
            session.refresh(row)
        if row.crashes >= MAX_CRASHES or row.starts > MAX_STARTS:
            self._end(row, claim, seq, crashed(), None)
            return None
        # A page that opened it before it was submitted, or a server that was killed then, may still have it open.
        self._desk.release(claim.id)
        return row

    def _end(self, row: Import, claim: Claim, seq: int, result: RunResult, outcome: Path | None) -> None:
        result = _without_our_faults(result)
        if result.status == Status.NEEDS_REVIEW:
            self._give_back(row, claim, seq, result, outcome)
            return
        if self._runner.publish(row, claim, result, outcome, Status.NEEDS_REVIEW):
            shutil.rmtree(self._runner.review_directory(row.id), ignore_errors=True)
            self._store.delete_tree(exports_prefix(row.id))
        self._desk.events.publish(row.id, "finished", status=result.status)

    def _give_back(self, row: Import, claim: Claim, seq: int, result: RunResult, outcome: Path | None) -> None:
        folder = self._runner.put_outcome(claim, outcome)
        values = {} if result.decisions is None else {"decisions": result.decisions, **counted(result.counts)}
        if folder is not None:
            values["outcome"] = folder

        def give_back() -> bool:
            with self._database.write() as session:
                return reopen(
                    session, row.id, seq, claim.held, import_errors=result.errors or None, progress=None, **values
                )

        if not self._runner.settle_outcome(row, folder, patiently(give_back)) and folder is not None:
            return
        codes = [error.get("code") for error in result.errors or []]
        log.info("review_given_back", import_id=str(row.id), codes=codes)
        self._desk.prepared(row.id)

    def _teller(self, claim: Claim) -> Callable[[Progress], None]:
        """Tells the pages of this process at once, and notes it for those of others."""
        note = progress_writer(self._database, claim)

        def tell(progress: Progress) -> None:
            self._desk.events.publish(claim.id, "preparing", step=progress.step, fraction=progress.fraction)
            note(progress)

        return tell


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
