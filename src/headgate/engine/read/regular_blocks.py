"""Blocks that are regular as they stand, which most are: proved with a bit a byte instead of the places of all marks.

A quote is inside or outside by how many stand before it. If every one that opens stands behind a delimiter, a line end or the
quote that it doubles, and every one that closes before one of these, then each field is what `quoted_fields` would make of it; where
any does not, or a field has so many lines that it may be a forgotten quote, that looks at the block anew.

The bits are taken 64 at a time, as simdjson does (Langdale and Lemire, "Parsing gigabytes of JSON per second", 2019).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from headgate.engine.read.quoted_fields import CR, LF, SUSPICIOUS_LINES, Positions
from headgate.libraries import numpy as np
from headgate.records import dataclass

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PIECE = 1 << 18
_ONE = 1
_LAST = 63

Words: TypeAlias = "NDArray[np.uint64]"


@dataclass(frozen=True)
class RegularRecords:
    """The complete records of a block, as `BlockStructure` has them."""

    ends: Positions
    widths: Positions
    open_width: int
    has_quotes: bool


def regular_records(block: bytes, delimiter: int, quote: int | None, *, final: bool) -> RegularRecords | None:
    """Look at a block of `whole_lines` that begins with a record; None where this cannot tell that it is regular, or where no
    record has its end in it."""
    data = np.frombuffer(block, np.uint8)
    delimiters, _ = _bits_of(data, delimiter)
    line_feeds, lines = _bits_of(data, LF)
    inside = np.zeros_like(delimiters)
    has_quotes = quote is not None and quote in block
    if quote is not None and has_quotes:
        quotes, _ = _bits_of(data, quote)
        inside = _inside(quotes)
        if not _closed_properly(data, delimiters | line_feeds | quotes, line_feeds, quotes, inside):
            return None
    open_at_end = bool(inside[-1] >> _LAST) if len(inside) else False
    if (final and open_at_end) or (b"\r" in block and _has_lone_cr(data, line_feeds, inside)):
        return None
    last_lines = np.flatnonzero(_bits_at(inside, lines) == 0)
    if not len(last_lines) or np.diff(last_lines, prepend=-1).max() > SUSPICIOUS_LINES:
        return None
    ends = lines[last_lines]
    delimiters &= ~inside
    counts = np.cumsum(np.bitwise_count(delimiters), dtype=np.int64)
    before = _before(delimiters, counts, ends)
    return RegularRecords(
        ends + 1,
        np.diff(before, prepend=0) + 1,
        int(counts[-1] - before[-1]) + 1 if open_at_end else 0,
        has_quotes,
    )


def _bits_of(data: NDArray[np.uint8], value: int) -> tuple[Words, Positions]:
    """Where the byte stands: as bits, and as positions if it is the line feed, of which there are few."""
    packed = np.zeros((len(data) + 63) // 64 * 8, np.uint8)
    found = []
    for start in range(0, len(data), _PIECE):
        mask = data[start : start + _PIECE] == value
        bits = np.packbits(mask, bitorder="little")
        packed[start // 8 : start // 8 + len(bits)] = bits
        if value == LF:
            found.append(np.flatnonzero(mask) + start)
    return packed.view("<u8"), np.concatenate(found) if found else np.empty(0, np.int64)


def _inside(quotes: Words) -> Words:
    """Where the number of quotes so far, the one that stands there included, is odd."""
    inside = quotes.copy()
    for step in (1, 2, 4, 8, 16, 32):
        inside ^= inside << np.uint64(step)
    odd = np.bitwise_xor.accumulate(inside >> _LAST)
    inside[1:] ^= np.negative(odd[:-1])
    return inside


def _behind(bits: Words) -> Words:
    """The bits of the byte before each."""
    moved = bits << np.uint64(1)
    moved[1:] |= bits[:-1] >> _LAST
    return moved


def _ahead(bits: Words) -> Words:
    """The bits of the byte behind each."""
    moved = bits >> np.uint64(1)
    moved[:-1] |= bits[1:] << _LAST
    return moved


def _closed_properly(data: NDArray[np.uint8], marks: Words, line_feeds: Words, quotes: Words, inside: Words) -> bool:
    """Whether all quotes open and close where they may."""
    behind = _behind(marks)
    behind[0] |= _ONE
    if (quotes & inside & ~behind).any():
        return False
    wrong = quotes & ~inside & ~_ahead(marks)
    if not wrong.any():
        return True
    # What may stand behind the last field of a line is CR and LF, too.
    carriage_returns, _ = _bits_of(data, CR)
    return not (wrong & ~_ahead(carriage_returns & _ahead(line_feeds))).any()


def _has_lone_cr(data: NDArray[np.uint8], line_feeds: Words, inside: Words) -> bool:
    """Whether a CR outside of quotes is no part of a line end."""
    carriage_returns, _ = _bits_of(data, CR)
    return bool((carriage_returns & ~_ahead(line_feeds) & ~inside).any())


def _bits_at(bits: Words, positions: Positions) -> Words:
    """The bit at each of the positions."""
    found: Words = (bits[positions >> 6] >> (positions & 63).astype(np.uint64)) & _ONE
    return found


def _before(bits: Words, counts: Positions, positions: Positions) -> Positions:
    """How many bits there are before each of the positions. `counts`: in each word and all before it."""
    words = positions >> 6
    lower = (_ONE << (positions & 63).astype(np.uint64)) - _ONE
    above = np.bitwise_count(bits[words] & ~lower)
    before: Positions = counts[words] - above
    return before
