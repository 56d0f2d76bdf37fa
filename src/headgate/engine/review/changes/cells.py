"""Changes of cells that a person points at: typed texts, pasted ones, cells filled from their neighbour, cleared cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from headgate.engine.hooked_table import HookedSlot
from headgate.engine.review.changes.targets import (
    as_positions,
    editable,
    rows_of_range,
    same_text,
    slots_of_range,
)
from headgate.engine.review.delta import GIVEN, TYPED
from headgate.engine.review.grid import Grid
from headgate.engine.review.proposal import ColumnEdit, Proposal
from headgate.engine.review.refusals import refused
from headgate.engine.review.reviewed import is_editable
from headgate.engine.review.row_places import NOWHERE
from headgate.engine.review.shown import edited_texts, shown_cells


def set_cells(grid: Grid, change: Mapping[str, Any]) -> tuple[Proposal, list[dict[str, Any]]]:
    """Typed texts; and the cells that somebody else had changed since they were seen. Cells of rows that were deleted
    meanwhile are skipped."""
    cells = change["cells"]
    found = grid.table.find(np.array([cell["row"] for cell in cells], np.int64)).tolist()
    if len(cells) == 1 and found[0] == NOWHERE:
        raise refused("unknown_row", "row_gone")
    skipped = 0
    by_column: dict[str, dict[int, dict[str, Any]]] = {}
    for cell, position in zip(cells, found, strict=True):
        if position == NOWHERE:
            skipped += 1
        else:
            by_column.setdefault(cell["column"], {})[position] = cell
    edits, conflicts = [], []
    for column, of_column in by_column.items():
        hooked = grid.views.slot(column)
        if not is_editable(hooked.slot):
            skipped += len(of_column)
            continue
        positions = as_positions(list(of_column))
        texts = pl.Series([cell["text"] for cell in of_column.values()], dtype=pl.String)
        edits.append(ColumnEdit.of(hooked, positions, texts, GIVEN))
        conflicts += _conflicts(grid, hooked, of_column)
    if not edits and skipped:
        raise refused("not_editable", "cells_may_not_be_changed")
    return Proposal(edits, skipped=skipped), conflicts


def _conflicts(grid: Grid, hooked: HookedSlot, cells: Mapping[int, Mapping[str, Any]]) -> list[dict[str, Any]]:
    seen = {position: cell for position, cell in cells.items() if "seen" in cell}
    frame = grid.table.frame(as_positions(list(seen)), [hooked])
    shown, text = shown_cells(frame, hooked).to_list(), frame[hooked.slot.text].to_list()
    edited = edited_texts(frame, hooked).to_list()
    if hooked.slot.field.mask is not None:
        # Who could compare guesses with a hidden value would know it one day.
        text = edited = shown
    return [
        {"row": cell["row"], "column": cell["column"], "seen": cell["seen"], "theirs": shown[at]}
        for at, cell in enumerate(seen.values())
        if (cell["seen"] or "") not in {shown[at] or "", text[at] or "", edited[at] or ""}
    ]


def paste(grid: Grid, change: Mapping[str, Any]) -> Proposal:
    """Texts from a clipboard, from the first cell of the range on; what reaches behind the last row becomes new rows."""
    area, texts = change["range"], change["texts"]
    view = grid.views.rows(area.get("view") or {})
    first = min(int(area["first"]), int(area["last"]))
    positions = view.positions[first : first + len(texts)]
    slots = slots_of_range(grid, area)
    width = max((len(line) for line in texts), default=0)
    slots = [*slots, *_columns_behind(grid, slots[-1])][:width] if len(slots) < width else slots[:width]
    beyond = texts[len(positions) :]
    skipped = sum(max(0, len(line) - len(slots)) for line in texts)
    edits = []
    for number, hooked in enumerate(slots):
        at = [row for row in range(len(positions)) if number < len(texts[row])]
        if not is_editable(hooked.slot):
            skipped += sum(number < len(line) for line in texts)
            continue
        column = pl.Series([texts[row][number] for row in at], dtype=pl.String)
        edits.append(ColumnEdit.of(hooked, positions[at], column, GIVEN))
    if not change.get("add_rows"):
        skipped += sum(sum(is_editable(hooked.slot) for hooked in slots[: len(line)]) for line in beyond)
        return Proposal(edits, skipped=skipped)
    added = [
        {hooked.slot.position: text for hooked, text in zip(slots, line, strict=False) if is_editable(hooked.slot)}
        for line in beyond
    ]
    return Proposal(edits, added=added, skipped=skipped)


def _columns_behind(grid: Grid, hooked: HookedSlot) -> Sequence[HookedSlot]:
    shown = grid.pages.shown
    return shown[shown.index(hooked) + 1 :] if hooked in shown else []


def fill(grid: Grid, change: Mapping[str, Any]) -> Proposal:
    """Copies of the range's first row, or of its first column."""
    area = change["range"]
    positions, slots = rows_of_range(grid, area), slots_of_range(grid, area)
    is_down = (change.get("direction") or "down") == "down"
    if len(positions) == 0 or (len(positions) if is_down else len(slots)) < 2:
        raise refused("nothing_to_do", "fill_from_missing")
    filled = slots if is_down else slots[1:]
    targets = positions[1:] if is_down else positions
    skipped = len(targets) * (len(filled) - len(editable(filled)))
    if is_down:
        edits = [_filled_down(grid, hooked, positions) for hooked in editable(slots)]
        return Proposal(edits, skipped=skipped)
    allowed = [hooked for hooked in editable(filled) if _may_be_copied(slots[0], hooked)]
    skipped = len(targets) * (len(filled) - len(allowed))
    source = edited_texts(grid.table.frame(positions, [slots[0]]), slots[0])
    return Proposal([ColumnEdit.of(hooked, positions, source, GIVEN) for hooked in allowed], skipped=skipped)


def _may_be_copied(source: HookedSlot, target: HookedSlot) -> bool:
    """Whether the copies show no more of a value than the cells that they come from."""
    rule = source.slot.field.mask
    return rule is None or target.slot.field.mask in ("all", rule)


def _filled_down(grid: Grid, hooked: HookedSlot, positions: np.ndarray[Any, np.dtype[np.int32]]) -> ColumnEdit:
    frame = grid.table.frame(positions[:1], [hooked])
    value, text = frame[hooked.slot.value].item(), frame[hooked.slot.text].item()
    # The value itself, so that a copy never means anything else than what it was copied from.
    if value is not None and hooked.plain.read(value).value == value:
        return same_text(hooked, positions[1:], value, TYPED)
    return same_text(hooked, positions[1:], text)


def clear(grid: Grid, change: Mapping[str, Any]) -> Proposal:
    """Empty cells."""
    positions, slots = rows_of_range(grid, change["range"]), slots_of_range(grid, change["range"])
    kept = editable(slots)
    edits = [same_text(hooked, positions, None) for hooked in kept]
    return Proposal(edits, skipped=len(positions) * (len(slots) - len(kept)))
