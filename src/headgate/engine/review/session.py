"""One open review: the folded state of an import, and every question and change that the review API has.

The methods take and give plain JSON values in the shapes of `headgate.reviews.api_models` (which the engine does not import),
so that a process boundary can stand anywhere. `prepare` computes, `commit` takes effect: between the two the caller writes the
log entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from headgate.engine.review.log import Direction, LogEntry, Prepared


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
