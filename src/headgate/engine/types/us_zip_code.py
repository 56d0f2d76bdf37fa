"""The field type `us-zip-code` (schema.md, "Types"; rules.md, "Phone, URL, domain, codes")."""

from __future__ import annotations

from typing import Any, cast

import polars as pl

from headgate.engine.types.base import CellReader, FastReading, FieldType, Reading
from headgate.engine.types.cell_bytes import Bytes, Texts
from headgate.engine.types.late_columns import text_shapes
from headgate.late_patterns import late_pattern
from headgate.libraries import numpy as np
from headgate.schema.types import UsZipCodeOptions

_NINE = r"^[0-9]{5}-?[0-9]{4}$"
_UP_TO_FIVE = r"^[0-9]{1,5}$"
_EXACT_NINE = late_pattern(_NINE[1:-1])
_STANDS, _PADDED, _REWRITTEN, _REFUSED = range(4)
"""What becomes of a cell."""
_SHORT = {"9" * digits: _PADDED for digits in range(1, 5)}
_NEARLY_NINE = late_pattern(r"([0-9]{4,5})[\s.\u2010-\u2015-]*([0-9]{4})")
_EXACT_UP_TO_FIVE = late_pattern(_UP_TO_FIVE[1:-1])


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
        """Decides every cell, by its shape."""
        kinds = _kinds(cells, {"99999": _STANDS, "999999999": _REWRITTEN, "99999-9999": _REWRITTEN, **_SHORT})
        value = cells
        for kind, change in ((_PADDED, _padded), (_REWRITTEN, _cut)):
            if len(at := np.flatnonzero(kinds == kind)):
                places = pl.Series(at)
                value = value.clone().scatter(places, change(cells[places]))
        return _reading(cells, kinds, value, (None, "padded", "cut", "not_a_zip_code"))


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
        """Decides every cell, by its shape."""
        standing, other = ("99999-9999", "999999999") if self._output_dash else ("999999999", "99999-9999")
        kinds = _kinds(cells, {standing: _STANDS, other: _REWRITTEN})
        value = cells
        if len(at := np.flatnonzero(kinds == _REWRITTEN)):
            texts = cells[pl.Series(at)]
            written = texts.str.slice(0, 5) + ("-" if self._output_dash else "") + texts.str.slice(-4)
            value = value.clone().scatter(pl.Series(at), written)
        return _reading(cells, kinds, value, (None, None, None, "not_a_zip_plus_four"))


def _kinds(cells: pl.Series, of_shapes: dict[str, int]) -> Bytes:
    """What becomes of each cell, by its shape."""
    shapes = text_shapes.Shapes.of(Texts.of(cells))
    kinds = [of_shapes.get(shape, _REFUSED) if shape else _STANDS for shape in shapes.distinct]
    return np.array(kinds, np.uint8).take(shapes.at)


def _reading(cells: pl.Series, kinds: Bytes, value: pl.Series, codes: tuple[str | None, ...]) -> FastReading:
    """The readings of cells with these values, but for those that are refused. `codes`: of each kind."""
    if not kinds.any():
        code = pl.Series([None], dtype=pl.String).new_from_index(0, len(cells))
    else:
        code = pl.Series(codes, dtype=pl.String)[pl.Series(kinds.astype(np.uint32))]
    refused = kinds == _REFUSED
    return FastReading(value.set(pl.Series(refused), None) if refused.any() else value, code, cells.is_not_null())


def _padded(texts: pl.Series) -> pl.Series:
    return texts.str.zfill(5)


def _cut(texts: pl.Series) -> pl.Series:
    return texts.str.slice(0, 5)


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
