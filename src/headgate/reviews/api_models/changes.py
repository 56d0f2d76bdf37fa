"""Changes of the rows, and what came of them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from headgate.reviews.api_models.base import ColumnId, Model, Position, RowId
from headgate.reviews.api_models.grid import GridRow, Sample, View
from headgate.reviews.api_models.state import HistoryEntry, Summary


class CellEdit(Model):
    row: RowId
    column: ColumnId
    text: str | None = Field(max_length=1_000_000)
    seen: str | None = Field(
        default=None,
        description="What the person saw before; another text there is reported as a conflict. Absent: not compared; null: an empty cell.",
    )


class Range(Model):
    """A rectangle of the view. `first`/`last` are positions (inclusive); `columns` in the order that is shown."""

    view: View
    first: Position
    last: Position
    columns: list[ColumnId] = Field(min_length=1)


class SetCells(Model):
    kind: Literal["set_cells"]
    cells: list[CellEdit] = Field(min_length=1, max_length=10_000)


class Paste(Model):
    """Write `texts` from the range's first cell on; `add_rows` where they reach behind the last row."""

    kind: Literal["paste"]
    range: Range
    texts: list[list[str]] = Field(min_length=1)
    add_rows: bool = False


class Fill(Model):
    """Copy the first row (`down`) or the first column (`right`) of the range over the rest of it."""

    kind: Literal["fill"]
    range: Range
    direction: Literal["down", "right"] = "down"


class Clear(Model):
    kind: Literal["clear"]
    range: Range


class Replace(Model):
    kind: Literal["replace"]
    find: str = Field(max_length=10_000)
    replace: str = Field(default="", max_length=10_000)
    columns: list[ColumnId] | None = Field(default=None, description="null: all that may be edited.")
    view: View = View()
    match_case: bool = False
    whole_cell: bool = False
    regex: bool = False


class Fix(Model):
    kind: Literal["fix"]
    group: str
    fix: str = Field(description="The `id` of a FixOffer, or `set_value` / `map_values` with parameters.")
    text: str | None = Field(default=None, description="`set_value`: the text.")
    values: dict[str, str | None] | None = Field(
        default=None, description="`map_values`: text → option value; null clears."
    )


class AddRows(Model):
    kind: Literal["add_rows"]
    after: RowId | None = Field(default=None, description="null: at the end.")
    count: int = Field(default=1, ge=1, le=1000)


class DeleteRows(Model):
    """Exactly one of `rows` and `range`."""

    kind: Literal["delete_rows"]
    rows: list[RowId] | None = Field(default=None, max_length=10_000)
    range: Range | None = None


class Transform(Model):
    """Run a JavaScript row expression on the rows of the view; docs/review-api.md says what it sees."""

    kind: Literal["transform"]
    expression: str = Field(min_length=1, max_length=100_000)
    view: View = View()


class MergeFile(Model):
    """Take over a corrected workbook that was uploaded before."""

    kind: Literal["merge_file"]
    upload: str
    delete_missing: bool = Field(
        False, description="Rows that the workbook was written with and that are gone are deleted."
    )


Change = Annotated[
    SetCells | Paste | Fill | Clear | Replace | Fix | AddRows | DeleteRows | Transform | MergeFile,
    Field(discriminator="kind"),
]


class ChangeBody(Model):
    change: Change
    id: str = Field(min_length=8, max_length=64, description="Made by the client; the same id is carried out once.")


class Conflict(Model):
    """Somebody else had changed the cell since it was seen; both changes are in the history, the later one stands."""

    row: RowId
    column: ColumnId
    seen: str | None
    theirs: str | None


class ChangeResult(Model):
    version: int
    cells: int = Field(description="Cells that changed, those that hooks changed included.")
    rows: int
    added: list[RowId] = Field(default_factory=list)
    conflicts: list[Conflict] = Field(default_factory=list)
    skipped: int = Field(default=0, description="Cells that may not be edited (read-only) or had changed since (undo).")
    updated: list[GridRow] = Field(default_factory=list, description="The changed rows, when they are at most 200.")
    summary: Summary
    undo: HistoryEntry | None
    redo: HistoryEntry | None


class PreviewBody(Model):
    change: Change


class Preview(Model):
    cells: int
    rows: int
    skipped: int
    samples: list[Sample] = Field(description="At most ten.")
    tried_rows: int | None = Field(
        default=None,
        description="A transform of very many rows is tried on so many of them, and all counts are of these; null: on all.",
    )
    errors_before: int = Field(description="Errors in the rows that would change.")
    errors_after: int | None = Field(description="The same afterwards; null when there are too many rows to try.")
    problem: str | None = Field(
        default=None, description="Why it cannot be done: a wrong expression or regular expression."
    )


class UndoBody(Model):
    id: str = Field(min_length=8, max_length=64)


class TransformRequest(Model):
    request: str = Field(min_length=1, max_length=4_000)


class TransformSuggestion(Model):
    expression: str
    explanation: str | None
