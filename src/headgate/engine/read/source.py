"""What a format's reader gets: the file, unpacked, with what is known of it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from headgate.engine.read.containers import ZIP_MAGICS
from headgate.engine.read.options import ChooseSheet, Progress, ReadLimits, ReadOptions
from headgate.engine.table import RawTable
from headgate.records import dataclass

HEAD_BYTES = 64 << 10


@dataclass(frozen=True)
class Source:
    """A file on local disk. `name` is a hint only; `packing` tells what it was unpacked from (`gzip`, `zip`); `begun` is told when
    another process has begun to read it."""

    path: Path
    name: str
    workdir: Path
    options: ReadOptions
    choose_sheet: ChooseSheet | None = None
    progress: Progress | None = None
    packing: str | None = None
    begun: Callable[[], object] = lambda: None

    @property
    def limits(self) -> ReadLimits:
        """The limits of the options."""
        return self.options.limits

    def place(self, name: str) -> Path:
        """Where something that reading leaves behind may be written. Most files leave nothing, so the folder is made here."""
        self.workdir.mkdir(parents=True, exist_ok=True)
        return self.workdir / name

    @property
    def large(self) -> bool:
        """Whether the table is one that is worked on in parts."""
        threshold = self.options.large_from
        return threshold is not None and self.path.stat().st_size > threshold

    @property
    def compressed_after(self) -> int | None:
        """After how many bytes the chunks of a large table are compressed; None for any other."""
        return self.options.plain_bytes if self.large else None

    @cached_property
    def head(self) -> bytes:
        """The first bytes."""
        with self.path.open("rb") as file:
            return file.read(HEAD_BYTES)

    @cached_property
    def member_names(self) -> frozenset[str]:
        """The entries of a zip container; empty for any other file and for a damaged one."""
        if not self.head.startswith(ZIP_MAGICS):
            return frozenset()
        try:
            with zipfile.ZipFile(self.path) as archive:
                return frozenset(member.filename for member in archive.infolist())
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            return frozenset()

    def named(self, *suffixes: str) -> bool:
        """Whether the name ends with one of the suffixes (`.csv`), in any case."""
        return self.name.lower().endswith(suffixes)


@dataclass(frozen=True)
class Format:
    """One kind of file: how its content is recognized, and its reader. Readers raise ImportFailedError. `elsewhere`: another process
    reads it, and until it does, whatever goes on beside only keeps it waiting."""

    name: str
    recognizes: Callable[[Source], bool]
    read: Callable[[Source], RawTable]
    elsewhere: bool = False
