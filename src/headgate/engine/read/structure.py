"""What a block of delimited text consists of: its records, and whether all of them are regular, found for the whole block at once.

Regular means: a quote opens a field only at its very start, closes it only before a delimiter, a line end or the end of
the file, and is doubled inside (RFC 4180, with ragged rows allowed), and no CR stands alone outside quotes. Such a block goes to the
strict reader as it is. A field of many lines that rather looks like a forgotten quote is not regular either.
"""

from __future__ import annotations

from headgate.engine.read.quoted_fields import (
    CR,
    LF,
    Marks,
    Positions,
    QuotedFields,
    marks_of,
    positions_of,
    quoted_fields,
)
from headgate.libraries import numpy as np
from headgate.records import dataclass


@dataclass(frozen=True)
class BlockStructure:
    """What a block of bytes holds that starts at a record's start and ends with a line feed.

    `ends` are the offsets just behind each complete record, `last_lines` which of the line feeds that is, `widths` their numbers
    of cells. `open_width`: how many cells the unfinished record behind them has so far. `stray`: runs of quotes that are text.
    `lone_crs`: offsets of CRs outside quotes that are no line ends.
    """

    block: bytes
    marks: Marks
    fields: QuotedFields
    ends: Positions
    last_lines: Positions
    widths: Positions
    open_width: int
    stray: Positions
    lone_crs: Positions

    @property
    def regular(self) -> bool:
        """Whether the strict reader may have all complete records as they are."""
        return not len(self.stray) and not len(self.lone_crs) and not self.fields.broken.any()

    @property
    def has_quotes(self) -> bool:
        """Whether there is any quote, so that there may be empty texts."""
        return len(self.marks.starts) > 0

    @property
    def starts(self) -> Positions:
        """The offsets of the records."""
        return np.concatenate(([0], self.ends[:-1])) if len(self.ends) else self.ends


def whole_lines(block: bytes, *, final: bool) -> bytes:
    """The block up to its last line feed; all of it, with a line feed at its end, when the file ends with it."""
    if not final:
        return block[: block.rfind(b"\n") + 1]
    return block if block.endswith(b"\n") or not block else block + b"\n"


def block_structure(block: bytes, delimiter: int, quote: int | None, *, width: int = 0, final: bool) -> BlockStructure:
    """Look at a block of `whole_lines`. `width`: the usual number of cells."""
    marks = marks_of(block, delimiter, quote)
    fields = quoted_fields(block, marks, delimiter, width=width, final=final)
    limit = len(block) if fields.unfinished is None else fields.unfinished
    across = fields.last > fields.first
    opened, closed = marks.starts[fields.opening[across]], marks.ends[fields.closing[across]]
    line_feeds = marks.line_feeds
    if fields.unfinished is not None:
        line_feeds = line_feeds[: np.searchsorted(line_feeds, limit)]
    # Separators within the quotes of each field and of all before it; none before the first.
    within = np.concatenate(([0], np.cumsum(fields.last[across] - fields.first[across])))
    field_before = np.searchsorted(opened, line_feeds)
    outside = line_feeds >= np.concatenate(([0], closed))[field_before]
    last_lines = np.flatnonzero(outside)
    counts = marks.line_feed_separators[last_lines] + 1 - within[field_before[last_lines]]
    ends = line_feeds[last_lines] + 1
    open_width = 0
    if fields.unfinished is not None:
        before = marks.before[np.searchsorted(marks.starts, limit)] - within[np.searchsorted(opened, limit)]
        open_width = int(before - (counts[-1] if len(counts) else 0)) + 1
    return BlockStructure(
        block,
        marks,
        fields,
        ends,
        last_lines,
        np.diff(counts, prepend=0),
        open_width,
        _stray(marks, fields, limit),
        _lone_crs(block, marks, fields, limit),
    )


def _stray(marks: Marks, fields: QuotedFields, limit: int) -> Positions:
    """The runs of quotes that belong to no quoted field."""
    runs = len(marks.starts) if fields.unfinished is None else int(np.searchsorted(marks.starts, limit))
    quoted = fields.closing >= 0
    opening, closing = fields.opening[quoted], fields.closing[quoted]
    if int((closing - opening + 1).sum()) == runs:
        return np.empty(0, np.int64)
    change = np.zeros(len(marks.starts) + 1, np.int8)
    change[opening] += 1
    change[closing + 1] -= 1
    return np.flatnonzero(np.cumsum(change[:runs], dtype=np.int8) == 0)


def _lone_crs(block: bytes, marks: Marks, fields: QuotedFields, limit: int) -> Positions:
    """CRs that are no line end and stand outside quotes: the strict reader would drop them from a cell's end."""
    if b"\r" not in block or block.count(b"\r") == block.count(b"\r\n"):
        return np.empty(0, np.int64)
    positions = positions_of(marks.data[:limit], (CR,))
    alone = positions[marks.data[positions + 1] != LF]
    quoted = fields.closing >= 0
    opened, closed = marks.starts[fields.opening[quoted]], marks.ends[fields.closing[quoted]]
    outside: Positions = alone[alone > np.concatenate(([-1], closed))[np.searchsorted(opened, alone)]]
    return outside
