"""Rows of an ODS sheet behind the last one that a spreadsheet can have: the workbook library leaves them out without a word."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from headgate.engine.errors import ImportFailedError
from headgate.engine.read.containers import BLOCK

MOST_ROWS = 1_048_576
_TOKEN = re.compile(rb"<table:table[ >]|<table:table-row\b[^>]*>")
_TOKEN_OR_VALUE = re.compile(rb"<table:table[ >]|<table:table-row\b[^>]*>|office:value-type=|<text:p\b")
_REPEATED = re.compile(rb'table:number-rows-repeated=["\'](\d{1,12})["\']')


def refuse_rows_beyond_sheets(path: Path) -> None:
    """Raise ImportFailedError `file_hostile` when a sheet has values behind row 1,048,576."""
    last = _last_row(path, _TOKEN)
    # Empty rows down to the last possible one are usual, so a second look for values is rarely needed.
    if last > MOST_ROWS:
        last = _last_row(path, _TOKEN_OR_VALUE)
    if last > MOST_ROWS:
        raise ImportFailedError(
            "file_hostile",
            f"A sheet has values in row {last:,}, but spreadsheets end at row {MOST_ROWS:,}: the rows behind it would be lost. "
            "Send the data as CSV, or split it into several files.",
            rows=last,
        )


def _last_row(path: Path, tokens: re.Pattern[bytes]) -> int:
    """The last row of any sheet, counted from 1: that is declared, or that has a value if `tokens` finds values."""
    only_values = tokens is _TOKEN_OR_VALUE
    row = last = 0
    for data in _whole_tags(path):
        for found in tokens.finditer(data):
            token = found.group()
            if token.startswith(b"<table:table-row"):
                repeated = _REPEATED.search(token)
                row += int(repeated.group(1)) if repeated else 1
                last = last if only_values else max(last, row)
            elif token.startswith(b"<table:table"):
                row = 0
            else:
                last = max(last, row)
    return last


def _whole_tags(path: Path) -> Iterator[bytes]:
    rest = b""
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as file:
        while block := file.read(BLOCK):
            data = rest + block
            end = data.rfind(b">") + 1
            rest = data[end:]
            yield data[:end]
