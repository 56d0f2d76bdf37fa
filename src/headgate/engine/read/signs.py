"""Signs in a text that decide how it is read, all looked for in one go: whether it is UTF-8, and what else has to be looked for.

A sign of what is rare may be wrong, its absence is not: what has to be exact is counted where the sign was met.
"""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from headgate.late_patterns import late_pattern
from headgate.libraries import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


BLOCK = 256 << 10
"""How much is read at once of a file that is only looked through: it stays in the processor's cache meanwhile."""

_FEW_BYTES = 32 << 10
_LONGEST_SIGN = 5
_LF, _CR = ord("\n"), ord("\r")
_E, _PLUS = ord("E"), ord("+")
_LEAD, _FIRST_LEAD = 0xC3, 0xC2

ENCODED_TWICE = late_pattern(
    rb"\xc3[\x82-\xb4](?:\xc2[\x80-\xbf]|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xc6\x92|\xcb[\x86\x9c]|\xe2[\x80\x82\x84][\x80-\xbf])"
)
"""A character that was the lead of another before it was encoded twice, then one whose UTF-8 is that of a byte 0x80–0xBF."""

Bytes: TypeAlias = "NDArray[np.uint8]"


class TextSigns:
    """What was met in the text so far.

    `valid`: it is UTF-8. `ascii_only`: not one byte is above 127. `nuls`, `inner_boms`: it has some. `lone_crs`: perhaps there are carriage
    returns without a line feed. `encoded_twice`: perhaps characters were. `exponents`: perhaps numbers are in scientific notation.
    """

    def __init__(self) -> None:
        self.valid = True
        self.ascii_only = True
        self.nuls = False
        self.inner_boms = False
        self.lone_crs = False
        self.encoded_twice = False
        self.exponents = False

    @property
    def plain(self) -> bool:
        """Whether the text so far is UTF-8 without characters that must go."""
        return self.valid and not self.nuls and not self.inner_boms

    def look(self, text: bytes) -> None:
        """Look at the next part of the text: of whole lines, or of whole characters that begin with the end of the part before."""
        if not text:
            return
        if len(text) <= _FEW_BYTES:
            self._look_at_few(text)
            return
        data = np.frombuffer(text, np.uint8)
        self.nuls |= not data.min()
        if not text.isascii():
            self.ascii_only = False
            self.valid = self.valid and _is_utf8(text)
            # The first byte alone is found ten times as fast, and most texts have none.
            self.inner_boms |= codecs.BOM_UTF8[0] in text and codecs.BOM_UTF8 in text
        has_crs = b"\r" in text
        self.lone_crs |= text.endswith(b"\r")
        for start in range(0, len(data), BLOCK):
            self._look_closer(data[start : start + BLOCK + _LONGEST_SIGN], has_crs=has_crs)

    def _look_at_few(self, text: bytes) -> None:
        """The same for a text that is looked through sooner than NumPy and Arrow are loaded."""
        self.nuls |= 0 in text
        if not text.isascii():
            self.ascii_only = False
            self.valid = self.valid and _is_short_utf8(text)
            self.inner_boms |= codecs.BOM_UTF8 in text
            self.encoded_twice = self.encoded_twice or ENCODED_TWICE.search(text) is not None
        self.exponents |= b"E+" in text
        self.lone_crs |= text.endswith(b"\r") or text.count(b"\r") != text.count(b"\r\n")

    def _look_closer(self, piece: Bytes, *, has_crs: bool) -> None:
        if not self.exponents:
            self.exponents = bool(((piece[:-1] == _E) & (piece[1:] == _PLUS)).any())
        if not self.ascii_only and not self.encoded_twice:
            leads = (piece[:-2] == _LEAD) & (piece[2:] >= _FIRST_LEAD)
            self.encoded_twice = bool(leads.any()) and ENCODED_TWICE.search(piece.data) is not None
        if has_crs and not self.lone_crs:
            self.lone_crs = bool(((piece[:-1] == _CR) & (piece[1:] != _LF)).any())


def signs_of(path: Path, start: int = 0) -> TextSigns:
    """The signs in a file from the byte `start` on; of one that is no UTF-8, those up to there."""
    signs = TextSigns()
    held = b""
    with path.open("rb") as file:
        file.seek(start)
        while signs.valid and (block := file.read(BLOCK)):
            text = held + block
            end = text.rfind(b"\n") + 1
            if end:
                held = text[end:]
            else:
                end = _character(text, len(text) - 1)
                held = text[_character(text, end - _LONGEST_SIGN) :]
            signs.look(text[:end])
    signs.look(held)
    return signs


def _character(text: bytes, at: int) -> int:
    """Where the character of the byte `at` begins, if the text is UTF-8."""
    at = max(0, at)
    return next((begin for begin in range(at, max(0, at - 3), -1) if text[begin] & 0xC0 != 0x80), max(0, at - 3))


def _is_short_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_utf8(text: bytes) -> bool:
    import pyarrow as pa  # slow to load, and it lets other threads work while it looks

    ends = pa.py_buffer(np.array([0, len(text)], np.int64))
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(text)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True
