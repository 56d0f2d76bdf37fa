"""UTF-8 that was once read as Windows-1252 and written as UTF-8 again: `MÃ¼ller` for `Müller`.

Such text is valid, so it is never changed by itself: it is counted, and the codec `utf-8-twice` offered, which undoes it wherever
a run of characters proves to be UTF-8.
"""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Any

from headgate.engine.read.encoding import lines_of
from headgate.engine.read.signs import ENCODED_TWICE
from headgate.late_patterns import late_pattern

NAME = "utf-8-twice"
_MOST_COUNTED = 1_000_000

_HIGH = "".join(dict.fromkeys(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0)))
_LEADS = "".join(chr(byte) for byte in range(0xC2, 0xF5))
_RUN = late_pattern(f"[{_LEADS}][{_HIGH}]+")
_TAIL = late_pattern(rf"[{_LEADS}{_HIGH}]*\Z")
_LONGEST_TAIL = 64
_LONGEST_LINE = 4 << 20


def count_encoded_twice(path: Path, bom_bytes: int) -> int:
    """How many characters of a UTF-8 file look as if they had been encoded twice."""
    count = 0
    for lines in lines_of(path, bom_bytes, longest=_LONGEST_LINE):  # no run goes past its line
        if ENCODED_TWICE.search(lines) is not None:
            text = lines.decode("utf-8", "ignore")
            count += sum(_undone(found.group()) is not None for found in _RUN.finditer(text))
            if count > _MOST_COUNTED:
                break
    return count


def _undone(run: str) -> str | None:
    """What a run of characters was before it was encoded twice; None when it is none such."""
    raw = bytearray()
    for character in run:
        try:
            raw += character.encode("cp1252")
        except UnicodeEncodeError:
            if ord(character) > 0xFF:
                return None
            raw.append(ord(character))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _repaired(text: str) -> str:
    return _RUN.sub(lambda found: _undone(found.group()) or found.group(), text)


class _Decoder(codecs.IncrementalDecoder):
    """UTF-8, then the runs undone; a run at a block's end waits for the next."""

    def __init__(self, errors: str = "strict") -> None:
        super().__init__(errors)
        self._utf8 = codecs.getincrementaldecoder("utf-8")(errors)
        self._held = ""

    def decode(self, data: Any, final: bool = False) -> str:
        """The text of the next bytes."""
        text = self._held + self._utf8.decode(data, final)
        tail = _TAIL.search(text[-_LONGEST_TAIL:])
        kept = 0 if final or tail is None else len(tail.group())
        self._held = text[len(text) - kept :]
        return _repaired(text[: len(text) - kept])

    def reset(self) -> None:
        """Forget what was held back."""
        self._utf8.reset()
        self._held = ""


def _decode(data: Any, errors: str = "strict") -> tuple[str, int]:
    return _repaired(bytes(data).decode("utf-8", errors)), len(data)


def _found(name: str) -> codecs.CodecInfo | None:
    if name.replace("_", "-") != NAME:
        return None
    return codecs.CodecInfo(codecs.utf_8_encode, _decode, incrementaldecoder=_Decoder, name=NAME)


codecs.register(_found)
