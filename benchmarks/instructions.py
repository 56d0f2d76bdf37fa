"""Guards speed on machines that are never quiet: instructions are counted, not seconds.

`make instructions`, a part of `make test`, runs the workloads of `benchmarks/workloads.py` under valgrind's callgrind and
compares what it counted with `benchmarks/instructions.json`. Above the tolerance it fails; `python -m benchmarks.instructions
--write` takes the new figures over, when a change is worth what it costs. docs/performance.md says what makes the figures
repeatable and where they hold.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.callgrind import ARCHITECTURE, Counter, available

FIGURES = Path(__file__).with_suffix(".json")
TOLERANCE = 0.10
UNUSUAL = 0.05
"""From here on a figure is shown, above the tolerance it fails."""
SETTINGS = {
    "PYTHONHASHSEED": "0",
    "POLARS_MAX_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "PYTHONDONTWRITEBYTECODE": "",
    # One set of string functions, whichever the processor has; what valgrind itself emulates goes up to AVX2.
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2_Usable,-AVX_Fast_Unaligned_Load,-ERMS,-AVX2",
}
CANNOT = 77
"""Exit code where nothing could be counted, as test runners know it."""


def machine() -> dict[str, str]:
    """What figures hold for: another interpreter, compiled in another way, or another C library, takes other instructions."""
    optimized = "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or "")
    return {
        "python": f"{platform.python_version()}, {platform.python_compiler()}{', optimized' if optimized else ''}",
        "libc": " ".join(platform.libc_ver()),
    }


def count(names: Sequence[str]) -> dict[str, int]:
    """Instructions of each workload, in thousands. Raises SystemExit, with what it said, when one of them fails."""
    with tempfile.TemporaryDirectory(prefix="headgate-instructions-") as folder:
        # Once without valgrind: modules that nobody has loaded yet are compiled then, and not while it counts.
        _run(_workloads(Path(folder, "unseen"), names))
        valgrind = ["valgrind", "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={folder}/out"]
        _run([*valgrind, *_workloads(Path(folder, "counted"), names)])
        found = {}
        for file in sorted(Path(folder).glob("out.*"), key=lambda file: int(file.suffix[1:])):
            text = file.read_text()
            name = re.search(r"^desc: Trigger: Client Request: (.+)$", text, re.MULTILINE)
            total = re.search(r"^totals: (\d+)$", text, re.MULTILINE)
            if name and total:
                found[name[1]] = round(int(total[1]) / 1000)
        return found


def _workloads(folder: Path, names: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "benchmarks.instructions", "--work", str(folder), *names]


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, env=os.environ | SETTINGS, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)


def work(folder: Path, names: Sequence[str]) -> None:
    """Run the workloads, telling callgrind where each begins and ends. It is what runs under valgrind."""
    from benchmarks.workloads import WORKLOADS

    counter = Counter()
    # Garbage is looked for by numbers of objects, which whatever was loaded before has its share in.
    gc.disable()
    for workload in WORKLOADS:
        if names and workload.name not in names:
            continue
        scratch = folder / "work" / workload.name.replace(" ", "-")
        scratch.mkdir(parents=True)
        with workload.prepare(scratch) as run:
            if not workload.cold:
                run()
            counter.begin()
            run()
            counter.end(workload.name)
        gc.collect()


def compared(found: dict[str, int], known: dict[str, int]) -> tuple[Table, list[str]]:
    """What was counted beside what is known, and the names of those that take too many instructions now."""
    table = Table(title="Instructions, in millions", title_justify="left", title_style="bold")
    table.add_column("workload")
    for title in ("known", "counted", "change"):
        table.add_column(title, justify="right")
    worse = []
    for name, counted in found.items():
        before = known.get(name)
        change = None if before is None else counted / before - 1
        if change is not None and change > TOLERANCE:
            worse.append(name)
        mark = "" if change is None or abs(change) < UNUSUAL else "[red]" if change > TOLERANCE else "[yellow]"
        shown = "new" if change is None else f"{mark}{change:+.1%}"
        table.add_row(name, "" if before is None else f"{before / 1000:,.1f}", f"{counted / 1000:,.1f}", shown)
    return table, worse


def main() -> int:
    """Count and compare: 1 when a workload became slower, 77 when this machine cannot tell."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("names", nargs="*", help="workloads; all of them by default")
    parser.add_argument("--write", action="store_true", help="take the figures over into instructions.json")
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.work is not None:
        work(arguments.work, arguments.names)
        return 0
    console = Console(stderr=True)
    if not available() or shutil.which("valgrind") is None:
        console.print(f"Instructions are not counted here: it takes valgrind, on {ARCHITECTURE}.")
        return CANNOT
    kept = json.loads(FIGURES.read_text()) if FIGURES.exists() else {}
    known: dict[str, int] = kept.get("workloads", {})
    here = machine()
    if not arguments.write and here != kept.get("machine"):
        console.print(f"The figures are those of {kept.get('machine')}: nothing is judged with {here}.")
        return CANNOT
    found = count(arguments.names)
    table, worse = compared(found, known)
    console.print(table)
    if arguments.write:
        figures = {"machine": here, "workloads": known | found if arguments.names else found}
        FIGURES.write_text(json.dumps(figures, indent=2) + "\n")
        return 0
    if worse:
        console.print(f"[red]More than {TOLERANCE:.0%} above benchmarks/instructions.json: {', '.join(worse)}")
    return int(bool(worse))


if __name__ == "__main__":
    sys.exit(main())
