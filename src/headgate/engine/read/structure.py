"""Vectorized proof that a block of delimited text is regular, so that the strict reader may have it.

Regular means: a quote opens a field only at its very start, closes it only before a delimiter, a line end or the end of
the file, and is doubled inside (RFC 4180, with ragged rows allowed), and no CR stands
alone outside quotes. A field that runs over many lines is not called regular either, because that is what a forgotten
quote looks like.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LF, CR = 10, 13
SUSPICIOUS_LINES = 8
"""A quoted field with this many line ends in it goes to the careful reader."""

_BLOCK = 1 << 23


@dataclass(frozen=True)
class BlockStructure:
    """What a block of bytes that starts at a record's start holds.

    `ends` are the offsets just behind each complete record, `widths` their numbers of cells. `open_width` is the number
    of cells that the unfinished record at the end has so far, `in_quotes` whether the block ends inside quotes.
    """

    regular: bool
    ends: NDArray[np.int64]
    widths: NDArray[np.int64]
    has_quotes: bool
    in_quotes: bool
    open_width: int


def block_structure(block: bytes, delimiter: int, quote: int | None, *, final: bool) -> BlockStructure:
    """Look at a block that starts at a record's start. `final` says that the file ends with it."""
    data = np.frombuffer(block, np.uint8)
    positions = _positions_of(data, (delimiter, LF) if quote is None else (delimiter, LF, quote))
    kinds = data[positions]
    if quote is None:
        quotes, outside = positions[:0], np.ones(len(positions), bool)
    else:
        is_quote = kinds == quote
        quotes = positions[is_quote]
        parity = np.cumsum(is_quote, dtype=np.uint8) & 1
        outside = (parity == 0) & ~is_quote
    in_quotes = len(quotes) % 2 == 1
    ends_of_records = outside & (kinds == LF)
    ends = positions[ends_of_records] + 1
    marks_before = np.cumsum(outside, dtype=np.int64)[ends_of_records]
    open_width = int(outside.sum() - (marks_before[-1] if len(marks_before) else 0)) + 1
    if final and not in_quotes and len(data) > (ends[-1] if len(ends) else 0):
        ends = np.append(ends, len(data))
        marks_before = np.append(marks_before, (marks_before[-1] if len(marks_before) else 0) + open_width)
    regular = not (final and in_quotes) and not _has_lone_cr_outside(block, data, quotes)
    if regular and quote is not None and len(quotes):
        regular = _quotes_are_regular(data, quotes, delimiter, quote) and not _spans_many_lines(
            positions[kinds == LF], quotes
        )
    return BlockStructure(regular, ends, np.diff(marks_before, prepend=0), len(quotes) > 0, in_quotes, open_width)


def _positions_of(data: NDArray[np.uint8], values: tuple[int, ...]) -> NDArray[np.int64]:
    """The sorted positions of any of `values`, found block by block so that the masks stay small."""
    found = []
    for start in range(0, len(data), _BLOCK):
        piece = data[start : start + _BLOCK]
        mask = piece == values[0]
        for value in values[1:]:
            mask |= piece == value
        found.append(np.flatnonzero(mask) + start)
    return np.concatenate(found) if found else np.empty(0, np.int64)


def _has_lone_cr_outside(block: bytes, data: NDArray[np.uint8], quotes: NDArray[np.int64]) -> bool:
    """Whether a CR that is no line end stands outside quotes: the strict reader would drop it from a cell's end."""
    if block.count(b"\r") == block.count(b"\r\n"):
        return False
    positions = _positions_of(data, (CR,))
    alone = positions[(positions + 1 < len(data)) & (data[np.minimum(positions + 1, len(data) - 1)] != LF)]
    return bool((np.searchsorted(quotes, alone) % 2 == 0).any())


def _quotes_are_regular(data: NDArray[np.uint8], quotes: NDArray[np.int64], delimiter: int, quote: int) -> bool:
    opening, closing = quotes[0::2], quotes[1::2]
    before = data[opening - 1]
    starts_field = (before == delimiter) | (before == LF) | (opening == 0)
    # The second quote of a doubled pair counts as opening again right behind a closing one.
    doubled = np.zeros(len(opening), bool)
    doubled[1:] = opening[1:] == closing[: len(opening) - 1] + 1
    if not bool((starts_field | doubled).all()):
        return False
    last = len(data) - 1
    after = data[np.minimum(closing + 1, last)]
    after_cr = data[np.minimum(closing + 2, last)]
    ends_field = (after == delimiter) | (after == LF) | (after == quote)
    ends_field |= (after == CR) & ((after_cr == LF) | (closing + 2 > last))
    ends_field |= closing == last
    return bool(ends_field.all())


def _spans_many_lines(line_ends: NDArray[np.int64], quotes: NDArray[np.int64]) -> bool:
    opening, closing = quotes[0::2], quotes[1::2]
    opening = opening[: len(closing)]
    inside = np.searchsorted(line_ends, closing) - np.searchsorted(line_ends, opening)
    if len(inside) == 0:
        return False
    # A doubled quote splits a field into several spans: add them up from each true start.
    starts = np.ones(len(opening), bool)
    starts[1:] = opening[1:] != closing[:-1] + 1
    return bool((np.add.reduceat(inside, np.flatnonzero(starts)) >= SUSPICIOUS_LINES).any())
