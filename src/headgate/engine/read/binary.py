"""Names the files that are no tables, so that the message can say what was sent instead."""

from __future__ import annotations

from headgate.engine.errors import ImportFailedError
from headgate.engine.read.source import Source

_MAGICS: tuple[tuple[bytes, int, str], ...] = (
    (b"%PDF-", 0, "a PDF document"),
    (b"\xff\xd8\xff", 0, "a JPEG image"),
    (b"\x89PNG\r\n", 0, "a PNG image"),
    (b"GIF87a", 0, "a GIF image"),
    (b"GIF89a", 0, "a GIF image"),
    (b"II*\0", 0, "a TIFF image"),
    (b"MM\0*", 0, "a TIFF image"),
    (b"ftyp", 4, "a video or HEIC image"),
    (b"RIFF", 0, "a media file"),
    (b"{\\rtf", 0, "an RTF document"),
    (b"Rar!", 0, "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", 0, "a 7-Zip archive"),
    (b"BZh", 0, "a bzip2 archive"),
    (b"\xfd7zXZ\0", 0, "an xz archive"),
    (b"\x28\xb5\x2f\xfd", 0, "a Zstandard archive"),
    (b"ustar", 257, "a tar archive"),
    (b"SQLite format 3\0", 0, "an SQLite database"),
    (b"ARROW1\0", 0, "an Arrow file"),
    (b"\x7fELF", 0, "a program"),
    (b"MZ\x90", 0, "a program"),
)
_OFFICE = (("word/document.xml", "a Word document"), ("ppt/presentation.xml", "a PowerPoint presentation"))
_TEXT_CONTROLS = (0, 9, 10, 11, 12, 13, 26, 27, 28, 29, 30, 31)
_CONTROLS = bytes(set(range(32)).difference(_TEXT_CONTROLS))
_MAX_CONTROL_SHARE = 0.02
_MAX_NUL_SHARE = 0.3


def refuse_known_binary(source: Source) -> None:
    """Raise ImportFailedError `file_format_unknown` for a file whose first bytes name another format."""
    head = source.head
    for magic, offset, name in _MAGICS:
        if head.startswith(magic, offset) and not (magic.isascii() and magic.isalnum() and _is_text(head)):
            raise _unknown(name)
    for member, name in _OFFICE:
        if member in source.member_names:
            raise _unknown(name)


def refuse_binary(source: Source, *, wide: bool) -> None:
    """Raise ImportFailedError `file_format_unknown` when the head is no text. `wide` texts are UTF-16 or UTF-32."""
    if wide or _is_text(source.head):
        return
    raise _unknown("not text")


def _is_text(head: bytes) -> bool:
    controls = len(head) - len(head.translate(None, _CONTROLS))
    size = max(1, len(head))
    return controls <= max(8, _MAX_CONTROL_SHARE * size) and head.count(0) <= max(2, _MAX_NUL_SHARE * size)


def _unknown(found: str) -> ImportFailedError:
    return ImportFailedError(
        "file_format_unknown",
        f"The file is {found}, which cannot be read as a table. Send CSV or other delimited text, "
        "Excel (XLSX, XLSM, XLSB, XLS), ODS, JSON, NDJSON, XML, an HTML table or Parquet.",
    )
