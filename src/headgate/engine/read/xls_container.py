"""The container of an old workbook (XLS, [MS-CFB]): whether it is one that can be read, and whether it may have cells with errors."""

from __future__ import annotations

import io
import re
import struct
from array import array
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import olefile

from headgate.engine.errors import ImportFailedError
from headgate.engine.read.workbook_container import encrypted

_CODES = rb"[\x00\x07\x0f\x17\x1d\x24\x2a\x2b]"
# [MS-XLS] 2.4.24: BoolErr, any length, row, column, format, then the value and whether it is an error.
_CELL = re.compile(rb"(?s)\x05\x02.{8}" + _CODES + rb"\x01")
# [MS-XLS] 2.5.133: the value of a formula, 02 for an error, and FF FF at its end.
_FORMULA = re.compile(rb"(?s)\x02." + _CODES + rb".{3}\xff\xff")
_BEGIN, _END, _FILE_PASS = 0x0809, 0x000A, 0x002F
_XOR, _RC4 = 0, 1


class _Container(olefile.OleFileIO):  # type: ignore[misc]  # the library has no types
    """A container whose streams are looked at where they are, if their sectors stand one behind the other, as they mostly do: sector
    by sector takes longer than all that the workbook library does.

    `unsound`: something in it is not as it should be.
    """

    unsound = False

    def content(self, place: str | list[str]) -> memoryview:
        """The bytes of a stream, of which none is copied where they are in one piece. Raises as `openstream`."""
        entry = self.direntries[self._find(place)]
        is_stream = entry.entry_type == olefile.STGTY_STREAM and entry.size >= self.minisectorcutoff
        if is_stream and self._is_one_piece(entry.isectStart, -(-entry.size // self.sectorsize)):
            start = (entry.isectStart + 1) * self.sectorsize
            return memoryview(mmap(self.fp.fileno(), 0, access=ACCESS_READ))[start : start + entry.size]
        stream: io.BytesIO = self.openstream(place)
        return stream.getbuffer()

    def _is_one_piece(self, start: int, count: int) -> bool:
        end = start + count
        return (
            0 <= start < end <= len(self.fat)
            and (end + 1) * self.sectorsize <= self._filesize
            and self.fat[start : end - 1] == array(self.fat.typecode, range(start + 1, end))
        )

    def _raise_defect(
        self, defect_level: int, message: str, exception_type: Any = olefile.olefile.OleFileError
    ) -> None:
        self.unsound |= defect_level >= olefile.DEFECT_INCORRECT
        super()._raise_defect(defect_level, message, exception_type)


def check_xls(path: Path) -> bool:
    """Whether the workbook may have cells with errors such as `#REF!`, which another library tells: False only for a sound one
    without such a cell. Raises ImportFailedError for what an OLE2 file can be other than a readable workbook."""
    try:
        with _Container(path) as container:
            streams = {"/".join(entry).lower() for entry in container.listdir()}
            is_workbook = bool(streams & {"workbook", "book"})
            locked = _is_locked(container, streams, path) if is_workbook else "encryptedpackage" in streams
            may_have_errors = _may_have_errors(container) if is_workbook and not locked else True
    # Damaged files make the libraries raise anything from IndexError to struct.error.
    except Exception as error:
        raise ImportFailedError(
            "file_corrupt", "The workbook is damaged or incomplete. Open it in Excel, save it anew and send it again."
        ) from error
    if locked:
        raise encrypted()
    if not is_workbook:
        raise ImportFailedError(
            "file_format_unknown",
            "The file is an old Office document, but no workbook. "
            "Send CSV or other delimited text, Excel, ODS, JSON or NDJSON.",
        )
    return may_have_errors


def _is_locked(container: _Container, streams: set[str], path: Path) -> bool:
    plain = "workbook" in streams and not container.exists("EncryptionInfo") and not container.exists("WordDocument")
    if plain:
        return has_file_pass(container.content("Workbook"))
    # Here, because hardly any file is two documents at once, or older than these.
    import msoffcrypto

    with path.open("rb") as file:
        return bool(msoffcrypto.OfficeFile(file).is_encrypted())


def has_file_pass(stream: bytes | memoryview) -> bool:
    """Whether the workbook stream says that what follows is encrypted. Raises ValueError, struct.error where it is damaged."""
    kind, size = struct.unpack_from("<HH", stream)
    if kind != _BEGIN:
        raise ValueError("the stream does not begin as a workbook's")
    at = 4 + size
    while kind != _END:
        kind, size = struct.unpack_from("<HH", stream, at)
        if at + 4 + size > len(stream):
            raise ValueError("the stream ends within a record")
        if kind == _FILE_PASS:
            return struct.unpack_from("<H", stream, at + 4)[0] in (_XOR, _RC4)
        at += 4 + size
    return False


def _may_have_errors(container: _Container) -> bool:
    try:
        places = [place for place in container.listdir() if place[-1].lower() in ("workbook", "book")]
        streams = [container.content(place) for place in places]
    except Exception:  # as above
        return True
    return container.unsound or any(_CELL.search(stream) or _FORMULA.search(stream) for stream in streams)
