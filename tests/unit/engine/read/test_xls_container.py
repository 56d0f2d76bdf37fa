"""Old workbooks are read twice only where there may be a cell with an error."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from benchmarks.workbooks import write_xls
from headgate.engine.read.xls_errors import may_have_errors

from .conftest import Read, cells
from .test_workbook import OLD_WORKBOOK

NUMBER = 1234.5678
ROWS = [
    ["name", "amount"],
    *[[f"{'Łódź' if at % 2 else 'Köln'} {at}", at + 0.25] for at in range(12_000)],
    ["x", NUMBER],
]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("xls") / "book.xls"
    write_xls(path, "Data", ROWS)
    return path.read_bytes()


def test_a_large_old_workbook_gives_its_cells(read: Read, sound: bytes) -> None:
    table = read(sound)
    assert cells(table) == [[str(cell) for cell in row] for row in ROWS]
    assert table.cell_errors is None


def test_a_sound_workbook_without_an_error_is_known_as_such(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "book.xls"
    path.write_bytes(sound)
    assert not may_have_errors(path)


@pytest.mark.parametrize("code", [0x00, 0x07, 0x0F, 0x17, 0x1D, 0x24, 0x2A, 0x2B])
def test_the_error_of_a_formula_or_a_cell_is_never_overlooked(tmp_path: Path, sound: bytes, code: int) -> None:
    path = tmp_path / "book.xls"
    number = struct.pack("<d", NUMBER)
    path.write_bytes(sound.replace(number, bytes([2, 0, code, 0, 0, 0, 0xFF, 0xFF])))
    assert may_have_errors(path)
    at = sound.index(number) - 10
    for length in (8, 14):
        cell = struct.pack("<HH6xBB", 0x0205, length, code, 1)
        path.write_bytes(sound[:at] + cell + sound[at + len(cell) :])
        assert may_have_errors(path)


def test_damaged_containers_are_left_to_the_library(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "book.xls"
    assert may_have_errors(OLD_WORKBOOK)
    for content in (b"", sound[:6000], sound[:-5000]):
        path.write_bytes(content)
        assert may_have_errors(path)
