"""Where the service and the engine meet: a job in, a result out. Runs in worker processes and in those of reviews only."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from headgate.engine.hooks.limits import HookLimits
from headgate.engine.hooks.pool import HookPool
from headgate.engine.hooks.process import EngineStartError, HookProcess
from headgate.engine.match import MatchMemory
from headgate.engine.outcome import Outcome
from headgate.engine.output import FormatCannotHoldError, linked, write_output
from headgate.engine.pipeline import run_import
from headgate.engine.read.formats import load_formats
from headgate.engine.read.workbook_server import keep_reader_ready
from headgate.engine.request import ImportRequest, no_progress
from headgate.engine.review.decisions import PersonDecisions
from headgate.engine.types.registry import load_types
from headgate.imports.worker import (
    ALL_ISSUES,
    CONSOLE,
    RESULT,
    TABLE,
    ConvertJob,
    FinishJob,
    Helped,
    HelperKilledError,
    HelpJob,
    HookSettings,
    ProposeJob,
    RecipeProposal,
    Refused,
    ReviewJob,
    RunJob,
    RunResult,
)
from headgate.libraries import load_libraries
from headgate.loading import look_for_garbage_of_several_imports
from headgate.schema import Schema, parse_schema

if TYPE_CHECKING:
    from headgate.engine.hooks.fetch import Fetcher
    from headgate.engine.recipe.document import Recipe
    from headgate.engine.review.session import Review

# A worker has the time before its first job; a command loads only what its one file needs.
load_formats()
load_types()
load_libraries()

REMEMBERED_SCHEMAS, REMEMBERED_BYTES = 16, 1 << 18
"""How many schemas a worker has at hand, and of how many bytes; larger ones are parsed for every import."""

Report = Callable[[str, int, int], None]

KEPT_ELSEWHERE = frozenset({"id", "user", "decisions"})
"""Keys of the metadata that the import's own row holds."""


def prepare() -> None:
    """What a worker has the time for before its first job, and other processes have no use for."""
    keep_reader_ready()
    look_for_garbage_of_several_imports()


def run(job: RunJob, report: Report) -> RunResult:
    """Import `job.source`; what is to be kept of the outcome stands in `job.outcome` afterwards."""
    engines: list[HookProcess] = []
    request = replace(request_of(job, report, engines), about=_about(job))
    outcome = run_import(request, job.workdir)
    _check_engines(outcome, engines)
    _keep_files(outcome, job.outcome)
    return _result(outcome)


def open_review(job: ReviewJob, report: Report) -> Review:
    """The review of an import, with everything in it that its log has. Its directory is held until it is closed."""
    from headgate.engine.review.session import Review

    return Review(request_of(job.run, report), job.directory, job.log)


def finish(job: FinishJob, report: Report) -> RunResult:
    """Bring a submitted review to its end; what is to be kept stands in `job.outcome` afterwards."""
    # Loaded here, because most imports need no review.
    from headgate.engine.review.finish import finish_review

    engines: list[HookProcess] = []
    request = request_of(job.run, report, engines)
    outcome = finish_review(request, job.directory, job.log, job.run.workdir)
    _check_engines(outcome, engines)
    _keep_files(outcome, job.outcome)
    return _result(outcome)


def help_along(job: HelpJob) -> Helped:
    """Make one part of a large import that another process runs."""
    # Loaded here, because few imports are that large.
    from headgate.engine.large.helping import help_along
    from headgate.engine.large.offers import Offer

    offer = Offer.of(job.directory)
    if offer is None:
        return Helped(made=False)
    told = RunJob(
        import_id=job.import_id, source=job.directory, kind="file", user=None, workdir=job.workdir, **offer.about
    )
    numbers = None if job.number is None else [job.number]
    return Helped(help_along(offer, request_of(told, no_progress), job.workdir, numbers))


def _about(job: RunJob) -> dict[str, Any]:
    """What a process is told that helps with the import: all that decides about its rows."""
    names = ("document", "filename", "memory", "recipe", "part_bytes", "disk_reserve")
    return {name: getattr(job, name) for name in names}


def _check_engines(outcome: Outcome, engines: list[HookProcess]) -> None:
    """Raises HelperKilledError where hooks failed because their engine was killed, which a hook cannot do by itself: the import
    is not failed for that, but tried again as after any crash."""
    if outcome.status != "SUCCESSFUL" and any(one.killed for one in engines):
        raise HelperKilledError


def request_of(job: RunJob, report: Report, engines: list[HookProcess] | None = None) -> ImportRequest:
    """What the engine is asked to do. The hooks' processes are those of this worker; `engines` is given those that are used."""

    def start_hooks() -> HookProcess:
        pool = _hook_pool(job.hooks)
        try:
            started = pool.acquire()
        except EngineStartError:  # it may have been killed in the middle of its start
            started = pool.acquire()
        if engines is not None:
            engines.append(started)
        return started

    return ImportRequest(
        source=job.source,
        schema=_schema_of(job.document),
        filename=job.filename,
        kind=job.kind,
        memory=None if job.memory is None else MatchMemory.from_json(job.memory),
        import_id=job.import_id,
        user=job.user,
        progress=report,
        start_hooks=start_hooks,
        review_directory=job.review_directory,
        recipe=None if job.recipe is None else _recipe(job.recipe),
        part_bytes=job.part_bytes,
        kept=job.kept,
        disk_reserve=job.disk_reserve,
        lent=job.lent,
    )


def _schema_of(document: dict[str, Any]) -> Schema:
    """The schema of an import: most imports have that of one before, and nothing of a schema ever changes."""
    packed = pickle.dumps(document)  # as the worker was sent it; JSON would not tell all numbers apart
    return _remembered_schema(packed) if len(packed) <= REMEMBERED_BYTES else _parsed(document)


@lru_cache(REMEMBERED_SCHEMAS)
def _remembered_schema(packed: bytes) -> Schema:
    return _parsed(pickle.loads(packed))  # noqa: S301 - packed in this process


def _parsed(document: dict[str, Any]) -> Schema:
    return parse_schema(document["fields"], document["settings"], document["hooks"])


def _recipe(document: dict[str, Any]) -> Recipe:
    # Loaded here, because most imports have none.
    from headgate.engine.recipe.document import parse_recipe

    return parse_recipe(document)


def _result(outcome: Outcome) -> RunResult:
    return RunResult(
        status=outcome.status,
        errors=outcome.errors,
        metadata={key: value for key, value in (outcome.metadata or {}).items() if key not in KEPT_ELSEWHERE},
        decisions=outcome.decisions,
        counts=outcome.decisions.get("rows"),
        learned=None if outcome.learned is None else outcome.learned.to_json(),
        has_result=outcome.status == "SUCCESSFUL",
        user=outcome.user,
    )


@cache
def _hook_pool(settings: HookSettings) -> HookPool:
    """Engine processes for hooks. The first is started when the first hooks come; from then on one waits ready."""
    limits = HookLimits(
        call_seconds=settings.call_seconds,
        import_seconds=settings.import_seconds,
        heap_bytes=settings.memory,
        console_bytes=settings.console_size,
    )
    return HookPool(1, limits, fetcher=_fetcher(settings), require_all_layers=settings.require_sandbox)


def _fetcher(settings: HookSettings) -> Fetcher | None:
    if not settings.hosts and not settings.private_hosts:
        return None
    from headgate.engine.hooks.fetch import Fetcher

    return Fetcher(settings.hosts, settings.private_hosts)


def convert(job: ConvertJob) -> Refused | None:
    """Write a result in another format."""
    try:
        write_output(job.table, job.target, job.format)
    except FormatCannotHoldError as error:
        return Refused(str(error))
    return None


def propose(job: ProposeJob) -> RecipeProposal:
    """The recipe that follows from a review."""
    from headgate.engine.recipe.proposing import propose

    found = propose(
        _schema_of(job.document),
        job.decisions,
        PersonDecisions() if job.person is None else PersonDecisions.from_json(job.person),
        (
            replace(entry, delta=job.deltas[entry.seq].read_bytes()) if entry.seq in job.deltas else entry
            for entry in job.log
        ),
        None if job.recipe is None else _recipe(job.recipe),
    )
    return RecipeProposal(found.document, found.left_out)


def _keep_files(outcome: Outcome, target: Path) -> None:
    if outcome.status == "FAILED" and not outcome.console:
        return
    target.mkdir(parents=True)
    if outcome.console:
        with (target / CONSOLE).open("wb") as file:
            for entry in outcome.console:
                file.write(orjson.dumps(entry, option=orjson.OPT_APPEND_NEWLINE))
    if outcome.issues is not None:
        with (target / ALL_ISSUES).open("wb") as file:
            for entry in outcome.issues.entries():
                file.write(orjson.dumps(entry, option=orjson.OPT_APPEND_NEWLINE))
    if outcome.result is not None:
        outcome.write(target / RESULT, last=True)
        if not linked(outcome.result, target / TABLE):
            shutil.move(outcome.result, target / TABLE)
