"""The field type `ssn`: a United States social security number, `123456789` or `123-45-6789`."""

from __future__ import annotations

import re
from typing import Any, cast

import polars as pl

from headgate.engine.types.base import CellReader, FastReading, FieldType, Reading
from headgate.schema.types import SsnOptions

_SHAPE = r"^(?:[0-9]{9}|[0-9]{3}-[0-9]{2}-[0-9]{4})$"
_SIGNS = re.compile(r"[\s.\u2010-\u2015-]")
_GROUPED = re.compile(rf"[0-9]{{8,9}}|[0-9]{{2,3}}{_SIGNS.pattern}+[0-9]{{2}}{_SIGNS.pattern}+[0-9]{{4}}")
_EXACT_SHAPE = re.compile(_SHAPE[1:-1])


class SsnReader(CellReader):
    """Dashes are added or taken away as the field wants them."""

    def __init__(self, *, output_dash: bool) -> None:
        super().__init__()
        self._output_dash = output_dash

    def read_cell(self, text: str) -> Reading:
        """The nine digits, with or without dashes."""
        if not _EXACT_SHAPE.fullmatch(text):
            return Reading(None, "not_an_ssn")
        digits = text.replace("-", "")
        return Reading(f"{digits[:3]}-{digits[3:5]}-{digits[5:]}" if self._output_dash else digits)

    def suggest(self, text: str) -> str | None:
        """Nine digits with other signs between them, or eight, which lost a leading zero."""
        digits = _SIGNS.sub("", text)
        is_grouped = _GROUPED.fullmatch(text) is not None
        return self.read_cell(digits.zfill(9)).value if is_grouped and len(digits) in {8, 9} else None

    def read_fast(self, cells: pl.Series) -> FastReading:
        """Decides every cell."""
        cell = pl.col("cell")
        text = cell.str.replace_all("-", "", literal=True)
        if self._output_dash:
            text = text.str.slice(0, 3) + "-" + text.str.slice(3, 2) + "-" + text.str.slice(5)
        is_ssn = cell.str.contains(_SHAPE)
        table = pl.DataFrame({"cell": cells}).select(
            pl.when(is_ssn).then(text).alias("value"), pl.when(~is_ssn).then(pl.lit("not_an_ssn")).alias("code")
        )
        return FastReading(table["value"], table["code"], cells.is_not_null())


class SsnType(FieldType):
    """A social security number as text."""

    name = "ssn"
    errors = {  # noqa: RUF012 - a ClassVar by FieldType
        "not_an_ssn": "This is not a social security number. Enter nine digits, such as 123456789 or 123-45-6789.",
    }

    def reader(self, evidence: dict[str, Any] | None = None) -> CellReader:
        """The reader, the same for every column."""
        return SsnReader(output_dash=cast(SsnOptions, self.field.type).output_dash)
