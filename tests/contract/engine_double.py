"""An engine small enough to be read at a glance, for tests of what stands round the real one.

It reads comma-separated text or JSON rows. A file whose first line is `#do <what> [argument]` makes it behave badly.
"""

from __future__ import annotations

import csv
import errno
import json
import os
import signal
import time
from pathlib import Path
from typing import Any

from headgate.engine.errors import ImportFailedError
from headgate.imports.worker import (
    ALL_ISSUES,
    RESULT,
    TABLE,
    ConvertJob,
    FinishJob,
    HelperKilledError,
    Refused,
    ReviewJob,
    RunJob,
    RunResult,
)


def prepare() -> None:
    """Nothing."""


def run(job: RunJob, report: Any) -> RunResult:
    job.workdir.mkdir(parents=True, exist_ok=True)
    text = job.source.read_text(encoding="utf-8")
    if text.startswith("#do "):
        command, _, text = text.partition("\n")
        ended = _misbehave(command.split()[1:], job, report)
        if ended is not None:
            return ended
    if not text.strip():
        error = ImportFailedError("file_empty", "The file has no content.")
        return RunResult("FAILED", [error.to_json()], decisions={})
    keys = [field["key"] for field in job.document["fields"]]
    rows = _rows(job, text, keys)
    job.outcome.mkdir(parents=True)
    (job.outcome / RESULT).write_text(json.dumps(rows), encoding="utf-8")
    (job.outcome / TABLE).write_text(json.dumps(rows), encoding="utf-8")
    (job.outcome / ALL_ISSUES).write_text("", encoding="utf-8")
    learned = {"headers": [{"header": key, "field": key, "count": 1} for key in keys], "values": []}
    return RunResult(
        "SUCCESSFUL",
        None,
        metadata={
            "filename": job.filename,
            "importIdentifier": job.document["settings"].get("importIdentifier"),
            "rowsWithError": [],
            "errors": [],
            "rawHeaders": keys,
            "fields": {key: {"fileHeader": key, "fileHeaderIndex": n} for n, key in enumerate(keys)},
            "totalRows": len(rows),
            "deliveredRows": len(rows),
            "memoryGiven": job.memory is not None,
        },
        decisions={"rows": {"read": len(rows), "invalid": 0, "delivered": len(rows)}},
        counts={"read": len(rows)},
        learned=learned,
        has_result=True,
    )


def open_review(job: ReviewJob, report: Any) -> Any:
    from tests.contract import review_double

    return review_double.open_review(job, report)


def finish(job: FinishJob, report: Any) -> RunResult:
    from tests.contract import review_double  # it needs Polars, which few tests do

    return review_double.finish(job, report)


def convert(job: ConvertJob) -> Refused | None:
    rows = json.loads(job.table.read_text(encoding="utf-8"))
    if job.format == "xlsx":
        return Refused("These rows do not fit a worksheet.")
    if job.format == "csv":
        with job.target.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]) if rows else [])
            writer.writeheader()
            writer.writerows(rows)
    else:
        job.target.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return None


def _rows(job: RunJob, text: str, keys: list[str]) -> list[dict[str, Any]]:
    if job.kind == "initial_data":
        return [row if isinstance(row, dict) else dict(zip(keys, row, strict=False)) for row in json.loads(text)]
    return list(csv.DictReader(text.splitlines()))


def _misbehave(words: list[str], job: RunJob, report: Any) -> RunResult | None:
    result: RunResult | None = _BEHAVIOURS[words[0]](job, report, *words[1:])
    return result


def _sleep(job: RunJob, report: Any, seconds: str) -> None:
    end = time.monotonic() + float(seconds)
    while time.monotonic() < end:
        report("types", 1, 2)
        time.sleep(0.02)


def _run_until(job: RunJob, report: Any, path: str) -> None:
    """Until there is a file at `path`."""
    while not Path(path).exists():
        report("types", 1, 2)
        time.sleep(0.02)


def _crash(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _crash_until(job: RunJob, report: Any, path: str, tries: str) -> None:
    """Crash until it was tried so often, as counted in the file at `path`."""
    counter = Path(path)
    tried = int(counter.read_text() or 0) if counter.exists() else 0
    counter.write_text(str(tried + 1))
    if tried < int(tries):
        _crash()


def _eat_memory(*_: Any) -> None:
    kept = []
    while True:
        kept.append(bytearray(64 * 1024 * 1024))


def _run_forever(*_: Any) -> None:
    while True:
        time.sleep(0.05)


def _raise(*_: Any) -> None:
    raise RuntimeError("a bug")


def _lose_a_helper(*_: Any) -> None:
    raise HelperKilledError


def _find_the_disk_full(*_: Any) -> None:
    try:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    except OSError as error:
        raise RuntimeError("what a library makes of it") from error


def _ask_a_person(job: RunJob, report: Any, *_: str) -> RunResult:
    job.outcome.mkdir(parents=True)
    (job.outcome / ALL_ISSUES).write_text('{"rowIndex": 0}\n', encoding="utf-8")
    reason = {"code": "column_match_uncertain", "message": "The column <b>Mail</b> may be “email”.", "column": 1}
    column = {"index": 0, "header": "<script>x</script>", "field": None, "status": "uncertain", "confidence": 0.71}
    column["runnersUp"] = [{"field": "email", "confidence": 0.7}]
    return RunResult("NEEDS_REVIEW", [reason], decisions={"columns": [column], "file": {"format": "csv"}})


_BEHAVIOURS = {
    "sleep": _sleep,
    "until": _run_until,
    "crash": _crash,
    "crash-until": _crash_until,
    "memory": _eat_memory,
    "forever": _run_forever,
    "raise": _raise,
    "review": _ask_a_person,
    "killed-helper": _lose_a_helper,
    "full-disk": _find_the_disk_full,
}
