"""What all bodies of the review API share."""

from __future__ import annotations

from typing import Annotated, Literal

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

    model_config = ConfigDict(extra="forbid", defer_build=True, json_schema_serialization_defaults_required=True)
