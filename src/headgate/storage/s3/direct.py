"""Presigned URLs of the bucket, and the files that clients put there."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO
from urllib.parse import quote

import obstore
from obstore.store import S3Store

from headgate.storage.base import placed
from headgate.storage.direct import Arrival, DirectAccess
from headgate.storage.s3.connection import Connection, store_errors
from headgate.storage.s3.reader import CHUNK, ObjectReader

INCOMING = "incoming"
"""Where upload URLs lead. One listing of it tells all that arrived, however many imports wait."""
LISTED = 1000


class S3DirectAccess(DirectAccess):
    """`quick`: for what is asked every second. `patient`: for copies. `resolve`: from a key to the path of its object."""

    def __init__(self, connection: Connection, quick: S3Store, patient: S3Store, resolve: Callable[[str], str]) -> None:
        self._connection = connection
        self._quick = quick
        self._patient = patient
        self._resolve = resolve

    @property
    def origin(self) -> str:
        return self._connection.location.public_origin

    def upload_url(self, import_id: object, seconds: int) -> str:
        return self._connection.sign("PUT", _incoming(import_id), seconds, public=True)

    def download_url(self, key: str, filename: str, media_type: str, seconds: int) -> str:
        parameters = {
            "response-cache-control": "private, no-store",
            "response-content-disposition": f"attachment; filename*=utf-8''{quote(filename, safe='')}",
            "response-content-type": media_type,
        }
        return self._connection.sign("GET", self._resolve(key), seconds, parameters, public=True)

    def arrivals(self) -> Iterator[Arrival]:
        with store_errors(INCOMING):
            for found in obstore.list(self._quick, INCOMING, chunk_size=LISTED):
                for one in found:
                    name = one["path"].removeprefix(f"{INCOMING}/")
                    yield Arrival(name, one["size"], one["last_modified"].timestamp())

    def open_arrival(self, import_id: object) -> BinaryIO:
        with store_errors(INCOMING):
            return io.BufferedReader(ObjectReader(self._patient, _incoming(import_id)), CHUNK)

    def take(self, import_id: object, key: str) -> int:
        path = "/".join(placed(key))
        with store_errors(key):
            obstore.copy(self._patient, _incoming(import_id), path)
            return obstore.head(self._patient, path)["size"]

    def drop(self, import_id: object) -> None:
        with store_errors(INCOMING):
            obstore.delete(self._quick, _incoming(import_id))


def _incoming(import_id: object) -> str:
    return f"{INCOMING}/{import_id}"
