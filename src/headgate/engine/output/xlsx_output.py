"""Result rows as an Excel workbook: real numbers, dates and booleans; every text as text, never as a formula."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from headgate.engine.output.result_table import ResultColumn, original_column, value_column

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_CELL_CHARACTERS = 32_767
MAX_EXACT_DIGITS = 15
"""Excel keeps a number as a double and shows 15 digits: longer ones are written as text, so that none is lost."""

MAX_EXPONENT = 300
"""Excel's numbers end at about 1e308 and are zero below 1e-307."""

# XlsxWriter stamps the time of writing otherwise; the same rows must give the same bytes.
_CREATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


class FormatCannotHoldError(ValueError):
    """The rows do not fit the format. The message says which cell, and what to use instead."""


def write_xlsx(chunks: Iterable[pl.DataFrame], columns: Sequence[ResultColumn], target: Path) -> None:
    """The rows in a worksheet "Rows", continued in "Rows 2" and so on beyond Excel's limit.

    Raises FormatCannotHoldError when there are too many columns or a text is too long for a cell.
    """
    if len(columns) > MAX_COLUMNS:
        raise FormatCannotHoldError(f"An Excel sheet holds at most {MAX_COLUMNS} columns. Use csv, json or parquet.")
    # Here, because no other format should wait for it.
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    workbook = xlsxwriter.Workbook(str(target), options)
    workbook.set_properties({"created": _CREATED})
    try:
        _Sheets(workbook, columns).write(chunks)
    finally:
        workbook.close()


class _Sheets:
    def __init__(self, workbook: Any, columns: Sequence[ResultColumn]) -> None:
        self._workbook = workbook
        self._columns = columns
        self._bold = workbook.add_format({"bold": True})
        formats = {
            "date": workbook.add_format({"num_format": "yyyy-mm-dd"}),
            "datetime": workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        self._writers = [_cell_writer(column, formats) for column in columns]
        self._sheet: Any = None
        self._sheets = 0
        self._row = 0
        self._start_sheet()

    def write(self, chunks: Iterable[pl.DataFrame]) -> None:
        for chunk in chunks:
            names = [value_column(position) for position in range(len(self._columns))]
            originals = [original_column(position) for position in range(len(names))]
            originals = [name for name in originals if name in chunk.columns]
            for cells in chunk.select(names + originals).iter_rows():
                if self._row == MAX_ROWS:
                    self._start_sheet()
                self._write_row(cells, cells[len(names) :])
                self._row += 1

    def _start_sheet(self) -> None:
        self._sheets += 1
        self._sheet = self._workbook.add_worksheet("Rows" if self._sheets == 1 else f"Rows {self._sheets}")
        self._sheet.freeze_panes(1, 0)
        for position, column in enumerate(self._columns):
            self._sheet.write_string(0, position, column.key, self._bold)
        self._row = 1

    def _write_row(self, cells: tuple[Any, ...], originals: tuple[Any, ...]) -> None:
        for position, writer in enumerate(self._writers):
            text = cells[position]
            if text is None:
                continue
            if len(text) > MAX_CELL_CHARACTERS:
                key = self._columns[position].key
                raise FormatCannotHoldError(
                    f'The text of "{key}" in result row {self._row} has {len(text)} characters; '
                    f"an Excel cell holds {MAX_CELL_CHARACTERS}. Use csv, json or parquet."
                )
            if originals and originals[position]:
                self._sheet.write_string(self._row, position, text)
            else:
                writer(self._sheet, self._row, position, text)


_CellWriter = Callable[[Any, int, int, str], Any]


def _cell_writer(column: ResultColumn, formats: dict[str, Any]) -> _CellWriter:
    def as_text(sheet: Any, row: int, position: int, text: str) -> Any:
        return sheet.write_string(row, position, text)

    def as_number(sheet: Any, row: int, position: int, text: str) -> Any:
        digits, _, exponent = text.partition("e")
        if sum(map(str.isdigit, digits)) > MAX_EXACT_DIGITS or abs(int(exponent or 0)) > MAX_EXPONENT:
            return as_text(sheet, row, position, text)
        return sheet.write_number(row, position, float(text))

    def as_boolean(sheet: Any, row: int, position: int, text: str) -> Any:
        return sheet.write_boolean(row, position, text == "true")

    def as_date(sheet: Any, row: int, position: int, text: str) -> Any:
        try:
            moment = dt.datetime.fromisoformat(text)
        except ValueError:
            return as_text(sheet, row, position, text)
        if moment.year < 1901:
            return as_text(sheet, row, position, text)
        return sheet.write_datetime(row, position, moment, formats[column.type_name])

    if column.kind == "raw" and column.type_name == "number":
        return as_number
    if column.type_name == "checkbox":
        return as_boolean
    return as_date if column.type_name in formats else as_text
