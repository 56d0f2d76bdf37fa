"""Reads the usual shapes of a number column without a Python object per cell.

Must agree with NumberReader on every cell that it decides; the unusual ones it leaves alone.
"""

from __future__ import annotations

import re
from decimal import Decimal

import polars as pl

from headgate.engine.types.base import FastReading
from headgate.engine.types.currencies import texts_of
from headgate.engine.types.number_presets import NumberRules
from headgate.engine.types.number_shapes import (
    CANONICAL,
    CANONICAL_INTEGER,
    HOPELESS,
    LONGEST_TEXT,
    NEVER,
    SHORT_SIGN,
    canonical_text,
    is_negative,
    number_shape,
    signs_once,
    simple_shape,
    without_trailing_zeros,
)

_DIGITS_OF_DOUBLES = 15
"""Decimals of so many digits are told apart by their doubles."""
_DIGITS_OF_INT64 = 18
_GROUP_MARKS = {mark: [*",.'’ \xa0\u2009\u202f".replace(mark, "")] for mark in ".,"}
_PLAIN_SIGN = re.compile(r"[^0-9.,٫٬+()%'’\s\-−]+")


class FastNumbers:
    """The vectorized rules of one column.

    `mark`: the decimal mark of its evidence (or "mixed", None). `currency`: the one that cells may carry.
    """

    def __init__(self, rules: NumberRules, *, mark: str | None, currency: str | None) -> None:
        self._rules = rules
        self._decimal_mark = {".": ".", ",": ",", None: "."}.get(mark)
        self._canonical = CANONICAL if self._decimal_mark == "." else CANONICAL_INTEGER
        texts = [text for text in texts_of(currency) if _PLAIN_SIGN.fullmatch(text)] if currency else []
        self._signs = f"(?i:{'|'.join(map(re.escape, texts))})" if texts else NEVER
        self._shape = number_shape(self._decimal_mark, self._signs)
        self._currency_code = None if rules.currency is not None else "currency_removed"
        self._hopeless = HOPELESS if rules.currency is None or len(rules.currency) <= SHORT_SIGN else NEVER

    def read(self, cells: pl.Series) -> FastReading:
        """The readings of trimmed cells."""
        short = cells.str.len_bytes() <= LONGEST_TEXT
        decided = (short & cells.str.contains(self._canonical)).fill_null(value=False)
        value, code = cells, pl.Series("code", [None], dtype=pl.String).new_from_index(0, len(cells))
        for read in (self._read_simple, self._read_shapes):
            rest = (~decided & short).fill_null(value=False).arg_true()
            if len(rest):
                others = read(cells.gather(rest))
                value = value.clone().scatter(rest, others["value"])
                code = code.scatter(rest, others["code"])
                decided = decided.clone().scatter(rest, others["decided"])
        value, code, decided = self._round(value, code, decided)
        decided &= ~_has_exponent(value)
        value, code, decided = self._check_limits(value, code, decided)
        return self._refuse(cells, value, code, decided)

    def _read_simple(self, cells: pl.Series) -> pl.DataFrame:
        """Numbers that differ from their result text by a currency in front, group marks and trailing zeros only."""
        mark = self._decimal_mark
        table = pl.DataFrame({"cell": cells})
        if mark is None:
            return table.select(value=pl.col("cell"), code=pl.lit(None, pl.String), decided=pl.lit(value=False))
        text = pl.col("cell")
        has_sign = pl.lit(value=False)
        if self._signs != NEVER:
            has_sign = text.str.contains(rf"^-?{self._signs} ?[0-9]")
            text = pl.when(has_sign).then(text.str.replace(rf"{self._signs} ?", "")).otherwise(text)
        table = table.select(text.alias("text"), has_sign.alias("has_sign"))
        is_simple = pl.col("text").str.contains(simple_shape(mark))
        plain = pl.col("text").str.replace_all("," if mark == "." else ".", "", literal=True)
        plain = plain if mark == "." else plain.str.replace(",", ".", literal=True)
        return table.select(
            pl.when(is_simple).then(without_trailing_zeros(plain)).alias("value"),
            pl.when(is_simple & pl.col("has_sign")).then(pl.lit(self._currency_code, pl.String)).alias("code"),
            is_simple.alias("decided"),
        )

    def _read_shapes(self, cells: pl.Series) -> pl.DataFrame:
        """Signs, leading zeros, spaces between groups, percent, currency on either side."""
        parts = pl.DataFrame({"cell": cells}).select(pl.col("cell").str.extract_groups(self._shape).struct.unnest())
        before, after = pl.col("before").is_not_null(), pl.col("after")
        has_digits = (pl.col("whole") != "") | (pl.col("fraction").is_not_null() & ~before)
        is_currency = before | (after.is_not_null() & (after != "%"))
        parts = parts.with_columns(
            (has_digits & signs_once()).fill_null(value=False).alias("decided"), is_currency.alias("is_currency")
        )
        whole, fraction = pl.col("whole"), pl.col("fraction").fill_null("")
        if self._decimal_mark is not None:
            whole = whole.str.replace_many(_GROUP_MARKS[self._decimal_mark], [""])
        if parts["after"].eq("%").any():
            padded = whole.str.zfill(3)
            cents = padded.str.len_bytes() - 2
            fraction = pl.when(after.eq_missing("%")).then(padded.str.slice(cents) + fraction).otherwise(fraction)
            whole = pl.when(after.eq_missing("%")).then(padded.str.slice(0, cents)).otherwise(whole)
        return parts.select(
            pl.when("decided").then(canonical_text(is_negative(), whole, fraction)).alias("value"),
            pl.when(pl.col("decided") & pl.col("is_currency"))
            .then(pl.lit(self._currency_code, pl.String))
            .alias("code"),
            "decided",
        )

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


def _has_exponent(value: pl.Series) -> pl.Series:
    """Which canonical texts are below 1e-6, so that the exact reader writes them as `1e-7`."""
    small = value.str.starts_with("0.000000") | value.str.starts_with("-0.000000")
    return small.fill_null(value=False)


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
