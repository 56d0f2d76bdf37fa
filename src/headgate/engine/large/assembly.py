"""The result of a large import, which takes up one part after the other, in their order.

What it took up is noted, with checksums, and goes from the part then: of no row there is more than one copy of each kind, but
for the part that is being taken up. The rows of a part that this process makes when its turn has come are written here at once.
A kill leaves the result as it was at the last note.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from headgate.engine.durable import Seal, make_durable, seal_of
from headgate.engine.issue_kinds import IssueKind
from headgate.engine.issues import IssueLog
from headgate.engine.large.growing_file import GrowingFile
from headgate.engine.large.part_writing import ResultEnd
from headgate.engine.large.parts import WrittenPart, kinds_of
from headgate.engine.large.work import LargeWork
from headgate.engine.masking import Masking
from headgate.engine.output import ROWS_BETWEEN, ROWS_OPENING
from headgate.engine.output.growing_table import append_table, close_table
from headgate.engine.table import Spool
from headgate.records import dataclass

_CLOSING, _EMPTY = b"\n]\n", b"[]\n"
_NOTE, _JSON, _TABLE, _FOOTERS, _ISSUES = "assembled.json", "rows.json", "rows.parquet", "footers", "issues"

Note = dict[str, Any]


@dataclass(frozen=True)
class Assembled:
    """`table`: the rows; `json`: the same as a JSON document, None where nobody wants it; `issues`: what is wrong with them."""

    table: Path
    json: Path | None
    issues: IssueLog


class Assembly:
    """`key`: names what the parts follow from; `masking`: what of the values the issues must not show."""

    def __init__(self, work: LargeWork, key: str, masking: Masking, *, wants_json: bool) -> None:
        self._work = work
        self._key = key
        self._json = _JsonDocument(work.directory / _JSON) if wants_json else None
        self._table = _Table(work.directory / _TABLE, work.directory / _FOOTERS)
        self._issues = _Issues(work.directory / _ISSUES, masking)
        self.taken = 0
        """Parts taken up so far."""
        note = work.kept(_NOTE)
        if note is not None and note["key"] == key and self._stands(note):
            self.taken = note["taken"]
        else:
            self._begin()

    def end(self) -> ResultEnd | None:
        """Where the rows of the next part may be written; None when nobody wants them as JSON."""
        return None if self._json is None else self._json.end()

    def has_rows_of(self, part: WrittenPart) -> bool:
        """Whether the next part, which was made before, can be taken up: it has its rows, or they were written here."""
        return self._json is None or self._json.has(part)

    def take(self, part: WrittenPart) -> None:
        """Append the rows and issues of the next part, and remove them from it."""
        if self._json is not None:
            self._json.take(part)
        self._table.take(part)
        self._issues.take(part)
        self.taken += 1
        self._work.keep(
            _NOTE,
            {
                "key": self._key,
                "taken": self.taken,
                "json": None if self._json is None else self._json.note(),
                "table": self._table.note(),
                "issues": self._issues.note(),
            },
        )
        part.empty()

    def finish(self) -> Assembled:
        """All parts were taken up."""
        self._table.finish()
        return Assembled(self._table.file.path, None if self._json is None else self._json.finish(), self._issues.log)

    def _stands(self, note: Note) -> bool:
        json = self._json is None or self._json.resume(note["json"])
        return json and self._table.resume(note["table"]) and self._issues.resume(note["issues"])

    def _begin(self) -> None:
        if self._json is not None:
            self._json.begin()
        self._table.begin()
        self._issues.begin()


class _JsonDocument:
    """The rows of all parts as one JSON array."""

    def __init__(self, path: Path) -> None:
        self.file = GrowingFile(path)
        self._rows = 0

    def end(self) -> ResultEnd:
        return ResultEnd(self.file, is_first=not self._rows)

    def has(self, part: WrittenPart) -> bool:
        """Whether the rows of a part that has none itself stand behind those that count."""
        return part.in_result is None or self.file.has(part.in_result)

    def take(self, part: WrittenPart) -> None:
        if part.in_result is not None:
            if not self.file.has(part.in_result):
                raise RuntimeError("the rows of a part are not where it says")
            self.file.count(Seal(*part.in_result))
        elif part.rows:
            self.file.append(ROWS_BETWEEN if self._rows else ROWS_OPENING)
            self.file.append_file(part.json, len(ROWS_OPENING))
        self._rows += part.rows

    def finish(self) -> Path:
        """Close the document; gives its path."""
        self.file.append(_CLOSING if self._rows else _EMPTY)
        return self.file.path

    def note(self) -> Note:
        return {"file": self.file.note(), "rows": self._rows}

    def resume(self, note: Note) -> bool:
        self._rows = note["rows"]
        return self.file.resume(note["file"])

    def begin(self) -> None:
        self._rows = 0
        self.file.begin()


class _Table:
    """The rows of all parts as one result table."""

    def __init__(self, path: Path, footers: Path) -> None:
        self.file = GrowingFile(path)
        self._footers = footers
        self._seals: list[list[int]] = []

    def take(self, part: WrittenPart) -> None:
        footer = self._footer(len(self._seals))
        append_table(self.file.path, part.table, footer)
        self.file.grown()
        make_durable(footer)
        self._seals.append(seal_of(footer))

    def finish(self) -> None:
        close_table(self.file.path, [self._footer(number) for number in range(len(self._seals))])

    def note(self) -> Note:
        make_durable(self._footers)
        return {"file": self.file.note(), "footers": self._seals}

    def resume(self, note: Note) -> bool:
        try:
            seals = [seal_of(self._footer(number)) for number in range(len(note["footers"]))]
        except FileNotFoundError:
            return False
        self._seals = seals
        if seals != note["footers"] or not self.file.resume(note["file"]):
            return False
        self.file.cut()
        return True

    def begin(self) -> None:
        self._footers.mkdir(exist_ok=True)
        self._seals = []
        self.file.begin()

    def _footer(self, number: int) -> Path:
        return self._footers / f"{number:06d}"


class _Issues:
    """What is wrong with the rows of all parts, as one log."""

    def __init__(self, directory: Path, masking: Masking) -> None:
        self._directory = directory
        self._masking = masking
        self._seals: list[list[int]] = []
        self.log = self._log_of({})

    def take(self, part: WrittenPart) -> None:
        self.log.take_over(part.issues())

    def note(self) -> Note:
        for path in self.log.files(len(self._seals)):
            make_durable(path)
            self._seals.append(seal_of(path))
        make_durable(self._directory)
        return {"kinds": kinds_of(self.log), "seals": self._seals}

    def resume(self, note: Note) -> bool:
        spool = self._spool()
        spool.cut(len(note["seals"]))
        if [seal_of(path) for path in spool.files()] != note["seals"]:
            return False
        self._seals = note["seals"]
        self.log = self._log_of({IssueKind(**kind): count for kind, count in note["kinds"]})
        return True

    def begin(self) -> None:
        self._seals = []
        self._spool().cut(0)
        self.log = self._log_of({})

    def _spool(self) -> Spool:
        return Spool(self._directory, compressed_after=0)

    def _log_of(self, counts: dict[IssueKind, int]) -> IssueLog:
        return IssueLog.of(self._spool(), counts, self._masking)
