"""How long headgate takes to start: `python -m benchmarks.startup [--repeat 5]`.

Each measurement starts a process and waits for what a person waits for: the rows of a small file, the first answer of the
server, a worker that takes jobs. The quickest of the repetitions counts; processor time shows what a busy machine hides.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
from rich.console import Console
from rich.table import Table

HEADGATE = [sys.executable, "-c", "from headgate.cli import main; main()"]
PACKAGE = "from headgate import import_file, load_schema; import os; os._exit(0)"
WORKER = "import gc; gc.disable(); import headgate.imports.worker, headgate.imports.engine"
CELLS = {
    "string": "Ada Lovelace",
    "email": "ada@example.com",
    "number": "1234.5",
    "date": "21/03/2024",
    "phone-number": "+1 212 867 5309",
    "select": "new",
    "checkbox": "yes",
    "country": "Germany",
}
"""Types of a file of business data, with a cell of each."""
ROWS = 3


@dataclass(frozen=True)
class Measure:
    """Seconds until something was ready, and of the processor's time, children that ended included."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Started:
    """A server that answers: where, as which process, and how long it took."""

    address: str
    pid: int
    measure: Measure


@dataclass(frozen=True)
class Case:
    """What is measured, and the seconds of wall time that it may take; None for what only explains others."""

    name: str
    target: float | None
    run: Callable[[Path], Measure]


def processor_seconds(process: psutil.Process) -> float:
    """What a process and its ended children took so far."""
    times = process.cpu_times()
    return float(times.user + times.system + times.children_user + times.children_system)


def command(*arguments: str) -> Measure:
    """A command from its start to its end."""
    before, began = processor_seconds(psutil.Process()), time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return Measure(time.perf_counter() - began, processor_seconds(psutil.Process()) - before)


def small_import(folder: Path, *types: str) -> Measure:
    """`headgate import` of three rows with a column of each type."""
    table, schema = folder / "people.csv", folder / "schema.json"
    table.write_text("\n".join([",".join(types), *[",".join(CELLS[name] for name in types)] * ROWS, ""]))
    options = [{"label": text, "value": text} for text in ("new", "old")]
    more = {"select": {"selectOptions": options}, "string": {"validators": [{"validate": "required"}]}}
    fields = [{"label": name, "key": name, "type": name, **more.get(name, {})} for name in types]
    schema.write_text(json.dumps({"fields": fields}))
    return command(*HEADGATE[1:], "import", str(table), "--schema", str(schema), "--output", str(folder / "rows.json"))


def fresh_server(folder: Path) -> Measure:
    """A server that makes its database."""
    with serving(folder / "fresh") as started:
        return started.measure


def known_server(folder: Path) -> Measure:
    """A server that finds its database."""
    data_dir = folder / "known"
    if not data_dir.exists():
        with serving(data_dir):
            pass
    with serving(data_dir) as started:
        return started.measure


@contextmanager
def serving(data_dir: Path) -> Iterator[Started]:
    """A server until its first answer; it is stopped afterwards. Raises RuntimeError when it does not start."""
    began = time.perf_counter()
    with (data_dir.parent / "server.log").open("w+") as log:
        process = subprocess.Popen([*HEADGATE, "serve", "--port", "0", "--data-dir", str(data_dir)], stderr=log)
        try:
            address = None
            while address is None:
                if process.poll() is not None:
                    raise RuntimeError(Path(log.name).read_text())
                found = re.search(r"serves at (http\S+)", Path(log.name).read_text())
                address = found and found[1]
                time.sleep(0.002)
            httpx.get(f"{address}/api/v1/health-of-nothing/", timeout=60)
            wall = time.perf_counter() - began
            yield Started(address, process.pid, Measure(wall, processor_seconds(psutil.Process(process.pid))))
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
            process.wait()


CASES = (
    Case("Python alone", None, lambda _: command("-c", "pass")),
    Case("Polars alone", None, lambda _: command("-c", "import gc; gc.disable(); import polars")),
    Case("import headgate", 0.05, lambda _: command("-c", "import headgate")),
    Case("from headgate import import_file, load_schema", 0.25, lambda _: command("-c", PACKAGE)),
    Case("headgate import of a small file of texts", 0.25, lambda folder: small_import(folder, "string", "email")),
    Case("headgate import of a small file of eight types", 0.25, lambda folder: small_import(folder, *CELLS)),
    Case("a worker process, ready", None, lambda _: command("-c", WORKER)),
    Case("headgate serve, first answer", 1.0, known_server),
    Case("headgate serve on an empty directory, first answer", None, fresh_server),
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--repeat", type=int, default=5, help="starts of each kind; the quickest counts")
    repeat: int = parser.parse_args().repeat
    # Without compiled modules a start takes three times as long; every installation has them from its second start on.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        for case in CASES:
            case.run(Path(folder))
    table = Table(title="Start-up", title_justify="left", title_style="bold")
    table.add_column("what")
    for title in ("wall s", "CPU s", "target s", ""):
        table.add_column(title, justify="right")
    for case in CASES:
        measures = []
        for _ in range(repeat):
            with tempfile.TemporaryDirectory() as folder:
                measures.append(case.run(Path(folder)))
        wall, cpu = min(m.wall for m in measures), min(m.cpu for m in measures)
        verdict = "" if case.target is None else "met" if wall <= case.target else "missed"
        table.add_row(
            case.name, f"{wall:.2f}", f"{cpu:.2f}", "" if case.target is None else f"{case.target:.2f}", verdict
        )
    Console().print(table)


if __name__ == "__main__":
    main()
