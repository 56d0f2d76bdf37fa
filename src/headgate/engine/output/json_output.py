"""Result rows as JSON (an array of objects) and NDJSON (an object a line), RFC 8259.

Rows are put together as text by vectorized concatenation, because a JSON number must keep every digit of its result
text: no writer that goes through a double can do that.
"""

from __future__ import annotations

import io
import itertools
import json
from collections.abc import Iterable, Sequence
from typing import IO

import polars as pl

from headgate.engine.output.result_table import ResultColumn, original_column, value_column

_WRAPPER_START = len('{"t":')


def quoted(texts: pl.Series) -> pl.Series:
    """JSON string literals of a String series; null stays null."""
    wrapped = texts.alias("t").to_frame().select(pl.struct("t").struct.json_encode()).to_series()
    literals = wrapped.str.slice(_WRAPPER_START).str.strip_suffix("}")
    return literals.zip_with(texts.is_not_null(), pl.Series([None], dtype=pl.String))


def cell_fragments(chunk: pl.DataFrame, position: int, column: ResultColumn) -> pl.Series:
    """The JSON text of each cell of one result column; no nulls."""
    texts = chunk[value_column(position)]
    if column.kind == "string":
        return quoted(texts).fill_null(column.empty_json)
    marked = original_column(position)
    if marked in chunk.columns and chunk[marked].any():
        texts = quoted(texts).zip_with(chunk[marked], texts)
    return texts.fill_null(column.empty_json)


def row_objects(chunk: pl.DataFrame, columns: Sequence[ResultColumn]) -> pl.Series:
    """One JSON object a row, keys in column order."""
    if not columns:
        return pl.Series(["{}"]).new_from_index(0, chunk.height)
    pieces: list[pl.Series] = []
    for is_text, group in itertools.groupby(enumerate(columns), key=lambda entry: entry[1].kind == "string"):
        if is_text:
            pieces.append(_text_members(chunk, list(group)))
        else:
            pieces += [_raw_member(chunk, position, column) for position, column in group]
    members = pl.DataFrame([piece.alias(str(number)) for number, piece in enumerate(pieces)])
    return members.select(pl.concat_str(pl.lit("{"), pl.concat_str(pl.all(), separator=","), pl.lit("}"))).to_series()


def _text_members(chunk: pl.DataFrame, columns: Sequence[tuple[int, ResultColumn]]) -> pl.Series:
    """The members of neighbouring text columns, `"a":"x","b":null`, encoded all at once."""
    cells = []
    for position, column in columns:
        texts = chunk[value_column(position)]
        cells.append((texts.fill_null("") if column.empty_json == '""' else texts).alias(column.key))
    objects = pl.DataFrame(cells).select(pl.struct(pl.all()).struct.json_encode()).to_series()
    return objects.str.slice(1).str.strip_suffix("}")


def _raw_member(chunk: pl.DataFrame, position: int, column: ResultColumn) -> pl.Series:
    key = json.dumps(column.key, ensure_ascii=False)
    fragments = cell_fragments(chunk, position, column)
    return fragments.to_frame("t").select(pl.concat_str(pl.lit(f"{key}:"), pl.col("t"))).to_series()


def _joined(rows: pl.Series, separator: str) -> bytes:
    """All rows, each followed by `separator`."""
    buffer = io.BytesIO()
    rows.to_frame("row").write_csv(buffer, include_header=False, quote_style="never", line_terminator=separator)
    return buffer.getvalue()


class JsonWriter:
    """Writes `[`, the rows separated by commas, one a line, and `]`."""

    def __init__(self, target: IO[bytes], columns: Sequence[ResultColumn]) -> None:
        self._target = target
        self._columns = columns
        self._separator = b"[\n"

    def write(self, chunk: pl.DataFrame) -> None:
        """Append the rows of `chunk`."""
        if chunk.height == 0:
            return
        self._target.write(self._separator)
        self._target.write(memoryview(_joined(row_objects(chunk, self._columns), ",\n"))[:-2])
        self._separator = b",\n"

    def finish(self) -> None:
        """Write what closes the document."""
        self._target.write(b"[]\n" if self._separator == b"[\n" else b"\n]\n")


def write_json(chunks: Iterable[pl.DataFrame], columns: Sequence[ResultColumn], target: IO[bytes]) -> None:
    """All rows as one JSON array."""
    writer = JsonWriter(target, columns)
    for chunk in chunks:
        writer.write(chunk)
    writer.finish()


def write_ndjson(chunks: Iterable[pl.DataFrame], columns: Sequence[ResultColumn], target: IO[bytes]) -> None:
    """One JSON object a line."""
    for chunk in chunks:
        if chunk.height:
            target.write(_joined(row_objects(chunk, columns), "\n"))
