"""Where files are kept: a small port, and the local disk behind it."""

from headgate.storage.base import BlobStore, BlobWriter
from headgate.storage.local import LocalBlobStore
from headgate.storage.sealing import Sealer, UnsealableError
from headgate.storage.signing import UrlSigner, load_secret

__all__ = ["BlobStore", "BlobWriter", "LocalBlobStore", "Sealer", "UnsealableError", "UrlSigner", "load_secret"]
