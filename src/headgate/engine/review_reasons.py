"""Why a person must decide: one reason per cause, each saying what to look at (pipeline.md, "Decide")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from headgate.engine.delivery import Delivered
from headgate.engine.errors import ReviewReason
from headgate.engine.header import HeaderDecision
from headgate.engine.issue_kinds import IssueKind
from headgate.engine.match import ColumnDecision
from headgate.engine.messages.english import in_english
from headgate.schema import Field, Schema, Settings

REASONS: dict[str, str] = {
    "header_row_not_determined": "It is not clear which row holds the column names. Choose it.",
    "header_row_likely": "It is not clear which row holds the column names. The likeliest is row {row:position}. Choose it.",
    "column_match_uncertain": "Not sure enough to match {count:columns}: {names:quoted}. Confirm or change the match.",
    "required_field_unmapped": "Required, but without a column in the file: {names:quoted}. Choose the column.",
    "no_columns_matched": "No column of the file fits any field. Match the columns, or check that it is the right file.",
    "invalid_cells": "{cells:cells} with errors in {rows:rows}. Correct them: only data without errors can be sent.",
    "no_rows_to_deliver": "No row is left to send. Correct rows, or check that it is the right file.",
    "finish_cancelled": "The last check stopped the import without saying why. Check the rows.",
    "finish_failed": "The import could not be finished. Everything is as you left it. Submit it again; if that fails too, ask "
    "the person who sent you the link.",
}
"""Code → what a reviewer reads, in English; `header_row_likely` says more than `header_row_not_determined`."""

_FOR_SENDERS = {
    "header_row_not_determined": "Do so in the review, or set matchingStep.headerRowOverride.",
    "column_match_uncertain": "Do so in the review, or add the header to the field's alternateMatches.",
    "required_field_unmapped": "Do so in the review, or add the file's header to the field's alternateMatches.",
    "no_columns_matched": "Do so in the review, or add the file's headers to the fields' alternateMatches.",
    "invalid_cells": "Do so in the review; the setting invalidDataBehavior is BLOCK_SUBMIT.",
    "no_rows_to_deliver": "Do so in the review; the setting allowEmptySubmit is false.",
    "finish_cancelled": "Do so in the review; the schema's beforeFinishCallback gave no message.",
}
"""Code → what the sender of the file may do besides: follows the reviewer's text in the API."""


def header_reason(header: HeaderDecision) -> ReviewReason:
    """The header row is not clear."""
    candidates = [header.row] if header.row is not None else []
    candidates += [runner["row"] for runner in header.runners_up if runner.get("row") is not None]
    rows = {"rows": list(dict.fromkeys(candidates))}
    if candidates:
        return _reason("header_row_not_determined", {"row": candidates[0]}, rows, text="header_row_likely")
    return _reason("header_row_not_determined", {}, rows)


def match_reasons(columns: Sequence[ColumnDecision], schema: Schema) -> list[ReviewReason]:
    """What matching could not settle alone; nothing when every decision is taken."""
    uncertain = [column for column in columns if column.status == "uncertain"]
    mapped = {column.field for column in columns if column.status == "accepted"}
    reasons = [_uncertain_reason(uncertain)] if uncertain else []
    missing = [field for field in schema.fields if must_be_mapped(field) and field.key not in mapped]
    asked_anyway = {column.field for column in uncertain}
    if missing := [field for field in missing if field.key not in asked_anyway]:
        reasons.append(_missing_reason(missing))
    if not mapped and not reasons:
        reasons.append(_reason("no_columns_matched", {}, {}))
    return reasons


def finish_reason(message: str) -> ReviewReason:
    """The schema's `beforeFinishCallback` stopped the import, with a message or without one."""
    return ReviewReason("finish_cancelled", message.strip()) if message.strip() else _reason("finish_cancelled", {}, {})


def result_reasons(schema: Schema, delivered: Delivered) -> list[ReviewReason]:
    """What `invalidDataBehavior` and `allowEmptySubmit` demand of the checked rows."""
    return row_reasons(schema.settings, delivered.issues.counts, delivered.invalid, delivered.rows)


def may_ask(settings: Settings, delivered: int) -> bool:
    """Whether `row_reasons` may find a reason in rows of which at least `delivered` go out."""
    return settings.behavior == "BLOCK_SUBMIT" or (delivered == 0 and not settings.allow_empty_submit)


def row_reasons(
    settings: Settings, counts: Mapping[IssueKind, int], invalid: int, delivered: int
) -> list[ReviewReason]:
    """The same for rows of which `invalid` have an error and `delivered` would go out. `counts`: issues by kind."""
    reasons = []
    cells = sum(count for kind, count in counts.items() if kind.level == "error")
    if settings.behavior == "BLOCK_SUBMIT" and cells:
        counted = {"cells": cells, "rows": invalid}
        reasons.append(_reason("invalid_cells", counted, {**counted, "fields": _fields_with_errors(counts)}))
    if delivered == 0 and not settings.allow_empty_submit:
        reasons.append(_reason("no_rows_to_deliver", {}, {"rows": invalid}))
    return reasons


def _uncertain_reason(uncertain: Sequence[ColumnDecision]) -> ReviewReason:
    return _reason(
        "column_match_uncertain",
        {"count": len(uncertain), "names": [column.header for column in uncertain]},
        {"columns": [{"index": c.index, "header": c.header, "field": c.field} for c in uncertain]},
    )


def _missing_reason(missing: Sequence[Field]) -> ReviewReason:
    return _reason(
        "required_field_unmapped",
        {"count": len(missing), "names": [field.label for field in missing]},
        {"fields": [field.key for field in missing]},
    )


def must_be_mapped(field: Field) -> bool:
    """Whether an import asks a person when the field has no column."""
    return (field.required or field.require_mapping) and not field.hidden


def _fields_with_errors(counts: Mapping[IssueKind, int]) -> dict[str, int]:
    fields: dict[str, int] = {}
    for kind, count in counts.items():
        if kind.level == "error" and kind.field is not None:
            fields[kind.field] = fields.get(kind.field, 0) + count
    return fields


def _reason(code: str, parameters: dict[str, Any], context: dict[str, Any], *, text: str | None = None) -> ReviewReason:
    message = in_english(REASONS[text or code], parameters)
    return ReviewReason(code, f"{message} {_FOR_SENDERS[code]}", context)
