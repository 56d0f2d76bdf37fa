"""Which cells of a column something holds for, as Boolean series without nulls.

A series compares, picks and joins by itself in a microsecond. Much of the rest that it offers is a query, which takes twenty
however few cells there are; what is here does without one where it can.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from headgate.engine.types.base import FEW_CELLS

_NO, _YES = pl.Series([False]), pl.Series([True])


def none_of(count: int) -> pl.Series:
    """None of so many cells."""
    return _NO.new_from_index(0, count)


def all_of(count: int) -> pl.Series:
    """All of so many cells."""
    return _YES.new_from_index(0, count)


def surely(mask: pl.Series) -> pl.Series:
    """The mask, not true where it is null."""
    return mask.zip_with(mask, none_of(len(mask))) if mask.null_count() else mask


def present(cells: pl.Series) -> pl.Series:
    """Which cells are not null."""
    if not cells.null_count():
        return all_of(len(cells))
    if len(cells) <= FEW_CELLS:
        return pl.Series([cell is not None for cell in cells.to_list()], dtype=pl.Boolean)
    return cells.is_not_null()


def picked(columns: Iterable[pl.Series], where: pl.Series) -> pl.DataFrame:
    """The rows of these columns that are marked."""
    return pl.DataFrame([column.filter(where) for column in columns])
