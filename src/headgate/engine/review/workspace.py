"""The directory of one review: who may write in it, what lies where, and whether it can be trusted.

Everything in it follows from the source, the schema and the log of changes, and can be made again from them. So whatever is
not exactly what is expected (another source, another version of headgate, a machine that was switched off in between) is
thrown away, never used.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any, Self

import orjson

from headgate.engine.fingerprint import asked_of, digest_of
from headgate.engine.match import MatchMemory
from headgate.engine.request import ImportRequest
from headgate.engine.review.kept_table import kept_table
from headgate.engine.table import RawTable

FORMAT = 3
"""Of the files here; another number makes those of older versions useless."""
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_LOCK, _SOURCE, _STAGES, _ROWS, _MEMORY, _STORE = "lock", "source", "stages.json", "rows.json", "memory.json", "store"
_UPLOADS = "uploads"

Document = dict[str, Any]


class ReviewInUseError(RuntimeError):
    """Another process has the review open."""


class Workspace:
    """The directory of a review, held until `close`. Raises ReviewInUseError when another process holds it."""

    def __init__(self, directory: Path, request: ImportRequest) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self.directory = directory
        self._lock = os.open(directory / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._lock)
            raise ReviewInUseError(f"{directory.name} is open in another process") from None
        self.memory = self._kept_memory(request.memory)
        self.fingerprint = fingerprint_of(request)
        self.scratch = Path(tempfile.mkdtemp(prefix="scratch-", dir=self._without_leftovers()))

    def close(self) -> None:
        """Let others have it."""
        shutil.rmtree(self.scratch, ignore_errors=True)
        os.close(self._lock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def directory_for(self, use: str) -> Path:
        """A new directory for intermediate files, which are gone after `close` at the latest."""
        return Path(tempfile.mkdtemp(prefix=f"{use}-", dir=self.scratch))

    @property
    def store(self) -> Path:
        """Where the table of rows lies."""
        return self.directory / _STORE

    @property
    def source(self) -> Path:
        """Where the raw table lies."""
        return self.directory / _SOURCE

    @property
    def uploads(self) -> Path:
        """Where corrected workbooks that people gave back are kept."""
        return self.directory / _UPLOADS

    def stages(self) -> Document | None:
        """What was kept of the steps (kept_run.py); None when there is nothing of use."""
        return self._kept(_STAGES)

    def rows(self) -> Document | None:
        """What was kept of the rows; None when there is nothing of use."""
        return self._kept(_ROWS)

    def table(self) -> RawTable | None:
        """The raw table; None when it is not there or not whole."""
        return kept_table(self.source)

    def keep_stages(self, document: Document) -> None:
        """Keep the steps. What was kept of rows that followed from others is gone first."""
        self.forget_rows()
        _write(self.directory / _STAGES, self.fingerprint, document)

    def keep_rows(self, document: Document) -> None:
        """Keep what belongs to the table of rows in `store`."""
        _write(self.directory / _ROWS, self.fingerprint, document)

    def forget_rows(self) -> None:
        """Throw away the rows."""
        (self.directory / _ROWS).unlink(missing_ok=True)
        shutil.rmtree(self.store, ignore_errors=True)

    def forget_source(self) -> None:
        """Throw away all that follows from how the source was read."""
        self.forget_rows()
        (self.directory / _STAGES).unlink(missing_ok=True)
        shutil.rmtree(self.source, ignore_errors=True)

    def _without_leftovers(self) -> Path:
        for left in self.directory.glob("scratch-*"):
            shutil.rmtree(left, ignore_errors=True)
        return self.directory

    def _kept(self, name: str) -> Document | None:
        try:
            document = orjson.loads((self.directory / name).read_bytes())
        except (OSError, ValueError):
            return None
        if not isinstance(document, dict) or document.get("fingerprint") != self.fingerprint:
            return None
        kept = document.get("content")
        return kept if isinstance(kept, dict) else None

    def _kept_memory(self, memory: MatchMemory | None) -> MatchMemory | None:
        """The memory that the review began with: what other imports teach meanwhile must not change this one."""
        path = self.directory / _MEMORY
        try:
            found = orjson.loads(path.read_bytes())
            return None if found is None else MatchMemory.from_json(found)
        except (OSError, ValueError, KeyError, TypeError):
            keep_memory(self.directory, memory)
            return memory


def fingerprint_of(request: ImportRequest) -> str:
    """Names what a review follows from, before anybody decided anything."""
    boot = _BOOT_ID.read_bytes() if _BOOT_ID.exists() else b""
    return digest_of(str(FORMAT).encode(), boot, *asked_of(request))


def keep_memory(directory: Path, memory: MatchMemory | None) -> None:
    """Keep the memory that a review begins with."""
    _replace(directory / _MEMORY, orjson.dumps(None if memory is None else memory.to_json()))


def write_kept(directory: Path, request: ImportRequest, stages: Document, rows: Document | None) -> None:
    """Write into a directory that nobody has opened yet what `Workspace` will find in it."""
    fingerprint = fingerprint_of(request)
    keep_memory(directory, request.memory)
    _write(directory / _STAGES, fingerprint, stages)
    if rows is not None:
        _write(directory / _ROWS, fingerprint, rows)


def source_of(directory: Path) -> Path:
    """Where in a review's directory the raw table lies."""
    return directory / _SOURCE


def store_of(directory: Path) -> Path:
    """Where in a review's directory the table of rows lies."""
    return directory / _STORE


def _write(path: Path, fingerprint: str, content: Document) -> None:
    _replace(path, orjson.dumps({"fingerprint": fingerprint, "content": content}, option=orjson.OPT_NON_STR_KEYS))


def _replace(path: Path, content: bytes) -> None:
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
