"""What a change is about: rows of a view, columns that may be edited, and the new texts of cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from headgate.engine.hooked_table import HookedSlot
from headgate.engine.review.delta import GIVEN
from headgate.engine.review.grid import Grid
from headgate.engine.review.proposal import ColumnEdit
from headgate.engine.review.reviewed import Positions, is_editable


def rows_of_range(grid: Grid, area: Mapping[str, Any]) -> Positions:
    """The rows of a Range of the API; places behind the end of the view are left out."""
    view = grid.views.rows(area.get("view") or {})
    first, last = int(area["first"]), int(area["last"])
    return view.positions[min(first, last) : max(first, last) + 1]


def slots_of_range(grid: Grid, area: Mapping[str, Any]) -> list[HookedSlot]:
    """The columns of a Range."""
    return [grid.views.slot(column) for column in area["columns"]]


def editable(slots: Sequence[HookedSlot]) -> list[HookedSlot]:
    """The slots that people may edit."""
    return [hooked for hooked in slots if is_editable(hooked.slot)]


def same_text(hooked: HookedSlot, positions: Positions, text: str | None, how: int = GIVEN) -> ColumnEdit:
    """One text for all of those cells."""
    texts = pl.Series([text], dtype=pl.String).new_from_index(0, len(positions))
    return ColumnEdit.of(hooked, positions, texts, how)


def as_positions(numbers: Sequence[int]) -> Positions:
    """Positions from a list."""
    return np.array(numbers, np.int32)
