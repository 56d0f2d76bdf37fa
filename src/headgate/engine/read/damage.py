"""What is wrong in a block that is not regular, and which of its records may have another reading than the plain one.

The rules are those of `records`: nothing is decided here that it would decide otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

from headgate.engine.read.dialect import Dialect
from headgate.engine.read.mending import other_dialects
from headgate.engine.read.quoted_fields import CR, LF, Flags, Positions
from headgate.engine.read.structure import BlockStructure
from headgate.libraries import numpy as np
from headgate.records import dataclass

_BLANK = 32


@dataclass(frozen=True)
class Damage:
    """`quotes`: sorted offsets before which a quote must be put in to make all records regular, as they are read plainly.

    `doubtful`: numbers of the records that another reading may fit, `by_text`: those of them that may be in another dialect, so that
    it is their texts that decide. `broken`: of all others whose quotes are broken.
    """

    quotes: Positions
    doubtful: list[int]
    by_text: set[int]
    broken: list[int]


@dataclass(frozen=True)
class _Bare:
    """Cells without quotes around them in which quotes or CRs are text: their offsets."""

    starts: Positions
    ends: Positions


def damage_of(structure: BlockStructure, dialect: Dialect, width: int, *, may_be_other: bool) -> Damage:
    """`width`: the usual number of cells. `may_be_other`: records may be in another dialect than the block."""
    narrow = _narrow(structure, dialect, width) if may_be_other and width > 1 else []
    if structure.regular:
        return Damage(np.empty(0, np.int64), narrow, set(narrow), [])
    bare = _bare_cells(structure)
    quotes = np.concatenate(
        (bare.starts, bare.ends, *_runs_as_quotes(structure, structure.stray), *_undoubled(structure))
    )
    quotes.sort()
    fields = structure.fields
    broken = _records_with(structure, structure.marks.starts[fields.opening[fields.broken]])
    looks_broken = broken | _records_with(structure, _suspicious(structure, bare, ord(dialect.quote or "\0"), broken))
    doubtful = _other_pieces(structure, width, broken) & looks_broken
    by_text = np.zeros(len(doubtful), bool)
    if may_be_other and width > 1:
        by_text = looks_broken & _spaced(structure, dialect)
    by_text[narrow] = True
    doubtful |= by_text
    return Damage(
        quotes,
        np.flatnonzero(doubtful).tolist(),
        set(np.flatnonzero(by_text).tolist()),
        np.flatnonzero(broken & ~doubtful).tolist(),
    )


def _records_with(structure: BlockStructure, positions: Positions) -> Flags:
    """Which records stand at any of the offsets."""
    flags = np.zeros(len(structure.ends) + 1, bool)
    flags[np.searchsorted(structure.ends, positions, "right")] = True
    return flags[:-1]


def _bare_cells(structure: BlockStructure) -> _Bare:
    marks = structure.marks
    is_separator = marks.data[marks.positions] != marks.data[marks.starts[0]] if structure.has_quotes else None
    separators = marks.positions if is_separator is None else marks.positions[is_separator]
    cells = np.concatenate((marks.before[structure.stray], np.searchsorted(separators, structure.lone_crs)))
    cells.sort()
    cells = cells[np.diff(cells, prepend=-1) > 0]
    starts = np.where(cells > 0, separators[cells - 1] + 1, 0)
    ends = separators[cells]
    with_cr = (marks.data[ends] == LF) & (marks.data[ends - 1] == CR) & (ends > starts)
    return _Bare(starts, ends - with_cr)


def _runs_as_quotes(structure: BlockStructure, runs: Positions) -> Iterator[Positions]:
    """The offsets of all quotes of the runs."""
    starts, left = structure.marks.starts[runs], structure.marks.lengths[runs]
    while len(starts):
        yield starts
        starts, left = starts[left > 1] + 1, left[left > 1] - 1


def _undoubled(structure: BlockStructure) -> Iterator[Positions]:
    """Where quotes within broken fields that end on their line want a second one."""
    marks, fields = structure.marks, structure.fields
    closed = fields.broken & (fields.closing >= 0)
    opening, closing = fields.opening[closed], fields.closing[closed]
    inner = closing - opening + 1
    runs = np.repeat(opening - np.concatenate(([0], np.cumsum(inner)[:-1])), inner) + np.arange(inner.sum())
    left = marks.lengths[runs] - np.isin(runs, opening) - np.isin(runs, closing)
    # Of an opening run the first quote is none of the content, of a closing one the last.
    yield (marks.starts[runs] + np.isin(runs, opening))[left % 2 == 1]


def _other_pieces(structure: BlockStructure, width: int, broken: Flags) -> Flags:
    """Records whose pieces between delimiters could be joined into the usual number of cells, or left apart to make so many."""
    marks = structure.marks
    first_lines = np.concatenate(([0], structure.last_lines[:-1] + 1))
    before = np.concatenate(([-1], marks.line_feed_separators[structure.last_lines[:-1]]))
    pieces = marks.line_feed_separators[first_lines] - before
    unusual = structure.widths != width
    found: Flags = unusual & broken
    if width > 1:
        found |= (unusual | (first_lines == structure.last_lines)) & (pieces > width)
    return found


def _spaced(structure: BlockStructure, dialect: Dialect) -> Flags:
    """Records in which a blank stands between a delimiter and a quote."""
    data, starts = structure.marks.data, structure.marks.starts
    spaced = (starts > 1) & (data[starts - 1] == _BLANK) & (data[starts - 2] == ord(dialect.delimiter))
    return _records_with(structure, starts[spaced])


def _suspicious(structure: BlockStructure, bare: _Bare, quote: int, broken: Flags) -> Positions:
    """Offsets of cells that begin with a blank and a quote or end with a quote, in records that are not regular."""
    data, marks, fields = structure.marks.data, structure.marks, structure.fields
    ends_so = (data[bare.ends - 1] == quote) & (bare.ends > bare.starts)
    begins_so = (data[bare.starts] == _BLANK) & (data[bare.starts + 1] == quote)
    irregular = broken | _records_with(structure, np.concatenate((bare.starts[ends_so], structure.lone_crs)))
    irregular |= _records_with(structure, bare.starts[_blanks_then_quote(structure, bare, quote)])
    found = bare.starts[ends_so | begins_so]
    quoted = fields.closing >= 0
    opened, closing = marks.starts[fields.opening[quoted]], fields.closing[quoted]
    first = np.minimum(opened + 3, len(data) - 1)
    so = (marks.lengths[closing] > 2) | (
        (data[opened + 1] == _BLANK) & (data[first - 1] == quote) & (data[first] == quote)
    )
    found = np.concatenate((found, opened[so]))
    of_irregular: Positions = found[np.append(irregular, False)[np.searchsorted(structure.ends, found, "right")]]
    return of_irregular


def _blanks_then_quote(structure: BlockStructure, bare: _Bare, quote: int) -> Flags:
    """Which cells begin with blanks and a quote."""
    data = structure.marks.data
    at = bare.starts.copy()
    blank = data[at] == _BLANK
    while blank.any():
        at += blank
        blank = blank & (data[at] == _BLANK)
    found: Flags = data[at] == quote
    return found


def _narrow(structure: BlockStructure, dialect: Dialect, width: int) -> list[int]:
    """Records of few cells that may have all of them in another dialect."""
    found = []
    narrow = np.flatnonzero(2 * structure.widths <= width)
    starts = structure.starts[narrow].tolist()
    lines = structure.marks.line_feeds[np.concatenate(([0], structure.last_lines[:-1] + 1))[narrow]].tolist()
    for number, start, end, cells in zip(
        narrow.tolist(), starts, lines, structure.widths[narrow].tolist(), strict=True
    ):
        line = structure.block[start:end].decode()
        if any(True for _ in other_dialects(dialect, line, cells, width)):
            found.append(number)
    return found
