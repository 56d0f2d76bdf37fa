"""What stands below each row of a grid, for all candidates at once: each of them looks at nearly the same rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from headgate.engine.header.cells import DATA_KINDS, Kind
from headgate.engine.header.grid import Grid, is_frame
from headgate.engine.match.vocabulary import Vocabulary
from headgate.libraries import numpy as np
from headgate.records import dataclass

if TYPE_CHECKING:
    import numpy.typing as npt

BODY_ROWS = 40
CONSISTENT = 0.8
_LIKE_NAMES = frozenset({Kind.TEXT, Kind.CODE, Kind.YEAR})
_NEVER = 1 << 30
_FEW_CELLS = 256
"""So many are counted for each candidate before NumPy is loaded, which counts for all at once."""

Counts = Sequence[int]


@dataclass(frozen=True)
class Body:
    """The first rows below a row that hold more than units and are not that row again.

    `rows`: their numbers. `values`, `data`, `years`: how many of them hold a value in each column; a number, a date or the like;
    a year. `recurring`: the columns in which the row's own text stands again.
    """

    rows: Sequence[int]
    values: Counts
    data: Counts
    years: Counts
    recurring: frozenset[int]

    @classmethod
    def of(cls, grid: Grid, row: int, rows: Sequence[int]) -> Body:
        """The body of `row` that consists of these rows."""
        columns = grid.columns(rows)
        cells = grid.cells[row]
        return cls(
            rows,
            [len(values) for values in columns],
            [sum(kind in DATA_KINDS for _, kind in values) for values in columns],
            [sum(kind is Kind.YEAR for _, kind in values) for values in columns],
            frozenset(at for at in grid.filled(row) if any(value == cells[at] for value, _ in columns[at])),
        )

    def contrasting(self, kinds: Sequence[Kind]) -> list[int]:
        """Where the row's cells, of these shapes, are like names and stand above values that are mostly numbers, dates or the like."""
        values, data = self.values, self.data
        return [
            at
            for at, kind in enumerate(kinds)
            if kind in _LIKE_NAMES
            and data[at] >= CONSISTENT * values[at]
            and values[at] >= 2
            and not (kind is Kind.YEAR and self.years[at])
        ]


class Surroundings:
    """The rows around each candidate. `candidates`: rows that are not empty, from the top on."""

    def __init__(self, grid: Grid, candidates: Sequence[int], vocabulary: Vocabulary) -> None:
        self.grid = grid
        self._vocabulary = vocabulary
        self._filled = [row for row in range(len(grid.cells)) if grid.filled(row)]
        below = [row for row in self._filled if not grid.unit_rows[row]]
        last = max(candidates, default=-1)
        self._below = below[: bisect_right(below, last) + BODY_ROWS]
        self._last = max([last, *self._below[-1:]])
        self._known: dict[int, tuple[int, int]] = {}
        self._frames: dict[int, bool] = {}

    def body(self, row: int) -> Body:
        """What stands below a candidate."""
        first = bisect_right(self._below, row)
        rows = self._below[first : first + BODY_ROWS]
        next_columns, next_equal = self._next_alike[row]
        end = first + len(rows)
        if next_equal < end:
            cells = self.grid.cells[row]
            others = [other for other in self._below_all(row) if self.grid.cells[other] != cells]
            return Body.of(self.grid, row, others[:BODY_ROWS])
        if len(self._below) * self.grid.width <= _FEW_CELLS:
            return Body.of(self.grid, row, rows)
        values, data, years = (self._counts[end] - self._counts[first]).tolist()
        recurring = frozenset(column for column, at in next_columns.items() if at < end)
        return Body(rows, values, data, years, recurring)

    def gap(self, row: int) -> int:
        """Blank records between a row and the next one that is not."""
        at = bisect_right(self._filled, row)
        return self._filled[at] - row - 1 if at < len(self._filled) else 0

    def is_wide_below_another(self, row: int) -> bool:
        """Whether a row above is about as wide: a header, or data, may stand there."""
        width = len(self.grid.filled(row))
        return any(2 * len(self.grid.filled(above)) > width and not self._is_frame(above) for above in range(row))

    def known_share(self, rows: Sequence[int]) -> float:
        """The share of the cells in some rows that the vocabulary knows as names."""
        counted = [self._known_in(row) for row in rows]
        return sum(known for known, _ in counted) / max(1, sum(cells for _, cells in counted))

    def _known_in(self, row: int) -> tuple[int, int]:
        found = self._known.get(row)
        if found is None:
            texts = [cell for cell in self.grid.cells[row] if cell]
            known = len(texts) - list(map(self._vocabulary.known_concepts, texts)).count(None)
            found = self._known[row] = known, len(texts)
        return found

    def _is_frame(self, row: int) -> bool:
        if row not in self._frames:
            self._frames[row] = is_frame(self.grid, row)
        return self._frames[row]

    def _below_all(self, row: int) -> list[int]:
        return [other for other in self._filled if other > row and not self.grid.unit_rows[other]]

    @cached_property
    def _counts(self) -> npt.NDArray[np.int32]:
        """Of each place among the rows: how many of those before it hold a value, data, a year in each column."""
        width = self.grid.width
        codes = [
            bytes(map(_CODES.__getitem__, self.grid.kinds[row][:width])).ljust(width, b"\0") for row in self._below
        ]
        table = np.frombuffer(b"".join(codes), np.uint8).reshape(len(codes), width)
        seen = np.stack([table >= _VALUE, table >= _DATA, table == _YEAR], axis=1)
        counts = np.zeros((len(codes) + 1, 3, width), np.int32)
        np.cumsum(seen, axis=0, out=counts[1:])
        return counts

    @cached_property
    def _next_alike(self) -> dict[int, tuple[dict[int, int], int]]:
        """Of each row: the places among the rows below where its texts stand next, by column, and where it stands next as a whole."""
        found: dict[int, tuple[dict[int, int], int]] = {}
        texts: list[dict[str, int]] = [{} for _ in range(self.grid.width)]
        wholes: dict[tuple[str, ...], int] = {}
        places = {row: place for place, row in enumerate(self._below)}
        for row in reversed(self._filled[: bisect_right(self._filled, self._last)]):
            cells, kinds, place = self.grid.cells[row], self.grid.kinds[row], places.get(row)
            below: dict[int, int] = {}
            for at in self.grid.filled(row):
                if kinds[at] is Kind.MISSING:
                    continue
                text, known = cells[at], texts[at]
                if (next_place := known.get(text)) is not None:
                    below[at] = next_place
                if place is not None:
                    known[text] = place
            whole = tuple(cells)
            found[row] = below, wholes.get(whole, _NEVER)
            if place is not None:
                wholes[whole] = place
        return found


_NOTHING, _VALUE, _DATA, _YEAR = range(4)
_CODES = {kind: _DATA if kind in DATA_KINDS else _VALUE for kind in Kind} | {
    Kind.YEAR: _YEAR,
    Kind.EMPTY: _NOTHING,
    Kind.MISSING: _NOTHING,
}
