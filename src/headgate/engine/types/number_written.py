"""Columns of numbers by an `outputFormat`: rounded all at once, then written by the shape of what is left.

The answers are those of `format_number` of each number.
"""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from headgate.engine.types.base import Reading
from headgate.engine.types.digit_templates import DigitTemplates
from headgate.engine.types.number_format import CURRENCY_ALONE, format_number
from headgate.engine.types.number_rounding import MOST_DECIMALS, decimals_of, round_texts
from headgate.schema.types import NumberFormat


class WrittenNumbers:
    """Writes columns of result texts of numbers by one format."""

    def __init__(self, form: NumberFormat) -> None:
        self._form = form
        self._templates = DigitTemplates(self._written_shape) if _digits_stay(form) else None
        self._decimals = _decimals_shown(form)

    def written(self, values: pl.Series) -> pl.Series:
        """The texts of plain decimals, null for null."""
        texts = self._by_shapes(values)
        rest = values if texts is None else values.filter(texts.is_null())
        distinct = rest.drop_nulls().unique()
        if not len(distinct):
            return values if texts is None else texts
        each = [format_number(Decimal(text), self._form) for text in distinct.to_list()]
        exact = values.replace_strict(distinct, each, default=None, return_dtype=pl.String)
        return exact if texts is None else texts.zip_with(texts.is_not_null(), exact)

    def _by_shapes(self, values: pl.Series) -> pl.Series | None:
        """The texts that can be told at once, null for others; None for none."""
        if self._templates is None:
            return None
        rounded = values if self._decimals is None else _rounded(values, self._decimals)
        filled = self._templates.fill(rounded)
        return filled.value.set(~filled.decided, None)

    def _written_shape(self, shape: str) -> Reading | None:
        return None if "e" in shape else Reading(format_number(Decimal(shape), self._form))


def _rounded(values: pl.Series, digits: int) -> pl.Series:
    """The numbers with no more decimals than are shown; null where that is not exact, or where a digit below the last place
    leaves a sign behind (`-0.00`)."""
    decimals = decimals_of(values)
    is_long = decimals > digits
    if not is_long.any():
        return values
    if digits > MOST_DECIMALS:
        return values.set(pl.Series(is_long), None)
    rounded = round_texts(values, decimals, digits)
    exact = rounded.decided & (rounded.value != "0")
    return rounded.value.set(~exact, None).zip_with(pl.Series(is_long), values)


def _digits_stay(form: NumberFormat) -> bool:
    """Whether a rounded number has its digits in the text, in their order, and the rest depends on its zeros only."""
    changed = form.average or form.force_average or form.total_length or form.exponential
    return form.output in {None, "number", "currency", "percent"} and not changed


def _decimals_shown(form: NumberFormat) -> int | None:
    """How many decimals of a number its text shows; None for all."""
    if form.model_dump(exclude_none=True) == {"output": "currency"}:
        return CURRENCY_ALONE.mantissa
    if form.mantissa is None:
        return None
    return form.mantissa + 2 if form.output == "percent" else form.mantissa
