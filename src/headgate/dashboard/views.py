"""The JSON forms of imports on the dashboard."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from headgate.db import iso
from headgate.imports.models import Import
from headgate.imports.states import FINAL, Status


def listed(row: Import, names: Mapping[uuid.UUID, str]) -> dict[str, Any]:
    """An import as lists and events show it. `names`: of the saved schemas."""
    running = row.status == Status.RUNNING
    return {
        "id": str(row.id),
        "status": row.status,
        "kind": row.kind,
        "original_filename": row.original_filename,
        "saved_schema": None if row.schema_id is None else {"id": str(row.schema_id), "name": names.get(row.schema_id)},
        "import_identifier": row.import_identifier,
        "development_mode": row.development_mode,
        "rows": row.rows_read,
        "rows_with_errors": row.rows_invalid,
        "created_date": iso(row.created_at),
        "modified_date": iso(row.modified_at),
        "started_date": _date(row.started_at),
        "duration_ms": duration(row),
        "progress": row.progress if running else None,
        "submitting": row.status == Status.NEEDS_REVIEW and row.submitted_seq is not None,
    }


def deleted_parts(row: Import) -> dict[str, Any]:
    """When parts of an import were deleted."""
    return {
        "source": _date(row.source_deleted_at),
        "result": _date(row.result_deleted_at),
        "review": _date(row.review_deleted_at),
        "console": _date(row.console_deleted_at),
    }


def duration(row: Import) -> int | None:
    """Milliseconds of the run up to its first rest: what people take for a review is not the service's time."""
    ended = row.review_at or (row.finished_at if row.status in FINAL else None)
    if row.started_at is None or ended is None or ended < row.started_at:
        return None
    return (ended - row.started_at) // timedelta(milliseconds=1)


def timeline(
    row: Import, changes: int, changed_at: datetime | None, submitted_at: datetime | None
) -> list[dict[str, Any]]:
    """What happened, oldest first. `changes`: how often people changed something in the review, last at `changed_at`."""
    entries: list[tuple[str, datetime | None, int | None]] = [
        ("created", row.created_at, None),
        ("uploaded", row.uploaded_at, None),
        ("started", row.started_at, None),
        ("needs_review", row.review_at, None),
        ("changed", changed_at, changes),
        ("submitted", submitted_at, None),
        ("succeeded" if row.status == Status.SUCCESSFUL else "failed", row.finished_at, None),
    ]
    happened = [(name, at, count) for name, at, count in entries if at is not None]
    happened.sort(key=lambda one: one[1])  # stable: what happened at one moment stays in its natural order
    return [{"event": name, "date": iso(at), "count": count} for name, at, count in happened]


def _date(moment: datetime | None) -> str | None:
    return None if moment is None else iso(moment)
