"""Whether more can be taken in: what is accepted must be kept and run, so it is better refused while there is no room for it."""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path

from headgate.errors import OverloadedError
from headgate.imports.queue import ImportQueue

COUNTED_FOR = 1.0
"""Seconds for which the length of the queue is not counted again."""
DISK_SECONDS = 60
QUEUE_SECONDS = 30


class Admission:
    """Refuses what there is no room for. `disk_reserve`: bytes that stay free; `queue_limit`: imports that may wait."""

    def __init__(self, queue: ImportQueue, directory: Path, disk_reserve: int, queue_limit: int) -> None:
        self._queue = queue
        self._directory = directory
        self._reserve = disk_reserve
        self._limit = queue_limit
        self._lock = threading.Lock()
        self._counted_at = 0.0
        self._length = 0

    def check(self, size: int = 0) -> None:
        """Raises OverloadedError when an import with a file of `size` bytes cannot be taken in now."""
        if shutil.disk_usage(self._directory).free - size < self._reserve:
            raise OverloadedError(
                "The service has hardly any room left on its disk, so it takes in nothing new. Try again later.",
                DISK_SECONDS,
            )
        if self._waiting() >= self._limit:
            raise OverloadedError(
                f"{self._limit} imports wait already, which is as many as may. Try again in {QUEUE_SECONDS} s.",
                QUEUE_SECONDS,
            )

    def _waiting(self) -> int:
        with self._lock:
            if time.monotonic() - self._counted_at >= COUNTED_FOR:
                self._length = self._queue.length(self._limit)
                self._counted_at = time.monotonic()
            return self._length
