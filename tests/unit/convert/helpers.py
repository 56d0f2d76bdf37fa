"""What tests of conversions share."""

from __future__ import annotations

import io
import json
from typing import Any

import headgate
from headgate.convert import Conversion
from headgate.convert.service import convert_text


def converted(document: Any, **options: str) -> Conversion:
    """A JSON document, or SQL text, converted as a file would be."""
    text = document if isinstance(document, str) else json.dumps(document)
    return convert_text(text.encode(), "source.json", **options)


def field(conversion: Conversion, key: str) -> dict[str, Any]:
    """The field with that key."""
    found: dict[str, Any] = next(entry for entry in conversion.document["fields"] if entry["key"] == key)
    return found


def keys(conversion: Conversion) -> list[str]:
    return [entry["key"] for entry in conversion.document["fields"]]


def rules(conversion: Conversion, key: str) -> list[str]:
    """The names of a field's validators."""
    return [validator["validate"] for validator in field(conversion, key).get("validators", [])]


def dropped(conversion: Conversion) -> dict[str, str]:
    """Path → what was not carried over there."""
    return _messages(conversion, "dropped")


def choices(conversion: Conversion) -> dict[str, str]:
    """Path → the choices made there."""
    return _messages(conversion, "choice")


def _messages(conversion: Conversion, kind: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for note in conversion.notes:
        if note.kind == kind:
            found[note.path] = f"{found.get(note.path, '')} {note.message}".strip()
    return found


def imported(conversion: Conversion, csv: str) -> tuple[list[dict[str, Any]], list[str]]:
    """The rows that a file gives with the converted schema, and the codes of its errors."""
    outcome = headgate.import_file(csv.encode(), conversion.document)
    rows = io.BytesIO()
    outcome.write(rows, "json")
    return json.loads(rows.getvalue()), [error["code"] for error in outcome.metadata["errors"]]
