"""The end of a review that was submitted: its rows are checked and delivered as those of any import."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from headgate.engine.conclusion import Conclusion, with_notes_of_hooks
from headgate.engine.errors import ImportFailedError
from headgate.engine.hooked_table import HookedTable
from headgate.engine.outcome import Outcome
from headgate.engine.request import ImportRequest
from headgate.engine.review.log import LogEntry
from headgate.engine.review.rows_out import RowsOut
from headgate.engine.review.session import Review
from headgate.engine.review.stages import Rows
from headgate.schema.hooks import Hooks


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
            outcome = _concluded(rows, review.counted(), workdir, pre_submit=not ran_pre_submit(log))
        except ImportFailedError as failure:
            return Outcome.failed(failure, {} if review is None else review.decisions())
        return with_notes_of_hooks(outcome, rows.run.hooks)


def _concluded(rows: Rows, counted: dict[str, int], workdir: Path, *, pre_submit: bool) -> Outcome:
    run, out = rows.run, RowsOut(rows.table)
    run.workdir = workdir
    conclusion = Conclusion(run, rows.layout, counted)
    if run.hooks is None or not _have_the_last_word(run.schema.hooks):
        return conclusion.of_rows(out)
    hooked = HookedTable.of(out.chunks(), rows.slots, workdir / "hooked")
    try:
        return conclusion.of_hooked_rows(hooked, run.hooks, pre_submit=pre_submit)
    finally:
        hooked.remove()


def _have_the_last_word(hooks: Hooks) -> bool:
    pre_submit = any(hook.type == "REVIEW_STEP_PRE_SUBMIT" for hook in hooks.step_hooks)
    return pre_submit or hooks.before_finish_callback is not None


def ran_pre_submit(log: Sequence[LogEntry]) -> bool:
    """Whether what REVIEW_STEP_PRE_SUBMIT does to the rows is in the log already, and nothing came after it."""
    for entry in reversed(log):
        if entry.kind == "hooks":
            return True
        if entry.delta is not None or entry.parameters.get("decisions") is not None:
            return False
    return False
