"""The look at a sheet's XML finds what needs a second look, whatever the blocks, and takes no longer for hostile XML than for any."""

from __future__ import annotations

import time

import pytest

from headgate.engine.read.sheet_scan import FilledScan, SheetScan, column_letters, column_number
from headgate.engine.read.zero_formats import cells_shown_with_zeros

SHEET = (
    b'<sheetData><row r="1" hidden="1"><c r="A1"><v>1</v></c><c r="AB1"><v>12345678901234567</v></c></row>'
    b'<x:row r="27"><c r="B27" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C27"><f>A1</f><v></v></c>'
    b'<c r="D27" s="1"><f>A1+1</f></c><c r="E27" t="str"><f>A2</f><v></v></c></x:row>'
    b"<row r='29' hidden='true'></row><row hidden=\"true\" r=\"28\"/></sheetData>"
)


def scanned(xml: bytes, block: int = 1 << 20) -> SheetScan:
    scan = SheetScan()
    for at in range(0, len(xml), block):
        scan.take(xml[at : at + block])
    return scan


@pytest.mark.parametrize("block", [1 << 20, 97, 513, 20])
def test_all_is_found_whatever_the_blocks(block: int) -> None:
    scan = scanned(SHEET, block)
    assert (scan.last_column, scan.last_row) == (column_number(b"AB"), 28)
    assert (scan.has_errors, scan.has_long_integers) == (True, True)
    assert (scan.hidden_rows, scan.formulas_without_values) == (3, 2)


@pytest.mark.parametrize("letters", ["A", "I", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD", "ZZZ"])
def test_the_last_column_is_the_rightmost_however_cells_are_ordered(letters: str) -> None:
    number = column_number(letters.encode())
    assert column_letters(number) == letters
    for other in {max(0, number - 1), number // 2, number // 26}:
        found = scanned(
            f'<c r="{letters}1"/>'.encode() + b" " * 600 + f'<c r="{column_letters(other)}1"/>'.encode(), 300
        )
        assert found.last_column == number
        found = scanned(
            f'<c r="{column_letters(other)}1"/>'.encode() + b" " * 600 + f'<c r="{letters}1"/>'.encode(), 300
        )
        assert found.last_column == number


def test_cells_with_nothing_in_them_do_not_count_as_filled() -> None:
    scan = FilledScan()
    scan.take(b'<c r="A1"><v>1</v></c><c s="3" r="C7"><f>1</f></c><c r="XFD9"/><c r="XFD9"></c><c r="XFD9" s="1" />')
    assert (scan.last_column, scan.last_row, scan.far) == (2, 7, b"C7")


HOSTILE = {
    "row ": b"row ",
    "rows that do not end": b'<row hidden="1" ',
    "attributes that do not end": b' hidden="1"',
    "cells that do not end": b'<c r="A1" f>',
    "names that do not end": b"<aaaaaaaa",
    "spaces behind a formula": b" ",
    "places that do not end": b' r="A1"',
}
"""What a pattern could begin to match at every place, and look for its end up to the end of the block."""
SIZE = 1 << 20


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_xml_takes_no_longer_than_any(what: str) -> None:
    piece = HOSTILE[what]
    begin = b'hidden="1"<c r="A1" s="1"><f/>' if piece == b" " else b'f> hidden="1" <c <row '
    xml = begin + piece * (SIZE // len(piece))
    before = time.process_time()
    scan, filled = SheetScan(), FilledScan()
    scan.take(xml)
    filled.take(xml)
    assert list(cells_shown_with_zeros([xml.replace(b"<f/>", b"")], {1: 5})) == []
    # Each is done in some hundredths of a second; if a place were looked at again for each other, it would be many minutes.
    assert time.process_time() - before < 30
