"""A sheet's cells as frames of texts, some thousand rows at a time, and a raw table on disk of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from headgate.engine.read.cell_texts import cell_kind
from headgate.engine.read.chunks import ChunkWriter
from headgate.engine.read.sheet_cells import columns_text
from headgate.engine.read.sheet_details import Position, SheetDetails
from headgate.engine.read.workbook_request import Request
from headgate.engine.table import ROW, FileDescription, cell_column, rows_per_chunk

if TYPE_CHECKING:
    import python_calamine as calamine

_ROWS_TURNED = 512
"""Rows become columns so many at a time, while their cells are in the processor's cache."""


def written_sheet(
    request: Request, sheet: calamine.CalamineSheet, details: SheetDetails, progress: Callable[[int], None]
) -> dict[str, Any]:
    """Write the sheet's cells below the directory of the request, and say what is there, as JSON."""
    directory = Path(request.directory)
    with ThreadPoolExecutor(1, thread_name_prefix="chunks") as worker:
        writer = ChunkWriter(directory, request.limits, worker=worker)
        for frame in sheet_frames(sheet, details, kinds=request.cell_kinds):
            writer.add(frame)
            progress(writer.rows)
        table = writer.finish("sheet", FileDescription(request.format))
        spool = table.spool.directory
    if details.errors:
        error_frame((*place, text) for place, text in details.errors.items() if place[1] < table.width).write_ipc(
            directory / "errors.arrow"
        )
    return {
        "spool": str(spool),
        "width": table.width,
        "rows": table.rows,
        "errors": len(details.errors),
        "warnings": table.description.warnings,
    }


def rows_at_once(width: int) -> int:
    """How many rows of a sheet with `width` columns become a frame."""
    return max(256, rows_per_chunk(width) // 16)


def error_frame(errors: Iterable[tuple[int, int, str]]) -> pl.DataFrame:
    """Cells with errors (row, column, text), as a raw table has them (`RawTable.cell_errors`)."""
    schema = {ROW: pl.UInt32, "column": pl.UInt32, "text": pl.String}
    return pl.DataFrame(sorted(errors), schema=schema, orient="row")


def sheet_frames(sheet: calamine.CalamineSheet, details: SheetDetails, *, kinds: bool) -> Iterator[pl.DataFrame]:
    """The sheet's rows from its first on, and its columns from A on, in frames of cell texts."""
    if sheet.start is None:
        return
    left = sheet.start[1]
    height = rows_at_once(left + sheet.width)
    rows = sheet.iter_rows()
    integers = _by_row(details.integers)
    first = 0
    while cells := _columns(rows, height):
        count = len(cells[0])
        blank = [pl.Series(cell_column(at), [None] * count, dtype=pl.String) for at in range(left)]
        frame = pl.DataFrame([*blank, *columns_text(cells, left)])
        exact = _within(integers, first, count).items()
        frame = frame.with_columns(frame[:, at].scatter(*found) for at, found in exact if at < frame.width)
        if kinds:
            told = ((at, pl.Series(map(cell_kind, column))) for at, column in enumerate(cells, start=left))
            frame = frame.with_columns((kind + frame[:, at]).alias(cell_column(at)) for at, kind in told)
        yield frame
        first += count


def _columns(rows: Iterator[list[Any]], height: int) -> list[list[Any]]:
    """The next `height` rows by their columns; no columns behind the last row."""
    columns: list[list[Any]] = []
    for done in range(0, height, _ROWS_TURNED):
        some = list(islice(rows, min(_ROWS_TURNED, height - done)))
        if not some:
            break
        turned = zip(*some, strict=True)
        if not columns:
            columns = [list(cells) for cells in turned]
        else:
            for column, cells in zip(columns, turned, strict=True):
                column.extend(cells)
    return columns


def _by_row(texts: Mapping[Position, str]) -> deque[tuple[Position, str]]:
    return deque(sorted(texts.items()))


def _within(texts: deque[tuple[Position, str]], first: int, count: int) -> dict[int, tuple[list[int], list[str]]]:
    """Take those of the next `count` rows: column → places behind row `first`, and texts."""
    found: dict[int, tuple[list[int], list[str]]] = {}
    while texts and texts[0][0][0] < first + count:
        (row, column), text = texts.popleft()
        places, column_texts = found.setdefault(column, ([], []))
        places.append(row - first)
        column_texts.append(text)
    return found
