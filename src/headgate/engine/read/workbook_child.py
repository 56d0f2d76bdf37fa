"""The process that reads a workbook, bounded in memory and CPU: whatever the library does, only this process dies.

Speaks JSON lines: the request on stdin, then events on stdout (`previews`, answered by the chosen sheet's index;
`checked`, once the container is; `rows`, with the bytes of their columns behind the line; `errors`, cells that have one; `done`; `failed`).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import python_calamine as calamine

from headgate.engine.errors import ImportFailedError
from headgate.engine.explanations import warning
from headgate.engine.read.cell_texts import cell_texts
from headgate.engine.read.options import SheetPreview
from headgate.engine.read.sheet_details import SheetDetails, library_details, ods_details, xlsx_details
from headgate.engine.read.sheet_rows import Rows, sheet_rows
from headgate.engine.read.sheet_scan import column_letters
from headgate.engine.read.workbook_check import ContainerCheck
from headgate.engine.read.workbook_container import ContainerScan, encrypted, refuse_absurd_extent, refuse_extent
from headgate.engine.read.workbook_opening import Opening, named_sheet
from headgate.engine.read.workbook_request import OUT_OF_MEMORY, Request
from headgate.engine.read.zero_formats import shown_with_zeros, zero_widths

PREVIEW_ROWS = 50
_ERRORS_AT_ONCE = 10_000
CELLS_KEPT = 3_000_000
"""Sheets parsed for their preview are kept up to this many cells, and the last one whatever it has, so that the chosen one is not
parsed again."""


class _Workbook:
    """An opened workbook whose sheets are checked before they are parsed."""

    def __init__(self, request: Request, opening: Opening, check: ContainerCheck) -> None:
        self._request = request
        self._path = Path(request.path)
        self._opening = opening
        self._check = check
        self._sheets = opening.sheets
        self._kept: dict[int, calamine.CalamineSheet] = {}
        self._cells_kept = 0
        self._last: tuple[int, calamine.CalamineSheet] | None = None
        self.names = self._sheets.names

    @property
    def _container(self) -> ContainerScan:
        return self._check.scan

    def visible(self) -> list[int]:
        """The indexes of the visible worksheets."""
        return self._sheets.visible

    def may_have_data(self, index: int) -> bool:
        """False only for a sheet that is known to hold no cell."""
        scan = self._container.of_sheet(index)
        return scan is None or scan.last_column >= 0

    def sheet(self, index: int) -> calamine.CalamineSheet:
        """The parsed sheet. Raises ImportFailedError `file_hostile` when its extent is absurd."""
        if index in self._kept:
            return self._kept[index]
        if self._last is not None and self._last[0] == index:
            return self._last[1]
        self._last = None  # two large sheets may be more than there is memory for
        if self._check.done:
            self._refuse_absurd_extent(index)
            sheet = self._opening.sheet(index)
        else:
            try:
                sheet = self._opening.sheet(index)
            finally:
                self._refuse_absurd_extent(index)
        # Looked at again, because not every format has a scan, and the library sees cells that the scan cannot.
        if sheet.end is not None:
            last_row, last_column = sheet.end
            last = f"{column_letters(last_column)}{last_row + 1}"
            refuse_extent((last_row + 1) * (last_column + 1), last, self.names[index], self._request.limits)
        self._cells_kept += sheet.height * sheet.width
        if self._cells_kept <= CELLS_KEPT:
            self._kept[index] = sheet
        self._last = index, sheet
        return sheet

    def _refuse_absurd_extent(self, index: int) -> None:
        scan = self._container.of_sheet(index)
        if scan is not None:
            member = self._container.sheet_members[index]
            refuse_absurd_extent(self._path, member, scan, self.names[index], self._request.limits)

    def traces(self, index: int, sheet: calamine.CalamineSheet) -> list[dict[str, Any]]:
        """Warnings for what the sheet's looks hide: hidden rows, which are read, formulas that nobody worked out, and values
        that stand for several rows."""
        scan = self._container.of_sheet(index)
        warnings = []
        if scan is not None and scan.hidden_rows:
            warnings.append(warning("hidden_rows_read", rows=scan.hidden_rows))
        if scan is not None and scan.formulas_without_values:
            warnings.append(warning("formulas_without_values", cells=scan.formulas_without_values))
        merged = sheet.merged_cell_ranges or []
        tall = sum(last[0] > first[0] for first, last in merged)
        if tall:
            warnings.append(warning("merged_cells", count=tall))
        return warnings

    def details(self, index: int, sheet: calamine.CalamineSheet) -> SheetDetails:
        """Error cells, long integers and zeros that a format shows, looked for only where there may be any."""
        scan = self._container.of_sheet(index)
        if scan is not None:
            member = self._container.sheet_members[index]
            needed = scan.has_errors or scan.has_long_integers
            details = xlsx_details(self._path, member) if needed else SheetDetails()
            details.integers.update(shown_with_zeros(self._path, member, zero_widths(self._path)))
            return details
        if self._request.format == "ods":
            content = self._container.content
            found = content is not None and content.has_errors
            return ods_details(self._path, self.names[index]) if found else SheetDetails()
        if not self._container.may_have_errors:
            return SheetDetails()
        return library_details(self._path, index, sheet.start or (0, 0))


def serve(request: Request, opening: Opening) -> None:
    """Serve one request, whose workbook is being opened."""
    try:
        check = ContainerCheck(request, partial(_send, "checked"), _refuse)
        with check.goes_first():
            _read(request, opening, check)
    except ImportFailedError as error:
        _send_failure(error)
    except calamine.PasswordError:
        _send("failed", code="file_encrypted", message=encrypted().message, context={})
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    except (calamine.CalamineError, OSError, ValueError) as error:
        _send("failed", code="file_corrupt", message=_corrupt_message(error), context={})


def _refuse(error: ImportFailedError | None) -> None:
    """End the process from within any thread, whatever the library is doing."""
    if error is not None:
        _send_failure(error)
    os._exit(0)


def _send_failure(error: ImportFailedError) -> None:
    _send("failed", code=error.code, message=error.message, context=error.context)


def _corrupt_message(error: Exception) -> str:
    reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
    return f"The workbook is damaged and cannot be read ({reason}). Open it in Excel, save it anew and send it again."


def _read(request: Request, opening: Opening, check: ContainerCheck) -> None:
    workbook = _Workbook(request, opening, check)
    index = _wanted_sheet(request, workbook)
    sheet = workbook.sheet(index)
    details = workbook.details(index, sheet)
    for rows in sheet_rows(sheet, details, kinds=request.cell_kinds):
        _send_rows(rows, sheet.total_height)
    _send_errors(details)
    name = workbook.names[index]
    others = [workbook.names[other] for other in workbook.visible() if other != index and workbook.may_have_data(other)]
    _send("done", sheet=name, others=others, traces=workbook.traces(index, sheet))
    # At once: to take apart what the library has parsed, cell by cell, takes a tenth of the time of parsing it.
    os._exit(0)


def _wanted_sheet(request: Request, workbook: _Workbook) -> int:
    if request.sheet is not None:
        return _named_sheet(request.sheet, workbook.names)
    previews: list[SheetPreview] = []
    for index in workbook.visible():
        rows = _preview(workbook.sheet(index))
        if not any(cell is not None for row in rows for cell in row):
            continue
        previews.append(SheetPreview(workbook.names[index], index, rows))
        if not request.choose:
            break
    if not previews:
        raise ImportFailedError(
            "no_visible_sheet",
            "The workbook has no visible sheet with data. Unhide the sheet, or fill it, and send it again.",
        )
    if len(previews) == 1:
        return previews[0].index
    _send("previews", sheets=[asdict(preview) for preview in previews])
    return int(json.loads(sys.stdin.readline()))


def _named_sheet(wanted: str | int, names: list[str]) -> int:
    index = named_sheet(wanted, names)
    if index is not None:
        return index
    listed = ", ".join(repr(name) for name in names[:20])
    raise ImportFailedError(
        "sheet_not_found",
        f"The workbook has no sheet {wanted!r}; it has {listed}. "
        "Correct `settings.uploadStep.sheetOverride` or leave it out.",
        sheet=wanted,
        sheets=names[:100],
    )


def _preview(sheet: calamine.CalamineSheet) -> list[list[str | None]]:
    if sheet.start is None:
        return []
    # A sheet may begin with many blank rows: the first rows with data are what tells sheets apart.
    rows: Iterator[list[Any]] = islice(sheet.iter_rows(), sheet.start[0], sheet.start[0] + PREVIEW_ROWS)
    return [cell_texts(row) for row in rows]


def _send_rows(rows: Rows, total: int) -> None:
    parts = [part for _, parts in rows.columns for part in parts]
    columns = [(form, list(map(len, parts))) for form, parts in rows.columns]
    _send("rows", *parts, count=rows.count, left=rows.left, columns=columns, total=total)


def _send_errors(details: SheetDetails) -> None:
    errors = ((*place, text) for place, text in details.errors.items())
    while some := list(islice(errors, _ERRORS_AT_ONCE)):
        _send("errors", errors=some)


def _send(event: str, *parts: bytes, **values: Any) -> None:
    """Send an event, and the bytes that belong to it."""
    line = f"{json.dumps({'event': event, **values})}\n".encode()
    output = sys.stdout.buffer
    # At once: each write gives Python's lock to the thread that makes the next rows.
    output.write(b"".join((line, *parts)))
    output.flush()
