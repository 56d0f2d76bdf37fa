"""Reads number cells exactly: every digit counts, and nothing is decided that the column has not proven."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from functools import cached_property
from typing import Any

import polars as pl

from headgate.engine.types.base import CellReader, FastReading, Reading
from headgate.engine.types.late_columns import number_fast, number_written
from headgate.engine.types.number_format import EXACT, format_number, plain_text
from headgate.engine.types.number_marks import DecimalMark, Mark
from headgate.engine.types.number_presets import NumberRules
from headgate.engine.types.number_text import SMALLEST_EXPONENT, NumberText, NumberTextError, take_apart
from headgate.late_patterns import late_pattern

MIXED = "mixed"
"""Stands in the evidence for a decimal mark or a currency that the cells of the column contradict each other about."""
_WITHOUT_CENTS = late_pattern(r"(.*[0-9])[.,][-\u2010-\u2015]{1,2}")
_LONGEST_PADDING = 21
_LARGEST = 308
"""The largest number that a double can hold has so many digits behind its first."""
_SMALLEST_WRITTEN_OUT = -6
"""JavaScript writes numbers from 1e-6 to below 1e21 without an exponent."""


class NumberReader(CellReader):
    """The reader of one number column.

    `evidence`: what `NumberGatherer` found; without it a cell is its own column.
    """

    def __init__(self, rules: NumberRules, evidence: dict[str, Any] | None = None) -> None:
        super().__init__()
        self._rules = rules
        self._mark: str | None = evidence["decimalMark"] if evidence else None
        self._column_currency: str | None = evidence["currency"] if evidence else None

    @cached_property
    def _fast(self) -> number_fast.FastNumbers:
        return number_fast.FastNumbers(self._rules, self._read_unrounded, point=self._mark in {".", None})

    @cached_property
    def _written(self) -> number_written.WrittenNumbers | None:
        form = self._rules.output_format
        return None if form is None else number_written.WrittenNumbers(form)

    def read_fast(self, cells: pl.Series) -> FastReading:
        """The usual shapes of numbers. An `outputFormat` works on each distinct number among them."""
        numbers = self._fast.read(cells)
        if self._written is None:
            return numbers
        undecided = ~numbers.decided
        value = numbers.value.set(undecided, None) if undecided.any() else numbers.value
        return numbers._replace(value=self._written.written(value))

    def read_cell(self, text: str) -> Reading:
        """The exact number that `text` is in this column."""
        return self._reading(text, self._settled)

    def _read_unrounded(self, text: str) -> Reading:
        return self._reading(text, lambda value, fix: Reading(result_text(value), fix))

    def _reading(self, text: str, settled: Callable[[Decimal, str | None], Reading]) -> Reading:
        try:
            parts = take_apart(text, self._rules.currency)
            fix = self._currency_fix(parts)
        except NumberTextError as error:
            return Reading(None, error.code)
        mark = self._mark_for(parts)
        value = parts.value(mark) if mark is not None else None
        if value is None:
            return self._unreadable(parts)
        return settled(value, fix)

    def suggest(self, text: str) -> str | None:
        """`12,-` and `12.–` are prices without cents; quotes and stars around a number mean nothing."""
        found = _WITHOUT_CENTS.fullmatch(text)
        cleaned = found[1] if found else text.strip(" ;:_*'\"")
        return self.read_cell(cleaned).value if cleaned and cleaned != text else None

    def _currency_fix(self, parts: NumberText) -> str | None:
        if parts.currency is None:
            return None
        if self._rules.currency is not None:
            if parts.currency != self._rules.currency:
                raise NumberTextError("wrong_currency")
            return None
        if self._column_currency not in {None, parts.currency}:
            raise NumberTextError("mixed_currencies")
        return "currency_removed"

    def _mark_for(self, parts: NumberText) -> DecimalMark | None:
        """The decimal mark to read a cell with, None when there is none to be sure of."""
        if self._mark == ".":
            return "."
        said = parts.mark
        if said is Mark.NEUTRAL:
            return "."
        if self._mark == ",":
            return ","
        if said is Mark.COMMA:
            return ","
        if said is Mark.POINT or (said is Mark.EITHER and self._mark is None):
            return "."
        return None

    def _unreadable(self, parts: NumberText) -> Reading:
        said = parts.mark
        if said is Mark.EITHER:
            return Reading(None, "ambiguous_decimal_mark")
        if said is Mark.COMMA or (said is Mark.POINT and self._mark == ","):
            value = parts.value("," if said is Mark.COMMA else ".")
            likely = None if value is None else self._settled(value, None).value
            return Reading(None, "against_decimal_mark", suggestion=likely)
        return Reading(None, "wrong_grouping")

    def _settled(self, value: Decimal, fix: str | None) -> Reading:
        if not in_range(value):
            return Reading(None, "too_large" if value.adjusted() > 0 else "too_small")
        rounded = round_half_up(value, self._rules.round)
        if rounded != value:
            fix = "rounded" if fix is None else "currency_removed_and_rounded"
        if self._rules.minimum is not None and rounded < self._rules.minimum:
            return Reading(None, "below_min")
        if self._rules.maximum is not None and rounded > self._rules.maximum:
            return Reading(None, "above_max")
        if rounded is not value and not in_range(rounded):
            return Reading(None, "too_large")
        form = self._rules.output_format
        return Reading(result_text(rounded) if form is None else format_number(rounded, form), fix)


def in_range(value: Decimal) -> bool:
    """Whether a double reaches the number (it may have more digits) and its digits can be written out."""
    exponent = value.adjusted()
    return not value or SMALLEST_EXPONENT <= exponent < _LARGEST or (exponent == _LARGEST and math.isfinite(value))


def round_half_up(value: Decimal, digits: int | None) -> Decimal:
    """`value` with `digits` digits after the point (negative: before it), ties away from zero; no digits: unchanged."""
    if digits is None or -int(value.as_tuple().exponent) <= digits:
        return value
    return value.quantize(Decimal(1).scaleb(-digits), context=EXACT)


def result_text(value: Decimal) -> str:
    """The one text of a number, as JSON writes it (rules.md, "Validators"): no trailing zeros, no negative zero.

    A number that JavaScript can hold has the text of its `JSON.stringify`: `0.000001`, but `1e-7` and `1e+21`. One
    with more digits is written out, `1234567890123456789012`, so that every JSON parser takes an integer for one; only
    more than 21 zeros that merely pad its digits become an exponent.
    """
    if not value:
        return "0"
    if _SMALLEST_WRITTEN_OUT <= value.adjusted() < _LONGEST_PADDING:
        return plain_text(value)
    value = value.normalize(EXACT)
    exponent = int(value.as_tuple().exponent)
    padded = exponent <= _LONGEST_PADDING and value.adjusted() >= -_LONGEST_PADDING
    if padded and Decimal(repr(float(value))) != value:
        return plain_text(value)
    digits = "".join(map(str, value.as_tuple().digits))
    fraction = "." + digits[1:] if len(digits) > 1 else ""
    return f"{'-' if value < 0 else ''}{digits[0]}{fraction}e{value.adjusted():+}"
