"""The result table of an import, made when somebody asks for it: who wants JSON alone, as most do, need not wait for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import polars as pl

from headgate.engine.delivery import Delivery
from headgate.engine.output import ResultTableWriter


class RepeatableRows(Protocol):
    """Rows that are the same, in the same chunks, whenever they are gone through."""

    def again(self) -> Iterator[pl.DataFrame]:
        """All rows once more; nothing is counted."""


class LateTable:
    """Remembers which rows have an error, and makes the table of the rows when it is first asked for.

    `path`: where it will stand. `rows`: what went out so far.
    """

    def __init__(self, path: Path, working_rows: RepeatableRows, delivery: Delivery) -> None:
        self._path = path
        self._working_rows = working_rows
        self._delivery = delivery
        self._invalid: list[pl.Series] = []
        self._making = threading.Lock()
        self.rows = 0

    def note(self, invalid: pl.Series, delivered: int) -> None:
        """Another chunk was delivered: which of its rows have an error, and how many went out."""
        self._invalid.append(invalid)
        self.rows += delivered

    def made(self) -> Path:
        """The table. Raises OSError when the disk is full."""
        with self._making:
            if not self._path.exists():
                self._make()
        return self._path

    def _make(self) -> None:
        part = self._path.with_suffix(".part")
        with ResultTableWriter(part, self._delivery.columns, with_originals=self._delivery.with_originals) as table:
            for chunk, invalid in zip(self._working_rows.again(), self._invalid, strict=True):
                table.write(self._delivery.rows(chunk, invalid))
        if table.rows != self.rows:
            raise RuntimeError(f"{table.rows} rows were made again of {self.rows}")
        part.replace(self._path)
