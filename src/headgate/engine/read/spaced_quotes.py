"""Text with blanks between quotes and delimiters (`"a", "b"`) → the same records without them, which the strict reader reads."""

from __future__ import annotations

from headgate.engine.read.dialect import Dialect
from headgate.engine.read.quoted_fields import CR, LF
from headgate.libraries import numpy as np

_BLANK = ord(" ")


def without_blanks(block: bytes, dialect: Dialect) -> bytes:
    """A block that begins with a record and ends with a line feed, without blanks around the quotes that open and close fields.

    Where quotes are broken what comes out is not regular either: `structure` finds that.
    """
    delimiter, quote = ord(dialect.delimiter), ord(dialect.quote or '"')
    data = np.frombuffer(block, np.uint8)
    quotes = data == quote
    inside = np.cumsum(quotes, dtype=np.uint8) & 1 == 1
    blanks = np.flatnonzero((data == _BLANK) & ~inside)
    if not len(blanks):
        return block
    begins = np.ones(len(blanks), bool)
    begins[1:] = blanks[1:] != blanks[:-1] + 1
    first = np.flatnonzero(begins)
    starts, ends = blanks[first], blanks[np.append(first[1:], len(blanks)) - 1] + 1
    before = np.where(starts > 0, data[starts - 1], LF)
    after = data[ends]
    line_ends = (after == LF) | ((after == CR) & (data[np.minimum(ends + 1, len(data) - 1)] == LF))
    opening = ((before == delimiter) | (before == LF)) & (after == quote)
    closing = (before == quote) & ((after == delimiter) | line_ends)
    kept = np.ones(len(data), bool)
    goes = np.repeat(opening | closing, np.diff(np.append(first, len(blanks))))
    kept[blanks[goes]] = False
    return data[kept].tobytes()


def behind_lines(block: bytes, lines: int) -> int:
    """The offset behind so many line feeds."""
    return int(np.flatnonzero(np.frombuffer(block, np.uint8) == LF)[lines - 1]) + 1
