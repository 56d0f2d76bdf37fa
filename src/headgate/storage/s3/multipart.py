"""Uploads in parts that a crash cut off: S3 keeps, and bills, their parts until somebody ends them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import httpx
import structlog
from defusedxml import ElementTree

from headgate.records import dataclass
from headgate.storage.s3.connection import Connection

AGE_SECONDS = 86_400
"""No upload of ours takes as long; those of other servers may be under way."""
SIGNED_SECONDS = 60

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Unfinished:
    key: str
    upload_id: str
    began: float


def end_unfinished_uploads(connection: Connection, before: float) -> int:
    """End those below our prefix that began before `before` (seconds since 1970); gives how many.

    A store that cannot list them keeps them: it is told in the log. obstore has no call for either.
    """
    ended = 0
    try:
        with httpx.Client(timeout=30) as client:
            for upload in _unfinished(connection, client):
                if upload.began < before:
                    parameters = {"uploadId": upload.upload_id}
                    url = connection.sign_path("DELETE", upload.key, SIGNED_SECONDS, parameters)
                    client.delete(url).raise_for_status()
                    ended += 1
    except (httpx.HTTPError, ElementTree.ParseError, ValueError) as error:
        log.warning("unfinished_uploads_kept", cause=type(error).__name__)
    return ended


def _unfinished(connection: Connection, client: httpx.Client) -> Iterator[_Unfinished]:
    parameters = {"uploads": "", "prefix": connection.key("")}
    while True:
        answer = client.get(connection.sign_path("GET", "", SIGNED_SECONDS, parameters)).raise_for_status()
        document = ElementTree.fromstring(answer.content)
        name = document.tag.removesuffix("ListMultipartUploadsResult")  # the namespace, which not all stores give
        for upload in document.iter(f"{name}Upload"):
            began = datetime.fromisoformat(upload.findtext(f"{name}Initiated") or "").timestamp()
            yield _Unfinished(upload.findtext(f"{name}Key") or "", upload.findtext(f"{name}UploadId") or "", began)
        if document.findtext(f"{name}IsTruncated") != "true":
            return
        parameters |= {
            "key-marker": document.findtext(f"{name}NextKeyMarker") or "",
            "upload-id-marker": document.findtext(f"{name}NextUploadIdMarker") or "",
        }
