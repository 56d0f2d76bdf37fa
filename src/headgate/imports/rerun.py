"""Reading the source of an import again, as a new import."""

from __future__ import annotations

import uuid
from typing import Any, Literal

from sqlalchemy import select

from headgate.db import Database
from headgate.errors import ConflictError, DeletedError, FileMissingError, InvalidError, NotFoundError
from headgate.imports.models import FrozenSchema, Import
from headgate.imports.request import CreateRequest, laid_over
from headgate.imports.service import ImportService
from headgate.records import dataclass
from headgate.schemas import SchemaService, checked_schema
from headgate.storage import BlobStore

NOT_KEPT = "The file of this import was deleted, because it is not kept any longer. Create a new import with it."
WhichSchema = Literal["frozen", "current"]
"""The schema as the import had it, or the saved one as it is now."""


@dataclass(frozen=True)
class Rerun:
    """A new import of the same bytes. `used`: `{schema, version, settings, hooks}`, see docs/api.md."""

    row: Import
    used: dict[str, Any]


class RerunService:
    """Runs imports again."""

    def __init__(self, database: Database, store: BlobStore, schemas: SchemaService, imports: ImportService) -> None:
        self._database = database
        self._store = store
        self._schemas = schemas
        self._imports = imports

    def rerun(self, organization_id: uuid.UUID, import_id: uuid.UUID, which: WhichSchema) -> Rerun:
        """A new import of the same bytes, which runs at once. The old one stays as it is.

        What was decided in a review of the old one is not carried over. With `current`, settings and hooks that were
        sent with the old import are laid over the saved schema as it is now, as when the old one was created.

        Raises NotFoundError, DeletedError when its file was deleted, FileMissingError when it vanished, ConflictError when it never
        had one or has no saved schema any more, InvalidError when the saved schema cannot be used.
        """
        row = self._imports.get(organization_id, import_id)
        source = row.source_key
        if row.source_deleted_at is not None:
            raise DeletedError(NOT_KEPT)
        if source is None:
            raise ConflictError("Nothing was uploaded to this import, so there is nothing to run again.")
        document, used = self._document(organization_id, row, which)
        settings = checked_schema(document["fields"], document["settings"], document["hooks"]).settings
        request = CreateRequest(
            row.schema_id,
            document,
            row.original_filename,
            None,
            row.user,
            settings.import_identifier,
            settings.max_file_size,
            settings.development_mode,
            "initial_data" if row.kind == "initial_data" else "file",
            sent=self._sent(row),
            rerun_of=row.id,
        )
        try:
            return Rerun(
                self._imports.begin(organization_id, request, lambda key: self._store.copy(source, key))[0], used
            )
        except FileNotFoundError:
            raise FileMissingError(source) from None

    def frozen(self, row: Import) -> dict[str, Any]:
        """The schema of an import as it had it: `{fields, settings, hooks}`. Raises NotFoundError."""
        with self._database.read() as session:
            found = session.get(FrozenSchema, row.frozen_schema_id)
        if found is None:
            raise NotFoundError
        document: dict[str, Any] = found.document
        return document

    def current(self, organization_id: uuid.UUID, row: Import) -> dict[str, Any] | None:
        """The schema that an import would have now; None when its saved one is not there (any more)."""
        found = self._current(organization_id, row)
        return None if found is None else found[0]

    def used(self, row: Import) -> dict[str, list[str] | None]:
        """The keys of settings and hooks that were sent with an import; null where that is not known."""
        sent = self._sent(row)
        return {part: None if sent is None else sorted(sent[part]) for part in ("settings", "hooks")}

    def _sent(self, row: Import) -> dict[str, Any] | None:
        with self._database.read() as session:
            found: dict[str, Any] | None = session.scalar(select(Import.sent).where(Import.id == row.id))
        return found

    def _current(self, organization_id: uuid.UUID, row: Import) -> tuple[dict[str, Any], int] | None:
        """The schema, and its version."""
        if row.schema_id is None:
            return None
        try:
            saved = self._schemas.get(organization_id, row.schema_id)
        except NotFoundError:
            return None
        document = laid_over(saved, self._sent(row) or {})
        document["settings"].pop("initialData", None)
        return document, saved.version

    def _document(
        self, organization_id: uuid.UUID, row: Import, which: WhichSchema
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """The schema, and what is told of it."""
        used: dict[str, Any] = {"schema": which, "version": None, **self.used(row)}
        if which == "frozen":
            return self.frozen(row), used
        if which != "current":
            raise InvalidError({"schema": ["Expected frozen or current."]})
        current = self._current(organization_id, row)
        if current is None:
            raise ConflictError(
                "This import has no saved schema (any more). Run it again with the schema that it had: frozen."
            )
        return current[0], used | {"version": current[1]}
