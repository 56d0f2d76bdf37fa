"""What a change did to cells and rows: the part of a log entry that is applied as it stands.

Cells are named by their source address: `row` (the record's number, or the negative number of an added row) and `column`
(position in the source), or `field` (its key) for fields without a column. So a delta outlives a changed header or match.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import Any, Protocol, Self

import numpy as np
import polars as pl
import pyarrow as pa

from headgate.engine.hooked_table import MESSAGES
from headgate.records import dataclass

AS_BUILT, AS_IN_FILE, GIVEN, TYPED = 0, 1, 2, 3
"""How the text of a cell is read. AS_BUILT: the cell is what the import made of it before anybody edited. AS_IN_FILE: by the
notation of the file's column. GIVEN: as people and hooks write; where that means one value in the notation of the file and
another as values are shown, the cell is an error. TYPED: a result text or a value of JavaScript's own."""

CELLS: Mapping[str, Any] = {
    "row": pl.Int64,
    "column": pl.Int32,
    "field": pl.String,
    "before": pl.String,
    "after": pl.String,
    "before_read": pl.UInt8,
    "after_read": pl.UInt8,
    "before_messages": MESSAGES,
    "after_messages": MESSAGES,
    "before_options": pl.String,
    "after_options": pl.String,
}
"""One row a cell, each cell once. `column` or `field` is null. `*_read`: one of the codes above. `*_messages`: what hooks
said of it. `*_options`: options of the cell alone, as cell_options.py keeps them."""

ADDED: Mapping[str, Any] = {"row": pl.Int64, "after": pl.Int64}
"""Rows that come (back), in order. `after`: the row above; null: the end. A row that was deleted returns to its old place."""

DELETED: Mapping[str, Any] = {"row": pl.Int64}

CELLS_PER_PART = 50_000
"""So many cells of a packed delta are in memory at a time, or as many as come in one piece."""

_MAGIC = b"headgate delta 1\n"
_LENGTH = struct.Struct("<Q")
_INVERSE = {name: name.replace("before", "after") for name in CELLS if name.startswith("before")}
_INVERSE |= {after: before for before, after in _INVERSE.items()}


def _empty(schema: Mapping[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(schema=dict(schema))


class Changes(Protocol):
    """A delta, in memory or packed."""

    @property
    def added(self) -> pl.DataFrame:
        """ADDED."""

    @property
    def deleted(self) -> pl.DataFrame:
        """DELETED."""

    def parts(self) -> Iterator[pl.DataFrame]:
        """The cells (CELLS) in their order, some at a time."""


@dataclass(frozen=True)
class Delta:
    """Cells that became something else, rows that came and rows that went (in this order: added, cells, deleted)."""

    cells: pl.DataFrame = field(default_factory=lambda: _empty(CELLS))
    added: pl.DataFrame = field(default_factory=lambda: _empty(ADDED))
    deleted: pl.DataFrame = field(default_factory=lambda: _empty(DELETED))

    def __bool__(self) -> bool:
        return bool(self.cells.height or self.added.height or self.deleted.height)

    @property
    def rows(self) -> int:
        """How many rows it touches."""
        parts = [frame["row"] for frame in (self.cells, self.added, self.deleted)]
        return int(pl.concat(parts).n_unique())

    def parts(self) -> Iterator[pl.DataFrame]:
        """The cells."""
        yield self.cells

    def inverse(self) -> Delta:
        """What takes it back exactly, as long as nothing else has changed."""
        return Delta(inverse_cells(self.cells), *_inverse_rows(self))

    def to_bytes(self) -> bytes:
        """The form that the log keeps: Arrow IPC streams, compressed."""
        return PackedDelta.of(self.parts(), self.added, self.deleted).data

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """What `to_bytes` gave. Raises ValueError for anything else."""
        packed = PackedDelta(data)
        return cls(pl.concat([_empty(CELLS), *packed.parts()]), packed.added, packed.deleted)


class PackedDelta:
    """A delta as the log keeps it: cells are unpacked when they are asked for. Raises ValueError for what is none."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(_MAGIC):
            raise ValueError("this is no delta")
        self.data = data
        at, streams = len(_MAGIC), []
        for _ in range(3):
            if len(data) < at + _LENGTH.size:
                raise ValueError("the delta is cut off")
            (length,) = _LENGTH.unpack_from(data, at)
            start, at = at + _LENGTH.size, at + _LENGTH.size + length
            if len(data) < at:
                raise ValueError("the delta is cut off")
            streams.append(memoryview(data)[start:at])
        self._cells = streams[0]
        self.added, self.deleted = (
            pl.concat([_empty(schema), *_unpacked(stream, schema)])
            for stream, schema in zip(streams[1:], (ADDED, DELETED), strict=True)
        )

    def parts(self) -> Iterator[pl.DataFrame]:
        """The cells (CELLS) in their order, some at a time."""
        return _unpacked(self._cells, CELLS)

    def inverse_parts(self) -> Iterator[pl.DataFrame]:
        """The cells of what takes it back."""
        return (inverse_cells(part) for part in self.parts())

    def inverse_rows(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The added and the deleted rows of what takes it back."""
        return _inverse_rows(self)

    @classmethod
    def of(cls, cells: Iterable[pl.DataFrame], added: pl.DataFrame, deleted: pl.DataFrame) -> PackedDelta:
        """Pack the parts of a delta; each is let go before the next one is asked for."""
        data = b"".join([_MAGIC, *_packed(cells, CELLS), *_packed([added], ADDED), *_packed([deleted], DELETED)])
        return cls(data)


@dataclass
class Counted:
    """Passes cells on and counts them. `cells`: how many; `rows`: how many rows they and the other rows of a delta are."""

    cells: int = 0
    _rows: list[np.ndarray[tuple[int], np.dtype[np.int64]]] = field(default_factory=list)

    def passed(self, parts: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
        """The same parts."""
        for part in parts:
            self.cells += part.height
            self._rows.append(part["row"].to_numpy().copy())
            yield part

    def rows(self, *others: pl.DataFrame) -> int:
        """How many rows there were, together with those of `others`."""
        rows = [*self._rows, *(other["row"].to_numpy() for other in others)]
        return int(pl.Series(np.concatenate(rows)).n_unique()) if rows else 0


def inverse_cells(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells of a delta that takes these back."""
    return cells.rename(_INVERSE).select(list(CELLS))


def _inverse_rows(delta: Changes) -> tuple[pl.DataFrame, pl.DataFrame]:
    added = delta.deleted.select("row", pl.lit(None, dtype=pl.Int64).alias("after"))
    return added, delta.added.select("row").reverse()


def _gathered(parts: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The cells in pieces of a size that is worth while."""
    kept: list[pl.DataFrame] = []
    for part in parts:
        if part.height:
            kept.append(part)
        if sum(one.height for one in kept) >= CELLS_PER_PART:
            yield pl.concat(kept)
            kept = []
    if kept:
        yield pl.concat(kept)


def _packed(parts: Iterable[pl.DataFrame], schema: Mapping[str, Any]) -> Iterator[bytes]:
    # Oldest: texts lie one behind the other; views would take along all the texts that the cells were chosen from.
    oldest = pl.CompatLevel.oldest()
    stream = io.BytesIO()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(stream, _empty(schema).to_arrow(compat_level=oldest).schema, options=options) as writer:
        for part in _gathered(parts):
            writer.write_table(part.select(list(schema)).rechunk().to_arrow(compat_level=oldest))
    yield _LENGTH.pack(stream.tell())
    yield stream.getvalue()


def _unpacked(stream: memoryview, schema: Mapping[str, Any]) -> Iterator[pl.DataFrame]:
    try:
        with pa.ipc.open_stream(pa.py_buffer(stream)) as reader:
            for batch in reader:
                frame = pl.from_arrow(batch)
                if isinstance(frame, pl.DataFrame):
                    yield frame.match_to_schema(pl.Schema(schema))
    except (pa.ArrowInvalid, OSError, pl.exceptions.PolarsError) as error:
        raise ValueError("the delta is damaged") from error
