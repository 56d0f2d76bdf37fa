"""The versions of saved schemas: every state that was ever saved."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from headgate.db import Database, iso, utc_now
from headgate.errors import NotFoundError
from headgate.schemas.authors import Author, AuthorNames
from headgate.schemas.difference import Change, Document, difference
from headgate.schemas.models import SchemaRow, SchemaVersion

PARTS = ("name", "fields", "settings", "hooks")


def keep_version(session: Session, row: SchemaRow, author: Author | None, restored_from: int | None = None) -> None:
    """Note the state that a schema has in this transaction as its newest version. The schema's row must be locked."""
    session.add(
        SchemaVersion(
            schema_id=row.id,
            version=newest_version(session, row.id) + 1,
            organization_id=row.organization_id,
            created_at=utc_now(),
            author_kind=None if author is None else author.kind,
            author_id=None if author is None else author.id,
            restored_from=restored_from,
            **{part: getattr(row, part) for part in PARTS},
        )
    )


class SchemaVersions:
    """Looking at versions. All methods raise NotFoundError for what the organization does not have."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(
        self, organization_id: uuid.UUID, schema_id: uuid.UUID, offset: int, limit: int
    ) -> tuple[int, list[dict[str, Any]]]:
        """How many there are, and a page of them as JSON, newest first."""
        own = (SchemaVersion.schema_id == schema_id, SchemaVersion.organization_id == organization_id)
        query = select(SchemaVersion).where(*own).order_by(SchemaVersion.version.desc()).offset(offset).limit(limit)
        with self._database.read() as session:
            count = session.scalar(select(func.count()).select_from(SchemaVersion).where(*own)) or 0
            if not count:
                raise NotFoundError
            rows = list(session.scalars(query))
            names = AuthorNames(session, [row.author_id for row in rows])
        return count, [_json(row, names) for row in rows]

    def get(self, organization_id: uuid.UUID, schema_id: uuid.UUID, version: int) -> dict[str, Any]:
        """One version with its schema, as JSON."""
        row, names = self._find(organization_id, schema_id, version)
        return _json(row, names) | document_of(row)

    def difference(
        self, organization_id: uuid.UUID, schema_id: uuid.UUID, version: int, before: int | None = None
    ) -> list[Change]:
        """What a version changed against version `before`, else against the one before it."""
        row, _ = self._find(organization_id, schema_id, version)
        if before is None and version == 1:
            return []
        former, _ = self._find(organization_id, schema_id, version - 1 if before is None else before)
        return difference(document_of(former), document_of(row))

    def document(self, organization_id: uuid.UUID, schema_id: uuid.UUID, version: int) -> Document:
        """The schema as that version has it."""
        return document_of(self._find(organization_id, schema_id, version)[0])

    def _find(
        self, organization_id: uuid.UUID, schema_id: uuid.UUID, version: int
    ) -> tuple[SchemaVersion, AuthorNames]:
        whole = [undefer(SchemaVersion.fields), undefer(SchemaVersion.settings), undefer(SchemaVersion.hooks)]
        with self._database.read() as session:
            row = session.get(SchemaVersion, (schema_id, version), options=whole)
            if row is None or row.organization_id != organization_id:
                raise NotFoundError
            return row, AuthorNames(session, [row.author_id])


def document_of(row: SchemaRow | SchemaVersion) -> Document:
    """`{name, fields, settings, hooks}`."""
    return {part: getattr(row, part) for part in PARTS}


def newest_version(session: Session, schema_id: uuid.UUID) -> int:
    """The number of the state that the schema has; 0 when it was never saved."""
    return session.scalar(select(func.max(SchemaVersion.version)).where(SchemaVersion.schema_id == schema_id)) or 0


def newest_versions(session: Session, organization_id: uuid.UUID) -> dict[uuid.UUID, int]:
    """The same of all schemas of an organization, by their id."""
    newest = select(SchemaVersion.schema_id, func.max(SchemaVersion.version)).group_by(SchemaVersion.schema_id)
    return dict(session.execute(newest.where(SchemaVersion.organization_id == organization_id)).tuples().all())


def current_version(session: Session, schema_id: uuid.UUID) -> dict[str, Any]:
    """The newest version as lists show it: when it was saved, by whom."""
    query = select(SchemaVersion).where(SchemaVersion.schema_id == schema_id).order_by(SchemaVersion.version.desc())
    row = session.scalars(query.limit(1)).one()
    return _json(row, AuthorNames(session, [row.author_id]))


def _json(row: SchemaVersion, names: AuthorNames) -> dict[str, Any]:
    return {
        "version": row.version,
        "created_date": iso(row.created_at),
        "created_by": names.shown(row.author_kind, row.author_id),
        "restored_from": row.restored_from,
    }
