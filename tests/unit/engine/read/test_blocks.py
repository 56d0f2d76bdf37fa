"""Text that is read ahead on a thread, before anybody knows whether it can be read as it is: the table is the same."""

from __future__ import annotations

import codecs
import errno
import os
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from unittest import mock

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from headgate.engine.errors import ImportFailedError
from headgate.engine.read import blocks, delimited_format, regular_runs
from headgate.engine.read.blocks import Blocks, NotPlainTextError
from headgate.engine.read.chunks import ChunkWriter
from headgate.engine.read.dialect import Dialect
from headgate.engine.read.options import ReadLimits, ReadOptions
from headgate.engine.read.reading import read_source
from headgate.engine.read.signs import TextSigns
from headgate.engine.table import Spool

from .conftest import cells

LINES = (
    b"1,2024-01-01,1.5,a", b"2;2024-01-02;2.5;b", b'3,2024-01-03,3.5,"c,d"', b"", b'5,"x\ny",5,e', b'6,say "hi",6,f', b'"7,open,7,g',
    b"8,2024-01-08,1.23457E+12,h", "9,Müller,é,ï".encode(), "10,MÃ¼ller,ÃŸ,x".encode(), b"11,\xe9,\xff,\xfc", b"12,\0,\0\0,x",
    codecs.BOM_UTF8 + b"13,x,y,z", b"14,a\rb,c,d", b"15,a,b", b"16,a,b,c,d,e,f",
)  # fmt: skip
texts = st.builds(
    lambda mark, lines, end, last: mark + b"id,date,amount,name" + end + end.join(lines) + last,
    st.sampled_from([b"", b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, b"\x1b$B"]),
    st.lists(st.sampled_from(LINES), min_size=1, max_size=30),
    st.sampled_from([b"\n", b"\r\n", b"\r"]),
    st.sampled_from([b"", b"\n"]),
)


def read(content: bytes, *, at_once: bool, limits: ReadLimits | None = None) -> tuple[Any, ...]:
    """What the reading of a file gives, or how it fails. `at_once`: before it was looked through, where that is possible at all."""
    before = nullcontext() if at_once else mock.patch.object(delimited_format, "_read_at_once", return_value=None)
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(blocks, "STRICT_BLOCK", 64), before:
        path = Path(folder) / "source"
        path.write_bytes(content)
        try:
            table = read_source(path, Path(folder) / "work", ReadOptions(limits=limits or ReadLimits()))
        except ImportFailedError as failure:
            return tuple(failure.to_json().items())
        return cells(table), table.width, table.head_widths, table.description.to_json()


@given(texts)
@example(b"id,date,amount,name\n" + b"1,2024-01-01,1.5,a\n" * 20 + b"2,\0,3,b\n")
@example(b"id,date,amount,name\n" + b"1,2024-01-01,1.5,a\n" * 20 + "\ufeff2,é,3,b\n".encode())
@example(b"id,date,amount,name\r" + b"1,2024-01-01,1.5,a\r" * 20)
@settings(max_examples=12, deadline=None)
def test_a_file_that_is_looked_through_while_it_is_read_is_read_as_any_other(content: bytes) -> None:
    assert read(content, at_once=True) == read(content, at_once=False)


@pytest.mark.parametrize(
    ("last", "limits", "code"),
    [
        (b"x," * 50, ReadLimits(max_columns=20), "too_many_columns"),
        (b"x" * 400, ReadLimits(max_cell_bytes=200), "file_hostile"),
    ],
    ids=["too many cells", "too long a cell"],
)
def test_what_is_wrong_in_a_late_block_is_told_as_ever(last: bytes, limits: ReadLimits, code: str) -> None:
    content = b"id,date,amount,name\n" + b"1,2024-01-01,1.5,a\n" * 20 + last
    found = read(content, at_once=True, limits=limits)
    assert ("code", code) in found
    assert found == read(content, at_once=False, limits=limits)


def test_text_that_is_no_utf8_after_all_leaves_nothing_of_the_first_reading(tmp_path: Path) -> None:
    path = tmp_path / "source"
    path.write_bytes(b"id,name\n" + b"1,Ann\n" * 50 + "2,Jürgen\n".encode("cp1252"))
    with mock.patch.object(blocks, "STRICT_BLOCK", 64):
        table = read_source(path, tmp_path / "work", ReadOptions())
    assert cells(table)[-1] == ["2", "Jürgen"]
    written = set(table.spool.files())
    assert {file for file in (tmp_path / "work").rglob("*") if file.is_file()} == written


def test_plain_text_is_looked_through_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "source"
    path.write_bytes(b"id,name\n" + "1,Zoë\n".encode() * 50)
    before = AssertionError("looked through before")
    with (
        mock.patch.object(blocks, "STRICT_BLOCK", 64),
        mock.patch.object(delimited_format, "prepare_text", side_effect=before),
    ):
        table = read_source(path, tmp_path / "work", ReadOptions())
    assert table.rows == 51


@pytest.fixture
def worker() -> Iterator[ThreadPoolExecutor]:
    """A thread that reads ahead; blocks of a few bytes are looked at as those of a large file."""
    with ThreadPoolExecutor(1) as executor, mock.patch.object(regular_runs, "FEW_BYTES", 0):
        yield executor


def test_the_block_behind_a_regular_one_is_made_ready_on_the_thread(tmp_path: Path, worker: ThreadPoolExecutor) -> None:
    path = tmp_path / "text"
    path.write_bytes(b"a,b\n" * 100)
    threads: list[int] = []

    class Noted(TextSigns):
        def look(self, text: bytes) -> None:
            threads.append(threading.get_ident())
            super().look(text)

    with path.open("rb") as file:
        source = Blocks(file, 400, Dialect(), strict=True, fewest=0, signs=Noted(), worker=worker)
        with mock.patch.object(blocks, "STRICT_BLOCK", 64):
            position, block = 0, source.block(0, 64)
            while block.found is not None and (position := position + int(block.found.ends[-1])) < 400:
                block = source.block(position, 64)
    assert position == 400
    assert threads[0] == threading.get_ident()
    assert len(set(threads[1:])) == 1
    assert threads[1] != threads[0]


def test_a_text_is_given_up_at_the_block_in_which_it_proves_to_be_none(
    tmp_path: Path, worker: ThreadPoolExecutor
) -> None:
    path = tmp_path / "text"
    path.write_bytes(b"a,b\n" * 16 + b"\xff,b\n" + b"a,b\n" * 16)
    with path.open("rb") as file:
        source = Blocks(file, path.stat().st_size, Dialect(), strict=True, fewest=0, signs=TextSigns(), worker=worker)
        assert source.block(0, 64).found is not None
        with pytest.raises(NotPlainTextError):
            source.block(64, 128)


def test_a_reading_that_ends_early_waits_for_its_thread(tmp_path: Path, worker: ThreadPoolExecutor) -> None:
    path = tmp_path / "text"
    path.write_bytes(b"a,b\n" * 100)
    begun, may_end = threading.Event(), threading.Event()

    class Slow(TextSigns):
        def look(self, text: bytes) -> None:
            if self.ascii_only and threading.current_thread() is not threading.main_thread():
                begun.set()
                assert may_end.wait(60)
            super().look(text)

    with path.open("rb") as file:
        source = Blocks(file, 400, Dialect(), strict=True, fewest=0, signs=Slow(), worker=worker)
        source.block(0, 64)
        assert begun.wait(60)
        threading.Timer(0.05, may_end.set).start()
        source.close()
        assert may_end.is_set()


def test_a_chunk_that_cannot_be_written_fails_the_reading(tmp_path: Path, worker: ThreadPoolExecutor) -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    writer = ChunkWriter(tmp_path, ReadLimits(), worker=worker)
    frame = pl.DataFrame({"c0": ["x"] * 40_000})
    with mock.patch.object(Spool, "append", side_effect=full):
        writer.add(frame)
        with pytest.raises(OSError, match="space"):
            writer.flushed()
