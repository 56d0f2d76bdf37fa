"""Which texts stand in more than one row: exact, in eight bytes a row and no Python object for any of them.

First pass: a 64-bit hash of every text. Hashes seen once are unique texts for certain. Further passes look only at
texts whose hash was seen twice or more, and compare them, so that two texts with one hash are told apart.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

SEED = 0
TEXT_BUDGET = 256 * 1024 * 1024
"""Bytes of repeated texts that one pass compares. When there are more, their hashes are split over several passes."""

PENDING_ROWS = 1_000_000

Hashes = npt.NDArray[np.uint64]


class DuplicateFinder:
    """Feed it every text (`observe`), pass by pass while `wants_pass`; then `is_duplicate` answers."""

    def __init__(self, text_budget: int = TEXT_BUDGET) -> None:
        self.text_budget = text_budget
        self.wants_pass = True
        self._seen: list[Hashes] = []
        self._repeated: Hashes | None = None
        self._colliding: Hashes = np.empty(0, np.uint64)
        self._repeated_colliding_texts = pl.Series([], dtype=pl.String)
        self._from, self._to = 0, 1 << 64
        self._counts = _no_counts()
        self._pending: list[pl.DataFrame] = []

    def observe(self, texts: pl.Series) -> None:
        """Take in a batch of texts (String); nulls are not counted."""
        texts = texts.drop_nulls()
        if self._repeated is None:
            self._seen.append(_hashes(texts))
            return
        table = pl.DataFrame({"hash": _hashes(texts), "text": texts})
        hashes = table["hash"].to_numpy()
        in_range = (hashes >= np.uint64(self._from)) & (hashes <= np.uint64(self._to - 1))
        table = table.filter(pl.Series(_is_in(hashes, self._repeated) & in_range))
        self._pending.append(table.group_by("hash", "text").agg(count=pl.len()))
        if sum(frame.height for frame in self._pending) > PENDING_ROWS:
            self._merge()

    def end_pass(self) -> None:
        """Every text was shown."""
        if self._repeated is None:
            self._repeated = _repeated(self._seen)
            self._seen = []
            self.wants_pass = len(self._repeated) > 0
            return
        self._merge()
        self._settle()
        self._from, self._to = self._to, 1 << 64
        self.wants_pass = self._from < 1 << 64 and bool((self._repeated >= np.uint64(self._from)).any())

    def is_duplicate(self, texts: pl.Series) -> pl.Series:
        """Which of the texts stand more than once among all that were observed (Boolean, false for null)."""
        if self._repeated is None or self.wants_pass:
            raise RuntimeError("duplicates are known only after the last pass")
        present = texts.is_not_null()
        hashes = _hashes(texts)
        found = pl.Series(_is_in(hashes, self._repeated)) & present
        if len(self._colliding):
            collides = pl.Series(_is_in(hashes, self._colliding))
            found &= ~collides | texts.is_in(self._repeated_colliding_texts.implode()).fill_null(value=False)
        return found

    def _merge(self) -> None:
        """Sum up the counts; over the budget, leave the upper half of the hashes to a later pass."""
        self._counts = pl.concat([self._counts, *self._pending]).group_by("hash", "text").agg(pl.col("count").sum())
        self._pending = []
        while self._counts["text"].str.len_bytes().sum() > self.text_budget:
            hashes = self._counts["hash"].unique().sort()
            if len(hashes) < 2:
                return
            self._to = int(hashes[len(hashes) // 2])
            self._counts = self._counts.filter(pl.col("hash") < self._to)

    def _settle(self) -> None:
        """Of the hashes compared in this pass, keep those that more than one text has, with their repeated texts."""
        several = self._counts.filter(pl.col("hash").is_duplicated())
        self._colliding = np.union1d(self._colliding, several["hash"].to_numpy())
        repeated = several.filter(pl.col("count") > 1)["text"]
        self._repeated_colliding_texts = pl.concat([self._repeated_colliding_texts, repeated])
        self._counts = _no_counts()


def _no_counts() -> pl.DataFrame:
    return pl.DataFrame(schema={"hash": pl.UInt64, "text": pl.String, "count": pl.get_index_type()})


def _hashes(texts: pl.Series) -> Hashes:
    return texts.hash(SEED).to_numpy()


def _repeated(parts: list[Hashes]) -> Hashes:
    """The hashes that occur more than once, sorted, each once."""
    hashes = np.concatenate(parts) if parts else np.empty(0, np.uint64)
    parts.clear()
    hashes.sort()
    return np.unique(hashes[1:][hashes[1:] == hashes[:-1]])


def _is_in(hashes: Hashes, members: Hashes) -> npt.NDArray[np.bool_]:
    """Which hashes are among the sorted members."""
    if len(members) == 0:
        return np.zeros(len(hashes), np.bool_)
    at = np.searchsorted(members, hashes)
    at[at == len(members)] = 0
    return np.equal(members[at], hashes)
