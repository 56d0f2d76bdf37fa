"""What the service answers, as immutable objects. Keys that this version does not know are kept (`model_extra`)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

FINAL_STATUSES = frozenset({"SUCCESSFUL", "FAILED"})
"""Statuses that an import never leaves."""


class Answer(BaseModel):
    """Base of all answers."""

    model_config = ConfigDict(extra="allow", frozen=True, populate_by_name=True)


class ImportReason(Answer):
    """One reason why an import FAILED or NEEDS_REVIEW. Context such as `row` or `fields` is in `model_extra`."""

    code: str
    message: str


class ImportSummary(Answer):
    """An import as lists show it.

    `status` is one of AWAITING_UPLOAD, PENDING, RUNNING, SUCCESSFUL, NEEDS_REVIEW, FAILED.
    """

    id: str
    schema_id: str | None
    status: str
    original_filename: str | None
    created_date: datetime
    modified_date: datetime

    @property
    def is_final(self) -> bool:
        """Whether the status can no longer change."""
        return self.status in FINAL_STATUSES


class Import(ImportSummary):
    """A whole import. `upload` is set while AWAITING_UPLOAD, `review_url` while NEEDS_REVIEW."""

    upload: str | None = None
    review_url: str | None = None
    result_metadata: dict[str, Any] | None = None
    import_errors: tuple[ImportReason, ...] | None = None

    @property
    def decisions(self) -> dict[str, Any]:
        """What headgate decided about the file, its columns, values and types; empty while there is no result."""
        return (self.result_metadata or {}).get("decisions") or {}

    @property
    def row_errors(self) -> list[dict[str, Any]]:
        """The cells with errors or warnings: `{rowIndex, fieldKey, message, value}`; empty while there is no result."""
        return (self.result_metadata or {}).get("errors") or []


class ImportProgress(Answer):
    """How far a run is: the step it is at, and the share of it that is done (0 to 1), None where that is not known."""

    status: str
    step: str | None = None
    fraction: float | None = None


class Schema(Answer):
    """A saved schema, its parts exactly as they were sent."""

    id: str
    name: str
    fields: list[dict[str, Any]]
    settings: dict[str, Any]
    hooks: dict[str, Any] | None = None


class RawUpload(Answer):
    """The file of an upload. `download_url` is present in `Client.upload_metadata` only."""

    filename: str | None = None
    storage_key: str | None = None
    download_url: str | None = None


class Upload(Answer):
    """A completed import as the uploads API shows it; its `id` is the import's."""

    id: str
    import_identifier: str | None = None
    raw_upload: RawUpload | None = None
    user: dict[str, Any] | None = None
    created_date: datetime
    upload_status: str
    total_num_rows: int | None = None
    invalid_row_indexes: list[int] | None = None
    errors: list[dict[str, Any]] | None = None
    storage_key: str | None = None
    field_order: list[str] | None = None


class ImportPage(Answer):
    """One page of imports, newest first."""

    count: int
    next: str | None
    previous: str | None
    results: tuple[ImportSummary, ...]


class UploadPage(Answer):
    """The uploads from position `start` up to, not including, `end`."""

    start: int
    end: int
    total_num_uploads: int
    data: tuple[Upload, ...]
