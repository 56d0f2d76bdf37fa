"""What this machine lets the suite do: addresses of their own for processes, small disks, clocks that jump.

Each part says why when it cannot be had, and the suite says it in its report: what was not tried must not look as if it was.
"""

from __future__ import annotations

import contextlib
import os
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

SHIM = Path(__file__).with_name("clock.c")


class UnavailableError(Exception):
    """The machine does not allow it; the message says why."""


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise UnavailableError(f"{' '.join(command[:4])}: {done.stderr.strip() or done.returncode}")


class Network:
    """A bridge, and a network namespace with one address for each process. Raises UnavailableError."""

    def __init__(self) -> None:
        number = os.getpid()
        self._name = f"hg{number % 1_000_000}"
        self._subnet = f"10.{100 + number // 250 % 100}.{number % 250}"
        self._places: list[str] = []
        self.host = f"{self._subnet}.1"
        try:
            _run("ip", "link", "add", self._name, "type", "bridge")
            _run("ip", "addr", "add", f"{self.host}/24", "dev", self._name)
            _run("ip", "link", "set", self._name, "up")
        except (UnavailableError, FileNotFoundError) as error:
            self.remove()
            raise UnavailableError(str(error)) from None

    def place(self) -> tuple[str, str]:
        """A new namespace and its address. Raises UnavailableError."""
        number = len(self._places)
        space, cable = f"{self._name}-{number}", f"{self._name}v{number}"
        address = f"{self._subnet}.{10 + number}"
        _run("ip", "netns", "add", space)
        self._places.append(space)
        _run("ip", "link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", space)
        _run("ip", "link", "set", cable, "master", self._name, "up")
        _run("ip", "-n", space, "addr", "add", f"{address}/24", "dev", "eth0")
        for device in ("lo", "eth0"):
            _run("ip", "-n", space, "link", "set", device, "up")
        return space, address

    def link(self, space: str, *, up: bool) -> None:
        """Cut the cable of a namespace: packets are lost without a word, in both directions. Or mend it."""
        cable = f"{self._name}v{space.rpartition('-')[2]}"
        _run("ip", "link", "set", cable, "up" if up else "down")

    def remove(self) -> None:
        """Remove everything; processes must have ended."""
        for space in self._places:
            with contextlib.suppress(UnavailableError):
                _run("ip", "netns", "del", space)
        with contextlib.suppress(UnavailableError, FileNotFoundError):
            _run("ip", "link", "del", self._name)


class SmallDisk:
    """A file system of so many bytes in memory, mounted at `path`. Raises UnavailableError."""

    def __init__(self, path: Path, size: int) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        try:
            _run("mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "headgate-chaos", str(path))
        except FileNotFoundError as error:
            raise UnavailableError(str(error)) from None

    @contextlib.contextmanager
    def full(self) -> Iterator[None]:
        """Not a byte is free meanwhile."""
        ballast = self.path / "ballast"
        try:
            with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
                for block in (1 << 20, 4096, 1):
                    with contextlib.suppress(OSError):
                        while file.write(b"\1" * block):
                            pass
            yield
        finally:
            ballast.unlink(missing_ok=True)

    def remove(self) -> None:
        """Unmount it; what still holds it open does not matter."""
        subprocess.run(["umount", "--lazy", str(self.path)], check=False, capture_output=True)


class Clock:
    """The clock of a machine as the processes of a tree see it, beside the true one. Raises UnavailableError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._library = path.with_suffix(".so")
        try:
            _run("cc", "-shared", "-fPIC", "-O2", "-o", str(self._library), str(SHIM), "-ldl")
        except FileNotFoundError:
            raise UnavailableError("there is no C compiler to build clock.c with (Debian: apt install gcc)") from None
        path.write_bytes(struct.pack("=q", 0))

    @property
    def environment(self) -> dict[str, str]:
        """For the processes that shall see it."""
        return {"LD_PRELOAD": str(self._library), "CHAOS_CLOCK": str(self._path)}

    def set(self, seconds: int) -> None:
        """How far it is ahead from now on; negative: behind."""
        with self._path.open("r+b") as file:  # in place: the processes have it mapped
            file.write(struct.pack("=q", seconds))
