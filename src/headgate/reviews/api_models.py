"""The bodies of the review API (docs/review-api.md). The page's TypeScript types are generated from them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Step = Literal["header", "columns", "values", "review"]
Level = Literal["error", "warning", "info"]
GREATEST = 2**53 - 1
"""The greatest whole number that JavaScript holds."""
RowId = Annotated[
    int,
    Field(
        description="The record's 0-based number in the source; rows that were added have negative ones.",
        ge=-GREATEST,
        le=GREATEST,
    ),
]
Position = Annotated[int, Field(ge=0, le=GREATEST)]
ColumnId = Annotated[
    str, Field(description="The key of a field; `key[n]` for the n-th (from 0) of the columns of a `manyToOne` field.")
]


class Model(BaseModel):
    """A body; unknown keys are refused. An answer always has all of its keys, and the OpenAPI document says so."""

    model_config = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=True)


# What a review looks like


class Message(Model):
    """A text about a cell, a row or a decision, in the language of the review."""

    code: str
    level: Level
    text: str


class Evidence(Model):
    """Why something was decided, in the language of the review."""

    code: str
    text: str


class SelectOption(Model):
    label: str
    value: str


class FieldInfo(Model):
    """A field of the schema as the page needs it."""

    key: str
    label: str
    description: str | None = None
    type: str
    type_options: dict[str, Any] = Field(default_factory=dict, description="The options of the type, as in the schema.")
    select_options: list[SelectOption] | None = None
    required: bool = False
    require_mapping: bool = False
    many_to_one: bool = False
    read_only: bool = False
    hidden: bool = False
    custom: bool = Field(default=False, description="A person added it in this review.")


class StepInfo(Model):
    name: Step
    status: Literal["done", "current", "upcoming", "skipped"]
    needs_person: bool = Field(description="Something in it waits for a decision.")
    help: str | None = Field(default=None, description="The schema's help text: sanitized HTML.")


class PageSettings(Model):
    """The schema's settings that the page follows."""

    invalid_data_behavior: Literal[
        "REMOVE_INVALID_ROWS", "INCLUDE_INVALID_ROWS", "INCLUDE_INVALID_ROWS_AND_VALUES", "BLOCK_SUBMIT"
    ]
    allow_empty_submit: bool
    allow_custom_fields: bool
    allow_adding_rows: bool
    allow_removing_rows: bool
    remember_corrections: bool = Field(
        description="Whether the page offers to remember the corrections for the next file (`POST` and `PUT /recipe`)."
    )
    highlight_auto_fixes: bool
    transformations: bool = Field(description="Whether **Transform** is offered.")
    transformations_in_words: bool = Field(
        description="Whether the operator configured an endpoint that writes expressions."
    )
    transform_prompts: list[str]
    match_to_schema: bool
    skip_if_all_fields_matched: bool
    suggest_custom_first: bool
    column_suggestions: bool = Field(
        description="Whether the operator set up a model that suggests fields (`POST /columns/suggest`)."
    )
    max_mappable_select_values: int
    processing_text: str | None
    style_overrides: dict[str, Any]
    text_overrides: dict[str, str] = Field(description="`textOverrides.ui`: message id → text.")


class Preparing(Model):
    """A longer piece of work that is under way."""

    step: str
    fraction: float | None = Field(default=None, ge=0, le=1)


class Problem(Model):
    """Why the import waits, or what stopped it."""

    code: str
    text: str
    context: dict[str, Any] = Field(default_factory=dict)


class Summary(Model):
    """What submitting would do now."""

    rows: int = Field(description="Rows there are: read, plus added, minus deleted.")
    rows_with_errors: int
    error_cells: int
    warning_cells: int
    info_cells: int
    changed_cells: int
    added_rows: int
    deleted_rows: int
    delivered: int = Field(description="Rows that would go out.")
    left_out: int
    blocked: Problem | None = Field(default=None, description="Why submitting is not possible yet.")


class HistoryEntry(Model):
    version: int
    kind: str = Field(description="The `kind` of the change, or `undo`, `redo`, `header`, `columns`, `values`.")
    author: str
    mine: bool
    at: datetime
    parameters: dict[str, Any] = Field(description="What the change names: column, find, replace, counts …")
    cells: int
    rows: int
    undone: bool


class ReviewState(Model):
    """Everything but the rows."""

    id: str
    status: Literal["AWAITING_UPLOAD", "PENDING", "RUNNING", "NEEDS_REVIEW", "SUCCESSFUL", "FAILED"]
    version: int = Field(description="Counts up with every change; 0 before the first.")
    title: str
    import_identifier: str | None
    filename: str | None
    locale: str
    development_mode: bool
    step: Step = Field(description="Where the person is needed first.")
    steps: list[StepInfo]
    reasons: list[Problem] = Field(description="`import_errors`, in the language of the review.")
    preparing: Preparing | None
    submitting: bool
    rows_read: int | None = Field(description="Records of the source behind the header.")
    sheet: str | None
    fields: list[FieldInfo]
    settings: PageSettings
    undo: HistoryEntry | None = Field(description="What undo would take back for this author.")
    redo: HistoryEntry | None
    lost_edits: int = Field(
        description="Edits whose cell no longer exists after an earlier step was changed; they come back with it."
    )
    expires: datetime = Field(description="When the link ends.")


# Header


class HeaderRow(Model):
    row: int
    cells: list[str | None]


class Choice(Model):
    value: str
    label: str
    confidence: float | None = None


class ReadingInfo(Model):
    """How the source was read, and what else is possible. The lists are empty where there is nothing to choose."""

    format: str
    encoding: str | None
    delimiter: str | None
    quote: str | None
    sheet: str | None
    encodings: list[Choice]
    delimiters: list[Choice]
    sheets: list[Choice]
    warnings: list[Message]


class HeaderView(Model):
    """The first records, and which of them hold the column names."""

    reading: ReadingInfo
    rows: list[HeaderRow]
    total_rows: int
    more: bool = Field(description="There are rows behind those given.")
    selected: list[int] = Field(description="The header rows; none: the table has no header.")
    suggested: list[int] | None = Field(description="What headgate would take; null: it cannot tell.")
    status: Literal["accepted", "uncertain", "override", "person", "recipe"]
    confidence: float
    evidence: list[Evidence]
    named_by_format: bool = Field(description="The source names its columns itself; there is nothing to choose.")


class ReadingChoice(Model):
    """How to read the source; keys left out stay as they are, null is headgate's own choice."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None


class HeaderDecisionBody(Model):
    rows: list[Annotated[int, Field(ge=-GREATEST, le=GREATEST)]] | None = Field(
        default=None, description="0-based records; [] for no header; null for headgate's own choice."
    )
    reading: ReadingChoice | None = None


# Columns


class FieldSuggestion(Model):
    field: str
    confidence: float
    evidence: list[Evidence]


class FileColumn(Model):
    index: int
    header: str
    samples: list[str] = Field(description="Up to five different values from all over the column.")
    filled: float = Field(ge=0, le=1, description="Share of the sampled rows that have a value.")
    field: str | None
    status: Literal["accepted", "uncertain", "unmapped", "ignored"] = Field(
        description="`ignored`: a person or the memory said that it is not needed."
    )
    method: Literal["exact", "normalized", "memory", "similar", "person", "recipe"] | None
    confidence: float
    evidence: list[Evidence]
    suggestions: list[FieldSuggestion]


class ColumnsView(Model):
    columns: list[FileColumn]
    unmatched_required: list[str] = Field(description="Keys of fields that must have a column and have none.")
    uncertain: list[int] = Field(description="Columns that wait for a person.")


class ColumnSuggestion(Model):
    field: str
    source: Literal["headgate", "model"] = Field(
        description="Who suggests it: headgate itself, or the model that the operator set up."
    )


class ColumnSuggestions(Model):
    columns: dict[int, list[ColumnSuggestion]] = Field(
        description="Up to three fields for each column that waits for a person, the best first, by column index."
    )
    problem: str | None = Field(description="Why the model that the operator set up says nothing, if it does not.")


class CustomField(Model):
    label: str = Field(min_length=1, max_length=200)
    type: str = "string"


class ColumnDecision(Model):
    """Exactly one of `field`, `custom` and `ignore`; none of them gives the column back to headgate's own choice."""

    field: str | None = None
    custom: CustomField | None = None
    ignore: bool = False


class ColumnDecisionsBody(Model):
    columns: dict[int, ColumnDecision] = Field(description="By column index. Columns left out stay as they are.")
    accept_suggested: bool = Field(default=False, description="Also take every uncertain match as suggested.")


# Values


class SelectValue(Model):
    text: str
    count: int
    option: str | None
    status: Literal["accepted", "uncertain", "unmapped", "ignored"]
    method: str | None
    suggestion: str | None = Field(description="The `value` of the option that headgate would propose.")


class SelectValues(Model):
    field: str
    column: ColumnId
    values: list[SelectValue] = Field(description="Most frequent first; at most `maxMappableSelectValues`.")
    total: int = Field(description="How many different texts there are that are no option as they stand.")


class OrderReading(Model):
    text: str
    day_month: str | None
    month_day: str | None


class DateQuestion(Model):
    """A date column whose order of day and month is not clear."""

    field: str
    column: ColumnId
    ambiguous: int = Field(description="Cells that both orders can read.")
    only_day_month: int
    only_month_day: int
    examples: list[OrderReading]
    order: Literal["day_month", "month_day"] | None
    by_person: bool


class ValuesView(Model):
    fields: list[SelectValues]
    dates: list[DateQuestion]


class ValuesDecisionBody(Model):
    values: dict[str, dict[str, str | None]] = Field(
        default_factory=dict, description="Field → text → option value; null: the text stays without an option."
    )
    orders: dict[str, Literal["day_month", "month_day"] | None] = Field(default_factory=dict)


class DecisionResult(Model):
    version: int
    state: ReviewState


class AdvanceBody(Model):
    to: Step


# Grid


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
    text: str | None = Field(description="The exact text to edit.")
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


# Changes


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


class ExportBody(Model):
    rows: Literal["all", "errors"] = "errors"
    format: Literal["xlsx", "csv"] = "xlsx"


class ExportResult(Model):
    url: str = Field(description="Presigned, valid 30 minutes.")
    rows: int


class UploadedFile(Model):
    upload: str
    matched_rows: int
    changed_cells: int
    added_rows: int
    missing_rows: int
    unknown_columns: list[str]


class Confirmation(Model):
    """What submitting does, said before it is done."""

    version: int
    summary: Summary
    message: str | None = Field(description="The hook's confirmation message: sanitized HTML.")
    confirm_label: str | None = None
    cancel_label: str | None = None


class SubmitBody(Model):
    version: int = Field(
        ge=-GREATEST,
        le=GREATEST,
        description="The version whose summary the person has confirmed; another one answers 409.",
    )


class SubmitResult(Model):
    status: Literal["submitting"]


class ReviewLink(Model):
    """A new link; those that were out open nothing any more."""

    review_url: str
    expires: datetime


# Remembering corrections


class RememberedParts(Model):
    """How much a recipe holds."""

    columns: int
    values: int
    orders: int
    replacements: int


class RecipeProposal(Model):
    """What would be remembered of a finished review."""

    recipe: dict[str, Any] | None = Field(description="null: nothing was done that could be remembered.")
    parts: RememberedParts
    left_out: dict[str, int] = Field(description="Code (docs/recipes.md) → how much cannot be remembered.")


class RecipeSaved(Model):
    version: int
    enabled: bool = Field(description="Whether the next imports use it; the operator may have switched it off.")
