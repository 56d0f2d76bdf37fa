"""What cells held before they were edited in the review, after somebody took a copy of the rows home."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from headgate.engine.hooked_table import HookedSlot
from headgate.engine.review.cells import read_texts
from headgate.engine.review.delta import AS_BUILT, AS_IN_FILE, Delta
from headgate.engine.review.reviewed import Positions, ReviewedRows
from headgate.engine.review.row_places import NOWHERE
from headgate.records import dataclass

_POSITION = "position"


@dataclass(frozen=True)
class LaterEdits:
    """By slot position: the cells that were edited since, with POSITION and text, value and code as they were before."""

    cells: dict[int, pl.DataFrame]

    @classmethod
    def of(cls, rows: ReviewedRows, deltas: Iterable[Delta]) -> LaterEdits:
        """The cells of all deltas since, given in their order; the first that touched a cell knows what it was before."""
        frames = [delta.cells for delta in deltas if delta.cells.height]
        if not frames:
            return cls({})
        edits = pl.concat(frames).unique(["row", "column", "field"], keep="first", maintain_order=True)
        found: dict[int, pl.DataFrame] = {}
        for hooked in rows.hooked:
            slot = hooked.slot
            address = pl.col("field") == slot.field.key if slot.column is None else pl.col("column") == slot.column
            of_slot = edits.filter(address.fill_null(value=False))
            positions = rows.find(of_slot["row"].to_numpy())
            if len(positions):
                found[slot.position] = _as_before(hooked, of_slot, pl.Series(_POSITION, positions))
        return cls(found)

    def among(self, hooked: HookedSlot, positions: Positions) -> tuple[pl.Series, pl.DataFrame]:
        """Which of the positions were edited since (as places among them), and what stood there before."""
        before = self.cells.get(hooked.slot.position)
        if before is None:
            return pl.Series("at", [], dtype=pl.UInt32), pl.DataFrame()
        places = pl.DataFrame({_POSITION: positions}).with_row_index("at")
        edited = places.join(before, on=_POSITION, how="inner", maintain_order="left")
        return edited["at"], edited.drop("at")


def _as_before(hooked: HookedSlot, edits: pl.DataFrame, positions: pl.Series) -> pl.DataFrame:
    slot = hooked.slot
    how = edits["before_read"].replace(AS_BUILT, AS_IN_FILE)
    reading = read_texts(hooked, edits["before"], how, edits["before_options"])
    frame = pl.DataFrame(
        [positions, edits["before"].alias(slot.text), reading.value.alias(slot.value), reading.code.alias(slot.code)]
    )
    return frame.filter(pl.col(_POSITION) != NOWHERE)
