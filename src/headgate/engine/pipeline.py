"""The import pipeline: read → header → match → hooks → types → validators → decide → result.

`run_import` is the whole story; the steps of `ImportRun` are its chapters in order, `Conclusion` is its end, and the
modules that they call hold the details. Nothing here knows of HTTP, databases or queues.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from headgate.engine.conclusion import Conclusion, with_notes_of_hooks
from headgate.engine.errors import ImportFailedError
from headgate.engine.import_run import ImportRun, StreamedRows
from headgate.engine.outcome import Outcome
from headgate.engine.request import ImportRequest
from headgate.engine.review_reasons import header_reason, match_reasons


def run_import(request: ImportRequest, workdir: Path) -> Outcome:
    """Import `request.source`, keeping all intermediate and result files in `workdir`.

    Never raises for what a file or a hook does: an import that cannot go on is a FAILED outcome. The same request gives
    the same result bytes.
    """
    with ExitStack() as resources:
        run = ImportRun(request, workdir, resources)
        try:
            outcome = _steps(run)
        except ImportFailedError as failure:
            outcome = Outcome.failed(failure, run.record())
        return with_notes_of_hooks(outcome, run.hooks)


def _steps(run: ImportRun) -> Outcome:
    table = run.read()
    run.start_hooks(table)
    header = run.find_header(table)
    if header.status == "uncertain":
        return Outcome.needs_review([header_reason(header)], run.record())
    layout = run.match(table, header)
    if reasons := match_reasons(layout.columns, run.schema):
        return Outcome.needs_review(reasons, run.record())
    settled = run.settle_types(layout)
    run.learn(layout, settled)
    rows = run.rows(layout, settled.typing)
    conclusion = Conclusion(run, layout)
    if run.hooks is None or isinstance(rows, StreamedRows):
        return conclusion.of_rows(rows)
    return conclusion.of_hooked_rows(rows, run.hooks)
