"""Rows as the review page shows them: GridRow of the API, with everything that is to be said about their cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from headgate.engine.cell_options import own_options
from headgate.engine.checking import LEVELS
from headgate.engine.hooked_table import HookedSlot
from headgate.engine.issue_kinds import IssueKind
from headgate.engine.masking import Rule, hidden_in, masked_text
from headgate.engine.messages import Texts
from headgate.engine.review.cells import how_column
from headgate.engine.review.issue_index import WHOLE_ROW
from headgate.engine.review.reviewed import Positions
from headgate.engine.review.row_places import Places
from headgate.engine.review.shown import shown_cells
from headgate.engine.working import Slot

if TYPE_CHECKING:
    from headgate.engine.review.table import ReviewTable

Json = dict[str, Any]


class Pages:
    """Puts rows into words. `texts`: the language of the review."""

    def __init__(self, table: ReviewTable, texts: Texts) -> None:
        self._table = table
        self._texts = texts
        self.shown = [hooked for hooked in table.hooked if not hooked.slot.field.hidden]
        """The columns of the grid."""

    def rows(self, positions: Positions) -> list[Json]:
        """The rows as GridRow, in that order."""
        table = self._table
        frame = table.frame(positions, self.shown)
        cells = [shown_cells(frame, hooked).to_list() for hooked in self.shown]
        ids = table.ids(positions).tolist()
        rows: list[Json] = [
            {"row": row, "number": row + 1 if row >= 0 else None, "cells": list(texts), "marks": {}, "messages": []}
            for row, texts in zip(ids, zip(*cells, strict=True) if cells else [()] * len(ids), strict=True)
        ]
        changed = []
        for number, hooked in enumerate(self.shown):
            changed += self._mark_cells(rows, number, hooked, frame)
        self._tell_originals(rows, changed, positions)
        self._tell_issues(rows, positions)
        return rows

    def message(self, kind: IssueKind, own: str | None) -> Json:
        """A Message; `own`: the text of an entry that brings its own."""
        text = own if own is not None else self._texts.issue(kind)
        return {"code": kind.code, "level": kind.level, "text": text or kind.message or kind.code}

    def _mark_cells(
        self, rows: Sequence[Json], number: int, hooked: HookedSlot, frame: pl.DataFrame
    ) -> list[tuple[int, int]]:
        """What is to be seen of a column's cells besides issues; the cells (row, column) that are not as the import made them."""
        slot, code, text = hooked.slot, frame[hooked.slot.code], frame[hooked.slot.text]
        changed = _at(frame[how_column(slot)] > 0) if how_column(slot) in frame.columns else []
        for at in changed:
            rows[at]["marks"].setdefault(number, empty_mark())["changed"] = True
        if code.null_count() < len(code):
            for at in _at(code.is_not_null() & frame[slot.value].is_not_null()):
                mark = rows[at]["marks"].setdefault(number, empty_mark())
                mark["autofix"] = True
                mark["messages"].append(self._autofix(hooked, code[at]))
        for at, options in own_options(frame, slot):
            mark = rows[at]["marks"].setdefault(number, empty_mark())
            mark["options"] = [{"label": label, "value": value} for label, value, _ in options]
        for at, row in enumerate(rows):
            if number in row["marks"] and not row["marks"][number]["changed"]:
                _tell_original(row, number, _may_be_shown(text[at], slot))
        return [(at, number) for at in changed]

    def _tell_originals(self, rows: Sequence[Json], cells: Sequence[tuple[int, int]], positions: Positions) -> None:
        """Say of changed cells (row, column) what they were before."""
        for chunk, at, part in self._table.by_chunk(positions):
            here = dict(zip(part.tolist(), at.tolist(), strict=True))
            of_chunk = [(row, number) for row, number in cells if row in here]
            if not of_chunk:
                continue
            numbers = sorted({number for _, number in of_chunk})
            built = self._table.cells.base_texts(chunk, [self.shown[number] for number in numbers])
            for row, number in of_chunk:
                slot = self.shown[number].slot
                _tell_original(rows[row], number, _may_be_shown(built[slot.text][here[row]], slot))

    def originals(self, hooked: HookedSlot, positions: Positions) -> list[str | None]:
        """The texts of cells before anybody edited them; of a masked field what its mask leaves."""
        texts: list[str | None] = [None] * len(positions)
        for chunk, at, part in self._table.by_chunk(positions):
            built = self._table.cells.base_texts(chunk, [hooked])[hooked.slot.text]
            for place, row in zip(part.tolist(), at.tolist(), strict=True):
                texts[place] = _may_be_shown(built[row], hooked.slot)
        return texts

    def _autofix(self, hooked: HookedSlot, code: str) -> Json:
        parameters = hooked.type.message_parameters()
        return {"code": code, "level": "info", "text": self._texts.autofix(hooked.type.name, code, parameters)}

    def _tell_issues(self, rows: Sequence[Json], positions: Positions) -> None:
        table = self._table
        numbers = {hooked.slot.position: number for number, hooked in enumerate(self.shown)}
        for chunk, at, part in table.by_chunk(positions):
            if not (table.marks[positions[part]] & 7).any():
                continue
            place = dict(zip(at.tolist(), part.tolist(), strict=True))
            issues = without_values(table, chunk, _issues_of(table.issues(chunk), at))
            for of_row, slot, kind, _, message in issues.iter_rows():
                told = self.message(table.index.kinds[kind], message)
                row = rows[place[of_row]]
                if slot == WHOLE_ROW or slot not in numbers:
                    row["messages"].append(told)
                else:
                    _add_message(row["marks"].setdefault(numbers[slot], empty_mark()), told)


def without_values(table: ReviewTable, chunk: int, issues: pl.DataFrame) -> pl.DataFrame:
    """Issues of a chunk, in whose own messages no value of a masked field of their row stands: hooks quote cells."""
    masked = [hooked for hooked in table.hooked if hooked.slot.field.mask is not None]
    if not masked or not issues["message"].is_not_null().any():
        return issues
    frame = table.cells.frame(chunk, masked, issues["at"].to_numpy())
    told: list[str | None] = []
    for at, message in enumerate(issues["message"].to_list()):
        found: list[tuple[str | None, Rule]] = []
        for hooked in masked if message is not None else ():
            rule = hooked.slot.field.mask or "all"
            found += [(frame[name][at], rule) for name in (hooked.slot.text, hooked.slot.value)]
        told.append(None if message is None else hidden_in(message, found))
    return issues.with_columns(pl.Series("message", told, dtype=pl.String))


def empty_mark() -> Json:
    """A CellMark with nothing to say."""
    return {"level": None, "messages": [], "changed": False, "autofix": False, "original": None, "options": None}


def _tell_original(row: Json, number: int, original: str | None) -> None:
    if (original or "") != (row["cells"][number] or ""):
        row["marks"][number]["original"] = original


def _may_be_shown(text: str | None, slot: Slot) -> str | None:
    return text if text is None or slot.field.mask is None else masked_text(text, slot.field.mask)


def _issues_of(issues: pl.DataFrame, rows: Places) -> pl.DataFrame:
    """The issues of a chunk that are about some of its rows; they are kept in the order of the rows."""
    at = issues["at"].to_numpy()
    ordered = np.sort(rows)
    starts, ends = np.searchsorted(at, ordered), np.searchsorted(at, ordered, side="right")
    places = [np.arange(start, end, dtype=np.uint32) for start, end in zip(starts, ends, strict=True) if end > start]
    return issues[pl.Series(np.concatenate(places))] if places else issues.clear()


def _add_message(mark: Json, told: Mapping[str, Any]) -> None:
    """Add a message; one that says more than that the cell was mended stands for that, too."""
    mark["messages"] = [one for one in mark["messages"] if one["code"] != told["code"] or one == told]
    if told not in mark["messages"]:
        mark["messages"].append(told)
    if mark["level"] is None or LEVELS.index(told["level"]) < LEVELS.index(mark["level"]):
        mark["level"] = told["level"]


def _at(mask: pl.Series) -> list[int]:
    return mask.fill_null(value=False).arg_true().to_list()
