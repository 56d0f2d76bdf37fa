"""Where the service and the engine meet: a job in, a result out. Runs in worker processes only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import orjson

from headgate.engine.match import MatchMemory
from headgate.engine.outcome import Outcome
from headgate.engine.output import FormatCannotHoldError, write_output
from headgate.engine.pipeline import run_import
from headgate.engine.request import ImportRequest
from headgate.imports.worker import ALL_ISSUES, RESULT, TABLE, ConvertJob, Refused, RunJob, RunResult
from headgate.schema import parse_schema

Report = Callable[[str, int, int], None]

KEPT_ELSEWHERE = frozenset({"id", "user", "decisions"})
"""Keys of the metadata that the import's own row holds."""


def run(job: RunJob, report: Report) -> RunResult:
    """Import `job.source`; what is to be kept of the outcome stands in `job.outcome` afterwards."""
    request = ImportRequest(
        source=job.source,
        schema=parse_schema(job.document["fields"], job.document["settings"], job.document["hooks"]),
        filename=job.filename,
        kind=job.kind,
        memory=None if job.memory is None else MatchMemory.from_json(job.memory),
        import_id=job.import_id,
        user=job.user,
        progress=report,
    )
    outcome = run_import(request, job.workdir / "engine")
    _keep_files(outcome, job.outcome)
    return RunResult(
        status=outcome.status,
        errors=outcome.errors,
        metadata={key: value for key, value in (outcome.metadata or {}).items() if key not in KEPT_ELSEWHERE},
        decisions=outcome.decisions,
        counts=outcome.decisions.get("rows"),
        learned=None if outcome.learned is None else outcome.learned.to_json(),
        has_result=outcome.status == "SUCCESSFUL",
    )


def convert(job: ConvertJob) -> Refused | None:
    """Write a result in another format."""
    try:
        write_output(job.table, job.target, job.format)
    except FormatCannotHoldError as error:
        return Refused(str(error))
    return None


def _keep_files(outcome: Outcome, target: Path) -> None:
    if outcome.status == "FAILED":
        return
    target.mkdir(parents=True)
    if outcome.issues is not None:
        with (target / ALL_ISSUES).open("wb") as file:
            for entry in outcome.issues.entries():
                file.write(orjson.dumps(entry, option=orjson.OPT_APPEND_NEWLINE))
    if outcome.result is not None:
        outcome.write(target / RESULT)
        outcome.result.rename(target / TABLE)
