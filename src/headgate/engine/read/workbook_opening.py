"""The workbook library at its work in a thread: it needs nothing of what the rest of the process loads meanwhile, nor Python's lock."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

import python_calamine as calamine

from headgate.engine.read.workbook_request import Request

_WORTHWHILE = 1 << 19
"""Smaller files (in bytes) are checked before they are read: that takes some milliseconds."""


@dataclass(frozen=True)
class Sheets:
    """The sheets of a workbook in its order, and the indexes of those that are visible worksheets."""

    names: list[str]
    visible: list[int]


class Opening:
    """An opened workbook, and its first sheet that is looked at, on which the library is at work meanwhile.

    It lets nobody look at the workbook while it parses a sheet, so all that is asked of the workbook else is noted before.
    """

    def __init__(self, request: Request) -> None:
        self._request = request
        self._book: calamine.CalamineWorkbook | None = None
        self._sheets: Future[Sheets] = Future()
        self._first: int | None = None
        self._first_sheet: Future[calamine.CalamineSheet] = Future()
        self._later = checked_first(request)
        if not self._later:
            threading.Thread(target=self._run, daemon=True, name="workbook-opening").start()

    @property
    def sheets(self) -> Sheets:
        """What the workbook has. Raises what the library raises."""
        if self._later:
            self._later = False
            self._sheets.set_result(self._open())
        return self._sheets.result()

    def sheet(self, index: int) -> calamine.CalamineSheet:
        """The parsed sheet; after `sheets`. Raises what the library raises."""
        first, self._first = self._first, None
        if first is not None:
            found, self._first_sheet = self._first_sheet, Future()  # nobody else shall keep it
            if first == index:
                return found.result()
            found.exception()  # waits for its end
        if self._book is None:
            raise RuntimeError("a sheet is asked for before the workbook is opened")
        return self._book.get_sheet_by_index(index)

    def _run(self) -> None:
        try:
            sheets = self._open()
            self._first = first_sheet(self._request.sheet, sheets)
            self._sheets.set_result(sheets)
        except BaseException as error:  # whoever asks for the sheets gets it
            self._sheets.set_exception(error)
            return
        if self._first is not None and self._book is not None:
            _settle(self._first_sheet, self._book, self._first)

    def _open(self) -> Sheets:
        self._book = book = calamine.CalamineWorkbook.from_path(self._request.path)
        return Sheets(book.sheet_names, _visible(book))


def _settle(future: Future[calamine.CalamineSheet], book: calamine.CalamineWorkbook, index: int) -> None:
    try:
        future.set_result(book.get_sheet_by_index(index))
    except BaseException as error:  # whoever asks for the sheet gets it
        future.set_exception(error)


def checked_first(request: Request) -> bool:
    """Whether nothing of the file goes to the library before its container was checked."""
    return request.check_first or Path(request.path).stat().st_size < _WORTHWHILE


def first_sheet(wanted: str | int | None, sheets: Sheets) -> int | None:
    """The index of the sheet that is looked at first: the one that is asked for, else the first visible one; None without one."""
    if wanted is not None:
        return named_sheet(wanted, sheets.names)
    return next(iter(sheets.visible), None)


def named_sheet(wanted: str | int, names: list[str]) -> int | None:
    """The index of a sheet by its 0-based index or its name, whose case matters where several differ by it only; None without one."""
    if isinstance(wanted, int) and 0 <= wanted < len(names):
        return wanted
    for same in (str.__str__, str.casefold):
        for index, name in enumerate(names):
            if isinstance(wanted, str) and same(name) == same(wanted):
                return index
    return None


def _visible(book: calamine.CalamineWorkbook) -> list[int]:
    return [
        index
        for index, sheet in enumerate(book.sheets_metadata)
        if sheet.visible == calamine.SheetVisibleEnum.Visible and sheet.typ == calamine.SheetTypeEnum.WorkSheet
    ]
