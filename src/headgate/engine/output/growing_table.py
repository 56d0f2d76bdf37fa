"""A result table that takes up others one by one, and that a kill between two of them leaves as it was.

A Parquet file says at its end where its groups of rows stand. While it grows it has no end: what would stand there of the
groups of one table (its footer) is a file beside it, and at last all footers become the end. The groups are taken over as they
stand: to unpack and to pack them again takes as long as to write them did.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from headgate.engine.output.parquet_footer import moved_footer
from headgate.libraries import parquet as pq
from headgate.libraries import pyarrow as pa

_MAGIC = b"PAR1"
_LENGTH_BYTES = 4
_TAIL = _LENGTH_BYTES + len(_MAGIC)
_BLOCK = 4 << 20


def append_table(path: Path, other: Path, footer: Path) -> None:
    """Append the groups of rows of the result table `other` to the file `path`, and write their `footer`."""
    with other.open("rb") as source, path.open("ab") as target:
        start = target.tell()
        end, description = _end_of_groups(source.fileno())
        position = source.seek(len(_MAGIC) if start else 0)
        distance = start - position
        while block := source.read(min(_BLOCK, end - position)):
            target.write(block)
            position += len(block)
    moved = moved_footer(description, distance)
    footer.write_bytes(_MAGIC + moved + len(moved).to_bytes(_LENGTH_BYTES, "little") + _MAGIC)


def close_table(path: Path, footers: Sequence[Path]) -> None:
    """Make the file that took up tables with these footers (in their order, at least one) a result table."""
    whole = pq.read_metadata(footers[0])
    for footer in footers[1:]:
        whole.append_row_groups(pq.read_metadata(footer))
    end = pa.BufferOutputStream()
    whole.write_metadata_file(end)
    with path.open("ab") as file:
        file.write(end.getvalue().to_pybytes()[len(_MAGIC) :])


def _end_of_groups(file: int) -> tuple[int, bytes]:
    """Where the footer of a table begins, and the footer: its length stands behind it."""
    size = os.fstat(file).st_size
    length = int.from_bytes(os.pread(file, _LENGTH_BYTES, size - _TAIL), "little")
    return size - _TAIL - length, os.pread(file, length, size - _TAIL - length)
