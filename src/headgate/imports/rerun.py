"""Reading the source of an import again, as a new import."""

from __future__ import annotations

import uuid
from typing import Any, Literal

from headgate.db import Database
from headgate.errors import ConflictError, InvalidError, NotFoundError
from headgate.imports.models import FrozenSchema, Import
from headgate.imports.request import CreateRequest
from headgate.imports.service import ImportService
from headgate.schemas import SchemaService, checked_schema
from headgate.storage import BlobStore

WhichSchema = Literal["frozen", "current"]
"""The schema as the import had it, or the saved one as it is now."""


class RerunService:
    """Runs imports again."""

    def __init__(self, database: Database, store: BlobStore, schemas: SchemaService, imports: ImportService) -> None:
        self._database = database
        self._store = store
        self._schemas = schemas
        self._imports = imports

    def rerun(self, organization_id: uuid.UUID, import_id: uuid.UUID, which: WhichSchema) -> Import:
        """A new import of the same bytes, which runs at once. The old one stays as it is.

        What was decided in a review of the old one is not carried over. With `current`, settings and hooks that were
        sent with the old import are not applied: the saved schema counts alone.

        Raises NotFoundError, ConflictError when there is nothing to read again or no saved schema any more,
        InvalidError when the saved schema cannot be used.
        """
        row = self._imports.get(organization_id, import_id)
        source = row.source_key
        if source is None:
            raise ConflictError("Nothing was uploaded to this import, so there is nothing to run again.")
        schema_id, document = self._document(organization_id, row, which)
        settings = checked_schema(document["fields"], document["settings"], document["hooks"]).settings
        request = CreateRequest(
            schema_id,
            document,
            row.original_filename,
            None,
            row.user,
            settings.import_identifier,
            settings.max_file_size,
            settings.development_mode,
            "initial_data" if row.kind == "initial_data" else "file",
            rerun_of=row.id,
        )
        try:
            return self._imports.begin(organization_id, request, lambda key: self._store.copy(source, key))[0]
        except FileNotFoundError:
            raise ConflictError("The file of this import is not there any more. Create a new import with it.") from None

    def frozen(self, row: Import) -> dict[str, Any]:
        """The schema of an import as it had it: `{fields, settings, hooks}`. Raises NotFoundError."""
        with self._database.read() as session:
            found = session.get(FrozenSchema, row.frozen_schema_id)
        if found is None:
            raise NotFoundError
        document: dict[str, Any] = found.document
        return document

    def current(self, organization_id: uuid.UUID, row: Import) -> dict[str, Any] | None:
        """The saved schema of an import as it is now; None when there is none (any more)."""
        if row.schema_id is None:
            return None
        try:
            saved = self._schemas.get(organization_id, row.schema_id)
        except NotFoundError:
            return None
        settings = {key: value for key, value in (saved.settings or {}).items() if key != "initialData"}
        return {"fields": saved.fields, "settings": settings, "hooks": saved.hooks or {}}

    def _document(
        self, organization_id: uuid.UUID, row: Import, which: WhichSchema
    ) -> tuple[uuid.UUID | None, dict[str, Any]]:
        if which == "frozen":
            return row.schema_id, self.frozen(row)
        if which != "current":
            raise InvalidError({"schema": ["Expected frozen or current."]})
        current = self.current(organization_id, row)
        if current is None:
            raise ConflictError(
                "This import has no saved schema (any more). Run it again with the schema that it had: frozen."
            )
        return row.schema_id, current
