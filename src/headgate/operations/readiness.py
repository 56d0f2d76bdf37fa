"""Whether this process can do its work."""

from __future__ import annotations

from pathlib import Path

from headgate.operations.health import HealthService

PROBE = ".writable"


class Readiness:
    """Asks what a request would need."""

    def __init__(self, health: HealthService, data_dir: Path) -> None:
        self._health = health
        self._data_dir = data_dir
        self._stopping = False

    def stop(self) -> None:
        """The process is about to end: nothing new should come."""
        self._stopping = True

    def missing(self) -> list[str]:
        """What keeps this process from serving: some of `stopping`, `database`, `disk`; nothing when it is ready."""
        missing = ["stopping"] if self._stopping else []
        if self._health.database_seconds() is None:
            missing.append("database")
        if not self._can_write():
            missing.append("disk")
        return missing

    def _can_write(self) -> bool:
        try:
            (self._data_dir / PROBE).write_bytes(b"1")
        except OSError:
            return False
        return True
