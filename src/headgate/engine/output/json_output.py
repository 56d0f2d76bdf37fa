"""Result rows as JSON (an array of objects) and NDJSON (an object a line), RFC 8259.

Rows are put together as text by vectorized concatenation, because a JSON number must keep every digit of its result
text: no writer that goes through a double can do that.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from typing import IO

import polars as pl

from headgate.engine.output.result_table import ResultColumn, original_column, value_column

_NEEDS_ESCAPE = r'["\\\x00-\x1f\x7f]'
_WRAPPER_START = len('{"t":')


def quoted(texts: pl.Series) -> pl.Series:
    """JSON string literals of a String series; null stays null."""
    if texts.str.contains(_NEEDS_ESCAPE).any():
        wrapped = texts.alias("t").to_frame().select(pl.struct("t").struct.json_encode()).to_series()
        literals = wrapped.str.slice(_WRAPPER_START).str.strip_suffix("}")
        return literals.zip_with(texts.is_not_null(), pl.Series([None], dtype=pl.String))
    return texts.to_frame("t").select(pl.format('"{}"', pl.col("t"))).to_series()


def cell_fragments(chunk: pl.DataFrame, position: int, column: ResultColumn) -> pl.Series:
    """The JSON text of each cell of one result column; no nulls."""
    before, texts, after = _fragment_parts(chunk, position, column)
    if not before:
        return texts
    return texts.to_frame("t").select(pl.format(f"{before}{{}}{after}", pl.col("t"))).to_series()


def _fragment_parts(chunk: pl.DataFrame, position: int, column: ResultColumn) -> tuple[str, pl.Series, str]:
    """The cells' JSON as texts without nulls between two constant pieces: quote marks where every cell has them."""
    texts = chunk[value_column(position)]
    if column.kind == "raw":
        original = chunk[original_column(position)] if original_column(position) in chunk.columns else None
        if original is not None and original.any():
            texts = quoted(texts).zip_with(original, texts)
        return "", texts.fill_null(column.empty_json), ""
    if texts.str.contains(_NEEDS_ESCAPE).any() or (column.empty_json != '""' and texts.has_nulls()):
        return "", quoted(texts).fill_null(column.empty_json), ""
    return '"', texts.fill_null(""), '"'


def row_objects(chunk: pl.DataFrame, columns: Sequence[ResultColumn]) -> pl.Series:
    """One JSON object a row, keys in column order."""
    if not columns:
        return pl.Series(["{}"]).new_from_index(0, chunk.height)
    pieces: list[pl.Expr] = []
    texts: list[pl.Series] = []
    constant = "{"
    for position, column in enumerate(columns):
        before, cells, after = _fragment_parts(chunk, position, column)
        pieces += [
            pl.lit(f"{constant}{json.dumps(column.key, ensure_ascii=False)}:{before}"),
            pl.col(value_column(position)),
        ]
        texts.append(cells.alias(value_column(position)))
        constant = f"{after},"
    pieces.append(pl.lit(constant.removesuffix(",") + "}"))
    return pl.DataFrame(texts).select(pl.concat_str(pieces)).to_series()


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
