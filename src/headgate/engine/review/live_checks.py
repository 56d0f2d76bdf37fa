"""The checks of an import, asked again for single rows and fields while people edit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import cast

import numpy as np
import polars as pl

from headgate.engine.checking import Checks, batch_of, read_by_validators
from headgate.engine.hooked_table import HookedSlot
from headgate.engine.review.issue_index import IssueIndex
from headgate.engine.review.live_duplicates import LiveDuplicates
from headgate.engine.review.reviewed import Positions
from headgate.engine.types.base import FieldType
from headgate.schema import Field

FrameOf = Callable[[Positions, Sequence[HookedSlot]], pl.DataFrame]
"""The cells of slots in those rows of the table, in that order."""


class LiveChecks:
    """What `Checks` says of any rows at any time; what it finds goes to `index`."""

    def __init__(
        self, slots: Sequence[HookedSlot], fields: Sequence[Field], types: Mapping[str, FieldType], index: IssueIndex
    ) -> None:
        self.slots = slots
        self._checks = Checks(fields, [hooked.slot for hooked in slots], types, index, LiveDuplicates)
        self.trackers = self._checks.trackers
        self._reads = {field.key: {field.key, *read_by_validators(field)} for field in fields}
        for tracker in self.trackers:
            for key in tracker.keys:
                self._reads[key] |= set(tracker.keys)

    def close(self) -> None:
        """End what validators have started."""
        self._checks.__exit__(None, None, None)

    def slots_of(self, keys: Collection[str]) -> list[HookedSlot]:
        """The slots of those fields."""
        return [hooked for hooked in self.slots if hooked.slot.field.key in keys]

    def dependents(self, keys: Collection[str]) -> set[str]:
        """The fields whose issues may become others when cells of `keys` do."""
        return {key for key, reads in self._reads.items() if reads & set(keys)}

    def needed(self, keys: Collection[str]) -> list[HookedSlot]:
        """The slots that a check of those fields looks at."""
        return self.slots_of(set().union(*(self._reads[key] for key in keys)))

    def look_at_all(self, chunks: Callable[[set[str]], Iterator[pl.DataFrame]], frame_of: FrameOf) -> None:
        """Find out what repeats in the whole table. `chunks` gives all rows with the slots of the named fields."""
        self._checks.observe(chunks)
        for number, live in enumerate(self.duplicates):
            live.settle(self.width(number), self._texts_of(number, frame_of))

    @property
    def duplicates(self) -> list[LiveDuplicates]:
        """What the rules about repeated texts know, in the order of the trackers."""
        return [cast(LiveDuplicates, tracker.duplicates) for tracker in self.trackers]

    def width(self, tracker: int) -> int:
        """How many texts a row has for a tracker."""
        return len(self._texts(tracker, self._empty()))

    def restore(
        self,
        tracker: int,
        hashes: np.ndarray[tuple[int, ...], np.dtype[np.uint64]],
        colliding: Mapping[int, frozenset[str]],
        frame_of: FrameOf,
    ) -> None:
        """Bring back what a tracker knew."""
        self.duplicates[tracker].restore(hashes, colliding, self._texts_of(tracker, frame_of))

    def update(self, tracker: int, positions: Positions, gone: pl.Series, frame_of: FrameOf) -> Positions:
        """Rows (ascending) have other cells now, or are `gone` (Boolean): those in which that changes what repeats."""
        texts_of = self._texts_of(tracker, frame_of)

        def now(part: slice) -> list[pl.Series]:
            return [column.set(gone[part], None) for column in texts_of(positions[part])]

        return self.duplicates[tracker].update(positions, now, texts_of)

    @contextmanager
    def as_if(self, positions: Positions, frame: pl.DataFrame, frame_of: FrameOf) -> Iterator[None]:
        """While it lasts, what repeats is what it would be if the rows (ascending) had the cells of `frame`."""
        try:
            for number, live in enumerate(self.duplicates):
                texts = self._texts(number, frame)
                live.update(positions, partial(_sliced, texts), self._texts_of(number, frame_of))
            yield
        finally:
            present = pl.Series([False]).new_from_index(0, len(positions))
            for number in range(len(self.trackers)):
                self.update(number, positions, present, frame_of)

    def check(self, frame: pl.DataFrame, keys: Collection[str] | None) -> None:
        """Report what is wrong in the rows of a frame, with those fields (None: everything)."""
        self._checks.check(frame, keys)

    def _texts_of(self, tracker: int, frame_of: FrameOf) -> Callable[[Positions], Sequence[pl.Series]]:
        slots = self.slots_of(self.trackers[tracker].keys)
        return lambda positions: self._texts(tracker, frame_of(positions, slots))

    def _texts(self, tracker: int, frame: pl.DataFrame) -> list[pl.Series]:
        slots = [hooked.slot for hooked in self.slots_of(self.trackers[tracker].keys)]
        return self.trackers[tracker].texts(batch_of(frame, slots))

    def _empty(self) -> pl.DataFrame:
        names = [name for hooked in self.slots for name in (hooked.slot.value, hooked.slot.code)]
        return pl.DataFrame(schema=dict.fromkeys(names, pl.String))


def _sliced(columns: Sequence[pl.Series], part: slice) -> list[pl.Series]:
    return [column[part] for column in columns]
