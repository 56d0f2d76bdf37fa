"""An import as a trial: as any other, but that every row is noted and nothing is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from headgate.engine.issue_kinds import Level
from headgate.engine.outcome import Outcome
from headgate.engine.pipeline import run_import
from headgate.engine.request import ImportRequest
from headgate.engine.review.log import LogEntry
from headgate.engine.trial.witness import Witness
from headgate.records import dataclass

LEVELS: tuple[Level, ...] = ("error", "warning", "info")


@dataclass(frozen=True)
class Trial:
    """How it ended, and its rows."""

    outcome: Outcome
    witness: Witness

    @property
    def issues(self) -> dict[str, int]:
        """Level → how many messages."""
        log = self.outcome.issues
        return {level: 0 if log is None else log.count(level) for level in LEVELS}

    def causes(self) -> Counter[tuple[str | None, str, str]]:
        """(field, level, code) → how many messages."""
        found: Counter[tuple[str | None, str, str]] = Counter()
        if self.outcome.issues is not None:
            for kind, count in self.outcome.issues.counts.items():
                found[kind.field, kind.level, kind.code] += count
        return found

    def issues_of(self, indexes: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
        """Row index → what is said of that row, for the rows with those indexes."""
        wanted = set(indexes)
        found: dict[int, list[dict[str, Any]]] = {index: [] for index in wanted}
        if self.outcome.issues is None or not wanted:
            return found
        last = max(wanted)
        for entry in self.outcome.issues.entries():
            if entry["rowIndex"] > last:
                break
            if entry["rowIndex"] in wanted:
                found[entry["rowIndex"]].append(issue_json(entry))
        return found


def issue_json(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry of an issue log as trials show it."""
    shown = {
        "field": entry["fieldKey"], "level": entry["level"], "code": entry["code"], "message": entry["message"],
        "value": entry["value"],
    }  # fmt: skip
    return shown | ({"manyToOneIndex": entry["manyToOneIndex"]} if "manyToOneIndex" in entry else {})


def run_trial(
    request: ImportRequest, workdir: Path, *, limit: int | None = None, log: Sequence[LogEntry] = ()
) -> Trial:
    """Import `request.source`, noting the first `limit` rows, all by default. `log`: what people did in a review of it, which
    is done again. Never raises for what a file, schema or hook does, as `run_import`."""
    witness = Witness(workdir / "witness", limit)
    request = replace(request, witness=witness, review_directory=None)
    if not log:
        return Trial(run_import(request, workdir / "engine"), witness)
    # Here, because most trials are of imports that nobody reviewed.
    from headgate.engine.review.finish import finish_review

    return Trial(finish_review(request, workdir / "review", log, workdir / "engine"), witness)
