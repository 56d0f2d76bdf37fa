"""Blobs in an S3-compatible object store. Nothing here is imported unless the settings name such a store."""

from headgate.storage.s3.check import check_store
from headgate.storage.s3.connection import Connection
from headgate.storage.s3.store import S3BlobStore

__all__ = ["Connection", "S3BlobStore", "check_store"]
