"""One open review: the folded state of an import, and every question and change that the review API has.

The methods take and give plain JSON values in the shapes of `headgate.reviews.api_models` (which the engine does not import),
so that a process boundary can stand anywhere. `prepare` computes, `commit` takes effect: between the two the caller writes the
log entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from headgate.engine.errors import ReviewReason
from headgate.engine.review.log import Direction, LogEntry, Prepared, RefusedChangeError
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

    def close(self) -> None:
        """Write what is not yet on disk, end what was started."""


class Review(ReviewCore):
    """The review of an import, open in this process: OpenReview over the steps (`ReviewCore`) and the rows (`ReviewTable`)."""

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
        if self._rows is None:
            raise RefusedChangeError("not_ready", "The rows are not ready yet. Ask again in a moment.")
        return self._rows

    def counted(self) -> dict[str, int]:
        """What people did to the rows: the entries `added`, `deleted` and `edited` (rows, each counted once for each) of the
        decisions' `rows`."""
        table = self.rows_to_deliver().table
        there = ~table.places.deleted
        changed = (table.marks & CHANGED) != 0
        by_people = table.places.ids <= FIRST_ADDED_BY_PEOPLE
        return {
            "added": int((by_people & there).sum()),
            "deleted": int((~by_people & ~there).sum()),
            "edited": int((changed & ~by_people & there).sum()),
        }
