"""The rows of a large table, checked and written part by part; parts that are there already, or that others make, are not made."""

from __future__ import annotations

import time
from collections.abc import Iterator

from headgate.engine.delivery import Delivered, Delivery
from headgate.engine.import_run import ImportRun
from headgate.engine.issues import IssueLog
from headgate.engine.large.assembly import Assembly
from headgate.engine.large.keys import parts_key, steps_key
from headgate.engine.large.observing import Observation
from headgate.engine.large.offers import Claims, Offer
from headgate.engine.large.part_writing import PartWriter, ResultEnd
from headgate.engine.large.parts import PartFiles, WrittenPart
from headgate.engine.large.plan import Part, before_parts, parts_from, parts_of
from headgate.engine.large.waiting import Waiting
from headgate.engine.large.work import LargeWork
from headgate.engine.layout import Layout
from headgate.engine.masking import Masking
from headgate.engine.review_reasons import may_ask
from headgate.engine.streamed_rows import StreamedRows
from headgate.engine.working import RowCounts

_PLAN = "plan.json"


class PartedDelivery:
    """Delivers the rows of a run whose work is kept in `work`."""

    def __init__(self, run: ImportRun, layout: Layout, rows: StreamedRows, delivery: Delivery, work: LargeWork) -> None:
        self._run = run
        self._layout = layout
        self._rows = rows
        self._work = work
        self._delivery = delivery
        self._parts = self.plan()
        self._key = parts_key(work, steps_key(run), self._parts)
        self._files = PartFiles(work.parts, self._key)
        self._writer = PartWriter(run, layout, rows, delivery, work, self._files)
        self._claims = Claims(work.directory)
        self._slowest = 0.0
        """Seconds that a part took here at most."""

    def deliver(self) -> tuple[Delivered, dict[tuple[str, str], int]]:
        """Every row checked, those that may leave written; and how many cells of a field (key, code) were auto-fixed."""
        run = self._run
        self.observe()
        assembly = Assembly(self._work, self._key, Masking(run.schema.fields), wants_json=run.request.wants_json)
        written = self._written(assembly)
        result = assembly.finish()
        self._sum_up(written)
        delivered = Delivered(
            self._delivery.fields,
            result.table,
            result.json,
            result.issues,
            sum(part.invalid for part in written),
            sum(part.rows for part in written),
        )
        return delivered, _autofixes(written)

    def plan(self) -> list[Part]:
        """How the table is divided."""
        key = steps_key(self._run)
        if (known := planned_parts(self._work, key)) is not None:
            return known
        with self._run.decisions.timed("plan"):
            parts = parts_of(self._run.data_rows(self._layout), self._work.rows_of_part())
        self._work.keep(_PLAN, {"key": key, "parts": before_parts(parts)})
        return parts

    def observe(self) -> None:
        """Find what stands in several rows."""
        observed = IssueLog(self._run.workdir / "observed")
        with self._writer.checks(observed) as checks, self._run.decisions.timed("uniqueness"):
            Observation(self._work, self._key, checks, self._rows, self._parts).run()

    def _written(self, assembly: Assembly) -> list[WrittenPart]:
        """All parts, in their order. While others are asked to help they are made in any order, and taken up in theirs."""
        offer = self._offer()
        before = self._files.numbers()
        written: list[WrittenPart] = []
        for part in self._parts:
            taken = part.number < assembly.taken
            done = self._made(part, None if taken else assembly, checked=part.number in before and not taken)
            written.append(done)
            if not taken:
                with self._run.decisions.timed("assembly"):
                    assembly.take(done)
            if not self._may_need_raw(sum(each.rows for each in written)):
                self._work.forget_raw(self._layout.table.spool, range(part.first, part.last))
            self._tell(0)
        if offer is not None:
            offer.withdraw()
        return written

    def _may_need_raw(self, rows: int) -> bool:
        """Whether a review may need the source as it was read, when at least so many rows go out."""
        return self._run.request.review_directory is not None and may_ask(self._run.schema.settings, rows)

    def _offer(self) -> Offer | None:
        about = self._run.request.about
        if about is None:
            return None
        offer = Offer(self._work.directory, self._key, self._work.parts, range(len(self._parts)), about)
        offer.make()
        return offer

    def _made(self, part: Part, assembly: Assembly | None, *, checked: bool) -> WrittenPart:
        """A part, once it is finished by whichever process. `assembly`: will take it up next; None for one that it has. `checked`:
        it is of an earlier run, and what it says is not believed."""
        waiting = Waiting(self._files, part.number)
        while True:
            with self._claims.taken(part.number) as mine:
                if mine or waiting.is_in_vain(self._slowest):
                    found = self._files.find(part.number, checked=checked)
                    if found is not None and (assembly is None or assembly.has_rows_of(found)):
                        return found
                    return self._write(part, None if assembly is None else assembly.end())
            if not self._make_another(part.number + 1):
                waiting.rest()
                self._tell(0)

    def _make_another(self, first: int) -> bool:
        """Make one of the parts from `first` on that nobody has; False when there is none."""
        there = self._files.numbers()
        for part in self._parts[first:]:
            if part.number not in there:
                with self._claims.taken(part.number) as mine:
                    if mine and self._files.find(part.number, checked=False) is None:
                        self._write(part, None)
                        return True
        return False

    def _write(self, part: Part, end: ResultEnd | None) -> WrittenPart:
        began = time.monotonic()
        written = self._writer.write(part, self._tell, end)
        self._slowest = max(self._slowest, time.monotonic() - began)
        return written

    def _tell(self, more: int) -> None:
        """Tell how many rows are done: those of all finished parts, and `more`."""
        done = sum(self._rows_of(number) for number in self._files.numbers())
        total = self._layout.table.rows
        self._run.request.progress("check", min(done + more, total), total)

    def _rows_of(self, number: int) -> int:
        if number >= len(self._parts):
            return 0
        end = self._parts[number + 1].before.read if number + 1 < len(self._parts) else self._layout.table.rows
        return end - self._parts[number].before.read

    def _sum_up(self, written: list[WrittenPart]) -> None:
        run = self._run
        sums = [sum(each) for each in zip(*(part.counts for part in written), strict=True)]
        run.counts = RowCounts(*sums)
        if run.decisions.recipe is not None and run.replacer(self._layout) is not None:
            replaced: dict[str, int] = {}
            for part in written:
                for key, count in part.replaced.items():
                    replaced[key] = replaced.get(key, 0) + count
            run.decisions.recipe["replaced"] = replaced


def planned_parts(work: LargeWork, steps: str) -> list[Part] | None:
    """How the table was divided by those steps; None when it was not."""
    known = work.kept(_PLAN)
    return None if known is None or known["key"] != steps else parts_from(known["parts"])


def _autofixes(written: list[WrittenPart]) -> dict[tuple[str, str], int]:
    sums: dict[tuple[str, str], int] = {}
    for key, code, count in _all_autofixes(written):
        sums[key, code] = sums.get((key, code), 0) + count
    return sums


def _all_autofixes(written: list[WrittenPart]) -> Iterator[tuple[str, str, int]]:
    for part in written:
        yield from part.autofixes
