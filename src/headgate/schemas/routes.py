"""`/api/v1/schemas/`."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from headgate.accounts.audit import Action
from headgate.accounts.auth import Caller, record, requires
from headgate.accounts.scopes import Scope
from headgate.schemas.authors import Author
from headgate.schemas.service import SchemaService
from headgate.web import JsonAnswer, errors, json_body, object_id, read_json

router = APIRouter(prefix="/api/v1/schemas", tags=["schemas"])


class SchemaWrite(BaseModel):
    """A schema to save."""

    name: str = Field(description="Unique in the organization.")
    fields: list[dict[str, Any]] = Field(description="The fields; see the schema reference.")
    settings: dict[str, Any] = Field(description="The settings; `importIdentifier` is required.")
    hooks: dict[str, Any] | None = Field(None, description="JavaScript hooks by kind.")


class SchemaObject(SchemaWrite):
    """A saved schema, exactly as it was sent."""

    id: str
    hooks: dict[str, Any] | None


_body: dict[str, Any] = {"requestBody": json_body("SchemaWrite")}


def _service(request: Request) -> SchemaService:
    service: SchemaService = request.app.state.schemas
    return service


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
    saved = await run_in_threadpool(_service(request).create, caller.organization_id, body.value, Author.of(caller))
    await run_in_threadpool(record, request, caller, Action.SCHEMA_CREATED, saved.id)
    return JsonAnswer(saved.to_json(), status_code=201)


@router.get("/{schema_id}/", summary="Get a schema", response_model=SchemaObject, responses=errors(401, 404))
def get_schema(request: Request, schema_id: str, caller: Caller = requires(Scope.SCHEMAS_READ)) -> Response:
    """One saved schema."""
    return JsonAnswer(_service(request).get(caller.organization_id, object_id(schema_id)).to_json())


@router.put(
    "/{schema_id}/", summary="Update a schema", response_model=SchemaObject, openapi_extra=_body,
    responses=errors(400, 401, 404, 413),
)  # fmt: skip
async def update_schema(request: Request, schema_id: str, caller: Caller = requires(Scope.SCHEMAS_WRITE)) -> Response:
    """Replace a schema. Imports that exist keep the schema that they were created with."""
    identifier = object_id(schema_id)
    await run_in_threadpool(_service(request).get, caller.organization_id, identifier)
    body = await read_json(request, request.app.state.config.max_body_size)
    author = Author.of(caller)
    saved = await run_in_threadpool(_service(request).update, caller.organization_id, identifier, body.value, author)
    await run_in_threadpool(record, request, caller, Action.SCHEMA_CHANGED, identifier)
    return JsonAnswer(saved.to_json())


@router.delete("/{schema_id}/", summary="Delete a schema", status_code=204, responses=errors(401, 404))
def delete_schema(request: Request, schema_id: str, caller: Caller = requires(Scope.SCHEMAS_WRITE)) -> Response:
    """Remove a schema. Its imports stay as they are."""
    _service(request).delete(caller.organization_id, object_id(schema_id))
    record(request, caller, Action.SCHEMA_DELETED, object_id(schema_id))
    return Response(status_code=204)
