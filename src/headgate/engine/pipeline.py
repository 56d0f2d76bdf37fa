"""The import pipeline: read → header → match → hooks → types → validators → decide → result.

`run_import` is the whole story; the steps of `ImportRun` are its chapters in order, `Conclusion` is its end, and the
modules that they call hold the details. Nothing here knows of HTTP, databases or queues.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from headgate.engine.conclusion import Conclusion, with_notes_of_hooks
from headgate.engine.errors import ImportFailedError, ReviewReason
from headgate.engine.freed_memory import freed_memory_kept
from headgate.engine.import_run import ImportRun
from headgate.engine.layout import Layout
from headgate.engine.outcome import Outcome
from headgate.engine.read.workbook_signs import reader_ahead
from headgate.engine.request import ImportRequest
from headgate.engine.review_reasons import header_reason, match_reasons
from headgate.engine.settle import KeptLook
from headgate.engine.streamed_rows import StreamedRows
from headgate.engine.table import ForgottenChunkError

if TYPE_CHECKING:
    from headgate.engine.review.keeping import Keeper


def run_import(request: ImportRequest, workdir: Path) -> Outcome:
    """Import `request.source`, keeping all intermediate and result files in `workdir`.

    Never raises for what a file or a hook does: an import that cannot go on is a FAILED outcome. The same request gives
    the same result bytes.
    """
    with freed_memory_kept(request.source), reader_ahead(request.source):
        try:
            return _imported(request, workdir)
        except ForgottenChunkError:
            # What was kept is damaged, and the rows that it would be made of were let go: all of it was forgotten.
            return _imported(request, workdir / "anew")


def _imported(request: ImportRequest, workdir: Path) -> Outcome:
    with ExitStack() as resources:
        run = _begun_run(request, workdir, resources)
        try:
            outcome = _steps(run)
        except ImportFailedError as failure:
            outcome = Outcome.failed(failure, run.record())
        except ForgottenChunkError:
            if run.work is not None:
                run.work.forget()
            raise
        return with_notes_of_hooks(outcome, run.hooks)


def _begun_run(request: ImportRequest, workdir: Path, resources: ExitStack) -> ImportRun:
    """A run at its beginning; that of a large file which was killed, behind the steps that it had taken."""
    from headgate.engine.large.work import large_work

    work = large_work(request, workdir, resources)
    if work is not None and (steps := work.steps()) is not None and (table := work.table()) is not None:
        from headgate.engine.review.kept_run import resumed_run

        run = resumed_run(request, steps, table, workdir, resources)
    else:
        run = ImportRun(request, workdir, resources)
    run.work = work
    return run


def _steps(run: ImportRun) -> Outcome:
    if run.settled is None and (reasons := _steps_before_rows(run)):
        return _needs_review(run, reasons)
    if (layout := run.layout) is None or (settled := run.settled) is None:
        raise RuntimeError("the steps before the rows were not taken")
    keeper = _keeper(run)
    rows = run.rows(layout, settled.typing)
    conclusion = Conclusion(run, layout)
    if run.hooks is None or isinstance(rows, StreamedRows):
        outcome = conclusion.of_rows(rows)
    else:
        outcome = conclusion.of_hooked_rows(rows, run.hooks)
    if keeper is not None and outcome.status == "NEEDS_REVIEW":
        keeper.keep(None if conclusion.changed_rows else rows)
    return outcome


def _steps_before_rows(run: ImportRun) -> list[ReviewReason]:
    """Read, header, match, settle; gives why a person must decide something first."""
    layout = run.layout
    if layout is None:
        table = run.read()
        run.start_hooks(table)
        header = run.find_header(table)
        if header.status == "uncertain":
            return [header_reason(header)]
        layout = run.match(table, header)
        if reasons := match_reasons(layout.columns, run.schema):
            return reasons
        _keep_steps(run, layout)
    run.learn(layout, run.settle_types(layout, _kept_evidence(run, layout)))
    _keep_steps(run, layout)
    return []


def _keep_steps(run: ImportRun, layout: Layout) -> None:
    """Have a run of a large table that is killed from here on be taken up behind the steps so far."""
    if run.work is not None and layout.table.large and run.hooks is None:
        from headgate.engine.review.kept_run import run_document

        run.work.keep_steps(run_document(run))


def _kept_evidence(run: ImportRun, layout: Layout) -> KeptLook | None:
    if run.work is None or not layout.table.large or run.hooks is not None:
        return None
    from headgate.engine.large.kept_evidence import KeptEvidence

    return KeptEvidence.of(run, run.work)


def _needs_review(run: ImportRun, reasons: list[ReviewReason]) -> Outcome:
    if (keeper := _keeper(run)) is not None:
        keeper.keep(None)
    return Outcome.needs_review(reasons, run.record())


def _keeper(run: ImportRun) -> Keeper | None:
    """Who keeps the steps taken so far for a review, where one is wanted."""
    if run.request.review_directory is None:
        return None
    # Here, because imports without reviews have no use for it.
    from headgate.engine.review.keeping import Keeper

    keeper = Keeper(run, run.request.review_directory)
    keeper.note_steps()
    return keeper
