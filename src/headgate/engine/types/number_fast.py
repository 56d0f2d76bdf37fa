"""Reads the usual shapes of a number column without a Python object per cell.

Must agree with NumberReader on every cell that it decides; the unusual ones it leaves alone.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import polars as pl

from headgate.engine.types.base import FastReading, Reading
from headgate.engine.types.digit_templates import DigitTemplates
from headgate.engine.types.number_presets import NumberRules
from headgate.engine.types.number_shapes import (
    CANONICAL,
    CANONICAL_INTEGER,
    HOPELESS,
    LONGEST_TEXT,
    NEVER,
    SHORT_SIGN,
    digits_may_decide,
    without_trailing_zeros,
)

_DIGITS_OF_DOUBLES = 15
"""Decimals of so many digits are told apart by their doubles."""
_DIGITS_OF_INT64 = 18
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
        decided = (cells.str.len_bytes() <= LONGEST_TEXT) & cells.str.contains(self._canonical)
        decided = decided.fill_null(value=False)
        value, code = cells, pl.Series("code", [None], dtype=pl.String).new_from_index(0, len(cells))
        rest = (~decided & cells.is_not_null()).arg_true()
        if len(rest) and self._by_shape:
            others = self._templates.fill(cells.gather(rest))
            if len(rest) == len(cells):
                value, code, decided = others
            else:
                value = value.clone().scatter(rest, others.value)
                code = code.scatter(rest, others.code)
                decided = decided.scatter(rest, others.decided)
        value, code, decided = self._round(value, code, decided)
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

    def _round(self, value: pl.Series, code: pl.Series, decided: pl.Series) -> tuple[pl.Series, pl.Series, pl.Series]:
        """Round canonical texts. Digits before the point are left to the exact reader: nearly no column needs it."""
        digits = self._rules.round
        if digits is None:
            return value, code, decided
        if digits < 0:
            return value, code, decided & (value == "0").fill_null(value=False)
        long = (decided & value.str.contains(rf"\.[0-9]{{{digits + 1}}}")).fill_null(value=False).arg_true()
        if not len(long):
            return value, code, decided
        rounded = _rounded(value.gather(long), digits)
        fixes = pl.Series(["rounded", "currency_removed_and_rounded"]).gather(
            code.gather(long).is_not_null().cast(pl.UInt32)
        )
        return (
            value.clone().scatter(long, rounded["value"]),
            code.clone().scatter(long, fixes),
            decided.clone().scatter(long, rounded["decided"]),
        )

    def _check_limits(
        self, value: pl.Series, code: pl.Series, decided: pl.Series
    ) -> tuple[pl.Series, pl.Series, pl.Series]:
        minimum, maximum = self._rules.minimum, self._rules.maximum
        if minimum is None and maximum is None:
            return value, code, decided
        number = value.cast(pl.Float64, strict=False)
        short = value.str.len_bytes() <= _DIGITS_OF_DOUBLES
        for limit, error, beyond in ((minimum, "below_min", pl.Series.lt), (maximum, "above_max", pl.Series.gt)):
            if limit is None:
                continue
            nearest = float(limit)
            # Nearest doubles keep the order of decimals, so only equal doubles leave a doubt.
            told_apart = short if _is_short(limit) else pl.Series([False]).new_from_index(0, len(value))
            decided = decided & ((number != nearest) | told_apart).fill_null(value=True)
            inside = ~beyond(number, nearest).fill_null(value=False)
            if not inside.all():
                code = code.zip_with(inside, pl.Series([error]))
                value = value.zip_with(inside, pl.Series([None], dtype=pl.String))
        return value, code, decided

    def _refuse(self, cells: pl.Series, value: pl.Series, code: pl.Series, decided: pl.Series) -> FastReading:
        rest = (~decided & cells.is_not_null()).arg_true()
        if len(rest):
            bad = rest.filter(cells.gather(rest).str.contains(self._hopeless))
            if len(bad):
                value = value.clone().scatter(bad, None)
                code = code.clone().scatter(bad, "not_a_number")
                decided = decided.clone().scatter(bad, True)
        return FastReading(value, code, decided)


def _rounded(value: pl.Series, digits: int) -> pl.DataFrame:
    """Canonical texts with more than `digits` decimals, rounded as whole numbers of their last decimal."""
    units = pl.DataFrame({"value": value}).select(
        pl.col("value").str.replace(".", "", literal=True).cast(pl.Int64, strict=False).alias("units"),
        (pl.col("value").str.len_bytes() - pl.col("value").str.find(".", literal=True) - 1 - digits).alias("dropped"),
        (pl.col("value").str.len_bytes() <= _DIGITS_OF_INT64).alias("decided"),
    )
    powers = pl.Series([10**power for power in range(_DIGITS_OF_INT64 + 1)], dtype=pl.Int64)
    divisor = powers.gather(units["dropped"].clip(0, _DIGITS_OF_INT64))
    size = (units["units"].abs() + divisor // 2) // divisor
    negative = units["units"] < 0
    unit = 10 ** min(digits, _DIGITS_OF_INT64)
    text = (size // unit).cast(pl.String)
    if digits:
        text = text + "." + (size % unit).cast(pl.String).str.zfill(digits)
    signed = pl.Series(["", "-"]).gather(negative.cast(pl.UInt32)) + text
    return pl.DataFrame({"value": signed}).select(
        without_trailing_zeros(pl.col("value")).alias("value"), units["decided"].alias("decided")
    )


def _is_short(number: Decimal) -> bool:
    return len(number.as_tuple().digits) <= _DIGITS_OF_DOUBLES
