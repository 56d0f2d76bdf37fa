"""Files that survive the machine, and are noticed when they do not."""

from __future__ import annotations

import os
import zlib
from pathlib import Path
from typing import Any

import orjson

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


def write_document(path: Path, document: dict[str, Any]) -> None:
    """Write a JSON object durably, with its checksum in front."""
    content = orjson.dumps(document, option=orjson.OPT_NON_STR_KEYS)
    write_durably(path, b"%08x\n" % zlib.crc32(content) + content)


def read_document(path: Path) -> dict[str, Any] | None:
    """What `write_document` wrote; None when there is nothing, or it was damaged."""
    try:
        checksum, _, content = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if checksum != b"%08x" % zlib.crc32(content):
        return None
    document: dict[str, Any] = orjson.loads(content)
    return document


def seal_of(path: Path) -> list[int]:
    """Length and checksum of a file: of one that was damaged they are others."""
    checksum = length = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            checksum, length = zlib.crc32(block, checksum), length + len(block)
    return [length, checksum]
