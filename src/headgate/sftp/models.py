"""Tables of the SFTP connectors: how to get in, what to look for and when, each look, and every file that was taken."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from headgate.db import Base, JsonText, UtcDateTime


class AuthType(StrEnum):
    """How the service proves who it is."""

    PASSWORD = "PASSWORD"
    KEY = "KEY"


class RunState(StrEnum):
    """Where a run stands."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


OPEN_RUNS = (RunState.QUEUED, RunState.RUNNING)


class FileState(StrEnum):
    """What became of one version of a file."""

    IMPORTED = "imported"
    REFUSED = "refused"
    """It cannot be imported as it is, so it is not fetched again until it changes."""


class SftpCredentials(Base):
    """A server, and how to get in."""

    __tablename__ = "sftp_credentials"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    hostname: Mapped[str] = mapped_column(String(255))
    port: Mapped[int]
    user: Mapped[str] = mapped_column(Text)
    auth_type: Mapped[str] = mapped_column(String(10))
    sealed_secret: Mapped[str] = mapped_column(Text, deferred=True)
    """The password or private key, encrypted."""
    key_fingerprint: Mapped[str | None] = mapped_column(String(80))
    """Of the public half of the private key, as OpenSSH writes it; None with a password."""
    host_key: Mapped[str | None] = mapped_column(Text)
    """The server's key in OpenSSH's form, as it was at the first connection; None before that."""
    offered_host_key: Mapped[str | None] = mapped_column(Text)
    """Another key that the server showed since, and that nobody has accepted."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    modified_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SftpConnector(Base):
    """A directory whose files become imports of a schema."""

    __tablename__ = "sftp_connectors"
    __table_args__ = (Index("ix_sftp_connectors_enabled_next_run_at", "enabled", "next_run_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    credentials_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sftp_credentials.id"), index=True)
    schema_id: Mapped[uuid.UUID]
    """The saved schema, which may be gone: then a run says so."""
    schedule: Mapped[Any] = mapped_column(JsonText)
    directory: Mapped[str] = mapped_column(Text)
    file_regex: Mapped[str | None] = mapped_column(Text)
    enabled: Mapped[bool]
    next_run_at: Mapped[datetime] = mapped_column(UtcDateTime)
    run_id: Mapped[uuid.UUID | None]
    """The run that has not ended. There is never a second one."""
    failures: Mapped[int] = mapped_column(default=0)
    """Runs that failed since the last one that did not."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    modified_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SftpRun(Base):
    """One look into the directory of a connector."""

    __tablename__ = "sftp_runs"
    __table_args__ = (
        Index("ix_sftp_runs_connector_id_created_at_id", "connector_id", "created_at", "id"),
        Index("ix_sftp_runs_state_lease_until", "state", "lease_until"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    connector_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sftp_connectors.id", ondelete="CASCADE"))
    trigger: Mapped[str] = mapped_column(String(10))
    """`schedule` or `manual`."""
    state: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease: Mapped[uuid.UUID | None]
    """Which process runs it; any may after `lease_until`."""
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    found: Mapped[int] = mapped_column(default=0)
    """Entries of the directory."""
    imported: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[Any] = mapped_column(JsonText)
    """Reason → how many entries were left alone for it."""
    left: Mapped[Any] = mapped_column(JsonText)
    """The first of them that people may ask about: `[{name, reason}]`."""
    problem: Mapped[str | None] = mapped_column(String(40))
    """Why it failed: a code of errors.md, "SFTP"."""


class SftpFile(Base):
    """A version of a file that was dealt with: the same path, size and time of change are never taken twice."""

    __tablename__ = "sftp_files"
    __table_args__ = (Index("uq_sftp_files_connector_id_version", "connector_id", "version", unique=True),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    connector_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sftp_connectors.id", ondelete="CASCADE"))
    version: Mapped[str] = mapped_column(String(64))
    """SHA-256 of path, size and time of change, because a path may be any bytes."""
    path: Mapped[str] = mapped_column(Text)
    """As people read it."""
    size: Mapped[int] = mapped_column(BigInteger)
    changed_at: Mapped[int] = mapped_column(BigInteger)
    """The server's time of change, seconds since 1970: compared with itself only, never with our clock."""
    state: Mapped[str] = mapped_column(String(10))
    problem: Mapped[str | None] = mapped_column(String(40))
    import_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("imports.id", ondelete="SET NULL"), index=True)
    run_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("sftp_runs.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
