"""Old workbooks are read twice only where there may be a cell with an error."""

from __future__ import annotations

import hashlib
import io
import random
import struct
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msoffcrypto.format.xls97 import Xls97File

from benchmarks.workbooks import _SECTOR as SECTOR
from benchmarks.workbooks import _compound_file, _entry, write_xls
from headgate.engine.errors import ImportFailedError
from headgate.engine.read.xls_container import _Container, check_xls, has_file_pass

from .conftest import Read, cells
from .test_workbook import OLD_WORKBOOK

NUMBER = 1234.5678
ROWS = [
    ["name", "amount"],
    *[[f"{'Łódź' if at % 2 else 'Köln'} {at}", at + 0.25] for at in range(12_000)],
    ["x", NUMBER],
]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("xls") / "book.xls"
    write_xls(path, "Data", ROWS)
    return path.read_bytes()


def test_a_large_old_workbook_gives_its_cells(read: Read, sound: bytes) -> None:
    table = read(sound)
    assert cells(table) == [[str(cell) for cell in row] for row in ROWS]
    assert table.cell_errors is None


def test_a_sound_workbook_without_an_error_is_known_as_such(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "book.xls"
    path.write_bytes(sound)
    assert not check_xls(path)


@pytest.mark.parametrize("code", [0x00, 0x07, 0x0F, 0x17, 0x1D, 0x24, 0x2A, 0x2B])
def test_the_error_of_a_formula_or_a_cell_is_never_overlooked(tmp_path: Path, sound: bytes, code: int) -> None:
    path = tmp_path / "book.xls"
    number = struct.pack("<d", NUMBER)
    path.write_bytes(sound.replace(number, bytes([2, 0, code, 0, 0, 0, 0xFF, 0xFF])))
    assert check_xls(path)
    at = sound.index(number) - 10
    for length in (8, 14):
        cell = struct.pack("<HH6xBB", 0x0205, length, code, 1)
        path.write_bytes(sound[:at] + cell + sound[at + len(cell) :])
        assert check_xls(path)


def test_of_damaged_containers_nothing_is_known(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "book.xls"
    assert check_xls(OLD_WORKBOOK)
    longer = sound.replace(struct.pack("<Q", stream_size(sound)), struct.pack("<Q", stream_size(sound) + (1 << 24)))
    path.write_bytes(longer)
    assert check_xls(path), "its stream ends before it should"
    for content in (b"", sound[:6000], sound[:-200], sound[:-5000]):
        path.write_bytes(content)
        with pytest.raises(ImportFailedError) as caught:
            check_xls(path)
        assert caught.value.code == "file_corrupt"


def stream_size(content: bytes) -> int:
    entry = content.index("Workbook".encode("utf-16-le"))
    return int(struct.unpack_from("<Q", content, entry + 120)[0])


def compound(stream: bytes, shuffled: int) -> bytes:
    """A container of 4096-byte sectors whose stream has its sectors in some other order; 0: in their own."""
    content = bytearray(_compound_file(stream))
    count = -(-len(stream) // SECTOR)
    order = list(range(count))
    if shuffled:
        random.Random(shuffled).shuffle(order)  # noqa: S311 — no secret
    for at, place in enumerate(order):
        piece = stream[at * SECTOR : (at + 1) * SECTOR].ljust(SECTOR, b"\0")
        content[(place + 1) * SECTOR : (place + 2) * SECTOR] = piece
    table = (count + 3) * SECTOR
    for place, following in zip(order, [*order[1:], 0xFFFFFFFE], strict=True):
        struct.pack_into("<I", content, table + 4 * place, following)
    struct.pack_into("<I", content, (count + 1) * SECTOR + 128 + 116, order[0])
    return bytes(content)


@pytest.mark.parametrize("shuffled", [0, 1, 2])
def test_a_stream_is_the_same_wherever_its_sectors_are(tmp_path: Path, shuffled: int) -> None:
    stream = hashlib.shake_128(b"stream").digest(20 * SECTOR)
    path = tmp_path / "book.xls"
    path.write_bytes(compound(stream, shuffled))
    with _Container(path) as ours, olefile.OleFileIO(path) as theirs:
        assert ours.content("Workbook") == theirs.openstream("Workbook").read() == stream


def compound_of_small_stream(stream: bytes) -> bytes:
    """A container of 512-byte sectors whose stream is so small that it lies in the stream of small ones, 64 bytes at a time."""
    pieces = -(-len(stream) // 64)
    together = stream.ljust(4096, b"\0")
    end, count = 0xFFFFFFFE, len(together) // 512
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"), 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 2, 1, end, 0
    )  # fmt: skip
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    directory = _entry("Root Entry", 5, 1, 3, len(together)) + _entry("Workbook", 2, 0xFFFFFFFF, 0, len(stream))
    tables = [[0xFFFFFFFD, end, end, *range(4, 3 + count), end], [*range(1, pieces), end]]
    sectors, small_sectors = (b"".join(struct.pack("<I", place) for place in table) for table in tables)
    free = b"\xff"
    parts = [header, sectors.ljust(512, free), directory.ljust(512, b"\0"), small_sectors.ljust(512, free), together]
    return b"".join(parts)


def test_a_workbook_whose_stream_is_a_small_one_gives_its_cells(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "book.xls"
    write_xls(path, "Data", [["name", "amount"], ["Ana", 1.5]])
    with olefile.OleFileIO(path) as container:
        stream = container.openstream("Workbook").read().rstrip(b"\0") + bytes(3)
    assert cells(read(compound_of_small_stream(stream))) == [["name", "amount"], ["Ana", "1.5"]]


def test_what_the_library_dies_of_is_told_however_much_it_says_of_it(
    tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUST_BACKTRACE", "full")
    path = tmp_path / "book.xls"
    write_xls(path, "Data", [["name", "amount"], ["Ana", NUMBER]])
    near, far = (struct.pack("<HHHd", row, column, 0, NUMBER) for row, column in ((1, 1), (0xFFFF, 0xFFFF)))
    with pytest.raises(ImportFailedError) as caught:
        read(path.read_bytes().replace(near, far))
    assert caught.value.code == "memory_limit_exceeded"


RECORDS = st.lists(
    st.tuples(
        st.sampled_from([0x2F, 0x0A, 0x42, 0x809]),
        st.one_of(st.binary(max_size=6), st.sampled_from([b"\0\0", b"\1\0"])),
    ),
    max_size=6,
)


@given(st.sampled_from([0x809, 0x809, 0x809, 0x409]), RECORDS, st.integers(0, 4))
def test_what_is_encrypted_is_what_the_library_says(kind: int, records: list[tuple[int, bytes]], cut: int) -> None:
    parts = [struct.pack("<HH", number, len(data)) + data for number, data in [(kind, b"12"), *records]]
    stream = b"".join(parts)
    stream = stream[: len(stream) - cut]

    def told(ask: Callable[[], bool]) -> bool | None:
        try:
            return ask()
        except Exception:  # of any kind: damaged
            return None

    library = Xls97File.__new__(Xls97File)
    library.data = namedtuple("Data", ["workbook"])(io.BytesIO(stream))
    assert told(lambda: has_file_pass(stream)) == told(library.is_encrypted)
