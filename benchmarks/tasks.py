"""What is measured. Each task has a process of its own: `python -m benchmarks.tasks TASK FILE` prints JSON.

The steps of headgate are measured as prefixes: `types` reads, matches and types; its own share is the difference to the
task before it. That way each step is fed by the real steps before it and nothing is measured that no import does.
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks.data import schema
from benchmarks.process import cpu_seconds, peak_memory

Task = Callable[[Path, Path], int]
"""Works on a file with a scratch directory; gives the number of rows that it saw."""


def consume(items: Iterable[Any]) -> None:
    """Take all items and keep none."""
    deque(items, maxlen=0)


def bare_read(file: Path, _: Path) -> int:
    """What Polars needs to read the file as text."""
    import polars as pl

    return pl.read_csv(file, infer_schema=False).height


def bare_ndjson(file: Path, scratch: Path) -> int:
    """The same, and to write it as NDJSON."""
    import polars as pl

    table = pl.read_csv(file, infer_schema=False)
    table.write_ndjson(scratch / "rows.ndjson")
    return table.height


def bare_json(file: Path, scratch: Path) -> int:
    """The same, and to write it as one JSON array, which is what an import's result is."""
    import polars as pl

    table = pl.read_csv(file, infer_schema=False)
    table.write_json(scratch / "rows.json")
    return table.height


def bare_calamine(file: Path, _: Path) -> int:
    """What python-calamine needs for the rows of a workbook."""
    import python_calamine

    sheet = python_calamine.CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0)
    return len(sheet.to_python()) - 1


def bare_fastexcel(file: Path, _: Path) -> int:
    """What fastexcel needs to read a workbook into Polars."""
    import fastexcel

    return int(fastexcel.read_excel(str(file)).load_sheet(0, dtypes="string").to_polars().height)


_ready = ExitStack()
"""Holds the reader of workbooks that waits."""


class _StoppedError(Exception):
    """The import came to where the measuring ends, having seen `rows` rows."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        super().__init__(rows)


def _import_until(step: str, last: Callable[..., int], file: Path, scratch: Path) -> int:
    """Run an import whose method `step` is replaced by `last`, and which goes no further. Gives what `last` gives."""
    from headgate import load_schema
    from headgate.engine import conclusion, import_run, pipeline
    from headgate.engine.request import ImportRequest

    def stopping(run: Any, *arguments: Any) -> None:
        raise _StoppedError(last(run, *arguments))

    owner = import_run.ImportRun if hasattr(import_run.ImportRun, step) else conclusion.Conclusion
    try:
        with mock.patch.object(owner, step, stopping):
            pipeline.run_import(ImportRequest(file, load_schema(schema()), file.name), scratch / "work")
    except _StoppedError as stopped:
        return stopped.rows
    raise SystemExit(f"The import ended before {step}.")


def read(file: Path, scratch: Path) -> int:
    """Bytes to the raw table."""
    return _import_until("start_hooks", lambda _run, table: int(table.rows), file, scratch)


def read_ready(file: Path, scratch: Path) -> int:
    """The same as a worker does it, where a reader of workbooks waits."""
    rows = read(file, scratch)
    _ready.close()  # so that what it took is counted, its start too
    return rows


def match(file: Path, scratch: Path) -> int:
    """And which column is which field."""
    return _import_until("settle_types", lambda _run, layout, _kept: int(layout.table.rows), file, scratch)


def types(file: Path, scratch: Path) -> int:
    """And every cell read by its type."""

    def conclude(conclusion: Any, rows: Any) -> int:
        consume(rows.chunks())
        return int(conclusion.run.counts.read)

    return _import_until("of_rows", conclude, file, scratch)


def validators(file: Path, scratch: Path) -> int:
    """And checked."""
    from headgate.engine.checking import Checks
    from headgate.engine.issues import IssueLog

    def deliver(conclusion: Any, rows: Any) -> int:
        run = conclusion.run
        with Checks(run.schema.fields, rows.slots, run.types, IssueLog(scratch / "issues")) as checks:
            checks.observe(rows.columns_of)
            consume(checks.check(chunk) for chunk in rows.chunks())
        return int(run.counts.read)

    return _import_until("deliver", deliver, file, scratch)


def whole(file: Path, scratch: Path) -> int:
    """And written: the import as a caller gets it, its JSON result included."""
    from headgate import import_file

    described = schema()
    described["settings"]["maxFileSize"] = max(file.stat().st_size, 1)
    outcome = import_file(file, described)
    if outcome.status != "SUCCESSFUL":
        raise SystemExit(f"The import ended as {outcome.status}: {outcome.errors}")
    outcome.write(scratch / "result.json", last=True)  # as `headgate import` and the service do
    return int(outcome.decisions["rows"]["read"])


STEPS: tuple[Task, ...] = (read, match, types, validators, whole)
BASELINES: tuple[Task, ...] = (bare_read, bare_ndjson, bare_json)
SHEET_BASELINES: tuple[Task, ...] = (bare_calamine, bare_fastexcel)
TASKS: dict[str, Task] = {task.__name__: task for task in (*BASELINES, *SHEET_BASELINES, *STEPS, read_ready)}


def measure(task: Task, file: Path) -> dict[str, float]:
    """Run a task once. Loading the libraries is not counted: a service has done it before."""
    _warm_up(task)
    with tempfile.TemporaryDirectory(prefix="headgate-bench-") as scratch:
        wall, cpu = time.perf_counter(), cpu_seconds()
        rows = task(file, Path(scratch))
        wall, cpu = time.perf_counter() - wall, cpu_seconds() - cpu
    return {"rows": rows, "wall": wall, "cpu": cpu, "peak": peak_memory()}


def _warm_up(task: Task) -> None:
    if task in STEPS or task is read_ready:
        from headgate.loading import loading

        with loading():  # as every process of headgate does
            from headgate import import_file

        import_file(b"Email\nname@example.com\n", {"fields": [{"label": "Email", "key": "email"}]}, filename="a.csv")
    if task is read_ready:
        import headgate.imports.engine  # noqa: F401 — loads what a worker has loaded before its first job
        from headgate.engine.read.workbook_server import readers_kept

        _ready.enter_context(readers_kept())
        time.sleep(1)  # it says nothing when it is ready
    import polars as pl

    pl.read_csv(io.BytesIO(b"a\n1\n")).write_ndjson(io.BytesIO())


if __name__ == "__main__":
    print(json.dumps(measure(TASKS[sys.argv[1]], Path(sys.argv[2]))))
