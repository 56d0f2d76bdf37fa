"""HTML tables: what a browser shows is what is read, and hostile pages end fast."""

from __future__ import annotations

import random
import time

import pytest

from headgate.engine.errors import ImportFailedError
from headgate.engine.read.options import ReadLimits, SheetPreview

from .conftest import Read, cells

SIMPLE = "<html><body><table><tr><th>id</th><th>name</th></tr><tr><td>007</td><td>Ana &amp; Zoë</td></tr></table></body></html>"
EXPECTED = [["id", "name"], ["007", "Ana & Zoë"]]


def failure(read: Read, content: bytes, **options: object) -> ImportFailedError:
    with pytest.raises(ImportFailedError) as caught:
        read(content, **options)
    return caught.value


def rows(read: Read, inner: str) -> list[list[str | None]]:
    return cells(read(f"<table>{inner}</table>".encode()))


def test_a_page_named_xls_is_read(read: Read) -> None:
    table = read(SIMPLE.encode(), name="export.xls")
    assert (table.kind, table.header, table.description.format, table.description.sheet) == (
        "text",
        None,
        "html",
        "Table 1",
    )
    assert cells(table) == EXPECTED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_the_declared_encoding_is_used(read: Read, encoding: str) -> None:
    assert cells(read(f'<meta charset="{encoding}">{SIMPLE}'.encode(encoding))) == EXPECTED


def test_ends_may_be_left_out(read: Read) -> None:
    assert rows(read, "<tr><td>a<td>b<tr><td>c<td>d") == [["a", "b"], ["c", "d"]]


def test_text_is_normalized_as_a_browser_shows_it(read: Read) -> None:
    found = rows(read, "<tr><td>  a \n  <b>b</b>c </td><td>x<br/>y<p>z</p></td><td>&nbsp;</td><td>1&nbsp;000</td></tr>")
    assert found == [["a bc", "x\ny\nz", None, "1\xa0000"]]


def test_scripts_and_comments_are_no_text(read: Read) -> None:
    assert rows(read, "<tr><td>a<script>'<td>no</td>'</script><!-- <td>no --><style>x</style></td></tr>") == [["a"]]


def test_spans_are_written_out(read: Read) -> None:
    inner = (
        "<tr><td colspan=3>Title</td></tr><tr><td rowspan=2>1</td><td colspan=2>2</td></tr>"
        "<tr><td>3</td><td>4</td></tr><tr><td>5</td></tr>"
    )
    assert rows(read, inner) == [["Title", None, None], ["1", "2", "2"], ["1", "3", "4"], ["5", None, None]]
    assert rows(read, "<tbody><tr><td rowspan=0>a<td>b<tr><td>c<tbody><tr><td>d") == [
        ["a", "b"],
        ["a", "c"],
        ["d", None],
    ]


def test_the_largest_table_or_the_chosen_one_is_read(read: Read) -> None:
    page = (
        b"<html><table id=nav><tr><td>Home</td></tr></table><table id=data><tr><td>a<td>b<tr><td>1<td>2</table></html>"
    )
    table = read(page)
    assert (cells(table), table.description.sheet) == ([["a", "b"], ["1", "2"]], "data")
    seen: list[SheetPreview] = []

    def choose(sheets: list[SheetPreview]) -> int:
        seen.extend(sheets)
        return 0

    assert cells(read(page, choose_sheet=choose)) == [["Home"]]
    assert [(sheet.name, sheet.index) for sheet in seen] == [("data", 1), ("nav", 0)]
    assert cells(read(page, sheet="nav")) == cells(read(page, sheet=0)) == [["Home"]]
    assert failure(read, page, sheet="other").code == "sheet_not_found"


def test_a_table_inside_of_a_cell_is_a_table_of_its_own(read: Read) -> None:
    page = b"<table><tr><td>menu<table><tr><td>a<td>b</tr><tr><td>1<td>2</tr></table>end</td></tr></table>"
    table = read(page)
    assert cells(table) == [["a", "b"], ["1", "2"]]
    assert cells(read(page, sheet=0)) == [["menuend"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<!DOCTYPE html><html><body><p>Hello</p></body></html>", "file_format_unknown"),
        (b"<table>" * 100_000, "file_hostile"),
        (b"<table><tr>" + b"<td colspan=1000>x" * 5000, "too_many_columns"),
        (b"<table><tr>" + b"<td colspan=1000 rowspan=65534>x" * 10 + b"<tr>" * 60_000, "file_hostile"),
        (b"<table><!--" + b"x" * (3 << 20), "file_hostile"),
        (b"<table><td a='" + b"x" * (3 << 20), "file_hostile"),
    ],
    ids=["no table", "deep", "wide", "spans", "comment", "attribute"],
)
def test_hostile_pages_fail_fast(read: Read, content: bytes, code: str) -> None:
    start = time.process_time()
    limits = ReadLimits(ratio_floor_bytes=4 << 20)
    assert failure(read, content, limits=limits).code == code
    assert time.process_time() - start < 5


@pytest.mark.parametrize("start", [b"<html>", b"<table>", b"<?xml version='1.0'?>", b"<r><a>", b"PAR1\0"])
def test_random_bytes_behind_a_known_start_end_plainly(read: Read, start: bytes) -> None:
    generator = random.Random(7)  # noqa: S311 — test data
    for _ in range(10):
        try:
            table = read(start + generator.randbytes(2000))
        except ImportFailedError:
            continue
        assert len(cells(table)) == table.rows
