"""Why a person must decide: one reason per cause, each saying what to look at (pipeline.md, "Decide")."""

from __future__ import annotations

from collections.abc import Sequence

from headgate.engine.delivery import Delivered
from headgate.engine.errors import ReviewReason
from headgate.engine.header import HeaderDecision
from headgate.engine.issues import IssueLog
from headgate.engine.match import ColumnDecision
from headgate.schema import Field, Schema


def header_reason(header: HeaderDecision) -> ReviewReason:
    """The header row is not clear."""
    candidates = [header.row] if header.row is not None else []
    candidates += [runner["row"] for runner in header.runners_up if runner.get("row") is not None]
    hint = f" The likeliest is row {candidates[0] + 1}." if candidates else ""
    return ReviewReason(
        "header_row_not_determined",
        f"It is not clear which row holds the column names.{hint} Choose the header row in the review, "
        "or set matchingStep.headerRowOverride.",
        {"rows": list(dict.fromkeys(candidates))},
    )


def match_reasons(columns: Sequence[ColumnDecision], schema: Schema) -> list[ReviewReason]:
    """What matching could not settle alone; nothing when every decision is taken."""
    uncertain = [column for column in columns if column.status == "uncertain"]
    mapped = {column.field for column in columns if column.status == "accepted"}
    reasons = [_uncertain_reason(uncertain)] if uncertain else []
    missing = [field for field in schema.fields if _must_be_mapped(field) and field.key not in mapped]
    asked_anyway = {column.field for column in uncertain}
    if missing := [field for field in missing if field.key not in asked_anyway]:
        reasons.append(_missing_reason(missing))
    if not mapped and not reasons:
        reasons.append(
            ReviewReason(
                "no_columns_matched",
                "No column of the file belongs to any field of the schema. Match the columns in the review, "
                "or add the file's headers to the fields' alternateMatches.",
            )
        )
    return reasons


def finish_reason(message: str) -> ReviewReason:
    """The schema's `beforeFinishCallback` stopped the import, with a message or without one."""
    told = message.strip() or "The schema's beforeFinishCallback stopped the import without saying why. Check the rows."
    return ReviewReason("finish_cancelled", told)


def result_reasons(schema: Schema, delivered: Delivered) -> list[ReviewReason]:
    """What `invalidDataBehavior` and `allowEmptySubmit` demand of the checked rows."""
    issues, invalid = delivered.issues, delivered.invalid
    reasons = []
    if schema.settings.behavior == "BLOCK_SUBMIT" and issues.count("error"):
        cells = issues.count("error")
        reasons.append(
            ReviewReason(
                "invalid_cells",
                f"{_counted(cells, 'cell has an error', 'cells have errors')} in {_counted(invalid, 'row', 'rows')}, "
                "and the schema delivers only faultless data. Correct them in the review.",
                {"cells": cells, "rows": invalid, "fields": _fields_with_errors(issues)},
            )
        )
    if delivered.rows == 0 and not schema.settings.allow_empty_submit:
        reasons.append(
            ReviewReason(
                "no_rows_to_deliver",
                "No row is left to deliver, and the schema does not allow an empty import. "
                "Correct rows in the review, or check that the right file was sent.",
                {"rows": invalid},
            )
        )
    return reasons


def _uncertain_reason(uncertain: Sequence[ColumnDecision]) -> ReviewReason:
    names = ", ".join(f'"{column.header}"' for column in uncertain[:5]) + ("…" if len(uncertain) > 5 else "")
    return ReviewReason(
        "column_match_uncertain",
        f"{_counted(len(uncertain), 'column', 'columns')} may belong to a field, but not surely enough to decide: "
        f"{names}. Confirm or change the match in the review.",
        {"columns": [{"index": c.index, "header": c.header, "field": c.field} for c in uncertain]},
    )


def _missing_reason(missing: Sequence[Field]) -> ReviewReason:
    names = ", ".join(f'"{field.label}"' for field in missing[:5]) + ("…" if len(missing) > 5 else "")
    return ReviewReason(
        "required_field_unmapped",
        f"The file has no column for {_counted(len(missing), 'required field', 'required fields')}: "
        f"{names}. Match a column in the review, or add the file's header to the field's alternateMatches.",
        {"fields": [field.key for field in missing]},
    )


def _must_be_mapped(field: Field) -> bool:
    return (field.required or field.require_mapping) and not field.hidden


def _fields_with_errors(issues: IssueLog) -> dict[str, int]:
    counts: dict[str, int] = {}
    for kind, count in issues.counts.items():
        if kind.level == "error" and kind.field is not None:
            counts[kind.field] = counts.get(kind.field, 0) + count
    return counts


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
