"""Many deltas as one that leads to the same rows: what is left to do when the rows were built anew."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from headgate.engine.review.delta import AS_BUILT, Delta
from headgate.engine.review.row_places import FIRST_ADDED_BY_PEOPLE

Address = tuple[int, int | None, str | None]
"""Row, column, field: see delta.py."""

ADDRESS = ("row", "column", "field")


def net_delta(deltas: Sequence[Delta]) -> Delta:
    """What the deltas (in the order of the log) come to. Rows that people added and deleted again are in both lists, so
    that they can come back to their place."""
    if not deltas:
        return Delta()
    cells = pl.concat([delta.cells for delta in deltas])
    last = cells.unique(list(ADDRESS), keep="last", maintain_order=True)
    first = cells.unique(list(ADDRESS), keep="first", maintain_order=True)
    before = [name for name in cells.columns if name.startswith("before")]
    merged = last.drop(before).join(
        first.select(*ADDRESS, *before), on=list(ADDRESS), how="left", nulls_equal=True, maintain_order="left"
    )
    added = pl.concat([delta.added for delta in deltas]).unique("row", keep="first", maintain_order=True)
    gone = _gone(deltas)
    return Delta(
        merged.select(cells.columns),
        added.filter(pl.col("row") <= FIRST_ADDED_BY_PEOPLE),
        pl.DataFrame({"row": gone}),
    )


def lost_addresses(lost: pl.DataFrame, known: set[Address]) -> None:
    """Bring cells that a delta could not reach into the set of lost edits; those that it gives back are none any more."""
    for row, column, field, read in lost.select(*ADDRESS, "after_read").iter_rows():
        address = (row, column, field)
        if read == AS_BUILT:
            known.discard(address)
        else:
            known.add(address)


def _gone(deltas: Sequence[Delta]) -> pl.Series:
    """The rows whose last event is that they were deleted."""
    events = []
    for delta in deltas:
        events.append(delta.added.select("row", pl.lit(value=False).alias("gone")))
        events.append(delta.deleted.select("row", pl.lit(value=True).alias("gone")))
    last = pl.concat(events).unique("row", keep="last", maintain_order=True)
    return last.filter(pl.col("gone"))["row"]
