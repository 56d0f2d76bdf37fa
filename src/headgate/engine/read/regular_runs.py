"""Runs of regular records inside of damaged text, parsed at once; mostly each of their quotes opens and closes on its own line.

What the csv module reads of them is what the strict reader would.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import lru_cache
from io import StringIO

from headgate.engine.read.dialect import Dialect
from headgate.engine.read.quoted_fields import SUSPICIOUS_LINES

MAX_CSV_LINE = 100_000
"""Below the csv module's process-wide limit of a field's size."""
FEW_BYTES = 32 << 10
_LONGEST_RUN, _SHORTEST_RUN = 256 << 10, 2 << 10


class RegularRuns:
    """Takes runs of records from a text. With `narrowest`, a run ends before a record of at most so many cells. `any_width`: nobody
    knows how many cells a record has; then quotes in and behind cells that begin without one are text, and a quoted field may have any
    number of lines. Else records that have such things are left out."""

    def __init__(self, dialect: Dialect, narrowest: int = 0, *, any_width: bool = False) -> None:
        self._dialect = dialect
        self._narrowest = narrowest
        self._any_width = any_width
        self._longest = MAX_CSV_LINE if any_width else _LONGEST_RUN
        self._reach = self._longest
        self._run: re.Pattern[str] | None = None
        self.line: re.Pattern[str] | None = None
        """A regular line without its line feed; None for dialects that the strict reader does not know."""
        if dialect.strictly_readable:
            delimiter, quote = re.escape(dialect.delimiter), re.escape(dialect.quote or "\0")
            plain = rf"(?!\ *{quote})[^{delimiter}\r\n]*+(?<!{quote})"
            self.line = re.compile(_record(delimiter, plain, quote, rf"[^{quote}\n]"))
            if dialect.quote is not None:
                any_record = _record(delimiter, rf"(?!{quote})[^{delimiter}\r\n]*+", quote, rf"[^{quote}]")
                self._run = re.compile(rf"(?:{any_record if any_width else self.line.pattern}\n)*+")

    def take(self, text: str, start: int) -> tuple[list[list[str]], int]:
        """The records from `start` on, and the offset behind them; none where the first line is to be looked at by itself."""
        if self._run is None:
            return [], start
        found = self._run.match(text, start, min(len(text), start + self._reach))
        end = found.end() if found else start
        if end == start:
            return [], start
        if self._any_width:
            return _parsed(StringIO(text[start:end], newline="\n"), self._dialect), end
        lines = text[start : end - 1].split("\n")
        if end - start > MAX_CSV_LINE and max(map(len, lines)) > MAX_CSV_LINE:
            return [], start
        return self._before_narrow(_parsed(lines, self._dialect), lines, start, end)

    def _before_narrow(
        self, rows: list[list[str]], lines: list[str], start: int, end: int
    ) -> tuple[list[list[str]], int]:
        if self._narrowest:
            for number, row in enumerate(rows):
                if len(row) <= self._narrowest and len(row[0]) > 1:
                    # Where narrow records are many, shorter runs keep the work in proportion.
                    self._reach = _SHORTEST_RUN
                    return rows[:number], start + sum(map(len, lines[:number])) + number
        self._reach = min(2 * self._reach, self._longest)
        return rows, end


def few_records(block: bytes, dialect: Dialect) -> list[list[str]] | None:
    """The records of a few `whole_lines`, which are parsed sooner than NumPy and Polars are handed anything; None where they are not
    few, and where any of them may have another reading."""
    if not 0 < len(block) <= FEW_BYTES or not dialect.delimiter.isascii():
        return None
    text = block.decode()
    if dialect.quote is None or dialect.quote not in text:
        if text.count("\r") != text.count("\r\n"):
            return None
        return [line.removesuffix("\r").split(dialect.delimiter) for line in text.split("\n")[:-1]] or None
    if not _quoted_text(dialect).fullmatch(text):
        return None
    rows = _parsed(StringIO(text, newline="\n"), dialect)
    has_long_fields = text.count("\n") > len(rows) and any(
        cell.count("\n") >= SUSPICIOUS_LINES for row in rows for cell in row if "\n" in cell
    )
    return None if has_long_fields else rows


def _parsed(lines: Iterable[str], dialect: Dialect) -> list[list[str]]:
    # The csv module makes a record without cells of an empty line.
    return [row or [""] for row in csv.reader(lines, delimiter=dialect.delimiter, quotechar=dialect.quote)]


@lru_cache(maxsize=32)
def _quoted_text(dialect: Dialect) -> re.Pattern[str]:
    """Records whose quotes all open and close fields, or are doubled."""
    delimiter, quote = re.escape(dialect.delimiter), re.escape(dialect.quote or "\0")
    record = _record(delimiter, rf"[^{delimiter}{quote}\r\n]*+", quote, rf"[^{quote}]")
    return re.compile(rf"(?:{record}\n)*+")


def _record(delimiter: str, plain: str, quote: str, inner: str) -> str:
    """The pattern of a record without its line feed. `inner`: what may stand between quotes, but for doubled ones."""
    cell = rf"(?:{quote}{inner}*+(?:{quote}{quote}{inner}*+)*+{quote}|{plain})"
    return rf"{cell}(?:{delimiter}{cell})*+\r?"
