"""`string`: the text of the cell, exactly as it stands."""

from __future__ import annotations

from typing import Any, ClassVar

import polars as pl

from headgate.engine.types.base import CellReader, ColumnReading, FastReading, FieldType, Reading
from headgate.engine.types.masks import present

_EMPTY = pl.Series([""])
_NO_CODE = pl.Series("code", [None], dtype=pl.String)


class StringReader(CellReader):
    """Keeps every character, white space around the text included; an empty cell is "" (schema.md, "Types")."""

    trims: ClassVar[bool] = False
    empty: ClassVar[str | None] = ""

    def read_cell(self, text: str) -> Reading:
        return Reading(text)

    def read_fast(self, cells: pl.Series) -> FastReading | None:
        return FastReading(cells, None, cells.is_not_null())

    def read_column(self, cells: pl.Series) -> ColumnReading:
        value = cells.zip_with(present(cells), _EMPTY) if cells.null_count() else cells
        return ColumnReading(value.alias("value"), _NO_CODE.new_from_index(0, len(cells)))


class StringType(FieldType):
    """Any text. Nothing is an error and nothing is changed."""

    name: ClassVar[str] = "string"
    errors: ClassVar[dict[str, str]] = {}

    def reader(self, evidence: dict[str, Any] | None = None) -> StringReader:
        return StringReader()
