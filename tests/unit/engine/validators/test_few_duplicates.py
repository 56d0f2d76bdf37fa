"""Few texts and many: either way those that stand more than once are found."""

from __future__ import annotations

from collections import Counter

import polars as pl
import pytest

from headgate.engine.types.base import FEW_CELLS
from headgate.engine.validators.few_duplicates import DuplicatesOfAny


@pytest.mark.parametrize("sizes", [[0], [1], [5, 3], [FEW_CELLS], [FEW_CELLS, 1], [FEW_CELLS + 1], [200, 0, 200, 9]])
def test_repeated_texts_are_found_however_many_there_are_and_whatever_their_batches(sizes: list[int]) -> None:
    number, batches = 0, list[pl.Series]()
    for size in sizes:
        texts = [None if at % 11 == 0 else f"text {at % (sum(sizes) - 2 or 1)}" for at in range(number, number + size)]
        batches.append(pl.Series(texts, dtype=pl.String))
        number += size
    found = DuplicatesOfAny()
    while found.wants_pass:
        for batch in batches:
            found.observe(batch)
        found.end_pass()
    counts = Counter(text for batch in batches for text in batch.to_list() if text is not None)
    for batch in batches:
        expected = [text is not None and counts[text] > 1 for text in batch.to_list()]
        assert found.is_duplicate(batch).to_list() == expected


def test_nothing_is_known_before_the_last_pass() -> None:
    found = DuplicatesOfAny()
    found.observe(pl.Series(["a", "a"]))
    with pytest.raises(RuntimeError, match="last pass"):
        found.is_duplicate(pl.Series(["a"]))
