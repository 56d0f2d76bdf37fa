from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from headgate.engine.read.options import ReadLimits
from headgate.engine.read.workbook_container import scan_container

SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("xml", "last_row"),
    [
        ('<row r="1"><c r="A1"/></row><row spans="1:2" r="12"/>', 12),
        ('<row r="3"/><row hidden="0"/>', 3),
        ('<x:row r="7"/><x:t>a row without number</x:t>', 7),
        ("<sheetData/>", 0),
        ('<row r="9"/><row r="4"/>', 4),
    ],
)
def test_the_last_row_that_begins_in_a_sheet_says_how_far_it_goes(tmp_path: Path, xml: str, last_row: int) -> None:
    path = tmp_path / "workbook.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(SHEET, xml)
    assert scan_container(path, ReadLimits()).scans[SHEET].last_row == last_row


@pytest.mark.parametrize(("xml", "found"), [("<c t='e'/>", True), ('<c t="e"/>', True), ("<t>it's</t>", False)])
def test_errors_are_seen_whatever_quotes_the_xml_has(tmp_path: Path, xml: str, found: bool) -> None:
    path = tmp_path / "workbook.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(SHEET, xml)
    assert scan_container(path, ReadLimits()).scans[SHEET].has_errors is found
