"""Where files are kept: a small port, and the local disk behind it."""

from headgate.storage.base import BlobStore, BlobWriter
from headgate.storage.local import LocalBlobStore
from headgate.storage.signing import UrlSigner, load_secret

__all__ = ["BlobStore", "BlobWriter", "LocalBlobStore", "UrlSigner", "load_secret"]
