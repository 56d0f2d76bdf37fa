"""The store that the settings name."""

from __future__ import annotations

from pathlib import Path

from headgate.config import Config
from headgate.storage.base import BlobStore
from headgate.storage.local import LocalBlobStore


def open_store(config: Config, data_dir: Path) -> BlobStore:
    """The bucket of `store_url`, or the local disk. Removes what an earlier process on `data_dir` left unfinished.

    Raises ConfigurationError.
    """
    if config.store_url is None:
        return LocalBlobStore(data_dir)
    from headgate.storage.s3 import Connection, S3BlobStore  # half a second that others need not wait

    return S3BlobStore(Connection(config), data_dir, config.store_cache_size)


def check_store(config: Config) -> None:
    """Try whether the store does all that the service needs. Raises ConfigurationError."""
    if config.store_url is None:
        return
    from headgate.storage.s3 import check_store as check  # as above

    check(config)
