"""Keys that were just found to be valid: a program that polls sends the same one hundreds of times a second."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from headgate.accounts.scopes import Scope
from headgate.accounts.tokens import digest_of

TRUSTED_SECONDS = 1.0
"""For so long a key is not looked up again. What ends it in this process counts at once, what another process does after that."""
MOST = 1000


@dataclass(frozen=True)
class KeyUse:
    """Which key was used, for which organization."""

    key_id: uuid.UUID
    organization_id: uuid.UUID
    scopes: frozenset[Scope]


class RecentKeys:
    """What is remembered is the digest of a key, never the key."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._known: dict[str, tuple[KeyUse, float, datetime | None]] = {}
        self._generation = 0

    @property
    def generation(self) -> int:
        """Another number each time that a key was ended here."""
        return self._generation

    def find(self, key: str, now: datetime) -> KeyUse | None:
        """Whose key that is, where that was looked up a moment ago."""
        found = self._known.get(digest_of(key))
        if found is None:
            return None
        use, until, expires = found
        return use if self._clock() < until and (expires is None or now < expires) else None

    def add(self, key: str, use: KeyUse, expires: datetime | None, generation: int) -> None:
        """A key was found to be valid until `expires`, by a look that began at that `generation`."""
        with self._lock:
            if generation != self._generation:  # it may have been ended since it was looked up
                return
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[digest_of(key)] = (use, self._clock() + TRUSTED_SECONDS, expires)

    def forget(self) -> None:
        """A key, or whatever it belongs to, has come to its end."""
        with self._lock:
            self._generation += 1
            self._known.clear()
