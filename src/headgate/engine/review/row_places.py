"""Which rows a table has, by what number they are known, and in which order they are shown.

A row's position never changes. A deleted row keeps its position and its place in the order, so it can return to it.
"""

from __future__ import annotations

from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt

from headgate.engine.review.reviewed import Positions

RowIds = npt.NDArray[np.int64]

Places = npt.NDArray[np.integer]
"""Rows of one chunk, counted from its first; or positions of any width."""

FIRST_ADDED_BY_PEOPLE = -1_000_000_001
"""The number of the first row that a person added; the next ones count down."""

NOWHERE = -1


Array = TypeVar("Array", bound=npt.NDArray[Any])


def distinct(values: Array) -> Array:
    """The different values in ascending order. For hashes and positions sorting is quicker than `np.unique`, which hashes."""
    return distinct_in_place(cast(Array, values.flatten()))


def distinct_in_place(values: Array) -> Array:
    """As `distinct`, for values that are needed no more: they are sorted where they lie."""
    values.sort()
    is_first = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=is_first[1:])
    return values if is_first.all() else cast(Array, values[is_first])


class RowPlaces:
    """The rows of a table: 8 bytes for the number of each, 4 for the order when rows were inserted, 1 for deletion."""

    def __init__(self, ids: RowIds, deleted: npt.NDArray[np.bool_], order: Positions | None = None) -> None:
        self.ids = ids
        self.deleted = deleted
        self.order = order
        """All positions, those of deleted rows included; None while no row was inserted before another."""
        self._find_by_people()
        self._sorter: npt.NDArray[np.int64] | None = None
        self._visible: Positions | None = None
        self._ranks: Positions | None = None

    def __len__(self) -> int:
        """How many rows there are, deleted ones included."""
        return len(self.ids)

    def _find_by_people(self) -> None:
        at = np.flatnonzero(self.ids <= FIRST_ADDED_BY_PEOPLE)
        self._by_people = dict(zip(self.ids[at].tolist(), at.tolist(), strict=True))
        self._from_import = int(at[0]) if len(at) else len(self.ids)

    @property
    def visible(self) -> Positions:
        """The positions of the rows that are not deleted, in the order in which they are shown."""
        if self._visible is None:
            order = np.arange(len(self.ids), dtype=np.int32) if self.order is None else self.order
            self._visible = order[~self.deleted[order]] if self.deleted.any() else order
        return self._visible

    @property
    def ranks(self) -> Positions:
        """For every position where its row is shown, NOWHERE for deleted ones."""
        if self._ranks is None:
            ranks = np.full(len(self.ids), NOWHERE, np.int32)
            ranks[self.visible] = np.arange(len(self.visible), dtype=np.int32)
            self._ranks = ranks
        return self._ranks

    @property
    def next_id(self) -> int:
        """The number of the next row that a person adds."""
        return min(self._by_people, default=FIRST_ADDED_BY_PEOPLE + 1) - 1

    @property
    def added(self) -> npt.NDArray[np.bool_]:
        """Which rows people added."""
        return self.ids <= FIRST_ADDED_BY_PEOPLE

    def find(self, ids: RowIds) -> Positions:
        """The positions of the rows with those numbers, NOWHERE for unknown ones; deleted rows are found too."""
        known = self.ids[: self._from_import]
        if self._sorter is None:
            ascending = bool((np.diff(known) > 0).all())
            self._sorter = np.empty(0, np.int64) if ascending else np.argsort(known, kind="stable")
        sorter = self._sorter if len(self._sorter) else None
        found = np.full(len(ids), NOWHERE, np.int32)
        if len(known):
            at = np.minimum(np.searchsorted(known, ids, sorter=sorter), len(known) - 1)
            at = at if sorter is None else sorter[at]
            found = np.where(known[at] == ids, at, NOWHERE).astype(np.int32)
        for number in np.flatnonzero(ids <= FIRST_ADDED_BY_PEOPLE).tolist():
            found[number] = self._by_people.get(int(ids[number]), NOWHERE)
        return found

    def mark_deleted(self, positions: Positions, *, deleted: bool) -> None:
        """Take rows out, or bring them back to their places."""
        self.deleted = self.deleted.copy()
        self.deleted[positions] = deleted
        self._visible = self._ranks = None

    def insert(self, ids: RowIds, after: list[int | None]) -> None:
        """Add rows that people made, each behind the row numbered `after` (None: the end).

        Behind an unknown record of the file means behind the last known one before it; behind any other unknown row, the end.
        """
        first = len(self.ids)
        order = np.arange(first, dtype=np.int32) if self.order is None else self.order
        self.ids = np.concatenate([self.ids, ids])
        self.deleted = np.concatenate([self.deleted, np.zeros(len(ids), np.bool_)])
        new = np.arange(first, first + len(ids), dtype=np.int32)
        self._by_people |= dict(zip(ids.tolist(), new.tolist(), strict=True))
        for start, end in _runs(ids.tolist(), after):
            place = self._place_behind(order, after[start])
            order = np.insert(order, place, new[start:end])
        is_identity = bool((order == np.arange(len(order), dtype=np.int32)).all())
        self.order = None if is_identity else order.astype(np.int32)
        self._visible = self._ranks = None

    def _place_behind(self, order: Positions, row: int | None) -> int:
        if row is None:
            return len(order)
        (position,) = self.find(np.array([row], np.int64)).tolist()
        if position == NOWHERE and row >= 0:
            earlier = np.flatnonzero((self.ids >= 0) & (self.ids < row))
            if len(earlier) == 0:
                return 0
            position = int(earlier[np.argmax(self.ids[earlier])])
        if position == NOWHERE:
            return len(order)
        return int(np.flatnonzero(order == position)[0]) + 1


def _runs(ids: list[int], after: list[int | None]) -> list[tuple[int, int]]:
    """Parts of the new rows that stand one below the other, so that they are inserted at once."""
    runs: list[tuple[int, int]] = []
    for at, above in enumerate(after):
        if runs and (above == ids[at - 1] or (above is None and after[runs[-1][0]] is None)):
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs
