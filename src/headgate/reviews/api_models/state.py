"""What a review looks like: its steps, settings, progress and history."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from headgate.reviews.api_models.base import Level, Model, Step


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
    masked: bool = Field(default=False, description="Its values are not shown, but as dots.")
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


class DecisionResult(Model):
    version: int
    state: ReviewState


class AdvanceBody(Model):
    to: Step
