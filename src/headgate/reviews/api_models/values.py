"""The step that matches values with options, and asks for the order of days and months."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from headgate.reviews.api_models.base import ColumnId, Model


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
