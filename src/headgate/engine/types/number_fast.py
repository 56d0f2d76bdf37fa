"""Reads the usual shapes of a number column without a Python object per cell.

Must agree with NumberReader on every cell that it decides; the unusual ones it leaves alone.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import numpy as np
import polars as pl

from headgate.engine.types.base import FastReading, Reading
from headgate.engine.types.digit_templates import DigitTemplates, Filled
from headgate.engine.types.masks import surely
from headgate.engine.types.number_presets import NumberRules
from headgate.engine.types.number_rounding import MOST_DECIMALS, decimals_of, round_texts
from headgate.engine.types.number_shapes import (
    CANONICAL,
    CANONICAL_INTEGER,
    HOPELESS,
    LONGEST_TEXT,
    NEVER,
    SHORT_SIGN,
    digits_may_decide,
    share_of_matches,
)

_DIGITS_OF_DOUBLES = 15
"""Decimals of so many digits are told apart by their doubles."""
_MOSTLY = 0.98
_MANY = 0.25
"""Share of cells from which it is quicker to work on all of them than to take them out and put them back."""
_LONGEST_VALUE = 20
"""Characters. No result text so short, and not below 1e-6, is ever written with an exponent."""


class FastNumbers:
    """The vectorized rules of one column.

    `read`: the exact reading of a text in this column, not yet rounded nor held against `min` and `max`.
    `point`: whether the point is the decimal mark, so that result texts of numbers stand for themselves.
    """

    def __init__(self, rules: NumberRules, read: Callable[[str], Reading], *, point: bool) -> None:
        self._rules = rules
        self._read = read
        self._canonical = CANONICAL if point else CANONICAL_INTEGER
        self._templates = DigitTemplates(self._read_shape)
        self._hopeless = HOPELESS if rules.currency is None or len(rules.currency) <= SHORT_SIGN else NEVER
        self._by_shape = rules.currency is None or not any(map(str.isdigit, rules.currency))

    def read(self, cells: pl.Series) -> FastReading:
        """The readings of trimmed cells."""
        if self._by_shape and share_of_matches(cells, self._canonical) < _MOSTLY:
            return self._finished(cells, self._read_by_shapes(cells))
        decided = self._is_canonical(cells)
        value, code = cells, pl.Series("code", [None], dtype=pl.String).new_from_index(0, len(cells))
        rest = (~decided & cells.is_not_null()).arg_true()
        if len(rest) and self._by_shape:
            others = self._templates.fill(cells[rest])
            value = value.clone().scatter(rest, others.value)
            code = code.scatter(rest, others.code)
            decided = decided.scatter(rest, others.decided)
        return self._finished(cells, Filled(value, code, decided, decimals_of(value)))

    def _read_by_shapes(self, cells: pl.Series) -> Filled:
        """The readings of columns most of whose texts are to be changed."""
        read = self._templates.fill(cells)
        rest = (~read.decided & cells.is_not_null()).arg_true()
        if not len(rest):
            return read
        others = cells[rest]
        canonical = self._is_canonical(others)
        if not canonical.any():
            return read
        rest, others = rest.filter(canonical), others.filter(canonical)
        read.decimals[rest.to_numpy()] = decimals_of(others)
        value, decided = read.value.clone().scatter(rest, others), read.decided.clone().scatter(rest, True)
        return Filled(value, read.code, decided, read.decimals)

    def _is_canonical(self, cells: pl.Series) -> pl.Series:
        canonical = (cells.str.len_bytes() <= LONGEST_TEXT) & cells.str.contains(self._canonical)
        return surely(canonical)

    def _finished(self, cells: pl.Series, read: Filled) -> FastReading:
        """What was read, rounded and held against the limits; what cannot be a number is refused."""
        value, code, decided = self._round(read)
        value, code, decided = self._check_limits(value, code, decided)
        return self._refuse(cells, value, code, decided)

    def _read_shape(self, shape: str) -> Reading | None:
        """The reading of every text of a shape; None where other digits than zero matter."""
        if digits_may_decide(shape):
            return None
        reading = self._read(shape)
        if reading.value is not None and (len(reading.value) > _LONGEST_VALUE or "e" in reading.value):
            return None
        return reading

    def _round(self, read: Filled) -> tuple[pl.Series, pl.Series, pl.Series]:
        """Round canonical texts. Digits before the point are left to the exact reader: nearly no column needs it."""
        value, code, decided, decimals = read
        digits = self._rules.round
        if digits is None:
            return value, code, decided
        if digits < 0:
            return value, code, decided & surely(value == "0")
        is_long = decimals > digits
        if not is_long.any():
            return value, code, decided
        long = pl.Series(is_long) & decided
        if digits > MOST_DECIMALS:
            return value, code, decided & ~long
        if np.count_nonzero(is_long) < _MANY * len(value):
            at = long.arg_true()
            rounded = round_texts(value[at], decimals[at.to_numpy()], digits)
            return (
                value.clone().scatter(at, rounded.value),
                code.clone().scatter(at, _round_codes(code[at])),
                decided.clone().scatter(at, rounded.decided),
            )
        rounded = round_texts(value, decimals, digits)
        if long.all():
            return rounded.value, _round_codes(code), rounded.decided
        value, code = rounded.value.zip_with(long, value), _round_codes(code).zip_with(long, code)
        return value, code, decided & (rounded.decided | ~long)

    def _check_limits(
        self, value: pl.Series, code: pl.Series, decided: pl.Series
    ) -> tuple[pl.Series, pl.Series, pl.Series]:
        minimum, maximum = self._rules.minimum, self._rules.maximum
        if minimum == 0 and maximum is None:
            # Numbers below are those with a sign: results know no negative zero.
            value, code = _refused(value, code, surely(value.str.starts_with("-")), "below_min")
            return value, code, decided
        if minimum is None and maximum is None:
            return value, code, decided
        number = value.cast(pl.Float64, strict=False).to_numpy()  # not a number where there is none
        for limit, error, beyond in ((minimum, "below_min", np.less), (maximum, "above_max", np.greater)):
            if limit is None:
                continue
            nearest = float(limit)
            # Nearest doubles keep the order of decimals, so only equal doubles leave a doubt.
            equal = number == nearest
            if equal.any():
                short = value.str.len_bytes() <= _DIGITS_OF_DOUBLES if _is_short(limit) else None
                decided = decided & ~(pl.Series(equal) & (True if short is None else ~short.fill_null(value=True)))
            value, code = _refused(value, code, pl.Series(beyond(number, nearest)), error)
        return value, code, decided

    def _refuse(self, cells: pl.Series, value: pl.Series, code: pl.Series, decided: pl.Series) -> FastReading:
        rest = (~decided & cells.is_not_null()).arg_true()
        if len(rest):
            bad = rest.filter(cells[rest].str.contains(self._hopeless))
            if len(bad):
                value = value.clone().scatter(bad, None)
                code = code.clone().scatter(bad, "not_a_number")
                decided = decided.clone().scatter(bad, True)
        return FastReading(value, code, decided)


def _refused(value: pl.Series, code: pl.Series, wrong: pl.Series, error: str) -> tuple[pl.Series, pl.Series]:
    """The values and codes with an error where it is `wrong`."""
    if not wrong.any():
        return value, code
    return value.set(wrong, None), code.set(wrong, error)


def _round_codes(codes: pl.Series) -> pl.Series:
    """What was changed about numbers that are rounded, by what was changed before."""
    if codes.null_count() == len(codes):
        return pl.Series(["rounded"]).new_from_index(0, len(codes))
    fixes = pl.Series(["rounded", "currency_removed_and_rounded"])
    return fixes[codes.is_not_null().cast(pl.UInt32)]


def _is_short(number: Decimal) -> bool:
    return len(number.as_tuple().digits) <= _DIGITS_OF_DOUBLES
