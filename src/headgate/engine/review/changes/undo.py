"""Taking a change back, or bringing it again: wherever things still are as that change left them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from headgate.engine.review.application import POSITION, SLOT, locate
from headgate.engine.review.delta import Delta
from headgate.engine.review.log import Direction
from headgate.engine.review.row_places import NOWHERE

if TYPE_CHECKING:
    from headgate.engine.review.table import ReviewTable


def taken_back(table: ReviewTable, delta: Delta, direction: Direction) -> tuple[Delta, int]:
    """What undoes (or does again) the delta of a change, and how many cells and rows it leaves alone: those that are not
    there any more, or that somebody has changed since."""
    wanted = delta.inverse() if direction == "undo" else delta
    found = locate(table, wanted.cells)
    standing = _as_left(table, found)
    touched = _rows_touched_since(table, wanted, found.filter(standing))
    cells = wanted.cells.filter(standing & ~wanted.cells["row"].is_in(touched.implode()))
    deleted = wanted.deleted.filter(_is_there(table, wanted.deleted["row"], present=True))
    deleted = deleted.filter(~deleted["row"].is_in(touched.implode()))
    added = wanted.added.filter(_is_there(table, wanted.added["row"], present=False))
    skipped = wanted.cells.height - cells.height + wanted.deleted.height - deleted.height
    return Delta(cells, added, deleted), skipped + wanted.added.height - added.height


def _as_left(table: ReviewTable, cells: pl.DataFrame) -> pl.Series:
    """Which cells (located) still have their `before` text (Boolean)."""
    standing = np.zeros(cells.height, np.bool_)
    slots = {hooked.slot.position: hooked for hooked in table.hooked}
    numbered = cells.with_row_index("at").filter(pl.col(SLOT).is_not_null() & (pl.col(POSITION) != NOWHERE))
    for (number,), of_slot in numbered.group_by(SLOT, maintain_order=True):
        hooked = slots[int(str(number))]
        texts = table.frame(of_slot[POSITION].to_numpy(), [hooked])[hooked.slot.text]
        same = texts.replace("", None).eq_missing(of_slot["before"].replace("", None))
        standing[of_slot["at"].filter(same).to_numpy()] = True
    return pl.Series(standing)


def _rows_touched_since(table: ReviewTable, wanted: Delta, standing: pl.DataFrame) -> pl.Series:
    """The rows that would be deleted although somebody has written into them since they were added."""
    rows = wanted.deleted["row"]
    added = rows.filter(pl.Series(table.places.added[table.places.find(rows.to_numpy())]))
    positions = table.find(added.to_numpy())
    positions = positions[positions != NOWHERE]
    if len(positions) == 0:
        return pl.Series([], dtype=pl.Int64)
    filled = pl.Series(np.zeros(len(positions), np.int64))
    frame = table.frame(positions, table.hooked)
    for hooked in table.hooked:
        filled += (frame[hooked.slot.text].fill_null("") != "").cast(pl.Int64)
    own = standing.filter(pl.col("before").fill_null("") != "").group_by("row").len()
    counts = pl.DataFrame({"row": table.ids(positions), "filled": filled})
    counts = counts.join(own, on="row", how="left").with_columns(pl.col("len").fill_null(0))
    return counts.filter(pl.col("filled") != pl.col("len"))["row"]


def _is_there(table: ReviewTable, rows: pl.Series, *, present: bool) -> pl.Series:
    """Which rows are shown (`present`), or are known and deleted."""
    ids = rows.to_numpy()
    shown = table.find(ids) != NOWHERE
    known = table.places.find(ids) != NOWHERE
    return pl.Series(shown if present else known & ~shown, dtype=pl.Boolean)
