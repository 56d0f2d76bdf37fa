"""Where files are kept: a small port, the local disk and S3 behind it."""

from headgate.storage.base import BlobStore, BlobWriter, Usage
from headgate.storage.direct import Arrival, DirectAccess
from headgate.storage.local import LocalBlobStore
from headgate.storage.opening import check_store, encrypting, open_store
from headgate.storage.sealing import Sealer, UnsealableError
from headgate.storage.signing import UrlSigner, load_secret

__all__ = [
    "Arrival",
    "BlobStore",
    "BlobWriter",
    "DirectAccess",
    "LocalBlobStore",
    "Sealer",
    "UnsealableError",
    "UrlSigner",
    "Usage",
    "check_store",
    "encrypting",
    "load_secret",
    "open_store",
]
