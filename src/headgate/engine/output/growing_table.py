"""A result table that takes up others one by one, and that a kill between two of them leaves as it was.

A Parquet file says at its end where its groups of rows stand. While it grows it has no end: what would stand there of the
groups of one table (its footer) is a file beside it, and at last all footers become the end.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from headgate.libraries import parquet as pq
from headgate.libraries import pyarrow as pa

_MAGIC = b"PAR1"
_LENGTH_BYTES = 4


def append_table(path: Path, other: Path, footer: Path) -> None:
    """Append the groups of rows of the result table `other` to the file `path`, and write their `footer`."""
    start = path.stat().st_size if path.exists() else 0
    written: list[pq.FileMetaData] = []
    with pq.ParquetFile(other) as file, pa.OSFile(str(path), "ab") as sink:
        # Arrow begins a file only where it believes to be at its start. All that it writes goes to the end nevertheless.
        os.lseek(sink.fileno(), 0, os.SEEK_SET)
        with pq.ParquetWriter(
            sink,
            file.schema_arrow,
            compression="zstd",
            compression_level=1,
            use_dictionary=_with_dictionary(file.metadata) or False,
            write_statistics=False,
            metadata_collector=written,
        ) as writer:
            for group in range(file.metadata.num_row_groups):
                writer.write_table(file.read_row_group(group))
    groups = written[0]
    if groups.num_row_groups and groups.row_group(0).column(0).data_page_offset < start:
        raise RuntimeError("the groups of rows stand elsewhere than their footer says")
    os.truncate(path, _end_of_groups(path))
    groups.write_metadata_file(footer)


def close_table(path: Path, footers: Sequence[Path]) -> None:
    """Make the file that took up tables with these footers (in their order, at least one) a result table."""
    whole = pq.read_metadata(footers[0])
    for footer in footers[1:]:
        whole.append_row_groups(pq.read_metadata(footer))
    end = pa.BufferOutputStream()
    whole.write_metadata_file(end)
    with path.open("ab") as file:
        file.write(end.getvalue().to_pybytes()[len(_MAGIC) :])


def _with_dictionary(metadata: pq.FileMetaData) -> list[str]:
    """The columns whose texts repeat, as the writer of the first group found."""
    if not metadata.num_row_groups:
        return []
    group = metadata.row_group(0)
    columns = (group.column(place) for place in range(group.num_columns))
    return [column.path_in_schema for column in columns if column.has_dictionary_page]


def _end_of_groups(path: Path) -> int:
    """Where the footer begins: its length stands behind it."""
    tail = _LENGTH_BYTES + len(_MAGIC)
    with path.open("rb") as file:
        size = file.seek(-tail, os.SEEK_END) + tail
        return size - tail - int.from_bytes(file.read(_LENGTH_BYTES), "little")
