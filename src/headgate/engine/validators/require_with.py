"""The require family: a value is required depending on what stands in other fields of the row."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson
import polars as pl
from pydantic import JsonValue

from headgate.engine.types.masks import surely
from headgate.engine.validators.base import Batch, RowValidator, all_of, any_of
from headgate.schema import Field, Validator
from headgate.schema.validators import RequireWith as RequireWithOptions
from headgate.schema.validators import RequireWithValues as RequireWithValuesOptions


class RequireWith(RowValidator):
    """`require_with`, `require_without`, `require_with_all`, `require_without_all`.

    A field counts as filled when any of its columns is; a field without a column in the file is empty.
    """

    def __init__(self, field: Field, validator: RequireWithOptions, labels: Mapping[str, str]) -> None:
        self.fields = tuple(validator.fields)
        self.names = [labels.get(key, key) for key in self.fields]
        self.wants_filled = validator.validate_ in {"require_with", "require_with_all"}
        self.combine = all_of if validator.validate_.endswith("_all") else any_of
        super().__init__(field, validator)

    def message_parameters(self, validator: Validator) -> dict[str, Any]:
        return {"fields": self.names}

    def check(self, batch: Batch, position: int) -> pl.Series:
        empty = ~self.column(batch, position).filled
        filled = (any_of((slot.filled for slot in batch.get(key, ())), len(empty)) for key in self.fields)
        return empty & self.combine((mask if self.wants_filled else ~mask for mask in filled), len(empty))


class RequireWithValues(RowValidator):
    """`require_with_values`, `require_without_values`, `require_with_all_values`, `require_without_all_values`.

    Values are compared with the result text, exactly. null and "" mean an empty cell.
    """

    def __init__(self, field: Field, validator: RequireWithValuesOptions, labels: Mapping[str, str]) -> None:
        self.values = {key: result_text(value) for key, value in validator.field_values.items()}
        self.conditions = [{"field": labels.get(key, key), "value": value} for key, value in self.values.items()]
        self.wants_value = not validator.validate_.startswith("require_without")
        self.combine = all_of if validator.validate_.endswith("_all_values") else any_of
        super().__init__(field, validator)

    def message_parameters(self, validator: Validator) -> dict[str, Any]:
        return {"conditions": self.conditions}

    def check(self, batch: Batch, position: int) -> pl.Series:
        empty = ~self.column(batch, position).filled
        holds = (_has_value(batch, key, value, len(empty)) for key, value in self.values.items())
        return empty & self.combine((mask if self.wants_value else ~mask for mask in holds), len(empty))


def result_text(value: JsonValue) -> str | None:
    """The result text that a typed cell with this JSON value has; None for an empty cell."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        # All of reading numbers, which the rare rule about a number needs.
        from headgate.engine.types.number_reader import result_text as number_text

        return number_text(Decimal(repr(value)))
    return orjson.dumps(value).decode()


def _has_value(batch: Batch, key: str, value: str | None, length: int) -> pl.Series:
    columns = batch.get(key, ())
    if value is None:
        return ~any_of((column.filled for column in columns), length)
    return any_of((surely(column.value == value) for column in columns), length)
