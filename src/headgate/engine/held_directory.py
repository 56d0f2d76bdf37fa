"""A directory that one process has at a time, for what it works on and what it keeps for its successor."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from pathlib import Path

_LOCK, _RUN, _KEPT = "lock", "run-", "kept"
_LOOKS = 20
_LOOK_SECONDS = 0.01


class WorkInUseError(RuntimeError):
    """Another process works there."""


def hold(directory: Path) -> int:
    """Have a directory, made where it is missing, until the descriptor is closed. Raises WorkInUseError."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = os.open(directory / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    for _ in range(_LOOKS):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_LOOK_SECONDS)  # somebody may only be looking whether it is held
        else:
            return lock
    os.close(lock)
    raise WorkInUseError(f"{directory} is in use by another import")


def is_held(directory: Path) -> bool:
    """Whether a process has it, of this machine or of another that shares the disk."""
    try:
        with (directory / _LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


class HeldDirectory:
    """A directory of one import. Raises WorkInUseError when another process has it."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._lock: int | None = hold(directory)
        self.kept = directory / _KEPT

    def fresh(self) -> Path:
        """A directory for this run; those of runs that were killed go."""
        for left in self._directory.glob(f"{_RUN}*"):
            shutil.rmtree(left, ignore_errors=True)
        return Path(tempfile.mkdtemp(prefix=_RUN, dir=self._directory))

    def close(self) -> None:
        """Let others have it."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def remove(self) -> None:
        """Remove what stands in it, and the directory itself unless somebody else put something there."""
        shutil.rmtree(self.kept, ignore_errors=True)
        self.fresh().rmdir()
        (self._directory / _LOCK).unlink(missing_ok=True)
        self.close()
        with contextlib.suppress(OSError):
            self._directory.rmdir()
