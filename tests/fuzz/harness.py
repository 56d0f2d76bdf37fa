"""What a fuzzer feeds: one part of the product, what it may answer, and what must hold whatever it is given.

A harness is a plain function of bytes that raises when a promise is broken. Guided by coverage it is run by `tests.fuzz.target`;
without anything but pytest, on every file of the corpus, by `tests/unit/fuzz`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

CORPUS = Path(__file__).parent / "corpus"

Option = TypeVar("Option")


class TooSlowError(Exception):
    """An input of a few kilobytes cost more processor time than it may."""


@dataclass(frozen=True)
class Harness:
    """`seeds`: inputs to begin with, made by code; others lie in the corpus. `tokens`: words of the format that inputs are put
    together of. `seconds`: processor time that one input may cost."""

    name: str
    group: str
    check: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]] = tuple
    tokens: Sequence[bytes] = ()
    max_bytes: int = 4096
    seconds: float = 5.0

    def run(self, data: bytes) -> None:
        """Check one input. Raises what the product must not raise, AssertionError, or TooSlowError."""
        began = time.process_time()
        self.check(data)
        took = time.process_time() - began
        if took > self.seconds:
            raise TooSlowError(f"{len(data)} bytes cost {took:.1f} s")

    def corpus(self) -> list[Path]:
        """The kept inputs: starting points, and what once broke something."""
        return sorted(path for path in (CORPUS / self.name).glob("*") if path.is_file())


def explains(text: str) -> None:
    """A refusal has a text for people, without what only programmers can read."""
    text.encode()
    assert text.strip()
    assert "Traceback" not in text


class Input:
    """An input in parts: its first bytes choose among options, the rest is content."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def number(self, below: int) -> int:
        """The next byte as a number from 0 below `below` (at most 256); 0 when none is left."""
        if self._at >= len(self._data):
            return 0
        self._at += 1
        return self._data[self._at - 1] % below

    def choose(self, options: Sequence[Option]) -> Option:
        """One of the options."""
        return options[self.number(len(options))]

    def rest(self) -> bytes:
        """All that is left."""
        return self._data[self._at :]

    def text(self) -> str:
        """All that is left, as text; broken UTF-8 is replaced."""
        return self.rest().decode("utf-8", "replace")

    def line(self) -> str:
        """The text up to the next line end."""
        line, _, _ = self.rest().partition(b"\n")
        self._at += len(line) + 1
        return line.decode("utf-8", "replace")
