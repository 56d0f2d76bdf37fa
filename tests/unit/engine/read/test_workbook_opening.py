"""The library opens a workbook while other things are done, and nobody notices but by the clock."""

from __future__ import annotations

from pathlib import Path

import pytest
import python_calamine as calamine

from headgate.engine.read import workbook_child
from headgate.engine.read.options import ReadLimits
from headgate.engine.read.workbook_check import ContainerCheck
from headgate.engine.read.workbook_opening import Opening, Sheets
from headgate.engine.read.workbook_request import Request

from .test_workbook import rewritten, several, xlsx
from .test_workbook_check import large

ROWS = 10_000


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sheets that take the library a while."""
    row = b"<row>" + b"<c><v>1.25</v></c>" * 3 + b"</row>"
    content = rewritten(
        xlsx(several),
        lambda name, data: data.replace(b"</sheetData>", row * ROWS + b"</sheetData>") if "sheet" in name else data,
    )
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    path.write_bytes(large(content))
    return path


def request(book: Path, sheet: str | int | None = None, *, check_first: bool = False) -> Request:
    return Request(str(book), "xlsx", sheet, False, ReadLimits(), check_first=check_first)


@pytest.mark.parametrize("check_first", [False, True])
@pytest.mark.parametrize("wanted", [None, "second", 3, "nowhere"])
def test_what_the_workbook_has_is_known_while_the_library_parses_a_sheet(
    book: Path, wanted: str | int | None, check_first: bool
) -> None:
    opening = Opening(request(book, wanted, check_first=check_first))
    assert opening.sheets == Sheets(["Empty", "Hidden", "First", "Second"], [0, 2, 3])
    for index, height in ((3, ROWS + 1), (2, ROWS + 1), (3, ROWS + 1), (0, 0)):
        assert opening.sheet(index).height == height


@pytest.mark.parametrize("check_first", [False, True])
def test_what_the_library_raises_is_raised_where_the_workbook_is_asked_for(tmp_path: Path, check_first: bool) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(bytes(1 << 20))
    opening = Opening(request(path, check_first=check_first))
    with pytest.raises(calamine.CalamineError):
        _ = opening.sheets


def test_the_sheet_that_was_parsed_last_is_not_parsed_again_however_large_it_is(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[int] = []

    class Counted(Opening):
        def sheet(self, index: int) -> calamine.CalamineSheet:
            parsed.append(index)
            return super().sheet(index)

    def unexpected(_: object) -> None:
        raise AssertionError("nothing is wrong with the container")

    monkeypatch.setattr(workbook_child, "CELLS_KEPT", 0)
    asked = request(book)
    check = ContainerCheck(asked, lambda: None, unexpected)
    workbook = workbook_child._Workbook(asked, Counted(asked), check)
    for index in (2, 2, 3, 2):
        assert workbook.sheet(index).height == ROWS + 1
    assert parsed == [2, 3, 2]
