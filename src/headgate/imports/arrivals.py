"""Noticing files that clients put into the store themselves.

One listing tells all that arrived, so it costs the same whether ten imports wait or ten thousand. What arrived is copied
to a key that no upload URL leads to before the import is accepted, so nothing that is put later can change it. All that
must not be forgotten stands in the store and the database: several servers may watch, and each may be killed any time.
"""

from __future__ import annotations

import contextlib
import threading
import time
import uuid
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import structlog
from sqlalchemy import select

from headgate.db import Database, utc_now
from headgate.errors import StorageUnavailableError
from headgate.imports.models import Import
from headgate.imports.states import Status, transition
from headgate.imports.uploads import ActiveUploads, JobQueue, fail_too_large
from headgate.records import dataclass
from headgate.storage import Arrival, BlobStore, DirectAccess
from headgate.storage.base import import_prefix
from headgate.tracing import tracer

IDLE_SECONDS = 30.0
"""Between looks while no import waits: only leftovers can be found then."""
AT_ONCE = 8
"""Files that are copied at once."""
LARGE, LARGE_AT_ONCE = 64 * 1024**2, 4
"""Files of more bytes take long to be copied: they have places of their own, so that no other waits behind them."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0
"""Seconds until a file that could not be taken is tried again."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Try:
    """When a file may be tried again, and the pause after that."""

    at: float = 0.0
    pause: float = FIRST_PAUSE


class ArrivalWatcher:
    """Looks every `interval` seconds while an import waits, however long a look takes, and at once when it is woken."""

    def __init__(
        self,
        database: Database,
        store: BlobStore,
        direct: DirectAccess,
        jobs: JobQueue,
        uploads: ActiveUploads,
        interval: float,
        stranger_age: float = 3600.0,
    ) -> None:
        """`stranger_age`: seconds for which a file of an import that does not exist is left alone."""
        self._stranger_age = stranger_age
        self._database = database
        self._store = store
        self._direct = direct
        self._jobs = jobs
        self._uploads = uploads
        self._interval = interval
        self._woken = threading.Event()
        self._closed = False
        self._last_look = float("-inf")
        self._working: dict[str, Future[None]] = {}
        self._tries: dict[str, _Try] = {}
        self._failing = False
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="headgate-arrival")
        self._large = ThreadPoolExecutor(LARGE_AT_ONCE, thread_name_prefix="headgate-large-arrival")
        self._thread = threading.Thread(target=self._run, daemon=True, name="headgate-arrivals")

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def wake(self) -> None:
        """Look now: something may have arrived."""
        self._last_look = float("-inf")
        self._woken.set()

    def close(self) -> None:
        """Stop. What is being copied is copied again after the next start, if it did not end."""
        self._closed = True
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)
        for threads in (self._threads, self._large):
            threads.shutdown(wait=False, cancel_futures=True)

    def look(self) -> None:
        """Take what arrived. Raises StorageUnavailableError."""
        seen = set()
        for arrival in self._direct.arrivals():
            seen.add(arrival.import_id)
            if self._may_try(arrival.import_id):
                threads = self._large if arrival.size > LARGE else self._threads
                self._working[arrival.import_id] = threads.submit(self._take, arrival)
        self._working = {name: future for name, future in self._working.items() if not future.done()}
        self._tries = {name: one for name, one in self._tries.items() if name in seen}

    def _run(self) -> None:
        due = time.monotonic() + self._interval
        while not self._closed:
            self._woken.wait(max(0.0, due - time.monotonic()))
            self._woken.clear()
            if self._closed:
                return
            due = time.monotonic() + self._interval  # from the beginning of the look, not from its end
            try:
                if time.monotonic() - self._last_look >= IDLE_SECONDS or self._something_waits():
                    self._last_look = time.monotonic()
                    self.look()
                if self._failing:
                    log.info("arrivals_seen_again")
                self._failing = False
            except Exception as error:
                if not self._failing:
                    log.warning("arrivals_not_seen", cause=type(error).__name__)
                self._failing = True
            due = min(due, self._next_try())

    def _next_try(self) -> float:
        """When the next of the files may be tried again that could not be taken."""
        now = time.monotonic()
        return min((one.at for one in list(self._tries.values()) if one.at > now), default=float("inf"))

    def _something_waits(self) -> bool:
        waiting = select(Import.id).where(
            Import.status == Status.AWAITING_UPLOAD, Import.upload_expires_at > self._uploads.over(utc_now())
        )
        with self._database.read() as session:
            return session.scalar(waiting.limit(1)) is not None

    def _may_try(self, name: str) -> bool:
        working = self._working.get(name)
        return (working is None or working.done()) and time.monotonic() >= self._tries.get(name, _Try()).at

    def _take(self, arrival: Arrival) -> None:
        try:
            import_id = uuid.UUID(arrival.import_id)
        except ValueError:
            return  # not ours
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(import_id=str(import_id))
        try:
            self._take_for(import_id, arrival)
        except FileNotFoundError:
            return  # another server took it
        except Exception as error:
            last = self._tries.get(arrival.import_id, _Try())
            self._tries[arrival.import_id] = replace(
                last, at=time.monotonic() + last.pause, pause=min(LONGEST_PAUSE, last.pause * 2)
            )
            log.warning("arrival_not_taken", import_id=arrival.import_id, cause=type(error).__name__)
            self._woken.set()  # whoever waits there does not know of the new time yet

    def _take_for(self, import_id: uuid.UUID, arrival: Arrival) -> None:
        with self._database.read() as session:
            row = session.get(Import, import_id)
        if row is None and self._store.now() - arrival.arrived < self._stranger_age:
            return  # nothing of ours is removed by a server that looks at another database
        if row is not None and row.status == Status.AWAITING_UPLOAD:
            self._accept(row, arrival)
        self._direct.drop(import_id)

    def _accept(self, row: Import, arrival: Arrival) -> None:
        if arrival.size > row.max_upload_size:
            fail_too_large(self._database, row.id, row.max_upload_size)
            return
        began, key = utc_now(), f"{import_prefix(row.id)}/source-{uuid.uuid4().hex}"
        if self._direct.take(row.id, key) > row.max_upload_size:  # a larger one was put in this moment
            fail_too_large(self._database, row.id, row.max_upload_size)
            accepted = False
        else:
            # What this raises may have happened nevertheless, so the copy stays: at worst it goes with the import.
            with self._database.write() as session:
                accepted = transition(session, row.id, Status.AWAITING_UPLOAD, Status.PENDING, source_key=key)
        if accepted:
            log.info("file_accepted", import_id=str(row.id))
            tracer().record(
                "import.upload", row.traceparent, began, utc_now(), import_id=str(row.id), bytes=arrival.size
            )
            self._jobs.enqueue(row.id)
            return
        with contextlib.suppress(StorageUnavailableError):
            self._store.delete(key)
