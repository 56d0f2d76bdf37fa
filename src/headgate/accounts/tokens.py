"""Secrets that are random by themselves: keys, sessions, one-time links. 256 random bits need no slow hash."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """An unguessable text of 43 characters that may stand in a URL."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """What is stored of a token: its SHA-256 as hexadecimal digits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
