"""What harnesses of files share: reading bytes as a file, and a table as plain lists."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

from headgate.engine.errors import ImportFailedError
from headgate.engine.read import blocks, delimited, encoding
from headgate.engine.read.options import ReadLimits, ReadOptions
from headgate.engine.read.reading import read_source
from headgate.engine.table import RawTable
from tests.raw_tables import Cells, cells

LIMITS = ReadLimits(
    max_columns=3000, max_cells=2_000_000, max_cell_bytes=1 << 20, max_unfolded_bytes=8 << 20, ratio_floor_bytes=1 << 20,
    max_archive_members=50, max_sheet_cells=100_000, memory_bytes=1 << 30, cpu_seconds=10,
)  # fmt: skip
"""Small, so that what is refused for its size is refused quickly."""


def cells_of(table: RawTable) -> Cells:
    """All records, after checks that hold for a whole source, whatever it is."""
    rows = cells(table)
    assert table.header is None or len(table.header) == table.width
    assert all("\0" not in cell for row in rows for cell in row if cell)
    return rows


def failure_of(error: ImportFailedError) -> str:
    """The code of a failure that may be; `internal_error` may not."""
    assert error.code != "internal_error", error
    assert "Traceback" not in error.message
    error.message.encode()
    return error.code


def read(data: bytes, name: str = "upload", **options: Any) -> tuple[RawTable, Cells] | str:
    """The table of a file, or the code of its failure."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "source"
        path.write_bytes(data)
        try:
            table = read_source(path, Path(folder) / "work", ReadOptions(filename=name, limits=LIMITS, **options))
            return table, cells_of(table)
        except ImportFailedError as error:
            return failure_of(error)


def outcome(action: Callable[[], Cells]) -> Cells | str:
    """What an action gives: cells, or the code of its failure."""
    try:
        return action()
    except ImportFailedError as error:
        return failure_of(error)


@contextmanager
def small_blocks(size: int, *, bytes_too: bool = False) -> Iterator[None]:
    """Records are taken from blocks of `size` bytes to begin with, so that a few lines cross many borders. `bytes_too`: also the
    bytes that the text is made from; what its encoding is guessed from is then another sample."""
    with (
        mock.patch.multiple(blocks, CAREFUL_BLOCK=size, STRICT_BLOCK=4 * size),
        mock.patch.object(delimited, "_Reading", partial(delimited._Reading, block=size, careful_block=size)),
        mock.patch.object(encoding, "BLOCK", size if bytes_too else encoding.BLOCK),
    ):
        yield
