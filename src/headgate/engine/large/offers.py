"""What the owner of a large import offers to others: parts that any process which sees the directory may make.

Who makes a part holds a lock that ends with its process, so what a dead one had in its hands is free at once. A part is the same
whoever makes it, and appears whole, so an offer promises nothing and needs no answer: what nobody took, the owner makes.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from headgate.engine.durable import read_document, write_document
from headgate.engine.held_directory import is_held

_OFFER, _CLAIMS = "offer.json", "claims"


@dataclass(frozen=True)
class Offer:
    """The parts of the import whose work stands in `directory`. `key`: names what they follow from; `results`: the directory in
    which they appear, by their number; `numbers`: of all parts; `about`: what whoever helps is told of the import."""

    directory: Path
    key: str
    results: Path
    numbers: range
    about: dict[str, Any]

    @classmethod
    def of(cls, directory: Path) -> Offer | None:
        """What stands offered there; None when nothing does, or another version of headgate did it."""
        document = read_document(directory / _OFFER)
        if document is None or document["version"] != version("headgate"):
            return None
        results = directory / document["results"]
        return cls(directory, document["key"], results, range(document["parts"]), document["about"])

    def make(self) -> None:
        """Let others see it."""
        write_document(
            self.directory / _OFFER,
            {
                "version": version("headgate"),
                "key": self.key,
                "results": self.results.relative_to(self.directory).as_posix(),
                "parts": len(self.numbers),
                "about": self.about,
            },
        )

    def withdraw(self) -> None:
        """Nothing is left to be made."""
        (self.directory / _OFFER).unlink(missing_ok=True)

    @property
    def stands(self) -> bool:
        """Whether the owner is still at work on the import."""
        return is_held(self.directory) and (self.directory / _OFFER).exists()

    def open_parts(self, numbers: Sequence[int] | None = None) -> Iterator[int]:
        """The parts that nobody made and nobody is making, of those `numbers` or all."""
        claims = Claims(self.directory)
        for number in self.numbers if numbers is None else numbers:
            if not (self.results / part_name(number)).exists() and claims.is_free(number):
                yield number


class Claims:
    """Who makes which part of the work in `directory`."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory / _CLAIMS

    @contextlib.contextmanager
    def taken(self, number: int) -> Iterator[bool]:
        """Have a part for oneself, meanwhile; False when another process makes it."""
        self._directory.mkdir(mode=0o700, exist_ok=True)
        lock = os.open(self._path(number), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            yield _locked(lock, fcntl.LOCK_EX)
        finally:
            os.close(lock)

    def is_free(self, number: int) -> bool:
        """Whether nobody makes it at this moment."""
        try:
            lock = os.open(self._path(number), os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            return True
        try:
            return _locked(lock, fcntl.LOCK_SH)
        finally:
            os.close(lock)

    def _path(self, number: int) -> Path:
        return self._directory / part_name(number)


def part_name(number: int) -> str:
    """Under which name a part stands."""
    return f"{number:06d}"


def lent_mark(results: Path, number: int) -> Path:
    """What stands beside the part in `results` while it is made on another machine."""
    return results / f"{part_name(number)}.lent.part"


def _locked(lock: int, how: int) -> bool:
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
