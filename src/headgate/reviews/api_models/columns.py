"""The step that matches columns with fields."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from headgate.reviews.api_models.base import Model
from headgate.reviews.api_models.state import Evidence


class FieldSuggestion(Model):
    field: str
    confidence: float
    evidence: list[Evidence]


class FileColumn(Model):
    index: int
    header: str
    samples: list[str] = Field(description="Up to five different values from all over the column.")
    hidden: bool = Field(
        default=False,
        description="It is, or may be, the column of a masked field: `samples` are what its mask leaves of the values.",
    )
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
