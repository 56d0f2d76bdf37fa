"""How far the look at whole columns came (day and month order, decimal mark, select texts), so that one that was cut off goes on.

What the observers counted is noted between two chunks. They count the same whoever shows them the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

from headgate.engine.import_run import ImportRun
from headgate.engine.large.keys import look_key
from headgate.engine.large.work import LargeWork
from headgate.engine.settle import Observer

_NOTE = "evidence.json"


class KeptEvidence:
    """The note of a run in its work. It is renewed after `every` rows."""

    def __init__(self, work: LargeWork, key: str, every: int) -> None:
        self._work = work
        self._key = key
        self._every = every
        self._rows = 0

    @classmethod
    def of(cls, run: ImportRun, work: LargeWork) -> KeptEvidence:
        """That of a run which has decided about header and columns."""
        return cls(work, look_key(run, work), work.rows_of_part())

    def begin(self, observers: Sequence[Observer]) -> int:
        """The number of the first chunk that is still to be shown; the observers know those before it."""
        note = self._work.kept(_NOTE)
        if note is None or note["key"] != self._key:
            return 0
        for observer, state in zip(observers, note["states"], strict=True):
            observer.resume(state)
        first: int = note["chunks"]
        return first

    def looked(self, chunk: int, rows: int, observers: Sequence[Observer]) -> None:
        """Chunk number `chunk`, of so many rows, was shown to all observers."""
        self._rows += rows
        if self._rows >= self._every:
            self._rows = 0
            states = [observer.state() for observer in observers]
            self._work.keep(_NOTE, {"key": self._key, "chunks": chunk + 1, "states": states})
