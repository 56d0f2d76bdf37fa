"""The log of changes in the database: the truth of a review."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Collection, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, undefer

from headgate.db import Database, utc_now
from headgate.engine.review.log import DECISIONS, LogEntry, Prepared
from headgate.errors import FileMissingError
from headgate.imports.models import Import
from headgate.imports.states import Status
from headgate.records import dataclass
from headgate.reviews.errors import GoneError, ReviewConflictError
from headgate.reviews.models import SUBMIT, ReviewChange
from headgate.storage import BlobStore
from headgate.storage.base import import_prefix

SMALL_DELTA = 64 * 1024
"""Bytes up to which a delta stands in its row; a database is slow to carry more."""

BATCH = 500


class VersionTakenError(Exception):
    """Another change has the number: fold it, and prepare again."""


class AlreadyDoneError(Exception):
    """A change of this id is in the log."""

    def __init__(self, done: Recorded) -> None:
        self.done = done
        super().__init__(done.entry.change_id)


@dataclass(frozen=True)
class Recorded:
    """An entry of the log with what its author was told. The entry has no delta."""

    entry: LogEntry
    answer: dict[str, Any]


@dataclass(frozen=True)
class Activity:
    """What people did in a review: how many changes, when the last, and when the submission that stands."""

    changes: int
    last_change: datetime | None
    submitted: datetime | None


class ChangeLog:
    """Reads and extends the logs of all reviews."""

    def __init__(self, database: Database, store: BlobStore) -> None:
        self._database = database
        self._store = store

    def version(self, import_id: uuid.UUID) -> int:
        """The number of the last entry; 0 before the first."""
        with self._database.read() as session:
            return _version(session, import_id)

    def entries(self, import_id: uuid.UUID, after: int = 0) -> list[LogEntry]:
        """All entries behind `after` with their deltas, oldest first. Raises FileMissingError."""
        query = _of(import_id).where(ReviewChange.seq > after).options(undefer(ReviewChange.delta))
        with self._database.read() as session:
            return [self._with_delta(row) for row in session.scalars(query.order_by(ReviewChange.seq))]

    def headers(self, import_id: uuid.UUID, after: int = 0) -> list[LogEntry]:
        """The same without their deltas."""
        query = _of(import_id).where(ReviewChange.seq > after).order_by(ReviewChange.seq)
        with self._database.read() as session:
            return [_entry(row, None) for row in session.scalars(query)]

    def light(self, import_id: uuid.UUID) -> Iterator[LogEntry]:
        """All entries without deltas and parameters, oldest first, some at a time."""
        columns = (
            ReviewChange.seq, ReviewChange.kind, ReviewChange.author, ReviewChange.change_id, ReviewChange.created_at,
            ReviewChange.cells, ReviewChange.rows, ReviewChange.undoes,
        )  # fmt: skip
        query = select(*columns).where(ReviewChange.import_id == import_id).order_by(ReviewChange.seq)
        with self._database.read() as session:
            for row in session.execute(query.execution_options(yield_per=BATCH)).mappings():
                yield LogEntry(**row)

    def delta_file(self, import_id: uuid.UUID, seq: int, workdir: Path) -> Path | None:
        """A file that holds the delta of an entry, in the store or below `workdir`; None when it has none. Large ones do not
        pass through memory. Raises LookupError, FileMissingError."""
        query = select(ReviewChange.delta, ReviewChange.delta_key)
        with self._database.read() as session:
            row = session.execute(query.where(ReviewChange.import_id == import_id, ReviewChange.seq == seq)).first()
        if row is None:
            raise LookupError(f"the log has no entry {seq}")
        if row.delta_key is not None:
            try:
                return self._store.local_path(row.delta_key, workdir)
            except FileNotFoundError:
                raise FileMissingError(row.delta_key) from None
        if row.delta is None:
            return None
        path = workdir / f"delta-{seq}"
        path.write_bytes(row.delta)
        return path

    def newest(self, import_id: uuid.UUID, before: int | None, limit: int) -> list[LogEntry]:
        """Entries without their deltas, newest first."""
        query = _of(import_id).where(ReviewChange.kind != SUBMIT)
        if before is not None:
            query = query.where(ReviewChange.seq < before)
        with self._database.read() as session:
            rows = session.scalars(query.order_by(ReviewChange.seq.desc()).limit(limit))
            return [_entry(row, None) for row in rows]

    def entry(self, import_id: uuid.UUID, seq: int) -> LogEntry:
        """One entry with its delta. Raises LookupError, FileMissingError."""
        query = _of(import_id).where(ReviewChange.seq == seq).options(undefer(ReviewChange.delta))
        with self._database.read() as session:
            row = session.scalar(query)
        if row is None:
            raise LookupError(f"the log has no entry {seq}")
        return self._with_delta(row)

    def header(self, import_id: uuid.UUID, seq: int | None) -> LogEntry | None:
        """One entry without its delta."""
        if seq is None:
            return None
        with self._database.read() as session:
            row = session.get(ReviewChange, (import_id, seq))
        return None if row is None else _entry(row, None)

    def named(self, import_id: uuid.UUID, numbers: Collection[int]) -> dict[int, LogEntry]:
        """Some entries without their deltas, by number."""
        found: dict[int, LogEntry] = {}
        wanted = sorted(set(numbers))
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            with self._database.read() as session:
                rows = session.scalars(_of(import_id).where(ReviewChange.seq.in_(batch)))
                found |= {row.seq: _entry(row, None) for row in rows}
        return found

    def find(self, import_id: uuid.UUID, change_id: str) -> Recorded | None:
        """The entry that a client's id made."""
        with self._database.read() as session:
            return _find(session, import_id, change_id)

    def submission(self, import_id: uuid.UUID) -> Recorded | None:
        """The last submission, whatever became of it."""
        query = _of(import_id).where(ReviewChange.kind == SUBMIT).options(undefer(ReviewChange.answer))
        with self._database.read() as session:
            row = session.scalar(query.order_by(ReviewChange.seq.desc()).limit(1))
        return None if row is None else Recorded(_entry(row, None), row.answer or {})

    def activity(self, import_id: uuid.UUID, submitted_seq: int | None) -> Activity:
        """What people did. `submitted_seq`: the entry that submitted the import, if any."""
        changes = select(func.count(), func.max(ReviewChange.created_at)).where(
            ReviewChange.import_id == import_id, ReviewChange.kind != SUBMIT
        )
        submission = select(ReviewChange.created_at).where(
            ReviewChange.import_id == import_id, ReviewChange.seq == submitted_seq
        )
        with self._database.read() as session:
            count, last = session.execute(changes).one()
            return Activity(count, last, None if submitted_seq is None else session.scalar(submission))

    def decisions_before(self, import_id: uuid.UUID, seq: int) -> dict[str, Any] | None:
        """What people had decided when an entry came; None when nothing."""
        query = (
            _of(import_id)
            .where(ReviewChange.seq < seq, ReviewChange.kind.in_((*DECISIONS, "undo", "redo")))
            .order_by(ReviewChange.seq.desc())
        )
        with self._database.read() as session, closing(session.scalars(query.execution_options(yield_per=20))) as rows:
            for row in rows:
                if isinstance(found := row.parameters.get("decisions"), dict):
                    return found
        return None

    def append(self, import_id: uuid.UUID, seq: int, prepared: Prepared, author: str, change_id: str) -> LogEntry:
        """Write a change as number `seq`. From then on it is true.

        Raises VersionTakenError, AlreadyDoneError, GoneError (the import was deleted), StorageFullError, and what
        `check_in_review` raises.
        """
        return self._append(import_id, seq, prepared, author, change_id, None)

    def submit(
        self, import_id: uuid.UUID, seq: int, author: str, confirmed: dict[str, Any], state: dict[str, Any]
    ) -> LogEntry:
        """Write a submission as number `seq` and mark the import as submitted, both or neither.

        `confirmed`: what the person was told. `state`: the review as it stands. Raises as `append`.
        """
        prepared = Prepared(SUBMIT, confirmed, answer=state)
        return self._append(import_id, seq, prepared, author, uuid.uuid4().hex, seq)

    def _append(
        self, import_id: uuid.UUID, seq: int, prepared: Prepared, author: str, change_id: str, submitted: int | None
    ) -> LogEntry:
        delta, key = prepared.delta, None
        if delta is not None and len(delta) > SMALL_DELTA:
            key = f"{import_prefix(import_id)}/changes/{uuid.uuid4().hex}"
            self._store.put(key, delta)
        try:
            row = self._insert(import_id, seq, prepared, author, change_id, key, submitted)
        except IntegrityError:
            self._drop(key)
            raise self._why_not(import_id, change_id) from None
        except BaseException:
            self._drop(key)
            raise
        return _entry(row, delta)

    def _insert(
        self,
        import_id: uuid.UUID,
        seq: int,
        prepared: Prepared,
        author: str,
        change_id: str,
        key: str | None,
        submitted: int | None,
    ) -> ReviewChange:
        with self._database.write() as session:
            found = session.get(Import, import_id)
            if found is None:
                raise GoneError
            check_in_review(found)
            if _version(session, import_id) != seq - 1:  # a gap would be an entry that never comes
                raise self._taken(session, import_id, change_id)
            row = ReviewChange(
                import_id=import_id, seq=seq, organization_id=found.organization_id, kind=prepared.kind, author=author,
                change_id=change_id, created_at=utc_now(), parameters=prepared.parameters, cells=prepared.cells,
                rows=prepared.rows, undoes=prepared.undoes, delta=None if key else prepared.delta, delta_key=key,
                answer=prepared.answer or None,
            )  # fmt: skip
            session.add(row)
            session.flush()
            if submitted is not None:
                session.execute(
                    update(Import)
                    .where(Import.id == import_id, Import.status == Status.NEEDS_REVIEW)
                    .values(
                        submitted_seq=submitted,
                        crashes=0,
                        starts=0,
                        modified_at=row.created_at,
                        queued_at=row.created_at,
                    )
                )
        return row

    def _why_not(self, import_id: uuid.UUID, change_id: str) -> Exception:
        with self._database.read() as session:
            if session.get(Import, import_id) is None:
                return GoneError()
            return self._taken(session, import_id, change_id)

    def _taken(self, session: Session, import_id: uuid.UUID, change_id: str) -> Exception:
        done = _find(session, import_id, change_id)
        return VersionTakenError() if done is None else AlreadyDoneError(done)

    def _drop(self, key: str | None) -> None:
        if key is not None:
            with contextlib.suppress(OSError):
                self._store.delete(key)

    def _with_delta(self, row: ReviewChange) -> LogEntry:
        if row.delta_key is None:
            return _entry(row, row.delta)
        try:
            blob = self._store.open(row.delta_key)
        except FileNotFoundError:
            raise FileMissingError(row.delta_key) from None
        with blob:
            return _entry(row, blob.read())


def check_in_review(row: Import) -> None:
    """Raises ReviewConflictError when nothing can be changed: the import is submitted, or no longer in review."""
    if row.status != Status.NEEDS_REVIEW:
        raise ReviewConflictError("finished")
    if row.submitted_seq is not None:
        raise ReviewConflictError("submitting")


def _of(import_id: uuid.UUID) -> Select[ReviewChange]:
    return select(ReviewChange).where(ReviewChange.import_id == import_id)


def _version(session: Session, import_id: uuid.UUID) -> int:
    return session.scalar(select(func.max(ReviewChange.seq)).where(ReviewChange.import_id == import_id)) or 0


def _find(session: Session, import_id: uuid.UUID, change_id: str) -> Recorded | None:
    row = session.scalar(
        _of(import_id).where(ReviewChange.change_id == change_id).options(undefer(ReviewChange.answer))
    )
    return None if row is None else Recorded(_entry(row, None), row.answer or {})


def _entry(row: ReviewChange, delta: bytes | None) -> LogEntry:
    return LogEntry(
        seq=row.seq,
        kind=row.kind,
        author=row.author,
        change_id=row.change_id,
        created_at=row.created_at,
        parameters=row.parameters,
        cells=row.cells,
        rows=row.rows,
        undoes=row.undoes,
        delta=delta,
    )
