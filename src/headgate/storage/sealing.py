"""Secrets that must be used again, and so cannot be hashed: encrypted in the database by a key that stands beside it."""

from __future__ import annotations

import base64
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from headgate.storage.signing import load_secret

KEY_FILE = "encryption-key"


class UnsealableError(Exception):
    """The text was not sealed with this installation's key."""


class Sealer:
    """Encrypts texts so that a copy of the database alone gives none away (Fernet: AES-128-CBC with HMAC-SHA256)."""

    def __init__(self, data_dir: Path) -> None:
        """The key is made at the first start and readable by its owner only."""
        self._fernet = Fernet(base64.urlsafe_b64encode(load_secret(data_dir, KEY_FILE)))

    def seal(self, text: str) -> str:
        """The encrypted form; another one every time."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """The text again. Raises UnsealableError."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise UnsealableError from None
