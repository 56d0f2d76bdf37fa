"""Tables of the imports."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from headgate.db import Base, JsonText, UtcDateTime
from headgate.nodes import Claimable
from headgate.storage.base import import_prefix


class FrozenSchema(Base):
    """The schema of imports as it was when they were created; imports with the same one share the row."""

    __tablename__ = "frozen_schemas"
    __table_args__ = (Index("uq_frozen_schemas_organization_id_digest", "organization_id", "digest", unique=True),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))
    digest: Mapped[str] = mapped_column(String(64))
    document: Mapped[Any] = mapped_column(JsonText)
    """`{fields, settings, hooks}`"""


_LOOK_THROUGH = (
    "organization_id",
    "created_at",
    "id",
    "status",
    "schema_id",
    "import_identifier",
    "development_mode",
    "original_filename",
    "rows_read",
    "rows_invalid",
)
"""All that lists search and sums count, in one index: the rows themselves are large, and a look at each would be slow."""


OUTCOME = "outcome"
_WAITING = text("queued_at IS NOT NULL AND run_node IS NULL")
_RUNNING = text("run_node IS NOT NULL")


def _there(part: str) -> Index:
    """For the sweep that deletes parts: those that are gone are not looked at again."""
    there = text(f"{part}_deleted_at IS NULL")
    return Index(
        f"ix_imports_{part}_there", "organization_id", "created_at", sqlite_where=there, postgresql_where=there
    )


class Import(Claimable, Base):
    """One import, from its creation to its end."""

    __tablename__ = "imports"
    __table_args__ = (
        Index("ix_imports_status_upload_expires_at", "status", "upload_expires_at"),
        Index("ix_imports_look_through", *_LOOK_THROUGH),
        Index("ix_imports_organization_id_status_created_at_id", "organization_id", "status", "created_at", "id"),
        Index("ix_imports_organization_id_schema_id_created_at_id", "organization_id", "schema_id", "created_at", "id"),
        Index("ix_imports_import_identifier_created_at_id", "organization_id", "import_identifier", "created_at", "id"),
        Index("ix_imports_organization_id_modified_at", "organization_id", "modified_at"),
        Index("ix_imports_waiting", "organization_id", "queued_at", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_imports_run_node", "run_node", sqlite_where=_RUNNING, postgresql_where=_RUNNING),
        *(_there(part) for part in ("source", "result", "review", "console")),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))
    schema_id: Mapped[uuid.UUID | None]
    """The saved schema that it came from, which may be gone; None for an inline schema."""
    frozen_schema_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("frozen_schemas.id"), index=True)
    status: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    """`file` or `initial_data`."""
    import_identifier: Mapped[str | None] = mapped_column(String)
    original_filename: Mapped[str | None] = mapped_column(String)
    source_key: Mapped[str | None] = mapped_column(String(255))
    """The blob of the accepted bytes; every upload writes one of its own, so a late one cannot change what runs."""
    development_mode: Mapped[bool] = mapped_column(default=False)
    """As the settings of its schema say."""
    rerun_of: Mapped[uuid.UUID | None]
    """The import whose source it read again, which may be gone."""
    sent: Mapped[Any] = mapped_column(JsonText, nullable=True, deferred=True)
    """`{settings, hooks}` as they were sent beside a saved schema; None for imports of before this was kept."""
    user: Mapped[Any] = mapped_column(JsonText, nullable=True)
    origin: Mapped[Any] = mapped_column(JsonText, nullable=True)
    """Where its file was fetched from, `{kind: "sftp", connector_id, hostname, path, size, changed_date}`; None when it was sent."""
    max_upload_size: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    modified_at: Mapped[datetime] = mapped_column(UtcDateTime)
    upload_expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    uploaded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When its file was complete; None for rows that came as JSON, and for imports of before this was noted."""
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When its first run began."""
    review_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was found to need a person."""
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    crashes: Mapped[int] = mapped_column(default=0)
    """How often a worker died while it ran this import."""
    starts: Mapped[int] = mapped_column(default=0)
    """How often a run began; more than one means that a server or a worker stopped during it."""
    review_epoch: Mapped[int] = mapped_column(default=0)
    """Part of every review link; counting it up revokes the links that are out."""
    submitted_seq: Mapped[int | None]
    """The entry of the review's log that submitted it; None while people may still change it."""
    queued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when there is work to do: a run, or the finish of a submitted review. None when nothing waits for a worker."""
    upload_node: Mapped[str | None] = mapped_column(String(80))
    """The process that is receiving its file."""
    outcome: Mapped[str | None] = mapped_column(String(60))
    """Where among its blobs its outcome stands: each run has a folder of its own. None for OUTCOME."""
    outcome_begun: Mapped[str | None] = mapped_column(String(60))
    """The same of a run that has not ended: what a killed one may have left, the next removes."""
    has_result: Mapped[bool] = mapped_column(default=False)
    progress: Mapped[Any] = mapped_column(JsonText, nullable=True)
    """`{step, fraction}` of the running job."""
    import_errors: Mapped[Any] = mapped_column(JsonText, nullable=True)
    counts: Mapped[Any] = mapped_column(JsonText, nullable=True)
    """The `rows` part of the decisions."""
    rows_read: Mapped[int | None] = mapped_column(BigInteger)
    rows_invalid: Mapped[int | None] = mapped_column(BigInteger)
    """Two of the counts, for lists and sums."""
    result_metadata: Mapped[Any] = mapped_column(JsonText, nullable=True, deferred=True)
    """Without `id`, `user` and `decisions`."""
    decisions: Mapped[Any] = mapped_column(JsonText, nullable=True, deferred=True)
    no_room_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when its run waits for room on the disk; it may have found some meanwhile."""
    traceparent: Mapped[str | None] = mapped_column(String(55))
    """Its place in a trace: that of the request that created it, or, where this installation traces, a span of its own."""
    source_deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    result_deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    review_deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    console_deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When parts of it were deleted, because they are not kept as long as the import."""
    recipe: Mapped[Any] = mapped_column(JsonText, nullable=True, deferred=True)
    """The recipe that it was begun with, `{id, version, document}`: it stays the same for its review and its end."""


OUTCOME_COLUMNS = ("result_metadata", "decisions")
"""Those that say in full what came of an import. They may be long, so most looks leave them out."""


def outcome_prefix(row: Import) -> str:
    """Below which the files of an import's outcome stand."""
    return f"{import_prefix(row.id)}/{row.outcome or OUTCOME}"


class IdempotencyKey(Base):
    """A creating request that may be sent again."""

    __tablename__ = "idempotency_keys"

    organization_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organizations.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    import_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"), index=True)
    body_digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class OrganizationTurn(Base):
    """When an organization last got a worker: whoever waits longest is next."""

    __tablename__ = "organization_turns"

    organization_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organizations.id", ondelete="CASCADE"), primary_key=True
    )
    served_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LentPart(Base):
    """A part of a large import that a process without its disk may make, of files in the store."""

    __tablename__ = "lent_parts"

    import_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    folder: Mapped[str] = mapped_column(String(40))
    """Of its files, below those of the import; another one for each run."""
    loan: Mapped[str] = mapped_column(String(40), unique=True)
    """Another one for each time that it is lent: what is written about it depends on that."""
    version: Mapped[str] = mapped_column(String(40))
    """Of headgate: another one would make other files."""
    owner: Mapped[str] = mapped_column(String(80))
    """The process that runs the import."""
    node: Mapped[str | None] = mapped_column(String(80))
    """The process that makes it; None when nobody does."""
    made: Mapped[bool]
    """Whether it lies in the store, to be fetched by the owner."""
