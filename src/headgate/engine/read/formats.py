"""The formats that, in the order of trial. A new one is a module with a Format and a line here.

A format's module, and the libraries that it needs, are loaded for a file that may be of it by its first bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from headgate.engine.read.containers import OLE_MAGIC, ZIP_MAGICS
from headgate.engine.read.source import Format, Source
from headgate.records import dataclass

_BEFORE_MARKUP = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n\x0b\x0c"
"""Byte order marks, white space, and the zeros of UTF-16 and UTF-32."""


@dataclass(frozen=True)
class _Candidate:
    """Where a format is, and whether a file with these first bytes may be of it at all; the format itself knows for sure."""

    module: str
    name: str
    may_be: Callable[[bytes], bool]

    def load(self) -> Format:
        """The format, with its module."""
        found: Format = getattr(import_module(f"{__package__}.{self.module}"), self.name)
        return found


def _begins(*characters: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.lstrip(_BEFORE_MARKUP).startswith(characters)


_CANDIDATES = (
    _Candidate("workbook", "WORKBOOK", lambda head: head.startswith((*ZIP_MAGICS, OLE_MAGIC))),
    _Candidate("parquet_format", "PARQUET", lambda head: head.startswith(b"PAR")),
    _Candidate("html_format", "HTML", _begins(b"<")),
    _Candidate("xml_format", "XML", _begins(b"<")),
    _Candidate("json_format", "JSON", _begins(b"[", b"{")),
    _Candidate("delimited_format", "DELIMITED", bool),
)


def formats_of(source: Source) -> Iterator[Format]:
    """The formats that a file may be of, in the order in which they are to be asked."""
    for candidate in _CANDIDATES:
        if candidate.may_be(source.head):
            yield candidate.load()


def load_formats() -> None:
    """Load all of them: for a process that has the time before its first file comes."""
    for candidate in _CANDIDATES:
        candidate.load()
