"""The parts of the reviews, put together."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path

from headgate.config import Config
from headgate.db import Database
from headgate.imports.jobs import ImportJobs
from headgate.imports.models import Import
from headgate.imports.runner import ImportRunner
from headgate.imports.worker import ReviewJob
from headgate.nodes import Node
from headgate.records import dataclass
from headgate.reviews.desk import ReviewDesk
from headgate.reviews.errors import GoneError
from headgate.reviews.events import EventHub
from headgate.reviews.files import ReviewFiles
from headgate.reviews.finish import FinishRunner
from headgate.reviews.log import ChangeLog, check_in_review
from headgate.reviews.process import ReviewLimits
from headgate.reviews.remote import RemoteChanges
from headgate.reviews.service import ReviewService
from headgate.reviews.submission import SubmissionService
from headgate.reviews.suggest import TransformWriter
from headgate.reviews.suggesters import suggesters
from headgate.reviews.sweeps import ReviewSweeps
from headgate.storage import BlobStore


@dataclass(frozen=True)
class Reviews:
    """Everything that serves reviews."""

    desk: ReviewDesk
    events: EventHub
    service: ReviewService
    submissions: SubmissionService
    files: ReviewFiles
    finisher: FinishRunner
    sweeps: ReviewSweeps
    runner: ImportRunner
    remote: RemoteChanges | None
    """None where no other process can change a review."""

    def start(self) -> None:
        """Be ready for the first review."""
        self.desk.start()
        if self.remote is not None:
            self.remote.start()

    def close(self) -> None:
        """End everything."""
        if self.remote is not None:
            self.remote.close()
        self.desk.close()

    def forget(self, import_id: uuid.UUID) -> None:
        """End everything of an import that was deleted."""
        self.desk.drop(import_id)
        shutil.rmtree(self.runner.review_directory(import_id), ignore_errors=True)
        self.events.end(import_id)

    def sweep(self) -> None:
        """Remove prepared states that nobody needs."""
        self.sweeps.remove_unneeded()


def set_up_reviews(
    config: Config,
    database: Database,
    store: BlobStore,
    runner: ImportRunner,
    jobs: ImportJobs,
    workdir: Path,
    engine: str,
    node: Node,
) -> Reviews:
    """The parts, not yet started. `engine`: the module that the processes of reviews load."""
    log, events = ChangeLog(database, store), EventHub()

    def workdir_of(import_id: uuid.UUID) -> Path:
        return workdir / f"review-{import_id}"

    def leave(import_id: uuid.UUID) -> None:
        """A copy of its source is not needed any more."""
        shutil.rmtree(workdir_of(import_id), ignore_errors=True)

    def job_of(import_id: uuid.UUID) -> ReviewJob:
        with database.read() as session:
            row = session.get(Import, import_id)
        if row is None:
            raise GoneError
        check_in_review(row)
        run = runner.job(row, workdir_of(import_id))
        return ReviewJob(run, runner.free_review_directory(import_id), tuple(log.entries(import_id)))

    limits = ReviewLimits(config.review_memory_limit, config.review_time_limit, config.worker_time_limit)
    desk = ReviewDesk(
        log,
        events,
        job_of,
        engine,
        limits,
        places=config.review_processes,
        idle_seconds=config.review_idle_time,
        left=leave,
    )
    return Reviews(
        desk=desk,
        events=events,
        service=ReviewService(desk, TransformWriter(config), suggesters(config)),
        submissions=SubmissionService(desk, jobs),
        files=ReviewFiles(desk, store, workdir, config.max_upload_size),
        finisher=FinishRunner(database, store, runner, desk, workdir),
        sweeps=ReviewSweeps(
            database, desk.is_open, config.data_dir.resolve() / "reviews", config.review_state_lifetime
        ),
        runner=runner,
        remote=None if node.alone else RemoteChanges(database, desk),
    )
