"""One run of one import, from PENDING to its end: idempotent, so that it may be begun again at any time."""

from __future__ import annotations

import contextlib
import shutil
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import Connection, bindparam, inspect, select, update
from sqlalchemy.exc import SQLAlchemyError

from headgate.db import Database, Statement, detached, patiently, utc_now
from headgate.errors import FileMissingError, StorageFullError
from headgate.imports.failures import crashed, failed, file_missing, internal, no_room
from headgate.imports.frozen import frozen_document
from headgate.imports.missing import MissingFiles
from headgate.imports.models import OUTCOME, OUTCOME_COLUMNS, Import
from headgate.imports.pool import JobStoppedError, MemoryLimitError, TimeLimitError, WorkerCrashedError, WorkerPool
from headgate.imports.processes import is_free
from headgate.imports.progress import progress_writer
from headgate.imports.stages import make_room_early, tell_stages
from headgate.imports.states import UNFINISHED, Status, counted, transition
from headgate.imports.unfinished import NeverFitsError, UnfinishedWork
from headgate.imports.worker import Broken, FinishJob, HookSettings, Progress, RunJob, RunResult
from headgate.imports.workplaces import Workplaces
from headgate.memory import MemoryService
from headgate.nodes import Claim
from headgate.nodes.jobs import MakeRoom, keep_room
from headgate.recipes import RecipeService
from headgate.storage import BlobStore
from headgate.storage.base import import_prefix
from headgate.tracing import Span, tracer

MAX_CRASHES = 3
MAX_STARTS = 50
"""An import that is begun so often without an end brings the whole service down, not only its worker."""
WAITS_FOR_ROOM = "wait_for_room"
"""The step that is told of an import that the disk has no room for."""
WORKER_SECONDS = 1.0
"""How long an import that was taken waits for a worker here, before others may take it."""
AT_WORK_SECONDS = 600.0
"""A run that worked for so long before the disk was full had found room; it waits from now on."""

OnRun = Callable[[float], None]
"""Is told when a run was published: the seconds that it took."""
OnEnd = Callable[[str, int, int], None]
"""Is told when an import came to a rest: status, rows that it read, those with errors."""

# Done for each import, so they are made once.
_IMPORTS = Import.metadata.tables[Import.__tablename__]
_HELD = Statement(
    select(*(column for column in _IMPORTS.c if column.key not in ("sent", *OUTCOME_COLUMNS)))
    .where(_IMPORTS.c.id == bindparam("of_id"), _IMPORTS.c.run_token == bindparam("of_run"))
    .with_for_update()
)
_RECIPE = Statement(select(_IMPORTS.c.recipe).where(_IMPORTS.c.id == bindparam("of_id")))
_NOTE = Statement(update(_IMPORTS).where(_IMPORTS.c.id == bindparam("of_id")))

log = structlog.get_logger(__name__)


class ImportRunner:
    """Runs imports through the worker pool and publishes what comes out."""

    def __init__(
        self,
        database: Database,
        store: BlobStore,
        pool: WorkerPool,
        memory: MemoryService,
        workdir: Path,
        hooks: HookSettings,
        reviews: Path,
        recipes: RecipeService,
        unfinished: UnfinishedWork,
        missing: MissingFiles,
    ) -> None:
        self.missing = missing
        self._database = database
        self._store = store
        self._pool = pool
        self._memory = memory
        self._workplaces = Workplaces(workdir)
        self._hooks = hooks
        self._reviews = reviews
        self._recipes = recipes
        self._unfinished = unfinished
        self.on_run: OnRun = lambda _: None
        self.on_end: OnEnd = lambda *_: None

    def run(self, claim: Claim, make_room: MakeRoom = keep_room) -> bool:
        """Bring an import to its end; gives whether it bears the claim no more. Nothing happens when it has one, or is gone, or was
        taken by another process. `make_room` is called when the worker is done and only the outcome is left to be published.

        Whatever it raises (PoolClosedError when the service stops, PoolBusyError when no worker gets free, StorageFullError, trouble
        of the database), the import is as it was and can be run again.
        """
        with self._pool.reserved(str(claim.id), WORKER_SECONDS):  # what waits for a worker is not RUNNING
            return self._run(claim, make_room)

    def _run(self, claim: Claim, make_room: MakeRoom) -> bool:
        while (row := self._begin(claim)) is not None:
            with tracer().span(
                "import.run", row.traceparent, "consumer", import_id=str(row.id), start=row.starts
            ) as span:
                ended = self._try(row, claim, span, make_room)
                if ended is not None:
                    return ended
        return False

    def _try(self, row: Import, claim: Claim, span: Span, make_room: MakeRoom) -> bool | None:
        """Whether what the run wrote ended it; None when a worker crashed, and another try is due."""
        began = time.monotonic()
        ended = deserted = False
        workdir = self._workplaces.take()
        try:
            job = self._run_job(row, workdir)
            begun = utc_now()
            make_room_early(job, make_room)
            result = self.attempt(row, claim, job, progress_writer(self._database, claim))
            if result is None:
                span.fail("worker_crashed")
                return None
            make_room()
            tell_stages(span, begun, result)
            if self.publish(row, claim, result, workdir / "outcome", Status.RUNNING):
                ended, deserted = True, result.has_result
                self._unfinished.remove(row.id)
                self.on_run(time.monotonic() - began)
        except (JobStoppedError, FileNotFoundError):
            if not self.is_lost(claim):
                raise
        except FileMissingError as error:
            self.take_back_start(claim)
            if not self.is_lost(claim):
                self.missing.judge(row.id, error)
                self._end_empty(row, claim, file_missing())
        except StorageFullError as error:
            self.take_back_start(claim)
            if not self._waited_enough(claim, error, time.monotonic() - began):
                raise
            log.warning("import_without_room", import_id=str(row.id), cause=str(error))
            self._end_empty(row, claim, no_room())
        except Exception:
            self.take_back_start(claim)
            raise
        finally:
            self._workplaces.give_back(workdir, deserted=deserted)
        return ended

    def _end_empty(self, row: Import, claim: Claim, result: RunResult) -> None:
        if self.publish(row, claim, result, None, Status.RUNNING):
            self._unfinished.remove(row.id)

    def _run_job(self, row: Import, workdir: Path) -> RunJob:
        """Raises StorageFullError when there is not room enough for the run."""
        job = self.job(row, workdir)
        self._unfinished.need_room(row.id, job.source.stat().st_size)
        return replace(
            job,
            review_directory=self.review_directory(row.id),
            kept=self._unfinished.place(row.id),
            part_bytes=self._unfinished.part_bytes,
            disk_reserve=self._unfinished.reserve,
            lent=self._unfinished.lent,
        )

    def _begin(self, claim: Claim) -> Import | None:
        """The import, RUNNING from now on; None when there is nothing to do."""
        with self._database.change() as connection:
            found = _HELD.run(connection, {"of_id": claim.id, "of_run": claim.token}).first()
            if found is None:
                self.is_lost(claim)
                return None
            row = detached(Import, found._asdict())
            if row.status not in UNFINISHED:
                _NOTE.run(connection, {"of_id": claim.id, "queued_at": None})
                return None
            noted = {"starts": row.starts + 1, "outcome_begun": self.remove_left_over(row, claim)}
            if row.status == Status.PENDING:
                noted["recipe"] = self._recipe_for(connection, row)
                transition(connection, claim.id, Status.PENDING, Status.RUNNING, claim.token, **noted)
            else:
                _NOTE.run(connection, {"of_id": claim.id, **noted})
            for name, value in ({"status": Status.RUNNING} | noted).items():  # it says what was just written
                setattr(row, name, value)
        if row.starts == 1 and row.queued_at is not None:
            tracer().record("import.queue", row.traceparent, row.queued_at, utc_now(), import_id=str(row.id))
        if row.crashes >= MAX_CRASHES or row.starts > MAX_STARTS:
            self.publish(row, claim, crashed(), None, Status.RUNNING)
            return None
        return row

    def attempt(
        self, row: Import, claim: Claim, job: RunJob | FinishJob, on_progress: Callable[[Progress], None]
    ) -> RunResult | None:
        """One try; None when its worker crashed and another try is due. Raises FileMissingError when it found no source."""
        try:
            answer = self._pool.run(job, str(row.id), on_progress)
        except WorkerCrashedError as error:
            crashes = self._count_crash(claim)
            log.warning("worker_crashed", import_id=str(row.id), crashes=crashes, cause=str(error))
            return crashed() if crashes >= MAX_CRASHES else None
        except MemoryLimitError:
            return failed("memory_limit_exceeded", "The import needed more memory than allowed. Split the file.")
        except TimeLimitError:
            return failed("time_limit_exceeded", "The import ran longer than allowed. Split the file.")
        if isinstance(answer, Broken):
            if isinstance(job, RunJob) and not job.source.exists():
                raise FileMissingError(row.source_key or "")
            log.error("import_broken", import_id=str(row.id), trace=answer.trace)
            return internal()
        return answer if isinstance(answer, RunResult) else internal()

    def review_directory(self, import_id: uuid.UUID) -> Path:
        """Where the prepared state of an import's review stands. It can always be made again."""
        return self._reviews / str(import_id)

    def free_review_directory(self, import_id: uuid.UUID) -> Path:
        """The same, or a new one where another process has that open: it can always be made again."""
        usual = self.review_directory(import_id)
        return usual if is_free(usual) else self._reviews / f"{import_id}.{uuid.uuid4().hex[:8]}"

    def job(self, row: Import, workdir: Path) -> RunJob:
        """What a worker is told of an import. Raises FileMissingError, StorageUnavailableError."""
        document, memory = frozen_document(self._database, row.frozen_schema_id), None
        if "recipe" in inspect(row).unloaded:
            row.recipe = self._database.ask(_RECIPE, of_id=row.id).rows[0].recipe
        if document["settings"].get("autoMapHeaders") and row.import_identifier:
            with self._database.read() as session:
                memory = self._memory.for_engine(session, row.organization_id, row.import_identifier)
        return RunJob(
            import_id=str(row.id),
            source=self._source(row.source_key or "", workdir),
            kind="initial_data" if row.kind == "initial_data" else "file",
            document=document,
            filename=row.original_filename,
            user=row.user,
            memory=memory,
            workdir=workdir,
            hooks=self._hooks,
            recipe=None if row.recipe is None else row.recipe["document"],
            traceparent=row.traceparent,
        )

    def _source(self, key: str, workdir: Path) -> Path:
        try:
            path = self._store.local_path(key, workdir)
        except FileNotFoundError:
            raise FileMissingError(key) from None
        self.missing.found(key)
        return path

    def _recipe_for(self, connection: Connection, row: Import) -> dict[str, Any] | None:
        """The recipe that a file is begun with; rows that come as initial data have no headers to know them by."""
        if row.kind == "initial_data":
            return None
        return self._recipes.for_import(connection, row.organization_id, row.import_identifier)

    def publish(
        self, row: Import, claim: Claim, result: RunResult, outcome: Path | None, source: Status, **values: Any
    ) -> bool:
        """Publish the files, then the status, and other columns with it. Who reads SUCCESSFUL finds the result.

        The files go into a folder of this run, so that a run that was replaced meanwhile changes none of its successor.
        False when this run has lost the import; what is left of a deleted one is removed.
        """
        has_result = result.has_result and result.status == Status.SUCCESSFUL
        folder = self.put_outcome(claim, outcome)
        files = {} if folder is None else {"outcome": folder}

        def end() -> bool:
            with self._database.change() as connection:
                ended = transition(
                    connection,
                    row.id,
                    source,
                    Status(result.status),
                    claim.token,
                    has_result=has_result,
                    progress=None,
                    import_errors=result.errors or None,
                    **counted(result.counts),
                    result_metadata=result.metadata if has_result else None,
                    decisions=result.decisions,
                    **({} if result.user is None else {"user": result.user}),
                    **files,
                    **values,
                )
                if ended and has_result and row.import_identifier and result.learned:
                    self._memory.learn(connection, row.organization_id, row.import_identifier, result.learned, row.id)
                return ended

        ended = patiently(end)
        if not self.settle_outcome(row, folder, ended):
            return False
        codes = [error.get("code") for error in result.errors or []]
        log.info("import_ended", import_id=str(row.id), status=result.status, codes=codes, counts=result.counts)
        rows = result.counts or {}
        self.on_end(result.status, int(rows.get("read") or 0), int(rows.get("invalid") or 0))
        return True

    def put_outcome(self, claim: Claim, outcome: Path | None) -> str | None:
        """Store the files of a run in a folder of its own; gives its path, None when there are none."""
        if outcome is None or not outcome.exists():
            return None
        folder = _folder(claim)
        self._store.put_tree(f"{import_prefix(claim.id)}/{folder}", outcome)
        return folder

    def remove_left_over(self, row: Import, claim: Claim) -> str:
        """Remove what an earlier run that was killed may have left; gives where this one will leave something, which is to be
        noted as `outcome_begun` before it does."""
        if row.outcome_begun not in (None, _folder(claim), row.outcome):
            self._store.delete_tree(f"{import_prefix(row.id)}/{row.outcome_begun.split('/')[0]}")
        return _folder(claim)

    def settle_outcome(self, row: Import, folder: str | None, written: bool) -> bool:
        """Remove the files that nobody needs any more: those of before, or those of a run that came too late. Gives whether
        what the run wrote stands, also where the answer to its commit was lost."""
        if written and folder is not None:  # whoever deletes the import from now on finds all of its files
            self._remove_former(row, folder)
            return True
        found = patiently(lambda: self._find(row.id))
        if found is None:
            self.remove_files(row.id)
            return False
        written = written or (folder is not None and found.outcome == folder)
        if folder is not None:
            if written:
                self._remove_former(row, folder)
            elif folder != found.outcome:
                self._store.delete_tree(f"{import_prefix(row.id)}/{folder.split('/')[0]}")
        return written

    def _remove_former(self, row: Import, folder: str) -> None:
        left = row.outcome or OUTCOME
        if left != folder:
            self._store.delete_tree(f"{import_prefix(row.id)}/{left.split('/')[0]}")

    def remove_files(self, import_id: uuid.UUID) -> None:
        """Remove everything that is on disk of an import that is gone."""
        self._store.delete_tree(import_prefix(import_id))
        self._unfinished.remove(import_id)
        shutil.rmtree(self.review_directory(import_id), ignore_errors=True)

    def _count_crash(self, claim: Claim) -> int:
        with self._database.write() as session:
            return (
                session.scalar(
                    update(Import)
                    .where(Import.id == claim.id, claim.held)
                    .values(crashes=Import.crashes + 1)
                    .returning(Import.crashes)
                )
                or 0
            )

    def take_back_start(self, claim: Claim) -> None:
        """A run that ended in an orderly way did not bring the service down."""
        with contextlib.suppress(SQLAlchemyError), self._database.write() as session:
            session.execute(
                update(Import).where(Import.id == claim.id, claim.held).values(starts=Import.starts - 1, progress=None)
            )

    def _waited_enough(self, claim: Claim, error: StorageFullError, worked: float) -> bool:
        """Note that the run waits for room; whether it has done so for as long as it may. `worked`: seconds before it began to."""
        now = utc_now()
        with self._database.write() as session:
            row = session.scalar(select(Import).where(Import.id == claim.id, claim.held).with_for_update())
            if row is None:
                return False
            if row.no_room_since is None or worked >= AT_WORK_SECONDS:
                row.no_room_since = now
            row.progress = {"step": WAITS_FOR_ROOM, "fraction": None}
            waited = (now - row.no_room_since).total_seconds()
        return isinstance(error, NeverFitsError) or waited >= self._unfinished.patience

    def is_lost(self, claim: Claim) -> bool:
        """Whether this run has nothing to say any more: the import is deleted (then its files go too), or another's."""
        found = self._find(claim.id)
        if found is None:
            self.remove_files(claim.id)
            return True
        return found.run_token != claim.token

    def _find(self, import_id: uuid.UUID) -> Import | None:
        with self._database.read() as session:
            return session.get(Import, import_id)


def _folder(claim: Claim) -> str:
    return f"run-{claim.token.hex[:16]}/{OUTCOME}"
