"""Delimited text becomes records, the same by the strict and the careful way, whatever its damage."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.errors import ImportFailedError
from headgate.engine.read import regular_runs
from headgate.engine.read.chunks import ChunkWriter
from headgate.engine.read.delimited import read_delimited
from headgate.engine.read.dialect import Dialect
from headgate.engine.read.options import ReadLimits
from headgate.engine.read.shapes import ColumnShapes
from headgate.engine.read.structure import block_structure, whole_lines
from headgate.engine.table import FileDescription

from .conftest import Cells, Read, cells

COMMA = Dialect()


@pytest.fixture(scope="module", autouse=True)
def _read_as_large_files_are() -> Iterator[None]:
    """The texts here are small, and what reads large ones is to read them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(regular_runs, "FEW_BYTES", 0)
        yield


def parse(
    content: bytes,
    dialect: Dialect = COMMA,
    *,
    width: int = 0,
    strict: bool = True,
    limits: ReadLimits | None = None,
    shapes: ColumnShapes | None = None,
) -> Cells:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text"
        path.write_bytes(content)
        writer = ChunkWriter(Path(folder) / "cells", limits or ReadLimits())
        read_delimited(path, dialect, writer, expected_width=width, strict_allowed=strict, shapes=shapes)
        return cells(writer.finish("text", FileDescription("csv"), header=["x"]))


def field(text: str, style: str) -> str:
    plain = not any(character in text for character in ',"\n\r')
    return text if style == "bare" and plain else '"' + text.replace('"', '""') + '"'


regular_files = st.lists(
    st.tuples(
        st.lists(st.tuples(st.text('ab ",;\n\r\té€\0', max_size=6), st.sampled_from(["bare", "quoted"])), max_size=5),
        st.sampled_from(["\n", "\r\n"]),
    ),
    max_size=12,
)


@given(regular_files, st.booleans(), st.booleans())
@settings(max_examples=150, deadline=None)
def test_strict_and_careful_reading_agree_on_regular_files(rows: list, last_end: bool, bom: bool) -> None:
    text = "".join(",".join(field(*cell) for cell in row) + end for row, end in rows)
    text = text if last_end else text.rstrip("\r\n")
    content = (b"\xef\xbb\xbf" if bom else b"") + text.encode()
    data = text.encode()
    assert block_structure(whole_lines(data, final=True), 44, 34, final=True).regular
    strict = parse(content)
    assert strict == parse(content, strict=False)
    if last_end:
        width = max((len(row) for row, _ in rows), default=0) or 1
        expected = [[cell[0] or None for cell in row] + [None] * (width - len(row)) for row, _ in rows]
        assert strict == expected


@given(st.text('ab",\n\r;', max_size=60), st.integers(0, 4))
@settings(max_examples=200, deadline=None)
def test_no_character_but_quotes_delimiters_and_line_ends_is_ever_lost(text: str, width: int) -> None:
    rows = parse(text.encode(), width=width)
    kept = "".join(cell or "" for row in rows for cell in row)
    assert [c for c in kept if c in "ab;"] == [c for c in text if c in "ab;"]
    assert rows == parse(text.encode(), width=width, strict=False)


@given(st.text("ab',\n\\ \"", max_size=60))
@settings(max_examples=60, deadline=None)
def test_every_dialect_keeps_all_letters(text: str) -> None:
    dialects = [
        Dialect(",", None),
        Dialect(",", "'"),
        Dialect(",", '"', "\\"),
        Dialect(",", '"', spaced_quotes=True),
        Dialect(",", None, "\\"),
    ]
    for dialect in dialects:
        rows = parse(text.encode(), dialect, width=2)
        kept = "".join(cell or "" for row in rows for cell in row)
        assert [c for c in kept if c in "ab"] == [c for c in text if c in "ab"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b,c\n1\n2,3\n", [["a", "b", "c"], ["1", None, None], ["2", "3", None]]),
        ("a,b\n1,2,3,4\n", [["a", "b", None, None], ["1", "2", "3", "4"]]),
        ("\n\na,b\n\n1,2\n\n", [[None, None], [None, None], ["a", "b"], [None, None], ["1", "2"], [None, None]]),
        (' a , "x"\n', [[" a ", ' "x"']]),
        ("a\rb,c\n", [["a\rb", "c"]]),
        ('"",""\n"a",""\n', [[None, None], ["a", None]]),
        ('"l1\r\nl2",x\n', [["l1\r\nl2", "x"]]),
        ("a,b", [["a", "b"]]),
        ("a,b\r", [["a", "b"]]),
    ],
)
def test_records_keep_their_cells_exactly(text: str, expected: Cells) -> None:
    assert parse(text.encode()) == expected
    assert parse(text.encode(), strict=False) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('"say "hi" now",2,3', ['say "hi" now', "2", "3"]),
        ('"abc"def,2,3', ['"abc"def', "2", "3"]),
        ('"open,2,3', ['"open', "2", "3"]),
        ('1,"open,3', ["1", '"open', "3"]),
        ('5" pipe,2,3', ['5" pipe', "2", "3"]),
        ('"abc,def,"ghi, x"', ['"abc', "def", "ghi, x"]),
        ('1,2,"', ["1", "2", '"']),
        ('1,2,"""', ["1", "2", '"']),
    ],
)
@pytest.mark.parametrize("after", ['"x","y","z"', "x,y,z", '"",y,""', 'x,"y, y",z'])
def test_a_broken_quote_damages_only_its_own_record(line: str, expected: list[str], after: str) -> None:
    follow = parse((after + "\n").encode())[0]
    rows = parse(f"a,b,c\n{line}\n{after}\n{after}\n".encode(), width=3)
    assert rows == [["a", "b", "c"], expected, follow, follow]


def test_an_unbalanced_quote_on_row_2_of_100_000_rows_swallows_nothing_and_is_fast() -> None:
    lines = ["id,name,city"] + [f'{i},"name, {i}",town' for i in range(100_000)]
    lines[1] = '0,"name,town'
    start = time.process_time()
    rows = parse("\n".join(lines).encode(), width=3)
    assert time.process_time() - start < 5
    assert len(rows) == 100_001
    assert rows[1] == ["0", '"name', "town"]
    assert rows[2] == ["1", "name, 1", "town"]


def test_two_forgotten_quotes_far_apart_do_not_merge_the_rows_between() -> None:
    lines = ["a,b,c"] + [f"{i},x,y" for i in range(1000)]
    lines[5] = '4,"x,y'
    lines[900] = '899,x",y'
    rows = parse("\n".join(lines).encode(), width=3)
    assert len(rows) == 1001
    assert rows[5] == ["4", '"x', "y"]
    assert rows[900] == ["899", 'x"', "y"]


def test_a_cell_of_many_prose_lines_is_one_cell() -> None:
    prose = "\n".join(f"line {i}, with a comma, and more" if i % 3 else "short" for i in range(500))
    assert parse(f'a,b,c\n1,"{prose}",2\n'.encode(), width=3)[1] == ["1", prose, "2"]


def test_a_quote_in_every_row_that_never_closes_is_not_quadratic() -> None:
    start = time.process_time()
    rows = parse(b'"a,b\n' * 100_000, width=2)
    assert time.process_time() - start < 5
    assert rows == [['"a', "b"]] * 100_000
    parse(b'"a,' * 17_000, width=2)
    assert time.process_time() - start < 8


def test_a_line_longer_than_a_block_is_one_record() -> None:
    big = "x" * (20 << 20)
    assert parse(f"a,b\n1,{big}\n2,3\n".encode()) == [["a", "b"], ["1", big], ["2", "3"]]
    assert parse(f'a,b\n1,"{big}"\n2,"3"x\n'.encode(), width=2) == [["a", "b"], ["1", big], ["2", '"3"x']]


def test_a_wide_row_among_many_narrow_ones_keeps_every_cell(read: Read) -> None:
    content = b"a,b\n" + b"1,2\n" * 3000 + b",".join(b"%d" % i for i in range(5000)) + b"\n" + b"3,4\n" * 3000
    table = read(content)
    assert (table.rows, table.width) == (6002, 5000)
    rows = cells(table)
    assert rows[3001] == [str(i) for i in range(5000)]
    assert rows[6001][:3] == ["3", "4", None]


def test_ten_thousand_columns_work_and_too_many_fail(read: Read) -> None:
    header = ",".join(f"h{i}" for i in range(10_000))
    table = read(f"{header}\n{header}\n".encode())
    assert (table.rows, table.width) == (2, 10_000)
    with pytest.raises(ImportFailedError) as failure:
        read(b"a,b\n" + b"," * 20_000 + b"\n1,2\n")
    assert failure.value.code == "too_many_columns"


def test_many_blank_records_beside_a_wide_one_are_bounded() -> None:
    limits = ReadLimits(max_cells=5_000_000)
    with pytest.raises(ImportFailedError) as failure:
        parse(b"\n" * 2_000_000 + b"," * 9_999 + b"\n", limits=limits)
    assert failure.value.code == "too_many_columns"


def test_blanks_around_quotes_go_when_the_dialect_says_so() -> None:
    dialect = Dialect(",", '"', spaced_quotes=True)
    assert parse(b'"a", "b, c" , d\n', dialect) == [["a", "b, c", " d"]]


def test_backslashes_escape_quotes_and_delimiters_only_where_the_dialect_says_so() -> None:
    text = b'"a \\"b\\", c",C:\\new,"\\\\x"\n'
    assert parse(text, Dialect(",", '"', "\\")) == [['a "b", c', "C:\\new", "\\x"]]
    assert parse(b"a\\,b,c\n", Dialect(",", None, "\\")) == [["a,b", "c"]]


@pytest.mark.parametrize("beginning", ["x^2", "x\x01", "PK", "#"])
@pytest.mark.parametrize("row", ["{},b\n1,2\n", "{}\n1\n"])
def test_a_text_that_begins_like_something_else_is_read_as_text(beginning: str, row: str) -> None:
    content = row.format(beginning).encode()
    assert parse(content) == parse(content, strict=False)
    assert parse(content)[0][0] == beginning
