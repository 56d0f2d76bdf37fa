"""Damaged delimited text → the same records as regular text, which the strict reader reads.

Most damage is mended by quotes that are put in (`damage`): around cells with quotes or carriage returns that are text, and one beside
each of these quotes. Records that may have another reading altogether go to `records` one by one, and are written anew.
"""

from __future__ import annotations

import bisect
from dataclasses import field

from headgate.engine.read.damage import Damage
from headgate.engine.read.line_shapes import LineShapes, written
from headgate.engine.read.quoted_fields import Positions
from headgate.engine.read.records import RecordParser
from headgate.engine.read.structure import BlockStructure
from headgate.libraries import numpy as np
from headgate.records import dataclass

_SEGMENT = 4 << 10


@dataclass
class Rewritten:
    """Regular text, how many cells its records have, and how many bytes of the block they stood in."""

    texts: list[bytes] = field(default_factory=list)
    counts: list[list[int]] = field(default_factory=list)
    records: int = 0
    taken: int = 0

    @property
    def text(self) -> bytes:
        """All of it."""
        return b"".join(self.texts)

    @property
    def widths(self) -> Positions:
        """The numbers of cells of all records."""
        return np.array([cells for counts in self.counts for cells in counts], np.int64)


class _Rewriting:
    def __init__(
        self, parser: RecordParser, shapes: LineShapes, structure: BlockStructure, damage: Damage, *, final: bool
    ) -> None:
        self._parser = parser
        self._shapes = shapes
        self._structure = structure
        self._damage = damage
        self._final = final
        self._ends = structure.ends.tolist()
        self._widths = structure.widths.tolist()
        self._mended = _with_quotes(structure.block, damage.quotes, parser.dialect.quote or "")
        self._mended_ends = (structure.ends + np.searchsorted(damage.quotes, structure.ends)).tolist()
        odd = structure.marks.lengths % 2 == 1
        self._odd_runs = structure.marks.starts[odd].tolist() if damage.doubtful else []
        self._may_close = structure.marks.closing[odd].tolist() if damage.doubtful else []
        self._before = parser.records
        self.done = Rewritten()

    def run(self) -> None:
        """Take the records in their order."""
        number, whole = 0, True
        for doubtful in self._damage.doubtful:
            if doubtful < number:
                continue  # an earlier record, read in another way, took it in
            self._plain(number, doubtful)
            if self._by_shape(doubtful):
                number = doubtful + 1
                continue
            number, whole = self._one_by_one()
            if not whole:
                break
        if whole:
            self._plain(number, len(self._ends))
        self._parser.records = self._before + self.done.records

    def _plain(self, first: int, last: int) -> None:
        """Records as the structure has them."""
        if first >= last:
            return
        begin = self._mended_ends[first - 1] if first else 0
        self.done.texts.append(self._mended[begin : self._mended_ends[last - 1]])
        broken = self._damage.broken
        low, high = bisect.bisect_left(broken, first), bisect.bisect_left(broken, last)
        if high > low:
            number = self._before + self.done.records + broken[low] - first
            self._parser.repairs.add(high - low, number)
        self.done.counts.append(self._widths[first:last])
        self.done.records += last - first
        self.done.taken = self._ends[last - 1]

    def _one_by_one(self) -> tuple[int, bool]:
        """Read records until one begins where the structure has one, too: its number, and whether all had their end."""
        size = self._ends[-1] if self._structure.fields.unfinished is None else len(self._structure.block)
        while True:
            row = self._next_row()
            if row is None:
                return len(self._ends), False
            self._add(written(row, self._parser), len(row))
            number = bisect.bisect_left(self._ends, self.done.taken)
            if number < len(self._ends) and self._ends[number] == self.done.taken:
                return number + 1, True
            if self.done.taken >= size:
                return len(self._ends), True

    def _by_shape(self, number: int) -> bool:
        """Read a record of one line as others of its shape were, if that can be."""
        block, start, end = self._structure.block, self.done.taken, self._ends[number]
        if number in self._damage.by_text or block.find(b"\n", start) + 1 != end:
            return False
        found = self._shapes.read(block[start : end - 1])
        if found is None:
            return False
        text, template = found
        if template.open and not self._never_closed(end):
            return False
        if template.mended:
            self._parser.repairs.add(1, self._before + self.done.records)
        self._add(text, template.cells)
        self.done.taken = end
        return True

    def _never_closed(self, end: int) -> bool:
        """Whether a quote that is open at a line's end is text: the next that could close it does not."""
        at = bisect.bisect_left(self._odd_runs, end)
        return not self._may_close[at] if at < len(self._odd_runs) else self._final

    def _add(self, text: bytes, cells: int) -> None:
        self.done.texts.append(text)
        self.done.counts.append([cells])
        self.done.records += 1

    def _next_row(self) -> list[str] | None:
        """One record, read from as little text as it takes."""
        block, start = self._structure.block, self.done.taken
        length = _SEGMENT
        while True:
            stop = block.find(b"\n", min(start + length, len(block))) + 1 or len(block)
            text = block[start:stop].decode()
            self._parser.records = self._before + self.done.records
            row, end = self._parser.next_record(text, final=self._final and stop == len(block))
            if row is not None:
                self.done.taken += end if len(text) == stop - start else len(text[:end].encode())
                return row
            if stop == len(block):
                return None
            length *= 4


def _with_quotes(block: bytes, places: Positions, quote: str) -> bytes:
    """The block with a quote before each of the offsets."""
    if not len(places):
        return block
    size = len(block) + len(places)
    put_in = places + np.arange(len(places))
    kept = np.ones(size, bool)
    kept[put_in] = False
    mended = np.empty(size, np.uint8)
    mended[kept] = np.frombuffer(block, np.uint8)
    mended[put_in] = ord(quote)
    return mended.tobytes()


def rewritten(
    parser: RecordParser, shapes: LineShapes, structure: BlockStructure, damage: Damage, *, final: bool
) -> Rewritten:
    """The complete records of a block; `parser`, which must know how many are before it, counts what was mended."""
    rewriting = _Rewriting(parser, shapes, structure, damage, final=final)
    rewriting.run()
    return rewriting.done
