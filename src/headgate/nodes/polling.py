"""A thread that looks every few seconds whether there is something to do, and others that do it meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import structlog

log = structlog.get_logger(__name__)


class Poller:
    """Calls `look` every `seconds`, and again at once as long as it answers that it found something.

    `name` is that of its threads and of what is logged when `look` raises, which ends nothing: the next look may find the trouble gone.
    `at_once`: how many of the pieces of work that are given to `submit` run at a time.
    """

    def __init__(self, name: str, look: Callable[[], bool], seconds: float, at_once: int = 0) -> None:
        self._name = name
        self._look = look
        self._seconds = seconds
        self._resting_until = 0.0
        self._closing = threading.Event()
        self._threads = ThreadPoolExecutor(max(1, at_once), thread_name_prefix=f"headgate-{name}")
        self._thread = threading.Thread(target=self._main, daemon=True, name=f"headgate-{name}-poller")

    @property
    def closing(self) -> bool:
        """Whether nothing more is to be begun."""
        return self._closing.is_set()

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def close(self) -> None:
        """Look no more, and wait for what was submitted; whoever calls this has told it to end."""
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join()
        self._threads.shutdown()

    def submit(self, work: Callable[[], None]) -> None:
        """Do it in a thread, where nobody asks how it ended."""
        self._threads.submit(work)

    def rest(self, seconds: float) -> None:
        """Do not look for so long, from now on; a longer rest stays one."""
        self._resting_until = max(self._resting_until, time.monotonic() + seconds)

    def _main(self) -> None:
        while not self._closing.wait(self._seconds):
            try:
                while not self.closing and time.monotonic() >= self._resting_until and self._look():
                    pass
            except Exception:  # whatever it is: the thread has nobody to tell, and the next look may find it gone
                log.exception(f"{self._name}_failed")
