"""Files that have vanished from the store: when that is certain, and what is made of it.

A wrong verdict would end an import whose file is there, so nothing is concluded from one look. This process must have found
the file missing at every look for `patience` seconds, by its own steady clock: whoever has just started, or could not
reach the store in between, begins to count anew. A store that lacks other files too is probably the wrong one (another
bucket, a disk that is not mounted), so a day passes until its word is taken.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable

import structlog
from sqlalchemy import select

from headgate.db import Database
from headgate.errors import FileMissingError, StorageUnavailableError
from headgate.imports.models import Import
from headgate.records import dataclass
from headgate.storage import BlobStore

SAMPLE = 5
"""Files of other imports that are looked for, to learn whether the store is the right one."""
WRONG_STORE_SECONDS = 86_400.0
FORGOTTEN_SECONDS = 3_600.0
"""After so long without another look, an import is another process's affair."""

OnMissing = Callable[[str], None]
"""Is told of each file that was found to be gone: `source`, `result` or `review`."""

log = structlog.get_logger(__name__)


@dataclass
class _Suspicion:
    """Since when a file is missing at every look, and when the last was; by the steady clock."""

    since: float
    looked: float
    looks: int = 0


class MissingFiles:
    """Judges whether files are gone for good. Used by all threads."""

    def __init__(
        self,
        database: Database,
        store: BlobStore,
        patience: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`patience`: seconds for which a file must be missing at every look; with 0 the first look decides."""
        self._database = database
        self._store = store
        self._patience = patience
        self._clock = clock
        self._lock = threading.Lock()
        self._suspicions: dict[str, _Suspicion] = {}
        self.on_missing: OnMissing = lambda _: None

    def judge(self, import_id: uuid.UUID, error: FileMissingError) -> None:
        """Look once more for a file that was not found. Raises `error` while it is not certain that it is gone."""
        key = error.key
        try:
            gone = self._store.is_gone(key)
            others = gone and self._others_are_there(import_id)
        except StorageUnavailableError:
            gone = others = False
        if not gone:
            self.found(key)
            log.warning("file_not_found", import_id=str(import_id), key=key, cause="the store contradicts itself")
            raise error
        seen = self._suspect(key)
        waited = seen.looked - seen.since
        if waited < (self._patience if others else max(self._patience, WRONG_STORE_SECONDS)):
            cause = "looked for again" if others else "other files are missing too: is this the right store?"
            log.warning("file_not_found", import_id=str(import_id), key=key, cause=cause, seconds=round(waited))
            raise error
        self.found(key)
        self._tell(import_id, key, seen.looks)

    def found(self, key: str) -> None:
        """A file is there, or may be: whoever misses it counts anew."""
        with self._lock:
            self._suspicions.pop(key, None)

    def check(self, import_id: uuid.UUID, key: str) -> None:
        """Look whether a file is there that somebody wants now. Raises FileMissingError, StorageUnavailableError."""
        if self._store.is_gone(key):
            self._tell(import_id, key, 1)
            raise FileMissingError(key)

    def _tell(self, import_id: uuid.UUID, key: str, looks: int) -> None:
        log.error("file_missing", import_id=str(import_id), key=key, looks=looks)
        self.on_missing(kind_of(key))

    def _suspect(self, key: str) -> _Suspicion:
        now = self._clock()
        with self._lock:
            self._suspicions = {
                name: one for name, one in self._suspicions.items() if now - one.looked < FORGOTTEN_SECONDS
            }
            seen = self._suspicions.setdefault(key, _Suspicion(now, now))
            seen.looked, seen.looks = now, seen.looks + 1
            return seen

    def _others_are_there(self, import_id: uuid.UUID) -> bool:
        """Whether the store has the file of any other import, or there is none to look for."""
        others = (
            select(Import.source_key)
            .where(Import.id != import_id, Import.source_key.is_not(None), Import.source_deleted_at.is_(None))
            .limit(SAMPLE)
        )
        with self._database.read() as session:
            keys = list(session.scalars(others))
        return not keys or any(key is not None and self._store.exists(key) for key in keys)


def kind_of(key: str) -> str:
    """What a blob of an import is: `source`, `result` or `review`."""
    part = key.split("/")[2:3]
    name = part[0] if part else ""
    if name.startswith("source"):
        return "source"
    return "result" if name.startswith(("run-", "outcome")) else "review"
