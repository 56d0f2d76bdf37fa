"""Every change of the review API that concerns rows: what it would do (a proposal), what it does (a delta), what undoes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from headgate.engine.review.changes.cells import clear, fill, paste, set_cells
from headgate.engine.review.changes.drafting import Draft, RowHooks, draft
from headgate.engine.review.changes.replace import replace
from headgate.engine.review.changes.rows import add_rows, delete_rows, refuse_forbidden
from headgate.engine.review.changes.trial import tried
from headgate.engine.review.changes.undo import taken_back
from headgate.engine.review.delta import Counted, Delta, PackedDelta
from headgate.engine.review.grid import Grid
from headgate.engine.review.log import Direction, LogEntry, Prepared, RefusedChangeError
from headgate.engine.review.proposal import Proposal
from headgate.schema import Settings

Proposer = Callable[[Mapping[str, Any]], Proposal]
"""Makes a proposal of a change of the API."""

TRIAL = "trial"
"""Key of a change that is only previewed: what takes long may be computed on some of the rows (`Proposal.tried`)."""

_NAMED = ("column", "columns", "find", "replace", "regex", "match_case", "whole_cell", "direction", "count", "group",
          "fix", "expression", "upload", "after")  # fmt: skip
"""The keys of a change that its history entry names; what people typed into cells stands in the delta alone."""


class Editor:
    """Computes changes of one table; nothing takes effect before its delta is applied.

    `hooks`: those that see changed rows, None for none. `others`: the proposers of further kinds (`fix`, `transform`,
    `merge_file`).
    """

    def __init__(
        self,
        grid: Grid,
        settings: Settings,
        hooks: RowHooks | None = None,
        others: Mapping[str, Proposer] | None = None,
    ) -> None:
        self._grid = grid
        self._settings = settings
        self._hooks = hooks
        self._proposers: dict[str, Proposer] = {
            "set_cells": lambda change: set_cells(grid, change)[0],
            "paste": lambda change: paste(grid, change),
            "fill": lambda change: fill(grid, change),
            "clear": lambda change: clear(grid, change),
            "replace": lambda change: replace(grid, change),
            "add_rows": lambda change: add_rows(grid, change),
            "delete_rows": lambda change: delete_rows(grid, change),
            **(others or {}),
        }

    def propose(self, change: Mapping[str, Any]) -> Proposal:
        """What a Change of the API would do. Raises RefusedChangeError."""
        proposer = self._proposers.get(change["kind"])
        if proposer is None:
            raise RefusedChangeError("unknown_change", f"There is no change of the kind {change['kind']!r}.")
        proposal = proposer(change).without_masks(self._grid.table.hooked)
        refuse_forbidden(proposal, self._settings)
        return proposal

    def prepare(self, change: Mapping[str, Any]) -> Prepared:
        """A Change, computed with all that hooks make of it. Raises RefusedChangeError; ImportFailedError when a hook fails."""
        if change["kind"] == "set_cells":
            proposal, conflicts = set_cells(self._grid, change)
            proposal = proposal.without_masks(self._grid.table.hooked)
        else:
            proposal = self.propose(change)
            conflicts = list(proposal.conflicts)
        drafted = draft(self._grid.table, proposal, self._hooks)
        answer = {
            "added": drafted.added["row"].to_list(),
            "conflicts": conflicts,
            "skipped": proposal.skipped,
        }
        parameters = {key: change[key] for key in _NAMED if change.get(key) is not None}
        if change["kind"] == "replace" and _is_everything(change.get("view") or {}):
            parameters["everywhere"] = True
        return _prepared(change["kind"], parameters, drafted, answer)

    def preview(self, change: Mapping[str, Any]) -> dict[str, Any]:
        """Preview of a Change; what cannot be done is told as its `problem`."""
        try:
            return tried(self._grid.table, self.propose({**change, TRIAL: True}))
        except RefusedChangeError as refused:
            if refused.code not in {"wrong_expression", "nothing_to_do"}:
                raise
            nothing: dict[str, Any] = {
                "tried_rows": None,
                "cells": 0,
                "rows": 0,
                "skipped": 0,
                "samples": [],
                "errors_before": 0,
                "errors_after": 0,
            }
            return {**nothing, "problem": str(refused)}

    def prepare_undo(self, entry: LogEntry, direction: Direction) -> Prepared:
        """Take back an edit, or bring it again. Hooks do not run: the cells get back what they had."""
        before = PackedDelta(Delta().to_bytes() if entry.delta is None else entry.delta)
        drafted, skipped = taken_back(self._grid.table, before, direction)
        answer = {"added": drafted.added["row"].to_list(), "conflicts": []}
        prepared = _prepared(direction, {"kind": entry.kind, **entry.parameters}, drafted, answer, entry.seq)
        prepared.answer["skipped"] = skipped()
        return prepared


def _is_everything(view: Mapping[str, Any]) -> bool:
    """Whether a view shows all rows. What a recipe may repeat in another file must have been meant for all of this one."""
    return view.get("only", "all") == "all" and not any(
        view.get(key) for key in ("group", "search", "filters", "snapshot")
    )


def _prepared(
    kind: str, parameters: dict[str, Any], drafted: Draft, answer: dict[str, Any], undoes: int | None = None
) -> Prepared:
    counted = Counted()
    packed = PackedDelta.of(counted.passed(drafted.cells), drafted.added, drafted.deleted)
    rows = counted.rows(drafted.added, drafted.deleted)
    return Prepared(kind, parameters, counted.cells, rows, packed.data, undoes, answer)
