"""The careful reader of delimited text: keeps every character that is not a delimiter, a quote or a line end.

A quoted field ends at a quote that stands before a delimiter, a line end or the end of the file. Where that fails:
- quotes inside a field that ends on the same line are text (`"a "b" c",` is `a "b" c`);
- a quote that is never closed properly is text, and the field ends at the next delimiter: damage stays in its record;
- of the two readings of a damaged line the one with the usual number of cells is taken;
- a record of another number of cells is read in other ways (`mending`), and one that gives the usual number is taken.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass

from headgate.engine.read.dialect import Dialect
from headgate.engine.read.mending import joined_pieces, looks_right, other_dialects
from headgate.engine.read.quoted_fields import swallows_records
from headgate.engine.read.regular_runs import MAX_CSV_LINE, RegularRuns
from headgate.engine.read.shapes import ColumnShapes

MAX_QUOTED_CHARACTERS = 32 << 20
"""A field that is still open after this many characters counts as never closed."""

CELLS_AT_ONCE = 500_000
"""Parsed cells are Python objects: after so many the caller takes them before it goes on."""


@dataclass
class Repairs:
    """How many records had broken quotes, and the first of them (0-based, within the parser's life)."""

    count: int = 0
    first: int | None = None

    def note(self, record: int) -> None:
        """Count one more repaired record."""
        self.add(1, record)

    def add(self, count: int, first: int) -> None:
        """Count more repaired records, of which `first` is the first."""
        self.count += count
        self.first = first if self.first is None else min(first, self.first)


class _NeedMoreTextError(Exception):
    """A quoted field is still open at the end of the text at hand."""


@dataclass
class _Field:
    text: str
    end: int
    regular: bool = True
    """Whether the csv module and the strict reader read it so, too."""


class RecordParser:
    """Parses text into records.

    `expected_width` is the usual number of cells and `shapes` what they look like, used only to judge damaged records.
    """

    def __init__(self, dialect: Dialect, expected_width: int = 0, shapes: ColumnShapes | None = None) -> None:
        self.dialect = dialect
        self.expected_width = expected_width
        self.repairs = Repairs()
        self.other_delimiters = Repairs()
        self.shapes = shapes
        self._others: dict[Dialect, RecordParser] = {}
        self.records = 0
        delimiter, quote = re.escape(dialect.delimiter), re.escape(dialect.quote or "\0")
        end = rf"(?={delimiter}|\r?\n|\r?\Z)"
        blanks = " *" if dialect.spaced_quotes else ""
        if dialect.escape:
            content = rf"[^{quote}\\]*+(?:(?:{quote}{quote}|\\.)[^{quote}\\]*+)*+"
            self._bare = re.compile(rf"(?:[^{delimiter}\n\\]|\\[^\n]|\\)*+")
        else:
            content = rf"[^{quote}]*+(?:{quote}{quote}[^{quote}]*+)*+"
            self._bare = re.compile(rf"[^{delimiter}\n]*+")
        self._escaped = re.compile(rf"\\({delimiter}|{quote}|\\)|{quote}({quote})")
        self._escape = re.compile(rf"\\(?:{delimiter}|{quote}|\\)")
        self._quoted = re.compile(rf"{blanks}{quote}({content}){quote}{blanks}{end}", re.DOTALL)
        self._open = re.compile(rf"{blanks}{quote}{content}", re.DOTALL)
        self._same_line = re.compile(rf"{blanks}{quote}([^\n]*?){quote}{blanks}{end}")
        self._plain_cells = None
        if dialect.strictly_readable and dialect.quote is not None:
            self._plain_cells = re.compile(rf"(?:(?! *{quote})[^{delimiter}\r\n]*+(?<!{quote}){delimiter})++")
            """Cells without quotes at their ends, with the delimiters behind them: all but the last of most runs of such cells."""
        self._starts_quoted = re.compile(rf"{blanks}{quote}")
        self._next_quoted = re.compile(rf"{delimiter}{blanks}{quote}")
        # Without a usual number of cells, no field of many lines can look as if it had swallowed records, nor any quote misplaced.
        self._runs = RegularRuns(
            dialect,
            expected_width // 2 if shapes is not None else 0,
            any_width=not expected_width,
        )
        self._never_closed = range(0)
        self._regular = True

    def parse(self, text: str, *, final: bool) -> tuple[list[list[str]], int]:
        """Complete records of `text` and how many characters they took. `final`: the file ends with `text`.

        When not final, `text` must end with a line end; a record still open at the end is left for the next call, and
        so are all that follow the first CELLS_AT_ONCE cells.
        """
        rows: list[list[str]] = []
        position, size = 0, len(text)
        cells = 0
        self._never_closed = range(0)
        while position < size and cells < CELLS_AT_ONCE:
            run, position = self._runs.take(text, position)
            if run:
                rows += run
                cells += sum(map(len, run))
                self.records += len(run)
                continue
            row, position = self._next_record(text, position, final=final)
            if row is None:
                break
            rows.append(row)
            cells += len(row)
            self.records += 1
        return rows, min(position, size)

    def _next_record(self, text: str, position: int, *, final: bool) -> tuple[list[str] | None, int]:
        """The record at `position` and the offset behind it; None and `position` where its end is not in the text."""
        delimiter, quote, special = self.dialect.delimiter, self.dialect.quote, self.dialect.escape
        line_end = text.find("\n", position)
        if line_end < 0:
            line_end = len(text)
        careful = (quote is not None and text.find(quote, position, line_end) >= 0) or (
            special is not None and text.find(special, position, line_end) >= 0
        )
        if not careful:
            stop = line_end - 1 if line_end > position and text[line_end - 1] == "\r" else line_end
            row = text[position:stop].split(delimiter)
            end = line_end + 1
        elif self._is_unquoted_line(text, position, line_end):
            row = text[position:line_end].removesuffix("\r").split(delimiter)
            end = line_end + 1
        elif self._is_regular_line(text, position, line_end):
            row = next(csv.reader((text[position:line_end],), delimiter=delimiter, quotechar=quote))
            end = line_end + 1
        else:
            try:
                row, end = self._record(text, position, final=final)
            except _NeedMoreTextError:
                return None, position
        if self.shapes is not None and 2 * len(row) <= self.expected_width and len(row[0]) > 1:
            try:
                row, end = self._in_other_dialect(text, position, row, end, final=final)
            except _NeedMoreTextError:
                return None, position
        return row, end

    def next_record(self, text: str, *, final: bool) -> tuple[list[str] | None, int]:
        """The record that `text` begins with and the offset behind it; None where its end is not in the text.

        `records` must tell how many are before it.
        """
        self._never_closed = range(0)
        return self._next_record(text, 0, final=final)

    def record_at(self, text: str, start: int, *, final: bool) -> tuple[list[str], int, bool]:
        """The cells of one record as it stands, the offset behind it, and whether its quotes are broken."""
        self._never_closed = range(0)
        return self._fields(text, start, final=final, forgiving=True)

    def _is_unquoted_line(self, text: str, start: int, end: int) -> bool:
        """Whether no field of the line begins with a quote, and nobody knows how many cells records have: then it is parted as
        it stands, wherever else its quotes are."""
        if self.expected_width or self.dialect.escape is not None:
            return False
        return self._starts_quoted.match(text, start) is None and self._next_quoted.search(text, start, end) is None

    def _is_regular_line(self, text: str, start: int, end: int) -> bool:
        """Whether the csv module reads the line as the strict reader would: all its quotes open and close on it."""
        if self._runs.line is None or end - start > MAX_CSV_LINE:
            return False
        return self._runs.line.fullmatch(text, start, end) is not None

    def _record(self, text: str, start: int, *, final: bool) -> tuple[list[str], int]:
        row, end, broken = self._fields(text, start, final=final, forgiving=True)
        quote, width = self.dialect.quote, self.expected_width
        if self._regular or (
            not broken and not (quote and any(cell.endswith(quote) or cell.startswith(f" {quote}") for cell in row))
        ):
            return row, end
        if self.shapes is not None:
            spaced, spaced_end = self._in_other_dialect(text, start, row, end, final=final)
            if spaced is not row:
                return spaced, spaced_end
        line_end = text.find("\n", start)
        stop = len(text) if line_end < 0 else line_end
        if width > 1 and (len(row) != width or end <= stop + 1):
            joined = joined_pieces(text[start:stop].removesuffix("\r"), self.dialect, width)
            if joined is not None and joined != row:
                self.repairs.note(self.records)
                return joined, min(stop + 1, len(text))
        if not broken:
            return row, end
        if width and len(row) != width:
            literal, literal_end, _ = self._fields(text, start, final=final, forgiving=False)
            if len(literal) == width:
                row, end = literal, literal_end
        # Only now: where the text ended before the record does, it is read again.
        self.repairs.note(self.records)
        return row, end

    def _in_other_dialect(
        self, text: str, start: int, row: list[str], end: int, *, final: bool
    ) -> tuple[list[str], int]:
        """The record in the only other dialect that gives it the usual cells; else `row` and `end` as they are."""
        shapes, width = self.shapes, self.expected_width
        if shapes is None or width < 2:
            return row, end
        line_end = text.find("\n", start)
        line = text[start : len(text) if line_end < 0 else line_end]
        fitting: list[tuple[Dialect, list[str], int]] = []
        for dialect in other_dialects(self.dialect, line, len(row), width):
            other = self._others.setdefault(dialect, RecordParser(dialect, width))
            found, found_end, broken = other.record_at(text, start, final=final)
            if broken or len(found) != width:
                continue
            if dialect.spaced_quotes or looks_right(found, dialect, shapes, first=self.records == 0):
                fitting.append((dialect, found, found_end))
        if len(fitting) != 1:
            return row, end
        dialect, found, found_end = fitting[0]
        (self.repairs if dialect.spaced_quotes else self.other_delimiters).note(self.records)
        return found, found_end

    def _fields(self, text: str, start: int, *, final: bool, forgiving: bool) -> tuple[list[str], int, bool]:
        """The record's cells, the offset behind it, and whether its quotes are broken."""
        row: list[str] = []
        position, size, broken = start, len(text), False
        self._regular = True
        delimiter = self.dialect.delimiter
        while True:
            if self._plain_cells is not None and (found := self._plain_cells.match(text, position)):
                row += text[position : found.end() - 1].split(delimiter)
                position = found.end()
            field, damaged = self._field(text, position, final=final, forgiving=forgiving)
            broken |= damaged
            self._regular &= field.regular and not damaged
            row.append(field.text)
            position = field.end
            if position < size and text[position] == delimiter:
                position += 1
                continue
            if position < size and text[position] == "\r":
                position += 1
            return row, min(position + 1, size), broken

    def _field(self, text: str, start: int, *, final: bool, forgiving: bool) -> tuple[_Field, bool]:
        quote = self.dialect.quote
        if quote is None or not self._starts_quoted.match(text, start):
            return self._plain(text, start), False
        quoted = self._quoted.match(text, start)
        if quoted is not None:
            if not self._swallows_records(quoted.group(1)):
                return _Field(self._content(quoted.group(1)), quoted.end()), False
        elif not final and len(text) - start < MAX_QUOTED_CHARACTERS:
            opened = self._open.match(text, start)
            if opened is not None and opened.end() == len(text):
                raise _NeedMoreTextError
        same_line = self._closed_on_its_line(text, start) if forgiving else None
        if same_line is not None:
            return _Field(self._content(same_line.group(1)), same_line.end()), True
        return self._plain(text, start), True

    def _closed_on_its_line(self, text: str, start: int) -> re.Match[str] | None:
        # Where a search to the line's end was vain, later ones on that line are too: never search twice.
        if start in self._never_closed:
            return None
        match = self._same_line.match(text, start)
        if match is None:
            line_end = text.find("\n", start)
            self._never_closed = range(start, len(text) if line_end < 0 else line_end)
        return match

    def _plain(self, text: str, start: int) -> _Field:
        match = self._bare.match(text, start)
        end = match.end() if match else start
        stop = end
        if end > start and text[end - 1] == "\r" and (end == len(text) or text[end] == "\n"):
            stop = end - 1
        cell = text[start:stop]
        quote, plain = self.dialect.quote, self._without_escapes(cell)
        regular = "\r" not in plain and (
            quote is None or not (plain.endswith(quote) or plain.lstrip(" ").startswith(quote))
        )
        if plain is not cell:
            cell = self._escaped.sub(lambda m: m.group(1) or m.group(0), cell)
        return _Field(cell, stop, regular)

    def _content(self, inner: str) -> str:
        quote = self.dialect.quote or ""
        if self.dialect.escape:
            return self._escaped.sub(lambda m: m.group(1) or m.group(2), inner)
        return inner.replace(quote + quote, quote) if quote in inner else inner

    def _swallows_records(self, content: str) -> bool:
        return swallows_records(self._without_escapes(content), self.dialect.delimiter, self.expected_width)

    def _without_escapes(self, text: str) -> str:
        """The text with letters for all that is escaped; itself if nothing is."""
        return self._escape.sub("xx", text) if self.dialect.escape and "\\" in text else text
