"""Hashes and texts on the disk in runs: files that are written once, each in the order of partitions (leading bits of the hashes)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from headgate.engine.durable import make_durable, seal_of
from headgate.engine.validators.duplicates import Hashes
from headgate.records import dataclass

_SCHEMA = pa.schema([("text", pa.large_string())])


@dataclass
class _Run:
    """`places`: what stands where in it; `seal`: its checksum, once it was asked for."""

    path: Path
    places: list[int]
    seal: list[int] | None = None


class Runs:
    """The runs of one kind in a directory."""

    kind: str

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._runs: list[_Run] = []

    @property
    def names(self) -> set[str]:
        """Of their files."""
        return {run.path.name for run in self._runs}

    def seal(self) -> list[Any]:
        """The runs as JSON; they survive the machine from now on."""
        for run in self._runs:
            if run.seal is None:
                make_durable(run.path)
                run.seal = seal_of(run.path)
        return [[run.places, run.seal] for run in self._runs]

    def resume(self, sealed: list[Any]) -> bool:
        """Have the runs that were sealed; False where one of them is not there as it was."""
        runs = [_Run(self._path(number), places, seal) for number, (places, seal) in enumerate(sealed)]
        try:
            if any(seal_of(run.path) != run.seal for run in runs):
                return False
        except FileNotFoundError:
            return False
        self._runs = runs
        return True

    def _path(self, number: int) -> Path:
        return self._directory / f"{self.kind}-{number:06d}"

    def _next(self) -> Path:
        return self._path(len(self._runs))


class HashRuns(Runs):
    """Runs of hashes; their places are where each partition ends."""

    kind = "hashes"

    def add(self, hashes: Hashes, partitions: int) -> None:
        """Write a run. `hashes` are sorted in place; `partitions`: how many there are, a power of two."""
        if not len(hashes):
            return
        hashes.sort()
        shift = np.uint64(64 - partitions.bit_length() + 1)
        firsts = np.arange(1, partitions, dtype=np.uint64) << shift
        ends = np.append(np.searchsorted(hashes, firsts), len(hashes))
        run = _Run(self._next(), ends.tolist())
        with run.path.open("wb") as file:
            file.write(hashes.data)
        self._runs.append(run)

    def of(self, partition: int) -> Hashes:
        """The hashes of a partition in all runs."""
        parts = [np.empty(0, np.uint64)]
        for run in self._runs:
            start, end = (run.places[partition - 1] if partition else 0), run.places[partition]
            if end > start:
                parts.append(np.fromfile(run.path, np.uint64, end - start, offset=start * 8))
        return np.concatenate(parts)


class TextRuns(Runs):
    """Runs of texts; their places are the partitions of their batches."""

    kind = "texts"

    def add(self, texts: pl.DataFrame) -> None:
        """Write a run of texts with their `partition`."""
        groups = {int(number): group for (number,), group in texts.group_by("partition")}
        run = _Run(self._next(), sorted(groups))
        with pa.ipc.new_file(str(run.path), _SCHEMA) as writer:
            for number in run.places:
                table = groups[number].select("text").rechunk().to_arrow(compat_level=pl.CompatLevel.oldest())
                writer.write_table(table.cast(_SCHEMA))
        self._runs.append(run)

    @property
    def partitions(self) -> list[int]:
        """The partitions that have texts."""
        return sorted({number for run in self._runs for number in run.places})

    def of(self, partition: int) -> Iterator[pl.Series]:
        """The texts of a partition, run by run."""
        for run in self._runs:
            if partition in run.places:
                with pa.memory_map(str(run.path)) as source:
                    batch = pa.ipc.open_file(source).get_batch(run.places.index(partition))
                    yield pl.Series(batch.column(0), dtype=pl.String)
