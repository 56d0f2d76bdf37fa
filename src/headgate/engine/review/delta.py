"""What a change did to cells and rows: the part of a log entry that is applied as it stands.

Cells are named by their source address: `row` (the record's number, or the negative number of an added row) and `column`
(position in the source), or `field` (its key) for fields without a column. So a delta outlives a changed header or match.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import polars as pl

from headgate.engine.hooked_table import MESSAGES

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

_MAGIC = b"headgate delta 1\n"
_LENGTH = struct.Struct("<Q")


def _empty(schema: Mapping[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(schema=dict(schema))


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

    def inverse(self) -> Delta:
        """What takes it back exactly, as long as nothing else has changed."""
        swapped = {name: name.replace("before", "after") for name in CELLS if name.startswith("before")}
        swapped |= {after: before for before, after in swapped.items()}
        return Delta(
            self.cells.rename(swapped).select(list(CELLS)),
            self.deleted.select("row", pl.lit(None, dtype=pl.Int64).alias("after")),
            self.added.select("row").reverse(),
        )

    def to_bytes(self) -> bytes:
        """The form that the log keeps: Arrow IPC streams, compressed."""
        parts = [_MAGIC]
        for frame in (self.cells, self.added, self.deleted):
            stream = io.BytesIO()
            frame.write_ipc_stream(stream, compression="zstd")
            parts += [_LENGTH.pack(stream.tell()), stream.getvalue()]
        return b"".join(parts)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """What `to_bytes` gave. Raises ValueError for anything else."""
        if not data.startswith(_MAGIC):
            raise ValueError("this is no delta")
        at, frames = len(_MAGIC), []
        for schema in (CELLS, ADDED, DELETED):
            if len(data) < at + _LENGTH.size:
                raise ValueError("the delta is cut off")
            (length,) = _LENGTH.unpack_from(data, at)
            part = data[at + _LENGTH.size : at + _LENGTH.size + length]
            if len(part) != length:
                raise ValueError("the delta is cut off")
            frames.append(pl.read_ipc_stream(io.BytesIO(part)).match_to_schema(pl.Schema(schema)))
            at += _LENGTH.size + length
        return cls(*frames)
