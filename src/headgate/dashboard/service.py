"""One import with all that the dashboard tells of it, from the domains that know it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import select

from headgate.dashboard import views
from headgate.dashboard.lines import LinePage, line_page
from headgate.dashboard.words import Words
from headgate.db import Database
from headgate.errors import DeletedError, NotFoundError
from headgate.imports.formats import ResultFiles
from headgate.imports.models import Import
from headgate.imports.rerun import RerunService
from headgate.imports.service import ImportService
from headgate.imports.states import Status
from headgate.reviews.log import ChangeLog
from headgate.schemas.models import SchemaRow
from headgate.storage import BlobStore


class ImportPages:
    """What the pages of the dashboard show of imports."""

    def __init__(
        self,
        database: Database,
        store: BlobStore,
        imports: ImportService,
        files: ResultFiles,
        reruns: RerunService,
        log: ChangeLog,
    ) -> None:
        self._database = database
        self._store = store
        self._imports = imports
        self._files = files
        self._reruns = reruns
        self._log = log

    def listed(self, organization_id: uuid.UUID, rows: Iterable[Import]) -> list[dict[str, Any]]:
        """These imports as lists show them."""
        found = list(rows)
        names = self._schema_names(organization_id, {row.schema_id for row in found if row.schema_id})
        return [views.listed(row, names) for row in found]

    def detail(self, organization_id: uuid.UUID, import_id: uuid.UUID, language: str) -> tuple[Import, dict[str, Any]]:
        """One import, and its JSON form without the review link. Raises NotFoundError."""
        row = self._imports.get(organization_id, import_id)
        document = self._reruns.frozen(row)
        words = Words(language, document)
        metadata = row.result_metadata or {}
        detail = self.listed(organization_id, [row])[0] | {
            "user": row.user,
            "rerun_of": str(row.rerun_of) if row.rerun_of else None,
            "origin": row.origin,
            "timeline": self._timeline(row),
            "restarts": max(0, row.starts - 1) if row.submitted_seq is None else 0,
            "reasons": words.reasons(row.import_errors),
            "counts": row.counts or {},
            "error_count": metadata.get("errorCount"),
            "labels": words.labels,
            "decisions": words.decisions(row.decisions),
            "downloads": self._downloads(row),
            "deleted": views.deleted_parts(row),
            "recipe_offered": bool(
                row.submitted_seq
                and row.import_identifier
                and row.status == Status.SUCCESSFUL
                and row.review_deleted_at is None
                and row.result_deleted_at is None
            ),
            "rerun": self._rerun(organization_id, row, document),
        }
        return row, detail

    def issues(
        self,
        organization_id: uuid.UUID,
        import_id: uuid.UUID,
        cursor: str,
        limit: int,
        level: str | None,
        field: str | None,
    ) -> LinePage:
        """A page of the import's errors, warnings and notes; none where none were written. Raises NotFoundError,
        InvalidError."""

        def wanted(entry: dict[str, Any]) -> bool:
            return (level is None or entry.get("level") == level) and (field is None or entry.get("fieldKey") == field)

        row = self._imports.get(organization_id, import_id)
        return self._lines(lambda: self._files.errors_key(row), cursor, limit, wanted)

    def console(self, organization_id: uuid.UUID, import_id: uuid.UUID, cursor: str, limit: int) -> LinePage:
        """A page of what the import's hooks wrote. Raises as `issues`."""
        row = self._imports.get(organization_id, import_id)
        return self._lines(lambda: self._files.console_key(row), cursor, limit)

    def _lines(
        self,
        key_of: Callable[[], str],
        cursor: str,
        limit: int,
        wanted: Callable[[dict[str, Any]], bool] = lambda _: True,
    ) -> LinePage:
        try:
            return line_page(self._store, key_of(), cursor, limit, wanted)
        except (DeletedError, NotFoundError, FileNotFoundError):
            return LinePage([], None)

    def _schema_names(self, organization_id: uuid.UUID, ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
        if not ids:
            return {}
        query = select(SchemaRow.id, SchemaRow.name).where(
            SchemaRow.organization_id == organization_id, SchemaRow.id.in_(ids)
        )
        with self._database.read() as session:
            return dict(session.execute(query).tuples().all())

    def _timeline(self, row: Import) -> list[dict[str, Any]]:
        if row.review_at is None:
            return views.timeline(row, 0, None, None)
        activity = self._log.activity(row.id, row.submitted_seq)
        return views.timeline(row, activity.changes, activity.last_change, activity.submitted)

    def _downloads(self, row: Import) -> dict[str, bool]:
        return {
            "source": row.source_key is not None,
            "result": row.has_result,
            "errors": self._exists(self._files.errors_key, row),
            "console": self._exists(self._files.console_key, row),
        }

    @staticmethod
    def _exists(key_of: Callable[[Import], str], row: Import) -> bool:
        if row.status in {Status.AWAITING_UPLOAD, Status.PENDING, Status.RUNNING}:
            return False
        try:
            key_of(row)
        except (DeletedError, NotFoundError):
            return False
        return True

    def _rerun(self, organization_id: uuid.UUID, row: Import, document: dict[str, Any]) -> dict[str, Any]:
        current = self._reruns.current(organization_id, row)
        there = row.source_key is not None
        return {
            "frozen": there,
            "current": there and current is not None and current != document,
            "sent": self._reruns.used(row),
        }
