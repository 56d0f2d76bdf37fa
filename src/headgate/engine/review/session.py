"""One open review: the folded state of an import, and every question and change that the review API has.

The methods take and give plain JSON values in the shapes of `headgate.reviews.api_models` (which the engine does not import),
so that a process boundary can stand anywhere. `prepare` computes, `commit` takes effect: between the two the caller writes the
log entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from headgate.engine.errors import ReviewReason
from headgate.engine.output.xlsx_output import FormatCannotHoldError
from headgate.engine.review.html import sanitized
from headgate.engine.review.log import Direction, LogEntry, Prepared, RefusedChangeError
from headgate.engine.review.pre_submit import has_pre_submit, run_pre_submit, submitted_notes
from headgate.engine.review.review import ReviewCore
from headgate.engine.review.row_places import FIRST_ADDED_BY_PEOPLE
from headgate.engine.review.stages import Rows
from headgate.engine.review.table import CHANGED


class OpenReview(Protocol):
    """What the service asks of a review. All methods raise RefusedChangeError for what cannot be done, and ImportFailedError
    when the import as such fails (a hook threw, the source cannot be read as decided)."""

    @property
    def version(self) -> int:
        """The `seq` of the last entry that is in the state."""

    def state(self) -> dict[str, Any]:
        """ReviewState without what only the service knows (id, status, version, undo, redo, preparing, submitting, expires)."""

    def header(self, query: dict[str, Any]) -> dict[str, Any]:
        """HeaderView; `query`: limit, offset, encoding, delimiter, sheet."""

    def columns(self) -> dict[str, Any]:
        """ColumnsView."""

    def values(self) -> dict[str, Any]:
        """ValuesView."""

    def advance(self, step: str) -> None:
        """Compute what the step needs. Takes as long as the file is large; reports progress."""

    def decide(self, kind: str, body: dict[str, Any]) -> Prepared:
        """A `header`, `columns` or `values` decision."""

    def grid(self) -> dict[str, Any]:
        """Grid."""

    def rows(self, query: dict[str, Any]) -> dict[str, Any]:
        """RowsPage for a RowsQuery."""

    def rows_by_id(self, rows: Sequence[int]) -> dict[str, Any]:
        """RowsPage."""

    def cell(self, query: dict[str, Any]) -> dict[str, Any]:
        """CellDetail without `history`; `address`, as the log has it, comes with it."""

    def distinct(self, query: dict[str, Any]) -> dict[str, Any]:
        """DistinctValues."""

    def seek(self, query: dict[str, Any]) -> dict[str, Any]:
        """SeekResult."""

    def preview(self, change: dict[str, Any]) -> dict[str, Any]:
        """Preview."""

    def prepare(self, change: dict[str, Any]) -> Prepared:
        """A Change of the API."""

    def prepare_undo(self, entry: LogEntry, direction: Direction, before: dict[str, Any] | None) -> Prepared:
        """Take back `entry`, or bring it again. `before`: for decisions, those that held before it."""

    def prepare_submit(self) -> Prepared | None:
        """Run REVIEW_STEP_PRE_SUBMIT; None when it changes nothing."""

    def commit(self, entry: LogEntry) -> dict[str, Any]:
        """Bring an entry into the state: one that was prepared here, or one that another process wrote. Gives `updated` and
        `summary` of ChangeResult (not for decisions)."""

    def confirmation(self) -> dict[str, Any]:
        """Confirmation without `version`."""

    def export(self, rows: str, output_format: str, target: Path) -> int:
        """Write all rows, or only failing ones, as `xlsx` or `csv`; gives how many."""

    def read_corrections(self, workbook: Path, upload: str) -> dict[str, Any]:
        """UploadedFile; the workbook is kept for the change `merge_file`."""

    def told(self, refusal: RefusedChangeError) -> str:
        """What a refusal says, in the language of the review."""

    def close(self) -> None:
        """Write what is not yet on disk, end what was started."""


class Review(ReviewCore):
    """The review of an import, open in this process: OpenReview over the steps (`ReviewCore`) and the rows (`Workbench`)."""

    def grid(self) -> dict[str, Any]:
        """Grid."""
        return {"version": self.version, **self._bench.whole()}

    def rows(self, query: dict[str, Any]) -> dict[str, Any]:
        """RowsPage for a RowsQuery."""
        return {"version": self.version, **self._bench.grid.rows(query)}

    def rows_by_id(self, rows: Sequence[int]) -> dict[str, Any]:
        """RowsPage."""
        return {"version": self.version, **self._bench.grid.rows_by_id(rows)}

    def cell(self, query: dict[str, Any]) -> dict[str, Any]:
        """CellDetail without `history`; `address`, as the log has it, comes with it."""
        return self._bench.grid.cell(query)

    def distinct(self, query: dict[str, Any]) -> dict[str, Any]:
        """DistinctValues."""
        return self._bench.grid.distinct(query)

    def seek(self, query: dict[str, Any]) -> dict[str, Any]:
        """SeekResult."""
        return self._bench.grid.seek(query)

    def preview(self, change: dict[str, Any]) -> dict[str, Any]:
        """Preview."""
        return self._bench.editor.preview(change)

    def prepare(self, change: dict[str, Any]) -> Prepared:
        """A Change of the API."""
        return self._bench.editor.prepare(change)

    def prepare_undo(self, entry: LogEntry, direction: Direction, before: dict[str, Any] | None) -> Prepared:
        """Take back `entry`, or bring it again. `before`: for decisions, those that held before it."""
        if entry.parameters.get("decisions") is not None:
            return self.prepare_undo_of_decision(entry, direction, before)
        return self._bench.editor.prepare_undo(entry, direction)

    def prepare_submit(self) -> Prepared | None:
        """Run REVIEW_STEP_PRE_SUBMIT; None when it changes nothing that a log entry can hold, or was run since the last
        change."""
        rows = self.rows_to_deliver()
        if rows.run.hooks is None or not has_pre_submit(rows) or submitted_notes(self._log) is not None:
            return None
        done = run_pre_submit(rows, self._workspace.directory_for("submit"))
        self._confirmation = done.notes["confirmation"]
        if not done.delta:
            return None
        delta = done.delta
        return Prepared("hooks", {"notes": done.notes}, delta.cells.height, delta.rows, delta.to_bytes())

    def confirmation(self) -> dict[str, Any]:
        """Confirmation without `version`."""
        summary, hooks = self._bench.grid.summary(), self.rows_to_deliver().run.hooks
        told = self._confirmation or (None if hooks is None else hooks.notes()["confirmation"])
        html: str | None = told[0] if told else None
        options: dict[str, Any] = told[1] if told else {}
        return {
            "summary": summary,
            "message": None if html is None else sanitized(html),
            "confirm_label": _label(options.get("confirmButtonText")),
            "cancel_label": _label(options.get("cancelButtonText")),
        }

    def export(self, rows: str, output_format: str, target: Path) -> int:
        """Write all rows, or only failing ones, as `xlsx` or `csv`; gives how many."""
        try:
            return self._bench.exchange.export(rows, output_format, target)
        except FormatCannotHoldError as error:
            raise RefusedChangeError("too_large", str(error)) from error

    def read_corrections(self, workbook: Path, upload: str) -> dict[str, Any]:
        """UploadedFile; the workbook is kept for the change `merge_file`."""
        return self._bench.exchange.take(workbook, upload)

    def told(self, refusal: RefusedChangeError) -> str:
        """What a refusal says, in the language of the review."""
        return self._texts.refusal(refusal)

    def open_reasons(self) -> list[ReviewReason]:
        """What the steps before the rows wait for; nothing when the rows are to be looked at."""
        if self._stages.failure is not None:
            raise self._stages.failure
        return self._standing().open_reasons()

    def decisions(self) -> dict[str, Any]:
        """The decisions of the steps, as `result_metadata` has them."""
        return self._run.record()

    def rows_to_deliver(self) -> Rows:
        """The rows as the log leaves them. Raises RefusedChangeError `not_ready` before `advance("review")`."""
        return self._bench.rows

    def counted(self) -> dict[str, int]:
        """What people did to the rows: the entries `added`, `deleted` and `edited` of the decisions' `rows`. A row that people
        added counts as such alone, whatever they wrote into it."""
        table = self._bench.table
        there = ~table.places.deleted
        changed = (table.marks & CHANGED) != 0
        by_people = table.places.ids <= FIRST_ADDED_BY_PEOPLE
        return {
            "added": int((by_people & there).sum()),
            "deleted": int((~by_people & ~there).sum()),
            "edited": int((changed & ~by_people & there).sum()),
        }


def _label(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


if TYPE_CHECKING:
    _implemented: type[OpenReview] = Review
