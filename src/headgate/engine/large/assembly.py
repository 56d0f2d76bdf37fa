"""The result of a large import, put together from its parts in their order."""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from pathlib import Path

from headgate.engine.durable import make_durable
from headgate.engine.issues import IssueLog
from headgate.engine.large.parts import WrittenPart
from headgate.engine.large.work import LargeWork
from headgate.engine.masking import Masking
from headgate.engine.output import ResultTable, ResultTableWriter

_BLOCK = 4 << 20
_OPENING, _BETWEEN, _CLOSING, _EMPTY = b"[\n", b",\n", b"\n]\n", b"[]\n"
_NOTE, _JSON = "assembled.json", "rows.json"


class JsonAssembly:
    """The JSON document, which takes up the JSON of one part after the other; that of the part goes then, so that there is
    never more than one and a half of it. What was taken up is noted, with a checksum."""

    def __init__(self, work: LargeWork, key: str) -> None:
        self._work = work
        self._key = key
        self.path = work.directory / _JSON
        self.taken, self._length, self._checksum, self._rows = 0, 0, 0, 0
        """Parts taken up so far, and the bytes, the checksum and the rows of what stands in the document."""
        self._resume()

    def take(self, part: WrittenPart) -> None:
        """Append the rows of the next part."""
        with self.path.open("r+b" if self.path.exists() else "w+b") as target:
            target.truncate(self._length)
            target.seek(self._length)
            if part.rows:
                self._append(target.fileno(), _BETWEEN if self._rows else _OPENING)
                with part.json.open("rb") as source:
                    source.seek(len(_OPENING))
                    while block := source.read(_BLOCK):
                        self._append(target.fileno(), block)
        self.taken += 1
        self._rows += part.rows
        self._note()
        part.remove_json()

    def finish(self) -> Path:
        """Close the document; gives its path."""
        with self.path.open("r+b" if self.path.exists() else "w+b") as target:
            target.truncate(self._length)
            target.seek(self._length)
            target.write(_CLOSING if self._rows else _EMPTY)
        return self.path

    def _append(self, target: int, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(target, view) :]
        self._checksum = zlib.crc32(data, self._checksum)
        self._length += len(data)

    def _note(self) -> None:
        make_durable(self.path)
        self._work.keep(
            _NOTE,
            {
                "key": self._key,
                "taken": self.taken,
                "length": self._length,
                "checksum": self._checksum,
                "rows": self._rows,
            },
        )

    def _resume(self) -> None:
        note = self._work.kept(_NOTE)
        if note is None or note["key"] != self._key or not self.path.exists():
            return
        if _checksum(self.path, note["length"]) == (note["length"], note["checksum"]):
            self.taken, self._rows = note["taken"], note["rows"]
            self._length, self._checksum = note["length"], note["checksum"]


def assembled_table(parts: Sequence[WrittenPart], target: Path) -> Path:
    """One result table of those of all parts, a group of rows for each of theirs."""
    first = ResultTable(parts[0].table)
    with ResultTableWriter(target, first.columns, with_originals=first.with_originals) as writer:
        for part in parts:
            writer.take_over(ResultTable(part.table))
    return target


def assembled_issues(parts: Sequence[WrittenPart], directory: Path, masking: Masking) -> IssueLog:
    """One log of those of all parts."""
    log = IssueLog(directory, masking, compressed=True)
    for part in parts:
        log.take_over(part.issues())
    return log


def _checksum(path: Path, length: int) -> tuple[int, int]:
    """Length and checksum of the first `length` bytes."""
    checksum, left = 0, length
    with path.open("rb") as file:
        while left and (block := file.read(min(_BLOCK, left))):
            checksum, left = zlib.crc32(block, checksum), left - len(block)
    return length - left, checksum
