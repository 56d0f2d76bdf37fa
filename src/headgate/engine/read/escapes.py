"""Text whose quotes and delimiters are escaped by backslashes → the same records as regular text, which the strict reader reads.

What is escaped decides nothing about where cells end: `structure` looks at a copy of the block in which it is letters.
"""

from __future__ import annotations

from dataclasses import replace

from headgate.engine.read.dialect import Dialect
from headgate.engine.read.quoted_fields import CR, LF, Flags, Positions
from headgate.engine.read.structure import BlockStructure
from headgate.libraries import numpy as np

_BACKSLASH, _LETTER = ord("\\"), ord("x")
_SPARE_QUOTE = '"'


def escapes_of(block: bytes, dialect: Dialect) -> Positions:
    """The offsets of the backslashes that escape the delimiter, quote or backslash behind them; all others are text."""
    data = np.frombuffer(block, np.uint8)
    at = np.flatnonzero(data == _BACKSLASH)
    numbers = np.arange(len(at))
    begins = np.ones(len(at), bool)
    begins[1:] = at[1:] != at[:-1] + 1
    # Of backslashes side by side every second one is escaped by the one before it.
    escaping = at[(numbers - np.maximum.accumulate(np.where(begins, numbers, 0))) % 2 == 0]
    escaping = escaping[escaping + 1 < len(data)]
    escaped = data[escaping + 1]
    special = (escaped == ord(dialect.delimiter)) | (escaped == _BACKSLASH)
    if dialect.quote is not None:
        special |= escaped == ord(dialect.quote)
    found: Positions = escaping[special]
    return found


def without_escapes(block: bytes, escapes: Positions) -> bytes:
    """A copy of the same length in which all that is escaped is letters."""
    if not len(escapes):
        return block
    data = np.frombuffer(block, np.uint8).copy()
    data[escapes] = _LETTER
    data[escapes + 1] = _LETTER
    return data.tobytes()


def as_regular(
    block: bytes, escapes: Positions, structure: BlockStructure, dialect: Dialect
) -> tuple[bytes, Dialect] | None:
    """The complete records as regular text, and its dialect. `structure` is that of `without_escapes`, and regular.

    Escaped quotes are doubled, and fields without quotes that hold what is escaped get some; other escapes go. None where quotes are
    plain text in this dialect and stand in the block, so that none can be put in.
    """
    end = int(structure.ends[-1])
    escapes = escapes[: np.searchsorted(escapes, end)]
    regular = replace(dialect, escape=None)
    if not len(escapes):
        return block[:end], regular
    data = np.frombuffer(block, np.uint8)[:end].copy()
    escaped = data[escapes + 1]
    quote = dialect.quote or _SPARE_QUOTE
    bare = escapes[(escaped != _BACKSLASH) & ~_is_quoted(structure, escapes)]
    if len(bare):
        if dialect.quote is None and quote.encode() in block:
            return None
        regular = replace(regular, quote=quote)
    doubled = escaped == ord(quote)
    data[escapes[doubled]] = ord(quote)
    dropped = np.zeros(end, bool)
    dropped[escapes[~doubled]] = True
    if len(bare):
        edges = _edges(structure, bare)
        data, dropped = np.insert(data, edges, ord(quote)), np.insert(dropped, edges, False)
    return data[~dropped].tobytes(), regular


def _is_quoted(structure: BlockStructure, positions: Positions) -> Flags:
    """Whether each stands between the quotes of a field."""
    fields, marks = structure.fields, structure.marks
    closed = np.concatenate(([-1], marks.ends[fields.closing]))
    inside: Flags = positions < closed[np.searchsorted(marks.starts[fields.opening], positions)]
    return inside


def _edges(structure: BlockStructure, positions: Positions) -> Positions:
    """Where the fields without quotes begin and end in which the positions are, sorted."""
    data, marks = structure.marks.data, structure.marks.positions
    separators = marks[data[marks] != data[structure.marks.starts[0]]] if structure.has_quotes else marks
    fields = np.unique(np.searchsorted(separators, positions))
    starts = np.concatenate(([-1], separators))[fields] + 1
    ends = separators[fields]
    ends -= (data[ends] == LF) & (data[ends - 1] == CR)
    return np.sort(np.concatenate((starts, ends)))
