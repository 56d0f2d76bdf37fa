"""The end of a review that was submitted: its rows are checked and delivered as those of any import."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from headgate.engine.conclusion import Conclusion, with_notes_of_hooks
from headgate.engine.errors import ImportFailedError
from headgate.engine.outcome import Outcome
from headgate.engine.request import ImportRequest
from headgate.engine.review.log import LogEntry
from headgate.engine.review.pre_submit import copy_for_hooks, has_pre_submit, submitted_notes
from headgate.engine.review.rows_out import RowsOut
from headgate.engine.review.session import Review
from headgate.engine.review.stages import Rows


def finish_review(request: ImportRequest, directory: Path, log: Sequence[LogEntry], workdir: Path) -> Outcome:
    """Deliver the rows as the log leaves them, keeping result files in `workdir`.

    SUCCESSFUL; NEEDS_REVIEW, with the reasons, where a step still waits for the person, errors are left and the schema wants
    none, or a hook stopped it; FAILED when a hook breaks. `directory` is the review's, which nobody else may have open
    (ReviewInUseError); it stays as it is. The same log gives the same result bytes.
    """
    workdir.mkdir(parents=True, exist_ok=True)
    with ExitStack() as resources:
        review = None
        try:
            review = Review(request, directory, log)
            resources.callback(review.close)
            if open_reasons := review.open_reasons():
                return Outcome.needs_review(open_reasons, review.decisions())
            review.advance("review")
            rows = review.rows_to_deliver()
            outcome = _concluded(rows, review.counted(), workdir, pre_submit=submitted_notes(log) is None)
        except ImportFailedError as failure:
            return Outcome.failed(failure, {} if review is None else review.decisions())
        return with_notes_of_hooks(outcome, rows.run.hooks)


def _concluded(rows: Rows, counted: dict[str, int], workdir: Path, *, pre_submit: bool) -> Outcome:
    run, out = rows.run, RowsOut(rows.table)
    run.workdir = workdir
    conclusion = Conclusion(run, rows.layout, counted)
    last_word = has_pre_submit(rows) or run.schema.hooks.before_finish_callback is not None
    if run.hooks is None or not last_word:
        return conclusion.of_rows(out)
    hooked = copy_for_hooks(rows, workdir / "hooked")
    try:
        return conclusion.of_hooked_rows(hooked, run.hooks, pre_submit=pre_submit)
    finally:
        hooked.remove()
