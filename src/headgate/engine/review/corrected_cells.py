"""Cells of a corrected workbook beside those of the review: what counts as another text."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
import polars as pl

from headgate.engine.hooked_table import HookedSlot
from headgate.engine.review.workbook_layout import cell_texts, comparable
from headgate.records import dataclass

_NUMBER = r"^\s*[+-]?[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?\s*$"
_DAY = r"^\s*([0-9]{1,4})[/.-]([0-9]{1,2})[/.-]([0-9]{1,4})\s*$"
_SHEET_DIGITS = 15
"""Digits of a number that Excel keeps."""


@dataclass(frozen=True)
class CellTexts:
    """Cells of one column: `texts` (null = empty) and their `kinds` (sheet_cells.py)."""

    texts: pl.Series
    kinds: pl.Series

    @classmethod
    def of(cls, marked: pl.Series) -> Self:
        """Cells that were read with their kinds in front."""
        texts = comparable(marked.str.slice(1)).replace("", None)
        return cls(texts, marked.str.slice(0, 1))

    def gather(self, at: npt.NDArray[np.integer]) -> CellTexts:
        """The cells at those places."""
        places = pl.Series(at, dtype=pl.UInt32)
        return CellTexts(self.texts.gather(places), self.kinds.gather(places))

    @property
    def is_typed(self) -> pl.Series:
        """Which cells are a value of the spreadsheet's and not a text (no nulls)."""
        return (self.kinds != "t").fill_null(value=False)


def really_differs(cells: CellTexts, frame: pl.DataFrame, hooked: HookedSlot) -> pl.Series:
    """Which cells say something else than the review's cells in `frame` (Boolean, no nulls).

    The same value in other words is no difference, and neither is what the program makes of the text that was written.
    """
    before = cell_texts(frame, hooked)
    differs = cells.texts.ne_missing(before)
    at = differs.arg_true()
    if len(at) == 0:
        return differs
    texts, typed, written = cells.texts.gather(at), cells.is_typed.gather(at), before.gather(at)
    value = hooked.read(texts, typed).value
    had = frame[hooked.slot.value].gather(at)
    same = ((value == had) & had.is_not_null() & (had != "")).fill_null(value=False)
    same |= typed & _made_of(written, texts)
    return differs.scatter(at, ~same)


def _made_of(written: pl.Series, found: pl.Series) -> pl.Series:
    """Whether a spreadsheet's value is what it makes of a text by itself (Boolean, no nulls)."""
    pairs = pl.DataFrame({"written": written, "found": found})
    number = pl.col("written").str.contains(_NUMBER)
    as_number = pl.when(number).then(pl.col("written").str.strip_chars()).cast(pl.Float64, strict=False)
    is_number = as_number.round_sig_figs(_SHEET_DIGITS) == pl.col("found").cast(
        pl.Float64, strict=False
    ).round_sig_figs(_SHEET_DIGITS)
    is_boolean = pl.col("written").str.to_uppercase() == pl.col("found")
    parts = pl.col("written").str.extract_groups(_DAY).struct
    first, second, third = (parts.field(str(n)).cast(pl.Int32, strict=False) for n in (1, 2, 3))
    year = pl.when(third < 100).then(third + pl.when(third < 30).then(2000).otherwise(1900)).otherwise(third)
    day = pl.col("found").str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    orders = [(year, second, first), (year, first, second), (first, second, third)]
    is_day = pl.any_horizontal(
        ((day.dt.year() == y) & (day.dt.month() == m) & (day.dt.day() == d)).fill_null(value=False)
        for y, m, d in orders
    )
    made = is_number.fill_null(value=False) | is_boolean.fill_null(value=False) | is_day
    return pairs.select(made).to_series()


def row_hashes(columns: list[pl.Series]) -> pl.Series:
    """A 64-bit hash of each row's texts."""
    frame = pl.DataFrame({f"c{number}": column for number, column in enumerate(columns)})
    return frame.hash_rows(seed=0)
