"""The first records of a file as a grid of cells with shapes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from headgate.engine.header.cells import Kind, is_lettering, is_numbering, is_units_row, kind_of
from headgate.engine.match.vocabulary import Vocabulary, vocabulary_for
from headgate.engine.match.words import LONGEST_NAME
from headgate.engine.types.base import WHITE_SPACE
from headgate.records import dataclass

MAX_SHAPE_COLUMNS = 300
"""Columns beyond do not count for the shape."""
MAX_SHAPE_CHARACTERS = LONGEST_NAME + 1
"""Of a longer cell only the beginning is looked at: it is no name, whatever follows."""
_NO_VALUES = (Kind.EMPTY, Kind.MISSING)


@dataclass(frozen=True)
class Grid:
    """The first records of a file, clean, with the shape of each cell."""

    cells: list[list[str]]
    kinds: list[list[Kind]]
    width: int
    filled_columns: list[list[int]]
    unit_rows: list[bool]
    """Which rows are `is_units_row`."""

    @classmethod
    def of(cls, rows: Sequence[Sequence[str | None]]) -> Grid:
        """The grid of raw records."""
        cells = [
            [cell[:MAX_SHAPE_CHARACTERS].strip(WHITE_SPACE) if cell else "" for cell in row[:MAX_SHAPE_COLUMNS]]
            for row in rows
        ]
        kinds = [list(map(kind_of, row)) for row in cells]
        filled = [[at for at, cell in enumerate(row) if cell] for row in cells]
        width = max((row[-1] + 1 for row in filled if row), default=0)
        return cls(cells, kinds, width, filled, [is_units_row(row) for row in cells])

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary for the languages that the first filled rows seem to be written in."""
        rows = [row for row in range(len(self.cells)) if len(self.filled(row)) > 1][:10]
        return vocabulary_for([cell for row in rows for cell in self.cells[row] if cell])

    @cached_property
    def values(self) -> list[list[tuple[str, Kind] | None]]:
        """Each cell that holds a value, with its shape, all rows as wide as the grid."""
        return [
            [
                None if kind in _NO_VALUES else (cell, kind)
                for cell, kind in zip(texts[: self.width], shapes, strict=False)
            ]
            + [None] * (self.width - len(texts))
            for texts, shapes in zip(self.cells, self.kinds, strict=True)
        ]

    def filled(self, row: int) -> list[int]:
        """The columns of a row that are not empty."""
        return self.filled_columns[row]

    def column(self, position: int, rows: Sequence[int]) -> list[tuple[str, Kind]]:
        """The cells of a column in some rows that hold a value."""
        if position >= self.width:
            return []
        return [value for row in rows if (value := self.values[row][position]) is not None]

    def columns(self, rows: Sequence[int]) -> list[list[tuple[str, Kind]]]:
        """All columns, each as `column` gives it."""
        if not rows:
            return [[] for _ in range(self.width)]
        across = zip(*(self.values[row] for row in rows), strict=True)
        return [[value for value in column if value is not None] for column in across]


def is_frame(grid: Grid, row: int) -> bool:
    """Whether a row is no rival of a header below it: it only counts the columns, or repeats a few groups side by side."""
    cells = [grid.cells[row][at] for at in grid.filled(row)]
    if is_numbering(cells) or is_lettering(cells):
        return True
    runs = 1 + sum(left != right for left, right in pairwise(cells))
    texts = all(grid.kinds[row][at] is Kind.TEXT for at in grid.filled(row))
    return texts and len(cells) >= 4 and runs == len(set(cells)) and 2 * runs <= len(cells)
