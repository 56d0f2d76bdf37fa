"""The rows of a large table, checked and written part by part; parts that are there already are not made again."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from headgate.engine.checking import Checks
from headgate.engine.delivery import Delivered, Delivery
from headgate.engine.fingerprint import digest_of
from headgate.engine.import_run import ImportRun, StreamedRows
from headgate.engine.issues import IssueLog
from headgate.engine.large.assembly import JsonAssembly, assembled_issues, assembled_table
from headgate.engine.large.parts import ISSUES, JSON, TABLE, PartFiles, WrittenPart, part_note
from headgate.engine.large.plan import Part, before_parts, part_rows, parts_from, parts_of
from headgate.engine.large.work import LargeWork
from headgate.engine.layout import Layout
from headgate.engine.masking import Masking
from headgate.engine.output import JsonWriter, ResultTableWriter
from headgate.engine.review.kept_run import run_document
from headgate.engine.validators.duplicates import Duplicates
from headgate.engine.validators.spilled_duplicates import SpilledDuplicates
from headgate.engine.working import RowCounts
from headgate.engine.writing import write_rows

_PLAN = "plan.json"


class PartedDelivery:
    """Delivers the rows of a run whose work is kept in `work`."""

    def __init__(self, run: ImportRun, layout: Layout, rows: StreamedRows, delivery: Delivery, work: LargeWork) -> None:
        self._run = run
        self._layout = layout
        self._rows = rows
        self._delivery = delivery
        self._work = work
        self._key = steps_key(run)
        self._files = PartFiles(work.parts, self._key)

    def deliver(self) -> tuple[Delivered, dict[tuple[str, str], int]]:
        """Every row checked, those that may leave written; and how many cells of a field (key, code) were auto-fixed."""
        run = self._run
        parts = self.plan()
        self.observe()
        json = JsonAssembly(self._work, self._key) if run.request.wants_json else None
        written: list[WrittenPart] = []
        for part in parts:
            taken = json is not None and part.number < json.taken
            done = self._files.find(part.number, checked=True, without_json=taken) or self.write(part)
            if json is not None and not taken:
                json.take(done)
            written.append(done)
            read = part.before.read + done.counts[0]
            run.request.progress("check", read, self._layout.table.rows)
        with run.decisions.timed("assembly"):
            result = assembled_table(written, run.workdir / "result.parquet")
            issues = assembled_issues(written, run.workdir / "issues", Masking(run.schema.fields))
        self._sum_up(parts, written)
        delivered = Delivered(
            self._delivery.fields,
            result,
            None if json is None else json.finish(),
            issues,
            sum(part.invalid for part in written),
            sum(part.rows for part in written),
        )
        return delivered, _autofixes(written)

    def plan(self) -> list[Part]:
        """How the table is divided."""
        known = self._work.kept(_PLAN)
        if known is not None and known["key"] == self._key:
            return parts_from(known["parts"])
        table = self._layout.table
        unpacked = self._work.raw / "unpacked"
        size = (unpacked if unpacked.exists() else self._run.request.source).stat().st_size
        with self._run.decisions.timed("plan"):
            parts = parts_of(self._run.data_rows(self._layout), part_rows(table, size, self._work.part_bytes))
        self._work.keep(_PLAN, {"key": self._key, "parts": before_parts(parts)})
        return parts

    def observe(self) -> None:
        """Find what stands in several rows."""
        with self._checks(IssueLog(self._run.workdir / "observed")) as checks, self._run.decisions.timed("uniqueness"):
            checks.observe(self._rows.columns_of)

    def write(self, part: Part) -> WrittenPart:
        """Check and write the rows of a part."""
        run, counts = self._run, replace(part.before)
        self._work.need_room()
        directory = self._files.begin(part)
        issues = IssueLog(directory / ISSUES, compressed=True)
        run.forget_replaced()
        columns, originals = self._delivery.columns, self._delivery.with_originals
        with ExitStack() as open_files:
            checks = open_files.enter_context(self._checks(issues))
            table = open_files.enter_context(ResultTableWriter(directory / TABLE, columns, with_originals=originals))
            document = None
            if run.request.wants_json:
                document = JsonWriter(open_files.enter_context((directory / JSON).open("wb")), columns)
            chunks = self._rows.part(range(part.first, part.last), counts)
            progress = self._teller(counts)
            invalid = write_rows(chunks, checks, self._delivery, table, document, run.decisions, None, progress)
        replacer = run.replacer(self._layout)
        replaced = replacer.replaced if replacer is not None else {}
        before = part.before
        own = (
            counts.read - before.read,
            counts.empty - before.empty,
            counts.over_max_records - before.over_max_records,
        )
        self._files.finish(part, directory, part_note(own, invalid, table.rows, checks.autofixes, issues, replaced))
        done = self._files.find(part.number, checked=False, without_json=False)
        if done is None:
            raise RuntimeError(f"part {part.number} is not there although it was written")
        return done

    def _checks(self, issues: IssueLog) -> Checks:
        run = self._run
        return Checks(run.schema.fields, self._rows.slots, run.types, issues, duplicates=_finders(self._work.unique))

    def _teller(self, counts: RowCounts) -> Callable[[], None]:
        total = self._layout.table.rows
        return lambda: self._run.request.progress("check", counts.read, total)

    def _sum_up(self, parts: list[Part], written: list[WrittenPart]) -> None:
        run = self._run
        sums = [sum(each) for each in zip(*(part.counts for part in written), strict=True)]
        run.counts = RowCounts(*sums)
        if run.decisions.recipe is not None and run.replacer(self._layout) is not None:
            replaced: dict[str, int] = {}
            for part in written:
                for key, count in part.replaced.items():
                    replaced[key] = replaced.get(key, 0) + count
            run.decisions.recipe["replaced"] = replaced


def steps_key(run: ImportRun) -> str:
    """Names what the rows follow from, the source apart: all that was decided before them, but not how long that took."""
    document: dict[str, Any] = run_document(run)
    document["decisions"] = {key: value for key, value in document["decisions"].items() if key in _DECIDED}
    return digest_of(orjson.dumps(document, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_SORT_KEYS))


_DECIDED = ("header", "columns", "types", "values")


def _finders(directory: Callable[[int], Path]) -> Callable[[], Duplicates]:
    """Makes what finds repeated texts, one for every rule about them, in the order of the rules."""
    numbers = itertools.count()
    return lambda: SpilledDuplicates(directory(next(numbers)))


def _autofixes(written: list[WrittenPart]) -> dict[tuple[str, str], int]:
    sums: dict[tuple[str, str], int] = {}
    for key, code, count in _all_autofixes(written):
        sums[key, code] = sums.get((key, code), 0) + count
    return sums


def _all_autofixes(written: list[WrittenPart]) -> Iterator[tuple[str, str, int]]:
    for part in written:
        yield from part.autofixes
