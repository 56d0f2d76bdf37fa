"""Sending a blob that is decrypted on the way: whole, or the range that is asked for."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from fastapi import Request, Response
from starlette.responses import StreamingResponse

from headgate.imports.media import media_type_of
from headgate.storage import BlobStore

BLOCK = 256 * 1024
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def blob_response(request: Request, store: BlobStore, key: str, headers: Mapping[str, str]) -> Response:
    """The answer to GET or HEAD (RFC 9110, section 14). Several ranges at once, which may be ignored, are. Raises
    FileNotFoundError, and ValueError for what is no key."""
    blob = store.open(key)
    size = blob.seek(0, os.SEEK_END)
    tag = f'"{hashlib.sha256(f"{key} {size}".encode()).hexdigest()[:32]}"'  # no blob changes under its key
    begin, end, status = 0, size, 200
    more = {**headers, "Accept-Ranges": "bytes", "ETag": tag, "Content-Type": media_type_of(key)}
    asked = _RANGE.fullmatch(request.headers.get("range", ""))
    if asked is not None and any(asked.groups()) and request.headers.get("if-range", tag) == tag:
        begin, end = _bounds(asked[1], asked[2], size)
        if begin >= end:
            blob.close()
            return Response(status_code=416, headers={"Content-Range": f"bytes */{size}"})
        status, more["Content-Range"] = 206, f"bytes {begin}-{end - 1}/{size}"
    more["Content-Length"] = str(end - begin)
    if request.method == "HEAD":
        blob.close()
        return Response(status_code=status, headers=more)
    return StreamingResponse(_pieces(blob, begin, end), status_code=status, headers=more)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """From where to before where; nothing when there is no such part."""
    if not first:
        return max(0, size - int(last)), size
    return int(first), min(size, int(last) + 1) if last else size


def _pieces(blob: BinaryIO, begin: int, end: int) -> Iterator[bytes]:
    with blob:
        blob.seek(begin)
        while begin < end and (piece := blob.read(min(BLOCK, end - begin))):
            begin += len(piece)
            yield piece
