"""The blocks of a text that is read from its start to its end; the one that will surely be next is got ready meanwhile.

Which block is next is known as soon as one is proved regular: it begins behind the last record. Where a block is not, nobody knows
before it has been read.
"""

from __future__ import annotations

from concurrent.futures import Executor, Future
from typing import BinaryIO

from headgate.engine.read.dialect import Dialect
from headgate.engine.read.regular_blocks import RegularRecords, regular_records
from headgate.engine.read.regular_runs import few_records
from headgate.engine.read.signs import TextSigns
from headgate.engine.read.structure import whole_lines
from headgate.records import dataclass

STRICT_BLOCK = 8 << 20
LARGEST_STRICT_BLOCK = 32 << 20
"""A record that does not fit is left to the careful reader, whose memory does not grow with the marks in the text."""
CAREFUL_BLOCK = 128 << 10
LARGEST_CAREFUL_BLOCK = 1 << 20
"""Blocks for the careful reader: small after regular text, larger where one damaged block follows another."""
_LAST_LINE = 32 << 10


class NotPlainTextError(Exception):
    """The text is not what it was taken for: it must be changed before it can be read."""


@dataclass(frozen=True)
class Block:
    """`length` bytes of text that begin with a record.

    `text`: its whole lines, and what is behind them where the text ends with it or nothing else is in it. `strict`: whether the strict
    reader may have them. `found`: where their records are, if these are regular as they stand; `few`: the records themselves instead,
    where they are few.
    """

    position: int
    length: int
    final: bool
    text: bytes
    strict: bool
    found: RegularRecords | None
    few: list[list[str]] | None = None

    @property
    def lines(self) -> bytes:
        """The whole lines; the last of a text may have no end."""
        return whole_lines(self.text, final=self.final)


def next_length(used: int) -> int:
    """How many bytes are read behind a block of `used` bytes that held a record."""
    return min(max(used, CAREFUL_BLOCK) * 2, STRICT_BLOCK)


class Blocks:
    """Blocks of a file of `size` bytes in that dialect.

    `strict`: whether the strict reader may have any. `fewest`: a record of so few cells may be in another dialect, and its block is
    not regular then. `signs`: what is to be looked for in all of the text before it is read. `worker` gets the next block ready.
    """

    def __init__(
        self,
        file: BinaryIO,
        size: int,
        dialect: Dialect,
        *,
        strict: bool,
        fewest: int,
        signs: TextSigns | None = None,
        worker: Executor | None = None,
    ) -> None:
        self._file = file
        self._size = size
        self._dialect = dialect
        self._delimiter = ord(dialect.delimiter)
        self._quote = ord(dialect.quote) if dialect.quote else None
        self._strict = strict
        self._untouched = not (dialect.escape or dialect.spaced_quotes)
        self._fewest = fewest
        self._signs = signs
        self._seen = 0
        self._worker = worker
        self._next: Future[Block] | None = None

    def block(self, position: int, length: int) -> Block:
        """The block of at most `length` bytes at `position`. Raises NotPlainTextError."""
        following, self._next = self._next, None
        block = following.result() if following is not None else self._load(position, length)
        if (block.position, block.length) != (position, min(length, self._size - position)):
            raise RuntimeError("another block was made ready than the one that is next")
        if self._worker is not None and block.found is not None:
            behind = position + int(block.found.ends[-1])
            if behind < self._size:
                self._next = self._worker.submit(self._load, behind, next_length(block.length))
        return block

    def close(self) -> None:
        """Have nothing more made ready; the file is in use no longer then."""
        following, self._next = self._next, None
        if following is not None and not following.cancel():
            following.exception()  # whatever it is, nobody asked for that block

    def _load(self, position: int, length: int) -> Block:
        length = min(length, self._size - position)
        final = position + length >= self._size
        text = self._text(position, length, final=final)
        self._look(text, position, final=final)
        strict = self._strict and length < LARGEST_STRICT_BLOCK
        found = few = None
        if strict and self._untouched:
            lines = whole_lines(text, final=final)
            few = self._few(lines)
            found = self._regular(lines, final=final) if few is None else None
        return Block(position, length, final, text, strict, found, few)

    def _few(self, lines: bytes) -> list[list[str]] | None:
        records = few_records(lines, self._dialect)
        return None if records is None or min(map(len, records)) <= self._fewest else records

    def _text(self, position: int, length: int, *, final: bool) -> bytes:
        if not final and length > _LAST_LINE:
            # To know where the last line ends saves a copy of all of them.
            self._file.seek(position + length - _LAST_LINE)
            behind = self._file.read(_LAST_LINE).rpartition(b"\n")
            length -= len(behind[2]) if behind[1] else 0
        self._file.seek(position)
        return self._file.read(length)

    def _regular(self, lines: bytes, *, final: bool) -> RegularRecords | None:
        found = regular_records(lines, self._delimiter, self._quote, final=final)
        return None if found is None or found.widths.min() <= self._fewest else found

    def _look(self, text: bytes, position: int, *, final: bool) -> None:
        """Look at the lines that were not seen before: blocks overlap where a record had no end in one."""
        if self._signs is None:
            return
        end = len(text) if final else text.rfind(b"\n") + 1
        begin = max(0, self._seen - position)
        if begin < end:
            self._signs.look(text[begin:end])
            self._seen = position + end
        if not self._signs.plain:
            raise NotPlainTextError
