"""The JSON forms of an import (api.md)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from headgate.db import iso
from headgate.imports.links import Links
from headgate.imports.models import Import, outcome_prefix
from headgate.imports.states import Status
from headgate.imports.worker import RESULT

UPLOAD_STATUS = {
    Status.AWAITING_UPLOAD: "PENDING_UPLOAD",
    Status.PENDING: "PROCESSING",
    Status.RUNNING: "PROCESSING",
    Status.NEEDS_REVIEW: "PROCESSING",
    Status.SUCCESSFUL: "PROCESSED",
    Status.FAILED: "FAILED",
}
LISTED_ERRORS = 100
"""Of each upload in a list; its metadata has more, and the errors file has all."""


def summary(row: Import) -> dict[str, Any]:
    """An import as lists show it."""
    return {
        "id": str(row.id),
        "schema_id": str(row.schema_id) if row.schema_id else None,
        "status": row.status,
        "original_filename": row.original_filename,
        "created_date": iso(row.created_at),
        "modified_date": iso(row.modified_at),
    }


def full(row: Import, links: Links, address: str, now: datetime) -> dict[str, Any]:
    """An import with everything. Needs its deferred columns."""
    urls = {
        "upload": links.upload(address, row, now) if row.status == Status.AWAITING_UPLOAD else None,
        "review_url": links.review(address, row, now) if row.status == Status.NEEDS_REVIEW else None,
    }
    return summary(row) | urls | _outcome(row)


def without_urls(row: Import) -> dict[str, Any]:
    """An import with everything but what permits something to its holder. Needs its deferred columns."""
    return summary(row) | {"upload": None} | _outcome(row)


def _outcome(row: Import) -> dict[str, Any]:
    return {"result_metadata": result_metadata(row), "import_errors": row.import_errors}


def result_metadata(row: Import) -> dict[str, Any] | None:
    """What the outcome of a successful import says about its rows."""
    if row.status != Status.SUCCESSFUL or row.result_metadata is None:
        return None
    return {"id": str(row.id), **row.result_metadata, "user": row.user, "decisions": row.decisions}


def upload(row: Import, *, listed: bool = False) -> dict[str, Any]:
    """An import as the uploads API shows it. Needs `result_metadata`."""
    metadata = row.result_metadata or {}
    errors = metadata.get("errors") or []
    invalid = metadata.get("rowsWithError") or []
    return {
        "id": str(row.id),
        "import_identifier": row.import_identifier,
        "raw_upload": {"filename": row.original_filename, "storage_key": row.source_key},
        "user": row.user,
        "created_date": iso(row.created_at),
        "upload_status": UPLOAD_STATUS[Status(row.status)],
        "total_num_rows": metadata.get("totalRows"),
        "invalid_row_indexes": invalid[:LISTED_ERRORS] if listed else invalid,
        "errors": errors[:LISTED_ERRORS] if listed else errors,
        "storage_key": f"{outcome_prefix(row)}/{RESULT}" if row.has_result else None,
        "field_order": list(metadata.get("fields") or {}),
    }
