"""UTF-8 text and a dialect → records in chunks: strictly where a block of text is regular, carefully elsewhere.

A block that `structure` proves regular goes to Polars' strict CSV reader; any other is written anew as regular text first
(`rewriting`), record by record where that is needed. `records` reads what is too large for that, and dialects that the strict
reader does not know. All of them give the same table, so one damaged quote changes nothing elsewhere.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import field, replace
from pathlib import Path
from typing import Any

import polars as pl

from headgate.engine.errors import ImportFailedError
from headgate.engine.read import blocks
from headgate.engine.read.blocks import Block, Blocks, next_length
from headgate.engine.read.chunks import MAX_HEAD_WIDTHS, ChunkWriter, empty_to_null, frame_of_columns, frame_of_records
from headgate.engine.read.damage import damage_of
from headgate.engine.read.dialect import Dialect
from headgate.engine.read.escapes import as_regular, escapes_of, without_escapes
from headgate.engine.read.kept_reading import KeptReading
from headgate.engine.read.line_shapes import LineShapes
from headgate.engine.read.options import Progress
from headgate.engine.read.quoted_fields import Positions
from headgate.engine.read.records import RecordParser, Repairs
from headgate.engine.read.rewriting import rewritten
from headgate.engine.read.shapes import ColumnShapes
from headgate.engine.read.signs import TextSigns
from headgate.engine.read.spaced_quotes import behind_lines, without_blanks
from headgate.engine.read.strict import strict_frame
from headgate.engine.read.structure import BlockStructure, block_structure
from headgate.records import dataclass

CELLS_AT_ONCE = 16_000_000
"""A block whose widest record would blow it up beyond this is parsed in slices."""


@dataclass(frozen=True)
class Mended:
    """Records whose quotes were broken, and records that had another delimiter than the file."""

    quotes: Repairs
    delimiters: Repairs


@dataclass
class _Reading:
    """One pass over a file: where it is and what it has met."""

    writer: ChunkWriter
    dialect: Dialect
    parser: RecordParser
    block: int = field(default_factory=lambda: blocks.STRICT_BLOCK)
    careful_block: int = field(default_factory=lambda: blocks.CAREFUL_BLOCK)
    stuck: bool = False

    def __post_init__(self) -> None:
        """What is learned of damaged lines on the way; nothing depends on it."""
        self.line_shapes = LineShapes(self.parser)

    @property
    def state(self) -> dict[str, Any]:
        """Where the reading stands, as JSON; nothing else decides what comes next."""
        quotes, delimiters = self.parser.repairs, self.parser.other_delimiters
        return {
            "block": self.block,
            "carefulBlock": self.careful_block,
            "stuck": self.stuck,
            "quotes": [quotes.count, quotes.first],
            "delimiters": [delimiters.count, delimiters.first],
            "writer": self.writer.state,
        }

    def resume(self, state: dict[str, Any]) -> None:
        """Go on from there."""
        self.block, self.careful_block, self.stuck = state["block"], state["carefulBlock"], state["stuck"]
        self.writer.resume(state["writer"])
        self.parser.records = self.writer.rows
        self.parser.repairs, self.parser.other_delimiters = Repairs(*state["quotes"]), Repairs(*state["delimiters"])


def read_delimited(
    path: Path,
    dialect: Dialect,
    writer: ChunkWriter,
    *,
    expected_width: int = 0,
    shapes: ColumnShapes | None = None,
    progress: Progress | None = None,
    strict_allowed: bool = True,
    kept: KeptReading | None = None,
    signs: TextSigns | None = None,
    worker: Executor | None = None,
) -> Mended:
    """Read the UTF-8 file into `writer` and tell which records had broken quotes or another delimiter.

    `strict_allowed=False` sends every block to the careful reader; the table is the same. `kept`: where it is noted how far the
    reading came, and from where one that was cut off goes on. `signs`: what is to be looked for meanwhile. `worker`: a thread that gets
    blocks ready.
    Raises ImportFailedError `too_many_columns`; NotPlainTextError, with `signs`, where the file is none of which this reads.
    """
    parser = RecordParser(dialect, expected_width, shapes)
    reading = _Reading(writer, dialect, parser)
    size = path.stat().st_size
    position = 0
    with path.open("rb") as file:
        if file.read(3) == b"\xef\xbb\xbf":
            position = 3
        if kept is not None and (known := kept.begin(size, writer.flushed())) is not None:
            position = known.position
            reading.resume(known.state)
        source = Blocks(
            file,
            size,
            dialect,
            strict=strict_allowed and not (dialect.escape and dialect.spaced_quotes),
            fewest=expected_width // 2 if shapes is not None else 0,
            signs=signs,
            worker=worker,
        )
        with closing(source):
            while position < size:
                position += _read_block(reading, source.block(position, reading.block))
                if kept is not None and kept.is_due(position):
                    kept.note(position, writer.flushed(), reading.state)
                if progress is not None:
                    progress(min(position, size), size)
    return Mended(parser.repairs, parser.other_delimiters)


def _read_block(reading: _Reading, block: Block) -> int:
    """Read the records at its beginning; the number of bytes they took (0: the block must first grow)."""
    if (found := block.found) is not None:
        reading.writer.widen(found.open_width, record=reading.writer.rows + len(found.ends))
        taken = int(found.ends[-1])
        _add(reading, block.lines[:taken], found.ends, found.widths, has_quotes=found.has_quotes)
        return _read_strictly(reading, block, taken)
    if block.few is not None:
        return _read_strictly(reading, block, _read_few(reading, block.lines, block.few))
    if block.strict:
        lines = block.lines
        if not lines:
            _check_first_width(reading, block.text)
        rewritten_up_to = _read_as_regular(reading, lines, final=block.final)
        if rewritten_up_to is not None:
            return _read_strictly(reading, block, rewritten_up_to)
    text, length = block.text, block.length
    if reading.block > reading.careful_block and not reading.stuck:
        text, length = text[: reading.careful_block], min(length, reading.careful_block)
        reading.careful_block = min(2 * reading.careful_block, blocks.LARGEST_CAREFUL_BLOCK)
    final = block.final and length == block.length
    return _next_block(reading, length, _read_carefully(reading, text, final=final))


def _read_few(reading: _Reading, lines: bytes, records: list[list[str]]) -> int:
    """Add a few lines with these records. The bytes they took."""
    widths = [len(record) for record in records]
    width = max(widths)
    reading.writer.widen(width, record=reading.writer.rows + widths.index(width))
    reading.writer.note_widths(widths[:MAX_HEAD_WIDTHS])
    reading.writer.add(frame_of_records(records), longest=len(lines))
    return len(lines)


def _check_height(reading: _Reading, frame: pl.DataFrame, records: int) -> None:
    if frame.height != records:
        raise ImportFailedError(
            "internal_error", "Two readers of this file disagree about its number of rows.", row=reading.writer.rows
        )


def _read_strictly(reading: _Reading, block: Block, taken: int) -> int:
    reading.careful_block = blocks.CAREFUL_BLOCK
    return _next_block(reading, block.length, min(taken, block.length))


def _next_block(reading: _Reading, used: int, taken: int) -> int:
    """Blocks double until a record fits, and after small ones up to the usual size. Gives `taken`."""
    reading.stuck = taken == 0
    reading.block = used * 2 if reading.stuck else next_length(used)
    return taken


def _read_as_regular(reading: _Reading, block: bytes, *, final: bool) -> int | None:
    """Read a block of whole lines that is not regular as it stands by the strict reader; None where it must not have it, and then
    nothing has happened."""
    dialect, parser = reading.dialect, reading.parser
    if dialect.escape or dialect.spaced_quotes:
        return _read_other_dialect(reading, block, final=final)
    structure = _structure(reading, block, final=final)
    if not len(structure.ends):
        return 0
    parser.records = reading.writer.rows
    damage = damage_of(structure, dialect, parser.expected_width, may_be_other=parser.shapes is not None)
    if structure.regular and not damage.doubtful:
        taken = int(structure.ends[-1])
        _add(reading, block[:taken], structure.ends, structure.widths, has_quotes=structure.has_quotes)
        return taken
    if dialect.quote is None:
        return None
    found = rewritten(parser, reading.line_shapes, structure, damage, final=final)
    if found.records:
        _add_rewritten(reading, found.text, dialect, found.widths)
    return found.taken


def _read_other_dialect(reading: _Reading, block: bytes, *, final: bool) -> int | None:
    """The same for text with escapes, or with blanks around quotes, that is regular but for these."""
    dialect, parser = reading.dialect, reading.parser
    escapes = escapes_of(block, dialect) if dialect.escape else None
    plain = without_blanks(block, dialect) if escapes is None else without_escapes(block, escapes)
    structure = _structure(reading, plain, final=final)
    if not len(structure.ends):
        return 0
    damage = damage_of(structure, dialect, parser.expected_width, may_be_other=parser.shapes is not None)
    if not structure.regular or damage.doubtful:
        return None
    taken = int(structure.ends[-1])
    if escapes is None:
        regular = plain[:taken], replace(dialect, spaced_quotes=False)
        taken = behind_lines(block, plain.count(b"\n", 0, taken))
    elif (found := as_regular(block, escapes, structure, dialect)) is not None:
        regular = found
    else:
        return None
    _add_rewritten(reading, *regular, structure.widths)
    return taken


def _structure(reading: _Reading, block: bytes, *, final: bool) -> BlockStructure:
    """Look at a block. Raises ImportFailedError `too_many_columns` for a record that it does not hold to its end."""
    dialect = reading.dialect
    quote = ord(dialect.quote) if dialect.quote else None
    width = reading.parser.expected_width
    structure = block_structure(block, ord(dialect.delimiter), quote, width=width, final=final)
    if structure.regular:  # else the open record may have fewer cells in another reading
        reading.writer.widen(structure.open_width, record=reading.writer.rows + len(structure.ends))
    return structure


def _check_first_width(reading: _Reading, block: bytes) -> None:
    """Raise `too_many_columns` for a record that has too many cells even in a block that holds none of its line ends."""
    dialect = reading.dialect
    quote = ord(dialect.quote) if dialect.quote else None
    if dialect.escape:
        block = without_escapes(block, escapes_of(block, dialect))
    structure = block_structure(block + b"\n", ord(dialect.delimiter), quote, final=False)
    if structure.regular:
        width = max(structure.open_width, int(structure.widths[0]) if len(structure.widths) else 0)
        reading.writer.widen(width, record=reading.writer.rows)


def _is_large(widths: Positions) -> bool:
    return len(widths) * int(widths.max()) > CELLS_AT_ONCE


def _add_rewritten(reading: _Reading, text: bytes, dialect: Dialect, widths: Positions) -> None:
    """Add records that were written anew as regular text of `dialect`."""
    ends = None
    if _is_large(widths):
        quote = ord(dialect.quote) if dialect.quote else None
        ends = block_structure(text, ord(dialect.delimiter), quote, final=True).ends
    _add(reading, text, ends, widths, has_quotes=True, dialect=dialect)


def _add(
    reading: _Reading,
    text: bytes,
    ends: Positions | None,
    widths: Positions,
    *,
    has_quotes: bool,
    dialect: Dialect | None = None,
) -> None:
    """Add regular records, `widths` cells wide, that end at `ends`, which must be known where they are many."""
    first, start = 0, 0
    width = int(widths.max())
    reading.writer.widen(width, record=reading.writer.rows + int(widths.argmax()))
    step = max(256, CELLS_AT_ONCE // width) if ends is not None and _is_large(widths) else len(widths)
    while first < len(widths):
        last = min(first + step, len(widths))
        stop = int(ends[last - 1]) if ends is not None else len(text)
        frame = strict_frame(dialect or reading.dialect, text[start:stop], int(widths[first:last].max()))
        _check_height(reading, frame, last - first)
        reading.writer.note_widths(widths[first : min(last, first + MAX_HEAD_WIDTHS)].tolist())
        reading.writer.add(empty_to_null(frame) if has_quotes else frame, longest=stop - start)
        first, start = last, stop


def _read_carefully(reading: _Reading, block: bytes, *, final: bool) -> int:
    if not final:
        block = block[: block.rfind(b"\n") + 1]
        if not block:
            return 0
    text = block.decode("utf-8")
    parser = reading.parser
    parser.records = reading.writer.rows
    rows, taken = parser.parse(text, final=final)
    reading.writer.note_widths([len(row) for row in rows[:MAX_HEAD_WIDTHS]])
    for frame in _frames(rows):
        reading.writer.add(frame)
    return len(block) if taken == len(text) else len(text[:taken].encode())


def _frames(rows: list[list[str]]) -> Iterator[pl.DataFrame]:
    """Records of any widths as frames, none larger than CELLS_AT_ONCE cells."""
    if not rows:
        return
    width = max(map(len, rows))
    step = max(256, CELLS_AT_ONCE // 4 // width)
    for start in range(0, len(rows), step):
        piece = rows[start : start + step]
        yield frame_of_columns(list(itertools.zip_longest(*piece)))
