"""What an import follows from, in a few bytes: whether something that was kept belongs to this import of this file."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

import orjson

from headgate.engine.request import ImportRequest

_EDGE_BYTES = 1 << 20


def asked_of(request: ImportRequest) -> list[bytes]:
    """All that decides about the outcome, but for memory and what people decided; and the version of headgate."""
    return [*told_of(request), *_edges(request.source)]


def told_of(request: ImportRequest) -> list[bytes]:
    """The same, the source apart."""
    schema = request.schema
    return [
        version("headgate").encode(),
        request.kind.encode(),
        repr(request.filename).encode(),
        orjson.dumps([field.definition for field in schema.fields]),
        schema.settings.model_dump_json().encode(),
        schema.hooks.model_dump_json().encode(),
        b"" if request.recipe is None else orjson.dumps(request.recipe.to_json()),
    ]


def digest_of(*parts: bytes) -> str:
    """One digest of all of them."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8, "little"))
        digest.update(part)
    return digest.hexdigest()


def _edges(path: Path) -> list[bytes]:
    """Size, beginning and end of a file: enough to tell another file, and quick for a large one."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(_EDGE_BYTES)
        file.seek(max(0, size - _EDGE_BYTES))
        return [size.to_bytes(8, "little"), head, file.read(_EDGE_BYTES)]
