"""Rows that people add and delete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from headgate.engine.review.changes.targets import rows_of_range
from headgate.engine.review.grid import Grid
from headgate.engine.review.proposal import Proposal
from headgate.engine.review.refusals import refused
from headgate.engine.review.row_places import NOWHERE, distinct
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
    found = distinct(found[found != NOWHERE])
    if len(found) == 0:
        raise refused("nothing_to_do", "rows_gone")
    return Proposal(deleted=found)


def refuse_forbidden(proposal: Proposal, settings: Settings) -> None:
    """Raises RefusedChangeError for rows that the schema does not let people add or delete."""
    if proposal.added and not settings.review_step.allow_adding_rows:
        raise refused("not_editable", "rows_may_not_be_added")
    if len(proposal.deleted) and not settings.review_step.allow_removing_rows:
        raise refused("not_editable", "rows_may_not_be_deleted")
