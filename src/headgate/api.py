"""The Python call: the same engine as the server's, without a server."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import orjson

from headgate.engine.match import MatchMemory
from headgate.engine.outcome import Outcome
from headgate.engine.pipeline import run_import
from headgate.engine.request import ImportRequest, Progress, no_progress
from headgate.schema import Schema, SchemaError, parse_schema_document

Source = str | Path | bytes | IO[bytes]
SchemaSource = str | Path | Mapping[str, Any] | Schema


def load_schema(schema: SchemaSource) -> Schema:
    """A schema from a JSON file's path, a dict `{name, fields, settings, hooks}`, or a parsed schema.

    Raises SchemaError with every problem, and OSError when the file cannot be read.
    """
    if isinstance(schema, Schema):
        return schema
    if isinstance(schema, Mapping):
        return parse_schema_document(dict(schema))
    try:
        document = orjson.loads(Path(schema).read_bytes())
    except orjson.JSONDecodeError as error:
        raise SchemaError({"": [f"{schema} is not JSON: {error}."]}) from error
    return parse_schema_document(document)


def import_file(
    source: Source,
    schema: SchemaSource,
    *,
    filename: str | None = None,
    memory: MatchMemory | None = None,
    progress: Progress = no_progress,
) -> Outcome:
    """Import a path, bytes or a binary stream against a schema.

    `filename` is what the file was called, when `source` does not say. The outcome's files live as long as the outcome.
    Raises SchemaError when the schema cannot be used, OSError when the source cannot be read; whatever is wrong with
    the file itself is a FAILED outcome.
    """
    parsed = load_schema(schema)
    workdir = Path(tempfile.mkdtemp(prefix="headgate-"))
    try:
        path = _on_disk(source, workdir)
        name = filename if filename is not None else (_text(path.name) if path.parent != workdir else None)
        outcome = run_import(ImportRequest(path, parsed, name, memory=memory, progress=progress), workdir)
    except BaseException:
        shutil.rmtree(workdir, ignore_errors=True)
        raise
    weakref.finalize(outcome, shutil.rmtree, workdir, ignore_errors=True)
    return outcome


def _text(name: str) -> str:
    # A file's name may be bytes that are no UTF-8, which no JSON could hold.
    return os.fsencode(name).decode("utf-8", "replace")


def _on_disk(source: Source, workdir: Path) -> Path:
    if isinstance(source, str | Path):
        path = Path(source)
        with path.open("rb"):
            return path
    copy = workdir / "source"
    with copy.open("wb") as target:
        if isinstance(source, bytes | bytearray | memoryview):
            target.write(source)
        else:
            shutil.copyfileobj(source, target, 1 << 20)
    return copy
