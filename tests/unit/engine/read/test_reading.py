"""Hostile, damaged and packed files end in a table or in a plain failure, fast and in bounded memory."""

from __future__ import annotations

import gzip
import io
import os
import random
import tempfile
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.errors import ImportFailedError
from headgate.engine.read.options import ReadLimits, ReadOptions
from headgate.engine.read.reading import read_source

from .conftest import Read, cells

CSV = b"id,name\n1,Ana\n2,Bob\n"
EXPECTED = [["id", "name"], ["1", "Ana"], ["2", "Bob"]]


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def failure(read: Read, content: bytes, **options: object) -> ImportFailedError:
    with pytest.raises(ImportFailedError) as caught:
        read(content, **options)
    assert "Traceback" not in caught.value.message
    return caught.value


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n\n", b"  \n\t\n", b"\r\n", b",,,\n,,,\n", b"\xef\xbb\xbf", b"\xff\xfe", gzip.compress(b"")],
    ids=range(8),
)
def test_files_without_any_content_are_called_empty(read: Read, content: bytes) -> None:
    assert failure(read, content).code == "file_empty"


@pytest.mark.parametrize(
    "packed",
    [
        gzip.compress(CSV),
        gzip.compress(CSV[:8]) + gzip.compress(CSV[8:]),
        zipped({"data.csv": CSV}),
        zipped({"folder/": b"", "folder/data.csv": CSV, "__MACOSX/._data.csv": b"x", ".DS_Store": b"y"}),
        zipped({"data.csv": CSV}, zipfile.ZIP_BZIP2),
    ],
    ids=["gzip", "gzip of two members", "zip", "zip with clutter", "zip by bzip2"],
)
def test_packed_files_are_read(read: Read, packed: bytes) -> None:
    assert cells(read(packed, name="no-hint")) == EXPECTED


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (gzip.compress(CSV * 1000)[:-20], "file_corrupt"),
        (gzip.compress(CSV)[:-8] + b"\0" * 8, "file_corrupt"),
        (zipped({"a.csv": CSV})[:-30], "file_corrupt"),
        (zipped({"a.csv": CSV, "b.csv": CSV}), "archive_not_single_file"),
        (zipped({}), "archive_not_single_file"),
        (zipped({"a.zip": zipped({"a.csv": CSV})}), "archive_not_single_file"),
        (gzip.compress(gzip.compress(CSV)), "archive_not_single_file"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "file_format_unknown"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF" + os.urandom(500), "file_format_unknown"),
        (b"\x89PNG\r\n\x1a\n" + os.urandom(500), "file_format_unknown"),
        (b"<!DOCTYPE html><html><body><table></table></body></html>", "file_format_unknown"),
        (random.Random(1).randbytes(100_000), "file_format_unknown"),  # noqa: S311 — test data
        (b"\0" * 5000, "file_format_unknown"),
        (zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "file_format_unknown"),
    ],
    ids=[
        "cut gzip",
        "wrong gzip checksum",
        "cut zip",
        "two files",
        "no file",
        "zip in zip",
        "gzip in gzip",
        "pdf",
        "jpeg",
        "png",
        "html",
        "random",
        "nuls",
        "docx",
    ],
)
def test_damaged_and_foreign_files_fail_with_their_code(read: Read, content: bytes, code: str) -> None:
    assert failure(read, content).code == code


def test_a_zip_member_with_a_wrong_checksum_is_corrupt(read: Read) -> None:
    content = zipped({"a.csv": CSV}, zipfile.ZIP_STORED).replace(b"1,Ana", b"1,Eve")
    assert failure(read, content).code == "file_corrupt"


def test_archives_whose_parts_lie_outside_of_the_file_are_corrupt(read: Read) -> None:
    packed = zipped({"a.csv": CSV}, zipfile.ZIP_STORED)
    entry = packed.index(b"PK\x01\x02")
    for offset in (b"\xff\xff\xff\x7f", b"\xfe\xff\xff\xff"):
        assert failure(read, packed[: entry + 42] + offset + packed[entry + 46 :]).code == "file_corrupt"
    end = packed.index(b"PK\x05\x06")
    shifted = packed[: end + 16] + (entry + 9).to_bytes(4, "little") + packed[end + 20 :]
    assert failure(read, shifted).code == "file_corrupt"


def test_a_zip_member_of_damaged_lzma_is_corrupt(read: Read) -> None:
    packed = bytearray(zipped({"a.csv": CSV * 50}, zipfile.ZIP_LZMA))
    packed[30 + 5 + 12 : 30 + 5 + 20] = b"\xff" * 8
    assert failure(read, bytes(packed)).code == "file_corrupt"


def test_bombs_fail_fast(read: Read) -> None:
    start = time.process_time()
    bomb = b"\0" * (100 << 20)
    assert failure(read, gzip.compress(bomb, 9)).code == "file_hostile"
    assert failure(read, zipped({"a.csv": b"a," * (50 << 20)})).code == "file_hostile"
    limits = ReadLimits(max_unfolded_bytes=1000)
    assert failure(read, gzip.compress(os.urandom(2000)), limits=limits).code == "file_hostile"
    assert time.process_time() - start < 10


def test_a_protected_zip_asks_for_one_without_password(read: Read) -> None:
    content = bytearray(zipped({"a.csv": CSV}, zipfile.ZIP_STORED))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert failure(read, bytes(content)).code == "file_encrypted"


def test_the_name_decides_nothing(read: Read) -> None:
    assert cells(read(CSV, name="photo.jpg")) == EXPECTED
    assert cells(read(b'[{"id": "1"}]', name="data.xlsx")) == [["1"]]
    assert failure(read, b"%PDF-1.4", name="data.csv").code == "file_format_unknown"


def test_a_line_of_a_hundred_megabytes_is_no_cell(read: Read) -> None:
    start = time.process_time()
    refused = failure(read, b"name\n" + b"x" * (100 << 20))
    assert (refused.code, refused.context) == ("file_hostile", {"row": 1})
    assert "row 2 has 104,857,600 bytes" in refused.message
    assert time.process_time() - start < 10


def test_a_cell_of_thirty_megabytes_is_kept_whole(read: Read) -> None:
    table = read(b"name,x\n" + b"y" * (30 << 20) + b",1\n")
    assert [len(row[0] or "") for row in table.head(2)] == [4, 30 << 20]


def test_one_wide_row_does_not_pad_many_narrow_ones_to_its_width(read: Read) -> None:
    refused = failure(read, b"a,b\n" + b"1,2\n" * 100_000 + b"x," * 17_000 + b"\n")
    assert refused.code == "too_many_columns"
    assert "nearly all empty" in refused.message


def test_a_line_of_a_hundred_megabytes_of_delimiters_has_too_many_columns(read: Read) -> None:
    start = time.process_time()
    assert failure(read, b"x," * (50 << 20)).code == "too_many_columns"
    assert time.process_time() - start < 10


def test_progress_ends_at_the_files_size(read: Read) -> None:
    seen: list[tuple[int, int]] = []
    read(CSV * 100, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (len(CSV) * 100, len(CSV) * 100)


pieces = st.lists(
    st.one_of(
        st.binary(max_size=30),
        st.sampled_from(
            [b'"', b",", b"\n", b"\r", b"\r\n", b"\0", b"[", b"{", b'{"a":1}', b"PK\x03\x04", b"\x1f\x8b", b"\xff\xfe"]
        ),
        st.text(max_size=10).map(lambda text: text.encode("utf-8", "replace")),
    ),
    max_size=12,
).map(b"".join)


@given(pieces, st.sampled_from([None, ",", "||"]))
@settings(max_examples=200, deadline=None)
def test_random_bytes_give_a_table_or_a_plain_failure(content: bytes, delimiter: str | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x"
        path.write_bytes(content)
        try:
            table = read_source(path, Path(folder) / "work", ReadOptions(delimiter=delimiter))
        except ImportFailedError:
            return
        assert len(cells(table)) == table.rows > 0
