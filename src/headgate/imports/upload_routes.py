"""`/api/v1/uploads/` and `/api/v1/upload/`: completed imports by another name."""

from __future__ import annotations

import contextlib

from fastapi import Query, Request, Response

from headgate.accounts.audit import Action
from headgate.accounts.auth import Caller, record, requires
from headgate.accounts.scopes import Scope
from headgate.db import utc_now
from headgate.deletions import Cause
from headgate.deletions.receipts import RECEIPT_HEADER
from headgate.errors import FileMissingError, InvalidError
from headgate.imports import views
from headgate.imports.forms import PresignedUrl, UploadList, UploadMetadata
from headgate.imports.links import Links
from headgate.imports.missing import MissingFiles
from headgate.imports.routes import Format, FormatQuery, presigned_result
from headgate.imports.service import ImportService
from headgate.web import AT_LEAST_0, JsonAnswer, address_of, errors, object_id, whole_number
from headgate.web.late_routes import late_router

router = late_router(prefix="/api/v1", tags=["uploads"])

MAX_UPLOADS = 10_000
StartQuery = Query("0", description="Position of the first.", json_schema_extra=AT_LEAST_0)
EndQuery = Query(
    "10000",
    description="Position after the last, at most 10000 after `start`.",
    json_schema_extra=AT_LEAST_0,
)


def _service(request: Request) -> ImportService:
    service: ImportService = request.app.state.imports
    return service


@router.get("/uploads/", summary="List uploads", response_model=UploadList, responses=errors(400, 401))
def list_uploads(
    request: Request,
    caller: Caller = requires(Scope.IMPORTS_READ),
    start: str = StartQuery,  # noqa: ARG001 - read with its problems below
    end: str = EndQuery,  # noqa: ARG001 - as above
) -> Response:
    """The completed imports, newest first. The lists of errors are cut after 100 entries."""
    problems: dict[str, list[str]] = {}
    first = whole_number(request, "start", 0, 0, problems)
    after = whole_number(request, "end", first + MAX_UPLOADS, 0, problems)
    if not problems and after < first:
        problems["end"] = ["Expected a number that is not below start."]
    if problems:
        raise InvalidError(problems)
    after = min(after, first + MAX_UPLOADS)
    count, data = _service(request).list_completed(
        caller.organization_id, first, after, lambda row: views.upload(row, listed=True)
    )
    return JsonAnswer({"start": first, "end": after, "total_num_uploads": count, "data": data})


@router.get(
    "/upload/{upload_id}/metadata/", summary="Get an upload", response_model=UploadMetadata, responses=errors(401, 404)
)
def upload_metadata(request: Request, upload_id: str, caller: Caller = requires(Scope.IMPORTS_READ)) -> Response:
    """One import, with the presigned URL of its original file. The id is the import's."""
    row = _service(request).get(caller.organization_id, object_id(upload_id))
    links: Links = request.app.state.links
    found = views.upload(row)
    url = None
    if row.source_key:
        missing: MissingFiles = request.app.state.missing
        name = row.original_filename or f"{row.id}.json"
        with contextlib.suppress(FileMissingError):  # the rest of the answer holds without it
            missing.check(row.id, row.source_key)
            url = links.download(address_of(request), row.source_key, name, utc_now())
    found["raw_upload"]["download_url"] = url
    return JsonAnswer(found)


@router.get(
    "/upload/{upload_id}/url/", summary="Get an upload's result", response_model=PresignedUrl,
    responses=errors(400, 401, 404),
)  # fmt: skip
def upload_url(
    request: Request, upload_id: str, caller: Caller = requires(Scope.IMPORTS_READ), wanted: Format = FormatQuery
) -> Response:
    """A presigned URL of the delivered rows."""
    row = _service(request).get(caller.organization_id, object_id(upload_id), outcome=False)
    return JsonAnswer(presigned_result(request, row, wanted))


@router.post(
    "/upload/{upload_id}/delete/", summary="Delete an upload", response_model=dict[str, str], responses=errors(401, 404)
)
def delete_upload(request: Request, upload_id: str, caller: Caller = requires(Scope.IMPORTS_WRITE)) -> Response:
    """Remove an import with its file, result and errors."""
    cause = Cause.request(caller.actor)
    receipt = _service(request).delete(caller.organization_id, object_id(upload_id), cause)
    record(request, caller, Action.IMPORT_DELETED, object_id(upload_id))
    return JsonAnswer({}, headers={RECEIPT_HEADER: str(receipt)})
