"""HTML → the rows of each table, cell texts as a browser shows them, with cells that span several written out."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

from headgate.engine.errors import ImportFailedError
from headgate.engine.read.containers import Unfolding
from headgate.engine.read.options import ReadLimits

MAX_TABLES = 1_000
_MAX_DEPTH = 64
# The limits of the HTML standard.
_MAX_COLSPAN, _MAX_ROWSPAN = 1_000, 65_534
_UNSEEN = {"script", "style", "template", "noscript", "title", "textarea", "select"}
_BREAKS = {"br", "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "blockquote"}
_GROUPS = {"thead", "tbody", "tfoot"}
_SPACE = re.compile(r"[ \t\n\f\r]+")
_AROUND_BREAKS = re.compile(r" ?\v+[ \v]*")
_SPANNED_BYTES = 8
_PENDING_CHARACTERS = 1 << 20

Row = list[str | None]
TakeRow = Callable[[int, Row], None]
"""Called with the table's number (in the order of their start tags) and a row."""


class TableParser(HTMLParser):
    """Calls `take_row` for each row of each table. Tables inside of cells are tables of their own, not part of the cell."""

    def __init__(self, take_row: TakeRow, size: int, limits: ReadLimits) -> None:
        super().__init__(convert_charrefs=True)
        self._take_row = take_row
        self._max_columns = limits.max_columns
        self._unfolding = Unfolding(size, limits)
        self._open: list[_Table] = []
        self._unseen: list[str] = []
        self.names: list[str] = []

    def feed(self, data: str) -> None:
        """Parse a piece. Raises ImportFailedError `file_hostile` for a tag or comment without an end."""
        super().feed(data)
        if len(self.rawdata) > _PENDING_CHARACTERS:
            raise ImportFailedError(
                "file_hostile",
                "A tag or comment of the HTML page has no end within a million characters. Save the table anew.",
            )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See the base class."""
        if tag in _UNSEEN:
            self._unseen.append(tag)
            return
        if tag == "table":
            self._start_table(dict(attrs))
        elif self._open:
            self._open[-1].start(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        """See the base class."""
        if self._unseen:
            if tag in self._unseen:
                del self._unseen[self._unseen.index(tag) :]
            return
        if not self._open:
            return
        if tag == "table":
            self._end_table()
        else:
            self._open[-1].end(tag)

    def handle_data(self, data: str) -> None:
        """See the base class."""
        if self._open and not self._unseen:
            self._open[-1].text(data)

    def close(self) -> None:
        """The end of the file closes what is open, as in a browser."""
        super().close()
        while self._open:
            self._end_table()

    def _start_table(self, attributes: dict[str, str | None]) -> None:
        number = len(self.names)
        if number >= MAX_TABLES or len(self._open) >= _MAX_DEPTH:
            raise ImportFailedError(
                "file_hostile",
                f"The HTML page has more than {MAX_TABLES:,} tables, or tables nested deeper than {_MAX_DEPTH} levels. "
                "Send the one table alone.",
            )
        self.names.append(attributes.get("id") or f"Table {number + 1}")
        self._open.append(_Table(lambda row: self._take_row(number, row), self._unfolding, self._max_columns))

    def _end_table(self) -> None:
        self._open.pop().finish()


class _Table:
    """A table whose end has not come yet. `spans`: column → text and how many more rows it reaches into."""

    def __init__(self, take_row: Callable[[Row], None], unfolding: Unfolding, max_columns: int) -> None:
        self._take_row = take_row
        self._unfolding = unfolding
        self._max_columns = max_columns
        self._spans: dict[int, tuple[str | None, int]] = {}
        self._cells: list[tuple[str | None, int, int]] | None = None
        self._parts: list[str] | None = None
        self._size = (1, 1)

    def start(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "tr":
            self._end_row()
            self._cells = []
        elif tag in ("td", "th"):
            self._end_cell()
            if self._cells is None:
                self._cells = []
            self._parts = []
            across = min(max(1, _number(attributes.get("colspan"))), _MAX_COLSPAN)
            down = _number(attributes.get("rowspan"), if_none=1)
            self._size = (across, min(down or _MAX_ROWSPAN, _MAX_ROWSPAN))
        elif tag in _GROUPS:
            self._end_group()
        elif tag in _BREAKS and self._parts is not None:
            self._parts.append("\v")

    def end(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag in _GROUPS:
            self._end_group()
        elif tag in _BREAKS and self._parts is not None:
            self._parts.append("\v")

    def text(self, text: str) -> None:
        if self._parts is not None:
            self._parts.append(text.replace("\v", " "))

    def finish(self) -> None:
        self._end_row()

    def _end_group(self) -> None:
        self._end_row()
        self._spans.clear()

    def _end_cell(self) -> None:
        if self._parts is None or self._cells is None:
            return
        self._cells.append((_shown("".join(self._parts)), *self._size))
        self._parts = None

    def _end_row(self) -> None:
        self._end_cell()
        cells, self._cells = self._cells, None
        if cells is None:
            return
        row: Row = []
        spanned = self._fill(row)
        # A single cell over the whole width is a title: once is enough.
        is_title = len(cells) == 1 and not spanned
        for text, across, down in cells:
            if len(row) + across > self._max_columns:
                raise ImportFailedError(
                    "too_many_columns",
                    f"A row of the HTML table has more than the {self._max_columns:,} cells allowed. Split the table.",
                )
            for step in range(across):
                if down > 1:
                    self._spans[len(row)] = (text, down - 1)
                spanned += step > 0
                row.append(None if is_title and step else text)
            spanned += self._fill(row)
        if spanned:
            self._unfolding.add(spanned * _SPANNED_BYTES + sum(len(text) for text in row if text))
        self._take_row(row)

    def _fill(self, row: Row) -> int:
        """Append what reaches down from above, as far as it is next; the answer is how many cells that were."""
        before = len(row)
        while (above := self._spans.get(len(row))) is not None:
            text, left = above
            if left > 1:
                self._spans[len(row)] = (text, left - 1)
            else:
                del self._spans[len(row)]
            row.append(text)
        return len(row) - before


def _number(text: str | None, *, if_none: int = 1) -> int:
    found = re.match(r"\s*(\d{1,6})", text or "")
    return int(found[1]) if found else if_none


def _shown(text: str) -> str | None:
    text = _AROUND_BREAKS.sub("\n", _SPACE.sub(" ", text)).strip(" \n")
    # A cell of no-break spaces is how programs write an empty one.
    return text if text.strip() else None
