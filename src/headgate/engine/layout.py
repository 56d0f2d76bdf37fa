"""What header and matching settled: where the data rows are, and which column fills which slot."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Self

from headgate.engine.match import ColumnDecision
from headgate.engine.table import RawTable
from headgate.engine.working import Slot, slots_for
from headgate.records import dataclass
from headgate.schema import Schema


@dataclass(frozen=True)
class Layout:
    """`headers`: one per column of the table, "" where it has none. `first_row`: the first record that is data.
    `width`: how many cells a row has by right. `slots`: in the order of the schema's fields."""

    table: RawTable
    headers: Sequence[str]
    first_row: int
    width: int
    columns: Sequence[ColumnDecision]
    slots: Sequence[Slot]

    @classmethod
    def of(
        cls,
        table: RawTable,
        headers: Sequence[str],
        first_row: int,
        width: int,
        columns: Sequence[ColumnDecision],
        schema: Schema,
        filled_by_hooks: Collection[str] = (),
    ) -> Self:
        """The layout that follows from the accepted matches. `filled_by_hooks`: keys of fields that need no column."""
        taken: dict[str, list[int]] = {}
        for column in columns:
            if column.status == "accepted" and column.field is not None:
                taken.setdefault(column.field, []).append(column.index)
        return cls(table, headers, first_row, width, columns, slots_for(schema.fields, taken, filled_by_hooks))

    @property
    def unmapped(self) -> list[int]:
        """The columns that no slot took."""
        taken = {slot.column for slot in self.slots}
        return [column for column in range(self.table.width) if column not in taken]
