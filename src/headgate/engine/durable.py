"""Files that survive the machine, and are noticed when they do not."""

from __future__ import annotations

import os
import zlib
from pathlib import Path
from typing import Any, Self

import orjson

_PIECE = 1 << 18
"""Bytes looked through at a time, so that they stay in the processor's cache between being copied and being counted."""


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
    return Seal().of_file(path).to_json()


class Seal:
    """Length and checksum of bytes that come one after the other."""

    def __init__(self, length: int = 0, checksum: int = 0) -> None:
        self.length, self.checksum = length, checksum

    def add(self, data: bytes | memoryview) -> None:
        """These bytes follow."""
        self.checksum = zlib.crc32(data, self.checksum)
        self.length += len(data)

    def of_file(self, path: Path, length: int | None = None) -> Self:
        """The bytes of a file follow, from the place on that was reached: all, or until there are `length`."""
        piece = memoryview(bytearray(_PIECE))
        with path.open("rb", buffering=0) as file:
            file.seek(self.length)
            while length is None or self.length < length:
                wanted = _PIECE if length is None else min(_PIECE, length - self.length)
                if not (count := file.readinto(piece[:wanted])):
                    break
                self.add(piece[:count])
        return self

    def to_json(self) -> list[int]:
        """The JSON form."""
        return [self.length, self.checksum]
