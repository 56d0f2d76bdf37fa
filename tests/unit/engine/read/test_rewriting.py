"""Whole blocks of damaged text are read as the careful reader reads them record by record, wherever they are cut."""

from __future__ import annotations

import tempfile
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from headgate.engine.read import blocks
from headgate.engine.read.chunks import ChunkWriter
from headgate.engine.read.delimited import Mended, read_delimited
from headgate.engine.read.dialect import Dialect
from headgate.engine.read.line_shapes import LineShapes
from headgate.engine.read.options import ReadLimits
from headgate.engine.read.records import RecordParser
from headgate.engine.read.shapes import ColumnShapes
from headgate.engine.table import FileDescription

from .conftest import Cells, cells
from .test_mending import BESIDE

SHAPES = ColumnShapes.of(BESIDE, 4)
MANY_LINES = 'a,"b\n' + "1,2,3,4\n" * 9 + '",d'

LINES = (
    "1,2024-01-01,1.5,a", "2;2024-01-02;2.5;b", '3;2024-01-03;3.5;"c;d"', '4, "x, y",4', '5,2024-01-05,"3", r",5', "",
    "total", '"', 'a"b', "6 2024-01-06 6.5 z", '7;"open', "8|2024-01-08|8.5|p,q", '"a ""b""","c\nd",e,f', "a\rb,c",
    'x,"say "hi" now",2,3', '"abc"def,2,3', '1,"open,3,4', '1,2,3"', '1,"3"", red",4,5', MANY_LINES, 'é,"ü"",x",y',
)  # fmt: skip
damaged_texts = st.one_of(
    st.text('ab",\n\r;', max_size=60),
    st.text('a",\n', max_size=80),
    st.lists(st.sampled_from(LINES), max_size=20).map("\n".join),
    st.lists(st.sampled_from(LINES), max_size=20).map("\r\n".join),
)


def read(
    text: str, width: int, shapes: ColumnShapes | None, *, block: int, strict: bool = True
) -> tuple[Cells, Mended]:
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(blocks, "STRICT_BLOCK", block):
        path = Path(folder) / "text"
        path.write_bytes(text.encode())
        writer = ChunkWriter(Path(folder) / "cells", ReadLimits())
        mended = read_delimited(path, Dialect(), writer, expected_width=width, shapes=shapes, strict_allowed=strict)
        return cells(writer.finish("text", FileDescription("csv"), header=["x"])), mended


@given(damaged_texts, st.integers(0, 5), st.booleans(), st.sampled_from([16, 64, 1 << 20]))
@example('\na",a\n"",,",""\n,,","a"a""",,"\n",,a,,a"a,",,\n","\n""a"aa"a,""a', 2, False, 64)
@example(',,"a"a,,"\n,,,,\n,,\n""",a\n,,"","",aa",\n""a\n,"",,a,"""""""",",a', 5, False, 64)
@example("a,b\r\r", 2, False, 64)
@settings(max_examples=80, deadline=None)
def test_blocks_give_the_cells_and_the_counts_of_the_careful_reader(
    text: str, width: int, shaped: bool, block: int
) -> None:
    shapes = SHAPES if shaped and width == 4 else None
    assert read(text, width, shapes, block=block) == read(text, width, shapes, block=1 << 20, strict=False)


@given(damaged_texts, st.integers(0, 5))
@settings(max_examples=40, deadline=None)
def test_where_blocks_end_changes_nothing(text: str, width: int) -> None:
    assert read(text, width, None, block=16) == read(text, width, None, block=1 << 20)


@pytest.mark.parametrize("strict", [True, False])
def test_a_regular_record_of_several_lines_is_never_mended(strict: bool) -> None:
    record = 'x "y,"Ann ""A""","B ""C""","l1\nl2"\n'
    rows, mended = read("a,b,c\n" + record, 3, None, block=1 << 20, strict=strict)
    assert rows[1] == ['x "y', 'Ann "A"', 'B "C"', "l1\nl2"]
    assert mended.quotes.count == 0


def test_a_mended_record_is_counted_once_where_its_block_ends_too_early() -> None:
    text = '"\n,\na"",a"\n",a"a,"a"",,,a\n\n,,,","","""\n\na","a,"a",\n,"",,"'
    assert read(text, 3, None, block=8)[1] == read(text, 3, None, block=1 << 20)[1]


def test_a_record_that_its_block_cuts_off_makes_the_table_no_wider() -> None:
    record = '"a,b,c,d,e","f\ng"\n'
    rows, _ = read("x,y\n" + record * 9, 2, None, block=16)
    assert rows == [["x", "y"], *[["a,b,c,d,e", "f\ng"]] * 9]


def test_lines_of_one_shape_keep_each_its_own_texts() -> None:
    texts = ["red", "%b %s", "50 % off", "a\\b", "ü", "{0}"]
    lines = [f'{number},"3", {text}",{text},' for number, text in enumerate(texts)]
    rows, mended = read("a,b,c,d\n" + "\n".join(lines), 4, None, block=1 << 20)
    assert rows[1:] == [[str(number), f'3", {text}', text, None] for number, text in enumerate(texts)]
    assert mended.quotes.count == len(texts)


@pytest.mark.parametrize(("after", "closed"), [('x"y,2,3', False), ('x",2,3', True)])
def test_a_shape_with_an_open_quote_holds_only_where_nothing_closes_it(after: str, closed: bool) -> None:
    opened = '1,"a" b,"open'
    rows, _ = read(
        "\n".join(["a,b,c", f'{opened}\nx"y,2,3', "1,2,3", f"{opened}\n{after}", "1,2,3"]), 3, None, block=1 << 20
    )
    assert rows[1][:3] == ["1", '"a" b', '"open']
    assert rows[4][:3] == ["1", '"a" b', "open\nx" if closed else '"open']


def test_what_is_remembered_of_a_shape_does_not_depend_on_its_texts() -> None:
    parser = RecordParser(Dialect(), 3)
    shapes = LineShapes(parser)
    first = shapes.read(b'1,"3", r",x')
    assert first is not None
    assert first[0] == b'"1","3"", r","x"\n'
    assert shapes.read(b'longer,"text", of words",\xc3\xbc') == (
        '"longer","text"", of words","ü"\n'.encode(),
        first[1],
    )
    assert parser.repairs.count == 0
