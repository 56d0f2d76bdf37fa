"""The forms of the dashboard's API, for the OpenAPI and the pages."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from headgate.imports.forms import StatusName, User
from headgate.retention.forms import OrganizationRetentionWrite
from headgate.web.forms import ApiForm


class SchemaName(ApiForm):
    """The saved schema of an import."""

    id: str
    name: str | None = Field(description="Null when it was deleted.")


class RunProgress(ApiForm):
    """How far a run is."""

    step: str
    fraction: float | None = Field(description="0–1; null where it cannot be known.")


class ListedImport(ApiForm):
    """An import as the dashboard lists it."""

    id: str
    status: StatusName
    kind: Literal["file", "initial_data"]
    original_filename: str | None
    saved_schema: SchemaName | None = Field(description="Null for an inline schema.")
    import_identifier: str | None
    development_mode: bool
    rows: int | None = Field(description="Rows that were read; null until it is known.")
    rows_with_errors: int | None
    created_date: str
    modified_date: str
    started_date: str | None
    duration_ms: int | None = Field(description="How long the run took, without the time that people took.")
    progress: RunProgress | None = Field(description="While RUNNING, and only after the first second.")
    submitting: bool = Field(description="A person has submitted the review, and it is being finished.")


class ImportPage(ApiForm):
    """A page of imports, newest first."""

    results: list[ListedImport]
    next: str | None = Field(description="`cursor` of the following page; null at the end.")
    searched_to: str | None = Field(
        description="The page ended before it was full, because enough imports were looked through: so far back. "
        "Go on with `next`."
    )


class TimelineEntry(ApiForm):
    """Something that happened to an import."""

    event: Literal["created", "uploaded", "started", "needs_review", "changed", "submitted", "succeeded", "failed"]
    date: str
    count: int | None = Field(None, description="Of `changed`: how often people changed something, the last time then.")


class Reason(ApiForm):
    """Why an import failed or needs a person."""

    code: str
    text: str = Field(description="In the language that was asked for.")


class Downloads(ApiForm):
    """What can be downloaded, and where its presigned URL is asked for."""

    source: bool = Field(description="`/api/v1/upload/{id}/metadata/` has its URL.")
    result: bool = Field(description="`/api/v1/headless/imports/{id}/url/` has its URL.")
    errors: bool = Field(description="`/api/v1/headless/imports/{id}/errors/` has its URL.")
    console: bool = Field(description="`/api/v1/headless/imports/{id}/console/` has its URL.")


class DeletedParts(ApiForm):
    """When parts of an import were deleted, because they are not kept as long as the import; null: they were not."""

    source: str | None
    result: str | None
    review: str | None
    console: str | None


class SentKeys(ApiForm):
    """Which settings and hooks were sent with an import; they count in a run with the saved schema of now as well."""

    settings: list[str] | None = Field(description="Keys; null for imports of before this was kept.")
    hooks: list[str] | None


class UsedSchema(SentKeys):
    """Which schema a new run has. Of `settings` and `hooks`: the keys that were sent with the old import and applied again."""

    schema_used: Literal["frozen", "current"] = Field(alias="schema")
    version: int | None = Field(description="Of the saved schema, when it is taken as it is now.")


class Rerun(ApiForm):
    """With which schemas an import can be run again."""

    frozen: bool
    current: bool = Field(description="The saved schema is there and is another than the import had.")
    sent: SentKeys


class Origin(ApiForm):
    """Where the file of an import was fetched from."""

    kind: Literal["sftp"]
    connector_id: str = Field(description="The connector, which may be gone.")
    hostname: str
    path: str
    size: int
    changed_date: str | None = Field(description="The server's time of change.")


class ImportDetail(ListedImport):
    """One import, with its story."""

    user: User | None
    rerun_of: str | None = Field(description="The import whose source it read again.")
    origin: Origin | None = Field(description="Null when its file was sent to the service.")
    review_url: str | None = Field(description="While NEEDS_REVIEW.")
    timeline: list[TimelineEntry] = Field(description="Oldest first.")
    restarts: int = Field(description="How often its run had to begin again, because a server or worker stopped.")
    reasons: list[Reason]
    counts: dict[str, int] = Field(description="The `rows` part of the decisions.")
    error_count: int | None = Field(description="Errors in all.")
    labels: dict[str, str] = Field(description="Key of a field → its label.")
    decisions: dict[str, Any] | None = Field(
        description="As in the result metadata; entries of `evidence`, `warnings` and `autofixes` have a `text` too."
    )
    downloads: Downloads
    deleted: DeletedParts
    recipe_offered: bool = Field(
        description="It was reviewed and finished, so what people did can be kept as a recipe for the next file."
    )
    rerun: Rerun


class RerunImport(ListedImport):
    """The new import, and what it is run with."""

    used: UsedSchema


class RerunWrite(ApiForm):
    """How to run an import again."""

    schema_used: Literal["frozen", "current"] = Field(
        "frozen", alias="schema", description="The schema as the import had it, or the saved one as it is now."
    )


class ImportIssue(ApiForm):
    """An error, warning or note about a cell or row."""

    rowIndex: int | None = None  # noqa: N815 - the name in the JSON
    fieldKey: str | None = None  # noqa: N815 - the name in the JSON
    message: str | None = None
    value: Any = None
    level: str | None = None
    code: str | None = None
    sourceRow: int | None = Field(None, description="Number of the record in the file, counted from 1.")  # noqa: N815 - the name in the JSON
    manyToOneIndex: int | None = None  # noqa: N815 - the name in the JSON


class IssuePage(ApiForm):
    """A page of issues, in the order of the rows."""

    results: list[ImportIssue]
    next: str | None = Field(description="`cursor` of the following page, which may be shorter; null at the end.")


class ConsoleLine(ApiForm):
    """What a hook wrote."""

    level: str | None = None
    text: str | None = None
    hook: str | None = None
    position: int | None = None
    row: int | None = None


class ConsolePage(ApiForm):
    """A page of the hooks' console, oldest first."""

    results: list[ConsoleLine]
    next: str | None = Field(description="`cursor` of the following page; null at the end.")


class DaySummary(ApiForm):
    """The imports that were created on one day (UTC)."""

    day: str
    statuses: dict[StatusName, int]
    rows: int
    rows_with_errors: int


class ImportSums(ApiForm):
    """What happened lately, and what stands where."""

    days: list[DaySummary] = Field(description="Every day of the period, oldest first.")
    standing: dict[StatusName, int] = Field(description="Imports that wait for something now, however old.")


class DatabaseHealth(ApiForm):
    """The database."""

    ok: bool
    kind: str
    milliseconds: float | None
    size: int | None = Field(description="Bytes; of SQLite only.")


class DiskHealth(ApiForm):
    """The disk of the data directory, in bytes."""

    total: int
    free: int
    low: bool = Field(description="Less than a twentieth, or than the largest upload, is free.")


class WorkerHealth(ApiForm):
    """The worker processes of this server."""

    size: int
    busy: int


class QueueHealth(ApiForm):
    """Imports that wait and run, of all organizations."""

    waiting: int
    running: int
    oldest_date: str | None = Field(description="When the one that waits longest was created.")


class DeliveryHealth(ApiForm):
    """Deliveries of webhooks, of all organizations."""

    due: int
    dead: int


class Health(ApiForm):
    """Whether the service is well."""

    ok: bool
    version: str
    uptime_seconds: int
    database: DatabaseHealth
    disk: DiskHealth
    workers: WorkerHealth
    queue: QueueHealth
    webhooks: DeliveryHealth


class ConfigurationEntry(ApiForm):
    """One of the operator's settings."""

    name: str
    environment: str
    description: str
    value: Any = Field(description="Null for a secret.")
    default: Any
    secret: bool
    set: bool = Field(description="Whether it is another than the default.")


class SettingsWrite(OrganizationRetentionWrite):
    """What an organization decides for itself."""


class SettingsView(SettingsWrite):
    """The organization's settings, and the operator's, which hold for all."""

    modified_date: str | None
    configuration: list[ConfigurationEntry]


BODIES: tuple[type[BaseModel], ...] = (RerunWrite, SettingsWrite)
