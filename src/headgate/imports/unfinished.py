"""What runs of large files keep while they last, so that one that was killed is taken up, and the room that they need.

It can always be made again from the source, so it may be removed at any time when nobody is at work on it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import uuid
from pathlib import Path

import structlog

from headgate.db import Database
from headgate.errors import StorageFullError
from headgate.imports.models import Import
from headgate.imports.processes import is_free
from headgate.imports.states import UNFINISHED

ROOM_FACTOR = 4
LARGE_ROOM_FACTOR = 2.5
"""So many times its size an import needs of the disk: what it read, what it writes, and some of that twice for a moment. What a
large file leaves there is compressed."""

DAY = 24 * 3600

log = structlog.get_logger(__name__)


class NeverFitsError(StorageFullError):
    """The whole disk is too small for a run, whatever is removed from it."""


class UnfinishedWork:
    """Folders below `directory`, one an import. `part_bytes`: files of more bytes are large; `reserve`: bytes of the disk that
    stay free; `patience`: seconds that a run waits for room; `lent`: whether parts may be made on machines without this disk."""

    def __init__(
        self, directory: Path, part_bytes: int, reserve: int, patience: float = DAY, *, lent: bool = False
    ) -> None:
        self._directory = directory
        self.part_bytes = part_bytes
        self.reserve = reserve
        self.patience = patience
        self.lent = lent
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)

    def place(self, import_id: uuid.UUID) -> Path:
        """Where a run of the import keeps its work, if its file is large."""
        return self._directory / str(import_id)

    def need_room(self, import_id: uuid.UUID, size: int) -> None:
        """Raises StorageFullError when there is no room for a run of a file of `size` bytes, NeverFitsError when there cannot be."""
        whole = int((LARGE_ROOM_FACTOR if size > self.part_bytes else ROOM_FACTOR) * size)
        needed = max(0, whole - _held(self.place(import_id)))
        disk = shutil.disk_usage(self._directory)
        if disk.free - needed >= self.reserve:
            return
        if disk.total - whole < self.reserve:
            raise NeverFitsError(
                f"The import needs {whole} bytes of the disk, which has {disk.total}, and {self.reserve} have to stay free."
            )
        raise StorageFullError(
            f"The import needs {needed} bytes of the disk, of which {disk.free} are free and {self.reserve} have to stay free."
        )

    def remove(self, import_id: uuid.UUID) -> None:
        """The import has come to its end, or is gone. Whoever still helps with it finds nothing there from now on."""
        gone = self._directory / f"{import_id}.{uuid.uuid4().hex[:8]}"
        try:
            self.place(import_id).rename(gone)
        except FileNotFoundError:
            return
        shutil.rmtree(gone, ignore_errors=True)

    def sweep(self, database: Database) -> None:
        """Remove what belongs to imports that came to their end, perhaps on another machine, or are gone."""
        for entry in os.scandir(self._directory):
            if is_free(Path(entry.path)) and not _is_needed(database, entry.name):
                shutil.rmtree(entry.path, ignore_errors=True)
                log.info("unfinished_work_removed", import_id=entry.name)


def _is_needed(database: Database, name: str) -> bool:
    try:
        import_id = uuid.UUID(name)
    except ValueError:
        return False
    with database.read() as session:
        row = session.get(Import, import_id)
    return row is not None and row.status in UNFINISHED


def _held(directory: Path) -> int:
    """Bytes of the files below a directory."""
    total = 0
    for folder, _, names in os.walk(directory):
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                total += Path(folder, name).stat().st_size
    return total
