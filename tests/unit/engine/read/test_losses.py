"""Data that was lost or garbled before it came here is told of, and ordinary data is not."""

from __future__ import annotations

import datetime as dt
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
