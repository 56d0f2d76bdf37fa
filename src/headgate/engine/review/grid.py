"""What the grid of the review page asks: columns, rows, single cells, values of a column, the next issue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from headgate.engine.hooked_table import HookedSlot
from headgate.engine.messages import Texts
from headgate.engine.review.issue_index import LEVEL_BITS
from headgate.engine.review.log import RefusedChangeError
from headgate.engine.review.pages import Pages, empty_mark
from headgate.engine.review.reviewed import Positions, column_id, column_label
from headgate.engine.review.row_places import NOWHERE
from headgate.engine.review.shown import edited_texts, is_formatted, shown_cells
from headgate.engine.review.summary import summary
from headgate.engine.review.views import Views, any_contains
from headgate.engine.working import failed_cells
from headgate.schema import Settings

if TYPE_CHECKING:
    from headgate.engine.review.table import ReviewTable

Json = dict[str, Any]

MIN_WIDTH, MAX_WIDTH = 6, 60
SAMPLED_FOR_WIDTH = 1_000


class Grid:
    """Answers about one table. `headers`: the columns' names in the source. `texts`: the language of the review."""

    def __init__(self, table: ReviewTable, headers: Sequence[str], settings: Settings, texts: Texts) -> None:
        self.table = table
        self.views = Views(table)
        self.pages = Pages(table, texts)
        self._headers = headers
        self._settings = settings
        self._texts = texts
        self._widths: list[int] = []

    def columns(self) -> list[Json]:
        """GridColumn of every column, in the order of the rows' cells."""
        if not self._widths:
            self._widths = self._sampled_widths()
        counts: dict[tuple[int | None, str], int] = {}
        for group, count in self.table.groups():
            counts[group.slot, group.level] = counts.get((group.slot, group.level), 0) + count
        return [
            {
                "id": column_id(hooked.slot),
                "field": hooked.slot.field.key,
                "label": column_label(hooked.slot),
                "header": self._header(hooked),
                "type": hooked.slot.field.type_name,
                "read_only": hooked.slot.field.read_only,
                "formatted": is_formatted(hooked.type),
                "masked": hooked.slot.field.mask is not None,
                "width": width,
                "errors": counts.get((hooked.slot.position, "error"), 0),
                "warnings": counts.get((hooked.slot.position, "warning"), 0),
                "infos": counts.get((hooked.slot.position, "info"), 0),
            }
            for hooked, width in zip(self.pages.shown, self._widths, strict=True)
        ]

    def summary(self) -> Json:
        """Summary."""
        return summary(self.table, self._settings, self._texts)

    def rows(self, query: Mapping[str, Any]) -> Json:
        """RowsPage without `version`, for a RowsQuery."""
        view = self.views.rows(query.get("view") or {})
        offset, limit = int(query.get("offset") or 0), int(query.get("limit") or 100)
        return {
            "snapshot": view.name,
            "total": len(view.positions),
            "offset": offset,
            "rows": self.pages.rows(view.positions[offset : offset + limit]),
        }

    def rows_by_id(self, rows: Sequence[int]) -> Json:
        """RowsPage without `version`; rows that are gone are left out."""
        found = self.table.find(np.array(rows, np.int64))
        found = found[found != NOWHERE]
        return {"snapshot": "", "total": len(found), "offset": 0, "rows": self.pages.rows(found)}

    def rows_at(self, positions: Positions) -> list[Json]:
        """GridRows of those positions that are not deleted, in the order in which they are shown."""
        present = positions[~self.table.places.deleted[positions]]
        return self.pages.rows(present[np.argsort(self.table.places.ranks[present])])

    def position(self, row: int) -> Positions:
        """The position of a row, alone. Raises RefusedChangeError (`unknown_row`)."""
        found = self.table.find(np.array([row], np.int64))
        if len(found) == 0 or found[0] == NOWHERE:
            raise RefusedChangeError("unknown_row", f"There is no row {row} (any more).")
        return found

    def cell(self, query: Mapping[str, Any]) -> Json:
        """CellDetail without `history`; `address`, as the log has it, comes with it."""
        hooked, at = self.views.slot(query["column"]), self.position(query["row"])
        frame = self.table.frame(at, [hooked])
        (page,) = self.pages.rows(at)
        number = self.pages.shown.index(hooked) if hooked in self.pages.shown else None
        mask = hooked.slot.field.mask
        text = edited_texts(frame, hooked).item() if mask is None else None
        in_error = bool(failed_cells(frame, hooked.slot).item())
        reading = hooked.reader.read(frame[hooked.slot.text].item()) if in_error else None
        return {
            "row": query["row"],
            "column": query["column"],
            "text": text,
            "shown": shown_cells(frame, hooked).item(),
            "original": self.pages.originals(hooked, at)[0],
            "suggestion": None if reading is None or mask is not None else reading.suggestion,
            "mark": page["marks"].get(number, empty_mark()),
            "address": {**address(query["row"], hooked), "mask": mask},
        }

    def distinct(self, query: Mapping[str, Any]) -> Json:
        """DistinctValues: the shown texts of a column, the most frequent first."""
        hooked = self.views.slot(query["column"])
        parts = []
        for chunk, at, _ in self.table.by_chunk(self.table.visible):
            frame = self.table.cells.frame(chunk, [hooked], at)
            parts.append(shown_cells(frame, hooked).replace("", None).alias("text").value_counts(name="count"))
        counts = pl.concat(parts) if parts else pl.DataFrame(schema={"text": pl.String, "count": pl.UInt32})
        counts = counts.group_by("text").agg(pl.col("count").sum())
        if query.get("search"):
            counts = counts.filter(any_contains(query["search"])([counts["text"]]))
        top = counts.sort("count", "text", descending=[True, False], nulls_last=True).head(query.get("limit") or 50)
        values = [{"text": text, "count": count} for text, count in top.select("text", "count").iter_rows()]
        return {"values": values, "total": counts.height}

    def seek(self, query: Mapping[str, Any]) -> Json:
        """SeekResult: the next cell with an issue of a level, in the order of the view, then of the columns."""
        view = self.views.rows(query.get("view") or {})
        forward = (query.get("direction") or "next") == "next"
        bit = LEVEL_BITS[query.get("level") or "error"]
        start = int(query.get("position", -1))
        numbers = {column_id(hooked.slot): number for number, hooked in enumerate(self.pages.shown)}
        column = numbers.get(query["column"]) if query.get("column") is not None else None
        if column is not None and 0 <= start < len(view.positions):
            here = self._columns_in_error(view.positions[start : start + 1], bit)
            beyond = [number for number in here if (number > column if forward else number < column)]
            if beyond:
                return self._found(view.name, view.positions, start, beyond[0 if forward else -1])
        marked = (self.table.marks[view.positions] & bit) != 0
        at = _next(marked, start, forward=forward)
        if at is not None:
            columns = self._columns_in_error(view.positions[at : at + 1], bit)
            return self._found(view.name, view.positions, at, columns[0 if forward else -1] if columns else None)
        return {"position": None, "row": None, "column": None, "snapshot": view.name}

    def _found(self, name: str, positions: Positions, at: int, number: int | None) -> Json:
        (row,) = self.table.ids(positions[at : at + 1]).tolist()
        column = None if number is None else column_id(self.pages.shown[number].slot)
        return {"position": at, "row": row, "column": column, "snapshot": name}

    def _columns_in_error(self, position: Positions, bit: int) -> list[int]:
        """The columns of one row that have an issue of that level, in their order."""
        ((chunk, at, _),) = self.table.by_chunk(position)
        issues = self.table.issues(chunk).filter(pl.col("at") == int(at[0]))
        slots = {
            slot
            for slot, group in issues.select("slot", "group").iter_rows()
            if LEVEL_BITS[self.table.index.groups[group].level] == bit
        }
        return [number for number, hooked in enumerate(self.pages.shown) if hooked.slot.position in slots]

    def _header(self, hooked: HookedSlot) -> str | None:
        column = hooked.slot.column
        return self._headers[column] if column is not None and column < len(self._headers) else None

    def _sampled_widths(self) -> list[int]:
        visible = self.table.visible
        some = visible[:SAMPLED_FOR_WIDTH]
        frame = self.table.frame(some, self.pages.shown)
        widths = []
        for hooked in self.pages.shown:
            longest = shown_cells(frame, hooked).str.len_chars().max() if len(some) else 0
            widths.append(min(MAX_WIDTH, max(MIN_WIDTH, int(str(longest or 0)), len(column_label(hooked.slot)))))
        return widths


def address(row: int, hooked: HookedSlot) -> Json:
    """How the log names a cell (delta.py)."""
    column = hooked.slot.column
    return {"row": row, "column": column, "field": hooked.slot.field.key if column is None else None}


def _next(marked: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], start: int, *, forward: bool) -> int | None:
    """The next marked place behind `start`, or the last one before it (-1: from the end)."""
    part = marked[max(0, start + 1) :] if forward else (marked if start < 0 else marked[:start])
    if not part.any():
        return None
    return max(0, start + 1) + int(part.argmax()) if forward else len(part) - 1 - int(part[::-1].argmax())
