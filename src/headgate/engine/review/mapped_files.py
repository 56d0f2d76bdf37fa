"""Files of a table that were looked at a moment ago, still mapped: a page of rows from everywhere looks into all of them.

To take in what columns a file has costs more than to read some rows of it. So the mappings are kept, and what the kernel has
loaded for them is given back again and again: memory does not grow with what was seen.
"""

from __future__ import annotations

import mmap
from collections import OrderedDict
from pathlib import Path

import polars as pl
import pyarrow as pa

KEPT = 400
"""How many files stay mapped. Each takes a file handle."""

LOOKED_AT = 64 * 1024 * 1024
"""After looking at files of so many bytes, what was loaded of them is given back."""


class UnusableTableError(Exception):
    """What is on disk is incomplete, damaged, or was made for something else: build it again."""


class MappedFiles:
    """The Arrow IPC files of a directory, which never change once they are written."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._kept: OrderedDict[str, tuple[pl.DataFrame, frozenset[str], mmap.mmap]] = OrderedDict()
        self._looked_at = 0

    def frame(self, name: str) -> pl.DataFrame:
        """All columns of a file, as they lie on disk. Raises UnusableTableError when it cannot be read."""
        frame, _, mapped = self._mapped(name)
        self._looked_at += len(mapped)
        if self._looked_at > LOOKED_AT:
            self.let_go()
        return frame

    def columns(self, name: str) -> frozenset[str]:
        """The names of its columns. Raises UnusableTableError when it cannot be read."""
        return self._mapped(name)[1]

    def forget(self, name: str) -> None:
        """The file goes."""
        self._kept.pop(name, None)

    def let_go(self) -> None:
        """Give back what the kernel has loaded. Frames that are still in use are not harmed: it loads what they need again."""
        self._looked_at = 0
        for _, _, mapped in self._kept.values():
            mapped.madvise(mmap.MADV_DONTNEED)

    def _mapped(self, name: str) -> tuple[pl.DataFrame, frozenset[str], mmap.mmap]:
        found = self._kept.get(name)
        if found is None:
            found = self._kept[name] = self._read(name)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(name)
        return found

    def _read(self, name: str) -> tuple[pl.DataFrame, frozenset[str], mmap.mmap]:
        try:
            with (self._directory / name).open("rb") as file:
                # Shared, so that giving back is nothing but that: a private mapping may hold what was written to it.
                mapped = mmap.mmap(file.fileno(), 0, flags=mmap.MAP_SHARED, prot=mmap.PROT_READ)
            table = pa.ipc.open_file(pa.py_buffer(mapped)).read_all()
        except (OSError, ValueError, pa.ArrowInvalid) as error:
            raise UnusableTableError(f"a file of the table cannot be read: {name}") from error
        frame = pl.from_arrow(table) if table.num_columns else pl.DataFrame(height=table.num_rows)
        frame = frame if isinstance(frame, pl.DataFrame) else frame.to_frame()
        return frame, frozenset(frame.columns), mapped
