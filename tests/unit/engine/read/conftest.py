"""Reads bytes as a file and gives the cells back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from headgate.engine.read.options import ReadOptions
from headgate.engine.read.reading import read_source
from headgate.engine.table import ROW, RawTable

Cells = list[list[str | None]]
Read = Callable[..., RawTable]


def cells(table: RawTable) -> Cells:
    """All records, after a check that the table is what it says."""
    rows: Cells = []
    numbers: list[int] = []
    for chunk in table.spool.chunks():
        assert chunk.columns == [ROW, *(f"c{i}" for i in range(table.width))]
        numbers.extend(chunk[ROW].to_list())
        rows.extend(list(row) for row in chunk.drop(ROW).iter_rows())
    assert numbers == list(range(table.rows))
    return rows


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write bytes to a file and read it: `read(b"a,b", delimiter=None, …)`."""
    count = 0

    def run(content: bytes, name: str = "upload", **options: Any) -> RawTable:
        nonlocal count
        count += 1
        path = tmp_path / f"{count}-source"
        path.write_bytes(content)
        keywords = {key: options.pop(key) for key in ("choose_sheet", "progress") if key in options}
        return read_source(path, tmp_path / f"{count}-work", ReadOptions(filename=name, **options), **keywords)

    return run
