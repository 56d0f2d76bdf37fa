"""Which texts stand in more than one row of a large table: exact, in bounded memory however many rows there are.

As `DuplicateFinder` finds them, but on disk and in two passes always. First pass: all hashes, in files by their leading bits; each
file is sorted by itself, and hashes that stand in it twice are kept, sorted, in one file that is mapped. Second pass: the
texts with these hashes, in files by the same bits, each compared by a `DuplicateFinder` of its own.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa

from headgate.engine.durable import make_durable, read_document, seal_of, write_document
from headgate.engine.validators.duplicates import (
    DuplicateFinder,
    Hashes,
    SortedHashes,
    hashes_of,
    repeated_among,
    repeated_hashes,
)

PARTITION_BITS = 6
HASHES_HELD = 2_000_000
"""So many hashes are held until they are written; a disk likes long writes."""
TEXT_HELD = 32 << 20
"""Bytes of texts that are held until they are written."""
_REPEATED, _FINISHED = "repeated.u64", "finished.json"
_SCHEMA = pa.schema([("text", pa.large_string())])


class SpilledDuplicates:
    """Feed it every text (`observe`), pass by pass while `wants_pass`; then `is_duplicate` answers.

    What it found stays in `directory`: one made anew there knows it, in another process too.
    """

    def __init__(self, directory: Path, *, partition_bits: int = PARTITION_BITS, only_known: bool = False) -> None:
        """`only_known`: another process found it all before, and this one only asks. Raises FileNotFoundError when it did not."""
        self._directory = directory
        self._bits = partition_bits
        self._repeated: SortedHashes | None = None
        self._colliding = SortedHashes(np.empty(0, np.uint64))
        self._colliding_texts = pl.Series([], dtype=pl.String)
        self._held: list[Hashes] = []
        self._held_hashes = 0
        self._texts: list[pl.DataFrame] = []
        self._held_bytes = 0
        self._writers: dict[int, pa.ipc.RecordBatchStreamWriter] = {}
        self.wants_pass = not self._resumed()
        if self.wants_pass and only_known:
            raise FileNotFoundError(directory / _FINISHED)
        if self.wants_pass:
            self._begin_anew()

    def observe(self, texts: pl.Series) -> None:
        """Take in a batch of texts (String); nulls are not counted."""
        texts = texts.drop_nulls()
        hashes = hashes_of(texts)
        if self._repeated is None:
            self._held.append(hashes)
            self._held_hashes += len(hashes)
            if self._held_hashes >= HASHES_HELD:
                self._spill_hashes()
            return
        at = np.flatnonzero(self._repeated.contain(hashes))
        if not len(at):
            return
        found = pl.DataFrame({"partition": self._partitions(hashes[at]), "text": texts.gather(at)})
        # Whether a text stands twice or a thousand times is the same.
        found = found.filter(pl.int_range(pl.len()).over("text") < 2)
        self._texts.append(found)
        self._held_bytes += int(found["text"].str.len_bytes().sum())
        if self._held_bytes >= TEXT_HELD:
            self._spill_texts()

    def end_pass(self) -> None:
        """Every text was shown."""
        if self._repeated is None:
            self._spill_hashes()
            self._find_repeated()
            self._repeated = self._mapped()
            self.wants_pass = len(self._repeated.hashes) > 0
        else:
            self._spill_texts()
            self._compare_texts()
            self.wants_pass = False
        if not self.wants_pass:
            self._note_finished()

    def is_duplicate(self, texts: pl.Series) -> pl.Series:
        """Which of the texts stand more than once among all that were observed (Boolean, false for null)."""
        if self._repeated is None or self.wants_pass:
            raise RuntimeError("duplicates are known only after the last pass")
        return repeated_among(texts, self._repeated, self._colliding, self._colliding_texts)

    def _resumed(self) -> bool:
        """Whether all was found before."""
        note = read_document(self._directory / _FINISHED)
        with contextlib.suppress(FileNotFoundError):
            if note is not None and seal_of(self._directory / _REPEATED) == note["repeated"]:
                self._repeated = self._mapped()
                self._colliding = SortedHashes(np.array(note["colliding"], np.uint64))
                self._colliding_texts = pl.Series(note["texts"], dtype=pl.String)
                return True
        return False

    def _begin_anew(self) -> None:
        """What is left of a search that was cut off goes."""
        shutil.rmtree(self._directory, ignore_errors=True)
        self._directory.mkdir(parents=True)

    def _note_finished(self) -> None:
        note = {
            "repeated": seal_of(self._directory / _REPEATED),
            "colliding": self._colliding.hashes.tolist(),
            "texts": self._colliding_texts.to_list(),
        }
        make_durable(self._directory / _REPEATED)
        write_document(self._directory / _FINISHED, note)

    def _partitions(self, hashes: Hashes) -> Hashes:
        return hashes >> np.uint64(64 - self._bits)

    def _hash_file(self, partition: int) -> Path:
        return self._directory / f"hashes-{partition:04d}"

    def _text_file(self, partition: int) -> Path:
        return self._directory / f"texts-{partition:04d}"

    def _spill_hashes(self) -> None:
        hashes = np.concatenate(self._held) if self._held else np.empty(0, np.uint64)
        self._held, self._held_hashes = [], 0
        hashes.sort()
        ends = np.searchsorted(self._partitions(hashes), np.arange(1 << self._bits, dtype=np.uint64), side="right")
        start = 0
        for partition, end in enumerate(ends.tolist()):
            if end > start:
                with self._hash_file(partition).open("ab") as file:
                    file.write(hashes[start:end].data)
            start = end

    def _find_repeated(self) -> None:
        with (self._directory / _REPEATED).open("wb") as target:
            for partition in range(1 << self._bits):
                path = self._hash_file(partition)
                if path.exists():
                    target.write(repeated_hashes(np.fromfile(path, np.uint64)).data)
                    path.unlink()

    def _mapped(self) -> SortedHashes:
        path = self._directory / _REPEATED
        if path.stat().st_size == 0:
            return SortedHashes(np.empty(0, np.uint64))
        return SortedHashes(np.memmap(path, np.uint64, mode="r"))

    def _spill_texts(self) -> None:
        if not self._texts:
            return
        held, self._texts, self._held_bytes = pl.concat(self._texts), [], 0
        for (partition,), group in held.group_by("partition"):
            number = int(partition)
            if number not in self._writers:
                self._writers[number] = pa.ipc.new_stream(str(self._text_file(number)), _SCHEMA)
            table = group.select("text").to_arrow(compat_level=pl.CompatLevel.oldest())
            self._writers[number].write_table(table.cast(_SCHEMA))

    def _compare_texts(self) -> None:
        colliding, texts = [self._colliding.hashes], [self._colliding_texts]
        for number, writer in sorted(self._writers.items()):
            writer.close()
            finder = DuplicateFinder()
            while finder.wants_pass:
                for batch in _texts_of(self._text_file(number)):
                    finder.observe(batch)
                finder.end_pass()
            found, repeated = finder.collisions
            colliding.append(found)
            texts.append(repeated)
            self._text_file(number).unlink()
        self._writers = {}
        self._colliding = SortedHashes(np.sort(np.concatenate(colliding)))
        self._colliding_texts = pl.concat(texts)


def _texts_of(path: Path) -> Iterator[pl.Series]:
    """The batches of a file of texts."""
    with pa.memory_map(str(path)) as source, pa.ipc.open_stream(source) as stream:
        for batch in stream:
            frame = pl.from_arrow(batch)
            yield frame if isinstance(frame, pl.Series) else frame["text"]
