"""Reads bytes as a file and gives the cells back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from headgate.engine.read.options import ReadOptions
from headgate.engine.read.reading import read_source
from headgate.engine.table import RawTable
from tests.raw_tables import Cells, cells

__all__ = ["Cells", "Read", "cells", "read"]

Read = Callable[..., RawTable]


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
