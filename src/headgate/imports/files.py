"""The presigned URLs of the local store: PUT of an import's file, GET of results and originals. No API key."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

from fastapi import Request, Response
from starlette.requests import ClientDisconnect
from starlette.responses import FileResponse, RedirectResponse

from headgate.db import utc_now
from headgate.errors import NotFoundError, RequestError, StorageUnavailableError
from headgate.imports.links import Links
from headgate.imports.media import media_type_of
from headgate.imports.missing import MissingFiles
from headgate.imports.models import outcome_prefix
from headgate.imports.sending import blob_response
from headgate.imports.service import ImportService
from headgate.imports.uploads import DRAIN_LIMIT, UploadService
from headgate.storage import BlobStore
from headgate.web import object_id
from headgate.web.late_routes import late_router
from headgate.web.threads import in_thread

SMALL_FILE = 1024 * 1024

router = late_router(include_in_schema=False)


@router.put("/uploads/{import_id}")
async def put_file(request: Request, import_id: str) -> Response:
    """Take in the raw bytes of a file, whatever the headers say about them."""
    chunks = _body(request)
    try:
        await _receive(request, import_id, chunks)
    except ClientDisconnect:
        return Response(status_code=400)  # nobody is there to read it
    except RequestError:
        # A client that is still sending reads the answer only when its bytes are taken; one that asked first waits.
        if "expect" not in request.headers:
            await _drain(chunks)
        raise
    return Response(status_code=200)


async def _receive(request: Request, import_id: str, chunks: AsyncIterator[bytes]) -> None:
    links: Links = request.app.state.links
    uploads: UploadService = request.app.state.uploads
    query = request.query_params
    links.check_upload(import_id, query.get("expires", ""), query.get("signature", ""), utc_now())
    declared = request.headers.get("content-length", "")
    size = int(declared) if declared.isdecimal() and len(declared) < 19 else None
    await uploads.receive(uuid.UUID(import_id), chunks, size, asks_first="expect" in request.headers)


async def _body(request: Request) -> AsyncIterator[bytes]:
    async for chunk in request.stream():
        yield chunk


async def _drain(chunks: AsyncIterator[bytes]) -> None:
    taken = 0
    try:
        async for chunk in chunks:
            taken += len(chunk)
            if taken > DRAIN_LIMIT:
                return
    except ClientDisconnect:
        return


@router.get("/files/{key:path}")
@router.head("/files/{key:path}")
async def get_file(request: Request, key: str) -> Response:
    """Send a file to be saved. Ranges work, so a broken download can go on."""
    links: Links = request.app.state.links
    query = request.query_params
    name = query.get("name", "")
    links.check_download(key, name, query.get("expires", ""), query.get("signature", ""), utc_now())
    headers = {
        "Content-Disposition": f"attachment; filename*=utf-8''{quote(name, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
    return await in_thread(_sent, request, key, name, headers)


def _sent(request: Request, key: str, name: str, headers: dict[str, str]) -> Response:
    links: Links = request.app.state.links
    store: BlobStore = request.app.state.store
    try:
        if store.is_encrypted(key):
            return blob_response(request, store, key, headers)
        if store.direct is not None:  # a URL of before the files moved to a store that clients reach themselves
            url = links.direct_download(store.direct, key, name)
            return RedirectResponse(url, status_code=307, headers={"Cache-Control": "no-store"})
        path = store.local_path(key, request.app.state.workdir)
        object_id(key.split("/")[1])
        return _file(request, path, media_type_of(key), headers)
    except FileNotFoundError:
        raise _why_not_there(request, key) from None
    except ValueError:
        raise NotFoundError from None


def _file(request: Request, path: Path, media_type: str, headers: dict[str, str]) -> Response:
    """The whole file or a part of it. A small one is read at once: each step of Starlette's way would take another thread."""
    status = path.stat()
    answer = FileResponse(path, media_type=media_type, headers=headers, stat_result=status)
    if status.st_size > SMALL_FILE or request.method != "GET" or "range" in request.headers:
        return answer
    return Response(path.read_bytes(), headers=dict(answer.headers))


def _why_not_there(request: Request, key: str) -> RequestError:
    """NotFoundError for what was deleted or replaced since the URL was made. Raises FileMissingError for what should be there."""
    imports: ImportService = request.app.state.imports
    missing: MissingFiles = request.app.state.missing
    row = imports.find(object_id(key.split("/")[1]))
    if row is None:
        return NotFoundError()
    is_source = key == row.source_key and row.source_deleted_at is None
    is_result = key.startswith(f"{outcome_prefix(row)}/") and row.result_deleted_at is None
    if not is_source and not is_result:
        return NotFoundError()
    missing.check(row.id, key)
    return StorageUnavailableError()
