"""What workers do for Schema Studio: the question of a job in, its answer as JSON out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from headgate.engine.errors import ImportFailedError
from headgate.engine.infer import infer
from headgate.engine.masking import Masking
from headgate.engine.review.decisions import PersonDecisions
from headgate.engine.review.log import LogEntry
from headgate.engine.trial.comparison import compare
from headgate.engine.trial.hook import try_hook
from headgate.engine.trial.run import Trial, run_trial
from headgate.engine.trial.statements import say
from headgate.imports.engine import Report, request_of
from headgate.imports.worker import Answered, Refused, RunJob, StudioJob
from headgate.schema import Hooks

MAX_CONSOLE = 1_000
MAX_REVIEW_ERRORS = 100
SAME, DIFFERS, NOT_TESTABLE = "SAME", "DIFFERS", "NOT_TESTABLE"

Json = dict[str, Any]


def answer(job: StudioJob, report: Report) -> Answered | Refused:
    """The answer; Refused with a sentence for people when the sample cannot be read."""
    questions: dict[str, Callable[[StudioJob, Report], Json]] = {
        "infer": _infer,
        "try": _try,
        "hook": _hook,
        "compare": _compare,
    }
    try:
        return Answered(questions[job.question](job, report))
    except ImportFailedError as failure:
        return Refused(failure.message)


def _infer(job: StudioJob, report: Report) -> Json:
    return infer(request_of(job.run, report), job.run.workdir / "infer").to_json()


def _try(job: StudioJob, report: Report) -> Json:
    trial = run_trial(request_of(job.run, report), job.run.workdir / "try", limit=job.parameters["limit"])
    masking = Masking(request_of(job.run, report).schema.fields)
    rows = [row | {"values": masking.row(row["values"])} for row in trial.witness.objects()]
    issues = trial.issues_of(row["index"] for row in rows)
    return {
        **_side(trial),
        "decisions": trial.outcome.decisions,
        "rows": [row | {"issues": issues[row["index"]]} for row in rows],
        "console": trial.outcome.console[:MAX_CONSOLE],
    }


def _side(trial: Trial) -> Json:
    errors = trial.outcome.errors
    return {
        "status": trial.outcome.status,
        "import_errors": None if errors is None else errors[:MAX_REVIEW_ERRORS],
        "counts": trial.outcome.decisions.get("rows"),
        "issues": trial.issues,
    }


def _hook(job: StudioJob, report: Report) -> Json:
    hook = Hooks.model_validate(job.parameters["hook"])
    found = try_hook(request_of(job.run, report), hook, job.run.workdir / "hook", job.parameters["limit"]).to_json()
    masking = Masking(request_of(job.run, report).schema.fields)
    rows = [row | {side: row[side] and masking.row(row[side]) for side in ("before", "after")} for row in found["rows"]]
    return found | {"console": found["console"][:MAX_CONSOLE], "rows": rows}


def _compare(job: StudioJob, report: Report) -> Json:
    """An import with its own schema beside the same one with another schema."""
    before = _run(job, job.run, report, "before")
    # What the trial must stand on: an import that ended well and does not any more says nothing about the other schema.
    ended, ends = job.parameters["status"], before.outcome.status
    if ended == "SUCCESSFUL" and ends != ended:
        why = "; ".join(str(one["message"]) for one in before.outcome.errors or ())
        return {"state": NOT_TESTABLE, "reason": say("before_failed", why=why[:500]).to_json()}
    other = replace(job.run, document=job.parameters["document"])
    renamed: dict[str, str] = job.parameters["renamed"]
    after = _run(replace(job, log=_with_keys(job.log, renamed)), other, report, "after")
    found = compare(before, after, renamed)
    masking = Masking(field for run in (job.run, other) for field in request_of(run, report).schema.fields)
    return {
        "state": DIFFERS if found.differs else SAME,
        "reason": None,
        "summary": [one.to_json() for one in found.summary],
        "decisions": [one.to_json() for one in found.decisions],
        "fields": found.fields,
        "rows_differ": found.rows,
        "cells_differ": found.cells,
        "examples": [row | {"cells": masking.cells(row["cells"])} for row in found.examples],
        "before": _side(before),
        "after": _side(after),
    }


def _with_keys(log: tuple[LogEntry, ...], renamed: dict[str, str]) -> tuple[LogEntry, ...]:
    """What people decided about fields that have another key now, said of that key."""
    return tuple(_decision_with_keys(entry, renamed) for entry in log) if renamed else log


def _decision_with_keys(entry: LogEntry, renamed: dict[str, str]) -> LogEntry:
    decisions = entry.parameters.get("decisions")
    if decisions is None:
        return entry
    person = PersonDecisions.from_json(decisions)
    moved = replace(
        person,
        columns={index: key if key is None else renamed.get(key, key) for index, key in person.columns.items()},
        values={renamed.get(key, key): texts for key, texts in person.values.items()},
        orders={renamed.get(key, key): order for key, order in person.orders.items()},
    )
    return replace(entry, parameters=entry.parameters | {"decisions": moved.to_json()})


def _run(job: StudioJob, run: RunJob, report: Report, name: str) -> Trial:
    workdir: Path = run.workdir / name
    workdir.mkdir(parents=True)
    return run_trial(request_of(run, report), workdir, log=job.log)
