"""What `content.xml` says about the sheets of an ODS file: cells with errors, and rows behind the last one that a spreadsheet can have,
which the workbook library leaves out without a word.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from headgate.engine.errors import ImportFailedError
from headgate.engine.read.containers import BLOCK
from headgate.records import dataclass

CONTENT = "content.xml"
MOST_ROWS = 1_048_576
_TOKEN = re.compile(rb"<table:table[ >]|<table:table-row\b[^>]*>")
_TOKEN_OR_VALUE = re.compile(rb"<table:table[ >]|<table:table-row\b[^>]*>|office:value-type=|<text:p\b")
_REPEATED = re.compile(rb'table:number-rows-repeated=["\'](\d{1,12})["\']')
_ERRORS = (b'value-type="error"', b"value-type='error'")
_TAIL = 32


@dataclass
class ContentScan:
    """What is found while `content.xml` is unpacked: `last_row` is the last row of any sheet that is declared, counted from 1."""

    last_row: int = 0
    has_errors: bool = False
    _row: int = 0
    _rest: bytes = b""
    _tail: bytes = b""

    def take(self, block: bytes) -> None:
        """Take in the next block of the XML."""
        if not self.has_errors:
            seen = self._tail + block
            self.has_errors = any(mark in seen for mark in _ERRORS)
            self._tail = seen[-_TAIL:]
        tags, self._rest = _whole_tags(self._rest + block)
        for found in _TOKEN.finditer(tags):
            rows = _rows(found.group())
            self._row = 0 if rows is None else self._row + rows
            self.last_row = max(self.last_row, self._row)


def refuse_rows_beyond_sheets(path: Path, scan: ContentScan) -> None:
    """Raise ImportFailedError `file_hostile` when a sheet has values behind row 1,048,576."""
    # Empty rows down to the last possible one are usual, so a second look for values is rarely needed.
    last = scan.last_row if scan.last_row <= MOST_ROWS else _last_row_with_value(path)
    if last > MOST_ROWS:
        raise ImportFailedError(
            "file_hostile",
            f"A sheet has values in row {last:,}, but spreadsheets end at row {MOST_ROWS:,}: the rows behind it would be lost. "
            "Send the data as CSV, or split it into several files.",
            rows=last,
        )


def _last_row_with_value(path: Path) -> int:
    row = last = 0
    for tags in _pieces(path):
        for found in _TOKEN_OR_VALUE.finditer(tags):
            token = found.group()
            if not token.startswith(b"<table:table"):
                last = max(last, row)
                continue
            rows = _rows(token)
            row = 0 if rows is None else row + rows
    return last


def _rows(token: bytes) -> int | None:
    """How many rows a tag stands for; None when a table begins with it."""
    if not token.startswith(b"<table:table-row"):
        return None
    repeated = _REPEATED.search(token)
    return int(repeated.group(1)) if repeated else 1


def _pieces(path: Path) -> Iterator[bytes]:
    rest = b""
    with zipfile.ZipFile(path) as archive, archive.open(CONTENT) as file:
        while block := file.read(BLOCK):
            tags, rest = _whole_tags(rest + block)
            yield tags


def _whole_tags(data: bytes) -> tuple[bytes, bytes]:
    """All up to the end of the last tag, and what follows it."""
    end = data.rfind(b">") + 1
    return data[:end], data[end:]
