"""What a change would do, without doing it: samples, and the errors of the changed rows before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from headgate.engine.review.cells import with_all_columns
from headgate.engine.review.changes.drafting import is_changed, laid_over
from headgate.engine.review.issue_index import LEVEL_BITS
from headgate.engine.review.proposal import ColumnEdit, Proposal
from headgate.engine.review.reviewed import Positions, column_id
from headgate.engine.review.row_places import distinct
from headgate.engine.review.shown import shown_cells
from headgate.engine.table import ROW
from headgate.engine.working import INDEX

if TYPE_CHECKING:
    from headgate.engine.review.table import ReviewTable

TRIED_ROWS = 1_000
SAMPLES = 10


def tried(table: ReviewTable, proposal: Proposal) -> dict[str, Any]:
    """Preview of the API. Row hooks are not run: they may reach out to others."""
    edits = [edit for edit in (_effective(table, edit) for edit in proposal.edits) if edit.cells]
    parts = [edit.positions for edit in edits]
    rows: Positions = distinct(np.concatenate([*parts, proposal.deleted, np.empty(0, np.int32)]))
    after = None
    if len(rows) <= TRIED_ROWS:
        staying = rows[~np.isin(rows, proposal.deleted)]
        after = _errors_after(table, edits, staying)
    return {
        "cells": sum(edit.cells for edit in edits),
        "rows": len(rows) + len(proposal.added),
        "skipped": proposal.skipped,
        "samples": _samples(table, edits),
        "errors_before": errors_in(table, rows),
        "errors_after": after,
        "tried_rows": proposal.tried,
        "problem": None,
    }


def _effective(table: ReviewTable, edit: ColumnEdit) -> ColumnEdit:
    """The edit without the cells that it leaves as they are."""
    changed = np.zeros(edit.cells, np.bool_)
    for chunk, at, part in table.by_chunk(edit.positions):
        frame = with_all_columns(table.cells.frame(chunk, [edit.hooked], at), edit.hooked.slot)
        places = pl.Series(part, dtype=pl.UInt32)
        of_chunk = ColumnEdit(edit.hooked, edit.positions[part], edit.texts[places], edit.how[places])
        changed[part] = is_changed(frame, of_chunk).to_numpy()
    kept = pl.Series(changed)
    return ColumnEdit(edit.hooked, edit.positions[changed], edit.texts.filter(kept), edit.how.filter(kept))


def errors_in(table: ReviewTable, rows: Positions) -> int:
    """Errors of those rows."""
    found = 0
    for chunk, at, _ in table.by_chunk(rows):
        if (table.marks[rows] & LEVEL_BITS["error"]).any():
            issues = table.issues(chunk)
            here = np.zeros(table.store.manifest.chunks[chunk].height, np.bool_)
            here[at] = True
            found += _errors(table, issues.filter(pl.Series(here[issues["at"].to_numpy()])))
    return found


def _errors(table: ReviewTable, issues: pl.DataFrame) -> int:
    levels = [table.index.groups[group].level for group in issues["group"].to_list()]
    return levels.count("error")


def _errors_after(table: ReviewTable, edits: list[ColumnEdit], rows: Positions) -> int:
    """Errors of those rows as the edits would leave them; what repeats is looked up as if they had been made."""
    if len(rows) == 0:
        return 0
    frame = table.frame(rows, table.hooked)
    for edit in edits:
        stays = np.isin(edit.positions, rows)
        kept = ColumnEdit(edit.hooked, edit.positions[stays], edit.texts.filter(stays), edit.how.filter(stays))
        frame = laid_over(frame, kept, np.searchsorted(rows, kept.positions))
    with table.checks.as_if(rows, frame, table.cells_in):
        table.checks.check(frame.with_columns(pl.col(INDEX), pl.col(ROW)), None)
        found = table.index.take()
    return _errors(table, found)


def _samples(table: ReviewTable, edits: list[ColumnEdit]) -> list[dict[str, Any]]:
    """The first changed cells of every column, as they are shown."""
    samples: list[dict[str, Any]] = []
    share = max(1, SAMPLES // max(1, len(edits)))
    for edit in edits:
        few = ColumnEdit(edit.hooked, edit.positions[:share], edit.texts.head(share), edit.how.head(share))
        frame = table.frame(few.positions, [few.hooked])
        after = shown_cells(laid_over(frame, few, np.arange(len(few.positions))), few.hooked).to_list()
        before, ids = shown_cells(frame, few.hooked).to_list(), table.ids(few.positions).tolist()
        column = column_id(few.hooked.slot)
        samples += [
            {"row": row, "column": column, "before": old, "after": new}
            for row, old, new in zip(ids, before, after, strict=True)
        ]
    return samples[:SAMPLES]
