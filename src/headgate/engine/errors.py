"""Why an import FAILED or NEEDS_REVIEW: stable codes, each with a message that says what to do next."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from headgate.records import dataclass

FAILURE_CODES: dict[str, str] = {
    "file_empty": "The file has no content, or nothing but blank lines.",
    "file_too_large": "The file is larger than `settings.maxFileSize` or the operator's limit.",
    "file_format_unknown": "The content is none of the formats that can be read.",
    "file_corrupt": "The file is damaged: truncated, failing its checksums, or not what its format demands.",
    "file_encrypted": "The file is protected by a password.",
    "file_hostile": "The file unfolds to more than the limits allow: zip bomb, entity expansion, absurd dimensions.",
    "file_encoding_unknown": "The text encoding could not be determined without losing characters.",
    "archive_not_single_file": "The archive holds no file, or more than one.",
    "sheet_not_found": "`settings.uploadStep.sheetOverride` names a sheet that the workbook does not have.",
    "no_visible_sheet": "The workbook has no visible sheet with data.",
    "too_many_columns": "The table has more columns than the limit.",
    "json_invalid": "The JSON cannot be parsed, or is no list of objects or lists.",
    "header_row_out_of_range": "`settings.matchingStep.headerRowOverride` points behind the last row.",
    "regex_too_slow": "A `regex_match` or `regex_exclude` pattern ran too long on a value of the file.",
    "hook_failed": "A hook of the schema threw, ran out of time or memory, or returned a wrong shape.",
    "memory_limit_exceeded": "The import needed more memory than the operator allows for one import.",
    "time_limit_exceeded": "The import ran longer than the operator allows.",
    "disk_full": "The disk of the service had no room for the import for longer than the operator lets it wait, or never can.",
    "file_missing": "The uploaded file has vanished from the store of the service.",
    "upload_expired": "Nothing was uploaded before the upload URL expired.",
    "worker_crashed": "The import stopped its worker three times.",
    "internal_error": "headgate itself failed; the log holds the details under the import's id.",
}

REVIEW_CODES: dict[str, str] = {
    "header_row_not_determined": "It is not clear which row holds the column names.",
    "column_match_uncertain": "A column probably belongs to a field, but not surely enough to decide alone.",
    "required_field_unmapped": "A field that is required or has `requireMapping` has no column.",
    "no_columns_matched": "No column of the file belongs to any field.",
    "invalid_cells": "Cells have errors and `invalidDataBehavior` is BLOCK_SUBMIT.",
    "no_rows_to_deliver": "No row is left to deliver and `allowEmptySubmit` is false.",
    "finish_cancelled": "The schema's `beforeFinishCallback` asked for a person.",
    "finish_failed": "The submitted review could not be finished; nothing of it is lost.",
}

LEFT_OVER_BY_A_FINISH = frozenset({"finish_cancelled", "finish_failed"})
"""Reasons that a submitted review comes back with; the next submission replaces them."""


class ImportFailedError(Exception):
    """The import ends as FAILED. `code` is one of FAILURE_CODES; `context` holds JSON values, such as `sheet`."""

    def __init__(self, code: str, message: str, **context: Any) -> None:
        if code not in FAILURE_CODES:
            raise KeyError(code)
        self.code = code
        self.message = message
        self.context = context
        super().__init__(f"{code}: {message}")

    def to_json(self) -> dict[str, Any]:
        """The entry of `import_errors`."""
        return {"code": self.code, "message": self.message, **self.context}


@dataclass(frozen=True)
class ReviewReason:
    """One reason why a person must decide. `code` is one of REVIEW_CODES."""

    code: str
    message: str
    context: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The entry of `import_errors`."""
        return {"code": self.code, "message": self.message, **self.context}
