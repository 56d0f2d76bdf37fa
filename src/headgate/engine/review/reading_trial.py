"""What a source would look like if it were read in another way: a bounded part of it, read beside everything else."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from headgate.engine.errors import ImportFailedError
from headgate.engine.import_run import ImportRun
from headgate.engine.read.chosen_encoding import chosen_encoding
from headgate.engine.read.encoding import wide_encoding
from headgate.engine.review.decisions import PersonDecisions, ReadingDecision
from headgate.engine.review.log import RefusedChangeError
from headgate.engine.review.refusals import refused
from headgate.engine.review.steps_header import is_delimited, sheets_of
from headgate.engine.table import RawTable

TRIED_BYTES = 4 << 20


class ReadingTrial:
    """Tries other ways of reading the source of a run. `source`: without the archive around it. `scratch`: a directory for
    files that are deleted again."""

    def __init__(self, run: ImportRun, table: RawTable, source: Path, scratch: Path) -> None:
        self._run = run
        self._table = table
        self._source = source
        self._scratch = scratch

    @contextmanager
    def table(self, reading: ReadingDecision) -> Iterator[tuple[ImportRun, RawTable]]:
        """The first part of the source as `reading` gives it; the table's files are gone afterwards.

        Raises RefusedChangeError `unreadable` when it cannot be read so.
        """
        self.check_is_a_choice(reading)
        directory = Path(tempfile.mkdtemp(prefix="trial-", dir=self._scratch))
        try:
            with ExitStack() as resources:
                person = PersonDecisions(reading=reading, custom_fields=self._run.person.custom_fields)
                part = self._part(directory)
                name = self._run.request.filename
                request = replace(self._run.request, source=part, filename=name, person=person)
                trial = ImportRun(request, directory, resources)
                trial.schema = self._run.schema
                trial.hooks = self._run.hooks
                yield trial, _read(trial)
        finally:
            shutil.rmtree(directory, ignore_errors=True)

    def check(self, reading: ReadingDecision) -> None:
        """Raises RefusedChangeError `unreadable` when the source, all of it, cannot be read so."""
        self.check_is_a_choice(reading)
        if reading.encoding is not None:
            try:
                chosen_encoding(self._source, reading.encoding)
            except ImportFailedError as failure:
                raise RefusedChangeError("unreadable", failure.message) from failure
        with self.table(reading):
            pass

    def check_is_a_choice(self, reading: ReadingDecision) -> None:
        """Raises RefusedChangeError `not_a_choice` for what this kind of source does not leave open."""
        description = self._table.description
        if (reading.encoding is not None or reading.delimiter is not None) and not is_delimited(description):
            raise refused("not_a_choice", "not_delimited")
        if reading.delimiter == "":
            raise refused("not_a_choice", "delimiter_empty")
        if reading.sheet is not None and reading.sheet not in sheets_of(description):
            raise refused("not_a_choice", "no_such_sheet")

    def _part(self, directory: Path) -> Path:
        """The beginning of a long text, up to a line's end; a workbook as it is."""
        if not is_delimited(self._table.description) or self._source.stat().st_size <= TRIED_BYTES:
            return self._source
        with self._source.open("rb") as file:
            head = file.read(TRIED_BYTES)
        wide = wide_encoding(head)
        line_end = "\n".encode(wide.name) if wide is not None else b"\n"
        end = head.rfind(line_end)
        while wide is not None and end > 0 and end % len(line_end):
            end = head.rfind(line_end, 0, end + len(line_end) - 1)
        path = directory / "part"
        path.write_bytes(head[: end + len(line_end)] if end > 0 else head)
        return path


def _read(trial: ImportRun) -> RawTable:
    try:
        return trial.read()
    except ImportFailedError as failure:
        raise RefusedChangeError("unreadable", failure.message) from failure
