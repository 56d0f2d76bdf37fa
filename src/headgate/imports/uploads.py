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
from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from headgate.db import Database, utc_now
from headgate.errors import ConflictError, NotFoundError, TooLargeError
from headgate.imports.models import Import
from headgate.imports.states import Status, transition
from headgate.nodes import Node
from headgate.storage import BlobStore, BlobWriter, DirectAccess
from headgate.storage.base import import_prefix
from headgate.tracing import tracer

WRITE_SIZE = 1024 * 1024
DRAIN_LIMIT = 256 * 1024 * 1024
ALREADY_UPLOADED = "This import waits for no file any more. Create a new import for another file."


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

    async def receive(self, import_id: uuid.UUID, chunks: AsyncIterator[bytes], declared_size: int | None) -> None:
        """Store the file and make the import PENDING.

        When `chunks` ends early, by whatever exception, nothing has happened. Memory stays flat: at most one write is
        kept. Raises NotFoundError, ConflictError, TooLargeError (the import is FAILED then), StorageFullError,
        OverloadedError.
        """
        with self._active.receiving(import_id):
            began = utc_now()
            row = await run_in_threadpool(self._begin, import_id)
            limit = row.max_upload_size
            key = f"{import_prefix(import_id)}/source-{uuid.uuid4().hex}"
            try:
                if declared_size is not None and declared_size > limit:
                    await run_in_threadpool(self._fail_too_large, import_id, limit)
                await run_in_threadpool(self._admit, declared_size or 0)
                writer = await run_in_threadpool(self._store.writer, key)
                try:
                    size = await self._write(import_id, chunks, writer, limit)
                    await run_in_threadpool(self._accept, import_id, key, writer)
                    tracer().record(
                        "import.upload", row.traceparent, began, utc_now(), import_id=str(import_id), bytes=size
                    )
                finally:
                    await run_in_threadpool(writer.discard)
            finally:
                await run_in_threadpool(self._end, import_id)

    async def _write(self, import_id: uuid.UUID, chunks: AsyncIterator[bytes], writer: BlobWriter, limit: int) -> int:
        size = 0
        pending = bytearray()
        async for chunk in chunks:
            size += len(chunk)
            if size > limit:
                await run_in_threadpool(self._fail_too_large, import_id, limit)
            pending += chunk
            if len(pending) >= WRITE_SIZE:
                await run_in_threadpool(writer.write, bytes(pending))
                pending.clear()
        if pending:
            await run_in_threadpool(writer.write, bytes(pending))
        return size

    def _begin(self, import_id: uuid.UUID) -> Import:
        """The import that it is for; noted that it is arriving, so that no other process takes it for missing."""
        with self._database.read() as session:
            row = session.get(Import, import_id)
        if row is None:
            raise NotFoundError
        if row.status != Status.AWAITING_UPLOAD:
            raise ConflictError(ALREADY_UPLOADED)
        self._note(import_id, self._node.id)
        return row

    def _end(self, import_id: uuid.UUID) -> None:
        if not self._active.several(import_id):
            self._note(import_id, None)

    def _note(self, import_id: uuid.UUID, node: str | None) -> None:
        if self._node.alone:
            return
        waiting = (Import.id == import_id, Import.status == Status.AWAITING_UPLOAD)
        with contextlib.suppress(SQLAlchemyError), self._database.write_relaxed() as session:
            session.execute(update(Import).where(*waiting).values(upload_node=node))

    def _accept(self, import_id: uuid.UUID, key: str, writer: BlobWriter) -> None:
        writer.commit()
        with self._database.write() as session:
            accepted = transition(session, import_id, Status.AWAITING_UPLOAD, Status.PENDING, source_key=key)
            exists = accepted or session.get(Import, import_id) is not None
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


def fail_too_large(database: Database, import_id: uuid.UUID, limit: int) -> str:
    """Make an import FAILED whose file has more bytes than it accepts; gives the reason."""
    message = f"The file is larger than the {limit} bytes that this import accepts. Split it, or raise maxFileSize."
    error = {"code": "file_too_large", "message": message, "limit": limit}
    with database.write() as session:
        failed = transition(session, import_id, Status.AWAITING_UPLOAD, Status.FAILED, import_errors=[error])
    if failed:
        log.info("import_ended", import_id=str(import_id), status=Status.FAILED, codes=[error["code"]])
    return message
