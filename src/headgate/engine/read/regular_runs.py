"""Runs of regular lines inside of damaged text, parsed at once: each of their quotes opens and closes on its own line.

What the csv module reads of such lines is what the strict reader would.
"""

from __future__ import annotations

import csv
import re

from headgate.engine.read.dialect import Dialect

MAX_CSV_LINE = 100_000
"""Below the csv module's process-wide limit of a field's size."""
_LONGEST_RUN, _SHORTEST_RUN = 256 << 10, 2 << 10


class RegularRuns:
    """Takes runs of lines from a text. With `narrowest`, a run ends before a record of at most so many cells."""

    def __init__(self, dialect: Dialect, narrowest: int = 0) -> None:
        self._dialect = dialect
        self._narrowest = narrowest
        self._reach = _LONGEST_RUN
        self._run: re.Pattern[str] | None = None
        self.line: re.Pattern[str] | None = None
        """A regular line without its line feed; None for dialects that the strict reader does not know."""
        if dialect.strictly_readable:
            delimiter, quote = re.escape(dialect.delimiter), re.escape(dialect.quote or "\0")
            plain = rf"(?!\ *{quote})[^{delimiter}\r\n]*+(?<!{quote})"
            quoted = rf"{quote}[^{quote}\n]*+(?:{quote}{quote}[^{quote}\n]*+)*+{quote}"
            cell = rf"(?:{quoted}|{plain})"
            line = rf"{cell}(?:{delimiter}{cell})*+\r?"
            self.line = re.compile(line)
            self._run = re.compile(rf"(?:{line}\n)*+") if dialect.quote is not None else None

    def take(self, text: str, start: int) -> tuple[list[list[str]], int]:
        """The records from `start` on, and the offset behind them; none where the first line is to be looked at by itself."""
        if self._run is None:
            return [], start
        found = self._run.match(text, start, min(len(text), start + self._reach))
        end = found.end() if found else start
        if end == start:
            return [], start
        lines = text[start : end - 1].split("\n")
        if end - start > MAX_CSV_LINE and max(map(len, lines)) > MAX_CSV_LINE:
            return [], start
        rows = list(csv.reader(lines, delimiter=self._dialect.delimiter, quotechar=self._dialect.quote))
        # The csv module makes a record without cells of an empty line.
        rows = [row or [""] for row in rows] if "" in lines or "\r" in lines else rows
        return self._before_narrow(rows, lines, start, end)

    def _before_narrow(
        self, rows: list[list[str]], lines: list[str], start: int, end: int
    ) -> tuple[list[list[str]], int]:
        if self._narrowest:
            for number, row in enumerate(rows):
                if len(row) <= self._narrowest and len(row[0]) > 1:
                    # Where narrow records are many, shorter runs keep the work in proportion.
                    self._reach = _SHORTEST_RUN
                    return rows[:number], start + sum(map(len, lines[:number])) + number
        self._reach = min(2 * self._reach, _LONGEST_RUN)
        return rows, end
