"""How many cells a second each field type reads on one core: `python -m benchmarks.types --rows 1000000`.

A column goes through what an import does with it: settling (the evidence of all cells, the counts of options), then
reading chunk by chunk from the disk. Processor time of this one thread counts, the best of the repetitions; the baseline
is what plain Polars takes for the nearest thing that it knows, in the same run.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ["POLARS_MAX_THREADS"] = "1"  # read once, when Polars is loaded below

import polars as pl
from rich.console import Console
from rich.table import Table

from benchmarks.columns import COLUMNS, Column, Grade

if TYPE_CHECKING:
    from headgate.engine.table import RawTable
    from headgate.engine.working import Typing

TARGETS: dict[Grade, float] = {"clean": 5_000_000, "hard": 500_000}
"""Cells a second on one core."""


@dataclass(frozen=True)
class Measure:
    """One column as it was read: seconds of the processor's time for settling, for reading, and for the baseline."""

    column: Column
    rows: int
    distinct: int
    settling: float
    reading: float
    baseline: float

    @property
    def seconds(self) -> float:
        return self.settling + self.reading

    @property
    def rate(self) -> float:
        """Cells a second."""
        return self.rows / self.seconds

    @property
    def met(self) -> bool:
        return self.rate >= TARGETS[self.column.grade]


def main() -> int:
    """Measure and print. The exit code is 1 when a target is missed and --check is given."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=[], help="types, or parts of the names of columns")
    parser.add_argument("--markdown", action="store_true", help="print the table as docs/performance.md has it")
    parser.add_argument("--check", action="store_true", help="fail when a target is missed")
    arguments = parser.parse_args()
    wanted = [c for c in COLUMNS if not arguments.only or any(word in f"{c.type} {c.name}" for word in arguments.only)]
    measures = []
    for column in wanted:
        for cells in (column.cells(arguments.rows), column.few(arguments.rows)):
            measures.append(measure(column, cells, arguments.repeat))
            show(measures[-1])
    print(as_markdown(measures)) if arguments.markdown else Console(width=130).print(as_table(measures))
    return int(arguments.check and not all(measure.met for measure in measures))


def measure(column: Column, cells: pl.Series, repeat: int) -> Measure:
    """The best of `repeat` readings of the cells."""
    from headgate.engine.settle import settle_types
    from headgate.engine.types.base import TypeContext
    from headgate.engine.types.registry import build_type
    from headgate.engine.working import Slot

    field = column.field()
    slot = Slot(0, field, 0)
    settling, reading = [], []
    with tempfile.TemporaryDirectory(prefix="headgate-bench-") as folder:
        table = spooled(cells, Path(folder))
        for _ in range(repeat):
            types = {field.key: build_type(field, TypeContext())}
            seconds, settled = timed(partial(settle_types, table, 0, [slot], types))
            settling.append(seconds)
            reading.append(timed(partial(read, settled.typing, table))[0])
        baseline = min(timed(partial(compare, column, table))[0] for _ in range(repeat))
    return Measure(column, len(cells), cells.n_unique(), min(settling), min(reading), baseline)


def read(typing: Typing, table: RawTable) -> None:
    """Read all cells as an import does, and keep none."""
    for chunk in table.spool.chunks():
        typing.chunk(chunk.with_row_index("index"), table, 1, ())


def compare(column: Column, table: RawTable) -> None:
    """What plain Polars does with the same cells."""
    for chunk in table.spool.chunks():
        column.baseline(chunk["c0"])


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of the processor's time that the work took, and what it gave."""
    began = time.process_time()
    found = work()
    return time.process_time() - began, found


def spooled(cells: pl.Series, folder: Path) -> RawTable:
    """The column as reading leaves it on disk."""
    from headgate.engine.table import MAX_ROWS_PER_CHUNK, ROW, FileDescription, RawTable, Spool

    spool = Spool(folder)
    table = pl.DataFrame({"c0": cells}).with_row_index(ROW)
    for chunk in table.iter_slices(MAX_ROWS_PER_CHUNK):
        spool.append(chunk)
    return RawTable(spool, 1, len(cells), "text", FileDescription("csv"))


HEADINGS = ("type", "column", "", "distinct", "settle s", "read s", "cells/s", "baseline s", "ratio", "")


def row_of(measure: Measure) -> tuple[str, ...]:
    """The measure as texts of a table's row."""
    ratio = measure.seconds / measure.baseline if measure.baseline else 0.0
    return (
        measure.column.type, measure.column.name, measure.column.grade, f"{measure.distinct:,}", f"{measure.settling:.3f}",
        f"{measure.reading:.3f}", f"{measure.rate / 1e6:.2f} M", f"{measure.baseline:.3f}", f"{ratio:.1f} ×",
        "" if measure.met else "missed",
    )  # fmt: skip


def show(measure: Measure) -> None:
    """Tell at once, on the error output, what was measured."""
    print("  ".join(row_of(measure)), file=sys.stderr, flush=True)


def as_table(measures: list[Measure]) -> Table:
    """All measures for people."""
    table = Table(title=f"{platform.processor() or platform.machine()}, one thread", title_justify="left")
    for number, heading in enumerate(HEADINGS):
        table.add_column(heading, justify="right" if 3 <= number <= 8 else "left")
    for one in measures:
        table.add_row(*row_of(one))
    return table


def as_markdown(measures: list[Measure]) -> str:
    """All measures as a table of Markdown."""
    lines = [HEADINGS, tuple("--:" if 3 <= number <= 8 else "---" for number in range(len(HEADINGS)))]
    return "\n".join(f"| {' | '.join(line)} |" for line in [*lines, *map(row_of, measures)])


if __name__ == "__main__":
    sys.exit(main())
