"""A file that grows piece by piece, and of which only what was counted counts: a kill leaves more behind that, which goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import RawIOBase
from pathlib import Path

from headgate.engine.durable import Seal, make_durable

_PIECE = 1 << 18
"""Bytes that are counted and written at a time, so that the processor's cache has them still."""


class GrowingFile:
    """A file of which the first `seal.length` bytes count; their checksum is known."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.seal = Seal()
        self._ahead: Seal | None = None

    def cut(self) -> None:
        """Nothing stands behind what counts."""
        self._ahead = None
        with self.path.open("ab") as file:
            file.truncate(self.seal.length)

    def append(self, data: bytes) -> None:
        """Write at the end of what counts."""
        with self.extended() as end:
            end.write(data)
        self.count(end.seal)

    def append_file(self, other: Path, start: int) -> None:
        """Write what stands in another file from `start` on at the end of what counts."""
        with self.extended() as end, other.open("rb", buffering=0) as source:
            source.seek(start)
            while piece := source.read(_PIECE):
                end.write(piece)
        self.count(end.seal)

    @contextmanager
    def extended(self) -> Iterator[SealingWriter]:
        """Writes behind what counts; it does not count yet."""
        self.cut()
        with self.path.open("ab", buffering=0) as file:
            writer = SealingWriter(file, Seal(*self.seal.to_json()))
            yield writer
        self._ahead = writer.seal

    def has(self, seal: list[int]) -> bool:
        """Whether all that counts, and what stands behind it up to there, has that length and checksum."""
        if self._ahead is None and self.path.exists():
            self._ahead = Seal(*self.seal.to_json()).of_file(self.path, seal[0])
        return self._ahead is not None and self._ahead.to_json() == seal

    def count(self, seal: Seal) -> None:
        """All up to there counts."""
        self.seal, self._ahead = seal, None

    def grown(self) -> None:
        """All that stands behind what counts does now, too."""
        self.count(self.seal.of_file(self.path))

    def note(self) -> list[int]:
        """Length and checksum; so much survives the machine from now on."""
        make_durable(self.path)
        return self.seal.to_json()

    def resume(self, note: list[int]) -> bool:
        """Have the bytes that a note tells of; False when they are not there."""
        try:
            seal = Seal().of_file(self.path, note[0])
        except FileNotFoundError:
            return False
        if seal.to_json() != note:
            return False
        self.count(seal)
        return True

    def begin(self) -> None:
        """Nothing counts."""
        self.count(Seal())
        self.cut()


class SealingWriter:
    """Counts what it writes. `seal`: of all up to the end."""

    def __init__(self, file: RawIOBase, seal: Seal) -> None:
        self._file = file
        self.seal = seal

    def write(self, data: bytes | memoryview) -> None:
        """Append the bytes."""
        whole = memoryview(data)
        for start in range(0, len(whole), _PIECE):
            piece = whole[start : start + _PIECE]
            self.seal.add(piece)
            while len(piece := piece[self._file.write(piece) or 0 :]):
                pass

    def writelines(self, pieces: Iterable[bytes | memoryview]) -> None:
        """Append the bytes of all pieces."""
        for piece in pieces:
            self.write(piece)
