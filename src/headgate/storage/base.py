"""The port of a blob store. A key is a path of plain parts such as `imports/<id>/source`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO


class BlobWriter(ABC):
    """A blob that is being written; nobody sees it before `commit`."""

    @abstractmethod
    def write(self, data: bytes) -> None:
        """Append bytes. Raises StorageFullError."""

    @abstractmethod
    def commit(self) -> None:
        """Make the blob durable and visible, all at once, in place of an older one. Raises StorageFullError."""

    @abstractmethod
    def discard(self) -> None:
        """Forget what was written. Harmless after `commit`."""


class BlobStore(ABC):
    """Keeps blobs. What `commit` and `put_tree` have written survives the machine."""

    @abstractmethod
    def writer(self, key: str) -> BlobWriter:
        """Begin a blob."""

    @abstractmethod
    def put_tree(self, prefix: str, directory: Path) -> None:
        """Take over the files of a finished directory as `prefix/<name>`, all or none, in place of older ones.

        The directory belongs to the store afterwards. Raises StorageFullError.
        """

    @abstractmethod
    def put_file(self, key: str, path: Path) -> None:
        """Take over a finished file, in place of an older one. Raises StorageFullError."""

    @abstractmethod
    def open(self, key: str) -> BinaryIO:
        """The blob's bytes. Raises FileNotFoundError."""

    @abstractmethod
    def exists(self, key: str) -> bool:
        """Whether there is such a blob (or, for local trees, such a directory of blobs)."""

    @abstractmethod
    def local_path(self, key: str, workdir: Path) -> Path:
        """A path at which the blob can be read: its own, or a copy below `workdir`. Raises FileNotFoundError."""

    @abstractmethod
    def delete(self, key: str) -> None:
        """Remove a blob; one that is not there is no error."""

    @abstractmethod
    def delete_tree(self, prefix: str) -> None:
        """Remove everything below a prefix; nothing there is no error."""

    @abstractmethod
    def import_ids(self, older_than: float) -> Iterator[str]:
        """The ids of imports that have blobs, none of them changed after `older_than` (seconds since 1970)."""

    def put(self, key: str, data: bytes) -> None:
        """Write a small blob. Raises StorageFullError."""
        writer = self.writer(key)
        try:
            writer.write(data)
            writer.commit()
        finally:
            writer.discard()


def import_prefix(import_id: object) -> str:
    """Below which all blobs of an import stand."""
    return f"imports/{import_id}"
