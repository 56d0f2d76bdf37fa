"""What was done, what came of it, and what was broken, for people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tests.chaos.auditor import Auditor, Sent
from tests.chaos.installation import Installation
from tests.chaos.journal import Journal
from tests.chaos.misfortunes import Misfortunes


@dataclass
class Run:
    """One arrangement that was disturbed. `seconds`: all that it took."""

    arrangement: str
    seed: int
    seconds: float
    made: Installation
    misfortunes: Misfortunes
    journal: Journal
    auditor: Auditor
    sent: list[Sent]


def say(text: str) -> None:
    """To whoever watches."""
    print(text, flush=True)  # noqa: T201 - the suite's own words


def write(run: Run) -> None:
    """The whole report."""
    told = run.journal.imports
    say(f"\n{run.arrangement}, seed {run.seed}: {run.misfortunes.kills} kills in {run.seconds:.0f} s")
    say(_counted("misfortunes", run.misfortunes.counts))
    for what, why in run.made.missing.items():
        say(f"not tried: {what}, because {why}")
    say(_counted("imports", Counter(f"{one.given.kind}{' again' if one.rerun else ''}" for one in told)))
    say(_counted("accepted and deleted", Counter(_fate(one.accepted, one.deleted) for one in told)))
    edits = [edit for one in told for edit in one.edits]
    taken_back = sum(edit.undone == "yes" for edit in edits)
    submitted = sum(one.submitted == "yes" for one in told)
    reviewed = sum(bool(one.edits) for one in told)
    say(f"reviews: {reviewed} with {len(edits)} changes, {taken_back} taken back, {submitted} submitted")
    say(_counted("ends", run.auditor.ends))
    say(f"webhooks: {len(run.sent)} requests, {sum(one.status < 300 for one in run.sent)} taken, "
        f"{len({one.request.headers['webhook-id'] for one in run.sent})} ids")  # fmt: skip
    say(_counted("answers", run.journal.answers))
    say("\n".join(f"BROKEN {one}" for one in run.journal.broken) or "every promise was kept")


def _fate(accepted: bool, deleted: str) -> str:
    return f"{'accepted' if accepted else 'not accepted'}{'' if deleted == 'no' else ', deleted'}"


def _counted(title: str, counts: Counter[str]) -> str:
    return f"{title}: " + ", ".join(f"{count} {what}" for what, count in counts.most_common())
