"""Runs deletions of organizations in this process, one after the other. What must run stands in the database, and is looked for
every minute by one of the processes; a deletion that two run at once goes on with whichever is further."""

from __future__ import annotations

import queue
import threading
import uuid
from collections.abc import Callable

import structlog

log = structlog.get_logger(__name__)


class DeletionThread:
    """A thread for what takes long, and for which nobody waits."""

    def __init__(self) -> None:
        self._waiting: queue.Queue[uuid.UUID | None] = queue.Queue()
        self._lock = threading.Lock()
        self._known: set[uuid.UUID] = set()
        self._run: Callable[[uuid.UUID], None] = lambda _: None
        self._thread = threading.Thread(target=self._main, daemon=True, name="headgate-deletions")

    def start(self, run: Callable[[uuid.UUID], None]) -> None:
        """Begin. `run` may be called again for one that was not brought to its end."""
        self._run = run
        self._thread.start()

    def enqueue_deletion(self, organization_id: uuid.UUID) -> None:
        """Have a deletion run. A second call changes nothing."""
        self.reconcile_deletions([organization_id])

    def reconcile_deletions(self, unfinished: list[uuid.UUID]) -> int:
        """Have those of these run that this process does not work on; gives how many."""
        with self._lock:
            missing = [one for one in unfinished if one not in self._known]
            self._known.update(missing)
        for one in missing:
            self._waiting.put(one)
        return len(missing)

    def close(self) -> None:
        """Begin nothing more. What runs may be cut off, and goes on in another process or after the next start."""
        self._waiting.put(None)

    def _main(self) -> None:
        while (organization_id := self._waiting.get()) is not None:
            try:
                self._run(organization_id)
            except Exception:
                log.exception("deletion_failed", organization_id=str(organization_id))
            with self._lock:
                self._known.discard(organization_id)
