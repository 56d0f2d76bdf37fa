"""Transform: a row expression of a person's, run on rows and turned into new texts of cells.

Nothing is taken over unless the expression went through on every row. A cell that would only be written otherwise, with the same
value, stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from headgate.engine.hooked_table import HookedSlot, displayed_cells, hook_fields
from headgate.engine.hooks.expression import ExpressionError, ExpressionFields, RowExpression
from headgate.engine.hooks.process import HookProcess
from headgate.engine.hooks.rows import CellChanges, RowBatch, RowChanges
from headgate.engine.review.delta import GIVEN, TYPED
from headgate.engine.review.log import RefusedChangeError
from headgate.engine.review.proposal import ColumnEdit, Proposal
from headgate.engine.review.reviewed import Positions, ReviewedRows, is_editable
from headgate.records import dataclass

ROWS_AT_ONCE = 32_768
TRIED_ROWS = 10_000

Progress = Callable[[int, int], None]


def no_progress(done: int, total: int) -> None:
    """Tells nobody."""


def tried_rows(positions: Positions, limit: int = TRIED_ROWS) -> Positions:
    """The rows on which a preview tries an expression: all of them, or so many from all over the table."""
    if len(positions) <= limit:
        return positions
    return positions[np.linspace(0, len(positions) - 1, limit).astype(np.int64)]


@dataclass
class Transformer:
    """Runs expressions on the rows of one review. `start` starts an engine process (HookProcess); each run has its own."""

    rows: ReviewedRows
    start: Callable[[], HookProcess]

    def propose(self, expression: str, positions: Positions, progress: Progress = no_progress) -> Proposal:
        """What the expression makes of those rows. Raises RefusedChangeError (`wrong_expression`)."""
        shown = [hooked for hooked in self.rows.hooked if not hooked.slot.field.hidden]
        run = _Run(self.rows, shown, positions)
        try:
            with self.start() as process:
                loaded = RowExpression(process, expression, run.fields)
                done = 0
                for batch, changes in loaded.run_all(run.batches(loaded.slots_read)):
                    run.take(changes, batch.height)
                    done += batch.height
                    progress(done, len(positions))
        except ExpressionError as error:
            raise RefusedChangeError("wrong_expression", self._told(error)) from None
        return run.proposal()

    def try_on(self, expression: str, positions: Positions) -> Proposal:
        """The same for a preview: on some of the rows where there are very many; `tried` says on how many then."""
        some = tried_rows(positions)
        found = self.propose(expression, some)
        return found if len(some) == len(positions) else replace(found, tried=len(some))

    def _told(self, error: ExpressionError) -> str:
        """The mistake in words: what, where in the expression, on which row, and that nothing has happened."""
        at = "" if error.line is None or error.column is None else f" at line {error.line}, column {error.column}"
        of_row = "" if error.index is None else f", for {self._row_name(error.index)}"
        return f"The expression cannot be used{at}{of_row}: {error.reason.rstrip('.')}. Nothing was changed."

    def _row_name(self, index: int) -> str:
        visible = self.rows.visible
        if index >= len(visible):
            return "one of the rows"
        (row,) = self.rows.ids(visible[index : index + 1]).tolist()
        return f"row {row + 1} of the file" if row >= 0 else f"the added row at place {index + 1}"


class _Run:
    """One expression on its way through the rows."""

    def __init__(self, rows: ReviewedRows, shown: Sequence[HookedSlot], positions: Positions) -> None:
        self._rows, self._positions = rows, positions
        # The engine's name of every slot; fields with one slot and with several are named alike.
        self._hooked = {hook_fields([hooked])[0].slots[0]: hooked for hooked in shown}
        described = [
            {"key": hooked.slot.field.key, "label": hooked.slot.field.label, "type": hooked.slot.field.type_name}
            for hooked in {hooked.slot.field.key: hooked for hooked in shown}.values()
        ]
        hidden = frozenset(hooked.slot.field.key for hooked in shown if hooked.slot.field.mask is not None)
        self.fields = ExpressionFields(hook_fields(shown), described, hidden)
        ranks = np.empty(int(rows.visible.max(initial=-1)) + 1, np.int64)
        ranks[rows.visible] = np.arange(len(rows.visible))
        self._ranks = ranks
        self._at = 0
        self._edits: dict[str, list[ColumnEdit]] = {}
        self._skipped = 0

    def batches(self, slots_read: Sequence[str]) -> Iterator[RowBatch]:
        """The rows with the slots that the expression looks at."""
        read = [self._hooked[name] for name in slots_read]
        for start in range(0, len(self._positions), ROWS_AT_ONCE):
            positions = self._positions[start : start + ROWS_AT_ONCE]
            frame = self._rows.frame(positions, read)
            index = pl.Series("index", self._ranks[positions])
            shown = [displayed_cells(frame, hooked).alias(name) for name, hooked in zip(slots_read, read, strict=True)]
            results = [frame[hooked.slot.value].alias(name) for name, hooked in zip(slots_read, read, strict=True)]
            yield RowBatch(index, index, pl.DataFrame(shown), pl.DataFrame(results))

    def take(self, changes: RowChanges, height: int) -> None:
        """What the expression gave for the next rows."""
        positions = self._positions[self._at : self._at + height]
        self._at += height
        for name, cells in changes.values.items():
            hooked = self._hooked[name]
            if not is_editable(hooked.slot):
                self._skipped += len(cells.at)
                continue
            edit = self._edit(hooked, positions[cells.at.to_numpy()], cells)
            if edit.cells:
                self._edits.setdefault(name, []).append(edit)

    def _edit(self, hooked: HookedSlot, positions: Positions, cells: CellChanges) -> ColumnEdit:
        slot = hooked.slot
        before = self._rows.frame(positions, [hooked])
        is_null = cells.value.is_null()
        texts = cells.value.replace("", None)
        reading = hooked.read(texts, cells.typed)
        had_value = before[slot.value].is_not_null()
        same_text = texts.eq_missing(before[slot.text])
        same_value = had_value & (reading.value == before[slot.value]).fill_null(value=False)
        # `row` shows a cell in error as null, so an expression that copies a row would empty it unseen.
        unreadable = is_null & ~had_value & before[slot.code].is_not_null()
        changed = (~(same_text | same_value | unreadable)).arg_true()
        how = cells.typed.gather(changed).cast(pl.UInt8) * (TYPED - GIVEN) + GIVEN
        return ColumnEdit(hooked, positions[changed.to_numpy()], texts.gather(changed), how)

    def proposal(self) -> Proposal:
        """All of it."""
        edits = [
            ColumnEdit(
                self._hooked[name],
                np.concatenate([edit.positions for edit in parts]),
                pl.concat([edit.texts for edit in parts]),
                pl.concat([edit.how for edit in parts]),
            )
            for name, parts in self._edits.items()
        ]
        return Proposal(edits, skipped=self._skipped)
