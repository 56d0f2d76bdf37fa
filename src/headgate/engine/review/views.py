"""Which rows a person looks at, in which order: filters, search and sorting give lists of rows that keep as they are.

A list is named by its snapshot. Cells may change under it; a row that is deleted ends it, because positions would shift.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import orjson
import polars as pl

from headgate.engine.hooked_table import HookedSlot
from headgate.engine.patterns import escaped
from headgate.engine.review.issue_index import LEVEL_BITS
from headgate.engine.review.log import RefusedChangeError
from headgate.engine.review.reviewed import Positions, column_id, group_of_id
from headgate.engine.review.shown import SearchedCells, shown_cells
from headgate.engine.review.sorting import sorted_rows
from headgate.engine.review.table_files import AUTOFIXED, CHANGED
from headgate.engine.working import EXTRA
from headgate.records import dataclass

if TYPE_CHECKING:
    from headgate.engine.review.table import ReviewTable

KEPT = 8
"""How many lists of rows are kept; four bytes a row each, but for that of all rows."""

_MARK_OF = {
    "errors": LEVEL_BITS["error"],
    "warnings": LEVEL_BITS["warning"],
    "infos": LEVEL_BITS["info"],
    "changed": CHANGED,
    "autofixed": AUTOFIXED,
}

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Snapshot:
    """A list of rows. `deletions`: the table's counter when it was made."""

    name: str
    spec: bytes
    positions: Positions
    version: int
    deletions: int


class Views:
    """The lists of rows of one table, made when asked for."""

    def __init__(self, table: ReviewTable) -> None:
        self._table = table
        self._kept: OrderedDict[str, Snapshot] = OrderedDict()
        # No name of this process is one that another process gave.
        self._prefix = secrets.token_hex(4)
        self._made = 0

    def rows(self, view: Mapping[str, Any]) -> Snapshot:
        """The rows of a View of the API. Raises RefusedChangeError: `view_changed` for a snapshot that is gone,
        `unknown_column` for a column or group that is not there."""
        name = view.get("snapshot")
        if name is not None:
            return self._named(name)
        spec = orjson.dumps({key: value for key, value in view.items() if value}, option=orjson.OPT_SORT_KEYS)
        for known in self._kept.values():
            if known.spec == spec and (known.version, known.deletions) == (self._table.seq, self._table.deletions):
                self._kept.move_to_end(known.name)
                return known
        self._made += 1
        made = Snapshot(
            f"{self._prefix}-{self._made}", spec, self._select(view), self._table.seq, self._table.deletions
        )
        self._kept[made.name] = made
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return made

    def slot(self, column: str) -> HookedSlot:
        """The slot of a ColumnId. Raises RefusedChangeError (`unknown_column`)."""
        for hooked in self._table.hooked:
            if column_id(hooked.slot) == column:
                return hooked
        raise RefusedChangeError("unknown_column", f"There is no column {column!r}. Load the page again.")

    def _named(self, name: str) -> Snapshot:
        found = self._kept.get(name)
        if found is not None:
            gone = found.deletions != self._table.deletions and self._table.places.deleted[found.positions].any()
            if not gone:
                self._kept.move_to_end(name)
                return found
        raise RefusedChangeError("view_changed", "The list of rows has changed. Ask for it again.")

    def _select(self, view: Mapping[str, Any]) -> Positions:
        table = self._table
        rows = table.visible if not view.get("group") else table.rows_of(group_of_id(table, view["group"]))
        only = view.get("only") or "all"
        if only == "added":
            rows = rows[table.places.added[rows]]
        elif only != "all":
            rows = rows[(table.marks[rows] & _MARK_OF[only]) != 0]
        for one in view.get("filters") or ():
            rows = self._filtered(rows, one)
        if view.get("search"):
            slots = [hooked for hooked in table.hooked if not hooked.slot.field.hidden]
            rows = self.matching(rows, slots, any_contains(view["search"]), SearchedCells(view["search"]))
        order = [(self.slot(sort["column"]), bool(sort.get("descending"))) for sort in view.get("sort") or ()]
        return sorted_rows(table, rows, order) if order else rows

    def _filtered(self, rows: Positions, wanted: Mapping[str, Any]) -> Positions:
        hooked = self.slot(wanted["column"])
        if wanted.get("contains"):
            rows = self.matching(rows, [hooked], any_contains(wanted["contains"]))
        if wanted.get("values") is not None:
            rows = self.matching(rows, [hooked], _is_one_of(wanted["values"]))
        if wanted.get("empty") is not None:
            rows = self.matching(rows, [hooked], _is_empty(bool(wanted["empty"])))
        return rows

    def matching(
        self,
        rows: Positions,
        slots: Sequence[HookedSlot],
        test: Callable[[Sequence[pl.Series]], pl.Series],
        shown: Callable[[pl.DataFrame, HookedSlot], pl.Series] = shown_cells,
    ) -> Positions:
        """The rows for which `test` of the texts of the slots is true (Boolean, no nulls). `shown`: gives the texts."""
        found = np.zeros(len(rows), np.bool_)
        heights = np.diff(self._table.chunk_bounds())
        for chunk, at, part in self._table.by_chunk(rows):
            whole = len(at) == heights[chunk] and bool((np.diff(at) == 1).all())
            frame = self._table.cells.frame(chunk, slots, None if whole else at, [EXTRA])
            found[part] = test([shown(frame, hooked) for hooked in slots]).to_numpy()
        return rows[found]


def any_contains(needle: str) -> Callable[[Sequence[pl.Series]], pl.Series]:
    """Whether any text contains the needle, whatever their case."""

    def contains(text: pl.Series) -> pl.Expr:
        column = pl.col(text.name)
        if needle.isascii():
            return column.str.contains_any([needle], ascii_case_insensitive=True)
        return column.str.contains(f"(?i){escaped(needle)}")

    def test(columns: Sequence[pl.Series]) -> pl.Series:
        frame = pl.DataFrame([column.alias(str(number)) for number, column in enumerate(columns)])
        masks = [contains(column).fill_null(value=False) for column in frame.iter_columns()]
        return frame.select(found=pl.any_horizontal(masks)).to_series()

    return test


def _is_one_of(values: Sequence[str | None]) -> Callable[[Sequence[pl.Series]], pl.Series]:
    texts = pl.Series([value or "" for value in values], dtype=pl.String).implode()
    return lambda columns: columns[0].fill_null("").is_in(texts)


def _is_empty(wanted: bool) -> Callable[[Sequence[pl.Series]], pl.Series]:
    return lambda columns: (columns[0].fill_null("") == "") == wanted
