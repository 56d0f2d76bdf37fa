"""One wait for the disk for all who committed to SQLite meanwhile.

SQLite's own `synchronous=FULL` waits for the disk while it holds the lock of writers, so that each commit waits for those before it.
Here a commit is written to the write-ahead log and the next writer has its turn; then the log is flushed, once for all who wait.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)

_flush = getattr(os, "fdatasync", os.fsync)  # as SQLite does it


class SharedSync:
    """Commits that are durable when `wait` returns.

    Between its commit and its flush others could see what a stop of the machine would take back, so whoever has read anything
    waits likewise (`wait_for_seen`): what leaves the process is durable.
    """

    def __init__(self, database: Path, checkpoint: Callable[[], None]) -> None:
        """`checkpoint` puts the whole log into the database, durably, and empties the log; it raises when it cannot."""
        self._log = database.with_name(f"{database.name}-wal")
        self._checkpoint = checkpoint
        self._changed = threading.Condition()
        self._committed = self._durable = 0
        self._flushing = self._doubtful = False
        self._known: tuple[int, int] | None = None

    def commit(self, commit: Callable[[], None]) -> int:
        """Do a commit; gives the number to wait for. Nobody who saw it can miss that it has one."""
        with self._changed:
            commit()
            self._committed += 1
            return self._committed

    def wait(self, number: int) -> None:
        """Return when that commit is on the disk. Raises what the checkpoint raises: then it is done, and may be lost."""
        with self._changed:
            while self._durable < number:
                if self._flushing:
                    self._changed.wait()
                else:
                    self._flush_all()

    def wait_for_seen(self) -> None:
        """Return when everything that was committed before is on the disk. Raises as `wait`."""
        with self._changed:
            number = self._committed
            if number > self._durable:
                self.wait(number)

    def _flush_all(self) -> None:
        """With the lock, which is free meanwhile."""
        self._flushing, reached = True, self._committed
        self._changed.release()
        done = False
        try:
            self._make_durable()
            done = True
        finally:
            self._changed.acquire()
            self._flushing = False
            if done:
                self._durable = reached
            self._changed.notify_all()

    def _make_durable(self) -> None:
        """After a flush that failed the kernel takes pages for written that are not, and nothing behind them in the log can be
        read again. Then all counts as lost until the log was put into the database and begun anew."""
        if not self._doubtful:
            try:
                self._flush_log()
            except OSError:
                log.exception("database_not_flushed")
                self._doubtful = True
            else:
                return
        self._checkpoint()
        self._doubtful = False

    def _flush_log(self) -> None:
        try:
            descriptor = os.open(self._log, os.O_RDONLY)
        except FileNotFoundError:
            return  # who closes the database as the last has put the log into it
        try:
            _flush(descriptor)
            status = os.fstat(descriptor)
        finally:
            os.close(descriptor)
        if self._known != (status.st_dev, status.st_ino):  # a log that is new has a name to be flushed, too
            _flush_folder(self._log.parent)
            self._known = (status.st_dev, status.st_ino)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
