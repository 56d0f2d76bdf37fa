"""The rows of a review as people and hooks have left them: on disk, with what is wrong with them, always up to date.

An immutable base holds the rows as the import made them. What changed since stands beside it, column by column of a chunk.
Nothing here is the truth: the log of changes is, and a table that cannot be opened is built again and the log applied anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from headgate.engine.hooked_table import ROW_ID, HookedSlot
from headgate.engine.issue_kinds import Level
from headgate.engine.review import table_files
from headgate.engine.review.application import Application, Applied
from headgate.engine.review.cells import Cells
from headgate.engine.review.delta import Changes, Delta
from headgate.engine.review.group_texts import TextsOfGroups
from headgate.engine.review.issue_index import LEVEL_BITS, IssueIndex, no_issues
from headgate.engine.review.live_checks import LiveChecks
from headgate.engine.review.reviewed import Group, GroupState, Positions
from headgate.engine.review.row_places import NOWHERE, Places, RowIds, RowPlaces
from headgate.engine.review.store import ChunkStore, UnusableTableError
from headgate.engine.review.table_files import AUTOFIXED, CHANGED
from headgate.engine.table import ROW, cell_column
from headgate.engine.types.base import FieldType
from headgate.engine.working import EXTRA, INDEX
from headgate.schema import Field

FEW_ROWS = 10_000
"""Fewer rows than these from several chunks are copied into one piece."""


def no_progress(_rows: int) -> None:
    """Tells nobody."""


class ReviewTable:
    """One review's rows. Not safe for threads: its owner asks one thing at a time.

    `hooked`: the slots in the order of the grid. `places`: which rows there are. `marks`: a byte a row (LEVEL_BITS, CHANGED, AUTOFIXED).
    `index`: the issues' counts. `passed_through`: source columns that no slot took and that go along.
    """

    def __init__(
        self,
        store: ChunkStore,
        slots: Sequence[HookedSlot],
        fields: Sequence[Field],
        types: Mapping[str, FieldType],
        index: IssueIndex,
    ) -> None:
        self.store = store
        self.hooked = list(slots)
        self.fields = list(fields)
        self.types = types
        self.index = index
        self.cells = Cells(store)
        self.checks = LiveChecks(slots, fields, types, index)
        self.places = RowPlaces(np.empty(0, np.int64), np.empty(0, np.bool_))
        self.marks: npt.NDArray[np.uint8] = np.empty(0, np.uint8)
        self._texts = TextsOfGroups(self)
        self.deletions = 0
        """Counts up whenever rows are deleted: positions in lists of rows shift then."""
        self._is_broken = False

    @classmethod
    def build(
        cls,
        directory: Path,
        chunks: Iterable[pl.DataFrame],
        slots: Sequence[HookedSlot],
        fields: Sequence[Field],
        types: Mapping[str, FieldType],
        *,
        fingerprint: str,
        passed_through: Sequence[int] = (),
        progress: Callable[[int], None] = no_progress,
    ) -> ReviewTable:
        """The table of working chunks (of hooks or of the file as it stands), in place of anything in `directory`.

        `slots`: in the order of the grid. `fields`: all fields of the schema as hooks left them. `fingerprint`: names what
        the rows follow from (source, decisions, schema). `passed_through`: source columns that go along without a field.
        `progress` is told how many rows are done. Raises ImportFailedError (`regex_too_slow`).
        """
        table = cls(ChunkStore.create(directory, fingerprint), slots, fields, types, IssueIndex())
        try:
            table_files.build(table, chunks, passed_through, progress)
        except BaseException:
            table.checks.close()
            raise
        return table

    @classmethod
    def open(
        cls,
        directory: Path,
        slots: Sequence[HookedSlot],
        fields: Sequence[Field],
        types: Mapping[str, FieldType],
        *,
        fingerprint: str,
    ) -> ReviewTable:
        """The table as it was left. Raises UnusableTableError when there is none of that `fingerprint`, or not a whole one."""
        store = ChunkStore.open(directory, fingerprint)
        table = cls(store, slots, fields, types, table_files.restored_index(store))
        try:
            table_files.restore(table)
        except BaseException:
            table.checks.close()
            raise
        return table

    @property
    def seq(self) -> int:
        """The last log entry that is in it."""
        return self.store.manifest.seq

    @property
    def passed_through(self) -> list[int]:
        """Source columns that go along without a field."""
        return list(self.store.manifest.extra["passed_through"])

    def apply(self, delta: Changes, seq: int) -> Applied:
        """Bring a delta into effect: cells are read again, rows validated again, exactly where it matters.

        After an exception (a validator gave up, the disk is full) the table is to be opened again: on disk it is as before.
        """
        self._refuse_broken()
        self._is_broken = True
        applied = Application(self).run(delta)
        self.commit(seq)
        self._is_broken = False
        return applied

    def skip(self, seq: int) -> None:
        """Note that a log entry without a delta is in effect."""
        self._refuse_broken()
        self.commit(seq)

    def commit(self, seq: int, *, sync: bool = False) -> None:
        """Let what was written count."""
        self.store.manifest.seq = seq
        table_files.note_state(self)
        self.store.commit(sync=sync)

    def close(self) -> None:
        """Write what is not yet safe from a power cut; end validators' processes."""
        self.checks.close()
        if not self._is_broken:
            self.commit(self.seq, sync=True)
            self._is_broken = True

    def _refuse_broken(self) -> None:
        if self._is_broken:
            raise UnusableTableError("the table was closed, or an earlier change to it failed: open it again")

    @property
    def rows(self) -> int:
        """How many rows there are, without deleted ones."""
        return len(self.places.visible)

    def rows_with(self, level: Level) -> int:
        """How many rows have an issue of that level. Deleted rows have none."""
        return int(np.count_nonzero(self.marks & LEVEL_BITS[level]))

    def chunk_bounds(self) -> npt.NDArray[np.int64]:
        """The first position of every chunk, and the end of the last."""
        heights = [chunk.height for chunk in self.store.manifest.chunks]
        return np.cumsum([0, *heights], dtype=np.int64)

    def by_chunk(self, positions: Places) -> Iterator[tuple[int, Places, Places]]:
        """The chunks that hold those rows: number, rows within the chunk, and where they stand in `positions`."""
        bounds = self.chunk_bounds()
        if bool((positions[1:] >= positions[:-1]).all()):
            cuts = np.searchsorted(positions, bounds.astype(positions.dtype))
            for chunk in np.flatnonzero(cuts[1:] > cuts[:-1]).tolist():
                start, end = cuts[chunk : chunk + 2]
                yield chunk, positions[start:end] - bounds[chunk], np.arange(start, end)
            return
        chunks = np.searchsorted(bounds.astype(positions.dtype), positions, side="right") - 1
        order = np.argsort(chunks, kind="stable")
        starts = np.flatnonzero(np.diff(chunks[order], prepend=-1))
        for part in np.split(order, starts[1:]):
            chunk = int(chunks[part[0]])
            yield chunk, positions[part] - bounds[chunk], part

    def frame(self, positions: Places, slots: Sequence[HookedSlot], more: Sequence[str] = ()) -> pl.DataFrame:
        """The cells of slots in those rows, in that order (cells.py), with INDEX (where the row is shown), ROW (null for rows
        that are in no file), EXTRA and ROW_ID. `more`: further columns of the base."""
        return self.with_row_columns(self.cells_in(positions, slots, [EXTRA, ROW_ID, *more]), positions)

    def cells_in(self, positions: Places, slots: Sequence[HookedSlot], more: Sequence[str] = ()) -> pl.DataFrame:
        """The cells of slots in those rows, in that order (cells.py), and nothing but them. `more`: columns of the base."""
        parts, places = [], []
        for chunk, at, part in self.by_chunk(positions):
            parts.append(self.cells.frame(chunk, slots, at, more))
            places.append(part)
        if not parts:
            return self._no_rows(slots)
        if len(parts) == 1:
            return parts[0]
        # Many small parts as one piece are read quicker than where they lie.
        frame, order = pl.concat(parts, how="diagonal", rechunk=len(positions) <= FEW_ROWS), np.concatenate(places)
        if not bool((np.diff(order) > 0).all()):
            frame = frame[pl.Series(np.argsort(order), dtype=pl.UInt32)]
        self.store.let_go()
        return frame

    def with_row_columns(self, frame: pl.DataFrame, positions: Places) -> pl.DataFrame:
        """The frame with the columns that say which rows these are."""
        ids = pl.Series(ROW, self.places.ids[positions])
        known = pl.col(ROW).cast(pl.String)
        named = pl.coalesce(ROW_ID, known) if ROW_ID in frame.columns else known
        return (
            frame.with_columns(pl.Series(INDEX, self.places.ranks[positions].astype(np.uint32)), ids)
            .with_columns(named.alias(ROW_ID))
            .with_columns(pl.when(pl.col(ROW) >= 0).then(pl.col(ROW)).cast(pl.UInt32).alias(ROW))
            .with_columns([] if EXTRA in frame.columns else pl.lit(value=False).alias(EXTRA))
        )

    def _no_rows(self, slots: Sequence[HookedSlot]) -> pl.DataFrame:
        names = [name for hooked in slots for name in (hooked.slot.text, hooked.slot.value, hooked.slot.code)]
        return pl.DataFrame(schema={EXTRA: pl.Boolean, **dict.fromkeys(names, pl.String)})

    def issues(self, chunk: int) -> pl.DataFrame:
        """The issues of a chunk's rows (issue_index.py, ISSUES), by row, then by slot."""
        name = self.store.manifest.chunks[chunk].issues
        return self.store.read(name) if name is not None else no_issues()

    @property
    def visible(self) -> Positions:
        """The rows that are not deleted, in the order in which they are shown."""
        return self.places.visible

    def ids(self, positions: Places) -> RowIds:
        """The numbers by which people and the log know those rows."""
        ids: RowIds = self.places.ids[positions]
        return ids

    def find(self, ids: RowIds) -> Positions:
        """The positions of the rows with those numbers, NOWHERE for rows that are unknown or deleted."""
        found = self.places.find(ids)
        return np.where(self.places.deleted[found], NOWHERE, found).astype(np.int32) if len(self.places) else found

    def groups(self) -> Iterator[tuple[Group, int]]:
        """The error groups that occur, with their number of cells: one a row at most."""
        return self.index.group_counts()

    def rows_of(self, group: Group) -> Positions:
        """The rows of a group that are not deleted, in the order in which they are shown."""
        numbers = self.index.group_numbers([group])
        bounds = self.chunk_bounds()
        found = [np.empty(0, np.int64)]
        for chunk in sorted(self.index.chunks_with(numbers)):
            issues = self.issues(chunk)
            found.append(bounds[chunk] + issues.filter(pl.col("group").is_in(numbers))["at"].unique().to_numpy())
        positions = np.concatenate(found).astype(np.int32)
        return positions[np.argsort(self.places.ranks[positions])]

    def state_of(self, group: Group) -> GroupState:
        """How a group that has a slot stands."""
        return self._texts.state_of(group)

    def texts_of(self, group: Group) -> pl.DataFrame:
        """The different texts of a group's cells (reviewed.py)."""
        return self._texts.texts_of(group)

    def count_texts(self, chunk: int) -> None:
        """Count a chunk's texts now rather than when somebody asks."""
        self._texts.count(chunk)

    def passed_through_columns(self) -> list[str]:
        """Names of the source columns that go along."""
        return [cell_column(column) for column in self.passed_through]


__all__ = ["AUTOFIXED", "CHANGED", "Applied", "Delta", "ReviewTable", "UnusableTableError"]
