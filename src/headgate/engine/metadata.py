"""The `result_metadata` of a SUCCESSFUL import (api.md, "Result file")."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from headgate.engine.delivery import Delivered, ResultField
from headgate.engine.request import ImportRequest
from headgate.schema import Schema

if TYPE_CHECKING:
    from headgate.engine.hook_stage import HookStage

MAX_LISTED_ERRORS = 10_000
"""How many entries `errors`, `warnings` and `rowsWithError` list; the whole list can be downloaded."""


def result_metadata(
    request: ImportRequest,
    schema: Schema,
    headers: Sequence[str],
    delivered: Delivered,
    decisions: dict[str, Any],
    hooks: HookStage | None,
    custom: Collection[str] = (),
) -> dict[str, Any]:
    """The metadata object. Lists that are cut at MAX_LISTED_ERRORS say so in `truncated`. `custom`: the keys of the fields
    that people added in a review."""
    issues = delivered.issues
    development_mode = schema.settings.development_mode
    if hooks is not None and hooks.development_mode is not None:
        development_mode = hooks.development_mode
    rows = issues.rows_with_errors(MAX_LISTED_ERRORS)
    listed = list(islice(issues.entries("error"), MAX_LISTED_ERRORS))
    notes = list(islice(issues.entries("warning", "info"), MAX_LISTED_ERRORS))
    return {
        "id": request.import_id,
        "filename": request.filename,
        "importIdentifier": schema.settings.import_identifier,
        "user": hooks.user if hooks is not None and hooks.user is not None else request.user,
        "rowsWithError": rows,
        "errors": listed,
        "warnings": notes,
        "errorCount": issues.count("error"),
        "truncated": {
            "rowsWithError": len(rows) < delivered.invalid,
            "errors": len(listed) < issues.count("error"),
            "warnings": len(notes) < issues.count("warning") + issues.count("info"),
        },
        "rawHeaders": list(headers),
        "fields": {
            field.field.key: _mapping(field, headers, is_custom=field.field.key in custom)
            for field in delivered.fields
            if _is_listed(field)
        },
        "developmentMode": development_mode,
        "totalRows": decisions["rows"]["read"],
        "deliveredRows": delivered.rows,
        "decisions": decisions,
    }


def _is_listed(field: ResultField) -> bool:
    return any(slot.column is not None for slot in field.slots)


def _mapping(field: ResultField, headers: Sequence[str], *, is_custom: bool) -> dict[str, Any]:
    columns = [slot.column for slot in field.slots if slot.column is not None]
    if field.field.many_to_one:
        return {
            "fileHeader": None,
            "fileHeaders": [headers[column] for column in columns],
            "fileHeaderIndex": None,
            "fileHeaderIndexes": columns,
            "isCustom": is_custom,
            "manyToOne": True,
        }
    return {
        "fileHeader": headers[columns[0]],
        "fileHeaderIndex": columns[0],
        "isCustom": is_custom,
        "manyToOne": False,
    }
