"""The forms of Schema Studio's API, for the OpenAPI and for readers (docs/studio-api.md)."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from headgate.schemas.forms import AuthorForm
from headgate.schemas.version_routes import ChangeForm
from headgate.web.forms import ApiForm

HookKindName = Literal[
    "rowHooks", "bulkRowHooks", "batchRowHooks", "rowDeleteHooks", "columnHooks", "stepHooks", "beforeFinishCallback"
]


class SampleFile(ApiForm):
    """Data to try things on: a file, or rows. Exactly one of `content` and `rows`."""

    filename: str | None = Field(None, description="Name of the file; its extension is a hint.")
    content: str | None = Field(None, description="The bytes of the file, base64.")
    rows: list[dict[str, Any]] | list[list[Any]] | None = Field(
        None, description="Rows: objects by field key (or column name), or lists in field order."
    )


class Draft(ApiForm):
    """A schema that need not be saved."""

    name: str | None = None
    fields: list[dict[str, Any]]
    settings: dict[str, Any] | None = None
    hooks: dict[str, Any] | None = None


class InferRequest(ApiForm):
    """A file whose fields are to be found."""

    sample: SampleFile
    settings: dict[str, Any] | None = Field(
        None,
        description="Settings of a schema about how to read it: delimiter, uploadStep, matchingStep.headerRowOverride.",
    )


class Statement(ApiForm):
    """One plain sentence with its code and parameters."""

    code: str
    text: str
    parameters: dict[str, Any]


class InferredField(ApiForm):
    """A column and the field that it could be."""

    column: int = Field(description="Position of the column, from 0.")
    header: str
    field: dict[str, Any] = Field(description="A field of a schema, ready to use.")
    evidence: list[Statement] = Field(description="Why: the type first, then options and validators.")
    filled: int = Field(description="Cells that are not empty.")
    distinct: int = Field(description="Different texts among them.")
    samples: list[str] = Field(description="The first different texts.")


class InferAnswer(ApiForm):
    """What a file could mean."""

    file: dict[str, Any] = Field(description="How it was read: as `file` in the decisions.")
    header: dict[str, Any] = Field(description="Which row holds the names: as `header` in the decisions.")
    rows: int
    fields: list[InferredField]
    warnings: list[Statement]


class TryRequest(ApiForm):
    """A schema and the data to try it on."""

    draft: Draft = Field(alias="schema")
    sample: SampleFile
    limit: int = Field(50, ge=0, le=500, description="How many rows to show.")


class CellIssue(ApiForm):
    """What is said of a cell or row."""

    field: str | None
    manyToOneIndex: int | None = None  # noqa: N815 - the name in the JSON
    level: Literal["error", "warning", "info"]
    code: str
    message: str
    value: str | None = Field(description="The text as it stands in the file.")


class TriedRow(ApiForm):
    """A row as it would come out."""

    index: int = Field(description="Position among the data rows, from 0.")
    source_row: int | None = Field(description="The record in the file, from 1; null for a row that a hook added.")
    delivered: bool = Field(description="Whether it would be in the result.")
    values: dict[str, Any]
    issues: list[CellIssue]


class TryAnswer(ApiForm):
    """How an import with this schema would end."""

    status: Literal["SUCCESSFUL", "NEEDS_REVIEW", "FAILED"]
    import_errors: list[dict[str, Any]] | None
    decisions: dict[str, Any]
    counts: dict[str, int] | None = Field(description="`rows` of the decisions; null when the rows were not reached.")
    issues: dict[str, int] = Field(description="Level → how many.")
    rows: list[TriedRow]
    console: list[dict[str, Any]]


class HookSource(ApiForm):
    """One hook."""

    kind: HookKindName
    source: str
    field_name: str | None = Field(None, description="Of `columnHooks`: key of the field.")
    step: str | None = Field(None, description="Of `stepHooks`: the step, such as REVIEW_STEP.")


class HookRequest(ApiForm):
    """A hook and the rows to run it on."""

    draft: Draft = Field(alias="schema", description="Its own hooks are not run.")
    hook: HookSource
    sample: SampleFile
    limit: int = Field(20, ge=1, le=200, description="How many rows.")


class HookRow(ApiForm):
    """A row before and after the hook: field key → value. Null where there is none."""

    index: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    changed: list[str] = Field(description="Keys of the fields whose value or messages the hook changed.")
    issues: list[CellIssue] = Field(description="What is said of the row after the hook.")


class HookError(ApiForm):
    """Why the hook could not be run to its end. Line and column count from 1 in its source."""

    code: str
    message: str
    line: int | None
    column: int | None
    row: int | None


class HookAnswer(ApiForm):
    """What a hook did."""

    rows: list[HookRow]
    fields: list[str] = Field(description="Keys in order, as the hook leaves them.")
    console: list[dict[str, Any]]
    error: HookError | None
    import_errors: list[dict[str, Any]] | None = Field(
        description="Why there are no rows to run it on, or why an import would end otherwise than well."
    )
    milliseconds: float


class BacktestRequest(Draft):
    """A changed schema to run against stored imports."""

    imports: int = Field(10, ge=1, le=100, description="How many of the newest completed imports.")


BacktestState = Literal["PENDING", "RUNNING", "DONE", "CANCELLED"]
ResultState = Literal["PENDING", "SAME", "DIFFERS", "NOT_TESTABLE"]


class BacktestCounts(ApiForm):
    """How many of its imports stand where."""

    total: int
    pending: int
    same: int
    differs: int
    not_testable: int


class BacktestResult(ApiForm):
    """One import in a back-test. What differs is in `GET …/imports/{import_id}/`."""

    import_id: str
    original_filename: str | None
    created_date: str
    state: ResultState
    reason: Statement | None = Field(description="Why it could not be tested.")
    summary: list[Statement] = Field(description="What differs, in plain words.")
    rows_differ: int | None
    cells_differ: int | None


class BacktestAnswer(ApiForm):
    """A back-test and how far it is."""

    id: str
    schema_id: str
    state: BacktestState
    import_identifier: str
    created_date: str
    ended_date: str | None
    created_by: AuthorForm | None
    counts: BacktestCounts
    changes: list[ChangeForm] = Field(description="What the tested schema changes against the saved one.")
    results: list[BacktestResult]


class BacktestSummary(ApiForm):
    """A back-test as lists show it."""

    id: str
    state: BacktestState
    created_date: str
    ended_date: str | None
    created_by: AuthorForm | None
    counts: BacktestCounts


class Side(ApiForm):
    """How the import ends with one of the two schemas."""

    status: Literal["SUCCESSFUL", "NEEDS_REVIEW", "FAILED"]
    import_errors: list[dict[str, Any]] | None
    counts: dict[str, int] | None = Field(description="`rows` of the decisions; null when the rows were not reached.")
    issues: dict[str, int] = Field(description="Level → how many.")


class DifferentCell(ApiForm):
    """A field of a row that is not the same."""

    field: str
    text: str | None = Field(description="The text in the file, where it is one column.")
    before: Any
    after: Any
    issues_before: list[CellIssue]
    issues_after: list[CellIssue]


class DifferentRow(ApiForm):
    """A row that is not the same."""

    source_row: int | None
    delivered_before: bool | None = Field(description="Null where there is no such row.")
    delivered_after: bool | None
    cells: list[DifferentCell]


class DifferentField(ApiForm):
    """How many cells of a field are not the same."""

    field: str
    label: str
    cells: int


class BacktestDetail(BacktestResult):
    """One import in a back-test with everything that differs."""

    before: Side | None
    after: Side | None
    decisions: list[Statement] = Field(description="Decisions that differ: header, columns, values, types.")
    fields: list[DifferentField]
    examples: list[DifferentRow] = Field(description="The first 50 rows that differ.")
    review: dict[str, int] | None = Field(
        description="What people had decided (`decisions`) and edited (`changes`), applied to both runs. Null when nobody did."
    )
