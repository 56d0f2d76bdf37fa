"""What error groups, fixes, Transform and workbooks ask of a review's rows, and how columns and groups are called in the API."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
import polars as pl

from headgate.engine.hooked_table import HookedSlot
from headgate.engine.issue_kinds import Level
from headgate.engine.review.log import RefusedChangeError
from headgate.engine.working import Slot

Positions = npt.NDArray[np.int32]
"""Places of rows in the table (not in a view): they never change, deleted rows keep theirs, new ones are last."""

LEVELS: tuple[Level, ...] = ("error", "warning", "info")

TEXT, COUNT, POSITION = "text", "count", "position"


class Group(NamedTuple):
    """Cells of one slot (None: rows as such) with one cause."""

    slot: int | None
    level: Level
    code: str


class GroupState(NamedTuple):
    """What an answer about a group follows from: `cells` is another one whenever the cells of the group are others, `rows`
    whenever anything in their rows may be."""

    cells: Hashable
    rows: Hashable


class ReviewedRows(Protocol):
    """The rows as people and hooks have left them."""

    @property
    def hooked(self) -> Sequence[HookedSlot]:
        """The slots, in the order of the grid."""

    @property
    def visible(self) -> Positions:
        """The rows that are not deleted, in the order in which they are shown."""

    def ids(self, positions: Positions) -> npt.NDArray[np.int64]:
        """The numbers by which people and the log know those rows."""

    def find(self, ids: npt.NDArray[np.int64]) -> Positions:
        """The positions of the rows with those numbers, -1 for rows that are unknown or deleted."""

    def frame(self, positions: Positions, slots: Sequence[HookedSlot]) -> pl.DataFrame:
        """Text, value and code of the slots' cells in those rows (working.py), messages and options where there are some."""

    def groups(self) -> Iterator[tuple[Group, int]]:
        """The error groups that occur, with their number of cells: one a row at most."""

    def rows_of(self, group: Group) -> Positions:
        """The rows of a group that are not deleted, in the order in which they are shown."""

    def state_of(self, group: Group) -> GroupState:
        """How a group that has a slot stands."""

    def texts_of(self, group: Group) -> pl.DataFrame:
        """The different TEXTs of a group's cells as their type looks at them (null = empty), with their COUNT and the POSITION
        of a cell that has it; the most frequent first, equally frequent ones in their own order."""


def column_id(slot: Slot) -> str:
    """The API's ColumnId of a slot."""
    key = slot.field.key
    return key if slot.many_to_one_index is None else f"{key}[{slot.many_to_one_index}]"


def column_label(slot: Slot) -> str:
    """What people call the column."""
    label = slot.field.label
    return label if slot.many_to_one_index is None else f"{label} {slot.many_to_one_index + 1}"


def group_id(rows: ReviewedRows, group: Group) -> str:
    """The API's id of a group: `column|level|code`, without a column where the rows as such are meant."""
    slot = None if group.slot is None else slot_at(rows, group.slot).slot
    return f"{'' if slot is None else column_id(slot)}|{group.level}|{group.code}"


def group_of_id(rows: ReviewedRows, text: str) -> Group:
    """The group that an id names. Raises RefusedChangeError for one that cannot be."""
    column, level, code = ["", "", *text.rsplit("|", 2)][-3:]
    slots = {column_id(hooked.slot): hooked.slot.position for hooked in rows.hooked} | {"": None}
    if level not in LEVELS or column not in slots or not code:
        raise RefusedChangeError("unknown_column", "There is no such group of errors. Load the page again.")
    return Group(slots[column], level, code)


def slot_at(rows: ReviewedRows, position: int) -> HookedSlot:
    """The slot with that position."""
    return next(hooked for hooked in rows.hooked if hooked.slot.position == position)


def is_editable(slot: Slot) -> bool:
    """Whether people may change cells of the slot."""
    return not (slot.field.read_only or slot.field.hidden)
