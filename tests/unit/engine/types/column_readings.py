"""Reads columns the way the pipeline does: gather the evidence of all cells, then read them."""

from __future__ import annotations

from typing import Any, TypeVar

import polars as pl

from headgate.engine.table import SourceKind
from headgate.engine.types.base import FieldType, TypeContext
from headgate.schema.fields import Field, parse_field
from headgate.schema.problems import Problems

Kind = TypeVar("Kind", bound=FieldType)


def field_of(name: str, options: Any = None) -> Field:
    """A field of that type."""
    problems = Problems()
    field = parse_field({"label": "A", "key": "a", "type": name if options is None else [name, options]}, "", problems)
    assert field is not None
    return field


def type_of(kind: type[Kind], options: Any = None, *, source: SourceKind = "text", language: str = "en") -> Kind:
    """The type with its options."""
    return kind(field_of(kind.name, options), TypeContext(kind=source, language=language))


def read(field_type: FieldType, cells: list[str | None]) -> list[tuple[str | None, str | None]]:
    """Value and code of every cell of a column. The exact reader must say the same of each cell."""
    series = pl.Series("cell", cells, dtype=pl.String)
    gatherer = field_type.gatherer()
    evidence = None
    if gatherer is not None:
        gatherer.observe(series)
        evidence = gatherer.evidence()
    reader = field_type.reader(evidence)
    column = reader.read_column(series)
    readings = list(zip(column.value.to_list(), column.code.to_list(), strict=True))
    assert readings == [(reading.value, reading.code) for reading in map(reader.read, cells)]
    return readings


def values(field_type: FieldType, cells: list[str | None]) -> list[str | None]:
    """The result texts of a column."""
    return [value for value, _ in read(field_type, cells)]


def codes(field_type: FieldType, cells: list[str | None]) -> list[str | None]:
    """The codes of a column."""
    return [code for _, code in read(field_type, cells)]
