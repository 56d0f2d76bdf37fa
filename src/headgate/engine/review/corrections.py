"""A corrected workbook on its way back: which of its cells really say something else than the review does.

The workbook is other people's file, read like every upload. Rows are found by their numbers and columns by their ids, wherever
they stand now. What a spreadsheet program made of a text by itself (numbers without their leading zeros, dates) is undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, field
from pathlib import Path

import numpy as np
import polars as pl

from headgate.engine.hooked_table import HookedSlot
from headgate.engine.read.options import ReadLimits, ReadOptions, SheetPreview
from headgate.engine.read.reading import read_source
from headgate.engine.review.corrected_cells import CellTexts, really_differs, row_hashes
from headgate.engine.review.delta import GIVEN, TYPED, Delta
from headgate.engine.review.later_edits import LaterEdits
from headgate.engine.review.log import RefusedChangeError
from headgate.engine.review.proposal import ColumnEdit, Proposal, no_rows
from headgate.engine.review.refusals import refused
from headgate.engine.review.reviewed import Positions, ReviewedRows, column_id, column_label, is_editable
from headgate.engine.review.row_places import NOWHERE, Places
from headgate.engine.review.workbook_layout import (
    FIRST_DATA_ROW,
    HEADER_ROW,
    IDENTITY_ROW,
    Identity,
    RowIds,
    cell_texts,
    recorded_ids,
)
from headgate.engine.table import ROW, RawTable, cell_column
from headgate.records import dataclass

_MIXED_UP_ROWS = 3
_MAX_RECORDED = 2_000_000


@dataclass(frozen=True)
class CellConflict:
    """A cell that was changed in the workbook and in the review: what both had `seen`, and what stands there (`theirs`)."""

    row: int
    column: str
    seen: str | None
    theirs: str | None


@dataclass(frozen=True)
class Corrections:
    """What a workbook says. `edits`: cells that say something else than the review. `added`: rows without a number, as texts by
    slot position. `missing`: rows that were written to the workbook and are gone from it. `conflicts`: those of `edits` that
    somebody has also changed in the review since the workbook was written. `skipped`: corrections of cells that may not be
    edited."""

    identity: Identity
    matched_rows: int
    edits: Sequence[ColumnEdit] = ()
    added: Sequence[dict[int, str]] = ()
    missing: Positions = field(default_factory=no_rows)
    unknown_columns: Sequence[str] = ()
    conflicts: Sequence[CellConflict] = ()
    skipped: int = 0

    @property
    def changed_cells(self) -> int:
        """How many cells would be written."""
        return sum(edit.cells for edit in self.edits)

    def proposal(self, *, delete_missing: bool) -> Proposal:
        """What taking them over would do."""
        deleted = self.missing if delete_missing else no_rows()
        conflicts = [asdict(conflict) for conflict in self.conflicts]
        return Proposal(self.edits, deleted, self.added, self.skipped, conflicts=conflicts)


def read_corrections(
    workbook: Path,
    workdir: Path,
    rows: ReviewedRows,
    import_id: str,
    changes_since: Callable[[int], Iterable[Delta]],
    *,
    limits: ReadLimits | None = None,
) -> Corrections:
    """Read a workbook that `workbook.py` wrote for this import. `workdir`: for what reading leaves behind; it must not exist.

    `changes_since`: the deltas of the log after a version, in their order. What they changed stays, unless the workbook says
    otherwise than the rows did when it was written.

    Raises RefusedChangeError for a workbook that is not of this import or was damaged, ImportFailedError for a file that
    cannot be read.
    """
    limits = limits or ReadLimits()
    options = ReadOptions(filename=workbook.name, limits=limits, cell_kinds=True)
    table = read_source(workbook, workdir, options, choose_sheet=_sheet_of_rows)
    if table.kind != "sheet" or table.rows <= HEADER_ROW:
        raise _not_ours()
    head = [[None if cell is None else cell[1:] for cell in row] for row in table.head(FIRST_DATA_ROW)]
    identity = Identity.of_text(head[IDENTITY_ROW][0] if head[IDENTITY_ROW] else None)
    if identity is None:
        raise _not_ours()
    if identity.import_id != import_id:
        raise refused("other_import", "other_import")
    reader = _Reader(rows, table, head, LaterEdits.of(rows, changes_since(identity.version)))
    return reader.read(identity, recorded_ids(head[IDENTITY_ROW], _MAX_RECORDED))


def _sheet_of_rows(sheets: list[SheetPreview]) -> int:
    for sheet in sheets:
        first = sheet.rows[0][0] if sheet.rows and sheet.rows[0] else None
        if Identity.of_text(first) is not None:
            return sheet.index
    return sheets[0].index


class _Reader:
    """One workbook. Its rows are held by number and by place, its cells column by column."""

    def __init__(self, rows: ReviewedRows, table: RawTable, head: list[list[str | None]], later: LaterEdits) -> None:
        self._rows, self._table, self._later = rows, table, later
        self._conflicts: list[CellConflict] = []
        self._columns, self.unknown_columns = self._find_columns(head)
        cells = self._column(0)
        filled = self._filled()
        self._at = np.flatnonzero(filled)
        ids = cells.texts.gather(pl.Series(self._at, dtype=pl.UInt32)).str.strip_chars()
        numbers = ids.cast(pl.Int64, strict=False)
        damaged = ids.is_not_null() & (ids != "") & numbers.is_null()
        if damaged.any():
            raise self._damaged(int(self._at[damaged.arg_max() or 0]))
        self._has_id = numbers.is_not_null().to_numpy()
        self._ids = numbers.fill_null(0).to_numpy()

    def read(self, identity: Identity, recorded: RowIds | None) -> Corrections:
        known = np.full(len(self._at), NOWHERE, np.int32)
        known[self._has_id] = self._rows.find(self._ids[self._has_id])
        places, added = self._one_row_each(known)
        positions = known[places]
        self._refuse_mixed_up(places, positions)
        edits, skipped = [], 0
        for column, hooked in self._columns.items():
            edit = self._edit(column, hooked, places, positions)
            if not is_editable(hooked.slot):
                skipped += edit.cells
            elif edit.cells:
                edits.append(edit)
        missing = no_rows()
        if recorded is not None:
            gone = self._rows.find(np.setdiff1d(recorded, self._ids[self._has_id]))
            missing = gone[gone != NOWHERE]
        return Corrections(
            identity,
            len(places),
            edits,
            self._added(added),
            missing,
            self.unknown_columns,
            self._conflicts,
            skipped,
        )

    def _find_columns(self, head: list[list[str | None]]) -> tuple[dict[int, HookedSlot], list[str]]:
        slots = {column_id(hooked.slot): hooked for hooked in self._rows.hooked}
        ids, names = head[IDENTITY_ROW], head[HEADER_ROW]
        found: dict[int, HookedSlot] = {}
        unknown: list[str] = []
        for number in range(1, self._table.width):
            hooked = slots.get(ids[number] or "")
            if hooked is not None and hooked in found.values():
                raise refused("damaged_workbook", "column_twice", field=hooked.slot.field.label)
            if hooked is not None:
                found[number] = hooked
            elif names[number]:
                unknown.append(names[number] or "")
        return found, unknown

    def _column(self, number: int) -> CellTexts:
        """A column of the sheet without the rows above the data."""
        name = cell_column(number)
        chunks = [chunk.filter(pl.col(ROW) >= FIRST_DATA_ROW)[name] for chunk in self._table.spool.chunks([ROW, name])]
        return CellTexts.of(pl.concat(chunks).rename("cell"))

    def _filled(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Which rows of the sheet have any text; the number of the row alone is none only for rows of the review."""
        filled = np.zeros(max(0, self._table.rows - FIRST_DATA_ROW), np.bool_)
        for number in [0, *self._columns]:
            filled |= self._column(number).texts.is_not_null().to_numpy()
        return filled

    def _one_row_each(self, known: Positions) -> tuple[Places, Places]:
        """Places (in `_at`) of the rows of the review, each once, and of the rows that are new.

        A copied row has the number of the one that it was copied from: the one that differs least is that row, so the
        copies are new rows. A row that was deleted from the review in the meantime is left alone.
        """
        order = np.flatnonzero(known != NOWHERE)
        repeated = np.zeros(len(known), np.bool_)
        if len(np.unique(known[order])) < len(order):
            differing = self._differing(order, known[order])
            by_likeness = order[np.lexsort((order, differing, known[order]))]
            first = np.ones(len(by_likeness), np.bool_)
            first[1:] = np.diff(known[by_likeness]) != 0
            repeated[by_likeness[~first]] = True
            order = np.sort(by_likeness[first])
        new = np.flatnonzero(~self._has_id | repeated)
        return order, new

    def _differing(self, places: Places, positions: Positions) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """How many cells of each row differ from the review's."""
        count = np.zeros(len(places), np.int64)
        for column, hooked in self._columns.items():
            frame = self._rows.frame(positions, [hooked])
            cells = self._column(column).gather(self._at[places])
            count += really_differs(cells, frame, hooked).to_numpy()
        return count

    def _refuse_mixed_up(self, places: Places, positions: Positions) -> None:
        """Refuse rows that stand beside the numbers of other rows: sorting without the hidden column does that."""
        sheet, review = [], []
        for column, hooked in self._columns.items():
            sheet.append(self._column(column).gather(self._at[places]).texts)
            review.append(cell_texts(self._rows.frame(positions, [hooked]), hooked))
        if not sheet:
            return
        now, before = row_hashes(sheet), row_hashes(review)
        changed = now != before
        once = before.is_unique()
        elsewhere = changed & now.is_in(before.filter(once & changed).implode())
        if elsewhere.sum() >= _MIXED_UP_ROWS and elsewhere.sum() * 2 >= changed.sum():
            raise refused("damaged_workbook", "rows_shuffled", n=int(elsewhere.sum()))

    def _edit(self, column: int, hooked: HookedSlot, places: Places, positions: Positions) -> ColumnEdit:
        cells = self._column(column).gather(self._at[places])
        frame = self._rows.frame(positions, [hooked])
        differs = really_differs(cells, frame, hooked) & ~self._is_error_cell(column, places)
        edited, before = self._later.among(hooked, positions)
        if len(edited):
            corrected = really_differs(cells.gather(edited.to_numpy()), before, hooked)
            both = edited.filter(corrected & differs.gather(edited))
            self._note_conflicts(hooked, positions[both.to_numpy()], cell_texts(frame, hooked).gather(both))
            differs = differs.scatter(edited.filter(~corrected), False)
        at = differs.arg_true()
        how = cells.is_typed.gather(at).cast(pl.UInt8) * (TYPED - GIVEN) + GIVEN
        return ColumnEdit(hooked, positions[at.to_numpy()], cells.texts.gather(at), how.rename("how"))

    def _note_conflicts(self, hooked: HookedSlot, positions: Positions, theirs: pl.Series) -> None:
        if len(positions) == 0 or not is_editable(hooked.slot):
            return
        _, before = self._later.among(hooked, positions)
        seen = cell_texts(before, hooked)
        rows = self._rows.ids(positions).tolist()
        self._conflicts += [
            CellConflict(row, column_id(hooked.slot), *texts)
            for row, *texts in zip(rows, seen.to_list(), theirs.to_list(), strict=True)
        ]

    def _is_error_cell(self, column: int, places: Places) -> pl.Series:
        """Cells with an error of the spreadsheet, such as #REF!: they say nothing, least of all that a cell is empty now."""
        errors = self._table.cell_errors
        found = np.zeros(len(places), np.bool_)
        if errors is not None:
            at = errors.filter(pl.col("column") == column)[ROW].to_numpy().astype(np.int64) - FIRST_DATA_ROW
            found = np.isin(self._at[places], at)
        return pl.Series(found)

    def _added(self, places: Places) -> list[dict[int, str]]:
        new: list[dict[int, str]] = [{} for _ in places]
        for column, hooked in self._columns.items():
            if not is_editable(hooked.slot):
                continue
            texts = self._column(column).gather(self._at[places]).texts
            for at in texts.is_not_null().arg_true().to_list():
                new[at][hooked.slot.position] = texts[at]
        # A row inserted above the names shifts them into the data; nobody means them as a row.
        names = {hooked.slot.position: column_label(hooked.slot) for hooked in self._columns.values()}
        return [row for row in new if row and any(names[slot] != text for slot, text in row.items())]

    def _damaged(self, row: int) -> RefusedChangeError:
        place = row + FIRST_DATA_ROW + 1
        return refused("damaged_workbook", "row_number_overwritten", row=place)


def _not_ours() -> RefusedChangeError:
    return refused("not_a_workbook", "not_our_workbook")
