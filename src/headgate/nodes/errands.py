"""Work that keeps its own record of what is done and by whom, in threads of this process.

What must run stands in the database, and is looked for by the clock, by one of the processes at a time; one that two run at
once goes on with whichever is further.
"""

from __future__ import annotations

import queue
import threading
import uuid
from collections.abc import Callable, Sequence

import structlog

log = structlog.get_logger(__name__)


class Errands:
    """Runs each id that it is given, no id twice at a time. `at_once`: threads."""

    def __init__(self, name: str, at_once: int) -> None:
        self._name = name
        self._waiting: queue.Queue[uuid.UUID | None] = queue.Queue()
        self._lock = threading.Lock()
        self._known: set[uuid.UUID] = set()
        self._run: Callable[[uuid.UUID], None] = lambda _: None
        self._threads = [
            threading.Thread(target=self._main, daemon=True, name=f"headgate-{name}-{number}")
            for number in range(at_once)
        ]

    def start(self, run: Callable[[uuid.UUID], None]) -> None:
        """Begin. `run` may be called again for an id that was not brought to its end."""
        self._run = run
        for thread in self._threads:
            thread.start()

    def enqueue(self, errand: uuid.UUID) -> None:
        """Have one run. A second call changes nothing."""
        self.reconcile([errand])

    def reconcile(self, unfinished: Sequence[uuid.UUID]) -> int:
        """Have those of these run that this process does not work on; gives how many."""
        with self._lock:
            missing = [one for one in unfinished if one not in self._known]
            self._known.update(missing)
        for one in missing:
            self._waiting.put(one)
        return len(missing)

    def close(self) -> None:
        """Begin nothing more. What runs may be cut off, and goes on in another process or after the next start."""
        for _ in self._threads:
            self._waiting.put(None)

    def _main(self) -> None:
        while (errand := self._waiting.get()) is not None:
            try:
                self._run(errand)
            except Exception:
                log.exception("errand_failed", kind=self._name, id=str(errand))
            with self._lock:
                self._known.discard(errand)
