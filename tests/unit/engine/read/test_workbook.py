"""Workbooks give what their sheets show, and no workbook can hurt the reading process."""

from __future__ import annotations

import datetime as dt
import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import NamedStyle

from headgate.engine.errors import ImportFailedError
from headgate.engine.read.options import ReadLimits
from headgate.engine.read.sheet_scan import column_number

from .conftest import Read, cells


def xlsx(fill: Callable[[xlsxwriter.Workbook], None], **options: Any) -> bytes:
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, **options})
    fill(workbook)
    workbook.close()
    return buffer.getvalue()


def rewritten(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return buffer.getvalue()


def simple(workbook: xlsxwriter.Workbook) -> None:
    sheet = workbook.add_worksheet("Data")
    sheet.write_row(0, 0, ["id", "name"])
    sheet.write_row(1, 0, [1, "Ana"])


SIMPLE = [["id", "name"], ["1", "Ana"]]


def typed(workbook: xlsxwriter.Workbook) -> None:
    sheet = workbook.add_worksheet("Data")
    formats = {
        code: workbook.add_format({"num_format": code})
        for code in ("yyyy-mm-dd", "hh:mm:ss", "yyyy-mm-dd hh:mm", "[h]:mm:ss", "0.0%")
    }
    sheet.write_row(0, 0, [123, 0.1, 1234567.891, 1e-7, 1e21, -5])
    sheet.write_datetime(1, 0, dt.date(2024, 3, 1), formats["yyyy-mm-dd"])
    sheet.write_datetime(1, 1, dt.datetime(2024, 3, 1, 13, 5, 7), formats["yyyy-mm-dd hh:mm"])  # noqa: DTZ001 — sheets know no zones
    sheet.write_datetime(1, 2, dt.time(13, 5, 7), formats["hh:mm:ss"])
    sheet.write(1, 3, 1.5, formats["[h]:mm:ss"])
    sheet.write(1, 4, 0.125, formats["0.0%"])
    sheet.write_boolean(1, 5, True)
    for column, text in enumerate([" 007 ", "1E5", "2024-03-01", "TRUE", "1.0", "0123456789012345678"]):
        sheet.write_string(2, column, text)
    sheet.write_formula(3, 0, "=1+1", None, 2)
    sheet.write_formula(3, 1, '="a"&"b"', None, "ab")
    sheet.write_formula(3, 2, "=NA()", None, "#N/A")
    sheet.write_formula(3, 3, "=1/0", None, "#DIV/0!")


TYPED = [
    ["123", "0.1", "1234567.891", "0.0000001", "1000000000000000000000", "-5"],
    ["2024-03-01", "2024-03-01T13:05:07", "13:05:07", "36:00:00", "0.125", "TRUE"],
    [" 007 ", "1E5", "2024-03-01", "TRUE", "1.0", "0123456789012345678"],
    ["2", "ab", None, None, None, None],
]


def test_cells_give_what_the_sheet_shows(read: Read) -> None:
    table = read(xlsx(typed), name="whatever.bin")
    assert (table.kind, table.description.format, table.description.sheet) == ("sheet", "xlsx", "Data")
    assert cells(table) == TYPED
    assert table.cell_errors is not None
    assert table.cell_errors.rows() == [(3, 2, "#N/A"), (3, 3, "#DIV/0!")]


def test_the_1904_date_system_is_respected(read: Read) -> None:
    assert cells(read(xlsx(typed, date_1904=True))) == TYPED


def test_long_integers_keep_the_digits_that_the_file_has(read: Read) -> None:
    content = rewritten(
        xlsx(simple),
        lambda name, data: (
            data.replace(b'"A2"><v>1</v>', b'"A2"><v>12345678901234567890</v>') if "sheet1" in name else data
        ),
    )
    assert cells(read(content))[1][0] == "12345678901234567890"


def test_positions_are_those_of_the_sheet(read: Read) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.write(2, 1, "a")
        sheet.write(4, 2, "b")
        sheet.write_formula(4, 3, "=#REF!", None, "#REF!")

    table = read(xlsx(fill))
    assert cells(table) == [[None] * 4, [None] * 4, [None, "a", None, None], [None] * 4, [None, None, "b", None]]
    assert table.cell_errors is not None
    assert table.cell_errors.rows() == [(4, 3, "#REF!")]


def several(workbook: xlsxwriter.Workbook) -> None:
    workbook.add_worksheet("Empty")
    hidden = workbook.add_worksheet("Hidden")
    hidden.write(0, 0, "secret")
    hidden.hide()
    for name in ("First", "Second"):
        workbook.add_worksheet(name).write(0, 0, name.lower())
    workbook.get_worksheet_by_name("First").activate()


def test_the_first_visible_sheet_with_data_is_read_and_the_others_are_named(read: Read) -> None:
    table = read(xlsx(several))
    assert cells(table) == [["first"]]
    assert table.description.warnings == [{"code": "other_sheets_not_read", "sheets": ["Second"]}]


def test_the_caller_chooses_among_visible_sheets_with_data(read: Read) -> None:
    seen: list[Any] = []

    def choose(previews: list[Any]) -> int:
        seen.extend(previews)
        return previews[-1].index

    assert cells(read(xlsx(several), choose_sheet=choose)) == [["second"]]
    assert [(preview.name, preview.index, preview.rows) for preview in seen] == [
        ("First", 2, [["first"]]),
        ("Second", 3, [["second"]]),
    ]


@pytest.mark.parametrize(
    ("sheet", "expected"), [("Second", "second"), ("second", "second"), (3, "second"), ("Hidden", "secret")]
)
def test_a_sheet_asked_for_is_read(read: Read, sheet: str | int, expected: str) -> None:
    assert cells(read(xlsx(several), sheet=sheet)) == [[expected]]


@pytest.mark.parametrize("sheet", ["Third", 9, -1])
def test_an_unknown_sheet_fails_and_the_known_ones_are_named(read: Read, sheet: str | int) -> None:
    with pytest.raises(ImportFailedError) as caught:
        read(xlsx(several), sheet=sheet)
    assert caught.value.code == "sheet_not_found"
    assert "'Second'" in caught.value.message


def test_a_workbook_without_visible_data_fails(read: Read) -> None:
    with pytest.raises(ImportFailedError) as caught:
        read(xlsx(lambda workbook: workbook.add_worksheet()))
    assert caught.value.code == "no_visible_sheet"


def test_a_workbook_written_by_another_library_inside_a_zip_is_read(read: Read) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["id", "name"])
    workbook.active.append([1, "Ana"])
    workbook.add_named_style(NamedStyle("x"))
    buffer = io.BytesIO()
    workbook.save(buffer)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("book.xlsx", buffer.getvalue())
    table = read(packed.getvalue())
    assert cells(table) == SIMPLE
    assert table.description.warnings == [{"code": "unpacked", "from": "zip"}]


OLD_WORKBOOK = Path(__file__).parents[3] / "data" / "old.xls"
"""BIFF8, with a text, numbers, a boolean, a date, a time and #REF! below an empty row."""


def test_old_binary_workbooks_are_read(read: Read) -> None:
    table = read(OLD_WORKBOOK.read_bytes(), name="x.csv")
    assert table.description.format == "xls"
    assert cells(table) == [
        [None] * 4,
        ["text", "12", "0.5", "TRUE"],
        ["2024-03-01", "01:02:03", None, None],
        [None] * 4,
    ]
    assert table.cell_errors is not None
    assert table.cell_errors.rows() == [(3, 1, "#REF!")]


ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"><office:body><office:spreadsheet>'
)


def ods(tables: str, manifest: str = "<manifest/>") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml", f"{ODS_HEAD}{tables}</office:spreadsheet></office:body></office:document-content>"
        )
        archive.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()


def ods_cell(kind: str, text: str, **attributes: str) -> str:
    more = " ".join(f'office:{key.replace("_", "-")}="{value}"' for key, value in attributes.items())
    return f'<table:table-cell office:value-type="{kind}" {more}><text:p>{text}</text:p></table:table-cell>'


def test_open_document_sheets_are_read(read: Read) -> None:
    row = "".join(
        [
            ods_cell("string", "a"),
            ods_cell("float", "12.00", value="12"),
            ods_cell("date", "1. März", date_value="2024-03-01"),
            ods_cell("time", "13:05", time_value="PT13H05M07S"),
            ods_cell("boolean", "WAHR", boolean_value="true"),
            '<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error">'
            "<text:p>#DIV/0!</text:p></table:table-cell>",
            '<table:table-cell table:number-columns-repeated="16000"/>',
        ]
    )
    cell = '<table:table-cell table:number-columns-repeated="9"/>'
    blank = f'<table:table-row table:number-rows-repeated="3">{cell}</table:table-row>'
    tail = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    content = ods(f'<table:table table:name="T">{blank}<table:table-row>{row}</table:table-row>{tail}</table:table>')
    table = read(content)
    assert table.description.format == "ods"
    assert cells(table)[3][:5] == ["a", "12", "2024-03-01", "13:05:07", "TRUE"]
    assert table.rows == 4
    assert table.cell_errors is not None
    assert table.cell_errors.rows() == [(3, 5, "#DIV/0!")]


def failure(read: Read, content: bytes, **options: Any) -> ImportFailedError:
    with pytest.raises(ImportFailedError) as caught:
        read(content, **options)
    return caught.value


def test_a_lone_value_in_the_last_cell_fails_fast_and_names_the_place(read: Read) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet("Far")
        sheet.write(0, 0, "a")
        sheet.write(1_048_575, 16_383, "b")

    start = time.monotonic()
    error = failure(read, xlsx(fill))
    assert (error.code, error.context["sheet"]) == ("file_hostile", "Far")
    assert "XFD1048576" in error.message
    assert time.monotonic() - start < 30


def test_formatted_but_empty_cells_far_away_do_no_harm(read: Read) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        simple(workbook)
        workbook.get_worksheet_by_name("Data").write_blank(1_048_575, 16_383, None, workbook.add_format({"bold": True}))

    assert cells(read(xlsx(fill))) == SIMPLE


def test_a_false_dimension_does_no_harm(read: Read) -> None:
    content = rewritten(xlsx(simple), lambda name, data: data.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"'))
    assert cells(read(content)) == SIMPLE


def test_a_reader_that_needs_too_much_memory_ends_in_a_plain_failure(read: Read) -> None:
    many = f'<table:table-row table:number-rows-repeated="1000000">{ods_cell("string", "x" * 1000)}</table:table-row>'
    error = failure(
        read, ods(f'<table:table table:name="T">{many}</table:table>'), limits=ReadLimits(memory_bytes=200 << 20)
    )
    assert error.code == "memory_limit_exceeded"


def test_a_reader_that_runs_too_long_ends_in_a_plain_failure(read: Read) -> None:
    row = b"<row>" + b"<c><v>1.25</v></c>" * 20 + b"</row>"
    content = rewritten(xlsx(simple), lambda name, data: data.replace(b"<sheetData>", b"<sheetData>" + row * 200_000))
    error = failure(read, content, limits=ReadLimits(cpu_seconds=1, max_unfold_ratio=1e6))
    assert error.code == "time_limit_exceeded"


def test_zip_bombs_and_entities_in_workbooks_are_refused(read: Read) -> None:
    bomb = rewritten(xlsx(simple), lambda name, data: data + b" " * (200 << 20) if "theme" in name else data)
    assert failure(read, bomb).code == "file_hostile"
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    entities = rewritten(
        xlsx(simple), lambda name, data: data.replace(b"?>", b"?>" + doctype, 1) if "sharedStrings" in name else data
    )
    assert failure(read, entities).code == "file_hostile"


def test_wrong_checksums_and_cut_files_are_corrupt(read: Read) -> None:
    content = bytearray(xlsx(simple))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        offset = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    content[offset + 14] ^= 0xFF
    directory = content.index(b"xl/worksheets/sheet1.xml", content.index(b"PK\x01\x02")) - 46
    content[directory + 16] ^= 0xFF
    assert failure(read, bytes(content)).code == "file_corrupt"
    assert failure(read, xlsx(simple)[:-100]).code == "file_corrupt"
    broken = rewritten(xlsx(simple), lambda name, data: data[: len(data) // 2] if "sheet1" in name else data)
    assert failure(read, broken).code == "file_corrupt"
    assert failure(read, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000).code == "file_corrupt"


def test_encrypted_workbooks_are_called_encrypted(read: Read) -> None:
    import msoffcrypto.format.ooxml

    buffer = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(xlsx(simple))).encrypt("secret", buffer)
    assert failure(read, buffer.getvalue()).code == "file_encrypted"
    locked = ods("<table:table/>", "<manifest><encryption-data/></manifest>")
    assert failure(read, locked).code == "file_encrypted"


def test_column_letters_are_numbers() -> None:
    assert [column_number(letters) for letters in (b"A", b"Z", b"AA", b"XFD")] == [0, 25, 26, 16_383]


@pytest.mark.parametrize("content", [xlsx(simple), b"id,name\n1,Ana\n"])
def test_other_work_begins_once_and_before_any_row_is_there(read: Read, content: bytes) -> None:
    told: list[str] = []
    table = read(content, begun=lambda: told.append("begun"), progress=lambda _done, _total: told.append("rows"))
    assert cells(table) == SIMPLE
    assert told[0] == "begun"
    assert told.count("begun") == 1
