"""One part of a large table, checked and written: a directory that appears whole, with checksums of its files."""

from __future__ import annotations

import contextlib
import shutil
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from headgate.engine.durable import make_durable, read_document, seal_of, write_document
from headgate.engine.issue_kinds import IssueKind
from headgate.engine.issues import IssueLog
from headgate.engine.large.offers import lent_mark, part_name
from headgate.engine.large.plan import Part
from headgate.engine.table import Spool

JSON, TABLE, ISSUES = "rows.json", "table.parquet", "issues"
_NOTE = "part.json"


@dataclass(frozen=True)
class WrittenPart:
    """What is known of a finished part; its files are gone when they stand in the result. `counts`: records read, empty, over
    `maxRecords`; `invalid`: rows with an error; `rows`: rows that went out; `kinds`: each kind of issue with its number of issues;
    `replaced`: cells that a recipe replaced; `in_result`: where its rows as JSON were written to the end of the result, length and
    checksum of all of that up to them, else None."""

    directory: Path
    counts: tuple[int, int, int]
    invalid: int
    rows: int
    autofixes: list[tuple[str, str, int]]
    kinds: list[tuple[IssueKind, int]]
    replaced: dict[str, int]
    seals: dict[str, list[int]]
    in_result: list[int] | None

    @property
    def json(self) -> Path:
        """The rows as JSON objects."""
        return self.directory / JSON

    @property
    def table(self) -> Path:
        """The rows as a result table."""
        return self.directory / TABLE

    def issues(self) -> IssueLog:
        """What is wrong with its rows."""
        return IssueLog.of(Spool(self.directory / ISSUES, compressed_after=0), dict(self.kinds))

    def empty(self) -> None:
        """The rows and issues stand elsewhere now."""
        for name in self.seals:
            (self.directory / name).unlink(missing_ok=True)


class PartFiles:
    """The finished parts in `directory`, each by its number. `key` names what they follow from. Who writes one has claimed it."""

    def __init__(self, directory: Path, key: str) -> None:
        self._directory = directory
        self._key = key
        directory.mkdir(parents=True, exist_ok=True)

    def begin(self, part: Part) -> Path:
        """A directory for the files of a part. What is left of runs that were killed goes, and a part that is of no use."""
        shutil.rmtree(self._path(part.number), ignore_errors=True)
        for left in self._directory.glob(f"{part_name(part.number)}.*.part"):
            shutil.rmtree(left, ignore_errors=True)
        directory = self._directory / f"{part_name(part.number)}.{uuid.uuid4().hex[:8]}.part"
        directory.mkdir()
        return directory

    def finish(self, part: Part, directory: Path, note: dict[str, Any]) -> None:
        """The part is whole: have it survive, and stand under its number."""
        files = [path for path in sorted(directory.rglob("*")) if path.is_file()]
        seals = {}
        for path in files:
            make_durable(path)
            seals[path.relative_to(directory).as_posix()] = seal_of(path)
        write_document(directory / _NOTE, {**note, "key": self._key, "seals": seals})
        final = self._path(part.number)
        if self.find(part.number, checked=False) is not None:
            # Somebody whose lock was lost for a moment was faster, with the same bytes, and they may be read already.
            shutil.rmtree(directory)
            return
        shutil.rmtree(final, ignore_errors=True)
        directory.rename(final)
        make_durable(self._directory)

    def find(self, number: int, *, checked: bool) -> WrittenPart | None:
        """A finished part; None when there is none of use. `checked`: whether its files are looked at."""
        directory = self._path(number)
        note = read_document(directory / _NOTE)
        if note is None or note["key"] != self._key:
            return None
        try:
            if checked and any(seal_of(directory / name) != seal for name, seal in note["seals"].items()):
                return None
            return WrittenPart(
                directory,
                tuple(note["counts"]),
                note["invalid"],
                note["rows"],
                [tuple(entry) for entry in note["autofixes"]],
                [(IssueKind(**kind), count) for kind, count in note["kinds"]],
                note["replaced"],
                note["seals"],
                note["inResult"],
            )
        except OSError:
            return None

    def traces(self, number: int) -> set[tuple[str, int, int]]:
        """What is being written of a part; it changes as long as somebody writes."""
        found = set()
        for path in self._directory.glob(f"{part_name(number)}.*.part/**/*"):
            with contextlib.suppress(FileNotFoundError):
                status = path.stat()
                found.add((str(path), status.st_size, status.st_mtime_ns))
        return found

    def is_lent(self, number: int) -> bool:
        """Whether a part is made on another machine."""
        return lent_mark(self._directory, number).exists()

    def numbers(self) -> set[int]:
        """The parts that stand there, whether they are of use or not."""
        return {int(path.name) for path in self._directory.iterdir() if path.name.isdecimal()}

    def _path(self, number: int) -> Path:
        return self._directory / part_name(number)


def part_note(
    counts: Sequence[int],
    invalid: int,
    rows: int,
    autofixes: dict[tuple[str, str], int],
    issues: IssueLog,
    replaced: dict[str, int],
    in_result: list[int] | None,
) -> dict[str, Any]:
    """What `WrittenPart` knows, as JSON."""
    return {
        "counts": list(counts),
        "invalid": invalid,
        "rows": rows,
        "autofixes": [[key, code, count] for (key, code), count in autofixes.items()],
        "kinds": kinds_of(issues),
        "replaced": replaced,
        "inResult": in_result,
    }


def kinds_of(issues: IssueLog) -> list[list[Any]]:
    """Each kind of issue with its number of issues, in the order of their first entries, as JSON."""
    return [[asdict(kind), count] for kind, count in issues.counts.items()]
