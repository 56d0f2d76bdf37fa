"""Result rows as JSON (an array of objects) and NDJSON (an object a line), RFC 8259.

Rows are put together as text by vectorized concatenation, because a JSON number must keep every digit of its result
text: no writer that goes through a double can do that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import IO, TYPE_CHECKING, Protocol

import orjson
import polars as pl

from headgate.engine.output.result_table import ResultColumn, original_column, value_column
from headgate.engine.types.base import FEW_CELLS
from headgate.engine.types.cell_bytes import Texts
from headgate.libraries import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

ROWS_OPENING, ROWS_BETWEEN = b"[\n", b",\n"
"""What stands before the first row of a JSON document, and before each that follows."""
_WRAPPER_START = len('{"t":')
_EMPTY_TEXT = '""'
_INLINE = 12
_PIECE = 1 << 17
"""Bytes looked through at a time, so that what is found out of them stays in the processor's cache."""
_WRITTEN_AT_ONCE = 1 << 18
"""Bytes. For large pieces Linux looks for as much memory in one place; in a virtual machine that is often some that the host has
yet to give, which takes ten times as long."""
_ESCAPES = {character: json.dumps(character)[1:-1] for character in (*map(chr, range(ord(" "))), '"', "\\")}


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


def row_objects(chunk: pl.DataFrame, columns: Sequence[ResultColumn], ending: str = "") -> pl.Series:
    """One JSON object a row, keys in column order, with `ending` behind each."""
    if not columns:
        return pl.Series([f"{{}}{ending}"]).new_from_index(0, chunk.height)
    pieces: list[pl.Expr] = []
    before = "{"
    for position, column in enumerate(columns):
        cells, opening, closing = _cells(chunk, position, column)
        pieces += [pl.lit(f"{before}{json.dumps(column.key, ensure_ascii=False)}:{opening}"), cells]
        before = f"{closing},"
    return chunk.select(pl.concat_str(*pieces, pl.lit(f"{closing}}}{ending}"))).to_series()


def _cells(chunk: pl.DataFrame, position: int, column: ResultColumn) -> tuple[pl.Expr, str, str]:
    """The cells of a column without nulls, and what stands before and behind each of them in JSON."""
    if column.kind != "string":
        return pl.lit(cell_fragments(chunk, position, column)), "", ""
    texts = escaped(chunk[value_column(position)])
    if column.empty_json == _EMPTY_TEXT:
        texts = texts.fill_null("")
    if texts.null_count():
        return pl.concat_str(pl.lit('"'), pl.lit(texts), pl.lit('"')).fill_null(column.empty_json), "", ""
    return pl.lit(texts), '"', '"'


def escaped(texts: pl.Series) -> pl.Series:
    """What stands between the quotes of JSON string literals; null stays null.

    Few texts have anything to escape, so only those are encoded: it takes three times as long as to look for them.
    """
    data, offsets = Texts.of(texts)
    if not len(data):
        return texts
    found = np.concatenate([_special(data[at : at + _PIECE]) + at for at in range(0, len(data), _PIECE)])
    if not len(found):
        return texts
    cells = np.searchsorted(offsets, found, side="right") - 1
    at = pl.Series(cells[np.append(True, cells[1:] != cells[:-1])])
    return texts.clone().scatter(at, texts.gather(at).str.replace_many(_ESCAPES))


def _special(data: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """Where bytes stand that JSON wants escaped."""
    special = data < ord(" ")
    special |= data == ord('"')
    special |= data == ord("\\")
    return np.flatnonzero(special)


def _lines(chunk: pl.DataFrame, columns: Sequence[ResultColumn], ending: str) -> list[memoryview]:
    """The objects of all rows as UTF-8, each followed by `ending`, in pieces that follow each other."""
    if chunk.height <= FEW_CELLS:
        return [memoryview(_few_lines(chunk, columns, ending).encode())]
    rows = row_objects(chunk, columns, ending)
    return _as_they_lie(rows) or [Texts.of(rows).data.data]


def _write(pieces: Iterable[memoryview], target: Target) -> None:
    """Append the pieces to the file."""
    for piece in pieces:
        for start in range(0, len(piece), _WRITTEN_AT_ONCE):
            target.write(piece[start : start + _WRITTEN_AT_ONCE])


def _few_lines(chunk: pl.DataFrame, columns: Sequence[ResultColumn], ending: str) -> str:
    """The objects of a few rows, which are sooner put together row by row."""
    cells = [_literals(chunk, position, column) for position, column in enumerate(columns)]
    keys = (json.dumps(column.key, ensure_ascii=False).replace("%", "%%") for column in columns)
    row = f"{{{','.join(f'{key}:%s' for key in keys)}}}{ending}"
    return "".join([row % texts for texts in zip(*cells, strict=True)]) if cells else row * chunk.height


def _literals(chunk: pl.DataFrame, position: int, column: ResultColumn) -> list[str]:
    """The JSON text of each cell of a column, as `cell_fragments` gives it."""
    texts = chunk[value_column(position)].to_list()
    is_text = [column.kind == "string"] * len(texts)
    if column.kind != "string" and (marked := original_column(position)) in chunk.columns:
        is_text = chunk[marked].to_list()
    return [
        column.empty_json if text is None else orjson.dumps(text).decode() if quote else text
        for text, quote in zip(texts, is_text, strict=True)
    ]


def _as_they_lie(texts: pl.Series) -> list[memoryview]:
    """The bytes of the texts as pieces of memory, where Polars has put them there one behind the other; else nothing.

    It has, if it made them of other texts just now: to copy them would take as long as to write them.
    """
    array = texts.rechunk().to_arrow(compat_level=pl.CompatLevel.newest())
    _, views, *buffers = array.buffers()
    if array.offset or not buffers:
        return []
    # Arrow's "variable-size binary view": length, first bytes, number of the buffer, offset there; texts of up to twelve bytes
    # stand in place of these.
    length, _, number, offset = np.frombuffer(views, np.int32, 4 * len(array)).reshape(-1, 4).T
    ends = offset + length
    first = np.flatnonzero(np.diff(number, prepend=-1))
    follows = offset[1:] == ends[:-1]
    follows[first[1:] - 1] = offset[first[1:]] == 0
    in_order = np.array_equal(number[first], np.arange(len(first)))
    if length.min() <= _INLINE or offset[0] or not in_order or not follows.all():
        return []
    last = np.append(first[1:], len(array)) - 1
    return [memoryview(buffers[at])[: int(end)] for at, end in enumerate(ends[last])]


class Target(Protocol):
    """What rows are written to."""

    def write(self, data: bytes | memoryview, /) -> object:
        """Append the bytes."""

    def writelines(self, pieces: Iterable[bytes | memoryview], /) -> None:
        """Append the bytes of all pieces."""


class JsonWriter:
    """Writes `[`, the rows separated by commas, one a line, and `]`."""

    def __init__(self, target: Target, columns: Sequence[ResultColumn], *, is_first: bool = True) -> None:
        """`is_first`: whether the next row is the first of the document."""
        self._target = target
        self._columns = columns
        self._separator = ROWS_OPENING if is_first else ROWS_BETWEEN

    def write(self, chunk: pl.DataFrame) -> None:
        """Append the rows of `chunk`."""
        if chunk.height == 0:
            return
        self._target.write(self._separator)
        *pieces, last = _lines(chunk, self._columns, ",\n")
        _write([*pieces, last[:-2]], self._target)
        self._separator = ROWS_BETWEEN

    def finish(self) -> None:
        """Write what closes the document."""
        self._target.write(b"[]\n" if self._separator == ROWS_OPENING else b"\n]\n")


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
            _write(_lines(chunk, columns, "\n"), target)
