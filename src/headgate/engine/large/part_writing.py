"""One part of a large table, checked and written: by the import's own process or by one that helps it, with the same bytes."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from headgate.engine.checking import Checks
from headgate.engine.delivery import Delivery
from headgate.engine.import_run import ImportRun
from headgate.engine.issues import IssueLog
from headgate.engine.large.growing_file import GrowingFile
from headgate.engine.large.parts import ISSUES, JSON, TABLE, PartFiles, WrittenPart, part_note
from headgate.engine.large.plan import Part
from headgate.engine.large.work import LargeWork
from headgate.engine.layout import Layout
from headgate.engine.output import JsonWriter, ResultTableWriter
from headgate.engine.streamed_rows import StreamedRows
from headgate.engine.validators.duplicates import Duplicates
from headgate.engine.validators.spilled_duplicates import SpilledDuplicates
from headgate.engine.working import RowCounts
from headgate.engine.writing import write_rows
from headgate.records import dataclass

Tell = Callable[[int], None]
"""Is told the rows of the part that were done so far."""


@dataclass(frozen=True)
class ResultEnd:
    """The end of the result as JSON, for the rows of the part whose turn it is. `is_first`: whether no row stands before them."""

    file: GrowingFile
    is_first: bool


class PartWriter:
    """Writes parts of the rows of a run. `files`: where they appear."""

    def __init__(
        self, run: ImportRun, layout: Layout, rows: StreamedRows, delivery: Delivery, work: LargeWork, files: PartFiles
    ) -> None:
        self._run = run
        self._layout = layout
        self._rows = rows
        self._delivery = delivery
        self._work = work
        self._files = files

    def write(self, part: Part, tell: Tell, end: ResultEnd | None = None) -> WrittenPart:
        """Check and write the rows of a part; as JSON to the `end` of the result where that is given, so that nobody has to copy
        them there. Raises OSError (ENOSPC) when too little of the disk is free."""
        run, before, counts = self._run, part.before, replace(part.before)
        self._work.need_room()
        directory = self._files.begin(part)
        issues = IssueLog(directory / ISSUES, compressed=True)
        run.forget_replaced()
        columns, originals = self._delivery.columns, self._delivery.with_originals
        with ExitStack() as open_files:
            checks = open_files.enter_context(self.checks(issues))
            table = open_files.enter_context(ResultTableWriter(directory / TABLE, columns, with_originals=originals))
            document = sealing = None
            if end is not None:
                sealing = open_files.enter_context(end.file.extended())
                document = JsonWriter(sealing, columns, is_first=end.is_first)
            elif run.request.wants_json:
                document = JsonWriter(open_files.enter_context((directory / JSON).open("wb")), columns)
            chunks = self._rows.part(range(part.first, part.last), counts)
            invalid = write_rows(
                chunks,
                checks,
                self._delivery,
                table,
                document,
                run.decisions,
                None,
                lambda: tell(counts.read - before.read),
            )
        own = _since(counts, before)
        in_result = None if sealing is None else sealing.seal.to_json()
        self._files.finish(
            part, directory, part_note(own, invalid, table.rows, checks.autofixes, issues, self._replaced(), in_result)
        )
        done = self._files.find(part.number, checked=False)
        if done is None:
            raise RuntimeError(f"part {part.number} is not there although it was written")
        return done

    def checks(self, issues: IssueLog) -> Checks:
        """The checks of the rows, whose rules about several rows keep on the disk what they found."""
        run = self._run
        return Checks(run.schema.fields, self._rows.slots, run.types, issues, duplicates=_finders(self._work))

    def _replaced(self) -> dict[str, int]:
        replacer = self._run.replacer(self._layout)
        return replacer.replaced if replacer is not None else {}


def _since(counts: RowCounts, before: RowCounts) -> tuple[int, int, int]:
    return (
        counts.read - before.read,
        counts.empty - before.empty,
        counts.over_max_records - before.over_max_records,
    )


def _finders(work: LargeWork) -> Callable[[], Duplicates]:
    """Makes what finds repeated texts, one for every rule about them, in the order of the rules."""
    numbers = itertools.count()
    return lambda: _finder(work.unique(next(numbers)), work)


def _finder(directory: Path, work: LargeWork) -> Duplicates:
    return SpilledDuplicates(directory, only_known=not work.held)
