"""Encrypted files: what was written is read, from anywhere, and nothing else is."""

from __future__ import annotations

import io
import os
import secrets

import pytest

from headgate.storage.encryption.stream import (
    CHUNK,
    HEADER,
    SEALED_CHUNK,
    DamagedFileError,
    DecryptingReader,
    StreamEncryptor,
    encrypted,
)

KEY, NAME = secrets.token_bytes(32), "imports/x/source"
SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17]


def sealed(data: bytes, key: bytes = KEY, name: str = NAME) -> bytes:
    return b"".join(encrypted(io.BytesIO(data), key, name))


def opened(data: bytes, key: bytes = KEY, name: str = NAME) -> DecryptingReader:
    return DecryptingReader(io.BytesIO(data), key, name)


@pytest.mark.parametrize("size", SIZES)
def test_what_was_written_is_read(size: int) -> None:
    data = secrets.token_bytes(size)
    reader = opened(sealed(data))
    assert (reader.size, reader.read()) == (size, data)


@pytest.mark.parametrize("piece", [1, 1000, CHUNK, 5 * CHUNK])
def test_it_does_not_matter_in_which_pieces_it_came(piece: int) -> None:
    data = secrets.token_bytes(2 * CHUNK + 5 if piece > 1 else 3000)
    encryptor = StreamEncryptor(KEY, NAME)
    out = [encryptor.update(data[begin : begin + piece]) for begin in range(0, len(data), piece)]
    assert opened(b"".join([*out, encryptor.finish()])).read() == data


def test_reading_may_begin_anywhere() -> None:
    data = secrets.token_bytes(3 * CHUNK + 99)
    reader = io.BufferedReader(opened(sealed(data)), 1000)
    for place, size in ((0, 5), (CHUNK - 2, 4), (3 * CHUNK, 200), (len(data), 1), (len(data) + 9, 1), (10, CHUNK * 2)):
        assert reader.seek(place) == place
        assert reader.read(size) == data[place : place + size]
    assert reader.seek(-3, os.SEEK_END) == len(data) - 3
    assert reader.read() == data[-3:]


def test_the_same_bytes_never_look_the_same() -> None:
    assert sealed(b"same") != sealed(b"same")


DATA = secrets.token_bytes(3 * CHUNK)
GOOD = sealed(DATA)


def changed(place: int) -> bytes:
    return GOOD[:place] + bytes([GOOD[place] ^ 1]) + GOOD[place + 1 :]


def chunk(number: int) -> bytes:
    return GOOD[HEADER + number * SEALED_CHUNK :][:SEALED_CHUNK]


@pytest.mark.parametrize(
    "damaged",
    [
        changed(0), changed(5), changed(HEADER), changed(len(GOOD) - 1), b"", GOOD[:3], GOOD[:HEADER], GOOD[:-1],
        GOOD[: HEADER + 2 * SEALED_CHUNK], GOOD + b"x", GOOD + chunk(2), GOOD[:HEADER] + chunk(1) + chunk(0) + chunk(2),
        GOOD[:HEADER] + chunk(0) + chunk(2), sealed(DATA, name="imports/x/other"), sealed(DATA, key=bytes(32)), DATA,
    ],
    ids=range(16),
)  # fmt: skip
def test_a_file_that_was_changed_cut_off_or_exchanged_is_not_read_to_its_end(damaged: bytes) -> None:
    with pytest.raises(DamagedFileError):
        opened(damaged).read()
