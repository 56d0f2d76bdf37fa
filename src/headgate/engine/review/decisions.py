"""What people decided in a review before the rows are looked at: it overrides what the pipeline would choose."""

from __future__ import annotations

from dataclasses import field
from typing import Any, Literal, Self

from headgate.records import dataclass

DateOrder = Literal["day_month", "month_day"]


@dataclass(frozen=True)
class ReadingDecision:
    """How to read the source; None leaves it to headgate."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None


@dataclass(frozen=True)
class CustomFieldDecision:
    """A field that a person added (`allowCustomFields`)."""

    key: str
    label: str
    type: str


@dataclass(frozen=True)
class PersonDecisions:
    """Everything that people decided so far; what is absent is headgate's own choice.

    `header`: the records that hold the names, () for none, None for headgate's choice. `columns`: column index → field key, None
    to ignore the column. `values`: field key → text → option value, None to leave the text without one. `orders`: field key →
    order of day and month. `custom_fields`: in the order in which they were added.
    """

    reading: ReadingDecision = ReadingDecision()
    header: tuple[int, ...] | None = None
    columns: dict[int, str | None] = field(default_factory=dict)
    values: dict[str, dict[str, str | None]] = field(default_factory=dict)
    orders: dict[str, DateOrder] = field(default_factory=dict)
    custom_fields: tuple[CustomFieldDecision, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The form that the log of changes keeps."""
        return {
            "reading": vars(self.reading).copy(),
            "header": None if self.header is None else list(self.header),
            "columns": {str(index): key for index, key in self.columns.items()},
            "values": self.values,
            "orders": self.orders,
            "customFields": [vars(custom).copy() for custom in self.custom_fields],
        }

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Self:
        """What `to_json` gave."""
        header = document["header"]
        return cls(
            reading=ReadingDecision(**document["reading"]),
            header=None if header is None else tuple(header),
            columns={int(index): key for index, key in document["columns"].items()},
            values=document["values"],
            orders=document["orders"],
            custom_fields=tuple(CustomFieldDecision(**custom) for custom in document["customFields"]),
        )
