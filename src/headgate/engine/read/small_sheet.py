"""A sheet of few cells as texts, cell by cell: to load what handles many of them takes longer than that."""

from __future__ import annotations

import python_calamine as calamine

from headgate.engine.read.cell_texts import cell_kind, cell_texts
from headgate.engine.read.sheet_details import SheetDetails
from headgate.records import dataclass

FEW_CELLS = 25_000
FEW_CHARACTERS = 1 << 20


@dataclass(frozen=True)
class SmallSheet:
    """The texts of a sheet's columns from A on, from its first row on. `errors`: row, column and text of the cells with errors;
    None where nobody found any.
    """

    columns: list[list[str | None]]
    errors: list[tuple[int, int, str]] | None


def small_sheet(sheet: calamine.CalamineSheet, details: SheetDetails, *, kinds: bool) -> SmallSheet | None:
    """The sheet; None for one that has more."""
    if sheet.start is None or sheet.end is None:
        return SmallSheet([], None)
    left, height = sheet.start[1], sheet.end[0] + 1
    if height * (left + sheet.width) > FEW_CELLS:
        return None
    cells = list(zip(*sheet.iter_rows(), strict=True))
    columns: list[list[str | None]] = [[None] * height for _ in range(left)]
    columns += map(cell_texts, cells)
    for (row, column), text in details.integers.items():
        if row < height and column < len(columns):
            columns[column][row] = text
    if sum(len(text) for column in columns for text in column if text is not None) > FEW_CHARACTERS:
        return None
    if kinds:
        for column, typed in zip(columns[left:], cells, strict=True):
            told = zip(map(cell_kind, typed), column, strict=True)
            column[:] = [None if text is None else kind + text for kind, text in told]
    errors = [(*place, text) for place, text in sorted(details.errors.items()) if place[1] < len(columns)]
    return SmallSheet(columns, errors if details.errors else None)
