"""How much memory there is for this process: of the machine, or what its container or unit may take of it."""

from __future__ import annotations

from pathlib import Path

import psutil

SELF = Path("/proc/self/cgroup")
MOUNT = Path("/sys/fs/cgroup")


def available_memory(own: Path = SELF, mount: Path = MOUNT) -> int:
    """Bytes. The least of the machine's memory and the limits of all control groups that this process is in (versions 1 and 2).

    `own`: which groups those are; `mount`: where their limits stand.
    """
    machine: int = psutil.virtual_memory().total
    return min([machine, *_limits(own, mount)])


def _limits(own: Path, mount: Path) -> list[int]:
    found = []
    for hierarchy, controllers, group in _groups(own):
        if hierarchy == "0":
            root, name = mount, "memory.max"
        elif "memory" in controllers.split(","):
            root, name = mount / "memory", "memory.limit_in_bytes"
        else:
            continue
        # In a container the path is often that of the machine, of which only the container's own group is mounted, as the root.
        place = root / group.lstrip("/")
        for directory in (place, *place.parents):
            if directory.is_relative_to(root) and (limit := _limit(directory / name)) is not None:
                found.append(limit)
    return found


def _groups(own: Path) -> list[tuple[str, str, str]]:
    """Number of the hierarchy, its controllers, path: see cgroups(7)."""
    try:
        lines = own.read_text().splitlines()
    except OSError:
        return []
    parts = [line.split(":", 2) for line in lines]
    return [(one[0], one[1], one[2]) for one in parts if len(one) == 3]


def _limit(path: Path) -> int | None:
    try:
        return int(path.read_text())
    except (OSError, ValueError):  # no such group here, or `max`
        return None
