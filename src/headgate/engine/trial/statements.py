"""The sentences of trials and comparisons, for people; each has its code and parameters for those who write their own."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from headgate.records import dataclass

TEXTS = {
    "status_differs": "The import would end as {after} instead of {before}.",
    "rows_delivered": "Rows in the result: {after} instead of {before}.",
    "rows_differ": "Rows that differ: {rows}; cells with another value: {cells}.",
    "errors_differ": "{label}: messages of the kind {cause} ({level}): {after} instead of {before}.",
    "field_appears": "The field {label} ({field}) would be in the result.",
    "field_disappears": "The field {label} ({field}) would not be in the result any more.",
    "header_differs": "The column names would be taken from row {after} instead of row {before}.",
    "column_differs": "The column {header} would belong to {after} instead of {before}.",
    "value_differs": "{field}: the text {text} would mean {after} instead of {before}.",
    "type_differs": "The values of {field} would be read another way: {what} is {after} instead of {before}.",
    "source_deleted": "The file of this import was deleted, so it cannot be tested.",
    "before_failed": "This import cannot be run again even with its own schema, so nothing can be compared: {why}",
    "limit_exceeded": "Running this import again needed more memory or time than allowed.",
}
NOTHING = "none"


@dataclass(frozen=True)
class Statement:
    """One sentence."""

    code: str
    text: str
    parameters: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The form of the API."""
        return {"code": self.code, "text": self.text, "parameters": self.parameters}


def say(code: str, **parameters: Any) -> Statement:
    """The sentence of a code."""
    shown = {key: NOTHING if value is None else value for key, value in parameters.items()}
    return Statement(code, TEXTS[code].format_map(shown), parameters)
