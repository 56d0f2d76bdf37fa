"""JSON as a format: a list of objects or of lists, the same inside one wrapper object, or one value a line (NDJSON)."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from headgate.engine.errors import ImportFailedError
from headgate.engine.explanations import unpacked, warning
from headgate.engine.read.chunks import ChunkWriter
from headgate.engine.read.json_cursor import JsonCursor, Number, compact
from headgate.engine.read.options import Progress
from headgate.engine.read.source import Format, Source
from headgate.engine.read.text import prepare_text
from headgate.engine.table import FileDescription, RawTable, cell_column, rows_per_chunk

_START = re.compile(rb'\s*(?:\[\s*[{\[\]]|\{\s*["}])')
_LIST_OF_SCALARS = re.compile(rb'\s*\[\s*["\-0-9tfn]')
_TEXT_NAMES = (".csv", ".tsv", ".txt", ".tab", ".psv")
_CHARACTERS_AT_ONCE = 16 << 20
_DIRECT = {str, Number, type(None)}


class _NotAWrapperError(Exception):
    """The object at the start is a record, not an envelope around the table."""


def _recognizes(source: Source) -> bool:
    head = source.head[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe\0").replace(b"\0", b"")
    if _START.match(head):
        return True
    return _LIST_OF_SCALARS.match(head) is not None and not source.named(*_TEXT_NAMES)


def _read(source: Source) -> RawTable:
    text = prepare_text(source.path, source.workdir)
    warnings: list[dict[str, Any]] = list(text.warnings)
    if source.packing:
        warnings.append(unpacked(source.packing))
    form = "json"
    rows = _Rows(source.workdir / "cells", source)
    try:
        with text.path.open(encoding="utf-8-sig", newline="") as file:
            form = _read_top(JsonCursor(file), rows)
    except _NotAWrapperError:
        if (begun := source.workdir / "cells").exists():
            shutil.rmtree(begun)
        rows = _Rows(source.workdir / "cells", source)
        with text.path.open(encoding="utf-8-sig", newline="") as file:
            form = _read_sequence(JsonCursor(file), rows)
    return rows.finish(form, text.encoding.name, warnings)


def _read_top(cursor: JsonCursor, rows: _Rows) -> str:
    if cursor.peek() == "{":
        _read_wrapper(cursor, rows)
        return "json"
    cursor.take("[")
    if cursor.peek() not in ("{", "[", "]"):
        raise _NotAWrapperError
    for item in _items(cursor):
        rows.add(item, cursor)
    if cursor.peek():
        cursor.fail("there is more text behind the end of the list")
    return "json"


def _items(cursor: JsonCursor) -> Iterator[Any]:
    """The values of a list whose bracket has been taken."""
    if cursor.peek() == "]":
        cursor.take("]")
        return
    while True:
        yield cursor.value()
        if cursor.take(",", "]") == "]":
            return


def _read_wrapper(cursor: JsonCursor, rows: _Rows) -> None:
    """`{"total": 2, "data": [{…}, {…}]}`: exactly one member is a list of objects or lists, and it is the table."""
    cursor.take("{")
    if cursor.peek() == "}":
        raise _NotAWrapperError
    table: str | None = None
    second: str | None = None
    others: list[str] = []
    for key in _keys(cursor):
        if cursor.peek() == "[" and table is None:
            table = key
            _read_member(cursor, rows)
        else:
            value = cursor.value()
            if isinstance(value, list) and value and all(isinstance(item, dict | list) for item in value):
                second = key
            others.append(key)
    if table is None or cursor.peek():
        raise _NotAWrapperError
    if second is not None:
        raise ImportFailedError(
            "json_invalid",
            f"The JSON object holds several lists of rows ({table!r}, {second!r}), so it is not clear which one to "
            "import. Send the list alone.",
        )
    rows.wrapper = warning("json_wrapper", key=table, otherKeys=others[:50])


def _keys(cursor: JsonCursor) -> Iterator[str]:
    """The keys of an object whose brace has been taken; the caller reads each value."""
    while True:
        if cursor.peek() != '"':
            cursor.fail("expected a key in double quotes")
        key = str(cursor.value())
        cursor.take(":")
        yield key
        if cursor.take(",", "}") == "}":
            return


def _read_member(cursor: JsonCursor, rows: _Rows) -> None:
    """A list of records inside the wrapper, into `rows`."""
    cursor.take("[")
    for item in _items(cursor):
        if not isinstance(item, dict | list):
            raise _NotAWrapperError
        rows.add(item, cursor)


def _read_sequence(cursor: JsonCursor, rows: _Rows) -> str:
    """Values one after the other, each a record."""
    count = 0
    single_list = False
    while cursor.peek():
        value = cursor.value()
        single_list = count == 0 and isinstance(value, list)
        rows.add(value, cursor)
        count += 1
    if count == 1 and single_list:
        cursor.fail("a list of plain values is no table; expected a list of objects, or a list of lists")
    return "ndjson" if count > 1 else "json"


class _Rows:
    """Gathers records and writes them in chunks; keys become columns in the order of their first appearance."""

    def __init__(self, directory: Path, source: Source) -> None:
        self._writer = ChunkWriter(directory, source.limits, compressed_after=source.compressed_after)
        self._progress: Progress | None = source.progress
        self._size = source.path.stat().st_size
        self._kind: type | None = None
        self._keys: dict[str, int] = {}
        self._pending: list[Any] = []
        self._count = 0
        self._flushed_at = 0
        self._nuls = 0
        self._surrogates = 0
        self.wrapper: dict[str, Any] | None = None

    def add(self, record: Any, cursor: JsonCursor) -> None:
        """Take one record. All records are objects, or all are lists."""
        kind = type(record)
        if kind is not self._kind:
            if self._kind is None and kind in (dict, list):
                self._kind = kind
            else:
                wanted = "a list" if self._kind is list else "an object"
                cursor.fail(f"record {self._count + 1} is {_name(record)}, expected {wanted}")
        if kind is dict:
            if not record.keys() <= self._keys.keys():
                for key in record:
                    self._keys.setdefault(key, len(self._keys))
                self._writer.widen(len(self._keys), record=self._count)
        elif len(record) > self._writer.width:
            self._writer.widen(len(record), record=self._count)
        self._pending.append(record)
        self._count += 1
        many = len(self._pending) >= rows_per_chunk(max(16, self._writer.width)) // 2
        if many or cursor.position - self._flushed_at > _CHARACTERS_AT_ONCE:
            self._flushed_at = cursor.position
            self._flush()
            if self._progress is not None:
                self._progress(min(self._size, cursor.position), self._size)

    def finish(self, form: str, encoding: str, warnings: list[dict[str, Any]]) -> RawTable:
        """Write what is left and give the table."""
        self._flush()
        if self.wrapper is not None:
            warnings.append(self.wrapper)
        if self._nuls:
            warnings.append(warning("nul_characters_removed", count=self._nuls))
        if self._surrogates:
            warnings.append(warning("unpaired_surrogates_replaced", cells=self._surrogates))
        header = list(self._keys) if self._kind is dict else None
        if header and self._surrogates:
            header = [_paired(key) for key in header]
        description = FileDescription(form, encoding=encoding, warnings=warnings)
        return self._writer.finish("json", description, header)

    def _flush(self) -> None:
        if not self._pending:
            return
        rows, self._pending = self._pending, []
        nothing = pl.repeat(None, len(rows), dtype=pl.String, eager=True)
        if self._kind is dict:
            present = set().union(*rows)
            series = [self._series([row.get(key) for row in rows]) if key in present else nothing for key in self._keys]
        else:
            width = max(map(len, rows))
            series = [self._series([row[i] if i < len(row) else None for row in rows]) for i in range(width)]
        columns = [column.alias(cell_column(i)) for i, column in enumerate(series or [nothing])]
        self._writer.add(pl.DataFrame(columns))

    def _series(self, column: list[Any]) -> pl.Series:
        if not set(map(type, column)) <= _DIRECT:
            column = [_text(value) for value in column]
        if "" in column:
            column = [text or None for text in column]
        try:
            series = pl.Series(column, dtype=pl.String)
        except UnicodeEncodeError:
            paired = [None if text is None else _paired(text) for text in column]
            self._surrogates += sum(new != old for new, old in zip(paired, column, strict=True))
            series = pl.Series(paired, dtype=pl.String)
        if series.str.contains("\0", literal=True).any():
            self._nuls += int(series.str.count_matches("\0", literal=True).sum() or 0)
            series = series.str.replace_all("\0", "", literal=True)
            series = series.set(series == "", None)
        return series


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    try:
        return compact(value)
    except RecursionError:
        raise ImportFailedError(
            "json_invalid",
            "The JSON cannot be read: lists and objects are nested too deeply inside a record. "
            "Correct the file, or the program that writes it, and send it again.",
        ) from None


def _paired(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _name(value: Any) -> str:
    names: dict[type, str] = {dict: "an object", list: "a list", str: "a text", bool: "a boolean", Number: "a number"}
    return names.get(type(value), "null")


JSON = Format("json", _recognizes, _read)
