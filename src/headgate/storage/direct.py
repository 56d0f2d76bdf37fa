"""The port of a store that clients reach by themselves: presigned URLs, and files that arrive without the service."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import BinaryIO

from headgate.records import dataclass


@dataclass(frozen=True)
class Arrival:
    """A whole file that a client put where the import's upload URL leads. `size` in bytes."""

    import_id: str
    size: int
    arrived: float
    """Seconds since 1970, by the store's clock."""


class DirectAccess(ABC):
    """Every method that asks the store may raise StorageUnavailableError."""

    @property
    @abstractmethod
    def origin(self) -> str:
        """Scheme, host and port of its URLs, for the policy of our pages."""

    @abstractmethod
    def upload_url(self, import_id: object, seconds: int) -> str:
        """To which the file of an import can be PUT for that long."""

    @abstractmethod
    def download_url(self, key: str, filename: str, media_type: str, seconds: int) -> str:
        """From which a blob can be fetched for that long, to be saved under `filename`. Raises FileNotFoundError."""

    def serves(self, key: str) -> bool:
        """Whether clients can do something with the blob as the store has it."""
        return True

    @abstractmethod
    def open_arrival(self, import_id: object) -> BinaryIO:
        """The bytes of what arrived for an import, of one whole file. Raises FileNotFoundError."""

    @abstractmethod
    def arrivals(self) -> Iterator[Arrival]:
        """All files that arrived and were not dropped since. One that is only partly there is not among them."""

    @abstractmethod
    def take(self, import_id: object, key: str) -> int:
        """Copy what arrived for an import to a key that no upload URL leads to; gives the size of the copy.

        The copy is of one whole file, whatever is put meanwhile. Raises FileNotFoundError.
        """

    @abstractmethod
    def drop(self, import_id: object) -> None:
        """Remove what arrived for an import; nothing there is no error."""
