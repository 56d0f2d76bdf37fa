"""Workers that have nothing else to do make parts of large imports of other machines, of files that those put into the store.

A part is taken by one conditional UPDATE, and made in a directory that looks like that of the import. What a process had in its
hands when it died is lent again once its lease ran out.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import orjson
import structlog
from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError

from headgate.db import Database
from headgate.engine.held_directory import hold
from headgate.engine.large.lent import UnfitError, chunks_of, lay_out, made_files
from headgate.engine.large.offers import Offer, part_name
from headgate.errors import StorageFullError, StorageUnavailableError
from headgate.imports.lent_files import LIST, SHARED, LentFiles, chunks_place, made_place
from headgate.imports.models import LentPart
from headgate.imports.pool import (
    JobStoppedError,
    MemoryLimitError,
    PoolBusyError,
    PoolClosedError,
    TimeLimitError,
    WorkerCrashedError,
    WorkerPool,
)
from headgate.imports.worker import Broken, Helped, HelpJob
from headgate.nodes import Node
from headgate.nodes.polling import Poller
from headgate.records import dataclass
from headgate.storage import BlobStore

LOOK_SECONDS = 2.0
REST_SECONDS = 5.0
"""So long nothing is borrowed after a worker was wanted for something else, or something broke."""
NO_ROOM_REST_SECONDS = 60.0
"""The same after the disk was full or the store away: what was fetched is fetched again."""
_LOOKED_AT = 50

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Borrowed:
    import_id: uuid.UUID
    number: int
    folder: str
    loan: str


class Borrower:
    """Up to `workers` of the pool make parts of imports that other processes run."""

    def __init__(
        self,
        database: Database,
        store: BlobStore,
        node: Node,
        version: str,
        pool: WorkerPool,
        workdir: Path,
        workers: int,
    ) -> None:
        self._database = database
        self._store = store
        self._node = node
        self._version = version
        self._pool = pool
        self._workdir = workdir
        self._workers = workers
        self._lock = threading.Lock()
        self._at_work: Counter[uuid.UUID] = Counter()
        self._left_alone: set[uuid.UUID] = set()
        self._poller = Poller("borrowing", self._look, LOOK_SECONDS, workers)

    def start(self) -> None:
        """Begin to look for parts to make."""
        if self._workers and self._store.shared and not self._node.alone:
            self._poller.start()

    def close(self) -> None:
        """Borrow no more. What is under way ends with the pool."""
        self._poller.close()

    def _look(self) -> bool:
        try:
            return self._begin()
        except SQLAlchemyError as error:
            log.warning("borrowing_interrupted", cause=type(error).__name__)
            return False

    def _begin(self) -> bool:
        """Set one worker to a part; False when there is no worker or no part."""
        if self._pool.idle == 0:
            return False
        with self._lock:
            if self._at_work.total() >= self._workers:
                return False
        taken = self._take()
        if taken is None:
            return False
        with self._lock:
            self._at_work[taken.import_id] += 1
        self._poller.submit(partial(self._make, taken))
        return True

    def _take(self) -> _Borrowed | None:
        """A part of the import of which this process makes the fewest."""
        free = LentPart.node.is_(None), LentPart.version == self._version, LentPart.owner != self._node.id
        with self._database.read() as session:
            rows = list(session.scalars(select(LentPart).where(*free).order_by(LentPart.number).limit(_LOOKED_AT)))
        rows = [row for row in rows if row.import_id not in self._left_alone]
        for row in sorted(rows, key=lambda row: self._at_work[row.import_id]):
            borrowed = _Borrowed(row.import_id, row.number, row.folder, row.loan)
            if self._change(borrowed, None, node=self._node.id):
                return borrowed
        return None

    def _change(self, borrowed: _Borrowed, holder: str | None, **values: object) -> bool:
        """Write about a part as long as `holder` has it; whether it has."""
        with self._database.write() as session:
            changed = session.scalar(
                update(LentPart)
                .where(
                    LentPart.loan == borrowed.loan,
                    LentPart.node.is_(None) if holder is None else LentPart.node == holder,
                )
                .values(**values)
                .returning(LentPart.number)
                .execution_options(synchronize_session=False)
            )
        return changed is not None

    def _make(self, borrowed: _Borrowed) -> None:
        about = {"import_id": str(borrowed.import_id), "part": borrowed.number}
        workdir = self._workdir / f"borrow-{uuid.uuid4().hex[:12]}"
        files = LentFiles(self._store, borrowed.import_id, borrowed.folder, self._workdir)
        made = False
        try:
            made = self._made(borrowed, files, workdir)
            log.info("lent_part_made" if made else "lent_part_left", **about)
        except PoolBusyError:  # somebody else was faster to take the worker
            pass
        except (JobStoppedError, PoolClosedError, SQLAlchemyError) as error:
            log.info("borrowing_ended", cause=type(error).__name__, **about)
        except (StorageFullError, StorageUnavailableError) as error:
            log.warning("borrowing_ended", cause=type(error).__name__, **about)
            self._poller.rest(NO_ROOM_REST_SECONDS)
        except (WorkerCrashedError, MemoryLimitError, TimeLimitError, UnfitError, FileNotFoundError) as error:
            log.warning("borrowing_crashed", cause=type(error).__name__, **about)
            self._left_alone.add(borrowed.import_id)
        except Exception:  # in a thread that nobody asks for its end: told here, and the owner makes the part
            log.exception("borrowing_failed", **about)
            self._left_alone.add(borrowed.import_id)
        finally:
            shutil.rmtree(workdir, ignore_errors=True)
            if not made:
                self._rest_without(borrowed, files)
            with self._lock:
                self._at_work[borrowed.import_id] -= 1

    def _made(self, borrowed: _Borrowed, files: LentFiles, workdir: Path) -> bool:
        """Make the part; whether it is there now, for its owner."""
        place = workdir / "work"
        offer = self._fetched(borrowed, files, place)
        lock = hold(place)
        try:
            with self._watched(borrowed, offer):
                job = HelpJob(str(borrowed.import_id), place, workdir / "run", borrowed.number)
                job.workdir.mkdir()
                answer = self._pool.run(job, f"{job.import_id}/{workdir.name}", patience=0, spare=True)
            if isinstance(answer, Broken):
                log.error("help_broken", import_id=job.import_id, trace=answer.trace)
                self._left_alone.add(borrowed.import_id)
            if not isinstance(answer, Helped) or not answer.made:
                return False
            if not self._is_wanted(borrowed):
                return False
            names = made_files(offer, borrowed.number)
            files.put(made_place(borrowed.loan), offer.results / part_name(borrowed.number), names)
        finally:
            os.close(lock)
        return self._change(borrowed, self._node.id, made=True)

    def _fetched(self, borrowed: _Borrowed, files: LentFiles, place: Path) -> Offer:
        place.mkdir(parents=True, mode=0o700)
        files.fetch(SHARED, place, [LIST])
        names: list[str] = orjson.loads((place / LIST).read_bytes())
        files.fetch(SHARED, place, names)
        files.fetch(chunks_place(borrowed.loan), place, chunks_of(place, borrowed.number))
        lay_out(place, borrowed.number)
        offer = Offer.of(place)
        if offer is None:
            raise UnfitError("the offer is of another version")
        return offer

    @contextlib.contextmanager
    def _watched(self, borrowed: _Borrowed, offer: Offer) -> Iterator[None]:
        """Meanwhile, what is made ends when it is not wanted any more."""
        over = threading.Event()

        def watch() -> None:
            while not over.wait(LOOK_SECONDS):
                with contextlib.suppress(SQLAlchemyError):
                    if not self._is_wanted(borrowed):
                        offer.withdraw()
                        return

        watcher = threading.Thread(target=watch, daemon=True, name="headgate-borrowed")
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()

    def _is_wanted(self, borrowed: _Borrowed) -> bool:
        with self._database.read() as session:
            row = session.get(LentPart, (borrowed.import_id, borrowed.number))
            return row is not None and row.loan == borrowed.loan and row.node == self._node.id

    def _rest_without(self, borrowed: _Borrowed, files: LentFiles) -> None:
        """Give the part back; if it is not ours any more, nobody looks for what we put into the store."""
        self._poller.rest(REST_SECONDS)
        with contextlib.suppress(SQLAlchemyError, StorageUnavailableError):
            if not self._change(borrowed, self._node.id, node=None):
                files.remove(borrowed.loan)
