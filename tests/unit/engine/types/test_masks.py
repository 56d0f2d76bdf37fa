"""Masks without queries say what queries say."""

from __future__ import annotations

import polars as pl
import pytest

from headgate.engine.types.base import FEW_CELLS
from headgate.engine.types.masks import all_of, none_of, picked, present, surely

LENGTHS = [0, 1, 7, FEW_CELLS, FEW_CELLS + 1]


@pytest.mark.parametrize("length", LENGTHS)
def test_masks_are_those_of_queries_whatever_the_length(length: int) -> None:
    mask = pl.Series([(True, None, False)[at % 3] for at in range(length)], dtype=pl.Boolean)
    cells = pl.Series([("a", None)[at % 2] for at in range(length)], dtype=pl.String)
    assert surely(mask).to_list() == mask.fill_null(value=False).to_list()
    assert present(cells).to_list() == cells.is_not_null().to_list()
    assert present(mask).to_list() == mask.is_not_null().to_list()
    assert none_of(length).to_list() == [False] * length
    assert all_of(length).to_list() == [True] * length


@pytest.mark.parametrize("length", LENGTHS)
def test_rows_are_picked_where_the_mask_is_true_and_not_where_it_is_null(length: int) -> None:
    frame = pl.DataFrame(
        {"a": range(length), "b": [str(at) for at in range(length)]}, schema={"a": pl.Int64, "b": pl.String}
    )
    mask = pl.Series([(True, None, False)[at % 3] for at in range(length)], dtype=pl.Boolean)
    assert picked(frame.get_columns(), mask).equals(frame.filter(mask))


def test_who_changes_a_mask_changes_no_other() -> None:
    none_of(1).scatter(0, values=True)
    assert none_of(1).to_list() == [False]
