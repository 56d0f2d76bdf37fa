"""One row hook over a million rows of twelve columns: processor time on both sides, memory, start-up.

python -m benchmarks.hooks [--rows 1000000] [--per-message 100 500 1000]

First the protocol alone, then whole imports with a hook that touches three fields and without it: what they differ by is what the
hook costs, typing and writing of what it changed included. It ends with 1 above `MOST_MICROSECONDS`.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.data import schema, write_csv
from headgate import import_file
from headgate.engine.hooks import rows
from headgate.engine.hooks.process import HookProcess
from headgate.engine.hooks.rows import HookField, RowBatch
from headgate.engine.hooks.session import HookSession
from headgate.schema.hooks import Hooks

COLUMNS = 12
CHUNK = 65_536
NUMBERS = {10, 11}
HOOK = """(record) => {
  record.row.c0.value = record.row.c1.value + ' ' + record.row.c2.value;
  record.row.c3.value = record.row.c3.value.toUpperCase();
  if (record.row.c10.resultValue > 500) record.row.c4.info = [{message: 'large', level: 'info'}];
  else record.row.c4.value = 'small';
  return record;
}"""


IMPORT_HOOK = """(record) => {
  const row = record.row;
  row.name.value = row.name.resultValue + ' x';
  row.company.value = String(row.company.resultValue).toUpperCase();
  if (row.notes.resultValue === 'none') row.notes.info = [{message: 'no note', level: 'info'}];
  return record;
}"""
MOST_MICROSECONDS = 12.0
"""Of processor time that a row hook may cost a row, both processes together."""


def chunks(count: int) -> Iterator[RowBatch]:
    """Batches like those of a CSV file: texts of about ten characters, two columns of numbers."""
    for start in range(0, count, CHUNK):
        number = pl.int_range(start, min(start + CHUNK, count), eager=True)
        text = number.cast(pl.String)
        columns = {f"c{i}": (text if i in NUMBERS else f"value {i} " + text) for i in range(COLUMNS)}
        table = pl.DataFrame(columns).with_columns((number % 1000).cast(pl.String).alias("c10"))
        yield RowBatch(number, number, table, table)


def processor_seconds(pid: int) -> float:
    """User and system time of a process."""
    values = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(values[11]) + int(values[12])) / os.sysconf("SC_CLK_TCK")


def resident_megabytes(pid: int) -> float:
    """The highest resident size of a process."""
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def start_up(times: int) -> list[float]:
    """Milliseconds until an engine takes orders, without a pool."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        with HookProcess() as process:
            process.wait_ready()
            found.append((time.perf_counter() - began) * 1000)
    return found


def run(count: int) -> None:
    """One pass over `count` rows."""
    fields = [HookField(f"c{i}", (f"c{i}",), "raw" if i in NUMBERS else "string") for i in range(COLUMNS)]
    with HookProcess() as process:
        session = HookSession(process, Hooks.model_validate({"rowHooks": [HOOK]}), [entry.key for entry in fields])
        session.set_fields(fields)
        making = ours = changed = 0.0
        began = time.perf_counter()
        before = time.process_time()
        for batch in chunks(count):
            making += time.process_time() - before
            before = time.process_time()
            found = session.row_hooks(batch, "init")
            changed += sum(len(cells.at) for cells in found.values.values()) + found.infos.height
            ours += time.process_time() - before
            before = time.process_time()
        theirs = processor_seconds(process.pid)
        wall = time.perf_counter() - began
        print(
            f"{rows.ROWS_PER_MESSAGE:>5} rows a message: {(ours + theirs) / count * 1e6:5.1f} µs/row "
            f"(Python {ours / count * 1e6:.1f}, engine {theirs / count * 1e6:.1f}), {wall:.1f} s wall, "
            f"{int(changed):,} changes, engine at most {resident_megabytes(process.pid):.0f} MB, "
            f"Python {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
        )


def import_seconds(file: Path, document: dict[str, Any]) -> float:
    """Processor time of an import, its hooks' process included."""
    before = sum(os.times()[:4])
    outcome = import_file(file, document)
    if outcome.status != "SUCCESSFUL":
        raise RuntimeError(f"The import ended as {outcome.status}: {outcome.errors}")
    outcome.write(file.with_suffix(".json"))
    return sum(os.times()[:4]) - before


def hook_microseconds(count: int, times: int) -> float:
    """What the hook costs a row: the least of some imports with it, less the least of some without."""
    with tempfile.TemporaryDirectory(prefix="headgate-hooks-") as folder:
        file = Path(folder) / "rows.csv"
        write_csv(file, count)
        hooked = {**schema(), "hooks": {"rowHooks": [IMPORT_HOOK]}}
        seconds = [(import_seconds(file, schema()), import_seconds(file, hooked)) for _ in range(times)]
    return (min(one for _, one in seconds) - min(one for one, _ in seconds)) / count * 1e6


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--per-message", type=int, nargs="*", default=[rows.ROWS_PER_MESSAGE])
    arguments = parser.parse_args()
    times = start_up(5)
    print(f"start-up: median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms")
    for count in arguments.per_message:
        rows.ROWS_PER_MESSAGE = count
        run(arguments.rows)
    cost = hook_microseconds(max(10_000, arguments.rows // 5), 3)
    print(f"whole import, hook of three fields: {cost:.1f} µs/row more (at most {MOST_MICROSECONDS:.0f})")
    return int(cost > MOST_MICROSECONDS)


if __name__ == "__main__":
    sys.exit(main())
