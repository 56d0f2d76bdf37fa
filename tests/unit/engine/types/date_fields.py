"""Types with options for the tests of dates, and columns read by their own evidence."""

from __future__ import annotations

from typing import Any

import polars as pl

from headgate.engine.table import SourceKind
from headgate.engine.types.base import FieldType, TypeContext
from headgate.engine.types.date import DateType
from headgate.engine.types.datetime import DatetimeType
from headgate.engine.types.time import TimeType
from headgate.schema.fields import parse_field
from headgate.schema.problems import Problems

TYPES: dict[str, type[FieldType]] = {"date": DateType, "datetime": DatetimeType, "time": TimeType}


def field_type(name: str, kind: SourceKind = "text", **options: Any) -> FieldType:
    problems = Problems()
    field = parse_field({"label": "x", "key": "x", "type": [name, options]}, "field", problems)
    problems.raise_if_any()
    assert field is not None
    return TYPES[name](field, TypeContext(kind=kind))


def read_column(kind: FieldType, cells: list[str | None]) -> tuple[list[str | None], list[str | None]]:
    """Values and codes of a column read by its own evidence."""
    series = pl.Series("cell", cells, dtype=pl.String)
    gatherer = kind.gatherer()
    evidence = None
    if gatherer is not None:
        gatherer.observe(series)
        evidence = gatherer.evidence()
    reading = kind.reader(evidence).read_column(series)
    return reading.value.to_list(), reading.code.to_list()


def assert_column_agrees_with_cells(kind: FieldType, cells: list[str | None], evidence: dict[str, Any] | None) -> None:
    """The vectorized path gives what reading each cell gives."""
    reading = kind.reader(evidence).read_column(pl.Series("cell", cells, dtype=pl.String))
    reader = kind.reader(evidence)
    for cell, value, code in zip(cells, reading.value.to_list(), reading.code.to_list(), strict=True):
        exact = reader.read(cell)
        assert (value, code) == (exact.value, exact.code), cell
