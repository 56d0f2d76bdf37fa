"""Ways to mend all cells of an error group at once: what is offered, and what taking an offer would do.

A fix is computed on distinct texts and written by columns. Nothing here is ever applied by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

import polars as pl

from headgate.engine.hooked_table import HookedSlot
from headgate.engine.review.delta import GIVEN
from headgate.engine.review.duplicate_rows import KEEP_FIRST, KEEP_LAST, repeated_rows, rows_to_delete
from headgate.engine.review.log import RefusedChangeError
from headgate.engine.review.proposal import ColumnEdit, Proposal
from headgate.engine.review.refusals import refused
from headgate.engine.review.remedies import HOW, SUGGESTION, Remedies, remedies_for, trimmed
from headgate.engine.review.reviewed import (
    COUNT,
    POSITION,
    TEXT,
    Group,
    Positions,
    ReviewedRows,
    group_of_id,
    is_editable,
    slot_at,
)
from headgate.engine.types.select import NOT_AN_OPTION, SelectReader
from headgate.records import dataclass
from headgate.schema import Field

CLEAR, SET_VALUE, MAP_VALUES, DELETE_ROWS = "clear", "set_value", "map_values", "delete_rows"

AFTER = "after"


@dataclass
class GroupCells:
    """The cells of one group: their rows, and their texts as the type looks at them (`text`, null = empty)."""

    hooked: HookedSlot
    positions: Positions
    texts: pl.Series

    @classmethod
    def of(cls, rows: ReviewedRows, group: Group, hooked: HookedSlot) -> GroupCells:
        """The cells as they are now."""
        positions = rows.rows_of(group)
        texts = rows.frame(positions, [hooked])[hooked.slot.text]
        return cls(hooked, positions, trimmed(hooked, texts).rename(TEXT))

    def distinct(self) -> pl.DataFrame:
        """Its different texts with their COUNT, the most frequent first; equally frequent ones as they come."""
        return self.texts.value_counts(sort=False, name=COUNT).sort(
            COUNT, TEXT, descending=[True, False], nulls_last=True
        )

    def edit(self, after: pl.DataFrame, how: int) -> ColumnEdit:
        """Write for every text what the table `after` (TEXT, AFTER) has for it; texts that it lacks stay."""
        cells = pl.DataFrame({POSITION: self.positions, TEXT: self.texts})
        found = cells.join(after, on=TEXT, how="inner", maintain_order="left", nulls_equal=True)
        return ColumnEdit.of(self.hooked, found[POSITION].to_numpy(), found[AFTER], how)

    def whole_edit(self, text: str | None) -> ColumnEdit:
        """Write one text into all of its cells, as a person writes it."""
        texts = pl.Series([text], dtype=pl.String).new_from_index(0, len(self.positions))
        return ColumnEdit.of(self.hooked, self.positions, texts, GIVEN)


@dataclass
class Fixer:
    """Carries out fixes of one review. It remembers what texts mean, so keep it as long as the readers stay the same.

    `fields`: all fields of the schema, by key. `may_delete`: whether people may delete rows (`allowRemovingRows`).
    """

    rows: ReviewedRows
    fields: Mapping[str, Field]
    may_delete: bool = True
    _remedies: dict[int, Remedies] = field(default_factory=dict)

    def remedies(self, hooked: HookedSlot) -> Remedies:
        """What the texts of a slot may mean."""
        return self._remedies.setdefault(hooked.slot.position, Remedies(hooked))

    def propose(self, change: Mapping[str, Any]) -> Proposal:
        """What a `fix` change of the API would do. Raises RefusedChangeError."""
        group = group_of_id(self.rows, change["group"])
        fix = str(change["fix"])
        proposal = self._deletion(group, fix) if fix in {DELETE_ROWS, KEEP_FIRST, KEEP_LAST} else None
        if proposal is None:
            proposal = Proposal((self._edit(group, fix, change),))
        if not proposal:
            raise refused("nothing_to_do", "nothing_left_to_fix")
        return proposal

    def after(self, hooked: HookedSlot, remedy: str, distinct: pl.Series) -> pl.DataFrame:
        """TEXT and AFTER for the texts that a remedy helps."""
        texts = distinct.drop_nulls()
        found = self.remedies(hooked).of_texts(remedy, texts)
        return pl.DataFrame({TEXT: texts, AFTER: found}).drop_nulls(AFTER)

    def _deletion(self, group: Group, fix: str) -> Proposal:
        if not self.may_delete:
            raise refused("not_editable", "rows_may_not_be_deleted")
        if fix == DELETE_ROWS:
            return Proposal(deleted=self.rows.rows_of(group))
        repeated = repeated_rows(self.rows, group, self.fields)
        if repeated is None:
            raise _no_such_fix()
        return Proposal(deleted=rows_to_delete(repeated, fix))

    def _edit(self, group: Group, fix: str, change: Mapping[str, Any]) -> ColumnEdit:
        if group.slot is None:
            raise _no_such_fix()
        hooked = slot_at(self.rows, group.slot)
        if not is_editable(hooked.slot):
            raise refused("not_editable", "field_may_not_be_changed", field=hooked.slot.field.label)
        cells = GroupCells.of(self.rows, group, hooked)
        match fix:
            case "clear":
                return cells.whole_edit(None)
            case "set_value":
                return cells.whole_edit(_given_text(change))
            case "map_values":
                return cells.edit(self._mapped(hooked, cells, change.get("values")), HOW)
        if fix not in {SUGGESTION, *remedies_for(hooked, group.code)}:
            raise _no_such_fix()
        return cells.edit(self.after(hooked, fix, cells.distinct()[TEXT]), HOW)

    def _mapped(self, hooked: HookedSlot, cells: GroupCells, values: Mapping[str, str | None] | None) -> pl.DataFrame:
        if not isinstance(hooked.reader, SelectReader):
            raise _no_such_fix()
        if values is None:
            return self.after(hooked, SUGGESTION, cells.distinct()[TEXT])
        options = {option.value for option in hooked.slot.field.select_options}
        for value in values.values():
            if value is not None and value not in options:
                raise refused("unknown_option", "no_such_option", value=value, field=hooked.slot.field.label)
        table = pl.DataFrame(
            {TEXT: list(values), AFTER: list(values.values())}, schema={TEXT: pl.String, AFTER: pl.String}
        )
        return table.with_columns(trimmed(hooked, table[TEXT])).unique(TEXT, keep="first", maintain_order=True)


def is_mapped(hooked: HookedSlot, code: str) -> bool:
    """Whether the errors of a group are texts that name no option, to be mapped to one."""
    return code == NOT_AN_OPTION and isinstance(hooked.reader, SelectReader)


def _given_text(change: Mapping[str, Any]) -> str:
    text = change.get("text")
    if not isinstance(text, str) or text == "":
        raise refused("nothing_to_do", "text_missing")
    return text


def _no_such_fix() -> RefusedChangeError:
    return refused("nothing_to_do", "fix_not_offered")
