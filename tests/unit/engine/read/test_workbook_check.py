"""A workbook that is read while its container is checked gives nothing, and fails with nothing, that the check would not let pass."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from headgate.engine.errors import ImportFailedError
from headgate.engine.read.options import ReadLimits
from headgate.engine.read.workbook_check import ContainerCheck
from headgate.engine.read.workbook_request import Request

from .conftest import Read, cells
from .test_workbook import ods, ods_cell, rewritten, several, simple, xlsx

FILLER = hashlib.shake_128(b"filler").digest(600_000)
"""Makes a workbook large enough to be checked beside the reading, which is over long before the check."""


def large(content: bytes) -> bytes:
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("docProps/filler.bin", FILLER)
    return buffer.getvalue()


def with_wrong_checksum(content: bytes, member: str) -> bytes:
    changed = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        changed[archive.getinfo(member).header_offset + 14] ^= 0xFF
    name = member.encode()
    changed[content.index(name, content.index(b"PK\x01\x02")) - 46 + 16] ^= 0xFF
    return bytes(changed)


def absurd(workbook: xlsxwriter.Workbook) -> None:
    sheet = workbook.add_worksheet("Far")
    sheet.write(0, 0, "a")
    sheet.write(1_048_575, 16_383, "b")


def failure(read: Read, content: bytes, **options: object) -> ImportFailedError:
    with pytest.raises(ImportFailedError) as caught:
        read(content, **options)
    return caught.value


def test_a_sound_workbook_gives_its_cells_and_all_that_the_check_found(read: Read) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        simple(workbook)
        sheet = workbook.get_worksheet_by_name("Data")
        sheet.write_formula(2, 0, "=1/0", None, "#DIV/0!")
        sheet.set_row(1, None, None, {"hidden": True})
        workbook.add_worksheet("Other").write(0, 0, "x")
        workbook.add_worksheet("Empty")

    table = read(large(xlsx(fill)))
    assert cells(table) == [["id", "name"], ["1", "Ana"], [None, None]]
    assert table.cell_errors is not None
    assert table.cell_errors.rows() == [(2, 0, "#DIV/0!")]
    assert table.description.warnings == [
        {"code": "other_sheets_not_read", "sheets": ["Other"]},
        {"code": "hidden_rows_read", "rows": 1},
    ]


@pytest.mark.parametrize("member", ["xl/worksheets/sheet1.xml", "docProps/filler.bin"])
def test_a_wrong_checksum_is_told_although_the_library_reads_the_cells(read: Read, member: str) -> None:
    assert failure(read, with_wrong_checksum(large(xlsx(simple)), member)).code == "file_corrupt"


def test_what_is_wrong_with_the_container_goes_before_any_other_failure(read: Read) -> None:
    damaged = rewritten(xlsx(simple), lambda name, data: data[: len(data) // 2] if "sheet1" in name else data)
    assert failure(read, large(damaged)).message.startswith("The workbook is damaged and cannot be read (")
    unsound = with_wrong_checksum(large(damaged), "docProps/filler.bin")
    assert failure(read, unsound).message.startswith("The workbook file is damaged or incomplete")
    assert failure(read, unsound, sheet="nowhere").code == "file_corrupt"
    assert failure(read, large(xlsx(simple)), sheet="nowhere").code == "sheet_not_found"


def test_a_bomb_in_a_part_that_nobody_reads_is_refused(read: Read) -> None:
    bomb = rewritten(xlsx(simple), lambda name, data: data + b" " * (20 << 20) if "theme" in name else data)
    limits = ReadLimits(max_unfold_ratio=20, ratio_floor_bytes=1 << 20)
    assert failure(read, large(bomb), limits=limits).code == "file_hostile"


def test_a_lone_value_in_the_last_cell_is_refused_and_its_place_named(read: Read) -> None:
    error = failure(read, large(xlsx(absurd)))
    assert (error.code, error.context["sheet"]) == ("file_hostile", "Far")
    assert "XFD1048576" in error.message


def test_a_sheet_of_absurd_extent_that_nobody_asks_for_does_no_harm(read: Read) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        several(workbook)
        absurd(workbook)

    content = large(xlsx(fill))
    assert cells(read(content)) == [["first"]]
    assert failure(read, content, sheet="Far").code == "file_hostile"


def test_open_documents_are_checked_while_they_are_read(read: Read) -> None:
    row = f"<table:table-row>{ods_cell('string', 'a')}</table:table-row>"
    far = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row>'
    sheet = '<table:table table:name="T">{}</table:table>'
    assert cells(read(large(ods(sheet.format(row))))) == [["a"]]
    assert failure(read, large(ods(sheet.format(row + far + row)))).context["rows"] == 1_048_578
    locked = large(ods(sheet.format(row), "<manifest><encryption-data/></manifest>"))
    assert failure(read, locked).code == "file_encrypted"


def test_a_library_that_dies_is_asked_once_more_behind_the_check(read: Read) -> None:
    many = f'<table:table-row table:number-rows-repeated="1000000">{ods_cell("string", "x" * 1000)}</table:table-row>'
    content = large(ods(f'<table:table table:name="T">{many}</table:table>'))
    limits = ReadLimits(memory_bytes=200 << 20)
    assert failure(read, content, limits=limits).code == "memory_limit_exceeded"
    unsound = with_wrong_checksum(content, "docProps/filler.bin")
    assert failure(read, unsound, limits=limits).code == "file_corrupt"


def refused_by(content: bytes, path: Path) -> tuple[list[ImportFailedError | None], Callable[[], object]]:
    """What a check beside the reading ends the process with, and how to wait for it."""
    path.write_bytes(content)
    request = Request(str(path), "xlsx", None, False, ReadLimits())
    refused: list[ImportFailedError | None] = []
    check = ContainerCheck(request, lambda: None, refused.append)
    return refused, lambda: check.scan


def test_the_process_ends_at_once_when_the_container_is_refused(tmp_path: Path) -> None:
    unsound = with_wrong_checksum(large(xlsx(simple)), "docProps/filler.bin")
    refused, scan = refused_by(unsound, tmp_path / "book.xlsx")
    with pytest.raises(ImportFailedError) as caught:
        scan()
    assert refused == [caught.value]


def test_the_process_ends_at_once_when_a_sheet_is_too_far_across(tmp_path: Path) -> None:
    refused, scan = refused_by(large(xlsx(absurd)), tmp_path / "book.xlsx")
    scan()
    assert refused == [None]
