"""Which texts stand in more than one row: a few are counted, which takes less than the hash of one; more go to a `DuplicateFinder`."""

from __future__ import annotations

from collections import Counter

import polars as pl

from headgate.engine.types.base import FEW_CELLS
from headgate.engine.types.masks import none_of
from headgate.engine.validators.duplicates import DuplicateFinder


class DuplicatesOfAny:
    """Feed it every text, pass by pass while `wants_pass`; then `is_duplicate` answers."""

    def __init__(self) -> None:
        self._few: list[pl.Series] = []
        self._repeated: frozenset[str] | None = None
        """Of a few texts, behind the first pass: those that stand more than once."""
        self._finder: DuplicateFinder | None = None

    @property
    def wants_pass(self) -> bool:
        """Whether all texts must be shown (once more)."""
        return self._repeated is None if self._finder is None else self._finder.wants_pass

    def observe(self, texts: pl.Series) -> None:
        """Take in a batch of texts (String); nulls are not counted."""
        if self._finder is not None:
            self._finder.observe(texts)
            return
        self._few.append(texts)
        if sum(map(len, self._few)) > FEW_CELLS:
            self._finder = DuplicateFinder()
            for batch in self._few:
                self._finder.observe(batch)
            self._few = []

    def end_pass(self) -> None:
        """Every text was shown."""
        if self._finder is not None:
            self._finder.end_pass()
            return
        counts = Counter(text for batch in self._few for text in batch.to_list() if text is not None)
        self._repeated = frozenset(text for text, count in counts.items() if count > 1)
        self._few = []

    def is_duplicate(self, texts: pl.Series) -> pl.Series:
        """Which of the texts stand more than once among all that were observed (Boolean, false for null)."""
        if self._finder is not None:
            return self._finder.is_duplicate(texts)
        if self._repeated is None:
            raise RuntimeError("duplicates are known only after the last pass")
        if not self._repeated:
            return none_of(len(texts))
        return pl.Series([text in self._repeated for text in texts.to_list()], dtype=pl.Boolean)
