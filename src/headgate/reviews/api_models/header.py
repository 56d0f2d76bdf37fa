"""The step that chooses the header, and how the file is read."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from headgate.reviews.api_models.base import GREATEST, Model
from headgate.reviews.api_models.state import Evidence, Message


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
    hidden: list[int] = Field(
        default_factory=list,
        description="Columns that are, or may be, those of masked fields: below the header their cells are dots, but for names of fields.",
    )
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
