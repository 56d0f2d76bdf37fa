"""The forms of the imports API, for the OpenAPI and for readers."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from headgate.web.forms import ApiForm

StatusName = Literal["AWAITING_UPLOAD", "PENDING", "RUNNING", "NEEDS_REVIEW", "SUCCESSFUL", "FAILED"]


class User(ApiForm):
    """Who the import is for."""

    id: str | int
    name: str | int | None = None
    email: str | int | None = None
    companyId: str | int | None = None  # noqa: N815 - the name in the JSON
    companyName: str | int | None = None  # noqa: N815 - the name in the JSON


class ImportMetadata(ApiForm):
    """Facts of the caller's own."""

    user: User | None = None


class ImportCreate(ApiForm):
    """What to import: one of `schema_id` and `fields`, and one of `original_filename` and `initial_data`."""

    schema_id: str | None = Field(None, description="A saved schema.")
    fields: list[dict[str, Any]] | None = Field(None, description="Inline field definitions.")
    settings: dict[str, Any] | None = Field(
        None, description="With `schema_id`: merged over the saved ones, key by key. With `fields`: the settings."
    )
    hooks: dict[str, Any] | None = Field(None, description="As `settings`.")
    original_filename: str | None = Field(None, description="Name of the file that will be uploaded.")
    initial_data: list[dict[str, Any]] | list[list[Any]] | str | None = Field(
        None,
        description="The rows: objects by field key, lists in field order, or a string with such JSON. At most 15 MB.",
    )
    import_metadata: ImportMetadata | None = None


class ImportSummary(ApiForm):
    """An import as lists show it."""

    id: str
    schema_id: str | None = Field(description="Null for an inline schema.")
    status: StatusName
    original_filename: str | None
    created_date: str
    modified_date: str


class ImportFull(ImportSummary):
    """An import with everything."""

    upload: str | None = Field(description="Presigned URL for the file, while AWAITING_UPLOAD.")
    review_url: str | None = Field(description="Link for the person who must decide, while NEEDS_REVIEW.")
    result_metadata: dict[str, Any] | None = Field(description="What the outcome says about its rows, when SUCCESSFUL.")
    import_errors: list[dict[str, Any]] | None = Field(
        description="Why it FAILED or NEEDS_REVIEW: `{code, message, ...context}`."
    )


class ImportList(ApiForm):
    """A page of imports, newest first."""

    count: int
    next: str | None
    previous: str | None
    results: list[ImportSummary]


class ImportProgress(ApiForm):
    """How far a run is. `fraction` is 0–1, null where it cannot be known."""

    status: StatusName
    step: str | None
    fraction: float | None


class PresignedUrl(ApiForm):
    """A URL that is valid for 30 minutes and needs no key."""

    presigned_url: str


class RawUpload(ApiForm):
    """The file as it was sent."""

    filename: str | None
    storage_key: str | None


class RawUploadWithUrl(RawUpload):
    """The file as it was sent, and where to get it."""

    download_url: str | None


class Upload(ApiForm):
    """An import as the uploads API shows it."""

    id: str
    import_identifier: str | None
    raw_upload: RawUpload
    user: dict[str, Any] | None
    created_date: str
    upload_status: Literal["PENDING_UPLOAD", "PROCESSING", "PROCESSED", "FAILED"]
    total_num_rows: int | None
    invalid_row_indexes: list[int]
    errors: list[dict[str, Any]]
    storage_key: str | None
    field_order: list[str]


class UploadMetadata(Upload):
    """An upload with the URL of its original file."""

    raw_upload: RawUploadWithUrl


class UploadList(ApiForm):
    """Completed imports, newest first, from position `start` to before `end`."""

    start: int
    end: int
    total_num_uploads: int
    data: list[Upload]
