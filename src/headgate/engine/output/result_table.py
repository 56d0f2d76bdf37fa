"""The rows that an import delivers, kept on disk as one Parquet file from which every output format is written.

Column `f{i}` (String) holds the result text of result column i, null where there is no value. Column `o{i}` (Boolean),
there only when some cell needs it, marks cells that hold the original text because their type failed. The columns'
descriptions stand in the file's metadata, so that the file alone is enough to write any format.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import polars as pl

from headgate.engine.types.base import JsonKind
from headgate.engine.types.cell_bytes import FEWEST, repeats
from headgate.libraries import parquet as pq
from headgate.libraries import pyarrow as pa
from headgate.records import dataclass

_METADATA_KEY = b"headgate.columns"


@dataclass(frozen=True)
class ResultColumn:
    """One key of the result rows. `kind`: how its text stands in JSON. `empty_json`: what an empty cell is there."""

    key: str
    kind: JsonKind
    type_name: str
    empty_json: str = "null"


def value_column(position: int) -> str:
    """The column with the result texts of result column `position`."""
    return f"f{position}"


def original_column(position: int) -> str:
    """The column that marks which of those are original texts."""
    return f"o{position}"


class ResultTableWriter:
    """Writes delivered rows chunk by chunk. Use as a context manager; the file is complete only after its end."""

    def __init__(self, path: Path, columns: Sequence[ResultColumn], *, with_originals: bool) -> None:
        self.columns = tuple(columns)
        self.rows = 0
        self._names = [value_column(position) for position in range(len(columns))]
        types: list[tuple[str, pa.DataType]] = [(name, pa.string_view()) for name in self._names]
        if with_originals:
            originals = [original_column(position) for position in range(len(columns))]
            self._names += originals
            types += [(name, pa.bool_()) for name in originals]
        # A Parquet file needs a column; a result without fields still has a number of rows.
        self._no_columns = not types
        schema = pa.schema(types or [("none", pa.bool_())])
        description = json.dumps([vars(column) for column in columns]).encode()
        self._schema = schema.with_metadata({_METADATA_KEY: description})
        self._path = path
        self._writer: pq.ParquetWriter | None = None

    def write(self, chunk: pl.DataFrame) -> None:
        """Append the rows of `chunk`, which has the columns named by `value_column` (and `original_column`)."""
        if chunk.height == 0:
            return
        self.rows += chunk.height
        if self._no_columns:
            chunk = pl.DataFrame({"none": pl.Series([None], dtype=pl.Boolean).new_from_index(0, chunk.height)})
            table = chunk.to_arrow()
        else:
            rows = chunk if chunk.columns == self._names else chunk.select(self._names)
            table = rows.to_arrow(compat_level=pl.CompatLevel.newest())  # nothing is copied
        if self._writer is None:
            self._writer = self._opened_for(chunk)
        # Not `cast`, which would load all of pyarrow's compute functions to find out that the types are the same.
        self._writer.write_table(pa.Table.from_arrays(table.columns, schema=self._schema))

    def _opened_for(self, chunk: pl.DataFrame) -> pq.ParquetWriter:
        """The file, begun with its first rows. A table of few rows is as a rule no longer: to set up zstd and dictionaries for each of
        its columns takes longer than to write them, and saves two kilobytes."""
        if chunk.height < FEWEST:
            return self._opened([], compression="snappy")
        return self._opened([name for name in self._names if _is_repetitive(chunk[name])])

    def _opened(self, repetitive: list[str], *, compression: Literal["zstd", "snappy"] = "zstd") -> pq.ParquetWriter:
        """The file, begun. A dictionary of texts that are all different is made for nothing, and nobody asks for statistics."""
        return pq.ParquetWriter(
            self._path,
            self._schema,
            compression=compression,
            compression_level=1 if compression == "zstd" else None,
            use_dictionary=repetitive or False,
            write_statistics=False,
        )

    def take_over(self, other: ResultTable) -> None:
        """Append the rows of another table with the same columns, group by group."""
        with pq.ParquetFile(other.path) as file:
            for group in range(file.metadata.num_row_groups):
                table = file.read_row_group(group)
                self.rows += table.num_rows
                if self._writer is None:
                    columns = (file.metadata.row_group(group).column(place) for place in range(table.num_columns))
                    self._writer = self._opened([one.path_in_schema for one in columns if one.has_dictionary_page])
                self._writer.write_table(pa.Table.from_arrays(table.columns, schema=self._schema))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        (self._writer or self._opened([])).close()


def _is_repetitive(cells: pl.Series) -> bool:
    return cells.dtype == pl.String and repeats(cells)


class ResultTable:
    """A finished file of delivered rows."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with pq.ParquetFile(path) as file:
            self.rows: int = file.metadata.num_rows
            described = json.loads(file.schema_arrow.metadata[_METADATA_KEY])
            self.with_originals = original_column(0) in file.schema_arrow.names
            """Whether it has the columns that mark original texts."""
        self.columns = tuple(ResultColumn(**column) for column in described)

    def chunks(self, columns: Sequence[str] | None = None) -> Iterator[pl.DataFrame]:
        """The rows in order, a bounded number at a time."""
        with pq.ParquetFile(self.path) as file:
            for group in range(file.metadata.num_row_groups):
                frame = pl.from_arrow(file.read_row_group(group, columns=list(columns) if columns else None))
                if isinstance(frame, pl.DataFrame):
                    yield frame
