"""Reading an object as a file: one streamed request from where reading begins, taken up again where it breaks."""

from __future__ import annotations

import io
import os
import time
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from headgate.storage.s3.connection import store_errors

if TYPE_CHECKING:
    from obstore import BytesStream

CHUNK = 1024 * 1024
TRIES = 6
FIRST_PAUSE = 0.2


class ObjectReader(io.RawIOBase):
    """The bytes of one object as it was when it was opened: one that is replaced meanwhile cannot be read on.

    Reading raises StorageUnavailableError when the store does not come back.
    """

    def __init__(self, store: S3Store, path: str) -> None:
        """Raises FileNotFoundError and obstore's errors, as reading does."""
        super().__init__()
        self._store = store
        self._path = path
        self._place = 0
        self._rest = memoryview(b"")
        found = obstore.get(store, path)
        self.size = found.meta["size"]
        self._e_tag = found.meta["e_tag"]
        self._stream: BytesStream | None = found.stream(min_chunk_size=CHUNK)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self.size}[whence]
        place = max(0, start + offset)
        if place != self._place:
            self._place, self._rest, self._stream = place, memoryview(b""), None
        return place

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # of all that is writable
        if not self._rest:
            self._rest = self._chunk()
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        self._place += size
        return size

    def readall(self) -> bytes:
        whole = bytearray()
        while len(self._rest) or (self._place < self.size):
            if not self._rest:
                self._rest = self._chunk()
            whole += self._rest
            self._place += len(self._rest)
            self._rest = memoryview(b"")
        return bytes(whole)

    def _chunk(self) -> memoryview:
        """What comes next; nothing at the end only."""
        with store_errors(self._path):
            return self._next_chunk()

    def _next_chunk(self) -> memoryview:
        for attempt in range(TRIES):
            if self._place >= self.size:
                return memoryview(b"")
            try:
                if self._stream is None:
                    self._stream = self._from_here()
                if chunk := next(self._stream, None):
                    return memoryview(chunk)
            except BaseError:
                if attempt == TRIES - 1:
                    raise
            self._stream = None
            time.sleep(FIRST_PAUSE * 2**attempt)
        raise OSError(f"the object ends before its size: {self._path}")

    def _from_here(self) -> BytesStream:
        found = obstore.get(
            self._store, self._path, options={"range": {"offset": self._place}, "if_match": self._e_tag}
        )
        return found.stream(min_chunk_size=CHUNK)
