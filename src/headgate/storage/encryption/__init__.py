"""Files at rest, encrypted: a key for each import, wrapped by a key of the installation."""

from headgate.storage.encryption.keys import FILE_NAME, FileKeys, KeyRing, MissingKeyError
from headgate.storage.encryption.store import EncryptedBlobStore

__all__ = ["FILE_NAME", "EncryptedBlobStore", "FileKeys", "KeyRing", "MissingKeyError"]
