"""The encodings that a person may choose from, and a chosen one put to the proof on the whole file."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Any

from headgate.engine.errors import ImportFailedError
from headgate.engine.read.encoded_twice import NAME
from headgate.engine.read.encoding import Encoding, decodes, detect_encoding, is_single_byte
from headgate.engine.read.signs import signs_of

ENCODINGS: dict[str, str] = {
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252",
    "iso8859-1": "ISO-8859-1",
    "iso8859-15": "ISO-8859-15",
    "mac-roman": "Mac Roman",
    "cp850": "DOS 850",
    "cp437": "DOS 437",
    "cp1250": "Windows-1250",
    "iso8859-2": "ISO-8859-2",
    "cp852": "DOS 852",
    "cp1251": "Windows-1251",
    "koi8-r": "KOI8-R",
    "koi8-u": "KOI8-U",
    "iso8859-5": "ISO-8859-5",
    "cp866": "DOS 866",
    "cp1253": "Windows-1253",
    "iso8859-7": "ISO-8859-7",
    "cp1254": "Windows-1254",
    "iso8859-9": "ISO-8859-9",
    "cp1255": "Windows-1255",
    "iso8859-8": "ISO-8859-8",
    "cp1256": "Windows-1256",
    "iso8859-6": "ISO-8859-6",
    "cp1257": "Windows-1257",
    "iso8859-4": "ISO-8859-4",
    "iso8859-13": "ISO-8859-13",
    "cp1258": "Windows-1258",
    "cp874": "Windows-874",
    "cp932": "Shift_JIS",
    "euc_jp": "EUC-JP",
    "iso2022_jp": "ISO-2022-JP",
    "gb18030": "GB18030",
    "big5": "Big5",
    "cp949": "EUC-KR",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32-le": "UTF-32 LE",
    "utf-32-be": "UTF-32 BE",
    NAME: "UTF-8 (encoded twice)",
}
"""Python codec → the name that people know it by, the most usual first."""

_NOT_OF_SINGLE_BYTES = frozenset({"utf-8", NAME, "iso2022_jp"})
"""What a test of single bytes takes for an encoding of such: each of their bytes alone is a character, or none."""

_BOMS = {
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


def encoding_label(name: str) -> str:
    """The name that people know a codec by."""
    return ENCODINGS.get(name) or name.replace("_", "-").upper()


def chosen_encoding(path: Path, name: str) -> Encoding:
    """`name` for the file. What headgate would have taken stands among its `runners_up`.

    Raises ImportFailedError `file_encoding_unknown` when it is no text encoding, or cannot read some byte of the file.
    A codec of single bytes reads any file; bytes that it does not assign are warned of, as ever.
    """
    found = _detected(path)
    own: list[dict[str, Any]] = []
    if found is not None:
        own = [{"encoding": found.name, "score": found.confidence}, *found.runners_up]
    codec = codec_of(name)
    if codec is None or codec not in {*ENCODINGS, *(codec_of(other["encoding"]) for other in own)}:
        raise ImportFailedError(
            "file_encoding_unknown",
            f"{name!r} is no text encoding that can be read. Choose one of the list.",
            encoding=name,
        )
    if found is not None and found.name == codec:
        return found
    bom = _bom(path, codec)
    if (codec in _NOT_OF_SINGLE_BYTES or not is_single_byte(codec)) and not decodes(path, codec, start=bom):
        raise ImportFailedError(
            "file_encoding_unknown",
            f"The file cannot be read as {encoding_label(codec)}: some of its bytes are no characters in it. "
            "Choose another encoding.",
            encoding=codec,
        )
    others = [other for other in own if codec_of(other["encoding"]) != codec]
    signs = signs_of(path, bom) if codec == "utf-8" else None
    return Encoding(codec, bom_bytes=bom, runners_up=others, signs=signs)


def codec_of(name: str) -> str | None:
    """Python's own name of an encoding; None when it knows none of that name."""
    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):  # a NUL in the name is a ValueError
        return None


def _detected(path: Path) -> Encoding | None:
    try:
        return detect_encoding(path)
    except ImportFailedError:
        return None


def _bom(path: Path, codec: str) -> int:
    bom = _BOMS.get(codec, b"")
    with path.open("rb") as file:
        return len(bom) if bom and file.read(len(bom)) == bom else 0
