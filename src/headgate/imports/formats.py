"""The result of an import in the formats that a client may ask for, each made once."""

from __future__ import annotations

import shutil
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePath

import structlog

from headgate.db import Database
from headgate.errors import DeletedError, InvalidError, NotFoundError, RequestError, StorageUnavailableError
from headgate.imports.media import FORMATS
from headgate.imports.missing import MissingFiles
from headgate.imports.models import Import, outcome_prefix
from headgate.imports.pool import (
    JobStoppedError,
    MemoryLimitError,
    PoolClosedError,
    TimeLimitError,
    WorkerCrashedError,
    WorkerPool,
)
from headgate.imports.worker import ALL_ISSUES, CONSOLE, RESULT, TABLE, Broken, ConvertJob, OutputFormat, Refused
from headgate.storage import BlobStore
from headgate.storage.base import import_prefix

log = structlog.get_logger(__name__)


class ConversionFailedError(RequestError):
    """The result exists but could not be written in that format."""


class ResultFiles:
    """Finds the files of an outcome, converting the rows where that was not done yet."""

    def __init__(
        self, database: Database, store: BlobStore, pool: WorkerPool, workdir: Path, missing: MissingFiles
    ) -> None:
        self._missing = missing
        self._database = database
        self._store = store
        self._pool = pool
        self._workdir = workdir
        self._locks: dict[str, tuple[threading.Lock, int]] = {}
        self._guard = threading.Lock()

    def result_key(self, row: Import, wanted: OutputFormat) -> str:
        """The blob of the rows in that format. Raises InvalidError, NotFoundError, DeletedError,
        FileMissingError, ConversionFailedError."""
        if wanted not in FORMATS:
            raise InvalidError({"format": [f"Expected one of {', '.join(FORMATS)}."]})
        _check_there(row.result_deleted_at, "result")
        if not row.has_result:
            raise NotFoundError("This import has no result (yet).")
        outcome = outcome_prefix(row)
        if wanted == "json":
            self._missing.check(row.id, f"{outcome}/{RESULT}")
            return f"{outcome}/{RESULT}"
        key = f"{outcome}/rows.{wanted}"
        with self._one_at_a_time(key):
            if not self._store.exists(key):
                self._convert(row.id, f"{outcome}/{TABLE}", key, wanted)
        return key

    def errors_key(self, row: Import) -> str:
        """The blob of the complete list of errors. Raises NotFoundError, DeletedError."""
        _check_there(row.result_deleted_at, "list of errors")
        key = f"{outcome_prefix(row)}/{ALL_ISSUES}"
        if not self._store.exists(key):
            raise NotFoundError("This import has no list of errors (yet).")
        return key

    def console_key(self, row: Import) -> str:
        """The blob of what hooks wrote to their console. Raises NotFoundError, DeletedError."""
        _check_there(row.console_deleted_at, "console")
        key = f"{outcome_prefix(row)}/{CONSOLE}"
        if not self._store.exists(key):
            raise NotFoundError("The hooks of this import wrote nothing to their console (yet).")
        return key

    def _convert(self, import_id: uuid.UUID, table: str, key: str, wanted: OutputFormat) -> None:
        workdir = self._workdir / f"{import_id}-{uuid.uuid4().hex[:8]}"
        workdir.mkdir(parents=True)
        target = workdir / f"rows.{wanted}"
        try:
            job = ConvertJob(self._store.local_path(table, workdir), target, wanted)
            answer = self._pool.run(job, f"{import_id}:{wanted}")
            if isinstance(answer, Broken):
                log.error("conversion_broken", import_id=str(import_id), format=wanted, trace=answer.trace)
                raise ConversionFailedError(f"The result could not be written as {wanted}. Take it as json.")
            if isinstance(answer, Refused):
                raise InvalidError({"format": [answer.message]})
            self._store.put_file(key, target)
            self._remove_if_deleted(import_id)
        except FileNotFoundError:
            self._remove_if_deleted(import_id)
            self._missing.check(import_id, table)
            raise StorageUnavailableError from None
        except JobStoppedError:
            raise NotFoundError from None
        except (MemoryLimitError, TimeLimitError, WorkerCrashedError, PoolClosedError):
            raise ConversionFailedError(
                f"The result could not be written as {wanted} in time. Take it as json."
            ) from None
        finally:
            shutil.rmtree(workdir, ignore_errors=True)

    def _remove_if_deleted(self, import_id: uuid.UUID) -> None:
        """A file that was made while its import was deleted must not stay."""
        with self._database.read() as session:
            if session.get(Import, import_id) is not None:
                return
        self._store.delete_tree(import_prefix(import_id))
        raise NotFoundError

    @contextmanager
    def _one_at_a_time(self, key: str) -> Iterator[None]:
        with self._guard:
            lock, users = self._locks.get(key, (threading.Lock(), 0))
            self._locks[key] = (lock, users + 1)
        try:
            with lock:
                yield
        finally:
            with self._guard:
                lock, users = self._locks.pop(key)
                if users > 1:
                    self._locks[key] = (lock, users - 1)


def _check_there(deleted: datetime | None, what: str) -> None:
    if deleted is not None:
        raise DeletedError(
            f"The {what} of this import was deleted on {deleted.date().isoformat()}, because it is not kept any longer."
        )


def download_name(row: Import, wanted: str) -> str:
    """The name under which a result is saved."""
    stem = PurePath((row.original_filename or "").replace("\\", "/")).stem or str(row.id)
    return f"{stem}.{wanted}"
