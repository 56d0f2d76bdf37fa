"""Files of lent parts in the store, below those of their import: they go with it, whatever happens."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterable
from pathlib import Path

from headgate.storage import BlobStore
from headgate.storage.base import import_prefix
from headgate.storage.disk import full_disk_is_named

_BLOCK = 1 << 20


class LentFiles:
    """Those of one run of an import, in a `folder` of its own. `workdir`: where files are on their way."""

    def __init__(self, store: BlobStore, import_id: uuid.UUID, folder: str, workdir: Path) -> None:
        self._store = store
        self._prefix = f"{import_prefix(import_id)}/{folder}"
        self._workdir = workdir

    def put(self, place: str, directory: Path, names: Iterable[str]) -> None:
        """Copy files of a directory to `place`, in this order."""
        for name in names:
            copy = self._workdir / f"lent-{uuid.uuid4().hex}"
            with full_disk_is_named():
                try:
                    copy.hardlink_to(directory / name)
                except OSError:
                    shutil.copyfile(directory / name, copy)
            try:
                self._store.put_file(f"{self._prefix}/{place}/{name}", copy)
            finally:
                copy.unlink(missing_ok=True)

    def put_bytes(self, name: str, content: bytes) -> None:
        """Write a small file."""
        self._store.put(f"{self._prefix}/{name}", content)

    def fetch(self, place: str, directory: Path, names: Iterable[str]) -> None:
        """Copy files at `place` into a directory. Raises FileNotFoundError."""
        for name in names:
            target = directory / name
            with self._store.open(f"{self._prefix}/{place}/{name}") as source, full_disk_is_named():
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("wb") as file:
                    shutil.copyfileobj(source, file, _BLOCK)

    def remove(self, place: str | None = None) -> None:
        """Remove what stands at `place`, or all files of the run."""
        self._store.delete_tree(self._prefix if place is None else f"{self._prefix}/{place}")


SHARED, LIST = "shared", "files.json"
"""Where the files for all parts stand, and which they are."""


def new_loan(number: int) -> str:
    """A name for lending a part once, and the place of all its files: who comes late disturbs nobody who has it now."""
    return f"part-{number:06d}-{uuid.uuid4().hex[:8]}"


def chunks_place(loan: str) -> str:
    """Where the chunks of a part stand."""
    return f"{loan}/chunks"


def made_place(loan: str) -> str:
    """Where the files of a finished part stand."""
    return f"{loan}/made"
