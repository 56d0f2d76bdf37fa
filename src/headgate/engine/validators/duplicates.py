"""Which texts stand in more than one row: exact, in eight bytes a row and no Python object for any of them.

First pass: a 64-bit hash of every text. Hashes seen once are unique texts for certain. Further passes look only at
texts whose hash was seen twice or more, and compare them, so that two texts with one hash are told apart. Each of these
takes a range of the hashes, so that what it holds fits into a fixed amount of memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

import polars as pl

from headgate.engine.types.cell_bytes import owned
from headgate.engine.types.masks import none_of, present, surely
from headgate.libraries import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

SEED = 0
HASHES_PER_PASS = 1_000_000
"""How many repeated hashes one pass compares the texts of."""

TEXT_BUDGET = 256 * 1024 * 1024
"""Bytes of distinct texts that one pass holds; where they are long, it takes fewer hashes."""

HASHES_AT_ONCE = 65_536
"""So many are looked up at a time, so that what is computed of them stays in the processor's cache."""

MOST_BITS = 22
"""Of a hash that say where to look for it: the places of so many beginnings take 16 MiB."""

PENDING_ROWS = 500_000
END = 1 << 64

Hashes: TypeAlias = "npt.NDArray[np.uint64]"


class Duplicates(Protocol):
    """Knows which texts stand more than once."""

    @property
    def wants_pass(self) -> bool:
        """Whether all texts must be shown (once more)."""

    def observe(self, texts: pl.Series) -> None:
        """Take in a batch of texts (String); nulls are not counted."""

    def end_pass(self) -> None:
        """Every text was shown."""

    def is_duplicate(self, texts: pl.Series) -> pl.Series:
        """Which of the texts stand more than once among all that were observed (Boolean, false for null)."""


class DuplicateFinder:
    """Feed it every text (`observe`), pass by pass while `wants_pass`; then `is_duplicate` answers."""

    def __init__(self, text_budget: int = TEXT_BUDGET, hashes_per_pass: int = HASHES_PER_PASS) -> None:
        self.text_budget = text_budget
        self.hashes_per_pass = hashes_per_pass
        self.wants_pass = True
        self._seen: list[Hashes] = []
        self._repeated: SortedHashes | None = None
        self._colliding = SortedHashes(np.empty(0, np.uint64))
        self._repeated_colliding_texts = pl.Series([], dtype=pl.String)
        self._from, self._to = 0, END
        self._counts = _no_counts()
        self._pending: list[pl.DataFrame] = []
        self._pending_rows = 0

    def observe(self, texts: pl.Series) -> None:
        """Take in a batch of texts (String); nulls are not counted."""
        if texts.null_count():
            texts = texts.drop_nulls()
        hashes = hashes_of(texts)
        if self._repeated is None:
            self._seen.append(hashes)
            return
        at = np.flatnonzero((hashes >= np.uint64(self._from)) & (hashes <= np.uint64(self._to - 1)))
        at = at[self._repeated.contain(hashes[at])]
        table = pl.DataFrame({"hash": hashes[at], "text": owned(texts.gather(at))})
        self._pending.append(table.group_by("hash", "text").agg(count=pl.len().cast(pl.UInt64)))
        self._pending_rows += self._pending[-1].height
        # Merging when as much is new as was merged before keeps the whole work in proportion to the rows.
        if self._pending_rows > max(PENDING_ROWS, self._counts.height):
            self._merge()

    def end_pass(self) -> None:
        """Every text was shown."""
        if self._repeated is None:
            self._repeated = SortedHashes(_repeated(self._seen))
            self._seen = []
        else:
            self._merge()
            self._settle()
            self._from = self._to
        self._to = self._repeated.end_of_next(self._from, self.hashes_per_pass)
        self.wants_pass = self._repeated.any_from(self._from)

    def is_duplicate(self, texts: pl.Series) -> pl.Series:
        """Which of the texts stand more than once among all that were observed (Boolean, false for null)."""
        if self._repeated is None or self.wants_pass:
            raise RuntimeError("duplicates are known only after the last pass")
        return repeated_among(texts, self._repeated, self._colliding, self._repeated_colliding_texts)

    @property
    def collisions(self) -> tuple[Hashes, pl.Series]:
        """The hashes that several texts have, and which of these texts stand more than once."""
        return self._colliding.hashes, self._repeated_colliding_texts

    def repeated_by_colliding_hash(self) -> dict[int, frozenset[str]]:
        """The hashes that several of the texts have, with those of these texts that stand more than once."""
        texts = self._repeated_colliding_texts
        repeated = pl.DataFrame({"hash": hashes_of(texts), "text": texts})
        return {
            number: frozenset(repeated.filter(pl.col("hash") == number)["text"].to_list())
            for number in self._colliding.hashes.tolist()
        }

    def _merge(self) -> None:
        """Sum up the counts; over the budget, leave the upper half of the hashes to a later pass."""
        self._counts = pl.concat([self._counts, *self._pending]).group_by("hash", "text").agg(pl.col("count").sum())
        self._pending, self._pending_rows = [], 0
        while self._counts["text"].str.len_bytes().sum() > self.text_budget:
            hashes = self._counts["hash"].unique().sort()
            if len(hashes) < 2:
                return
            self._to = int(hashes[len(hashes) // 2])
            self._counts = self._counts.filter(pl.col("hash") < self._to)

    def _settle(self) -> None:
        """Of the hashes compared in this pass, keep those that more than one text has, with their repeated texts."""
        several = self._counts.filter(pl.col("hash").is_duplicated())
        self._colliding = SortedHashes(np.union1d(self._colliding.hashes, several["hash"].to_numpy()))
        repeated = several.filter(pl.col("count") > 1)["text"]
        self._repeated_colliding_texts = pl.concat([self._repeated_colliding_texts, repeated])
        self._counts = _no_counts()


class SortedHashes:
    """A set of hashes: sorted, each once. Their leading bits say where to look; bisecting millions takes longer."""

    def __init__(self, hashes: Hashes) -> None:
        self.hashes = hashes
        if not len(hashes):  # most columns have no text twice
            return
        bits = min(MOST_BITS, max(1, len(hashes).bit_length() - 1))
        self._shift = np.uint64(64 - bits)
        bounds = np.arange(1 << bits, dtype=np.uint64) << self._shift
        self._starts = np.append(np.searchsorted(hashes, bounds), len(hashes)).astype(np.uint32)
        self._longest = int(np.diff(self._starts).max(initial=0))

    def contain(self, hashes: Hashes) -> npt.NDArray[np.bool_]:
        """Which of `hashes` are in the set."""
        found = np.zeros(len(hashes), np.bool_)
        if len(self.hashes) == 0:
            return found
        for start in range(0, len(hashes), HASHES_AT_ONCE):
            found[start : start + HASHES_AT_ONCE] = self._contain_some(hashes[start : start + HASHES_AT_ONCE])
        return found

    def _contain_some(self, hashes: Hashes) -> npt.NDArray[np.bool_]:
        found = np.zeros(len(hashes), np.bool_)
        bucket = hashes >> self._shift
        at, end = self._starts[bucket], self._starts[bucket + np.uint64(1)]
        last = np.uint32(len(self.hashes) - 1)
        for step in range(self._longest):
            place = at + np.uint32(step)
            found |= (place < end) & (self.hashes[np.minimum(place, last)] == hashes)
        return found

    def end_of_next(self, start: int, count: int) -> int:
        """The end of the range from `start` that holds the next `count` hashes."""
        if start >= END:
            return END
        first = int(np.searchsorted(self.hashes, np.uint64(start)))
        return int(self.hashes[first + count]) if first + count < len(self.hashes) else END

    def any_from(self, start: int) -> bool:
        """Whether the set has a hash that is not below `start`."""
        return start < END and len(self.hashes) > 0 and int(self.hashes[-1]) >= start


def repeated_among(
    texts: pl.Series, repeated: SortedHashes, colliding: SortedHashes, colliding_texts: pl.Series
) -> pl.Series:
    """Which of the texts stand more than once (Boolean, false for null): their hashes are `repeated`; where several texts
    have one hash (`colliding`), `colliding_texts` has those that do."""
    if not len(repeated.hashes):
        return none_of(len(texts))
    hashes = hashes_of(texts)
    found = pl.Series(repeated.contain(hashes)) & present(texts)
    collides = pl.Series(colliding.contain(hashes))
    if collides.any():
        found &= ~collides | surely(texts.is_in(colliding_texts.implode()))
    return found


def _no_counts() -> pl.DataFrame:
    return pl.DataFrame(schema={"hash": pl.UInt64, "text": pl.String, "count": pl.UInt64})


def hashes_of(texts: pl.Series) -> Hashes:
    """A 64-bit hash of each text, never 0 (null has some hash too)."""
    hashes: Hashes = texts.hash(SEED).to_numpy()
    return np.maximum(hashes, np.uint64(1))


def _repeated(parts: list[Hashes]) -> Hashes:
    """The hashes that occur more than once, sorted, each once."""
    hashes = np.concatenate(parts) if parts else np.empty(0, np.uint64)
    parts.clear()
    return repeated_hashes(hashes)


def repeated_hashes(hashes: Hashes) -> Hashes:
    """The hashes that occur more than once, sorted, each once. `hashes` are sorted in place."""
    hashes.sort()
    repeated = hashes[1:][hashes[1:] == hashes[:-1]]
    first = np.ones(len(repeated), np.bool_)
    np.not_equal(repeated[1:], repeated[:-1], out=first[1:])
    return np.compress(first, repeated)
