"""What this process took of the machine. Loads nothing, so that it can be asked beside any other tool."""

from __future__ import annotations

import resource
from pathlib import Path


def peak_memory() -> int:
    """Bytes of the largest resident size that this process had, and its largest child.

    From VmHWM, since `ru_maxrss` of a fresh process starts at its parent's size.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        own = int(lines["VmHWM"].split()[0]) * 1024
    else:
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def cpu_seconds() -> float:
    """User and system time of this process and of the children that it waited for."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
