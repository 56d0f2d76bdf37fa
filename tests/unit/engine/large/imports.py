"""Imports of large files as tests make them, and what must be the same however they are made."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from headgate.api import load_schema
from headgate.engine.outcome import Outcome
from headgate.engine.pipeline import run_import
from headgate.engine.read import blocks, chunks
from headgate.engine.request import ImportRequest

SCHEMA: dict[str, Any] = {
    "fields": [
        {"label": "Id", "key": "id", "validators": [{"validate": "unique"}, {"validate": "required"}]},
        {"label": "Day", "key": "day", "type": "date"},
        {"label": "Amount", "key": "amount", "type": "number"},
        {"label": "Kind", "key": "kind", "type": "select", "selectOptions": [{"label": "A", "value": "a"}]},
        {"label": "Note", "key": "note", "validators": [{"validate": "unique_with", "uniqueKey": "n"}]},
        {"label": "Code", "key": "code", "validators": [{"validate": "unique_with", "uniqueKey": "n"}]},
    ],
    "settings": {"invalidDataBehavior": "REMOVE_INVALID_ROWS"},
}
PART = 1500
ROWS_PER_CHUNK = 16


class KilledError(BaseException):
    """The process ends here, as far as the test can have it."""


def hostile_csv(rows: int) -> str:
    """Line ends and doubled quotes in cells, blank and ragged rows, broken quotes, values that repeat far from each other; only
    the last date tells the order of day and month, and only the last amount the decimal mark."""
    lines = ["Id,Day,Amount,Kind,Note,Code"]
    for n in range(rows):
        number = n if n % 50 else n // 100
        note = ("plain", '"first\nsecond, with a comma"', '"with ""quotes"" in it"', "ünïcödé €😀", '"\r\n"')[n % 5]
        last = n == rows - 1
        day, amount = ("13.02.2024", '"1.234,5"') if last else ("01.02.2024", '"1,5"' if n % 3 else "2.500")
        lines.append(f"{number},{day},{amount},{'a' if n % 4 else 'B'},{note},c{n % 97}")
        if n % 41 == 0:
            lines.append("")
        if n % 53 == 0:
            lines.append(f"{n},too,few")
        if n % 61 == 0:
            lines.append(f"{n},01.02.2024,3,a,x,y,one too many,two")
        if n % 67 == 0:
            lines.append(f'{n},01.02.2024,4,a,"never closed,z')
    return "\n".join(lines) + "\n"


def make_blocks_tiny(patched: pytest.MonkeyPatch) -> None:
    """Read in blocks of some hundred bytes, into chunks of a few rows."""
    patched.setattr(blocks, "STRICT_BLOCK", 512)
    patched.setattr(blocks, "LARGEST_STRICT_BLOCK", 2048)
    patched.setattr(blocks, "CAREFUL_BLOCK", 128)
    patched.setattr(blocks, "LARGEST_CAREFUL_BLOCK", 512)
    patched.setattr(chunks, "rows_per_chunk", lambda width: ROWS_PER_CHUNK)


def run(
    source: Path,
    part_bytes: int | None,
    kept: Path | None = None,
    review: Path | None = None,
    *,
    disk_reserve: int = 0,
    lent: bool = False,
    **settings: Any,
) -> dict[str, Any]:
    """Import the file; gives what must be the same, byte for byte, in every way to import it."""
    workdir = Path(tempfile.mkdtemp(dir=source.parent))
    try:
        asked = replace(
            request(source, part_bytes, **settings),
            kept=kept,
            disk_reserve=disk_reserve,
            review_directory=review,
            lent=lent,
        )
        return comparable(run_import(asked, workdir))
    finally:
        shutil.rmtree(workdir)


def request(
    source: Path, part_bytes: int | None, about: dict[str, Any] | None = None, **settings: Any
) -> ImportRequest:
    """The import as it is asked for."""
    schema = load_schema({**SCHEMA, "settings": {**SCHEMA["settings"], **settings}})
    return ImportRequest(source, schema, "file.csv", import_id="i", part_bytes=part_bytes, about=about)


def comparable(outcome: Outcome) -> dict[str, Any]:
    """Everything about an outcome but how long it took and how the table of rows is grouped."""
    decisions = {key: value for key, value in outcome.decisions.items() if key != "timings"}
    metadata = None if outcome.metadata is None else {**outcome.metadata, "decisions": None}
    issues = [] if outcome.issues is None else list(outcome.issues.entries())
    return {
        "status": outcome.status,
        "errors": outcome.errors,
        "decisions": decisions,
        "metadata": metadata,
        "json": None if outcome.result_json is None else outcome.result_json.read_bytes(),
        "rows": [] if outcome.result is None else [json.dumps(row) for row in outcome.rows()],
        "table": None if outcome.result is None else hashlib.sha256(outcome.result.read_bytes()).hexdigest(),
        "issues": issues,
        "learned": None if outcome.learned is None else outcome.learned.to_json(),
    }


def killed_after(count: int, of: Callable[..., Any]) -> Callable[..., Any]:
    """`of`, which ends the process when it was done for the `count`th time."""
    left = count

    def last(*arguments: Any, **more: Any) -> Any:
        nonlocal left
        result = of(*arguments, **more)
        left -= 1
        if left == 0:
            raise KilledError
        return result

    return last
