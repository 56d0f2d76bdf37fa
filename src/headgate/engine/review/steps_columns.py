"""The second step of a review: each column of the file with what it may be, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from headgate.engine.import_run import ImportRun
from headgate.engine.layout import Layout
from headgate.engine.match import ColumnDecision, RunnerUp
from headgate.engine.matching import sample_rows
from headgate.engine.messages import Texts
from headgate.engine.review.hidden_columns import HiddenColumns
from headgate.engine.review_reasons import must_be_mapped
from headgate.engine.table import cell_column
from headgate.engine.types.base import WHITE_SPACE

MAX_SAMPLES = 5
MAX_SUGGESTIONS = 5
MAX_SHOWN_CHARACTERS = 500
"""A longer text is cut where it is only looked at."""


def columns_view(run: ImportRun, layout: Layout, texts: Texts) -> dict[str, Any]:
    """ColumnsView."""
    labels = {field.key: field.label for field in run.schema.fields}
    rows = sample_rows(layout.table, layout.first_row)
    automatic = {column.index: column for column in run.automatic}
    hidden = HiddenColumns.of(run)
    shown = [
        _file_column(column, automatic[column.index], rows[cell_column(column.index)], texts, labels, hidden)
        for column in layout.columns
    ]
    return {
        "columns": shown,
        "unmatched_required": unmatched_required(run, layout),
        "uncertain": [column.index for column in layout.columns if column.status == "uncertain"],
    }


def unmatched_required(run: ImportRun, layout: Layout) -> list[str]:
    """The keys of the fields that must have a column and have none."""
    mapped = {column.field for column in layout.columns if column.status == "accepted"}
    return [field.key for field in run.schema.fields if must_be_mapped(field) and field.key not in mapped]


def all_fields_matched(run: ImportRun, layout: Layout) -> bool:
    """Whether every field that can have a column has one and no column is in question."""
    mapped = {column.field for column in layout.columns if column.status == "accepted"}
    certain = all(column.status != "uncertain" for column in layout.columns)
    return certain and all(field.hidden or field.key in mapped for field in run.schema.fields)


def explained(
    evidence: Sequence[dict[str, Any]], texts: Texts, labels: dict[str, str], headers: Sequence[str] = ()
) -> list[dict[str, str]]:
    """Entries of `evidence` with their texts."""
    return [{"code": entry["code"], "text": texts.evidence(entry, labels, headers)} for entry in evidence]


def cut(text: str | None) -> str | None:
    """A text as it is shown where nobody edits it."""
    return text if text is None or len(text) <= MAX_SHOWN_CHARACTERS else f"{text[:MAX_SHOWN_CHARACTERS]}…"


def _file_column(
    column: ColumnDecision,
    automatic: ColumnDecision,
    cells: pl.Series,
    texts: Texts,
    labels: dict[str, str],
    hidden: HiddenColumns,
) -> dict[str, Any]:
    filled = cells.str.strip_chars(WHITE_SPACE).replace("", None).drop_nulls()
    ignored = column.status == "unmapped" and column.method in ("person", "memory", "recipe")

    def told(entries: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
        return explained(hidden.evidence(column.index, entries), texts, labels, hidden.headers)

    return {
        "index": column.index,
        "header": hidden.headers[column.index],
        "samples": _samples(hidden.cells(column.index, filled)),
        "hidden": column.index in hidden.rules,
        "filled": len(filled) / len(cells) if len(cells) else 0.0,
        "field": column.field,
        "status": "ignored" if ignored else column.status,
        "method": column.method,
        "confidence": round(column.confidence, 4),
        "evidence": told(column.evidence),
        "suggestions": [
            {
                "field": other.field,
                "confidence": round(other.confidence, 4),
                "evidence": told(other.evidence),
            }
            for other in _suggestions(automatic)
            if other.field in labels
        ],
    }


def _samples(filled: pl.Series) -> list[str]:
    """Different texts, evenly spread over the column."""
    different = filled.unique(maintain_order=True)
    count = min(MAX_SAMPLES, len(different))
    picked = [different[at * len(different) // count] for at in range(count)]
    return [text for text in map(cut, picked) if text is not None]


def _suggestions(automatic: ColumnDecision) -> list[RunnerUp]:
    """The fields that headgate thinks of, its own choice first."""
    own = []
    if automatic.field is not None:
        own.append(RunnerUp(automatic.field, automatic.confidence, automatic.evidence))
    others = sorted(automatic.runners_up, key=lambda other: -other.confidence)
    return [*own, *(other for other in others if other.field != automatic.field)][:MAX_SUGGESTIONS]
