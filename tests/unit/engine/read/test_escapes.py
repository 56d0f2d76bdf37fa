"""Blocks with backslashes, or with blanks around quotes: the cells of the careful reader, by the strict reader where that can be."""

from __future__ import annotations

import tempfile
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from headgate.engine.read import blocks, delimited
from headgate.engine.read.chunks import ChunkWriter
from headgate.engine.read.delimited import Mended, read_delimited
from headgate.engine.read.dialect import Dialect
from headgate.engine.read.options import ReadLimits
from headgate.engine.table import FileDescription

from .conftest import Cells, cells

SPACED = Dialect(spaced_quotes=True)
QUOTED, PLAIN = Dialect(escape="\\"), Dialect(quote=None, escape="\\")
FIELDS = (
    "a",
    "",
    '"a"',
    '"a\\"b"',
    '"a\\\\"',
    '"\\,"',
    'a\\"b',
    "a\\,b",
    "a\\\\",
    "\\N",
    '"a\nb\\"\n"',
    '"say ""x"""',
    "ü\\é",
    '"\\"\\""',
)
texts = st.one_of(
    st.text('a",\\\n\r', max_size=60),
    st.text('a",\\\n', max_size=80),
    st.lists(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=4).map(",".join), max_size=12).map("\n".join),
    st.lists(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=4).map(",".join), max_size=12).map("\r\n".join),
)  # fmt: skip


SPACED_FIELDS = ("a", "", ' "a"', '"a" ', ' "a, b" ', '"a "', ' "a ""b"" "', " a ", '"a\nb" ', '" "', ' ""', ' a "b" ')
spaced_texts = st.one_of(
    st.text('a", \n\r', max_size=60),
    st.text('a", \n', max_size=80),
    st.lists(st.lists(st.sampled_from(SPACED_FIELDS), min_size=1, max_size=4).map(",".join), max_size=12).map(
        "\n".join
    ),
    st.lists(st.lists(st.sampled_from(SPACED_FIELDS), min_size=1, max_size=4).map(",".join), max_size=12).map(
        "\r\n".join
    ),
)


def read(
    text: str, dialect: Dialect, width: int = 0, block: int = 1 << 20, *, strict: bool = True
) -> tuple[Cells, Mended]:
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(blocks, "STRICT_BLOCK", block):
        path = Path(folder) / "text"
        path.write_bytes(text.encode())
        writer = ChunkWriter(Path(folder) / "cells", ReadLimits())
        mended = read_delimited(path, dialect, writer, expected_width=width, strict_allowed=strict)
        return cells(writer.finish("text", FileDescription("csv"), header=["x"])), mended


@given(texts, st.integers(0, 4), st.sampled_from([QUOTED, PLAIN]), st.sampled_from([16, 64, 1 << 20]))
@example('x,"a\\', 0, QUOTED, 16)
@example("\\,\r\n\\", 2, QUOTED, 1 << 20)
@example('a"b\\,c\n', 2, PLAIN, 1 << 20)
@settings(max_examples=150)
def test_blocks_give_the_cells_of_the_careful_reader(text: str, width: int, dialect: Dialect, block: int) -> None:
    assert read(text, dialect, width, block) == read(text, dialect, width, strict=False)


@given(spaced_texts, st.integers(0, 4), st.sampled_from([16, 64, 1 << 20]))
@settings(max_examples=150)
def test_blocks_with_blanks_around_quotes_give_the_cells_of_the_careful_reader(
    text: str, width: int, block: int
) -> None:
    assert read(text, SPACED, width, block) == read(text, SPACED, width, strict=False)


@pytest.mark.parametrize(
    ("line", "dialect", "row"),
    [
        ('"say \\"hi\\"",b', QUOTED, ['say "hi"', "b"]),
        ('"a\\\\","b\\,c"', QUOTED, ["a\\", "b,c"]),
        ('a\\,b,c\\"d', QUOTED, ["a,b", 'c"d']),
        ("a\\\\,b", QUOTED, ["a\\", "b"]),
        ("\\N,\\t", QUOTED, ["\\N", "\\t"]),
        ("\\ü,\\\\\\,", QUOTED, ["\\ü", "\\,"]),
        ("a\\,b,c", PLAIN, ["a,b", "c"]),
        ('"a, ", "b"', SPACED, ["a, ", "b"]),
        (' "a ""b""" ,  c ', SPACED, ['a "b"', "  c "]),
    ],
)
def test_what_is_escaped_is_text_and_the_strict_reader_reads_it(line: str, dialect: Dialect, row: list[str]) -> None:
    with mock.patch.object(delimited, "_read_carefully", side_effect=AssertionError("read record by record")):
        rows, mended = read(f"x,y\r\n{line}\r\n{line}\r\n", dialect, 2)
    assert rows == [["x", "y"], row, row]
    assert mended.quotes.count == 0


def test_quotes_that_are_plain_text_stay_where_none_can_be_put_in() -> None:
    rows, _ = read('x,y\n5" pipe,a\\,b\n', PLAIN, 2)
    assert rows[1] == ['5" pipe', "a,b"]
