"""The store that the settings name."""

from __future__ import annotations

from pathlib import Path

from headgate.config import Config
from headgate.db import Database
from headgate.storage.base import BlobStore
from headgate.storage.encryption import EncryptedBlobStore, FileKeys, KeyRing
from headgate.storage.local import LocalBlobStore


def open_store(config: Config, data_dir: Path, scratch: Path | None = None) -> BlobStore:
    """The bucket of `store_url`, or the local disk. `scratch`: a directory of this process alone for what is unfinished, on the
    disk of `data_dir`; by default `data_dir/tmp`.

    Raises ConfigurationError.
    """
    if config.store_url is None:
        return LocalBlobStore(data_dir, scratch)
    from headgate.storage.s3 import Connection, S3BlobStore  # half a second that others need not wait

    return S3BlobStore(Connection(config), data_dir, config.store_cache_size, scratch)


def encrypting(config: Config, data_dir: Path, database: Database, store: BlobStore) -> BlobStore:
    """The store with encryption around it, where new imports shall be encrypted or earlier ones may be."""
    ring = KeyRing(data_dir)
    if not config.encrypt_files and not ring.exists():
        return store
    return EncryptedBlobStore(store, FileKeys(database, ring), new_imports=config.encrypt_files)


def check_store(config: Config) -> None:
    """Try whether the store does all that the service needs. Raises ConfigurationError."""
    if config.store_url is None:
        return
    from headgate.storage.s3 import check_store as check  # as above

    check(config)
