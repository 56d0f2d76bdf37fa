"""The first step of a review: the first records of the source, which of them holds the names, and how the source is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from headgate.engine.explanations import because
from headgate.engine.header import HeaderDecision
from headgate.engine.import_run import ImportRun
from headgate.engine.match.decisions import DECIDED_METHODS
from headgate.engine.messages import Texts
from headgate.engine.read.chosen_encoding import ENCODINGS, codec_of, encoding_label
from headgate.engine.read.detect import PRIORS
from headgate.engine.review.hidden_columns import HiddenColumns, shown_records
from headgate.engine.review.steps_columns import cut, explained
from headgate.engine.table import ROW, FileDescription, RawTable

MAX_CELLS = 200_000
"""Of one answer, so that a table of many thousand columns shows fewer rows at once."""

Choice = dict[str, Any]


def header_view(
    run: ImportRun, table: RawTable, header: HeaderDecision, texts: Texts, *, limit: int, offset: int
) -> dict[str, Any]:
    """HeaderView of a table, which may be a preview; `header` is what was decided for it."""
    limit = max(1, min(limit, MAX_CELLS // max(1, table.width)))
    named = header.evidence == [because("named_by_format")]
    suggested = header if header.status not in DECIDED_METHODS else run.own_header(table)
    labels = {field.key: field.label for field in run.schema.fields}
    hidden, shown = HiddenColumns.of(run), shown_records(run, suggested)
    return {
        "reading": _reading(table.description, texts),
        "rows": [
            {
                "row": row,
                "cells": cells if row in shown else [hidden.cell(column, cell) for column, cell in enumerate(cells)],
            }
            for row, cells in enumerate(records(table, offset, limit), start=offset)
        ],
        "hidden": sorted(hidden.rules),
        "total_rows": table.rows,
        "more": offset + limit < table.rows,
        "selected": list(header.rows),
        "suggested": None if suggested.row is None and not named else list(suggested.rows),
        "status": header.status,
        "confidence": round(header.confidence, 4),
        "evidence": explained(header.evidence, texts, labels),
        "named_by_format": named,
    }


def records(table: RawTable, offset: int, limit: int) -> list[list[str | None]]:
    """Records of the table from `offset` on, at most `limit`; long texts are cut."""
    found: list[list[str | None]] = []
    for position in range(len(table.spool)):
        chunk = table.spool.chunk(position)
        first = int(chunk[ROW][0])
        if first + chunk.height <= offset:
            continue
        wanted = chunk.slice(max(0, offset - first), limit - len(found)).drop(ROW)
        found += [[cut(cell) for cell in row] for row in wanted.iter_rows()]
        if len(found) >= limit:
            break
    return found


def is_delimited(description: FileDescription) -> bool:
    """Whether encoding and delimiter of the source are a matter of choice."""
    return description.format in ("csv", "tsv", "fixed-width")


def sheets_of(description: FileDescription) -> list[str]:
    """The sheets of a workbook that may be chosen, the one that was read first."""
    others = [entry["sheets"] for entry in description.warnings if entry["code"] == "other_sheets_not_read"]
    return [name for name in (description.sheet, *(others[0] if others else ())) if name is not None]


def _reading(description: FileDescription, texts: Texts) -> dict[str, Any]:
    delimited = is_delimited(description)
    sheets = sheets_of(description)
    return {
        "format": description.format,
        "encoding": description.encoding,
        "delimiter": description.delimiter,
        "quote": description.quote,
        "sheet": description.sheet,
        "encodings": _encodings(description) if delimited else [],
        "delimiters": _delimiters(description) if delimited else [],
        "sheets": [_choice(name, name) for name in sheets] if len(sheets) > 1 else [],
        "warnings": [
            {"code": entry["code"], "level": "warning", "text": texts.warning(entry)} for entry in description.warnings
        ],
    }


def _encodings(description: FileDescription) -> list[Choice]:
    """What was taken, what came second, then all others by how usual they are."""
    own = None if description.encoding is None else codec_of(description.encoding)
    scores = {codec_of(r["encoding"]): r["score"] for r in description.runners_up if r.get("encoding")}
    names = [own, *scores, *ENCODINGS]
    confidence = {own: description.confidence} | {name: score for name, score in scores.items() if name != own}
    return [_choice(name, encoding_label(name), confidence.get(name)) for name in _different(names)]


def _delimiters(description: FileDescription) -> list[Choice]:
    scores = {r["delimiter"]: r["score"] for r in description.runners_up if r.get("delimiter")}
    names = [description.delimiter, *scores, *PRIORS]
    confidence = {description.delimiter: description.confidence} | {
        name: score for name, score in scores.items() if name != description.delimiter
    }
    return [_choice(name, name, confidence.get(name)) for name in _different(names)]


def _different(names: Iterable[str | None]) -> Sequence[str]:
    return [name for name in dict.fromkeys(names) if name is not None]


def _choice(value: str, label: str, confidence: float | None = None) -> Choice:
    return {"value": value, "label": label, "confidence": confidence}
