"""The field type `checkbox`: ticked unless the cell says no (schema.md, "Types")."""

from __future__ import annotations

from typing import Any

import polars as pl

from headgate.engine.types.base import CellReader, FastReading, FieldType, Reading

FALSE_TEXTS = frozenset({"0", "off", "n", "no", "false", "disabled"})
"""In any case; an empty cell is false too."""


class CheckboxReader(CellReader):
    """Knows no errors: every text that is not false is true."""

    empty = "false"

    def read_cell(self, text: str) -> Reading:
        """`true` or `false`."""
        return Reading("false" if text.lower() in FALSE_TEXTS else "true")

    def read_fast(self, cells: pl.Series) -> FastReading:
        """Decides every cell."""
        is_false = cells.str.to_lowercase().is_in(sorted(FALSE_TEXTS))
        value = pl.DataFrame({"is_false": is_false}).select(
            pl.when("is_false").then(pl.lit("false")).when(~pl.col("is_false")).then(pl.lit("true")).alias("value")
        )["value"]
        return FastReading(value, None, cells.is_not_null())


class CheckboxType(FieldType):
    """A boolean; never null."""

    name = "checkbox"
    json_kind = "raw"
    errors = {}  # noqa: RUF012 - a ClassVar by FieldType

    def reader(self, evidence: dict[str, Any] | None = None) -> CellReader:
        """The reader, the same for every column."""
        return CheckboxReader()
