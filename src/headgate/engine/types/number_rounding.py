"""Rounds a column of plain decimals exactly, as whole numbers of their last decimal."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from headgate.engine.types.cell_bytes import Bytes

MOST_DECIMALS = 4
"""Digits that may be kept: what presets round to."""
_DIGITS = 15
"""Decimals of so many digits are told apart by their doubles, and so are the numbers of their last decimals."""
_SMALL, _SMALL_DIGITS = 1 << 31, 9
_POWERS = np.array([10.0**power for power in range(_DIGITS + 1)])


Wholes = npt.NDArray[np.uint32] | npt.NDArray[np.int64]


class Rounded(NamedTuple):
    """`value`: the rounded texts, as results have them. `decided`: whether they hold."""

    value: pl.Series
    decided: pl.Series


def round_texts(texts: pl.Series, decimals: Bytes, digits: int) -> Rounded:
    """Plain decimals (`-1234.567`), of which each has so many digits behind its point as `decimals` says, rounded to `digits` of
    them, ties away from zero. It says something about those that have more and are no longer than 15 characters; the latter is what
    `decided` says."""
    decided = (texts.str.len_bytes() <= _DIGITS).fill_null(value=False)
    read = texts.cast(pl.Float64, strict=False).fill_null(0).to_numpy()
    numbers = read if decided.all() else np.where(decided.to_numpy(), read, 0)
    # A whole number below 1e15: the product differs from it by far less than a half.
    units = np.rint(np.abs(numbers) * _POWERS.take(decimals, mode="clip"))
    dropped = np.maximum(decimals, digits) - np.uint8(digits)
    # Half of the work, and enough for most columns.
    small = units.max(initial=0) < _SMALL and dropped.max(initial=0) <= _SMALL_DIGITS
    rounded = _without_last(units.astype(np.uint32 if small else np.int64), dropped)
    whole, fraction = (rounded, None) if not digits else np.divmod(rounded, 10**digits)
    text = pl.Series("whole", whole).cast(pl.String)
    if fraction is not None:
        text = text + _fractions(digits).gather(pl.Series(fraction.astype(np.uint32)))
    negative = (numbers < 0) & (rounded != 0)
    if negative.any():
        text = pl.Series(["", "-"]).gather(pl.Series(negative.astype(np.uint32))) + text
    return Rounded(text, decided)


def decimals_of(value: pl.Series) -> Bytes:
    """How many digits stand behind the point of each plain decimal (255 for more), 0 for null."""
    behind = value.str.len_bytes() - value.str.find(".", literal=True) - 1
    return behind.fill_null(0).clip(0, 255).cast(pl.UInt8).to_numpy()


def _without_last(units: Wholes, dropped: Bytes) -> Wholes:
    """Whole numbers without so many of their last digits, rounded half up."""
    rounded = units
    for count in np.flatnonzero(np.bincount(np.minimum(dropped, _DIGITS))).tolist():
        power = 10**count
        shorter = (units + power // 2) // power
        rounded = shorter if (dropped == count).all() else np.where(dropped == count, shorter, rounded)
    return rounded


@cache
def _fractions(digits: int) -> pl.Series:
    """What stands behind a whole number for each number of its last decimals: `.05`, `.5`, nothing."""
    texts = [f".{number:0{digits}}".rstrip("0").rstrip(".") for number in range(10**digits)]
    return pl.Series(texts, dtype=pl.String)
