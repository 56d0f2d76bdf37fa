"""Passwords: what one must be like, how it is kept, and that looking at one takes as long whether or not it exists."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import Parameters, PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from headgate.accounts.tokens import new_token
from headgate.errors import RateLimitedError
from headgate.message import Message

MIN_CHARACTERS = 12
"""NIST SP 800-63B asks for 15 where nothing else protects, 8 with a second factor; length is all that it asks for."""
MAX_CHARACTERS = 1000
AT_ONCE = 2
PATIENCE = 10.0
"""Seconds to wait for a turn."""


class Passwords:
    """Hashes with argon2id. Each hash takes 64 MiB, so that few are made at once however many ask."""

    def __init__(self, parameters: Parameters = RFC_9106_LOW_MEMORY) -> None:
        self._hasher = PasswordHasher.from_parameters(parameters)
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._nobodys: str | None = None

    def hash(self, password: str) -> str:
        """What is stored of a password."""
        with self._turn():
            return self._hasher.hash(_normal(password))

    def verify(self, password_hash: str | None, password: str) -> bool:
        """Whether it is the password. None, for an account that does not exist, takes as long and is False."""
        with self._turn():
            if self._nobodys is None:  # made by whoever comes first, with an account or without
                self._nobodys = self._hasher.hash(new_token())
            try:
                fits = self._hasher.verify(password_hash or self._nobodys, _normal(password))
            except (VerificationError, InvalidHashError):
                return False
            return fits and password_hash is not None

    def is_outdated(self, password_hash: str) -> bool:
        """Whether a hash was made with other parameters than are used now."""
        return self._hasher.check_needs_rehash(password_hash)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=PATIENCE):
            raise RateLimitedError("Too many people sign in at the moment. Try again shortly.", {"Retry-After": "10"})
        try:
            yield
        finally:
            self._turns.release()


def problem_of(password: str, *personal: str) -> str | None:
    """What is wrong with a new password, in a sentence. `personal`: what it may not be, such as the e-mail address."""
    if len(password) < MIN_CHARACTERS:
        return Message(
            "Choose a password of at least {count} characters. Several words are easy to remember.",
            count=MIN_CHARACTERS,
        )
    if len(password) > MAX_CHARACTERS:
        return Message("Choose a password of at most {count} characters.", count=MAX_CHARACTERS)
    plain = password.strip().casefold()
    if len(set(plain)) < 4:
        return "Choose a password with more different characters."
    if plain in {one.strip().casefold() for one in personal}:
        return "Choose a password that is not your name or e-mail address."
    return None


def _normal(password: str) -> str:
    """The same characters however a keyboard composes them (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)
