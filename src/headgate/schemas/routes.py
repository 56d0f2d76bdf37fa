"""`/api/v1/schemas/`."""

from __future__ import annotations

from typing import Any

from fastapi import Request, Response

from headgate.accounts.audit import Action
from headgate.accounts.auth import Caller, record, requires
from headgate.accounts.scopes import Scope
from headgate.schemas.authors import Author
from headgate.schemas.forms import OutdatedSchema, SchemaObject
from headgate.schemas.service import SavedSchema, SchemaService
from headgate.web import IfMatch, JsonAnswer, based_on, entity_tag, errors, json_body, object_id, outdated, read_json
from headgate.web.late_routes import late_router
from headgate.web.threads import in_thread

router = late_router(prefix="/api/v1/schemas", tags=["schemas"])


_body: dict[str, Any] = {"requestBody": json_body("SchemaWrite")}


def _service(request: Request) -> SchemaService:
    service: SchemaService = request.app.state.schemas
    return service


def answer(saved: SavedSchema, status: int = 200) -> Response:
    """A schema as it was sent, and its version as the `ETag`."""
    return JsonAnswer(saved.to_json(), status_code=status, headers={"ETag": entity_tag(saved.version)})


@router.get("/", summary="List schemas", response_model=list[SchemaObject], responses=errors(401))
def list_schemas(request: Request, caller: Caller = requires(Scope.SCHEMAS_READ)) -> Response:
    """All saved schemas, by name."""
    return JsonAnswer([schema.to_json() for schema in _service(request).all(caller.organization_id)])


@router.post(
    "/", summary="Create a schema", status_code=201, response_model=SchemaObject, openapi_extra=_body,
    responses=errors(400, 401, 413),
)  # fmt: skip
async def create_schema(request: Request, caller: Caller = requires(Scope.SCHEMAS_WRITE)) -> Response:
    """Save a schema after checking all of it."""
    body = await read_json(request, request.app.state.config.max_body_size)
    saved = await in_thread(_service(request).create, caller.organization_id, body.value, Author.of(caller))
    await in_thread(record, request, caller, Action.SCHEMA_CREATED, saved.id)
    return answer(saved, 201)


@router.get("/{schema_id}/", summary="Get a schema", response_model=SchemaObject, responses=errors(401, 404))
def get_schema(request: Request, schema_id: str, caller: Caller = requires(Scope.SCHEMAS_READ)) -> Response:
    """One saved schema. Its `ETag` is the version that it is."""
    return answer(_service(request).get(caller.organization_id, object_id(schema_id)))


@router.put(
    "/{schema_id}/", summary="Update a schema", response_model=SchemaObject, openapi_extra=_body,
    responses=errors(400, 401, 404, 413) | outdated(OutdatedSchema),
)  # fmt: skip
async def update_schema(
    request: Request,
    schema_id: str,
    caller: Caller = requires(Scope.SCHEMAS_WRITE),
    _if_match: str | None = IfMatch,
) -> Response:
    """Replace a schema. Imports that exist keep the schema that they were created with.

    With `If-Match` only when nobody saved it since that version; a body that is there already is no such case.
    """
    identifier = object_id(schema_id)
    await in_thread(_service(request).get, caller.organization_id, identifier)
    body = await read_json(request, request.app.state.config.max_body_size)
    saved = await in_thread(
        _service(request).update,
        caller.organization_id,
        identifier,
        body.value,
        Author.of(caller),
        based_on=based_on(request),
    )
    await in_thread(record, request, caller, Action.SCHEMA_CHANGED, identifier)
    return answer(saved)


@router.delete(
    "/{schema_id}/", summary="Delete a schema", status_code=204,
    responses=errors(401, 404) | outdated(OutdatedSchema),
)  # fmt: skip
def delete_schema(
    request: Request,
    schema_id: str,
    caller: Caller = requires(Scope.SCHEMAS_WRITE),
    _if_match: str | None = IfMatch,
) -> Response:
    """Remove a schema. Its imports stay as they are."""
    _service(request).delete(caller.organization_id, object_id(schema_id), based_on=based_on(request))
    record(request, caller, Action.SCHEMA_DELETED, object_id(schema_id))
    return Response(status_code=204)
