"""The tables of an import: raw cells as text, kept on disk in chunks so that memory does not grow with the rows."""

from __future__ import annotations

import shutil
import sys
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from headgate.records import dataclass

if TYPE_CHECKING:
    import pyarrow as pa

ROW = "row"
"""Column of the record's 0-based number in the source: header, preamble and blank records count."""

CELLS_PER_CHUNK = 1_000_000
MAX_ROWS_PER_CHUNK = 65_536
HELD_BYTES = 1 << 20
"""How much of the beginning of a spool stays in memory too. A small file is looked at a dozen times, and to open a file takes longer
than to look at its rows."""

SourceKind = Literal["text", "sheet", "json"]
"""Where cells come from: typed text, a workbook (whose numbers may be date serials), or JSON values."""


def rows_per_chunk(width: int) -> int:
    """How many rows of `width` cells are handled at once."""
    return max(256, min(MAX_ROWS_PER_CHUNK, CELLS_PER_CHUNK // max(1, width)))


def cell_column(index: int) -> str:
    """The name of the raw table's column `index` (0-based position in the source)."""
    return f"c{index}"


def rows_from(chunk: pl.DataFrame, first: int) -> pl.DataFrame:
    """The rows of a chunk from record number `first` on; they are in the order of their numbers."""
    if not chunk.height or (rows := chunk[ROW])[0] >= first:
        return chunk
    return chunk.slice(bisect_left(rows, first))  # Polars' own search is a query, which takes longer


class ForgottenChunkError(Exception):
    """The rows of a chunk that nobody was to need any more are needed."""


class Spool:
    """A table written and read chunk by chunk, one Arrow IPC file a chunk, in a directory of its own. A small table that is not
    compressed is written when somebody asks where its files are: most are gone before.

    `compressed_after`: once the chunks take so many bytes those that follow are compressed, to a sixth of the room on the disk
    for a fifth more work in all that an import does; None: none is. `width`: every chunk is read with the cells
    `c0 … c{width-1}`, null where it was written with fewer; None for chunks as they stand.
    """

    def __init__(self, directory: Path, *, compressed_after: int | None = None, width: int | None = None) -> None:
        self._directory = directory
        self.width = width
        self.compressed = compressed_after is not None
        """Whether chunks may be compressed, and forgotten."""
        self._plain_bytes = compressed_after or 0
        self._directory_is_there = directory.exists()
        self._files = sorted(directory.glob("*.arrow")) if self._directory_is_there else []
        self._held: list[pl.DataFrame] = []
        """The first chunks, as long as this spool wrote them and they are small."""
        self._unwritten = 0
        """How many of these are in memory only; then no others are there."""
        self._room = 0 if self._files else HELD_BYTES

    def append(self, chunk: pl.DataFrame) -> None:
        """Add a chunk at the end. An empty chunk is not kept."""
        if chunk.height == 0:
            return
        path = self._directory / f"{len(self._files):08d}.arrow"
        whole = chunk.rechunk()
        if self._hold(whole) and not self.compressed and self._unwritten == len(self._files):
            self._unwritten += 1
        else:
            self._write_out()
            self._write(whole, path)
        self._files.append(path)

    def _hold(self, chunk: pl.DataFrame) -> bool:
        self._room -= int(chunk.estimated_size())
        if self._room < 0:
            self._room = -1  # those that follow, however small, are not the beginning any more
            return False
        self._held.append(chunk)
        return True

    def _write(self, chunk: pl.DataFrame, path: Path) -> None:
        if self.compressed and self._plain_bytes <= 0:
            _write_compressed(chunk, path)
        else:
            # Not compressed, so that reading is a mapping of the file and costs nothing for columns nobody looks at.
            _write_plain(chunk, path)
            self._plain_bytes -= path.stat().st_size

    def _write_out(self) -> None:
        """Have all chunks in files."""
        if not self._directory_is_there:
            self._directory.mkdir(parents=True, exist_ok=True)
            self._directory_is_there = True
        for path, chunk in zip(self._files[: self._unwritten], self._held, strict=False):
            self._write(chunk, path)
        self._unwritten = 0

    @property
    def directory(self) -> Path:
        """Where the files of all chunks are."""
        self._write_out()
        return self._directory

    def take_over(self, other: Spool) -> None:
        """Add the chunks of another table at the end, as they stand on the disk; its files may be deleted then."""
        for chunk in other.files():
            path = self.directory / f"{len(self._files):08d}.arrow"
            try:
                path.hardlink_to(chunk)
            except OSError:  # not every disk knows second names
                shutil.copyfile(chunk, path)
            self._files.append(path)
        self._room = -1

    def remove(self) -> None:
        """Delete the table from disk."""
        if self._directory_is_there:
            shutil.rmtree(self._directory)

    def compress(self) -> None:
        """Compress the chunks that are not, since they stay for long."""
        for position, path in enumerate(self._files):
            if not is_forgotten(path) and _is_plain(path):
                smaller = path.with_suffix(".smaller")
                _write_compressed(self._read(position, None), smaller)
                smaller.replace(path)

    def cut(self, count: int) -> None:
        """Keep the first `count` chunks."""
        self._write_out()
        for path in self._files[count:]:
            path.unlink()
        del self._files[count:]
        del self._held[count:]

    def forget(self, position: int) -> None:
        """Nobody needs a chunk any more; it keeps its number. Who has it in use keeps it so long."""
        self._write_out()
        empty = self._files[position].with_suffix(".gone")
        empty.touch()
        empty.replace(self._files[position])

    def files(self, first: int = 0) -> Sequence[Path]:
        """The files of the chunks from number `first` on."""
        self._write_out()
        return self._files[first:]

    def __len__(self) -> int:
        """The number of chunks."""
        return len(self._files)

    def chunk(self, position: int, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """Chunk number `position`, with the named columns only when given. Raises ForgottenChunkError."""
        found = self._held_chunk(position, columns)
        if found is None:
            found = self._read(position, columns)
        return found if self.width is None else self._widened(found, columns)

    def _held_chunk(self, position: int, columns: Sequence[str] | None) -> pl.DataFrame | None:
        if position >= len(self._held):
            return None
        held = self._held[position]
        if columns is None:
            return held.clone()  # whoever asks may add columns to it
        wanted = [name for name in columns if name in held.columns]
        return (
            pl.DataFrame([held[name] for name in wanted]) if wanted else None
        )  # without columns it would have no rows

    def _read(self, position: int, columns: Sequence[str] | None) -> pl.DataFrame:
        import pyarrow as pa  # as long to load as Polars, and the process that reads a workbook only writes

        if self.compressed and is_forgotten(self._files[position]):
            raise ForgottenChunkError(str(self._files[position]))
        with pa.memory_map(str(self._files[position])) as source:
            file = pa.ipc.open_file(source)
            # What nobody asks for is not unpacked. Of a plain file all is there anyway, and would be copied then.
            if columns is not None and self.compressed and not _has_views(file.schema):
                fields = sorted(i for i, name in enumerate(file.schema.names) if name in set(columns))
                file = pa.ipc.open_file(source, options=pa.ipc.IpcReadOptions(included_fields=fields))
            table = file.read_all()
            names = table.column_names
            wanted = names if columns is None else [name for name in columns if name in set(names)]
            frame = pl.from_arrow(table if columns is None else table.select(wanted))
        return frame if isinstance(frame, pl.DataFrame) else frame.to_frame()

    def chunks(self, columns: Sequence[str] | None = None) -> Iterator[pl.DataFrame]:
        """All chunks in order."""
        for position in range(len(self._files)):
            yield self.chunk(position, columns)

    def _widened(self, chunk: pl.DataFrame, columns: Sequence[str] | None) -> pl.DataFrame:
        names = columns if columns is not None else [ROW, *map(cell_column, range(self.width or 0))]
        missing = [name for name in names if name not in chunk.columns]
        if not missing:
            return chunk
        nothing = pl.repeat(None, chunk.height, dtype=pl.String, eager=True)
        return chunk.hstack([nothing.alias(name) for name in missing]).select(names)


def is_forgotten(chunk: Path) -> bool:
    """Whether the rows in the file of a chunk were let go."""
    return chunk.stat().st_size == 0


def _is_plain(chunk: Path) -> bool:
    """Whether it was written as Polars has it, whose texts are views."""
    import pyarrow as pa  # as above

    return _has_views(pa.ipc.open_file(str(chunk)).schema)


def _has_views(schema: pa.Schema) -> bool:
    import pyarrow as pa  # as above

    return pa.string_view() in schema.types


def _write_plain(chunk: pl.DataFrame, path: Path) -> None:
    # Polars puts the file together in memory first; to load PyArrow for that alone would take longer.
    pa = sys.modules.get("pyarrow")
    if pa is None or chunk.estimated_size() <= HELD_BYTES:
        chunk.write_ipc(path, compression="uncompressed")
        return
    table = chunk.to_arrow(compat_level=pl.CompatLevel.newest())
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table)


def _write_compressed(chunk: pl.DataFrame, path: Path) -> None:
    import pyarrow as pa  # as above

    # Offsets compress, the views of newer Arrow hardly do. The higher level that Polars takes makes files of the same size.
    table = chunk.to_arrow(compat_level=pl.CompatLevel.oldest())
    options = pa.ipc.IpcWriteOptions(compression=pa.Codec("zstd", compression_level=1))
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema, options=options) as writer:
        writer.write_table(table)


@dataclass(frozen=True)
class FileDescription:
    """How the source was read: the `file` part of the decisions (pipeline.md, "Decisions")."""

    format: str
    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    escape: str | None = None
    sheet: str | None = None
    confidence: float = 1.0
    runners_up: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[dict[str, Any]] = field(default_factory=list)
    by_person: tuple[str, ...] = ()
    """What of `encoding`, `delimiter` and `sheet` a person chose."""

    def to_json(self) -> dict[str, Any]:
        """The JSON form."""
        description: dict[str, Any] = {
            "format": self.format,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "quote": self.quote,
            "escape": self.escape,
            "sheet": self.sheet,
            "confidence": self.confidence,
            "runnersUp": self.runners_up,
            "warnings": self.warnings,
        }
        return description | {"byPerson": list(self.by_person)} if self.by_person else description


@dataclass(frozen=True)
class RawTable:
    """What reading gives: every record of the source as text, blank ones included.

    `spool` has the column ROW (UInt32) and `c0 … c{width-1}` (String; null = empty cell or none).
    `header` is set only by formats that name their columns themselves (JSON objects, Parquet).
    `cell_errors` (ROW UInt32, `column` UInt32, `text` String) lists cells that hold a spreadsheet error such as
    `#REF!`; such a cell is null in the spool.
    `head_widths`: of delimited text, how many cells the first records have, empty ones at their ends included.
    `large`: it is worked on in parts (engine/large).
    """

    spool: Spool
    width: int
    rows: int
    kind: SourceKind
    description: FileDescription
    header: list[str] | None = None
    cell_errors: pl.DataFrame | None = None
    head_widths: tuple[int, ...] = ()
    large: bool = False

    def head(self, count: int) -> list[list[str | None]]:
        """The first `count` records as lists of cells."""
        rows: list[list[str | None]] = []
        for chunk in self.spool.chunks():
            some = chunk.head(count - len(rows))
            cells = [some[name].to_list() for name in some.columns if name != ROW]
            rows.extend(map(list, zip(*cells, strict=True)))
            if len(rows) >= count:
                break
        return rows
