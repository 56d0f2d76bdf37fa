"""Workbooks of formats that no maintained library writes as fast as they are read: ODS and the old XLS.

Both hold what the readers meet in files of LibreOffice and Excel; nothing but cells, so that reading is what is measured.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

Cell = str | float

_ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3" '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    "<office:body><office:spreadsheet><table:table table:name={}>"
)
_ODS_TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"
_ODS_MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'

XLS_ROWS = 65_536
_SECTOR = 4096
_FREE, _END_OF_CHAIN, _FAT_SECTOR, _NO_STREAM = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def write_ods(path: Path, name: str, rows: Iterable[Sequence[Cell]]) -> None:
    """Write one sheet. Lines of a text are paragraphs of its cell."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _ODS_MANIFEST)
        with archive.open("content.xml", "w", force_zip64=True) as content:
            content.write(_ODS_HEAD.format(f'"{escape(name)}"').encode())
            for row in rows:
                content.write(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>".encode())
            content.write(_ODS_TAIL.encode())


def _ods_cell(cell: Cell) -> str:
    if cell == "":
        return "<table:table-cell/>"
    kind = f'"float" office:value="{cell}"' if isinstance(cell, float) else '"string"'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(cell).split("\n"))
    return f"<table:table-cell office:value-type={kind}>{lines}</table:table-cell>"


def write_xls(path: Path, name: str, rows: Sequence[Sequence[Cell]]) -> None:
    """Write one sheet of at most XLS_ROWS rows as BIFF8 ([MS-XLS]) in a compound file."""
    if len(rows) > XLS_ROWS:
        raise ValueError(f"an XLS sheet has {XLS_ROWS:,} rows at most, not {len(rows):,}")
    encoded = name.encode("latin-1")
    begin = _begin_of_part(0x0005) + _record(0x0042, struct.pack("<H", 1200))
    end = _record(0x000A, b"")
    here = len(begin) + len(_sheet_entry(0, encoded)) + len(end)
    size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows), default=0), 0)
    sheet = [_begin_of_part(0x0010), _record(0x0200, size), *_xls_cells(rows), end]
    path.write_bytes(_compound_file(b"".join([begin, _sheet_entry(here, encoded), end, *sheet])))


def _xls_cells(rows: Sequence[Sequence[Cell]]) -> Iterator[bytes]:
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            place = struct.pack("<HHH", at, column, 0)
            if isinstance(cell, float):
                yield _record(0x0203, place + struct.pack("<d", cell))
            elif cell:
                yield _record(0x0204, place + _xls_text(cell))


def _xls_text(text: str) -> bytes:
    wide = any(ord(letter) > 0xFF for letter in text)
    encoded = text.encode("utf-16-le" if wide else "latin-1")
    return struct.pack("<HB", len(encoded) // 2 if wide else len(encoded), wide) + encoded


def _begin_of_part(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 1997, 0, 6))


def _sheet_entry(place: int, name: bytes) -> bytes:
    return _record(0x0085, struct.pack("<IBBBB", place, 0, 0, len(name), 0) + name)


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _compound_file(stream: bytes) -> bytes:
    """The stream `Workbook` in a compound file of version 4 ([MS-CFB]): the stream, the directory, the sector of small streams
    (there are none, but readers expect it), the table of sectors.
    """
    stream += bytes(-len(stream) % _SECTOR)
    taken = len(stream) // _SECTOR
    others = taken + 2
    tables = 1
    while tables * _SECTOR // 4 < others + tables:
        tables += 1
    chain = [*range(1, taken), _END_OF_CHAIN, _END_OF_CHAIN, _END_OF_CHAIN, *[_FAT_SECTOR] * tables]
    chain += [_FREE] * (tables * _SECTOR // 4 - len(chain))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"), 0x3E, 4, 0xFFFE, 12, 6,
        1, tables, taken, 0, 4096, _END_OF_CHAIN, 0, _END_OF_CHAIN, 0,
    )  # fmt: skip
    header += struct.pack("<109I", *range(others, others + tables), *[_FREE] * (109 - tables))
    directory = _entry("Root Entry", 5, 1, taken + 1, 64) + _entry("Workbook", 2, _NO_STREAM, 0, len(stream))
    sectors = [part.ljust(_SECTOR, b"\0") for part in (header, stream, directory, b"")]
    return b"".join([*sectors, struct.pack(f"<{len(chain)}I", *chain)])


def _entry(name: str, kind: int, child: int, place: int, size: int) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<III", _NO_STREAM, _NO_STREAM, child)
    return (
        letters.ljust(64, b"\0")
        + struct.pack("<HBB", len(letters), kind, 1)
        + links
        + struct.pack("<36xIQ", place, size)
    )
