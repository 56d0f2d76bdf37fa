"""The Python call: the same engine as the server's, without a server."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import orjson

from headgate.engine.held_directory import HeldDirectory
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
    work: str | Path | None = None,
    wants_json: bool = True,
) -> Outcome:
    """Import a path, bytes or a binary stream against a schema.

    `filename` is what the file was called, when `source` does not say. The outcome's files live as long as the outcome.
    `work`: a directory of this import alone, where a large file is worked on; when the same file is imported there once more
    after it was cut off, it goes on where it was. `wants_json`: False where only other formats are written, which takes less of
    the disk and of the time.
    Raises SchemaError when the schema cannot be used, OSError when the source cannot be read or the disk is full,
    WorkInUseError when another import has `work`; whatever is wrong with the file itself is a FAILED outcome.
    """
    parsed = load_schema(schema)
    held = None if work is None else HeldDirectory(Path(work))
    workdir = Path(tempfile.mkdtemp(prefix="headgate-")) if held is None else held.fresh()
    try:
        path = _on_disk(source, workdir)
        name = filename if filename is not None else (_text(path.name) if path.parent != workdir else None)
        request = ImportRequest(
            path, parsed, name, memory=memory, progress=progress, wants_json=wants_json, table_later=wants_json
        )
        outcome = run_import(request if held is None else replace(request, kept=held.kept), workdir)
    except BaseException:
        shutil.rmtree(workdir, ignore_errors=True)
        if held is not None:
            held.close()
        raise
    if held is None:
        weakref.finalize(outcome, shutil.rmtree, workdir, ignore_errors=True)
    else:
        weakref.finalize(outcome, held.remove)
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
