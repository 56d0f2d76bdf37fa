"""The rows of a review as people and hooks have left them: on disk, with what is wrong with them, always up to date.

An immutable base holds the rows as the import made them. What changed since stands beside it, column by column of a chunk.
Nothing here is the truth: the log of changes is, and a table that cannot be opened is built again and the log applied anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from headgate.engine.hooked_table import HookedSlot
from headgate.engine.review.delta import CELLS, Delta
from headgate.engine.types.base import FieldType
from headgate.schema import Field


def no_progress(_rows: int) -> None:
    """Tells nobody."""


Positions = npt.NDArray[np.int32]
"""Places of rows in the table (not in a view): they never change, deleted rows keep theirs, new ones are last."""


class UnusableTableError(Exception):
    """What is on disk is incomplete, damaged, or was made for something else: build it again."""


@dataclass(frozen=True)
class Applied:
    """What a delta did. `positions`: the rows whose cells, issues or presence changed, in the order of the table.
    `lost`: the cells (of CELLS) whose address does not exist in this layout; they changed nothing."""

    positions: Positions
    lost: pl.DataFrame


class ReviewTable:
    """One review's rows. Not safe for threads: its owner asks one thing at a time.

    `seq`: the last log entry that is in it.
    """

    seq: int

    @classmethod
    def build(
        cls,
        directory: Path,
        chunks: Iterable[pl.DataFrame],
        slots: Sequence[HookedSlot],
        fields: Sequence[Field],
        types: Mapping[str, FieldType],
        *,
        fingerprint: str,
        progress: Callable[[int], None] = no_progress,
    ) -> ReviewTable:
        """The table of working chunks (of hooks or of the file as it stands), in place of anything in `directory`.

        `slots`: in the order of the grid. `fields`: all fields of the schema as hooks left them. `fingerprint`: names what
        the rows follow from (source, decisions, schema). `progress` is told how many rows are done.
        """
        raise NotImplementedError

    @classmethod
    def open(
        cls,
        directory: Path,
        slots: Sequence[HookedSlot],
        fields: Sequence[Field],
        types: Mapping[str, FieldType],
        *,
        fingerprint: str,
    ) -> ReviewTable:
        """The table as it was left. Raises UnusableTableError when there is none of that `fingerprint`, or not a whole one."""
        raise NotImplementedError

    def apply(self, delta: Delta, seq: int) -> Applied:
        """Bring a delta into effect: cells are read again, rows validated again, exactly where it matters."""
        raise NotImplementedError

    def skip(self, seq: int) -> None:
        """Note that a log entry without a delta is in effect."""
        raise NotImplementedError

    def close(self) -> None:
        """Write what is not yet safe from a power cut; end validators' processes."""
        raise NotImplementedError


__all__ = ["CELLS", "Applied", "Delta", "Positions", "ReviewTable", "UnusableTableError"]
