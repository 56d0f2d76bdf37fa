"""Which quotes of a block open and close fields: the rules of the careful reader (`records`), for all fields at once.

A field that begins with a quote ends at the first quote behind it that is not one of a doubled pair, if a delimiter, a line end or
the end of the file follows there. If not, it ends at the first quote on its line that such a thing follows, and is broken; and
where there is none either, its quotes are text. What a field is depends on nothing before it, so fields are looked at
wherever one could begin; those that begin inside of another are left out afterwards.

Separators are delimiters and line feeds, wherever they stand; number n of them ends the field that begins behind number n-1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, AnyStr, TypeAlias

from headgate.libraries import numpy as np
from headgate.records import dataclass

if TYPE_CHECKING:
    from numpy.typing import NDArray

LF, CR = 10, 13
SUSPICIOUS_LINES = 8
"""A quoted field with this many line ends in it may be a forgotten quote: its lines are looked at."""

_SWALLOWED_SHARE = 0.9
_BLOCK = 1 << 18
_NEVER = 1 << 62

Positions: TypeAlias = "NDArray[np.int64]"
Flags: TypeAlias = "NDArray[np.bool_]"


@dataclass(frozen=True)
class Marks:
    """Where delimiters, line feeds and quotes stand in a block.

    `separators` counts those before each quote. Runs are quotes side by side: `starts` and `ends` are offsets of their first and last,
    `before` the separators before them, `closing` whether what may stand behind a field's end follows.
    """

    data: NDArray[np.uint8]
    positions: Positions
    line_feeds: Positions
    line_feed_separators: Positions
    quotes: Positions
    starts: Positions
    ends: Positions
    before: Positions
    closing: Flags

    @property
    def lengths(self) -> Positions:
        """How many quotes each run has."""
        return self.ends - self.starts + 1


@dataclass(frozen=True)
class QuotedFields:
    """Fields that begin with a quote, in their order, none inside of another.

    `opening` and `closing` are runs of quotes; `closing` is -1 where the quotes are text. `first` and `last` are the separators that
    end the field: the one that would if it had no quotes, and the one that does. `broken`: not closed as it should be.
    """

    opening: Positions
    closing: Positions
    first: Positions
    last: Positions
    broken: Flags
    unfinished: int | None
    """The offset of a field whose end is not in the block."""

    def taken(self, which: Flags) -> QuotedFields:
        """Some of them."""
        return QuotedFields(
            self.opening[which],
            self.closing[which],
            self.first[which],
            self.last[which],
            self.broken[which],
            self.unfinished,
        )


def positions_of(data: NDArray[np.uint8], values: tuple[int, ...]) -> Positions:
    """The sorted positions of any of `values`, found piece by piece so that the masks stay in the processor's cache."""
    found = []
    for start in range(0, len(data), _BLOCK):
        piece = data[start : start + _BLOCK]
        mask = piece == values[0]
        for value in values[1:]:
            mask |= piece == value
        here = np.flatnonzero(mask)
        here += start
        found.append(here)
    return np.concatenate(found) if found else np.empty(0, np.int64)


def marks_of(block: bytes, delimiter: int, quote: int | None) -> Marks:
    """Find the marks of a block."""
    data = np.frombuffer(block, np.uint8)
    positions = positions_of(data, (delimiter, LF) if quote is None else (delimiter, LF, quote))
    kinds = data[positions]
    line_feeds = np.flatnonzero(kinds == LF)
    if quote is None or quote not in block:
        none = np.empty(0, np.int64)
        return Marks(data, positions, positions[line_feeds], line_feeds, none, none, none, none, none.astype(bool))
    at = np.flatnonzero(kinds == quote)
    quotes = positions[at]
    begins = np.ones(len(quotes), bool)
    begins[1:] = quotes[1:] != quotes[:-1] + 1
    runs = np.flatnonzero(begins)
    ends = quotes[np.append(runs[1:], len(quotes)) - 1]
    return Marks(
        data,
        positions,
        positions[line_feeds],
        line_feeds - np.searchsorted(at, line_feeds),
        quotes,
        quotes[runs],
        ends,
        at[runs] - runs,
        _may_close(data, ends, delimiter),
    )


def _may_close(data: NDArray[np.uint8], ends: Positions, delimiter: int) -> Flags:
    after = data[ends + 1]
    closing: Flags = (after == delimiter) | (after == LF)
    before_cr = np.flatnonzero(after == CR)
    closing[before_cr] = data[ends[before_cr] + 2] == LF
    return closing


def quoted_fields(block: bytes, marks: Marks, delimiter: int, *, width: int, final: bool) -> QuotedFields:
    """The fields of a block that begins with a record and ends with a line feed.

    `width`: the usual number of cells; `final`: the file ends with the block.
    """
    before = marks.data[marks.starts - 1]
    opening = np.flatnonzero((before == delimiter) | (before == LF) | (marks.starts == 0))
    closing, good = _closed(marks, opening)
    endless = closing < 0
    good &= ~_swallowing(block, marks, opening, closing, good, delimiter, width)
    closing[~good] = _closed_on_their_lines(marks, opening[~good])
    first = marks.before[opening]
    last = np.where(closing >= 0, marks.before[closing], first)
    if not final:
        last[endless] = _NEVER
    outside = _outside_of_others(first, last)
    unfinished = None
    if len(last) and (last == _NEVER).any():
        at = int(np.argmax(last))
        if outside is None or outside[at]:
            unfinished = int(marks.starts[opening[at]])
            outside = np.ones(len(first), bool) if outside is None else outside
            outside[at:] = False
    every = QuotedFields(opening, closing, first, last, ~good, unfinished)
    return every if outside is None else every.taken(outside)


def _closed(marks: Marks, opening: Positions) -> tuple[Positions, Flags]:
    """The run that holds the first quote behind each opening one that is not of a pair (-1: none); whether it may close the field."""
    odd = marks.lengths & 1
    odd_runs = np.append(np.flatnonzero(odd), -1)
    # An even run closes the field that it opens: pairs follow its first quote, then one is left.
    closing = np.where(odd[opening] == 1, odd_runs[np.minimum(np.cumsum(odd)[opening], len(odd_runs) - 1)], opening)
    return closing, (closing >= 0) & marks.closing[closing]


def _swallowing(
    block: bytes, marks: Marks, opening: Positions, closing: Positions, good: Flags, delimiter: int, width: int
) -> Flags:
    """Fields of many lines that rather are a forgotten quote: their inner lines look like whole records."""
    swallowing = np.zeros(len(opening), bool)
    if width < 2:
        return swallowing
    long = np.flatnonzero(good & (marks.before[closing] - marks.before[opening] >= SUSPICIOUS_LINES))
    for at in long.tolist():
        content = block[int(marks.starts[opening[at]]) + 1 : int(marks.ends[closing[at]])]
        swallowing[at] = swallows_records(content, bytes((delimiter,)), width)
    return swallowing


def swallows_records(content: AnyStr, delimiter: AnyStr, width: int) -> bool:
    """Whether the inner lines of a quoted field look like whole records of `width` cells."""
    line_feed = b"\n" if isinstance(content, bytes) else "\n"
    if width < 2 or content.count(line_feed) < SUSPICIOUS_LINES:
        return False
    lines = content.split(line_feed)[1:-1]
    return sum(line.count(delimiter) == width - 1 for line in lines) >= _SWALLOWED_SHARE * len(lines)


def _closed_on_their_lines(marks: Marks, opening: Positions) -> Positions:
    """The first run behind each opening quote, on its line, that may close the field; -1 where there is none."""
    closing = np.append(np.flatnonzero(marks.closing), -1)
    # The opening run itself may, if it has a second quote.
    itself = marks.closing[opening] & (marks.lengths[opening] > 1)
    behind = np.cumsum(marks.closing)[opening]
    found = np.where(itself, opening, closing[np.minimum(behind, len(closing) - 1)])
    lines = np.searchsorted(marks.line_feeds, marks.starts[opening])
    same = lines == np.searchsorted(marks.line_feeds, marks.starts[found])
    return np.where((found >= 0) & same, found, -1)


def _outside_of_others(first: Positions, last: Positions) -> Flags | None:
    """Which fields do not begin inside of one before them; None for all of them."""
    if len(first) < 2:
        return None
    reach = np.maximum.accumulate(last)
    doubtful = np.flatnonzero(first[1:] <= reach[:-1]) + 1
    if not len(doubtful):
        return None
    outside = np.ones(len(first), bool)
    end, previous = -1, -2
    for at in doubtful.tolist():
        # What reaches farther than all before it and is not doubtful itself, surely is a field.
        if at != previous + 1:
            end = int(last[at - 1])
        outside[at] = int(first[at]) > end
        if outside[at]:
            end = int(last[at])
        previous = at
    return outside
