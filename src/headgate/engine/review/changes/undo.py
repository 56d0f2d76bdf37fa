"""Taking a change back, or bringing it again: wherever things still are as that change left them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from headgate.engine.review.application import POSITION, SLOT, locate
from headgate.engine.review.changes.drafting import Draft
from headgate.engine.review.delta import CELLS, PackedDelta
from headgate.engine.review.log import Direction
from headgate.engine.review.row_places import NOWHERE

if TYPE_CHECKING:
    from headgate.engine.review.table import ReviewTable


def taken_back(table: ReviewTable, packed: PackedDelta, direction: Direction) -> tuple[Draft, Callable[[], int]]:
    """What undoes (or does again) the delta of a change. And, once its cells were drafted, how many cells and rows it leaves
    alone: those that are not there any more, or that somebody has changed since."""
    back = direction == "undo"
    wanted_added, wanted_deleted = packed.inverse_rows() if back else (packed.added, packed.deleted)
    wanted = partial(_wanted, packed, back=back)
    touched = _rows_touched_since(table, wanted_deleted["row"], wanted)
    added = wanted_added.filter(_is_there(table, wanted_added["row"], present=False))
    deleted = wanted_deleted.filter(_is_there(table, wanted_deleted["row"], present=True))
    deleted = deleted.filter(~deleted["row"].is_in(touched.implode()))
    skipped = wanted_added.height - added.height + wanted_deleted.height - deleted.height

    def standing() -> Iterator[pl.DataFrame]:
        nonlocal skipped
        for cells in wanted():
            kept = cells.filter(_as_left(table, locate(table, cells)) & ~cells["row"].is_in(touched.implode()))
            skipped += cells.height - kept.height
            yield kept

    return Draft(standing(), added, deleted), lambda: skipped


def _wanted(packed: PackedDelta, *, back: bool) -> Iterator[pl.DataFrame]:
    return packed.inverse_parts() if back else packed.parts()


def _as_left(table: ReviewTable, cells: pl.DataFrame) -> pl.Series:
    """Which cells (located) still have their `before` text (Boolean)."""
    standing = np.zeros(cells.height, np.bool_)
    slots = {hooked.slot.position: hooked for hooked in table.hooked}
    numbered = cells.with_row_index("at").filter(pl.col(SLOT).is_not_null() & (pl.col(POSITION) != NOWHERE))
    for (number,), of_slot in numbered.group_by(SLOT, maintain_order=True):
        hooked = slots[int(str(number))]
        texts = table.cells_in(of_slot[POSITION].to_numpy(), [hooked])[hooked.slot.text]
        same = texts.replace("", None).eq_missing(of_slot["before"].replace("", None))
        standing[of_slot["at"].filter(same).to_numpy()] = True
    return pl.Series(standing)


def _rows_touched_since(table: ReviewTable, rows: pl.Series, cells: Callable[[], Iterator[pl.DataFrame]]) -> pl.Series:
    """Of the rows that would be deleted those that people added and somebody has written into since."""
    added = rows.filter(pl.Series(table.places.added[table.places.find(rows.to_numpy())]))
    positions = table.find(added.to_numpy())
    positions = positions[positions != NOWHERE]
    if len(positions) == 0:
        return pl.Series([], dtype=pl.Int64)
    filled = pl.Series(np.zeros(len(positions), np.int64))
    frame = table.frame(positions, table.hooked)
    for hooked in table.hooked:
        filled += (frame[hooked.slot.text].fill_null("") != "").cast(pl.Int64)
    parts = [pl.DataFrame(schema=dict(CELLS)), *cells()]
    own = pl.concat([_own_cells(table, part) for part in parts]).group_by("row").agg(pl.col("len").sum())
    counts = pl.DataFrame({"row": table.ids(positions), "filled": filled})
    counts = counts.join(own, on="row", how="left").with_columns(pl.col("len").fill_null(0))
    return counts.filter(pl.col("filled") != pl.col("len"))["row"]


def _own_cells(table: ReviewTable, cells: pl.DataFrame) -> pl.DataFrame:
    """By row, how many of the cells still have the text that the change gave them, where it gave them one."""
    standing = cells.filter(_as_left(table, locate(table, cells)))
    return standing.filter(pl.col("before").fill_null("") != "").group_by("row").len()


def _is_there(table: ReviewTable, rows: pl.Series, *, present: bool) -> pl.Series:
    """Which rows are shown (`present`), or are known and deleted."""
    ids = rows.to_numpy()
    shown = table.find(ids) != NOWHERE
    known = table.places.find(ids) != NOWHERE
    return pl.Series(shown if present else known & ~shown, dtype=pl.Boolean)
