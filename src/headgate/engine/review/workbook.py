"""Rows of a review as an Excel workbook to correct and give back, or as CSV to look at.

Every cell is text in a text format, so Excel changes nothing of it and nothing in it is ever a formula. Cells with issues
are coloured and say in a note what is wrong.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from headgate.engine.hooked_table import HookedSlot
from headgate.engine.issue_kinds import Level
from headgate.engine.output.files import replaced_when_complete
from headgate.engine.output.xlsx_output import MAX_COLUMNS, MAX_ROWS, FormatCannotHoldError
from headgate.engine.review.reviewed import Positions, ReviewedRows, column_id, column_label, is_editable
from headgate.engine.review.workbook_layout import (
    FIRST_DATA_ROW,
    HEADER_ROW,
    IDENTITY_ROW,
    OPTIONS_SHEET,
    ROWS_SHEET,
    TELLING_ROW,
    WORKBOOK_MESSAGES,
    Identity,
    cell_texts,
    record_cells,
)
from headgate.engine.table import rows_per_chunk
from headgate.records import dataclass

MAX_NOTES = 50_000
"""Notes are shapes: Excel opens a workbook with more of them only after minutes. Cells beyond are coloured all the same."""
MAX_NOTE_CHARACTERS = 1_000

_CREATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_COLOURS: dict[Level, str] = {"error": "#FDECEA", "warning": "#FFF4DC", "info": "#E8F0FB"}
_RANKS: dict[Level, int] = {"error": 0, "warning": 1, "info": 2}
_WIDTH, _LEAST_WIDTH = 50, 8
_LOOKED_AT = 1_000
"""Rows of each part whose texts settle the widths of the columns."""
_FORMULA = r"^[=@\t\r]|^[+-].*[A-Za-z=@|!]"
"""Texts that a spreadsheet may run when it opens a CSV file; a number or a phone number with its sign is none."""

Notes = Callable[[Positions], pl.DataFrame]
"""What is wrong with rows, one entry a message: `at` (place in the positions asked for), `slot` (its position; -1: the row as
such), `level` and `text`."""


@dataclass(frozen=True)
class Export:
    """What goes out: rows of a review in the order given. `telling`: the one line that says what to do."""

    rows: ReviewedRows
    positions: Positions
    identity: Identity
    notes: Notes
    telling: str = WORKBOOK_MESSAGES["instruction"]

    @property
    def columns(self) -> list[HookedSlot]:
        """The slots that people see."""
        return [hooked for hooked in self.rows.hooked if not hooked.slot.field.hidden]

    def parts(self) -> list[Positions]:
        """The rows in parts of a moderate size."""
        size = max(1, rows_per_chunk(max(1, len(self.columns))) // 8)
        return [self.positions[start : start + size] for start in range(0, len(self.positions), size)]

    def texts(self, positions: Positions) -> pl.DataFrame:
        """What the cells of those rows show, a column a slot."""
        columns = self.columns
        frame = self.rows.frame(positions, columns)
        return pl.DataFrame([cell_texts(frame, hooked).alias(f"x{n}") for n, hooked in enumerate(columns)])


def write_csv(export: Export, target: Path) -> None:
    """The rows as CSV with the names of the columns. A text that a spreadsheet would run gets an apostrophe in front."""
    with replaced_when_complete(target) as part, part.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerow(_harmless(pl.Series([column_label(hooked.slot) for hooked in export.columns])))
        for positions in export.parts():
            texts = export.texts(positions)
            safe = texts.with_columns(_harmless(texts[name]).alias(name) for name in texts.columns)
            stream.write(safe.write_csv(include_header=False, line_terminator="\r\n", quote_style="necessary"))


def _harmless(texts: pl.Series) -> pl.Series:
    guarded = texts.str.contains(_FORMULA).fill_null(value=False)
    return ("'" + texts).zip_with(guarded, texts)


def write_workbook(export: Export, target: Path) -> None:
    """The rows as a workbook that `corrections.py` reads back. Raises FormatCannotHoldError when they do not fit into a sheet."""
    if len(export.positions) > MAX_ROWS - FIRST_DATA_ROW:
        raise FormatCannotHoldError(
            f"An Excel sheet holds {MAX_ROWS - FIRST_DATA_ROW:,} rows; these are {len(export.positions):,}. Download only the rows "
            "with errors, or CSV."
        )
    if len(export.columns) >= MAX_COLUMNS:
        raise FormatCannotHoldError(f"An Excel sheet holds {MAX_COLUMNS:,} columns. Download CSV.")
    # Here, because nothing else should wait for it.
    import xlsxwriter

    options = {
        "constant_memory": True,
        "tmpdir": str(target.parent),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with replaced_when_complete(target) as part:
        book = xlsxwriter.Workbook(str(part), options)
        book.set_properties({"created": _CREATED})
        try:
            _Writer(book, export).write()
        finally:
            book.close()


class _Writer:
    """Writes row by row: what was written is on disk already."""

    def __init__(self, book: Any, export: Export) -> None:
        self._book, self._export = book, export
        self._columns = export.columns
        self._sheet = book.add_worksheet(ROWS_SHEET)
        self._text = book.add_format({"num_format": "@"})
        self._locked = book.add_format({"num_format": "@", "font_color": "#667079"})
        self._marked = {
            level: book.add_format({"num_format": "@", "bg_color": colour}) for level, colour in _COLOURS.items()
        }
        self._notes_left = MAX_NOTES

    def write(self) -> None:
        self._head()
        row = FIRST_DATA_ROW
        widths = [len(column_label(hooked.slot)) for hooked in self._columns]
        for positions in self._export.parts():
            texts = self._export.texts(positions)
            self._rows(positions, texts, row)
            row += len(positions)
            longest = texts.head(_LOOKED_AT).select(pl.all().str.len_chars().max().fill_null(0)).row(0)
            widths = [max(width, int(length)) for width, length in zip(widths, longest, strict=True)] if longest else []
        self._columns_as_text(widths)
        self._choices(last_row=max(row, FIRST_DATA_ROW + 1) + 1_000)
        if self._columns:
            self._sheet.autofilter(HEADER_ROW, 0, max(row - 1, HEADER_ROW), len(self._columns))

    def _head(self) -> None:
        sheet = self._sheet
        bold = self._book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
        told = self._book.add_format({"italic": True, "font_color": "#667079"})
        sheet.set_row(IDENTITY_ROW, None, None, {"hidden": True})
        sheet.write_string(IDENTITY_ROW, 0, self._export.identity.to_text())
        for number, hooked in enumerate(self._columns, start=1):
            sheet.write_string(IDENTITY_ROW, number, column_id(hooked.slot))
        record = record_cells(self._export.rows.ids(self._export.positions))
        for number, text in enumerate(record, start=len(self._columns) + 1):
            sheet.write_string(IDENTITY_ROW, number, text)
        sheet.write_string(TELLING_ROW, 1, self._export.telling, told)
        for number, hooked in enumerate(self._columns, start=1):
            sheet.write_string(HEADER_ROW, number, column_label(hooked.slot), bold)
        sheet.freeze_panes(FIRST_DATA_ROW, 0)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MAX_ROWS}"})

    def _rows(self, positions: Positions, texts: pl.DataFrame, first: int) -> None:
        marks, notes = self._marks(positions)
        locked = [None if is_editable(hooked.slot) else self._locked for hooked in self._columns]
        sheet, plain = self._sheet, self._text
        for at, (row_id, cells) in enumerate(
            zip(self._export.rows.ids(positions).tolist(), texts.iter_rows(), strict=True)
        ):
            row = first + at
            sheet.write_string(row, 0, str(row_id))
            for number, text in enumerate(cells):
                form = marks.get((at, number)) or locked[number] or plain
                if text is not None:
                    sheet.write_string(row, number + 1, text, form)
                elif form is not plain:
                    sheet.write_blank(row, number + 1, None, form)
                if (at, number) in notes and self._notes_left > 0:
                    self._notes_left -= 1
                    sheet.write_comment(row, number + 1, notes[at, number][:MAX_NOTE_CHARACTERS], {"x_scale": 2})

    def _marks(self, positions: Positions) -> tuple[dict[tuple[int, int], Any], dict[tuple[int, int], str]]:
        """Formats and notes by place in the part and number of the column; what is wrong with a row stands at its first cell."""
        number_of = {hooked.slot.position: number for number, hooked in enumerate(self._columns)} | {-1: 0}
        found: dict[tuple[int, int], list[tuple[int, str]]] = {}
        for at, slot, level, text in self._export.notes(positions).select("at", "slot", "level", "text").iter_rows():
            if slot in number_of:
                found.setdefault((at, number_of[slot]), []).append((_RANKS[level], text))
        levels: Sequence[Level] = sorted(_RANKS, key=_RANKS.__getitem__)
        marks = {place: self._marked[levels[min(entries)[0]]] for place, entries in found.items()}
        notes = {place: "\n".join(dict.fromkeys(text for _, text in sorted(e))) for place, e in found.items()}
        return marks, notes

    def _columns_as_text(self, widths: Sequence[int]) -> None:
        self._sheet.set_column(0, 0, 4, self._text, {"hidden": True})
        for number, width in enumerate(widths, start=1):
            self._sheet.set_column(number, number, min(_WIDTH, max(_LEAST_WIDTH, width + 3)), self._text)

    def _choices(self, last_row: int) -> None:
        """Drop-downs of option fields. Another text may be entered all the same: the review tells whether it will do."""
        listed = [
            (number, [option.label[:255] for option in hooked.slot.field.select_options])
            for number, hooked in enumerate(self._columns, start=1)
            if hooked.slot.field.type_name == "select" and hooked.slot.field.select_options and is_editable(hooked.slot)
        ]
        if not listed:
            return
        from xlsxwriter.utility import xl_col_to_name

        sheet = self._book.add_worksheet(OPTIONS_SHEET)
        sheet.hide()
        for row in range(max(len(labels) for _, labels in listed)):
            for column, (_, labels) in enumerate(listed):
                if row < len(labels):
                    sheet.write_string(row, column, labels[row], self._text)
        for column, (number, labels) in enumerate(listed):
            letters = xl_col_to_name(column)
            source = f"={OPTIONS_SHEET}!${letters}$1:${letters}${len(labels)}"
            rule = {"validate": "list", "source": source, "show_error": False}
            self._sheet.data_validation(FIRST_DATA_ROW, number, min(last_row, MAX_ROWS - 1), number, rule)
