"""The text of XML and HTML files: the encoding that they declare goes before what the bytes look like."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path
from typing import Any

from headgate.engine.errors import ImportFailedError
from headgate.engine.read.encoding import wide_encoding
from headgate.engine.read.source import Source
from headgate.engine.read.text import prepare_text
from headgate.records import dataclass

_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)|<meta[^>]{0,400}?charset\s*=\s*["']?([\w.:-]+)""", re.I
)
_DETECTED = ("utf-8", "ascii", "utf-16", "utf-32", "utf-16-le", "utf-16-be")
_BLOCK = 1 << 18
_NO_ENCODINGS = ("unicode-escape", "raw-unicode-escape", "punycode", "idna", "utf-7")
"""Codecs that Python knows beside encodings: they would turn plain ASCII into something else."""
# Browsers and the programs that write these names mean the superset.
_SUPERSETS = {"iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}


@dataclass(frozen=True)
class MarkupText:
    """A file's text, `encoding` as people write it, and what was changed on the way."""

    path: Path
    encoding: str
    warnings: list[dict[str, Any]] = field(default_factory=list)

    def blocks(self) -> Iterator[str]:
        """The text in pieces. Raises ImportFailedError `file_encoding_unknown`."""
        try:
            with self.path.open(
                encoding="utf-8-sig" if self.encoding == "utf-8" else self.encoding, newline=""
            ) as file:
                while block := file.read(_BLOCK):
                    yield block
        except UnicodeError as error:
            raise ImportFailedError(
                "file_encoding_unknown",
                f"The file declares the encoding {self.encoding.upper()}, but is not valid in it. "
                "Save it as UTF-8 and send it again.",
            ) from error


def markup_text(source: Source) -> MarkupText:
    """The text of the source. Raises ImportFailedError `file_encoding_unknown`."""
    declared = _declared(source.head)
    if declared is not None:
        return MarkupText(source.path, declared)
    text = prepare_text(source.path, source.workdir)
    if text.path == source.path:
        return MarkupText(text.path, "utf-8")
    # Rewritten as UTF-8; the name tells what it was.
    return _Rewritten(text.path, text.encoding.name, list(text.warnings))


class _Rewritten(MarkupText):
    """A copy in UTF-8 of a file in another encoding."""

    def blocks(self) -> Iterator[str]:
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            while block := file.read(_BLOCK):
                yield block


def _declared(head: bytes) -> str | None:
    """The declared encoding; None where there is none, or where the bytes are to be looked at anyway."""
    if wide_encoding(head) is not None or head.startswith(codecs.BOM_UTF8):
        return None
    found = _DECLARED.search(head[:8192])
    if found is None:
        return None
    try:
        name = codecs.lookup((found[1] or found[2]).decode("ascii")).name
        "".encode(name)
    except (LookupError, UnicodeError):
        return None
    return None if name in _DETECTED or name in _NO_ENCODINGS else _SUPERSETS.get(name, name)
