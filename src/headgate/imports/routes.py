"""`/api/v1/headless/imports/`."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import Query, Request, Response

from headgate.accounts.audit import Action
from headgate.accounts.auth import Caller, record, requires
from headgate.accounts.scopes import Scope
from headgate.db import utc_now
from headgate.deletions import Cause
from headgate.deletions.receipts import RECEIPT_HEADER
from headgate.imports import views
from headgate.imports.formats import ResultFiles, download_name
from headgate.imports.forms import ImportFull, ImportList, ImportProgress, PresignedUrl
from headgate.imports.links import Links
from headgate.imports.models import Import
from headgate.imports.service import ImportService
from headgate.web import (
    AT_LEAST_0,
    AT_LEAST_1,
    JsonAnswer,
    JsonBody,
    address_of,
    errors,
    json_body,
    object_id,
    page_of,
    read_json,
)
from headgate.web.late_routes import late_router
from headgate.web.limits import Limited, RateLimits
from headgate.web.threads import in_thread

router = late_router(prefix="/api/v1/headless/imports", tags=["headless imports"])

OffsetQuery = Query("0", description="How many of the newest to leave out.", json_schema_extra=AT_LEAST_0)
LimitQuery = Query("100", description="How many to give, at most 1000.", json_schema_extra=AT_LEAST_1)
FormatQuery = Query("json", alias="format", description="Format of the file.")
Format = Literal["json", "ndjson", "csv", "xlsx", "parquet"]

_body: dict[str, Any] = {
    "requestBody": json_body("ImportCreate"),
    "parameters": [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": False,
            "schema": {"type": "string", "minLength": 1, "maxLength": 255},
            "description": "The same key with the same body within 24 hours gives the same import again.",
        }
    ],
}


def _service(request: Request) -> ImportService:
    service: ImportService = request.app.state.imports
    return service


def _full(request: Request, row: Import) -> dict[str, Any]:
    links: Links = request.app.state.links
    return views.full(row, links, address_of(request), utc_now())


@router.post(
    "/", summary="Create an import", status_code=201, response_model=ImportFull, openapi_extra=_body,
    responses=errors(400, 401, 404, 413, 422, 429),
)  # fmt: skip
async def create_import(request: Request, caller: Caller = requires(Scope.IMPORTS_WRITE)) -> Response:
    """Create an import: of a file that is then PUT to `upload`, or of the rows in `initial_data`, which run at once."""
    limits: RateLimits = request.app.state.limits
    limited = await in_thread(limits.take_create, str(caller.id)) if limits.creates else Limited()
    try:
        body = await read_json(request, request.app.state.config.max_body_size)
        return await in_thread(_create, request, caller, body, limited)
    except Exception:
        await in_thread(limits.give_back, limited)
        raise


def _create(request: Request, caller: Caller, body: JsonBody, limited: Limited) -> Response:
    row, replayed = _service(request).create(caller.organization_id, body, request.headers.get("idempotency-key"))
    request.state.import_id = str(row.id)
    headers = limited.headers | ({"Idempotency-Replayed": "true"} if replayed else {})
    return JsonAnswer(_full(request, row), status_code=201, headers=headers)


@router.get("/", summary="List imports", response_model=ImportList, responses=errors(400, 401))
def list_imports(
    request: Request,
    caller: Caller = requires(Scope.IMPORTS_READ),
    offset: str = OffsetQuery,  # noqa: ARG001 - `page_of` reads it
    limit: str = LimitQuery,  # noqa: ARG001 - `page_of` reads it
) -> Response:
    """A page of the organization's imports, newest first."""
    page = page_of(request)
    count, rows = _service(request).page(caller.organization_id, page.offset, page.limit)
    return JsonAnswer(page.envelope(request, count, [views.summary(row) for row in rows]))


@router.get("/{import_id}/", summary="Retrieve an import", response_model=ImportFull, responses=errors(401, 404, 429))
def retrieve_import(request: Request, import_id: str, caller: Caller = requires(Scope.IMPORTS_READ)) -> Response:
    """One import with its upload URL, review link, result metadata and errors, as far as they apply."""
    limits: RateLimits = request.app.state.limits
    row = _service(request).get(caller.organization_id, object_id(import_id))
    limited = limits.take_retrieve(str(row.id))
    return JsonAnswer(_full(request, row), headers=limited.headers)


@router.delete("/{import_id}/", summary="Delete an import", status_code=204, responses=errors(401, 404))
def delete_import(request: Request, import_id: str, caller: Caller = requires(Scope.IMPORTS_WRITE)) -> Response:
    """Remove an import with its file, result and errors. A run of it stops."""
    cause = Cause.request(caller.actor)
    receipt = _service(request).delete(caller.organization_id, object_id(import_id), cause)
    record(request, caller, Action.IMPORT_DELETED, object_id(import_id))
    return Response(status_code=204, headers={RECEIPT_HEADER: str(receipt)})


@router.get("/{import_id}/url/", summary="Get the result", response_model=PresignedUrl, responses=errors(400, 401, 404))
def result_url(
    request: Request, import_id: str, caller: Caller = requires(Scope.IMPORTS_READ), wanted: Format = FormatQuery
) -> Response:
    """A presigned URL of the delivered rows."""
    row = _service(request).get(caller.organization_id, object_id(import_id), outcome=False)
    return JsonAnswer(presigned_result(request, row, wanted))


@router.get("/{import_id}/errors/", summary="Get all errors", response_model=PresignedUrl, responses=errors(401, 404))
def errors_url(request: Request, import_id: str, caller: Caller = requires(Scope.IMPORTS_READ)) -> Response:
    """A presigned URL of all errors, warnings and notes as NDJSON; `result_metadata` cuts the list when it is long."""
    row = _service(request).get(caller.organization_id, object_id(import_id), outcome=False)
    return JsonAnswer(_presigned(request, _files(request).errors_key(row), download_name(row, "errors.ndjson")))


@router.get(
    "/{import_id}/console/", summary="Get the hooks' console", response_model=PresignedUrl, responses=errors(401, 404)
)
def console_url(request: Request, import_id: str, caller: Caller = requires(Scope.IMPORTS_READ)) -> Response:
    """A presigned URL of what the import's hooks wrote to `console`, as NDJSON: level, text, hook, position, row."""
    row = _service(request).get(caller.organization_id, object_id(import_id), outcome=False)
    return JsonAnswer(_presigned(request, _files(request).console_key(row), download_name(row, "console.ndjson")))


@router.get(
    "/{import_id}/progress/", summary="Get the progress", response_model=ImportProgress, responses=errors(401, 404)
)
def progress(request: Request, import_id: str, caller: Caller = requires(Scope.IMPORTS_READ)) -> Response:
    """How far the run is. Not rate-limited."""
    row = _service(request).get(caller.organization_id, object_id(import_id), outcome=False)
    current = row.progress or {}
    return JsonAnswer({"status": row.status, "step": current.get("step"), "fraction": current.get("fraction")})


def presigned_result(request: Request, row: Import, wanted: Format) -> dict[str, str]:
    """The answer of both result operations."""
    return _presigned(request, _files(request).result_key(row, wanted), download_name(row, wanted))


def _presigned(request: Request, key: str, name: str) -> dict[str, str]:
    links: Links = request.app.state.links
    return {"presigned_url": links.download(address_of(request), key, name, utc_now())}


def _files(request: Request) -> ResultFiles:
    files: ResultFiles = request.app.state.files
    return files
