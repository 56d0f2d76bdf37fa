"""Where a download goes: a path, which appears only when it is complete, or an open binary file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, Protocol, TypeAlias

Target: TypeAlias = str | os.PathLike[str] | IO[bytes]
"""A path (replaced when the download is complete), or a file open for writing bytes."""


class Sink(Protocol):
    """Takes the bytes of one download. `restartable`: whether `begin` may be called again after a broken attempt."""

    restartable: bool

    def begin(self) -> None:
        """Forget what an earlier attempt wrote."""

    def write(self, data: bytes) -> object:
        """Take the next bytes."""

    def finish(self) -> None:
        """All bytes were taken."""

    def abandon(self) -> None:
        """The attempt broke; what it wrote is worthless."""


class PathSink:
    """Writes beside the target and renames at the end, so that nobody ever finds half a result."""

    restartable = True

    def __init__(self, path: Path) -> None:
        self._path = path
        self._partial = path.with_name(f"{path.name}.{os.getpid()}-{id(self):x}.part")
        self._file: IO[bytes] | None = None

    def begin(self) -> None:
        self.abandon()
        self._file = self._partial.open("wb")

    def write(self, data: bytes) -> object:
        if self._file is None:
            raise RuntimeError("write before begin")
        return self._file.write(data)

    def finish(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
            self._partial.replace(self._path)

    def abandon(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        self._partial.unlink(missing_ok=True)


class FileSink:
    """Writes into the caller's file from where it stands."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.restartable = file.seekable()
        self._start = file.tell() if self.restartable else 0

    def begin(self) -> None:
        if self.restartable:
            self._file.seek(self._start)
            self._file.truncate()

    def write(self, data: bytes) -> object:
        return self._file.write(data)

    def finish(self) -> None:
        self._file.flush()

    def abandon(self) -> None:
        """The caller's file is left as it is; the error says that it is incomplete."""


def sink_for(target: Target) -> Sink:
    """The sink for what a caller may name as a target."""
    return PathSink(Path(target)) if isinstance(target, str | os.PathLike) else FileSink(target)
