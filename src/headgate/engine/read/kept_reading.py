"""How far the reading of a large text came, so that one that was cut off goes on from there.

A note is made between two blocks and names all that the rest of the reading depends on, so what follows is what would have
followed: the same records, whatever stands at the place where it was cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from headgate.engine.durable import make_durable, read_document, seal_of, write_document
from headgate.engine.table import Spool
from headgate.records import dataclass


@dataclass(frozen=True)
class Known:
    """`position`: the byte of the prepared text from which on nothing was read; `state`: of the reader."""

    position: int
    state: dict[str, Any]


class KeptReading:
    """The note, in the file `path`. `every`: bytes of text after which it is renewed."""

    def __init__(self, path: Path, every: int) -> None:
        self._path = path
        self._every = every
        self._size = 0
        self._noted_at = 0
        self._seals: list[list[int]] = []
        self._noted: dict[Path, list[int]] = {}

    def seals_of(self, files: Sequence[Path]) -> list[list[int]]:
        """The seals of a table's files, which survive the machine from now on; those that were noted did before."""
        noted = self._noted
        return [noted[path] if path in noted else _sealed(path) for path in files]

    def begin(self, size: int, spool: Spool) -> Known | None:
        """Where to go on in a text of `size` bytes whose records so far stand in `spool`; None for the beginning, and then
        nothing is left in it."""
        self._size = size
        self._noted_at, self._seals, self._noted = 0, [], {}
        known = self._known(spool)
        if known is None:
            spool.cut(0)
        else:
            self._noted_at = known.position
        return known

    def _known(self, spool: Spool) -> Known | None:
        note = read_document(self._path)
        if note is None or note["size"] != self._size:
            return None
        seals, files = note["seals"], spool.files()
        if len(files) < len(seals):
            return None
        if any(seal_of(file) != seal for file, seal in zip(files, seals, strict=False)):
            return None
        self._seals = seals
        self._noted = dict(zip(files, seals, strict=False))
        return Known(note["position"], note["state"])

    def is_due(self, position: int) -> bool:
        """Whether enough was read since the last note. At the end there is nothing left to go on with."""
        return position - self._noted_at >= self._every and position < self._size

    def note(self, position: int, spool: Spool, state: dict[str, Any]) -> None:
        """All up to `position` stands in `spool`."""
        for path in spool.files(len(self._seals)):
            self._noted[path] = _sealed(path)
            self._seals.append(self._noted[path])
        make_durable(spool.directory)
        note = {"position": position, "size": self._size, "state": state, "seals": self._seals}
        write_document(self._path, note)
        self._noted_at = position


def _sealed(path: Path) -> list[int]:
    make_durable(path)
    return seal_of(path)
