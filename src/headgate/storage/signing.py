"""URLs that are a permission by themselves: signed, bound to one use, and expiring."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

from headgate.errors import ForbiddenError

SECRET_BYTES = 32
EXPIRED = "This URL has expired. Ask for a new one."
TAMPERED = "This URL is not valid: it was changed or cut off. Ask for a new one."


def load_secret(data_dir: Path, name: str = "secret") -> bytes:
    """A secret of this installation, made at its first start and readable by its owner only."""
    path = data_dir / name
    if not path.exists():
        candidate = data_dir / f".{name}-{secrets.token_hex(8)}"
        descriptor = os.open(candidate, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(SECRET_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(candidate, path)  # unlike a rename, fails when another process was quicker
        except FileExistsError:
            pass
        finally:
            candidate.unlink()
    return path.read_bytes()


class UrlSigner:
    """Signs and checks. `purpose` keeps a permission to read from being one to write."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def sign(self, purpose: str, subject: str, expires: int) -> str:
        """The signature for doing `purpose` with `subject` until `expires` (seconds since 1970)."""
        message = "\n".join((purpose, str(expires), subject)).encode()
        return _text(hmac.new(self._secret, message, hashlib.sha256).digest())

    def check(self, purpose: str, subject: str, expires: str, signature: str, now: datetime) -> None:
        """Raises ForbiddenError unless the three belong together and the time has not come."""
        until = int(expires) if expires.isascii() and expires.isdecimal() and len(expires) < 12 else -1
        expected = self.sign(purpose, subject, until)
        if not hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace")):
            raise ForbiddenError(TAMPERED)
        if now.timestamp() >= until:
            raise ForbiddenError(EXPIRED)

    def token(self, purpose: str, subject: bytes, expires: int) -> str:
        """A short text for a path that names `subject` and permits `purpose` until `expires`."""
        payload = expires.to_bytes(6, "big") + subject
        mac = hmac.new(self._secret, purpose.encode() + b"\n" + payload, hashlib.sha256).digest()[:20]
        return _text(payload + mac)

    def open_token(self, purpose: str, token: str, now: datetime) -> tuple[bytes, datetime]:
        """The subject of a token and when it expires. Raises ForbiddenError."""
        try:
            raw = base64.urlsafe_b64decode(token.encode() + b"=" * (-len(token) % 4))
        except (ValueError, binascii.Error):
            raise ForbiddenError(TAMPERED) from None
        payload, mac = raw[:-20], raw[-20:]
        expected = hmac.new(self._secret, purpose.encode() + b"\n" + payload, hashlib.sha256).digest()[:20]
        if len(payload) < 6 or not hmac.compare_digest(expected, mac) or _text(raw) != token:
            raise ForbiddenError(TAMPERED)
        until = int.from_bytes(payload[:6], "big")
        if now.timestamp() >= until:
            raise ForbiddenError(EXPIRED)
        return payload[6:], datetime.fromtimestamp(until, UTC)


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
