"""What submitting would do now: how many rows go out, and why it may not be possible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from headgate.engine.messages import Texts
from headgate.engine.review_reasons import row_reasons
from headgate.schema import Settings

if TYPE_CHECKING:
    from headgate.engine.review.table import ReviewTable


def summary(table: ReviewTable, settings: Settings, texts: Texts) -> dict[str, Any]:
    """Summary of the API."""
    rows, invalid = table.rows, table.rows_with("error")
    behavior = settings.behavior
    counts = table.index.counts()
    errors = sum(count for kind, count in counts.items() if kind.level == "error")
    left_out = invalid if behavior == "REMOVE_INVALID_ROWS" else 0
    if behavior == "BLOCK_SUBMIT" and errors:
        left_out = rows
    reasons = row_reasons(settings, counts, invalid, rows - left_out if behavior != "BLOCK_SUBMIT" else rows)
    labels = {field.key: field.label for field in table.fields}
    blocked = None
    if reasons:
        entry = reasons[0].to_json()
        context = {key: value for key, value in entry.items() if key not in {"code", "message"}}
        blocked = {"code": entry["code"], "text": texts.reason(entry, labels), "context": context}
    people = table.places.added
    return {
        "rows": rows,
        "rows_with_errors": invalid,
        "error_cells": table.index.cells("error"),
        "warning_cells": table.index.cells("warning"),
        "info_cells": table.index.cells("info"),
        "changed_cells": sum(chunk.changed for chunk in table.store.manifest.chunks),
        "added_rows": int(np.count_nonzero(people & ~table.places.deleted)),
        "deleted_rows": int(np.count_nonzero(~people & table.places.deleted)),
        "delivered": rows - left_out,
        "left_out": left_out,
        "blocked": blocked,
    }
