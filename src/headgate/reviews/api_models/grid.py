"""The rows: how they are shown, filtered and looked up."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from headgate.reviews.api_models.base import GREATEST, ColumnId, Level, Model, Position, RowId
from headgate.reviews.api_models.state import Evidence, Message, SelectOption, Summary


class Sort(Model):
    column: ColumnId
    descending: bool = False


class ColumnFilter(Model):
    """Rows whose shown text fits. `values`: is one of these (null: empty)."""

    column: ColumnId
    contains: str | None = None
    values: list[str | None] | None = None
    empty: bool | None = None


class View(Model):
    """Which rows, in which order. `snapshot` names the list as it stood when it was made, so that positions keep."""

    only: Literal["all", "errors", "warnings", "infos", "changed", "added", "autofixed"] = "all"
    group: str | None = Field(default=None, description="Only rows of this error group.")
    search: str | None = Field(default=None, max_length=1000)
    filters: list[ColumnFilter] = Field(default_factory=list, max_length=100)
    sort: list[Sort] = Field(default_factory=list, max_length=5)
    snapshot: str | None = None


class GridColumn(Model):
    id: ColumnId
    field: str
    label: str
    header: str | None = Field(description="The column's name in the file; null where it has no column.")
    type: str
    read_only: bool
    formatted: bool = Field(
        description="What is shown may have fewer digits than the value; ask `cell` before editing."
    )
    masked: bool = Field(
        default=False, description="Values are shown as dots, and are replaced by new ones only (docs/privacy.md)."
    )
    width: int = Field(description="A good width in characters, from the longest of the sampled texts.")
    errors: int
    warnings: int
    infos: int


class Sample(Model):
    row: RowId
    column: ColumnId
    before: str | None
    after: str | None


class FixOffer(Model):
    """A way to mend all cells of a group at once."""

    id: str
    kind: Literal[
        "suggestion",
        "day_month",
        "month_day",
        "decimal_comma",
        "decimal_point",
        "map_values",
        "set_value",
        "clear",
        "keep_first",
        "keep_last",
        "delete_rows",
    ]
    cells: int
    rows: int
    samples: list[Sample] = Field(description="At most three.")
    recommended: bool
    parameters: dict[str, Any] = Field(
        default_factory=dict,
        description="`map_values`: {text: option value}. Else `{estimated: true}` where `cells` comes from a sample.",
    )


class GroupValue(Model):
    text: str | None
    count: int
    suggestion: str | None = Field(description="What it would become; of a select field the option's value.")


class ErrorGroup(Model):
    """Cells of one column with one cause."""

    id: str
    column: ColumnId | None = Field(description="null: the rows as such are in error.")
    label: str
    code: str
    level: Level
    text: str
    cells: int
    rows: int
    evidence: list[Evidence]
    values: list[GroupValue] = Field(description="Its most frequent texts, at most ten.")
    distinct: int
    fixes: list[FixOffer]


class Grid(Model):
    version: int
    columns: list[GridColumn]
    groups: list[ErrorGroup]
    summary: Summary


class RowsQuery(Model):
    view: View = View()
    offset: Position = 0
    limit: int = Field(default=100, ge=1, le=500)


class CellMark(Model):
    """What is to be seen about a cell beside its text."""

    level: Level | None = None
    messages: list[Message] = Field(default_factory=list)
    changed: bool = Field(default=False, description="A person changed it.")
    autofix: bool = False
    original: str | None = Field(default=None, description="The text in the file, where it is another one.")
    options: list[SelectOption] | None = Field(default=None, description="The options of this cell alone (hooks).")


class GridRow(Model):
    row: RowId
    number: int | None = Field(description="The record's 1-based number in the file; null for added rows.")
    cells: list[str | None] = Field(description="The shown texts, in the order of the grid's columns.")
    marks: dict[int, CellMark] = Field(
        default_factory=dict, description="By position in `cells`; most cells have none."
    )
    messages: list[Message] = Field(default_factory=list, description="About the row as such.")


class RowsPage(Model):
    version: int
    snapshot: str
    total: int
    offset: int
    rows: list[GridRow]


class RowsById(Model):
    rows: list[RowId] = Field(max_length=1000)


class CellQuery(Model):
    row: RowId
    column: ColumnId


class CellChange(Model):
    version: int
    kind: str
    author: str
    mine: bool
    at: datetime
    before: str | None
    after: str | None


class CellDetail(Model):
    row: RowId
    column: ColumnId
    text: str | None = Field(description="The exact text to edit; null of a masked field.")
    shown: str | None
    original: str | None
    suggestion: str | None
    mark: CellMark
    history: list[CellChange]


class DistinctQuery(Model):
    column: ColumnId
    search: str | None = None
    limit: int = Field(default=50, ge=1, le=1000)


class DistinctValue(Model):
    text: str | None
    count: int


class DistinctValues(Model):
    values: list[DistinctValue]
    total: int


class SeekQuery(Model):
    """The next cell with an issue, in the order of the view, from a position on (exclusive)."""

    view: View
    position: int = Field(
        default=-1, ge=-GREATEST, le=GREATEST, description="Of the row in the view; -1: from the start."
    )
    column: ColumnId | None = None
    direction: Literal["next", "previous"] = "next"
    level: Level = "error"


class SeekResult(Model):
    position: int | None
    row: RowId | None
    column: ColumnId | None
    snapshot: str
