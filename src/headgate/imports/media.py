"""The formats of results by their media types."""

from __future__ import annotations

from pathlib import PurePosixPath

FORMATS = {
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}


def media_type_of(key: str) -> str:
    """What a blob is sent as. A file that somebody uploaded is bytes and nothing else: no browser shall show it."""
    return FORMATS.get(PurePosixPath(key).suffix.lstrip("."), "application/octet-stream")
