"""Which texts stand in more than one row of a large table: exact, in bounded memory however many rows there are.

As `DuplicateFinder` finds them, but on disk and in two passes always. First pass: all hashes, in runs that are sorted; then those
that begin with the same bits are taken from all runs, and hashes that stand there twice are kept, sorted, in one file that is
mapped. Second pass: the texts with these hashes, in runs too, those of the same bits compared by a `DuplicateFinder` of its own.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from headgate.engine.durable import make_durable, read_document, seal_of, write_document
from headgate.engine.types.cell_bytes import owned
from headgate.engine.validators.duplicates import (
    DuplicateFinder,
    Hashes,
    SortedHashes,
    hashes_of,
    repeated_among,
    repeated_hashes,
)
from headgate.engine.validators.spilled_runs import HashRuns, TextRuns

PARTITION_BITS = 6
HASHES_HELD = 500_000
"""So many hashes are held until they are written; a disk likes long writes."""
TEXT_HELD = 32 << 20
"""Bytes of texts that are held until they are written."""
_REPEATED, _FINISHED = "repeated.u64", "finished.json"

State = dict[str, Any]


class SpilledDuplicates:
    """Feed it every text (`observe`), pass by pass while `wants_pass`; then `is_duplicate` answers.

    What it found stays in `directory`: one made anew there knows it, in another process too. How far it came can be noted
    (`seal`), and another goes on from there (`resume`).
    """

    def __init__(self, directory: Path, *, partition_bits: int = PARTITION_BITS, only_known: bool = False) -> None:
        """`only_known`: another process found it all before, and this one only asks. Raises FileNotFoundError when it did not."""
        self._directory = directory
        self._bits = partition_bits
        self._repeated: SortedHashes | None
        self._begin()
        self.wants_pass = not self._is_finished()
        if self.wants_pass and only_known:
            raise FileNotFoundError(directory / _FINISHED)
        directory.mkdir(parents=True, exist_ok=True)

    def observe(self, texts: pl.Series) -> None:
        """Take in a batch of texts (String); nulls are not counted."""
        texts = texts.drop_nulls()
        hashes = hashes_of(texts)
        if self._repeated is None:
            self._held.append(hashes)
            self._held_hashes += len(hashes)
            if self._held_hashes >= HASHES_HELD:
                self._spill()
            return
        at = np.flatnonzero(self._repeated.contain(hashes))
        if not len(at):
            return
        found = pl.DataFrame({"partition": self._partitions(hashes[at]), "text": texts.gather(at)})
        # Whether a text stands twice or a thousand times is the same.
        found = found.filter(pl.int_range(pl.len()).over("text") < 2)
        self._texts.append(found.with_columns(owned(found["text"])))
        self._held_bytes += int(found["text"].str.len_bytes().sum())
        if self._held_bytes >= TEXT_HELD:
            self._spill()

    def end_pass(self) -> None:
        """Every text was shown."""
        self._spill()
        if self._repeated is None:
            self._find_repeated()
            self._repeated = self._mapped()
            self.wants_pass = len(self._repeated.hashes) > 0
        else:
            self._compare_texts()
            self.wants_pass = False
        if not self.wants_pass:
            self._note_finished()

    def is_duplicate(self, texts: pl.Series) -> pl.Series:
        """Which of the texts stand more than once among all that were observed (Boolean, false for null)."""
        if self._repeated is None or self.wants_pass:
            raise RuntimeError("duplicates are known only after the last pass")
        return repeated_among(texts, self._repeated, self._colliding, self._colliding_texts)

    def seal(self) -> State:
        """What was shown so far, as JSON; all of it stands on the disk from now on."""
        if not self.wants_pass:
            return {"finished": True}
        self._spill()
        repeated = None
        if self._repeated is not None:
            make_durable(self._directory / _REPEATED)
            repeated = seal_of(self._directory / _REPEATED)
        runs = self._runs.seal()
        make_durable(self._directory)
        return {"finished": False, "repeated": repeated, "runs": runs}

    def resume(self, state: State) -> bool:
        """Go on from a state that was sealed; False where what belongs to it is not there, and then it has to begin anew."""
        if not self.wants_pass or state["finished"]:
            # Who knows everything needs no state; who was finished when it was sealed, and is not, has lost it.
            return not self.wants_pass
        if state["repeated"] is not None:
            with contextlib.suppress(FileNotFoundError):
                if seal_of(self._directory / _REPEATED) == state["repeated"]:
                    self._repeated = self._mapped()
            if self._repeated is None:
                return False
        return self._runs.resume(state["runs"])

    def begin_anew(self) -> None:
        """Forget what was shown since the last thing that is finished."""
        if self.wants_pass:
            self._begin()
            self.forget_others()

    def forget_others(self) -> None:
        """Remove the files that no run in use has: those of a pass that is over, and of a process that was killed."""
        kept = {_REPEATED, _FINISHED} | (self._runs.names if self.wants_pass else set())
        for path in self._directory.iterdir():
            if path.name not in kept:
                path.unlink()

    @property
    def _runs(self) -> HashRuns | TextRuns:
        """The runs of this pass."""
        return self._hash_runs if self._repeated is None else self._text_runs

    def _begin(self) -> None:
        self._repeated = None
        self._colliding = SortedHashes(np.empty(0, np.uint64))
        self._colliding_texts = pl.Series([], dtype=pl.String)
        self._held: list[Hashes] = []
        self._held_hashes = 0
        self._texts: list[pl.DataFrame] = []
        self._held_bytes = 0
        self._hash_runs = HashRuns(self._directory)
        self._text_runs = TextRuns(self._directory)

    def _is_finished(self) -> bool:
        """Whether all was found before."""
        note = read_document(self._directory / _FINISHED)
        with contextlib.suppress(FileNotFoundError):
            if note is not None and seal_of(self._directory / _REPEATED) == note["repeated"]:
                self._repeated = self._mapped()
                self._colliding = SortedHashes(np.array(note["colliding"], np.uint64))
                self._colliding_texts = pl.Series(note["texts"], dtype=pl.String)
                return True
        return False

    def _note_finished(self) -> None:
        note = {
            "repeated": seal_of(self._directory / _REPEATED),
            "colliding": self._colliding.hashes.tolist(),
            "texts": self._colliding_texts.to_list(),
        }
        make_durable(self._directory / _REPEATED)
        write_document(self._directory / _FINISHED, note)
        self.forget_others()

    def _partitions(self, hashes: Hashes) -> Hashes:
        return hashes >> np.uint64(64 - self._bits)

    def _spill(self) -> None:
        """Write what is held."""
        if self._held:
            self._hash_runs.add(np.concatenate(self._held), 1 << self._bits)
            self._held, self._held_hashes = [], 0
        if self._texts:
            self._text_runs.add(pl.concat(self._texts))
            self._texts, self._held_bytes = [], 0

    def _find_repeated(self) -> None:
        with (self._directory / _REPEATED).open("wb") as target:
            for partition in range(1 << self._bits):
                target.write(repeated_hashes(self._hash_runs.of(partition)).data)

    def _mapped(self) -> SortedHashes:
        path = self._directory / _REPEATED
        if path.stat().st_size == 0:
            return SortedHashes(np.empty(0, np.uint64))
        return SortedHashes(np.memmap(path, np.uint64, mode="r"))

    def _compare_texts(self) -> None:
        colliding, texts = [self._colliding.hashes], [self._colliding_texts]
        for number in self._text_runs.partitions:
            finder = DuplicateFinder()
            while finder.wants_pass:
                for batch in self._text_runs.of(number):
                    finder.observe(batch)
                finder.end_pass()
            found, repeated = finder.collisions
            colliding.append(found)
            texts.append(repeated)
        self._colliding = SortedHashes(np.sort(np.concatenate(colliding)))
        self._colliding_texts = pl.concat(texts)
