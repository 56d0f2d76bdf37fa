"""What a change would do to the rows, before it is a delta: new texts of columns, and rows that go or come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from headgate.engine.hooked_table import HookedSlot
from headgate.engine.masking import DOTS, is_masked_text
from headgate.engine.review.reviewed import Positions
from headgate.engine.review.row_places import Places
from headgate.records import dataclass

if TYPE_CHECKING:
    from headgate.engine.review.table import ReviewTable


def no_rows() -> Positions:
    """No positions at all."""
    return np.empty(0, np.int32)


@dataclass(frozen=True)
class ColumnEdit:
    """New texts for cells of one slot. `positions`: ascending or not, each once. `texts` (String, null: emptied) and `how`
    (UInt8, a code of delta.py that says how each text is read) have the same length."""

    hooked: HookedSlot
    positions: Positions
    texts: pl.Series
    how: pl.Series

    @classmethod
    def of(cls, hooked: HookedSlot, positions: Positions, texts: pl.Series, how: int) -> ColumnEdit:
        """An edit whose texts are all read alike."""
        codes = pl.Series("how", [how], dtype=pl.UInt8).new_from_index(0, len(texts))
        return cls(hooked, positions, texts.cast(pl.String), codes)

    def without_masks(self) -> ColumnEdit:
        """The edit without texts that are no values but what the page shows in the place of hidden ones."""
        if self.hooked.slot.field.mask is None:
            return self
        real = ~is_masked_text(self.texts)
        return ColumnEdit(self.hooked, self.positions[real.to_numpy()], self.texts.filter(real), self.how.filter(real))

    @property
    def cells(self) -> int:
        """How many cells it writes."""
        return len(self.positions)

    def by_chunk(self, table: ReviewTable) -> Iterator[tuple[int, Places, ColumnEdit]]:
        """Its part of every chunk: number, rows within the chunk, and the edit of these alone."""
        for chunk, at, part in table.by_chunk(self.positions):
            if len(part) == int(part[-1]) - int(part[0]) + 1:
                start, count = int(part[0]), len(part)
                texts, how = self.texts.slice(start, count), self.how.slice(start, count)
            else:
                places = pl.Series(part, dtype=pl.UInt32)
                texts, how = self.texts[places], self.how[places]
            yield chunk, at, ColumnEdit(self.hooked, self.positions[part], texts, how)


@dataclass(frozen=True)
class Proposal:
    """What a change would do: `added` rows (each a text by slot position) below the row `after` (None: at the end),
    `edits`, then `deleted` rows.

    `skipped`: cells that the change means but that people may not edit. `conflicts`: cells that somebody else has changed
    meanwhile (Conflict of the API). `tried`: it was computed on so many rows only, to be shown; None: on all.
    """

    edits: Sequence[ColumnEdit] = ()
    deleted: Positions = field(default_factory=no_rows)
    added: Sequence[dict[int, str]] = ()
    skipped: int = 0
    after: int | None = None
    conflicts: Sequence[dict[str, Any]] = ()
    tried: int | None = None

    def without_masks(self, hooked: Sequence[HookedSlot]) -> Proposal:
        """The proposal without copies of what the page shows in the place of hidden values: they are no values, and what
        they stand for stays. `hooked`: all slots."""
        edits = [edit.without_masks() for edit in self.edits]
        masked = {one.slot.position for one in hooked if one.slot.field.mask is not None}
        added = [
            {slot: text for slot, text in row.items() if slot not in masked or DOTS not in text} for row in self.added
        ]
        left = sum(map(len, self.added)) - sum(map(len, added))
        left += sum(edit.cells for edit in self.edits) - sum(edit.cells for edit in edits)
        return replace(self, edits=edits, added=added, skipped=self.skipped + left) if left else self

    def __bool__(self) -> bool:
        return any(edit.cells for edit in self.edits) or len(self.deleted) > 0 or bool(self.added)
