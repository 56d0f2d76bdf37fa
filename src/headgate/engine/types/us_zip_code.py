"""The field type `us-zip-code` (schema.md, "Types"; rules.md, "Phone, URL, domain, codes")."""

from __future__ import annotations

import re
from typing import Any, cast

import polars as pl

from headgate.engine.types.base import CellReader, FastReading, FieldType, Reading
from headgate.schema.types import UsZipCodeOptions

_NINE = r"^[0-9]{5}-?[0-9]{4}$"
_UP_TO_FIVE = r"^[0-9]{1,5}$"
_EXACT_NINE = re.compile(_NINE[1:-1])
_NEARLY_NINE = re.compile(r"([0-9]{4,5})[\s.\u2010-\u2015-]*([0-9]{4})")
_EXACT_UP_TO_FIVE = re.compile(_UP_TO_FIVE[1:-1])


class FiveDigitReader(CellReader):
    """Gives five digits: pads what lost its leading zeros, cuts the four digits of a ZIP+4."""

    def read_cell(self, text: str) -> Reading:
        """The five digits."""
        if _EXACT_UP_TO_FIVE.fullmatch(text):
            padded = text.zfill(5)
            return Reading(padded, None if padded == text else "padded")
        if _EXACT_NINE.fullmatch(text):
            return Reading(text[:5], "cut")
        return Reading(None, "not_a_zip_code")

    def suggest(self, text: str) -> str | None:
        """The first five digits of a ZIP+4 that lost its leading zero or its dash."""
        nine = _nine_digits(text)
        return nine[:5] if nine is not None else None

    def read_fast(self, cells: pl.Series) -> FastReading:
        """Decides every cell."""
        cell = pl.col("cell")
        up_to_five, nine = cell.str.contains(_UP_TO_FIVE), cell.str.contains(_NINE)
        table = pl.DataFrame({"cell": cells}).select(
            pl.when(up_to_five).then(cell.str.zfill(5)).when(nine).then(cell.str.slice(0, 5)).alias("value"),
            pl.when(cell.is_null() | (up_to_five & (cell.str.len_bytes() == 5)))
            .then(None)
            .when(up_to_five)
            .then(pl.lit("padded"))
            .when(nine)
            .then(pl.lit("cut"))
            .otherwise(pl.lit("not_a_zip_code"))
            .alias("code"),
        )
        return FastReading(table["value"], table["code"], cells.is_not_null())


class NineDigitReader(CellReader):
    """Gives ZIP+4 codes, with a dash when the field wants it."""

    def __init__(self, *, output_dash: bool) -> None:
        super().__init__()
        self._output_dash = output_dash

    def read_cell(self, text: str) -> Reading:
        """The nine digits, with or without dash."""
        if not _EXACT_NINE.fullmatch(text):
            return Reading(None, "not_a_zip_plus_four")
        return Reading(f"{text[:5]}-{text[-4:]}" if self._output_dash else text.replace("-", ""))

    def suggest(self, text: str) -> str | None:
        """The nine digits of a ZIP+4 that lost its leading zero or its dash."""
        nine = _nine_digits(text)
        return None if nine is None else self.read_cell(nine).value

    def read_fast(self, cells: pl.Series) -> FastReading:
        """Decides every cell."""
        cell = pl.col("cell")
        nine = cell.str.contains(_NINE)
        text = cell.str.slice(0, 5) + ("-" if self._output_dash else "") + cell.str.slice(-4)
        table = pl.DataFrame({"cell": cells}).select(
            pl.when(nine).then(text).alias("value"), pl.when(~nine).then(pl.lit("not_a_zip_plus_four")).alias("code")
        )
        return FastReading(table["value"], table["code"], cells.is_not_null())


def _nine_digits(text: str) -> str | None:
    """`2134-1000`, `21341000` and `02134 1000` are 021341000."""
    found = _NEARLY_NINE.fullmatch(text)
    return None if found is None else f"{found[1].zfill(5)}{found[2]}"


class UsZipCodeType(FieldType):
    """A United States postal code as text."""

    name = "us-zip-code"
    errors = {  # noqa: RUF012 - a ClassVar by FieldType
        "not_a_zip_code": "This is not a ZIP code. Enter five digits, such as 02134, or nine, such as 02134-1000.",
        "not_a_zip_plus_four": "This is not a nine-digit ZIP code. Enter one such as 02134-1000.",
    }
    autofixes = {  # noqa: RUF012 - a ClassVar by FieldType
        "padded": "Leading zeros were added.",
        "cut": "Shortened to the first five digits.",
    }

    def reader(self, evidence: dict[str, Any] | None = None) -> CellReader:
        """The reader, the same for every column."""
        options = cast(UsZipCodeOptions, self.field.type)
        return FiveDigitReader() if options.format == "5-digit" else NineDigitReader(output_dash=options.output_dash)
