"""One huge file through `headgate import`: what the whole tree of processes holds in memory, and what lies on the disk meanwhile.

    python -m benchmarks.huge --rows 5500000 --format json

A million rows are some 160 MB. Memory is what the processes have to themselves; mapped files belong to the kernel.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psutil

from benchmarks.run import RESULTS, generated

MEBIBYTE = 1024**2
INTERVAL = 0.5


@dataclass
class Watched:
    """What was seen of a command: bytes at their peaks, seconds."""

    memory: int = 0
    resident: int = 0
    disk: int = 0
    wall: float = 0.0
    cpu: float = 0.0
    exit_code: int | None = None
    steps: dict[str, int] = field(default_factory=dict)


def main() -> int:
    """Make the file where it is missing, import it, print what was seen."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--rows", type=int, default=5_500_000)
    parser.add_argument("--format", choices=("json", "ndjson", "csv", "parquet"), default="json")
    parser.add_argument("--data", type=Path, default=RESULTS / "data", help="where the generated file is kept")
    parser.add_argument("--scratch", type=Path, default=None, help="where the import works")
    arguments = parser.parse_args()
    source = generated(arguments.data, "csv", arguments.rows)
    with tempfile.TemporaryDirectory(prefix="headgate-huge-", dir=arguments.scratch) as scratch:
        seen = watched_import(source, Path(scratch), arguments.format)
    print(json.dumps({"rows": arguments.rows, "bytes": source.stat().st_size, **asdict(seen)}, indent=2))
    return seen.exit_code or 0


def watched_import(source: Path, scratch: Path, output_format: str) -> Watched:
    """Import `source` into a file in `scratch`, which is also where the command works."""
    report, limited = scratch / "report.json", scratch / "schema.json"
    schema = json.loads(source.with_suffix(".schema.json").read_text(encoding="utf-8"))
    schema["settings"]["maxFileSize"] = source.stat().st_size
    limited.write_text(json.dumps(schema), encoding="utf-8")
    headgate = str(Path(sys.executable).with_name("headgate"))
    command = [headgate, "import", str(source), "--schema", str(limited)]
    command += ["--output", str(scratch / f"out.{output_format}"), "--metadata", str(report)]
    seen = watch(command, scratch)
    if report.exists():
        seen.steps = json.loads(report.read_text(encoding="utf-8"))["decisions"]["timings"]
    return seen


def watch(command: list[str], scratch: Path) -> Watched:
    """Run a command, looking at its processes and at what it has on the disk below `scratch`."""
    seen, began = Watched(), time.monotonic()
    process = psutil.Popen(command, env={**os.environ, "TMPDIR": str(scratch)})
    cpu: dict[int, float] = {}
    while process.poll() is None:
        memory = resident = 0
        for one in tree(process):
            with contextlib.suppress(psutil.Error):
                found = one.memory_info()
                memory += found.rss - found.shared
                resident += found.rss
                times = one.cpu_times()
                cpu[one.pid] = times.user + times.system
        seen.memory, seen.resident = max(seen.memory, memory), max(seen.resident, resident)
        seen.disk = max(seen.disk, held(scratch))
        time.sleep(INTERVAL)
    seen.exit_code = process.returncode
    seen.wall, seen.cpu = time.monotonic() - began, sum(cpu.values())
    return seen


def tree(process: psutil.Process) -> list[psutil.Process]:
    """The process and all that it started."""
    with contextlib.suppress(psutil.Error):
        return [process, *process.children(recursive=True)]
    return []


def held(directory: Path) -> int:
    """Bytes that the files below a directory take on the disk, each counted once however many names it has."""
    files: dict[tuple[int, int], int] = {}
    for folder, _, names in os.walk(directory):
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                found = os.lstat(os.path.join(folder, name))  # noqa: PTH118 - a path object a file costs more than the look
                files[found.st_dev, found.st_ino] = found.st_blocks * 512
    return sum(files.values())


if __name__ == "__main__":
    sys.exit(main())
