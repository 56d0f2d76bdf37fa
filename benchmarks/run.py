"""Measures headgate and prints what it found: `make bench`, or `python -m benchmarks.run --rows 10000 1000000`.

Each task runs in a fresh process, several times where it is short; the quickest run counts, with its memory. The ratio
compares the whole import with a bare Polars read and JSON write of the same file in the same session.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.table import Table

from benchmarks.tasks import BASELINES, SHEET_BASELINES, STEPS, Task, read, read_ready, whole
from benchmarks.workbooks import XLS_ROWS

RESULTS = Path(__file__).parent / "results"
SIZES = (10_000, 100_000, 1_000_000, 5_000_000)
SHEET_ROWS = 200_000
SHEETS = ("xlsx", "ods", "xls")
MEBIBYTE, MEGABYTE = 1024**2, 1000**2
MOST_MEMORY = 600
"""Megabytes that an import may have at its peak, however many rows."""
MOST_GROWTH = 1.25
"""Times the memory of a million rows."""

console = Console()


@dataclass(frozen=True)
class Measure:
    """One task on one file: seconds of wall and processor time, bytes of peak memory."""

    task: str
    format: str
    rows: int
    wall: float
    cpu: float
    peak: int

    @property
    def rows_per_second(self) -> float:
        return self.rows / self.wall


@dataclass(frozen=True)
class Target:
    """Something that was promised, and what was measured."""

    name: str
    limit: float
    measured: float
    unit: str

    @property
    def met(self) -> bool:
        return self.measured <= self.limit


def main() -> int:
    """Measure, print, and write the JSON. The exit code is 1 when a target is missed and --check is given."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=list(SIZES), help="sizes of the CSV files")
    parser.add_argument(
        "--growth-rows",
        type=int,
        nargs="*",
        default=[],
        help="sizes of more CSV files, of which only whole imports are measured (20000000: 3.2 GB, and thrice as much meanwhile)",
    )
    parser.add_argument(
        "--sheet-rows",
        type=int,
        default=SHEET_ROWS,
        help="rows of the workbooks (XLS: as many as it can have); 0: none",
    )
    parser.add_argument("--repeat", type=int, default=3, help="runs of each task up to a million rows; one run above")
    parser.add_argument("--data", type=Path, default=RESULTS / "data", help="where the generated files are kept")
    parser.add_argument("--check", action="store_true", help="fail when a target is missed")
    arguments = parser.parse_args()

    measures: list[Measure] = []
    for rows in sorted(arguments.rows):
        file = generated(arguments.data, "csv", rows)
        measures += measure_all((*BASELINES, *STEPS), file, rows, arguments.repeat)
        console.print(step_table(measures, "csv", rows))
    for rows in sorted({*arguments.growth_rows} - {*arguments.rows}):
        measures += measure_all((whole,), generated(arguments.data, "csv", rows), rows, arguments.repeat)
    if arguments.growth_rows:
        console.print(growth_table(measures))
    for file_format in SHEETS if arguments.sheet_rows else ():
        rows = min(arguments.sheet_rows, XLS_ROWS - 1) if file_format == "xls" else arguments.sheet_rows
        file = generated(arguments.data, file_format, rows)
        steps = STEPS if file_format == "xlsx" else (read,)  # what follows the reading is the same
        measures += measure_all((*SHEET_BASELINES, read_ready, *steps), file, rows, arguments.repeat)
        console.print(step_table(measures, file_format, rows))
    targets = targets_of(measures)
    console.print(target_table(targets))
    console.print(f"Written to {write_report(measures, targets)}")
    return int(arguments.check and not all(target.met for target in targets))


def generated(folder: Path, file_format: str, rows: int) -> Path:
    """The file to measure with, made in a process of its own so that this one stays small."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"customers-{rows}.{file_format}"
    if not file.exists():
        console.print(f"Generating {file.name} …")
        partial = file.with_name(f"partial-{file.name}")
        subprocess.run([sys.executable, "-m", "benchmarks.data", partial, "--rows", str(rows)], check=True)
        partial.with_suffix(".schema.json").replace(file.with_suffix(".schema.json"))
        partial.replace(file)
    return file


def measure_all(tasks: Sequence[Task], file: Path, rows: int, repeat: int) -> list[Measure]:
    """The best run of each task on `file`."""
    times = repeat if rows <= 1_000_000 else 1
    with console.status("") as status:
        measures = []
        for task in tasks:
            status.update(f"{file.name}: {task.__name__}")
            measures.append(min((measure_once(task, file, rows) for _ in range(times)), key=lambda m: m.wall))
    return measures


def measure_once(task: Task, file: Path, rows: int) -> Measure:
    """Run a task in a fresh process. Raises CalledProcessError when it fails, SystemExit when it lost rows."""
    command = [sys.executable, "-m", "benchmarks.tasks", task.__name__, str(file)]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    found = json.loads(output.splitlines()[-1])
    if found["rows"] not in {rows, rows + 1}:  # reading alone counts the header, too
        raise SystemExit(f"{task.__name__} saw {found['rows']} of the {rows} rows of {file.name}.")
    return Measure(task.__name__, file.suffix[1:], rows, found["wall"], found["cpu"], int(found["peak"]))


def select(measures: Sequence[Measure], file_format: str, rows: int) -> dict[str, Measure]:
    """The measures of one file by task."""
    return {m.task: m for m in measures if (m.format, m.rows) == (file_format, rows)}


def step_table(measures: Sequence[Measure], file_format: str, rows: int) -> Table:
    """Everything measured on one file; a step's own share stands beside its running total."""
    table = Table(title=f"{rows:,} rows × 12 columns, {file_format.upper()}", title_justify="left", title_style="bold")
    table.add_column("task")
    for title in ("wall s", "step s", "CPU s", "rows/s", "peak MiB"):
        table.add_column(title, justify="right")
    before = 0.0
    steps = {task.__name__ for task in STEPS}
    for name, m in select(measures, file_format, rows).items():
        own = f"{m.wall - before:.2f}" if name in steps else ""
        before = m.wall if name in steps else before
        label = "whole (+ output)" if name == "whole" else f"+ {name}" if name in steps and name != "read" else name
        table.add_row(
            label, f"{m.wall:.2f}", own, f"{m.cpu:.2f}", f"{m.rows_per_second:,.0f}", f"{m.peak / MEBIBYTE:,.0f}"
        )
    compared = ratios(select(measures, file_format, rows)).items()
    processor = ratios(select(measures, file_format, rows), "cpu")
    table.caption = ", ".join(f"{ratio:.1f} × {name} (CPU {processor[name]:.1f} ×)" for name, ratio in compared)
    return table


def growth_table(measures: Sequence[Measure]) -> Table:
    """Whole imports of CSV files of all sizes."""
    table = Table(title="Growth", title_justify="left", title_style="bold")
    for title in ("rows", "wall s", "CPU s", "CPU s a million", "peak MB"):
        table.add_column(title, justify="right")
    for m in _whole_imports(measures):
        million = m.cpu / m.rows * 1_000_000
        table.add_row(f"{m.rows:,}", f"{m.wall:.2f}", f"{m.cpu:.2f}", f"{million:.2f}", f"{m.peak / MEGABYTE:,.0f}")
    return table


def _whole_imports(measures: Sequence[Measure]) -> list[Measure]:
    """Of text, the smallest file first."""
    found = [m for m in measures if m.format == "csv" and m.task == whole.__name__]
    return sorted(found, key=lambda m: m.rows)


def targets_of(measures: Sequence[Measure]) -> list[Target]:
    """The project's targets for which there are measures."""
    million = select(measures, "csv", 1_000_000)
    targets = []
    for baseline, ratio in ratios(million).items():
        targets.append(Target(f"1,000,000 rows against {baseline}", 3, ratio, "×"))
    if large := [m for m in _whole_imports(measures) if m.rows >= 1_000_000]:
        first, last = large[0], large[-1]
        targets += [Target(f"Peak memory at {m.rows:,} rows", MOST_MEMORY, m.peak / MEGABYTE, " MB") for m in large]
        if first.rows < last.rows:
            name = f"Peak memory from {first.rows:,} to {last.rows:,} rows"
            targets.append(Target(name, MOST_GROWTH, last.peak / first.peak, "×"))
    for file_format, rows in sorted({(m.format, m.rows) for m in measures if m.format in SHEETS}):
        ratio = ratios(select(measures, file_format, rows))["bare calamine"]  # another library is for information only
        targets.append(Target(f"Reading {file_format.upper()}, {rows:,} rows, against bare calamine", 1.3, ratio, "×"))
    return targets


def ratios(found: dict[str, Measure], what: Literal["wall", "cpu"] = "wall") -> dict[str, float]:
    """How many times as long as a bare library headgate takes: the whole import of text, the reading of a workbook by a worker."""
    tasks = {
        "bare_ndjson": "whole",
        "bare_json": "whole",
        "bare_calamine": "read_ready",
        "bare_fastexcel": "read_ready",
    }
    return {
        f"bare {baseline.removeprefix('bare_')}": getattr(found[task], what) / getattr(found[baseline], what)
        for baseline, task in tasks.items()
        if baseline in found
    }


def target_table(targets: Sequence[Target]) -> Table:
    """What was promised and what was found."""
    table = Table(title="Targets", title_justify="left", title_style="bold")
    for title in ("target", "at most", "measured", ""):
        table.add_column(title)
    for target in targets:
        verdict = "[green]met[/green]" if target.met else "[red]missed[/red]"
        table.add_row(target.name, f"{target.limit:g}{target.unit}", f"{target.measured:,.2f}{target.unit}", verdict)
    return table


def write_report(measures: Sequence[Measure], targets: Sequence[Target]) -> Path:
    """Keep the measures with what they were measured on."""
    now = datetime.now(UTC)
    report = {
        "when": now.isoformat(timespec="seconds"),
        "machine": {"system": platform.platform(), "processors": os.cpu_count(), "python": platform.python_version()},
        "versions": {name: version(name) for name in ("headgate", "polars", "fastexcel", "python-calamine")},
        "measures": [{**asdict(m), "rowsPerSecond": round(m.rows_per_second)} for m in measures],
        "targets": [{**asdict(target), "met": target.met} for target in targets],
    }
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{now:%Y%m%dT%H%M%SZ}.json"
    path.write_text(json.dumps(report, indent=2), encoding="utf-8")
    return path


if __name__ == "__main__":
    sys.exit(main())
