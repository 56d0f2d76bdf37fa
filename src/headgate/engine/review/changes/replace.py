"""Find and replace, in the texts that people edit.

Regular expressions are those of Rust's `regex` crate: linear in time whatever the pattern, without look-around and back
references. The replacement is written as in JavaScript: `$1`, `$<name>`, `$&` (all that was found), `$$` (a dollar).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from headgate.engine.hooked_table import HookedSlot
from headgate.engine.patterns import escaped, groups_of, rust_template
from headgate.engine.review.changes.targets import editable
from headgate.engine.review.delta import GIVEN
from headgate.engine.review.grid import Grid
from headgate.engine.review.proposal import ColumnEdit, Proposal
from headgate.engine.review.refusals import refused
from headgate.engine.review.reviewed import Positions
from headgate.engine.review.shown import edited_texts
from headgate.records import dataclass


@dataclass(frozen=True)
class Replacement:
    """What is looked for, and what stands in its place: a pattern and a template of Rust's `regex`."""

    pattern: str
    template: str

    @classmethod
    def of(cls, change: Mapping[str, Any]) -> Replacement:
        """The replacement that a Replace of the API means. Raises RefusedChangeError (`wrong_expression`)."""
        find, replace = change["find"], change.get("replace") or ""
        if find == "":
            raise refused("nothing_to_do", "find_missing")
        pattern = find if change.get("regex") else escaped(find)
        groups = groups_of(pattern)
        template = rust_template(replace, groups) if change.get("regex") else replace.replace("$", "$$")
        if change.get("whole_cell"):
            pattern = rf"\A(?:{pattern})\z"
        if not change.get("match_case"):
            pattern = f"(?i){pattern}"
        return cls(pattern, template)

    def applied(self, texts: pl.Series) -> pl.Series:
        """The texts with everything replaced."""
        return texts.str.replace_all(self.pattern, self.template)


def replace(grid: Grid, change: Mapping[str, Any]) -> Proposal:
    """Replace in the rows of a view, in the named columns or in all that may be edited."""
    replacement = Replacement.of(change)
    rows = grid.views.rows(change.get("view") or {}).positions
    named = change.get("columns")
    slots = _searched(grid, named)
    edits, skipped = [], 0
    for hooked in slots:
        edit = _replaced(grid, hooked, rows, replacement)
        if hooked in editable(slots):
            edits.append(edit)
        elif named is not None:
            skipped += edit.cells
    return Proposal([edit for edit in edits if edit.cells], skipped=skipped)


def _searched(grid: Grid, named: Sequence[str] | None) -> list[HookedSlot]:
    """The named columns, or all. Never those whose values are hidden: what is found in them would tell what they are."""
    if named is None:
        return [hooked for hooked in grid.pages.shown if hooked.slot.field.mask is None]
    slots = [grid.views.slot(column) for column in named]
    for hooked in slots:
        if hooked.slot.field.mask is not None:
            raise refused("not_editable", "field_is_masked", field=hooked.slot.field.label)
    return slots


def _replaced(grid: Grid, hooked: HookedSlot, rows: Positions, replacement: Replacement) -> ColumnEdit:
    """The cells of a slot in which anything was found."""
    positions, texts = [], []
    for chunk, at, part in grid.table.by_chunk(rows):
        before = edited_texts(grid.table.cells.frame(chunk, [hooked], at), hooked)
        after = replacement.applied(before)
        changed = after.ne_missing(before).arg_true()
        if len(changed):
            positions.append(rows[part][changed.to_numpy()])
            texts.append(after.gather(changed))
    if not positions:
        return ColumnEdit.of(hooked, rows[:0], pl.Series([], dtype=pl.String), GIVEN)
    return ColumnEdit.of(hooked, np.concatenate(positions), pl.concat(texts), GIVEN)
