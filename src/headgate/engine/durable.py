"""Files that survive the machine, and are noticed when they do not."""

from __future__ import annotations

import os
import zlib
from pathlib import Path

_BLOCK = 4 << 20


def make_durable(path: Path) -> None:
    """Have what stands in a file, or which files a directory has, survive the machine."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_durably(path: Path, content: bytes) -> None:
    """Write a small file, whole or not at all, in place of an older one."""
    part = path.with_name(f"{path.name}.part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    make_durable(path.parent)


def seal_of(path: Path) -> list[int]:
    """Length and checksum of a file: of one that was damaged they are others."""
    checksum = length = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            checksum, length = zlib.crc32(block, checksum), length + len(block)
    return [length, checksum]
