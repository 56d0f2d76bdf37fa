from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from headgate.client.sources import CHUNK_BYTES, Source

DATA = bytes(range(256)) * 3000


def test_a_path_gives_its_name_its_length_and_its_bytes_as_often_as_asked(tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_bytes(DATA)
    for named in (path, str(path)):
        source = Source(named)
        assert (source.name, source.length, source.restartable) == ("contacts.csv", len(DATA), True)
        assert b"".join(source.chunks()) == b"".join(source.chunks()) == DATA
        assert all(len(chunk) <= CHUNK_BYTES for chunk in source.chunks())


def test_a_path_that_does_not_exist_is_an_error_before_anything_is_sent(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Source(tmp_path / "nothing.csv")


def test_bytes_have_a_length_but_no_name() -> None:
    for data in (DATA, bytearray(DATA), memoryview(DATA)):
        source = Source(data)
        assert (source.name, source.length) == (None, len(DATA))
        assert b"".join(source.chunks()) == DATA


def test_an_open_file_is_sent_from_where_it_stands() -> None:
    file = io.BytesIO(DATA)
    file.seek(100)
    source = Source(file)
    assert source.length == len(DATA) - 100
    assert b"".join(source.chunks()) == b"".join(source.chunks()) == DATA[100:]


def test_a_stream_that_cannot_seek_is_sent_once_without_a_length() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

    source = Source(Pipe(DATA))
    assert (source.length, source.restartable) == (None, False)
    assert b"".join(source.chunks()) == DATA


def test_an_iterator_is_sent_once_without_a_length() -> None:
    def parts() -> Iterator[bytes]:
        yield from (b"a", b"b")

    source = Source(parts())
    assert (source.length, source.restartable) == (None, False)
    assert list(source.chunks()) == [b"a", b"b"]


def test_a_text_file_is_refused_with_what_to_do() -> None:
    with pytest.raises(TypeError, match="binary mode"):
        Source(io.StringIO("a,b"))  # type: ignore[arg-type] # the mistake under test


def test_what_holds_no_bytes_is_refused() -> None:
    with pytest.raises(TypeError, match="expected a path"):
        Source(7)  # type: ignore[arg-type] # the mistake under test


def test_an_asynchronous_iterator_needs_the_asynchronous_client() -> None:
    async def parts() -> AsyncIterator[bytes]:
        yield b"a"

    with pytest.raises(TypeError, match="AsyncClient"):
        list(Source(parts()).chunks())


def test_progress_counts_up_to_the_length_and_starts_again_with_each_attempt() -> None:
    seen: list[tuple[int, int | None]] = []
    source = Source(DATA, lambda done, total: seen.append((done, total)))
    for _ in range(2):
        seen.clear()
        list(source.chunks())
        assert seen[-1] == (len(DATA), len(DATA))
        assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_the_asynchronous_chunks_are_the_same_for_every_kind_of_source(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(DATA)

    async def parts() -> AsyncIterator[bytes]:
        for at in range(0, len(DATA), 1000):
            yield DATA[at : at + 1000]

    async def collect(source: Source) -> bytes:
        return b"".join([chunk async for chunk in source.achunks()])

    for source in (Source(path), Source(DATA), Source(io.BytesIO(DATA)), Source(iter([DATA])), Source(parts())):
        assert asyncio.run(collect(source)) == DATA
