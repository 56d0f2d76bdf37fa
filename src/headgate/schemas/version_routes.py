"""`/api/v1/schemas/{schema_id}/versions/` and what is different (docs/studio-api.md, "Versions")."""

from __future__ import annotations

import uuid
from typing import Any

from fastapi import Query, Request, Response
from pydantic import Field

from headgate.accounts.audit import Action
from headgate.accounts.auth import Caller, record, requires
from headgate.accounts.scopes import Scope
from headgate.errors import NotFoundError
from headgate.schemas.authors import Author
from headgate.schemas.changes import Change
from headgate.schemas.difference import difference
from headgate.schemas.forms import OutdatedSchema, SchemaObject, Version
from headgate.schemas.routes import answer
from headgate.schemas.service import SavedSchema, SchemaService
from headgate.texts import ServiceTexts
from headgate.web import (
    AT_LEAST_0,
    AT_LEAST_1,
    IfMatch,
    JsonAnswer,
    based_on,
    errors,
    json_body,
    language_of,
    object_id,
    outdated,
    page_of,
    read_json,
)
from headgate.web.forms import ApiForm
from headgate.web.late_routes import late_router
from headgate.web.threads import in_thread

router = late_router(prefix="/api/v1/schemas/{schema_id}", tags=["schemas"])

OffsetQuery = Query("0", description="How many of the newest to leave out.", json_schema_extra=AT_LEAST_0)
LimitQuery = Query("100", description="How many to give, at most 1000.", json_schema_extra=AT_LEAST_1)
FromQuery = Query(None, alias="from", description="The version to compare with; else the one before it.")
MAX_DIGITS = 9


class VersionList(ApiForm):
    """A page of versions, newest first."""

    count: int
    next: str | None
    previous: str | None
    results: list[Version]


class VersionFull(Version):
    """A version with its schema."""

    name: str
    fields: list[dict[str, Any]]
    settings: dict[str, Any]
    hooks: dict[str, Any]


class ChangeForm(ApiForm):
    """One difference between two schemas."""

    code: str
    text: str = Field(description="A sentence; in English, but for the pages of the service.")
    parameters: dict[str, Any] = Field(description="What the sentence names.")
    path: str = Field(description="Where it stands, such as `fields[2].type`; of what was removed its place before.")
    field: str | None = Field(description="Key of the field that it is about.")
    before: Any
    after: Any


class Difference(ApiForm):
    """What is different between two schemas; empty when nothing is."""

    changes: list[ChangeForm]


class DraftWrite(ApiForm):
    """A schema that is not saved and need not be valid."""

    name: str | None = None
    fields: list[dict[str, Any]] | None = None
    settings: dict[str, Any] | None = None
    hooks: dict[str, Any] | None = None


def _service(request: Request) -> SchemaService:
    service: SchemaService = request.app.state.schemas
    return service


@router.get("/versions/", summary="List versions", response_model=VersionList, responses=errors(400, 401, 403, 404))
def list_versions(
    request: Request,
    schema_id: str,
    caller: Caller = requires(Scope.SCHEMAS_READ),
    offset: str = OffsetQuery,  # noqa: ARG001 - `page_of` reads it
    limit: str = LimitQuery,  # noqa: ARG001 - `page_of` reads it
) -> Response:
    """A page of the schema's versions, newest first."""
    identifier, page = object_id(schema_id), page_of(request)
    versions = _service(request).versions
    count, found = versions.page(caller.organization_id, identifier, page.offset, page.limit)
    return JsonAnswer(page.envelope(request, count, found))


@router.get(
    "/versions/{version}/", summary="Get a version", response_model=VersionFull, responses=errors(401, 403, 404)
)
def get_version(
    request: Request, schema_id: str, version: str, caller: Caller = requires(Scope.SCHEMAS_READ)
) -> Response:
    """The schema as it was."""
    versions = _service(request).versions
    return JsonAnswer(versions.get(caller.organization_id, object_id(schema_id), _number(version)))


@router.get(
    "/versions/{version}/difference/", summary="What a version changed", response_model=Difference,
    responses=errors(401, 403, 404),
)  # fmt: skip
def version_difference(
    request: Request,
    schema_id: str,
    version: str,
    caller: Caller = requires(Scope.SCHEMAS_READ),
    before: str | None = FromQuery,
) -> Response:
    """What is different from the version before it, or from another one."""
    compared = None if before is None else _number(before)
    identifier, versions = object_id(schema_id), _service(request).versions
    return _answer(request, versions.difference(caller.organization_id, identifier, _number(version), compared))


@router.post(
    "/versions/{version}/restore/", summary="Restore a version", response_model=SchemaObject,
    responses=errors(400, 401, 403, 404) | outdated(OutdatedSchema),
)  # fmt: skip
def restore_version(
    request: Request,
    schema_id: str,
    version: str,
    caller: Caller = requires(Scope.SCHEMAS_WRITE),
    _if_match: str | None = IfMatch,
) -> Response:
    """Save an old version again, as the newest one. `If-Match` names the version that is the newest for the caller."""
    identifier = object_id(schema_id)
    saved = _service(request).restore(
        caller.organization_id, identifier, _number(version), Author.of(caller), based_on=based_on(request)
    )
    record(request, caller, Action.SCHEMA_CHANGED, identifier)
    return answer(saved)


@router.post(
    "/difference/", summary="What a draft would change", response_model=Difference,
    openapi_extra={"requestBody": json_body("DraftWrite")}, responses=errors(400, 401, 403, 404, 413),
)  # fmt: skip
async def draft_difference(request: Request, schema_id: str, caller: Caller = requires(Scope.SCHEMAS_READ)) -> Response:
    """What saving the body would change in the schema."""
    identifier: uuid.UUID = object_id(schema_id)
    saved = await in_thread(_service(request).get, caller.organization_id, identifier)
    body = await read_json(request, request.app.state.config.max_body_size)
    return await in_thread(_compare, request, saved, body.value)


def _compare(request: Request, saved: SavedSchema, draft: dict[str, Any]) -> Response:
    before = {key: value for key, value in saved.to_json().items() if key != "id"}
    return _answer(request, difference(before, draft))


def _answer(request: Request, changes: list[Change]) -> Response:
    texts = ServiceTexts(language_of(request))
    return JsonAnswer({"changes": texts.statements([one.to_json() for one in changes])})


def _number(text: str) -> int:
    """The number in a path. Raises NotFoundError: what cannot be one names nothing."""
    if not (text.isascii() and text.isdecimal()) or len(text) > MAX_DIGITS:
        raise NotFoundError
    return int(text)
