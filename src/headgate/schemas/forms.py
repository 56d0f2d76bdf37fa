"""What the API of saved schemas takes and answers."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from headgate.web import Detail
from headgate.web.forms import ApiForm


class SchemaWrite(ApiForm):
    """A schema to save."""

    name: str = Field(description="Unique in the organization.")
    fields: list[dict[str, Any]] = Field(description="The fields; see the schema reference.")
    settings: dict[str, Any] = Field(description="The settings; `importIdentifier` is required.")
    hooks: dict[str, Any] | None = Field(None, description="JavaScript hooks by kind.")


class SchemaObject(SchemaWrite):
    """A saved schema, exactly as it was sent."""

    id: str
    hooks: dict[str, Any] | None


class AuthorForm(ApiForm):
    """Who saved or started something. `name` is null when the key or person is gone."""

    kind: Literal["user", "key", "system"]
    name: str | None


class Version(ApiForm):
    """A state of a schema as it was saved."""

    version: int
    created_date: str
    created_by: AuthorForm | None = Field(description="Null for states from before this was kept.")
    restored_from: int | None = Field(description="The version that was saved again.")


class OutdatedSchema(Detail):
    """Somebody else saved the schema since the version that the request is based on. Nothing was done."""

    current: Version = Field(description="The version that is there now; its `ETag` is in the header.")
