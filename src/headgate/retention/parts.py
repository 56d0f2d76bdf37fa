"""Deleting parts of an ended import, while the import stays as the record that it was."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from enum import StrEnum

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from headgate.db import Database, utc_now
from headgate.deletions import Cause, DeletionKind, DeletionLedger, StoredFiles
from headgate.imports.media import FORMATS
from headgate.imports.models import Import, outcome_prefix
from headgate.imports.states import FINAL
from headgate.imports.worker import ALL_ISSUES, CONSOLE, RESULT, TABLE
from headgate.records import dataclass
from headgate.reviews.files import exports_prefix
from headgate.reviews.models import ReviewChange

Counts = dict[str, int]


class Part(StrEnum):
    """What of an import can go by itself."""

    SOURCE = "source"
    RESULT = "result"
    REVIEW = "review"
    CONSOLE = "console"

    @property
    def column(self) -> str:
        """The column of the import that says when it went."""
        return f"{self}_deleted_at"

    @property
    def period(self) -> str:
        """The setting that says how long it is kept."""
        return f"{self}_retention_days"


@dataclass(frozen=True)
class _Removed:
    """What went from the database, and what is to go from the store."""

    rows: Counts
    files: StoredFiles


class ImportParts:
    """Deletes parts, with receipts."""

    def __init__(self, database: Database, ledger: DeletionLedger) -> None:
        self._database = database
        self._ledger = ledger

    def delete(self, organization_id: uuid.UUID, import_id: uuid.UUID, part: Part, cause: Cause) -> uuid.UUID | None:
        """Remove a part; gives the id of the receipt, which `DeletionLedger.complete` brings to its end. None when there is no
        such import that has ended, or the part went before."""
        with self._database.write() as session:
            row = session.get(Import, import_id, with_for_update=True)
            if row is None or row.organization_id != organization_id or row.status not in FINAL:
                return None
            if getattr(row, part.column) is not None:
                return None
            setattr(row, part.column, utc_now())
            removed = _REMOVE[part](session, row)
            if not removed.rows and not removed.files.keys and not removed.files.trees:
                return None
            kind = DeletionKind(part)
            return self._ledger.begin(session, organization_id, kind, import_id, cause, removed.rows, removed.files)


def _source(_session: Session, row: Import) -> _Removed:
    keys = [row.source_key] if row.source_key else []
    row.source_key = None
    return _Removed({}, StoredFiles(keys=keys))


def _result(session: Session, row: Import) -> _Removed:
    """Errors quote cells, and decisions show samples of them: both go with the rows."""
    outcome = outcome_prefix(row)
    names = sorted({RESULT, TABLE, ALL_ISSUES, *(f"rows.{one}" for one in FORMATS)})
    row.has_result = False
    metadata = session.scalar(select(Import.result_metadata).where(Import.id == row.id))
    kept = None if metadata is None else {**metadata, "errors": []}
    session.execute(update(Import).where(Import.id == row.id).values(result_metadata=kept, decisions=None))
    return _Removed({}, StoredFiles(keys=[f"{outcome}/{name}" for name in names]))


def _review(session: Session, row: Import) -> _Removed:
    own = ReviewChange.import_id == row.id
    found = list(session.scalars(select(ReviewChange.delta_key).where(own)))
    if not found:
        return _Removed({}, StoredFiles())
    session.execute(delete(ReviewChange).where(own).execution_options(synchronize_session=False))
    keys = [key for key in found if key is not None]
    return _Removed({ReviewChange.__tablename__: len(found)}, StoredFiles(keys=keys, trees=[exports_prefix(row.id)]))


def _console(_session: Session, row: Import) -> _Removed:
    return _Removed({}, StoredFiles(keys=[f"{outcome_prefix(row)}/{CONSOLE}"]))


_REMOVE: dict[Part, Callable[[Session, Import], _Removed]] = {
    Part.SOURCE: _source, Part.RESULT: _result, Part.REVIEW: _review, Part.CONSOLE: _console,
}  # fmt: skip
