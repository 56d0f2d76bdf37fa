"""What may happen to saved schemas."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from headgate.db import Database, Statement, utc_now
from headgate.db.base import dump_json
from headgate.errors import InvalidError, NotFoundError, OutdatedError
from headgate.message import Message
from headgate.records import dataclass
from headgate.schema import Schema, SchemaError, parse_schema
from headgate.schema.problems import Problems
from headgate.schema.schema import parse_hooks
from headgate.schemas.authors import Author
from headgate.schemas.hooks import hook_problems
from headgate.schemas.models import SchemaRow, SchemaVersion
from headgate.schemas.versions import (
    SchemaVersions,
    current_version,
    document_of,
    keep_version,
    newest_version,
    newest_versions,
)

MAX_NAME = 255

_SCHEMAS, _VERSIONS = SchemaRow.__table__, SchemaVersion.__table__
_SAVED = Statement(
    select(
        _SCHEMAS,
        select(func.max(_VERSIONS.c.version))
        .where(_VERSIONS.c.schema_id == _SCHEMAS.c.id)
        .scalar_subquery()
        .label("version"),
    ).where(_SCHEMAS.c.id == bindparam("of_id"), _SCHEMAS.c.organization_id == bindparam("of_organization"))
)


@dataclass(frozen=True)
class SavedSchema:
    """A schema exactly as it was sent."""

    id: uuid.UUID
    name: str
    fields: Any
    settings: Any
    hooks: Any
    version: int
    """The number of this state among the versions."""

    def to_json(self) -> dict[str, Any]:
        """The form of the API."""
        return {
            "id": str(self.id),
            "name": self.name,
            "fields": self.fields,
            "settings": self.settings,
            "hooks": self.hooks,
        }


class SchemaService:
    """Saved schemas of an organization."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.versions = SchemaVersions(database)

    def create(self, organization_id: uuid.UUID, body: dict[str, Any], author: Author | None = None) -> SavedSchema:
        """Save a schema as its first version. Raises InvalidError with every problem."""
        values = _checked(body)
        now = utc_now()
        row = SchemaRow(id=uuid.uuid4(), organization_id=organization_id, created_at=now, modified_at=now, **values)
        try:
            with self._database.write() as session:
                session.add(row)
                session.flush()
                keep_version(session, row, author)
        except IntegrityError:
            raise InvalidError(_name_is_taken(values["name"])) from None
        return _saved(row, 1)

    def all(self, organization_id: uuid.UUID) -> list[SavedSchema]:
        """All schemas by name."""
        query = select(SchemaRow).where(SchemaRow.organization_id == organization_id)
        with self._database.read() as session:
            versions = newest_versions(session, organization_id)
            # Sorted here, because each database has its own opinion of the order of texts.
            rows = sorted(session.scalars(query), key=lambda row: row.name)
            return [_saved(row, versions.get(row.id, 0)) for row in rows]

    def get(self, organization_id: uuid.UUID, schema_id: uuid.UUID) -> SavedSchema:
        """One schema. Raises NotFoundError."""
        row = self._database.ask(_SAVED, of_id=schema_id, of_organization=organization_id).first()
        if row is None:
            raise NotFoundError
        return SavedSchema(row.id, row.name, row.fields, row.settings, row.hooks, row.version or 0)

    def update(
        self,
        organization_id: uuid.UUID,
        schema_id: uuid.UUID,
        body: dict[str, Any],
        author: Author | None = None,
        restored_from: int | None = None,
        based_on: Collection[int] | None = None,
    ) -> SavedSchema:
        """Replace a schema, keeping the former state as a version; a body that changes nothing makes none. Imports that
        exist keep the one they began with.

        `based_on`: versions that may be replaced; any when it is None. What is saved already needs no permission, so that a
        request whose answer was lost can be sent again (RFC 9110, section 13.1.1). Raises NotFoundError, InvalidError,
        OutdatedError.
        """
        self.get(organization_id, schema_id)
        values = _checked(body)
        try:
            with self._database.write() as session:
                # Locked, because two who save at once must not take the same number.
                row = session.get(SchemaRow, schema_id, with_for_update=True)
                if row is None:
                    raise NotFoundError
                if dump_json(document_of(row)) != dump_json(values):
                    _refuse_outdated(session, schema_id, based_on)
                    for name, value in values.items():
                        setattr(row, name, value)
                    row.modified_at = utc_now()
                    session.flush()
                    keep_version(session, row, author, restored_from)
                return _saved(row, newest_version(session, schema_id))
        except IntegrityError:
            raise InvalidError(_name_is_taken(values["name"])) from None

    def restore(
        self,
        organization_id: uuid.UUID,
        schema_id: uuid.UUID,
        version: int,
        author: Author | None = None,
        based_on: Collection[int] | None = None,
    ) -> SavedSchema:
        """Save the state of an old version again, as the newest one. Raises NotFoundError; InvalidError when what was a
        schema then cannot be one any more, or its name is taken; OutdatedError as `update` does."""
        document = self.versions.document(organization_id, schema_id, version)
        return self.update(organization_id, schema_id, document, author, restored_from=version, based_on=based_on)

    def delete(self, organization_id: uuid.UUID, schema_id: uuid.UUID, based_on: Collection[int] | None = None) -> None:
        """Remove a schema. Its imports stay. Raises NotFoundError; OutdatedError when its version is none of `based_on`."""
        self.get(organization_id, schema_id)
        with self._database.write() as session:
            if based_on is not None and session.get(SchemaRow, schema_id, with_for_update=True) is not None:
                _refuse_outdated(session, schema_id, based_on)
            removed = session.execute(
                delete(SchemaRow)
                .where(SchemaRow.id == schema_id, SchemaRow.organization_id == organization_id)
                .returning(SchemaRow.id)
            ).all()
        if not removed:
            raise NotFoundError


def checked_schema(fields: Any, settings: Any, hooks: Any, *, saved: bool = False) -> Schema:
    """The schema; its hooks parse as functions. Raises InvalidError."""
    try:
        schema = parse_schema(fields, settings, hooks, saved=saved)
    except SchemaError as error:
        parsed = parse_hooks(hooks, Problems())
        raise InvalidError(error.problems | (hook_problems(parsed) if parsed is not None else {})) from None
    problems = hook_problems(schema.hooks)
    if "\0" in (schema.settings.import_identifier or ""):
        problems = problems | {"settings.importIdentifier": ["A NUL character cannot stand in a name."]}
    if problems:
        raise InvalidError(problems)
    return schema


def schema_problems(body: dict[str, Any]) -> dict[str, list[str]]:
    """What keeps a schema from being saved, by path: everything but whether its name is free."""
    try:
        _checked(body)
    except InvalidError as error:
        return dict(error.problems)
    return {}


def _checked(body: dict[str, Any]) -> dict[str, Any]:
    problems: dict[str, list[str]] = {}
    name = body.get("name")
    if name is None:
        problems["name"] = ["This key is required."]
    elif not isinstance(name, str):
        problems["name"] = ["Expected a string."]
    elif not name.strip() or len(name) > MAX_NAME or "\0" in name:
        problems["name"] = [Message("Expected 1 to {count} characters.", count=MAX_NAME)]
    if body.get("settings") is None:
        problems["settings"] = ["This key is required."]
    try:
        checked_schema(body.get("fields"), body.get("settings"), body.get("hooks"), saved=True)
    except InvalidError as error:
        found = dict(error.problems)
        if "settings" in problems:
            found.pop("settings.importIdentifier", None)
        problems |= found
    if problems:
        raise InvalidError(problems)
    hooks = body.get("hooks")
    return {
        "name": name,
        "fields": body["fields"],
        "settings": body["settings"],
        "hooks": {} if hooks is None else hooks,
    }


def _name_is_taken(name: str) -> dict[str, list[str]]:
    return {"name": [Message('A schema with the name "{name}" already exists. Choose another name.', name=name[:80])]}


def _refuse_outdated(session: Session, schema_id: uuid.UUID, based_on: Collection[int] | None) -> None:
    """Raises OutdatedError unless the newest version is one of these. The schema's row must be locked."""
    if based_on is None or newest_version(session, schema_id) in based_on:
        return
    raise OutdatedError(
        "This schema was saved by somebody else meanwhile; nothing was changed. Look at the version that is there now, and "
        "base the request on it to go on.",
        current_version(session, schema_id),
    )


def _saved(row: SchemaRow, version: int) -> SavedSchema:
    return SavedSchema(row.id, row.name, row.fields, row.settings, row.hooks, version)
