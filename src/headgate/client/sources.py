"""What can be uploaded: a path, bytes, an open binary file, or an iterator of chunks. Read in chunks, never whole."""

from __future__ import annotations

import io
import os
import tempfile
import weakref
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, TypeAlias

import anyio
import anyio.to_thread

CHUNK_BYTES = 256 * 1024

Uploadable: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes] | Iterable[bytes]
"""A path (also as a string), the bytes themselves, an open binary file, or an iterable of chunks."""
AsyncUploadable: TypeAlias = Uploadable | AsyncIterable[bytes]

Progress: TypeAlias = Callable[[int, int | None], object]
"""Called with the bytes done so far and the bytes in all (None: unknown)."""


class Source:
    """The bytes of one upload.

    `name`: a file name when the source has one. `length`: bytes in all, None when unknown (then sent in chunks).
    `restartable`: whether the bytes can be read a second time, from where they began.
    """

    def __init__(self, source: AsyncUploadable, on_progress: Progress | None = None) -> None:
        self.name: str | None = None
        self.length: int | None = None
        self.restartable = True
        self._on_progress = on_progress
        self._path: Path | None = None
        self._file: IO[bytes] | None = None
        self._start = 0
        self._iterable: Iterable[bytes] | AsyncIterable[bytes] | None = None
        self._open(source)

    def _open(self, source: AsyncUploadable) -> None:
        if isinstance(source, str | os.PathLike):
            self._path = Path(source)
            self.name = self._path.name
            self.length = self._path.stat().st_size
        elif isinstance(source, bytes | bytearray | memoryview):
            self._file = io.BytesIO(source)
            self.length = memoryview(source).nbytes
        elif isinstance(source, io.TextIOBase):
            raise TypeError("The file is open as text. Open it in binary mode: open(path, 'rb').")
        elif isinstance(source, io.IOBase) or hasattr(source, "read"):
            self._open_file(source)  # type: ignore[arg-type] # a duck-typed file
        else:
            self._open_iterable(source)

    def _open_iterable(self, source: Any) -> None:
        if not isinstance(source, Iterable | AsyncIterable):
            raise TypeError(
                f"Cannot upload {type(source).__name__}: expected a path, bytes, a binary file or an iterator."
            )
        self._iterable = source
        self.restartable = False

    def _open_file(self, file: IO[bytes]) -> None:
        self._file = file
        name = getattr(file, "name", None)
        self.name = Path(name).name if isinstance(name, str) else None
        seekable = getattr(file, "seekable", None)
        self.restartable = bool(seekable and seekable())
        if self.restartable:
            self._start = file.tell()
            self.length = file.seek(0, io.SEEK_END) - self._start
            file.seek(self._start)

    def measure(self) -> None:
        """Write an iterable to a temporary file, so that its length is known. It is on the disk once, never in memory."""
        if self._iterable is None:
            return
        if isinstance(self._iterable, AsyncIterable):
            raise TypeError("An asynchronous iterator can be uploaded by AsyncClient only.")
        file = self._temporary_file()
        for chunk in self._iterable:
            file.write(chunk)
        self._measured(file)

    async def ameasure(self) -> None:
        """The same for any iterable."""
        if not isinstance(self._iterable, AsyncIterable):
            await anyio.to_thread.run_sync(self.measure)
            return
        file = self._temporary_file()
        async for chunk in self._iterable:
            await anyio.to_thread.run_sync(file.write, chunk)
        self._measured(file)

    def _temporary_file(self) -> IO[bytes]:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - it goes with this object
        weakref.finalize(self, file.close)
        return file

    def _measured(self, file: IO[bytes]) -> None:
        self._iterable = None
        file.seek(0)
        self._open_file(file)

    def chunks(self) -> Iterator[bytes]:
        """All bytes from the beginning, reporting progress as they are taken."""
        if isinstance(self._iterable, AsyncIterable):
            raise TypeError("An asynchronous iterator can be uploaded by AsyncClient only.")
        done = 0
        for chunk in self._iterable if self._iterable is not None else self._read():
            yield chunk
            done += len(chunk)
            self._report(done)

    async def achunks(self) -> AsyncIterator[bytes]:
        """The same; files are read in a worker thread, so that the event loop never waits for a disk."""
        done = 0
        async for chunk in self._aread():
            yield chunk
            done += len(chunk)
            self._report(done)

    def _report(self, done: int) -> None:
        if self._on_progress is not None:
            self._on_progress(done, self.length)

    def _read(self) -> Iterator[bytes]:
        if self._path is not None:
            with self._path.open("rb") as file:
                yield from iter(lambda: file.read(CHUNK_BYTES), b"")
        elif self._file is not None:
            if self.restartable:
                self._file.seek(self._start)
            yield from iter(lambda: self._file.read(CHUNK_BYTES), b"")  # type: ignore[union-attr] # checked above

    async def _aread(self) -> AsyncIterator[bytes]:
        if isinstance(self._iterable, AsyncIterable):
            async for chunk in self._iterable:
                yield chunk
            return
        chunks: Iterator[bytes] = iter(self._iterable) if self._iterable is not None else self._read()
        end: Any = object()
        while (part := await anyio.to_thread.run_sync(next, chunks, end)) is not end:
            yield part
