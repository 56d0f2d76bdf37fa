"""Writes the raw table: numbers the records, cuts them into chunks, widens those written before a wider record."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor, Future
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

import polars as pl

from headgate.engine.errors import ImportFailedError
from headgate.engine.read.losses import LONGEST_CELL, spreadsheet_limits
from headgate.engine.read.options import ReadLimits
from headgate.engine.table import ROW, FileDescription, RawTable, SourceKind, Spool, cell_column, rows_per_chunk

MAX_HEAD_WIDTHS = 1_000
"""Of how many records at the top the numbers of cells are kept: the header is among them."""

_FEW_ROWS = 1_000

MOST_TIMES_AS_TALL = 4
"""Chunks of a large table that turned out wider are padded when they are read, unless they have far too many rows for that."""


def cell_schema(width: int) -> dict[str, type[pl.String]]:
    """The columns `c0 … c{width-1}`, all text."""
    return {cell_column(index): pl.String for index in range(width)}


def frame_of_columns(columns: Sequence[Sequence[str | None]]) -> pl.DataFrame:
    """A frame of cell texts, one sequence a column; the empty text becomes null."""
    frame = pl.DataFrame([pl.Series(cell_column(i), column, dtype=pl.String) for i, column in enumerate(columns)])
    return empty_to_null(frame) if any("" in column for column in columns) else frame


def frame_of_records(records: Sequence[Sequence[str]]) -> pl.DataFrame:
    """A frame of a few records of any widths, null where a cell is empty or missing."""
    columns = zip_longest(*records)
    return pl.DataFrame(
        [pl.Series(cell_column(i), [cell or None for cell in column], pl.String) for i, column in enumerate(columns)]
    )


def empty_to_null(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with null for every empty text."""
    return frame.select(pl.when(pl.all() != "").then(pl.all()))


class ChunkWriter:
    """Appends frames of cells (`c0 …`) to a spool.

    Frames may differ in width: narrow ones are padded with nulls, so the table is as wide as its widest record.
    `restore` = (stand-in, original) puts back in all cells what was replaced before reading. `compressed_after`: of the
    chunks of a large table, as `Spool` has it; None for any other.
    `worker`: a thread that writes chunks while the next come.
    Raises ImportFailedError `too_many_columns` when the width or the padded size passes the limits, `file_hostile` when
    a cell does.
    """

    def __init__(
        self,
        directory: Path,
        limits: ReadLimits,
        *,
        restore: tuple[str, str] | None = None,
        compressed_after: int | None = None,
        worker: Executor | None = None,
    ) -> None:
        self._worker = worker
        self._writing: Future[None] | None = None
        self._limits = limits
        self._compressed_after = compressed_after
        self._restore = restore
        self._directory = directory
        self._spool = Spool(directory / "narrow", compressed_after=compressed_after)
        self._widths: list[int] = []
        self._pending: list[pl.DataFrame] = []
        self._pending_rows = 0
        self._cells = 0
        self.rows = 0
        self.width = 0
        self.has_values = False
        self.cells_of_limit = 0
        self.head_widths: list[int] = []

    def note_widths(self, widths: Sequence[int]) -> None:
        """How many cells each of the next records has by its delimiters, empty ones at its end included."""
        self.head_widths += widths[: MAX_HEAD_WIDTHS - len(self.head_widths)]

    def add(self, frame: pl.DataFrame, *, longest: int | None = None) -> None:
        """Append the records of `frame`. `longest`: no cell has more bytes, where that is known."""
        if frame.height == 0:
            return
        self.widen(frame.width, record=self.rows)
        if self._restore:
            frame = frame.with_columns(pl.all().str.replace_all(*self._restore, literal=True))
        if longest is None or longest >= min(LONGEST_CELL, self._limits.max_cell_bytes):
            self._check_cells(frame)
        self.rows += frame.height
        self._cells += frame.height * frame.width
        self._check_size()
        if not self.has_values:
            self.has_values = any(cell and not cell.isspace() for cell in frame.row(0)) or any(
                (column.str.strip_chars() != "").any() for column in frame.iter_columns()
            )
        self._pending.append(frame)
        self._pending_rows += frame.height
        if self._pending_rows >= rows_per_chunk(self.width) // 2:
            self._flush()

    def widen(self, width: int, *, record: int) -> None:
        """Make the table at least `width` columns wide; `record` is the number of the record that asks for it."""
        if width > self._limits.max_columns:
            raise ImportFailedError(
                "too_many_columns",
                f"Row {record + 1} or one soon after it has {width:,} cells, "
                f"more than the {self._limits.max_columns:,} allowed. "
                "Check that the file uses one delimiter throughout, or split it into narrower files.",
                row=record,
            )
        self.width = max(self.width, width)

    def finish(self, kind: SourceKind, description: FileDescription, header: list[str] | None = None) -> RawTable:
        """Write what is left and give the table. Raises ImportFailedError `file_empty` when no cell has a value."""
        self.flushed()
        if not self.has_values and not header:
            raise ImportFailedError(
                "file_empty", "The file has no content, or nothing but blank lines. Send a file with at least one row."
            )
        found = spreadsheet_limits(self.rows, self.cells_of_limit)
        if found:
            description = replace(description, warnings=[*description.warnings, *found])
        return RawTable(
            self._as_wide(),
            self.width,
            self.rows,
            kind,
            description,
            header,
            head_widths=tuple(self.head_widths),
            large=self._compressed_after is not None,
        )

    def flushed(self) -> Spool:
        """The chunks with all records so far in them."""
        self._flush()
        self._written()
        return self._spool

    @property
    def state(self) -> dict[str, Any]:
        """What is known of the records in the chunks, as JSON; after `flushed`."""
        return {
            "rows": self.rows,
            "width": self.width,
            "widths": self._widths,
            "cells": self._cells,
            "hasValues": self.has_values,
            "cellsOfLimit": self.cells_of_limit,
            "headWidths": self.head_widths,
        }

    def resume(self, state: dict[str, Any]) -> None:
        """Go on behind the chunks that `state` knows; others are thrown away."""
        self.rows, self.width, self._widths = state["rows"], state["width"], list(state["widths"])
        self._cells, self.has_values = state["cells"], state["hasValues"]
        self.cells_of_limit, self.head_widths = state["cellsOfLimit"], list(state["headWidths"])
        self._spool.cut(len(self._widths))

    def _as_wide(self) -> Spool:
        """The chunks, all as wide as the table."""
        if all(width == self.width for width in self._widths):
            return self._spool
        tallest = rows_per_chunk(min(self._widths))
        if self._spool.compressed and tallest <= MOST_TIMES_AS_TALL * rows_per_chunk(self.width):
            return Spool(self._spool.directory, compressed_after=0, width=self.width)
        return self._widened()

    def _check_cells(self, frame: pl.DataFrame) -> None:
        # One query for all columns: on small frames most of the time would go into starting them.
        lengths = frame.select(pl.all().str.len_bytes().max()).row(0)
        for cells, longest in zip(frame.iter_columns(), lengths, strict=True):
            if isinstance(longest, int) and longest > self._limits.max_cell_bytes:
                row = self.rows + int(cells.str.len_bytes().fill_null(0).arg_max() or 0)
                raise ImportFailedError(
                    "file_hostile",
                    f"A cell in row {row + 1:,} has {longest:,} bytes of text, more than the "
                    f"{self._limits.max_cell_bytes:,} allowed. Line ends, delimiters or a closing quote are probably "
                    "missing: export the file again.",
                    row=row,
                )
            if isinstance(longest, int) and longest >= LONGEST_CELL:
                self.cells_of_limit += int((cells.str.len_chars() == LONGEST_CELL).sum())

    def _check_size(self) -> None:
        size, limits = self.rows * self.width, self._limits
        mostly_padding = size > limits.padding_floor_cells and size > limits.max_padding * self._cells
        if mostly_padding or size > limits.max_cells:
            how_many = f"{self.rows:,} rows of up to {self.width:,} cells"
            too_many = (
                f"{how_many} are nearly all empty"
                if mostly_padding
                else f"{how_many} are more cells than the {limits.max_cells:,} allowed"
            )
            raise ImportFailedError(
                "too_many_columns",
                f"{too_many}. If only a few rows are that wide, they are probably damaged: repair them; else split the file.",
            )

    def _flush(self) -> None:
        if not self._pending:
            return
        start = self.rows - self._pending_rows
        for frame in self._pending:
            self._append(frame, start)
            start += frame.height
        self._pending, self._pending_rows = [], 0

    def _append(self, frame: pl.DataFrame, start: int) -> None:
        height = rows_per_chunk(self.width)
        for offset in range(0, frame.height, height):
            piece = frame.slice(offset, height)
            numbers = _numbers(start + offset, piece.height)
            chunk = padded(piece.insert_column(0, numbers), self.width)
            self._written()
            if self._worker is None:
                self._spool.append(chunk)
            else:
                self._writing = self._worker.submit(self._spool.append, chunk)
            self._widths.append(self.width)

    def _written(self) -> None:
        """Wait until the last chunk is on disk. Raises what went wrong with it."""
        writing, self._writing = self._writing, None
        if writing is not None:
            writing.result()

    def _widened(self) -> Spool:
        wide = Spool(self._directory / "wide", compressed_after=self._compressed_after)
        height = rows_per_chunk(self.width)
        for chunk in self._spool.chunks():
            for piece in chunk.iter_slices(height):
                wide.append(padded(piece, self.width))
        self._spool.remove()
        return wide


def _numbers(first: int, count: int) -> pl.Series:
    """Record numbers."""
    if count <= _FEW_ROWS:  # sooner than a query begins
        return pl.Series(ROW, list(range(first, first + count)), pl.UInt32)
    return pl.int_range(first, first + count, dtype=pl.UInt32, eager=True).alias(ROW)


def padded(frame: pl.DataFrame, width: int) -> pl.DataFrame:
    """The frame (with the column ROW first) with null columns added up to `c{width-1}`."""
    held = frame.width - 1
    if held == width:
        return frame
    nothing = pl.repeat(None, frame.height, dtype=pl.String, eager=True)
    return frame.hstack([nothing.alias(cell_column(index)) for index in range(held, width)])
