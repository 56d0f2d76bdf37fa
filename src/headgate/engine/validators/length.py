"""`length`: how many characters a text may have."""

from __future__ import annotations

from typing import Any

import polars as pl

from headgate.engine.types.base import FEW_CELLS
from headgate.engine.validators.base import Batch, RowValidator, any_text
from headgate.schema import Field, Validator
from headgate.schema.validators import Length as LengthOptions

_MOST_BYTES = 4
"""Of a character in UTF-8."""


class Length(RowValidator):
    """Fails below `min` or above `max` characters, both inclusive. A character is a Unicode code point.

    In a multi-select every value is measured.
    """

    def __init__(self, field: Field, validator: LengthOptions) -> None:
        self.min, self.max = validator.min, validator.max
        super().__init__(field, validator)

    def message_code(self, validator: Validator) -> str:
        if self.max is None:
            return "length_min"
        if self.min is None:
            return "length_max"
        return "length_exact" if self.min == self.max else "length_between"

    def message_parameters(self, validator: Validator) -> dict[str, Any]:
        return {name: limit for name, limit in (("min", self.min), ("max", self.max)) if limit is not None}

    def check(self, batch: Batch, position: int) -> pl.Series:
        column = self.column(batch, position)
        if not self.is_list and len(column.value) <= FEW_CELLS:
            lengths = (None if text is None else len(text) for text in column.texts.to_list())
            return pl.Series([length is not None and self._is_wrong(length) for length in lengths], dtype=pl.Boolean)
        if not self.is_list and not self._bytes_leave_open(column.texts.str.len_bytes()):
            return pl.Series([False]).new_from_index(0, len(column.value))
        return any_text(column, self.is_list, self._fails)

    def _is_wrong(self, length: int) -> bool:
        return (self.min is not None and length < self.min) or (self.max is not None and length > self.max)

    def _bytes_leave_open(self, lengths: pl.Series) -> bool:
        """Whether texts of so many bytes may fail: to count their characters takes much longer."""
        if lengths.null_count() == len(lengths):
            return False
        too_long = self.max is not None and bool((lengths > self.max).any())
        return too_long or (self.min is not None and bool((lengths < self.min * _MOST_BYTES).any()))

    def _fails(self, text: pl.Expr) -> pl.Expr:
        characters = text.str.len_chars()
        too_short = characters < self.min if self.min is not None else pl.lit(value=False)
        return too_short | (characters > self.max if self.max is not None else pl.lit(value=False))
