"""Rows that people add and delete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from headgate.engine.review.changes.targets import refuse_nothing, rows_of_range
from headgate.engine.review.grid import Grid
from headgate.engine.review.log import RefusedChangeError
from headgate.engine.review.proposal import Proposal
from headgate.engine.review.row_places import NOWHERE
from headgate.schema import Settings


def add_rows(grid: Grid, change: Mapping[str, Any]) -> Proposal:
    """Empty rows, below another one or at the end."""
    after = change.get("after")
    if after is not None:
        grid.position(after)
    return Proposal(added=[{} for _ in range(int(change.get("count") or 1))], after=after)


def delete_rows(grid: Grid, change: Mapping[str, Any]) -> Proposal:
    """Rows by number, or those of a range. Rows that are gone already are passed over."""
    if change.get("range") is not None:
        found = rows_of_range(grid, change["range"])
    else:
        found = grid.table.find(np.array(change.get("rows") or [], np.int64))
    found = np.unique(found[found != NOWHERE])
    if len(found) == 0:
        raise refuse_nothing("There are no such rows (any more).")
    return Proposal(deleted=found)


def refuse_forbidden(proposal: Proposal, settings: Settings) -> None:
    """Raises RefusedChangeError for rows that the schema does not let people add or delete."""
    if proposal.added and not settings.review_step.allow_adding_rows:
        raise RefusedChangeError("not_editable", "Rows may not be added to this import.")
    if len(proposal.deleted) and not settings.review_step.allow_removing_rows:
        raise RefusedChangeError("not_editable", "Rows of this import may not be deleted. Correct them instead.")
