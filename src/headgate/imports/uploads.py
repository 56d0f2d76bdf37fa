"""Receiving the file of an import: streamed to the store, and accepted all at once or not at all."""

from __future__ import annotations

import contextlib
import threading
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import SQLAlchemyError

from headgate.db import Database, Statement, utc_now
from headgate.errors import ConflictError, NotFoundError, TooLargeError
from headgate.imports.models import Import
from headgate.imports.states import Status, transition
from headgate.nodes import Node
from headgate.records import dataclass
from headgate.storage import BlobStore, BlobWriter, DirectAccess
from headgate.storage.base import import_prefix
from headgate.tracing import tracer
from headgate.web.threads import in_thread

WRITE_SIZE = 1024 * 1024
DRAIN_LIMIT = 256 * 1024 * 1024
ALREADY_UPLOADED = "This import waits for no file any more. Create a new import for another file."


_IMPORTS = Import.metadata.tables[Import.__tablename__]
_WANTED = Statement(
    select(_IMPORTS.c.status, _IMPORTS.c.max_upload_size, _IMPORTS.c.traceparent).where(
        _IMPORTS.c.id == bindparam("of_id")
    )
)

log = structlog.get_logger(__name__)


class JobQueue(Protocol):
    """Runs imports in the background."""

    def enqueue(self, import_id: uuid.UUID) -> None:
        """Have a PENDING import run. A second call for the same import changes nothing."""

    def stop(self, import_id: uuid.UUID) -> None:
        """Stop the run of an import, if there is one."""


class ActiveUploads:
    """For which imports files are arriving, so that they do not expire meanwhile.

    `direct`: the store where files arrive without the service, which then sees whole ones only; `grace`: seconds that
    an upload which it cannot see may take beyond the end of its URL.
    """

    def __init__(self, direct: DirectAccess | None = None, grace: int = 0) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[uuid.UUID] = Counter()
        self._direct = direct
        self._grace = timedelta(seconds=grace if direct is not None else 0)

    def over(self, now: datetime) -> datetime:
        """Imports whose upload URL ended by then are not waited for any more."""
        return now - self._grace

    def coming(self, import_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
        """Which of these imports a file is arriving for, or lies there unnoticed. Raises StorageUnavailableError."""
        arrived = set()
        if self._direct is not None and import_ids:
            names = {str(import_id): import_id for import_id in import_ids}
            arrived = {names[one.import_id] for one in self._direct.arrivals() if one.import_id in names}
        with self._lock:
            return arrived | {import_id for import_id in import_ids if self._counts[import_id] > 0}

    def several(self, import_id: uuid.UUID) -> bool:
        """Whether more than one file for that import is arriving."""
        with self._lock:
            return self._counts[import_id] > 1

    @contextmanager
    def receiving(self, import_id: uuid.UUID) -> Iterator[None]:
        """For the duration of one upload."""
        with self._lock:
            self._counts[import_id] += 1
        try:
            yield
        finally:
            with self._lock:
                self._counts[import_id] -= 1
                if not self._counts[import_id]:
                    del self._counts[import_id]


@dataclass(frozen=True)
class _Coming:
    """A file that is arriving. `limit`: the most bytes that it may have."""

    import_id: uuid.UUID
    key: str
    writer: BlobWriter
    limit: int
    traceparent: str | None


class UploadService:
    """Takes in files."""

    def __init__(
        self,
        database: Database,
        store: BlobStore,
        jobs: JobQueue,
        active: ActiveUploads,
        node: Node,
        admit: Callable[[int], None] = lambda _: None,
    ) -> None:
        """`admit` raises OverloadedError when a file of so many bytes cannot be taken in."""
        self._node = node
        self._admit = admit
        self._database = database
        self._store = store
        self._jobs = jobs
        self._active = active

    async def receive(
        self, import_id: uuid.UUID, chunks: AsyncIterator[bytes], declared_size: int | None, *, asks_first: bool = False
    ) -> None:
        """Store the file and make the import PENDING. `asks_first`: the client sends nothing before somebody wants `chunks`.

        When `chunks` ends early, by whatever exception, nothing has happened. Memory stays flat: at most one write is
        kept. Raises NotFoundError, ConflictError, TooLargeError (the import is FAILED then), StorageFullError,
        OverloadedError.
        """
        with self._active.receiving(import_id):
            began = utc_now()
            # A small file comes with its request. Other processes must know of one that is on its way; where there is none, all of it
            # can be done at once, by one thread.
            if self._node.alone and declared_size is not None and declared_size <= WRITE_SIZE and not asks_first:
                data = b"".join([chunk async for chunk in chunks])
                await in_thread(self._take, import_id, data, began)
                return
            coming = await in_thread(self._begin, import_id, declared_size)
            accepted = False
            try:
                size, rest = await self._write(coming, chunks)
                await in_thread(self._accept, coming, rest)
                accepted = True
                _tell(coming, began, size)
            finally:
                if not accepted:
                    await in_thread(self._give_up, coming)

    def _take(self, import_id: uuid.UUID, data: bytes, began: datetime) -> None:
        """A whole file. Raises as `receive`."""
        coming = self._begin(import_id, len(data))
        accepted = False
        try:
            self._accept(coming, data)
            accepted = True
            _tell(coming, began, len(data))
        finally:
            if not accepted:
                self._give_up(coming)

    async def _write(self, coming: _Coming, chunks: AsyncIterator[bytes]) -> tuple[int, bytes]:
        """The size of the file, and the end of it, which is not written yet: of a small one that is all."""
        size = 0
        pending = bytearray()
        async for chunk in chunks:
            size += len(chunk)
            if size > coming.limit:
                await in_thread(self._fail_too_large, coming.import_id, coming.limit)
            pending += chunk
            if len(pending) >= WRITE_SIZE:
                await in_thread(coming.writer.write, bytes(pending))
                pending.clear()
        return size, bytes(pending)

    def _begin(self, import_id: uuid.UUID, declared_size: int | None) -> _Coming:
        """What is coming; noted, so that no other process takes it for missing."""
        row = self._database.ask(_WANTED, of_id=import_id).first()
        if row is None:
            raise NotFoundError
        if row.status != Status.AWAITING_UPLOAD:
            raise ConflictError(ALREADY_UPLOADED)
        self._note(import_id, self._node.id)
        try:
            if declared_size is not None and declared_size > row.max_upload_size:
                self._fail_too_large(import_id, row.max_upload_size)
            self._admit(declared_size or 0)
            key = f"{import_prefix(import_id)}/source-{uuid.uuid4().hex}"
            return _Coming(import_id, key, self._store.writer(key), row.max_upload_size, row.traceparent)
        except BaseException:
            self._end(import_id)
            raise

    def _end(self, import_id: uuid.UUID) -> None:
        if not self._active.several(import_id):
            self._note(import_id, None)

    def _give_up(self, coming: _Coming) -> None:
        coming.writer.discard()
        self._end(coming.import_id)

    def _note(self, import_id: uuid.UUID, node: str | None) -> None:
        if self._node.alone:
            return
        waiting = (Import.id == import_id, Import.status == Status.AWAITING_UPLOAD)
        with contextlib.suppress(SQLAlchemyError), self._database.write_relaxed() as session:
            session.execute(update(Import).where(*waiting).values(upload_node=node))

    def _accept(self, coming: _Coming, rest: bytes) -> None:
        import_id, key = coming.import_id, coming.key
        if rest:
            coming.writer.write(rest)
        coming.writer.commit()
        coming.writer.discard()
        with self._database.change() as connection:
            accepted = transition(connection, import_id, Status.AWAITING_UPLOAD, Status.PENDING, source_key=key)
            exists = accepted or _WANTED.run(connection, {"of_id": import_id}).first() is not None
        if accepted:
            log.info("file_accepted", import_id=str(import_id))
            self._jobs.enqueue(import_id)
            return
        self._store.delete(key)
        if not exists:
            self._store.delete_tree(import_prefix(import_id))
            raise NotFoundError
        raise ConflictError(ALREADY_UPLOADED)

    def _fail_too_large(self, import_id: uuid.UUID, limit: int) -> None:
        raise TooLargeError(fail_too_large(self._database, import_id, limit))


def _tell(coming: _Coming, began: datetime, size: int) -> None:
    tracer().record("import.upload", coming.traceparent, began, utc_now(), import_id=str(coming.import_id), bytes=size)


def fail_too_large(database: Database, import_id: uuid.UUID, limit: int) -> str:
    """Make an import FAILED whose file has more bytes than it accepts; gives the reason."""
    message = f"The file is larger than the {limit} bytes that this import accepts. Split it, or raise maxFileSize."
    error = {"code": "file_too_large", "message": message, "limit": limit}
    with database.write() as session:
        failed = transition(session, import_id, Status.AWAITING_UPLOAD, Status.FAILED, import_errors=[error])
    if failed:
        log.info("import_ended", import_id=str(import_id), status=Status.FAILED, codes=[error["code"]])
    return message
