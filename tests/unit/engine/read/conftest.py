"""Reads bytes as a file and gives the cells back."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
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
    numbers = count(1)

    def run(content: bytes, name: str = "upload", **options: Any) -> RawTable:
        number = next(numbers)  # its own in whatever thread
        path = tmp_path / f"{number}-source"
        path.write_bytes(content)
        keywords = {key: options.pop(key) for key in ("choose_sheet", "progress", "begun") if key in options}
        return read_source(path, tmp_path / f"{number}-work", ReadOptions(filename=name, **options), **keywords)

    return run
