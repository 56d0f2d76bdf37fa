"""Rows as the review page shows them: GridRow of the API, with everything that is to be said about their cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from headgate.engine.cell_options import own_options
from headgate.engine.checking import LEVELS
from headgate.engine.hooked_table import HookedSlot
from headgate.engine.issues import IssueKind
from headgate.engine.messages import Texts
from headgate.engine.review.cells import how_column
from headgate.engine.review.issue_index import WHOLE_ROW
from headgate.engine.review.reviewed import Positions
from headgate.engine.review.shown import shown_cells

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
        for number, hooked in enumerate(self.shown):
            self._mark_cells(rows, number, hooked, frame, positions)
        self._tell_issues(rows, positions)
        return rows

    def message(self, kind: IssueKind, own: str | None) -> Json:
        """A Message; `own`: the text of an entry that brings its own."""
        text = own if own is not None else self._texts.issue(kind)
        return {"code": kind.code, "level": kind.level, "text": text or kind.message or kind.code}

    def _mark_cells(
        self, rows: Sequence[Json], number: int, hooked: HookedSlot, frame: pl.DataFrame, positions: Positions
    ) -> None:
        """What is to be seen of a column's cells besides issues."""
        slot = hooked.slot
        changed = _at(frame[how_column(slot)] > 0) if how_column(slot) in frame.columns else []
        for at in changed:
            rows[at]["marks"].setdefault(number, empty_mark())["changed"] = True
        for at in _at(frame[slot.code].is_not_null() & frame[slot.value].is_not_null()):
            mark = rows[at]["marks"].setdefault(number, empty_mark())
            mark["autofix"] = True
            mark["messages"].append(self._autofix(hooked, frame[slot.code][at]))
        for at, options in own_options(frame, slot):
            mark = rows[at]["marks"].setdefault(number, empty_mark())
            mark["options"] = [{"label": label, "value": value} for label, value, _ in options]
        marked = [at for at, row in enumerate(rows) if number in row["marks"]]
        for at, original in zip(marked, self.originals(hooked, positions[marked]), strict=True):
            if (original or "") != (rows[at]["cells"][number] or ""):
                rows[at]["marks"][number]["original"] = original

    def originals(self, hooked: HookedSlot, positions: Positions) -> list[str | None]:
        """The texts of cells before anybody edited them."""
        texts: list[str | None] = [None] * len(positions)
        for chunk, at, part in self._table.by_chunk(positions):
            built = self._table.cells.built(chunk, hooked, at)[hooked.slot.text].to_list()
            for place, text in zip(part.tolist(), built, strict=True):
                texts[place] = text
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
            issues = table.issues(chunk).filter(pl.col("at").is_in(pl.Series(at.astype(np.uint32)).implode()))
            for of_row, slot, kind, _, message in issues.iter_rows():
                told = self.message(table.index.kinds[kind], message)
                row = rows[place[of_row]]
                if slot == WHOLE_ROW or slot not in numbers:
                    row["messages"].append(told)
                else:
                    _add_message(row["marks"].setdefault(numbers[slot], empty_mark()), told)


def empty_mark() -> Json:
    """A CellMark with nothing to say."""
    return {"level": None, "messages": [], "changed": False, "autofix": False, "original": None, "options": None}


def _add_message(mark: Json, told: Mapping[str, Any]) -> None:
    """Add a message; one that says more than that the cell was mended stands for that, too."""
    mark["messages"] = [one for one in mark["messages"] if one["code"] != told["code"] or one == told]
    if told not in mark["messages"]:
        mark["messages"].append(told)
    if mark["level"] is None or LEVELS.index(told["level"]) < LEVELS.index(mark["level"]):
        mark["level"] = told["level"]


def _at(mask: pl.Series) -> list[int]:
    return mask.fill_null(value=False).arg_true().to_list()
