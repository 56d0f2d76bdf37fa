"""The port of a blob store. A key is a path of plain parts such as `imports/<id>/source`."""

from __future__ import annotations

import re
import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from headgate.records import dataclass
from headgate.storage.direct import DirectAccess

OUTCOME = "outcome"
_PART = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")


@dataclass(frozen=True)
class Usage:
    """How many stored files there are somewhere, and their bytes."""

    objects: int
    bytes: int


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
    """Keeps blobs. What `commit`, `put`, `put_file`, `put_tree` and `copy` have written survives the machine.

    Any method that reaches a store over the network may raise StorageUnavailableError: nothing is known to have
    happened, and the same call may be made again.
    """

    direct: DirectAccess | None = None
    """Ways past the service, for a store that clients can reach themselves."""
    shared = False
    """Whether several servers may use the store at once."""

    def prepare(self, import_id: uuid.UUID) -> None:
        """An import begins: called once, before the first of its blobs is written."""
        return

    def is_encrypted(self, key: str) -> bool:
        """Whether a blob is encrypted where it is kept, so that only the service can send it."""
        return False

    @abstractmethod
    def writer(self, key: str) -> BlobWriter:
        """Begin a blob."""

    @abstractmethod
    def put_tree(self, prefix: str, directory: Path) -> None:
        """Take over the files of a finished directory as `prefix/<name>`, all or none, in place of older ones.

        `prefix` ends in `outcome`: the only part whose blobs belong together. The directory belongs to the store
        afterwards. Raises StorageFullError.
        """

    @abstractmethod
    def put_file(self, key: str, path: Path) -> None:
        """Take over a finished file, in place of an older one. Raises StorageFullError."""

    @abstractmethod
    def copy(self, source: str, target: str) -> None:
        """Write a blob's bytes under another key. Raises FileNotFoundError, StorageFullError."""

    @abstractmethod
    def open(self, key: str) -> BinaryIO:
        """The blob's bytes; reading them may begin anywhere. Raises FileNotFoundError."""

    @abstractmethod
    def exists(self, key: str) -> bool:
        """Whether there is such a blob."""

    @abstractmethod
    def is_gone(self, key: str) -> bool:
        """Whether the store says twice that there is no such blob: when it is asked for it, and when it lists what stands where
        it should. False when it says so once only: stores exist that notice late what was written.

        Raises StorageUnavailableError where the place itself cannot be looked into, such as a disk that is not mounted.
        """

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
    def usage(self, key: str) -> Usage:
        """How much a blob takes, or all below a prefix; nothing where there is none."""

    @abstractmethod
    def import_ids(self) -> Iterator[str]:
        """The ids of imports that have blobs."""

    @abstractmethod
    def now(self) -> float:
        """The time by the clock that `last_change` goes by, in seconds since 1970: that of this machine may be another."""

    @abstractmethod
    def last_change(self, import_id: str) -> float:
        """When a blob of an import was last written, in seconds since 1970; 0 when there is none."""

    def tidy(self) -> None:
        """Remove what the store itself has left over: copies that nobody uses, uploads that a crash cut off."""
        return

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


def placed(key: str) -> list[str]:
    """The parts of a key as stores lay blobs out: those of imports in 256 folders, by the first two characters of the id.

    A million entries in one folder would make every listing slow. Raises ValueError for a key that is no path of plain
    parts.
    """
    parts = key.split("/")
    if not all(_PART.fullmatch(part) for part in parts):
        raise ValueError(f"not a key of a blob: {key!r}")
    if parts[0] == "imports" and len(parts) > 1:
        parts.insert(1, parts[1][:2])
    return parts
