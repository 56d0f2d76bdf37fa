"""Which texts stand in more than one row, kept right while rows change.

Eight bytes of hash and one of status for every text. An edit finds the rows whose hash it touches by looking along all
hashes, which takes about a millisecond for a million. Equal hashes are never taken for equal texts unseen: as long as all
texts of a hash are the same, one of them stands for all; of a hash that several texts have, the texts themselves count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from headgate.engine.review.reviewed import Positions
from headgate.engine.review.row_places import distinct, distinct_in_place
from headgate.engine.validators import duplicates
from headgate.engine.validators.duplicates import DuplicateFinder, Hashes, SortedHashes

NONE = np.uint64(0)
"""Stands for the hash of a cell without a text."""

TextsOf = Callable[[Positions], Sequence[pl.Series]]
"""The texts of rows as they are now, in the columns of the rule."""

NewTexts = Callable[[slice], Sequence[pl.Series]]
"""The texts that a part of the changed rows have now, in the columns of the rule."""

ROWS_AT_ONCE = 65_536

FEW = 8


class LiveDuplicates:
    """What the rules about repeated texts ask (validators/duplicates.py, `Duplicates`), for rows that change.

    While `wants_pass` it is shown all rows, as in an import; then `settle` says how many columns they have. Or it is
    brought back by `restore`.
    """

    def __init__(self) -> None:
        self._finder = DuplicateFinder()
        self._parts: list[Hashes] = []
        self._first_pass = True
        self.hashes: npt.NDArray[np.uint64] = np.zeros((0, 0), np.uint64)
        """A line for every column, in it a hash for every row; NONE where there is no text."""
        self._repeats: npt.NDArray[np.bool_] = np.zeros((0, 0), np.bool_)
        self._repeated = SortedHashes(np.empty(0, np.uint64))
        self.colliding: dict[int, frozenset[str]] = {}
        """Hashes that different texts have, with those of the texts that are repeated."""
        self._settled = False

    @property
    def wants_pass(self) -> bool:
        return not self._settled and self._finder.wants_pass

    def observe(self, texts: pl.Series) -> None:
        if self._first_pass:
            self._parts.append(hashes_with_gaps(texts))
        self._finder.observe(texts)

    def end_pass(self) -> None:
        self._first_pass = False
        self._finder.end_pass()

    def settle(self, width: int, texts_of: TextsOf) -> None:
        """All rows were shown, in `width` columns."""
        lines = [np.concatenate(self._parts[column::width] or [np.empty(0, np.uint64)]) for column in range(width)]
        self.hashes = np.stack(lines) if lines else np.zeros((0, 0), np.uint64)
        self.colliding = self._finder.repeated_by_colliding_hash()
        self._parts, self._finder = [], DuplicateFinder()
        self._take_stock(texts_of)

    def restore(
        self, hashes: npt.NDArray[np.uint64], colliding: Mapping[int, frozenset[str]], texts_of: TextsOf
    ) -> None:
        """The state as `hashes` and `colliding` were."""
        self.hashes, self.colliding = hashes, dict(colliding)
        self._take_stock(texts_of)

    def is_duplicate(self, texts: pl.Series) -> pl.Series:
        if not self._settled:
            raise RuntimeError("duplicates are known only after all rows were shown")
        hashes = hashes_with_gaps(texts)
        found = pl.Series(self._repeated.contain(hashes)) & texts.is_not_null()
        if self.colliding:
            at = np.flatnonzero(np.isin(hashes, np.array(list(self.colliding), np.uint64)))
            repeated = [texts[i] in self.colliding[int(hashes[i])] for i in at.tolist()]
            found = found.scatter(pl.Series(at), pl.Series(repeated, dtype=pl.Boolean)) if len(at) else found
        return found

    def add_rows(self, count: int) -> None:
        """Make room for rows behind the last; they have no texts yet."""
        width = len(self.hashes)
        self.hashes = np.concatenate([self.hashes, np.zeros((width, count), np.uint64)], axis=1)
        self._repeats = np.concatenate([self._repeats, np.zeros((width, count), np.bool_)], axis=1)

    def update(self, positions: Positions, texts: NewTexts, texts_of: TextsOf) -> Positions:
        """Rows have other texts: the rows for which that changes whether a text of theirs repeats.

        `positions` in ascending order; the rows themselves are among the answer only when their status changed.
        """
        if len(self.hashes) == 0:
            return np.empty(0, np.int32)
        new = np.empty((len(self.hashes), len(positions)), np.uint64)
        for part in _parts(len(positions)):
            for line, column in enumerate(texts(part)):
                new[line, part] = hashes_with_gaps(column)
        # Also where the hash is as it was: another text may have it.
        touched = distinct_in_place(np.concatenate([self.hashes[:, positions].ravel(), new.ravel()]))
        touched = touched[np.searchsorted(touched, NONE, side="right") :]
        if len(touched) == 0:
            return np.empty(0, np.int32)
        self.hashes[:, positions] = new
        self._repeats[:, positions] &= new != NONE
        del new
        cells = self._cells_with(touched)
        several = _repeated(self.hashes.ravel()[cells])
        self._find_collisions(SortedHashes(several), cells, positions, texts, texts_of)
        return self._refresh(touched, cells, several, texts_of)

    def _take_stock(self, texts_of: TextsOf) -> None:
        """Everything that follows from the hashes."""
        repeated = _repeated(self.hashes)
        self._repeated = SortedHashes(repeated[repeated != NONE])
        self._repeats = self._repeated.contain(self.hashes.ravel()).reshape(self.hashes.shape)
        self._settled = True
        if self.colliding:
            hashes = np.sort(np.array(list(self.colliding), np.uint64))
            cells = self._cells_with(hashes)
            self._refresh(hashes, cells, _repeated(self.hashes.ravel()[cells]), texts_of)

    def _cells_with(self, touched: Hashes) -> npt.NDArray[np.int64]:
        """Where those hashes stand: places in the lines laid end to end."""
        flat = self.hashes.ravel()
        if len(touched) > FEW:
            return np.flatnonzero(SortedHashes(touched).contain(flat))
        return np.flatnonzero(np.logical_or.reduce([flat == one for one in touched]))

    def _find_collisions(
        self,
        several: SortedHashes,
        cells: npt.NDArray[np.int64],
        positions: Positions,
        texts: NewTexts,
        texts_of: TextsOf,
    ) -> None:
        """Note which of the hashes that stand in `several` of the cells different texts now have."""
        if len(several.hashes) == 0:
            return
        rows = self.hashes.shape[1]
        cells = cells[several.contain(self.hashes.ravel()[cells])]
        was_touched = np.zeros(rows, np.bool_)
        was_touched[positions] = True
        standing = cells[~was_touched[cells % rows]]
        hashes = self.hashes.ravel()[standing]
        # One text stands for all cells of a hash that were not touched: they were found to be the same.
        order = np.argsort(hashes, kind="stable")
        others = hashes[order]
        is_first = np.ones(len(order), np.bool_)
        np.not_equal(others[1:], others[:-1], out=is_first[1:])
        others, stand_in = others[is_first], self._texts_at(standing[order[is_first]], texts_of)
        known = pl.DataFrame({"hash": others, "text": stand_in})
        for part in _parts(len(positions)):
            here = self.hashes[:, positions[part]]
            if several.contain(here.ravel()).any():
                known = pl.concat([known, *_with_hashes(texts(part), here, several)]).unique()
        different = known.filter(pl.col("hash").is_duplicated())["hash"].unique().to_list()
        self.colliding |= dict.fromkeys(different, frozenset())

    def _refresh(self, touched: Hashes, cells: npt.NDArray[np.int64], several: Hashes, texts_of: TextsOf) -> Positions:
        """Set the status of all cells that have a touched hash (`several`: those of them that more than one cell has); the
        rows where it changed."""
        hashes = self.hashes.ravel()[cells]
        status = SortedHashes(several).contain(hashes)
        if self.colliding:
            known = SortedHashes(np.sort(np.array(list(self.colliding), np.uint64)))
            colliding = touched[known.contain(touched)]
            status = self._compare_texts(colliding, cells, hashes, status, texts_of)
        kept = self._repeated.hashes[~SortedHashes(touched).contain(self._repeated.hashes)]
        if len(kept) != len(self._repeated.hashes) or len(several):
            self._repeated = SortedHashes(np.sort(np.concatenate([kept, several])))
        flat = self._repeats.reshape(-1)
        flipped = cells[flat[cells] != status]
        flat[cells] = status
        rows: Positions = distinct(flipped % self.hashes.shape[1]).astype(np.int32)
        return rows

    def _compare_texts(
        self,
        colliding: Hashes,
        cells: npt.NDArray[np.int64],
        hashes: Hashes,
        status: npt.NDArray[np.bool_],
        texts_of: TextsOf,
    ) -> npt.NDArray[np.bool_]:
        at = np.flatnonzero(np.isin(hashes, colliding))
        found = pl.DataFrame({"hash": hashes[at], "text": self._texts_at(cells[at], texts_of)})
        repeated = found.filter(pl.struct("hash", "text").is_duplicated()).unique()
        for number in colliding.tolist():
            texts = found.filter(pl.col("hash") == number)["text"]
            self.colliding[number] = frozenset(repeated.filter(pl.col("hash") == number)["text"].to_list())
            if texts.n_unique() < 2:
                del self.colliding[number]
        status = status.copy()
        status[at] = found.select(pl.struct("hash", "text").is_duplicated()).to_series().to_numpy()
        return status

    def _texts_at(self, cells: npt.NDArray[np.int64], texts_of: TextsOf) -> pl.Series:
        if len(cells) == 0:
            return pl.Series([], dtype=pl.String)
        rows = self.hashes.shape[1]
        positions = distinct(cells % rows)
        back = np.searchsorted(positions, cells % rows)
        columns = texts_of(positions.astype(np.int32))
        texts = pl.Series([None], dtype=pl.String).new_from_index(0, len(cells))
        for line, column in enumerate(columns):
            here = np.flatnonzero(cells // rows == line)
            texts = texts.scatter(pl.Series(here), column.gather(pl.Series(back[here])))
        return texts


def _parts(rows: int) -> list[slice]:
    return [slice(start, min(rows, start + ROWS_AT_ONCE)) for start in range(0, rows, ROWS_AT_ONCE)]


def _repeated(hashes: Hashes) -> Hashes:
    """The hashes that stand more than once, in ascending order."""
    ordered = np.sort(hashes, axis=None)
    return distinct(ordered[1:][ordered[1:] == ordered[:-1]])


def _with_hashes(texts: Sequence[pl.Series], hashes: Hashes, wanted: SortedHashes) -> Iterator[pl.DataFrame]:
    """The different texts of each column that have a wanted hash."""
    for column, line in zip(texts, hashes, strict=True):
        found = pl.DataFrame({"hash": line, "text": column}).filter(pl.Series(wanted.contain(line)))
        yield found.drop_nulls("text").unique()


def hashes_with_gaps(texts: pl.Series) -> Hashes:
    """A hash for every text, NONE for null."""
    hashes = duplicates.hashes_of(texts)
    return np.where(texts.is_null().to_numpy(), NONE, hashes) if texts.null_count() else hashes
