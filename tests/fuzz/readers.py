"""Files of every format but workbooks: a table or a plain failure, the same however they are taken apart."""

from __future__ import annotations

import gzip
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from headgate.engine.errors import ImportFailedError
from headgate.engine.read.chosen_encoding import ENCODINGS
from headgate.engine.read.chunks import ChunkWriter
from headgate.engine.read.delimited import read_delimited
from headgate.engine.read.dialect import Dialect
from headgate.engine.read.text import prepare_text
from headgate.engine.table import FileDescription
from tests.fuzz.harness import Harness, Input
from tests.fuzz.reading import LIMITS, Cells, cells_of, failure_of, outcome, read, small_blocks

DELIMITERS = (None, None, None, None, ",", ";", "\t", "|", " ", "||", "é", "::")
DIALECTS = (
    Dialect(), Dialect(";"), Dialect("\t"), Dialect(" "), Dialect(",", "'"), Dialect(",", None),
    Dialect(",", '"', "\\"), Dialect(",", '"', spaced_quotes=True), Dialect("|", None, "\\"),
)  # fmt: skip
TEXT_SEEDS = (
    b"id,name\n1,Ana\n2,Bob\n",
    b'id;"na""me"\r\n1;"a\r\nb"\r\n2; "x"\r\n',
    b"\xef\xbb\xbfa\tb\n1\t2\n\xef\xbb\xbf3\t4\n",
    b"a|b\r1|2\r3|4",
    "näme;größe\nJörg;1,5\n".encode("cp1252"),
    "名前,値\n田中,1\n".encode("cp932"),
    "id,name\n1,Ana\n".encode("utf-16"),
    "id,name\n1,Ana\n".encode("utf-32-be"),
    b"code  name      amount\n0001  Anna        1.50\n0002  Bob        12.00\n0003  Carl        3.25\n",
    "ReneÌ\x81,cafÃ©\n1,2\n".encode(),
)


def check_delimited(data: bytes) -> None:
    """Any text: the same table again, and with small blocks."""
    options = Input(data)
    delimiter, content = options.choose(DELIMITERS), options.rest()
    found = read(content, delimiter=delimiter)
    with small_blocks(8):
        again = read(content, delimiter=delimiter)
    assert _shown(found) == _shown(again)


def _shown(found: Any) -> Any:
    """What must not depend on where blocks end: the cells, and how the file was read."""
    return found if isinstance(found, str) else (found[1], found[0].description)


def check_dialect(data: bytes) -> None:
    """One dialect: the vectorized and the careful reader give one table, in blocks of any size, without a letter lost."""
    options = Input(data)
    dialect, width, size = options.choose(DIALECTS), options.number(5), options.choose((4, 16, 64))
    content = options.text().replace("\0", "").removeprefix("\ufeff").encode()
    whole = outcome(lambda: _parsed(content, dialect, width, strict=True))
    assert whole == outcome(lambda: _parsed(content, dialect, width, strict=False))
    with small_blocks(size):
        assert whole == outcome(lambda: _parsed(content, dialect, width, strict=True))
        assert whole == outcome(lambda: _parsed(content, dialect, width, strict=False))
    if isinstance(whole, list):
        kept = sorted(c for row in whole for cell in row for c in cell or "" if c.isalnum())
        assert kept == sorted(c for c in content.decode() if c.isalnum())


def _parsed(content: bytes, dialect: Dialect, width: int, *, strict: bool) -> Cells:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text"
        path.write_bytes(content)
        writer = ChunkWriter(Path(folder) / "cells", LIMITS)
        read_delimited(path, dialect, writer, expected_width=width, strict_allowed=strict)
        return cells_of(writer.finish("text", FileDescription("csv"), header=None))


def check_encoding(data: bytes) -> None:
    """Any bytes and encoding: UTF-8 with line ends, the same whatever the blocks, or a plain refusal."""
    options = Input(data)
    encoding, content = options.choose((None, None, *ENCODINGS)), options.rest()
    found = _prepared(content, encoding)
    with small_blocks(8, bytes_too=True):
        again = _prepared(content, encoding)
    if encoding is not None or (found[1:] == again[1:] and not {type(found), type(again)} & {str}):
        assert found == again
    if not isinstance(found, str) and encoding is None:
        text, name = found
        if name == "utf-8" and _is_utf8(content) and b"\0" not in content and b"\r" not in content:
            plain = content.decode("utf-8-sig")
            assert text.removeprefix("\ufeff") == plain.replace("\n\ufeff", "\n").removeprefix("\ufeff")


def _prepared(content: bytes, encoding: str | None) -> tuple[str, str] | str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "source"
        path.write_bytes(content)
        try:
            prepared = prepare_text(path, Path(folder), encoding=encoding)
        except ImportFailedError as error:
            return failure_of(error)
        text = prepared.path.read_bytes().decode() if prepared.encoding.invalid_bytes == 0 else ""
        assert "\0" not in text or prepared.path == path
        return text, prepared.encoding.name


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def check_json(data: bytes) -> None:
    """JSON and NDJSON: where the standard library reads a list of flat objects or lists, its values are the cells."""
    found = read(data, "data.json")
    expected = _flat_list(data)
    if expected is None or isinstance(found, str):
        return
    table, cells = found
    if table.description.format != "json" or table.kind != "json" or table.description.warnings:
        return
    keys = list(dict.fromkeys(key for row in expected if isinstance(row, dict) for key in row))
    rows = [[row.get(key) for key in keys] if isinstance(row, dict) else row for row in expected]
    assert (table.header or []) == keys
    for row, record in zip_longest(cells, rows):
        for cell, value in zip_longest(row, record):
            if value is None or isinstance(value, str):
                assert cell == (value or None)


def _flat_list(data: bytes) -> list[Any] | None:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    flat = isinstance(value, list) and bool(value) and type(value[0]) in {dict, list}
    return value if flat and len({type(row) for row in value}) == 1 else None


def check_markup(data: bytes) -> None:
    """XML and HTML: read twice alike."""
    assert _shown(read(data, "data.xml")) == _shown(read(data))


def check_parquet(data: bytes) -> None:
    """Parquet, mostly damaged: a table or a plain failure."""
    read(data, "data.parquet")


def check_archive(data: bytes) -> None:
    """Whatever the first bytes promise: packed files of every kind, and packed once more by ourselves."""
    options = Input(data)
    packing, content = options.number(4), options.rest()
    if packing == 1:
        content = gzip.compress(content, 1, mtime=0)
    elif packing == 2:
        content = _zipped({"data.csv": content})
    elif packing == 3:
        name, _, rest = content.partition(b"\n")
        content = _zipped({name.decode("latin-1"): rest, "__MACOSX/x": b""})
    read(content)


def _zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


def parquet_seeds() -> Iterator[bytes]:
    """Small files of many types, packed and not."""
    table = pa.table({
        "n": [1, None], "t": ["a", "b"], "b": [b"\xff", b"x"], "l": [[1], []], "d": pa.array([0, 1], pa.date32()),
        "s": [{"x": 1.5}, None], "m": pa.array([1, 2], pa.timestamp("ms", "UTC")),
    })  # fmt: skip
    for compression in ("none", "snappy"):
        buffer = io.BytesIO()
        pq.write_table(table, buffer, compression=compression, write_statistics=False)
        yield buffer.getvalue()
    buffer = io.BytesIO()
    pq.write_table(table.select(["t"]), buffer, compression="none", use_dictionary=False, store_schema=False)
    yield buffer.getvalue()


def archive_seeds() -> Iterator[bytes]:
    """Packed tables."""
    for data in TEXT_SEEDS[:3]:
        yield from (
            b"\0" + gzip.compress(data, mtime=0),
            b"\0" + _zipped({"a.csv": data}),
            b"\1" + data,
            b"\3a.csv\n" + data,
        )
    for method in (zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2):
        yield b"\0" + _zipped({"a.csv": TEXT_SEEDS[0]}, method)
    yield b"\2" + _zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})


HARNESSES = (
    Harness("delimited", "readers", check_delimited, lambda: (b"\0" + seed for seed in TEXT_SEEDS),
            (b'"', b'""', b"\r\n", b'","', b"||", b"\xef\xbb\xbf", b"\xff\xfe", b"'", b'\\"', b"; ")),
    Harness("dialect", "readers", check_dialect, lambda: (b"\0\3\0" + seed for seed in TEXT_SEEDS),
            (b'"', b'""', b"\r\n", b'","', b'"\n', b"\r", b"'", b'\\"', b', "')),
    Harness("encoding", "readers", check_encoding, lambda: (b"\0" + seed for seed in TEXT_SEEDS),
            (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff", b"\x1b$B", b"\x1b(B", b"\r", b"\xc3\x83\xc2\xa9")),
    Harness("json", "readers", check_json, lambda: (
        b'[{"a": 1, "b": "x"}, {"b": null, "c": [1, {"d": 2}]}]', b'[["a","b"],[1,true]]',
        b'{"a":1}\n{"a":2,"b":"\\ud83d\\ude00"}\n', b'{"total": 2, "data": [{"a": 1.50}, {"a": 1e400}]}',
        b'[{"a":"\\ud800"},{"a":"\\u0000"}]', '[{"ä":"x"}]'.encode("utf-16"),
    ), (b'{"', b'":', b"[[", b"}]", b"\\u", b"\\ud83d", b"null", b"true", b"1e5", b"-0.0", b'"},{"', b"NaN")),
    Harness("markup", "readers", check_markup, lambda: (
        b'<?xml version="1.0"?><r d="1"><o id="7"><n>M&amp;M</n><t>a</t><t>b</t></o><o id="8"><![CDATA[<x>]]></o></r>',
        b'<x:r xmlns:x="u"><x:a><x:b>1</x:b></x:a><x:a><x:b>2</x:b></x:a></x:r>',
        b"<!doctype html><table><tr><th>a<th>b<tr><td>1<td colspan=2 rowspan=2>2</table><table><tr><td>x</table>",
        b"<html><head><meta charset=latin1></head><table><thead><tr><td>n</td></tr></thead><tr><td>&eacute;&#x41;<br>x</td></tr></table>",
    ), (b"<table>", b"<tr>", b"<td>", b"</td>", b"<th", b"rowspan=", b"colspan='9'", b"<![CDATA[", b"]]>", b"<!DOCTYPE",
        b"<!ENTITY", b"&amp;", b"&#", b"<?xml", b"xmlns:x=", b"<script>", b"<!--", b"-->", b"encoding=")),
    Harness("parquet", "readers", check_parquet, parquet_seeds, (b"PAR1", b"PARE", b"ARROW:schema"), max_bytes=8192),
    Harness("archive", "readers", check_archive, archive_seeds, (b"PK\3\4", b"PK\1\2", b"PK\5\6", b"\x1f\x8b\x08")),
)  # fmt: skip
