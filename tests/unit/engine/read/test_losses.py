"""Data that was lost or garbled before it came here is told of, and ordinary data is not."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.errors import ImportFailedError

from .conftest import Read, cells

WORDS = "name,city\nMüller,Köln\nJosé,Málaga\n“Ann”,Łódź\nИван,Москва\n"


def twice(text: str) -> bytes:
    """The UTF-8 of `text`, read as Windows-1252 and encoded again."""
    raw = text.encode()
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in raw).encode()


def codes(warnings: list[dict[str, object]]) -> list[object]:
    return [entry["code"] for entry in warnings]


def test_text_encoded_twice_is_kept_and_its_repair_offered(read: Read) -> None:
    table = read(twice(WORDS))
    assert cells(table)[1] == ["MÃ¼ller", "KÃ¶ln"]
    assert {"code": "encoded_twice", "count": 19, "encoding": "utf-8-twice"} in table.description.warnings
    assert {"encoding": "utf-8-twice", "score": 0.0} in table.description.runners_up
    repaired = read(twice(WORDS), encoding="utf-8-twice")
    assert cells(repaired) == [line.split(",") for line in WORDS.splitlines()]


def test_text_encoded_once_is_no_reason_for_a_warning(read: Read) -> None:
    assert read((WORDS + "São João,Ârhus\nÂ,Ã\n").encode()).description.warnings == []


@given(st.text(alphabet="aé“üЯ€\n", min_size=1, max_size=60), st.integers(1, 12))
def test_the_repair_gives_the_text_back_wherever_blocks_end(text: str, size: int) -> None:
    import codecs

    import headgate.engine.read.encoded_twice  # noqa: F401 — registers the codec

    decoder = codecs.getincrementaldecoder("utf-8-twice")("strict")
    data = twice(text)
    parts = [decoder.decode(data[at : at + size]) for at in range(0, len(data), size)]
    assert "".join([*parts, decoder.decode(b"", final=True)]) == text


def test_long_numbers_in_scientific_notation_are_told_of(read: Read) -> None:
    table = read(b'id,n\n1.23457E+12,2\n4.5E+3,1\nAB1.23457E+12,3\n"1,23457E+15",9\n')
    assert {"code": "digits_lost_in_exponents", "cells": 2} in table.description.warnings


@pytest.mark.parametrize(("rows", "told"), [(65_535, True), (65_534, False), (65_536, False)])
def test_a_table_that_ends_where_spreadsheets_end_is_told_of(read: Read, rows: int, told: bool) -> None:
    assert ("ends_at_last_row" in codes(read(b"a,b\n" + b"1,2\n" * rows).description.warnings)) is told


@pytest.mark.parametrize(("length", "told"), [(32_767, True), (32_766, False), (32_768, False)])
def test_cells_as_long_as_a_spreadsheet_allows_are_told_of(read: Read, length: int, told: bool) -> None:
    warnings = read(f"a,b\n{'é' * length},2\n".encode()).description.warnings
    assert ("cells_at_longest" in codes(warnings)) is told


def test_hidden_rows_and_merged_cells_of_a_sheet_are_read_and_told_of(read: Read) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Region", "City"], ["North", "Oslo"], [None, "Bergen"], ["South", "Rome"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.row_dimensions[4].hidden = True
    out = BytesIO()
    book.save(out)
    table = read(out.getvalue(), "book.xlsx")
    assert cells(table) == [["Region", "City"], ["North", "Oslo"], [None, "Bergen"], ["South", "Rome"]]
    assert {"code": "hidden_rows_read", "rows": 1} in table.description.warnings
    assert {"code": "merged_cells", "count": 1} in table.description.warnings


def workbook(*rows: list[object], formats: dict[str, str]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cell, number_format in formats.items():
        sheet[cell].number_format = number_format
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_leading_zeros_that_a_format_shows_are_part_of_the_number(read: Read) -> None:
    data = workbook(
        ["zip", "count", "part"],
        [2138, 7, 12],
        [10115, 8, "A7"],
        [123456, 9, 1.5],
        [None, 10, 3],
        formats={
            "A2": "00000",
            "A3": "00000",
            "A4": "00000",
            "A5": "00000",
            "C2": "0000;@",
            "C3": "0000",
            "C4": "0000",
        },
    )
    assert cells(read(data, "book.xlsx"))[1:] == [
        ["02138", "7", "0012"],
        ["10115", "8", "A7"],
        ["123456", "9", "1.5"],
        [None, "10", "3"],
    ]


def test_formats_that_show_more_than_zeros_change_nothing(read: Read) -> None:
    formats = {"A2": "0.00", "A3": "#,##0", "A4": "0", "A5": "00-00"}
    data = workbook(["n"], [7], [8], [9], [10], formats=formats)
    assert cells(read(data, "book.xlsx")) == [["n"], ["7"], ["8"], ["9"], ["10"]]


def test_zeros_are_put_where_they_belong_in_sheets_of_several_pieces(read: Read) -> None:
    rows: list[list[object]] = [[number, "x"] for number in range(40_000)]
    data = workbook(
        ["n", "t"], *rows, formats={"A2": "00000", "A20002": "00000", "A40001": "000000", "A39999": "0000000"}
    )
    table = cells(read(data, "book.xlsx"))
    assert [table[1][0], table[2][0], table[20001][0], table[39998][0], table[40000][0]] == [
        "00000", "1", "20000", "0039997", "039999",
    ]  # fmt: skip


def test_formulas_whose_result_the_file_does_not_have_are_told_of(read: Read) -> None:
    table = read(workbook(["n", "m"], [1, "=A2+1"], [2, "=A3+1"], formats={}), "book.xlsx")
    assert {"code": "formulas_without_values", "cells": 2} in table.description.warnings


def test_formulas_with_a_result_even_an_empty_text_are_not(read: Read) -> None:
    data = workbook(["n", "m"], [1, "=A2+1"], [2, '=""'], formats={})
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = re.sub(rb"<f>A2\+1</f><v ?/>|<f>A2\+1</f><v></v>", b"<f>A2+1</f><v>2</v>", content)
                content = content.replace(b'<c r="B3">', b'<c r="B3" t="str">')
                assert b"<v>2</v>" in content
                assert b't="str"' in content
            target.writestr(name, content)
    table = read(out.getvalue(), "book.xlsx")
    assert cells(table) == [["n", "m"], ["1", "2"], ["2", None]]
    assert "formulas_without_values" not in codes(table.description.warnings)


def ods(*rows: tuple[str, int]) -> bytes:
    """A sheet of rows of one cell ("" for an empty one), each so many times."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    body = "".join(
        f'<table:table-row table:number-rows-repeated="{times}"><table:table-cell'
        + (f' office:value-type="string"><text:p>{text}</text:p></table:table-cell>' if text else "/>")
        + "</table:table-row>"
        for text, times in rows
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml", '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="S">{body}'
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


def test_an_ods_sheet_with_values_behind_the_last_possible_row_is_refused(read: Read) -> None:
    with pytest.raises(ImportFailedError, match="1,048,582") as failed:
        read(ods(("h", 1), ("", 1_048_580), ("last", 1)), "book.ods")
    assert failed.value.code == "file_hostile"


def test_empty_rows_behind_the_last_possible_row_do_no_harm(read: Read) -> None:
    assert cells(read(ods(("h", 1), ("x", 2), ("", 2_000_000)), "book.ods")) == [["h"], ["x"], ["x"]]


@pytest.mark.parametrize("since_1904", [True, False])
def test_dates_of_both_calendars_of_workbooks_are_the_same_days(read: Read, since_1904: bool) -> None:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": since_1904})
    sheet = book.add_worksheet()
    sheet.write(0, 0, "day")
    sheet.write_datetime(1, 0, dt.date(2024, 2, 29), book.add_format({"num_format": "yyyy-mm-dd"}))
    book.close()
    assert cells(read(out.getvalue(), "book.xlsx")) == [["day"], ["2024-02-29"]]


def test_exponents_are_counted_wherever_the_blocks_of_the_file_end(read: Read) -> None:
    rows = 20_000
    table = read(b"id,n\n" + b"1,1.23457E+12\n" * rows + b"x" * 200_000 + b",1.23457E+12")
    assert [(one["code"], one["cells"]) for one in table.description.warnings] == [
        ("digits_lost_in_exponents", rows + 1)
    ]


def test_text_that_was_encoded_twice_is_counted_wherever_the_blocks_of_the_file_end(read: Read) -> None:
    rows = 20_000
    table = read(b"id,name\n" + "1,MÃ¼ller\n".encode() * rows)
    assert [(one["code"], one["count"]) for one in table.description.warnings] == [("encoded_twice", rows)]
