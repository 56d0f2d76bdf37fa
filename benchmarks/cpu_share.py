"""Groups of processes that get a share of a processor and no more: control groups of Linux, where this user may make them."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from types import TracebackType

import psutil

PERIOD = 100_000
"""Microseconds over which a share is counted."""
V2, V1 = Path("/sys/fs/cgroup"), Path("/sys/fs/cgroup/cpu")
WEIGHT_V2, SHARES_V1 = 10_000, 262_144
"""The most that there is: other work on the machine has to wait for these groups, not they for it."""
GONE_SECONDS = 10.0


class CpuShare:
    """A group of processes and of all that they start. `limited`: whether the share is really kept to; without control groups
    nothing is, and processor seconds are all that can be compared."""

    def __init__(self, name: str) -> None:
        self._path: Path | None = None
        self._v2 = (V2 / "cgroup.controllers").exists()
        with contextlib.suppress(OSError):
            path = (V2 if self._v2 else V1) / f"headgate-{name}-{os.getpid()}"
            path.mkdir()
            self._path = path
            self._write(*(("cpu.weight", WEIGHT_V2) if self._v2 else ("cpu.shares", SHARES_V1)))

    def __enter__(self) -> CpuShare:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Its processes have ended, or end now; this one goes on outside."""
        if self._path is not None and str(os.getpid()) in (self._path / "cgroup.procs").read_text().split():
            (self._path.parent / "cgroup.procs").write_text(str(os.getpid()))
        deadline = time.monotonic() + GONE_SECONDS
        while self._path is not None and self._path.exists() and time.monotonic() < deadline:
            with contextlib.suppress(OSError):  # busy for as long as one is there
                self._path.rmdir()
            time.sleep(0.05)

    @property
    def limited(self) -> bool:
        """Whether there is such a group."""
        return self._path is not None

    def add(self, pid: int) -> None:
        """A process, with the children that it has and those that it will have."""
        for one in (psutil.Process(pid), *psutil.Process(pid).children(recursive=True)):
            with contextlib.suppress(ProcessLookupError):  # it has ended meanwhile
                self._write("cgroup.procs", one.pid)

    def limit(self, share: float) -> None:
        """From now on they get `share` of one processor together."""
        quota = int(share * PERIOD)
        if self._v2:
            self._write("cpu.max", f"{quota} {PERIOD}")
        else:
            self._write("cpu.cfs_period_us", PERIOD)
            self._write("cpu.cfs_quota_us", quota)

    def _write(self, name: str, value: object) -> None:
        if self._path is not None:
            (self._path / name).write_text(str(value))
