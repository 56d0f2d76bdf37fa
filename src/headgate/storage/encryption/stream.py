"""A file in authenticated chunks: the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015) over AES-256-GCM.

`HGF1`, a random prefix of 7 bytes, then chunks of 64 KiB and their tags. The nonce of a chunk is the prefix, its number (4
bytes, big-endian) and whether it is the last (1 byte): chunks that are changed, swapped, left out, cut off or added do not
decrypt. What the blob is called is authenticated too, so that one is not taken for another. Reading may begin anywhere.
"""

from __future__ import annotations

import io
import os
import secrets
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"HGF1"
PREFIX = 7
HEADER = len(MAGIC) + PREFIX
CHUNK = 64 * 1024
TAG = 16
SEALED_CHUNK = CHUNK + TAG


class DamagedFileError(OSError):
    """A stored file is not what was stored: it was changed or cut off, or its key is another."""


class StreamEncryptor:
    """Encrypts one blob, whatever the sizes of the pieces that it comes in."""

    def __init__(self, key: bytes, name: str) -> None:
        self._cipher = AESGCM(key)
        self._name = name.encode()
        self._prefix = secrets.token_bytes(PREFIX)
        self._number = 0
        self._rest = bytearray()
        self._begun = False

    def update(self, data: bytes) -> bytes:
        """What can be written after these bytes. The last chunk waits, because it has to say that it is the last."""
        self._rest += data
        out = bytearray(self._header())
        view = memoryview(self._rest)
        place = 0
        while len(view) - place > CHUNK:
            out += self._seal(view[place : place + CHUNK], last=False)
            place += CHUNK
        view.release()
        del self._rest[:place]
        return bytes(out)

    def finish(self) -> bytes:
        """The end of the blob."""
        return self._header() + self._seal(self._rest, last=True)

    def _header(self) -> bytes:
        if self._begun:
            return b""
        self._begun = True
        return MAGIC + self._prefix

    def _seal(self, data: bytearray | memoryview, *, last: bool) -> bytes:
        sealed = self._cipher.encrypt(_nonce(self._prefix, self._number, last=last), data, self._name)
        self._number += 1
        return sealed


class DecryptingReader(io.RawIOBase):
    """The bytes of an encrypted blob; each chunk is checked before anything of it is given.

    Raises DamagedFileError.
    """

    def __init__(self, source: BinaryIO, key: bytes, name: str) -> None:
        super().__init__()
        self._source = source
        self._cipher = AESGCM(key)
        self._name = name.encode()
        sealed = source.seek(0, os.SEEK_END) - HEADER
        self._chunks = max(1, -(-sealed // SEALED_CHUNK))
        self.size = sealed - self._chunks * TAG
        source.seek(0)
        header = source.read(HEADER)
        if header[: len(MAGIC)] != MAGIC or self.size < 0:
            raise DamagedFileError("A stored file is damaged: it does not begin as encrypted files do.")
        self._prefix = header[len(MAGIC) :]
        self._place = 0
        self._at = HEADER
        """Where the source stands, so that it is not moved in vain: to move can be a request of its own."""
        self._number = -1
        self._chunk = b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self.size}[whence]
        self._place = max(0, start + offset)
        return self._place

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # of all that is writable
        # Asked at the end too: the last chunk of a file that was cut off says so.
        number = min(self._place // CHUNK, self._chunks - 1)
        self._load(number)
        piece = memoryview(self._chunk)[self._place - number * CHUNK :][: len(buffer)]
        buffer[: len(piece)] = piece
        self._place += len(piece)
        return len(piece)

    def close(self) -> None:
        self._source.close()
        super().close()

    def _load(self, number: int) -> None:
        if number == self._number:
            return
        begin = HEADER + number * SEALED_CHUNK
        if self._at != begin:
            self._source.seek(begin)
        sealed = self._source.read(SEALED_CHUNK)
        self._at = begin + len(sealed)
        last = number == self._chunks - 1
        try:
            self._chunk = self._cipher.decrypt(_nonce(self._prefix, number, last=last), sealed, self._name)
        except InvalidTag:
            raise DamagedFileError("A stored file is damaged: it was changed or cut off.") from None
        self._number = number


def encrypted(source: BinaryIO, key: bytes, name: str) -> Iterator[bytes]:
    """A whole file, encrypted, some at a time."""
    encryptor = StreamEncryptor(key, name)
    while block := source.read(16 * CHUNK):
        yield encryptor.update(block)
    yield encryptor.finish()


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + (b"\1" if last else b"\0")
