"""Small reviews in memory: columns of text go through the import's own typing and checks, and stay in one frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from headgate.engine.checking import Checks
from headgate.engine.hooked_table import HookedSlot
from headgate.engine.issues import IssueLog
from headgate.engine.review.delta import TYPED
from headgate.engine.review.fixes import GroupCells
from headgate.engine.review.proposal import Proposal
from headgate.engine.review.reviewed import COUNT, POSITION, TEXT, Group, GroupState, Positions, ReviewedRows, slot_at
from headgate.engine.settle import settle_types
from headgate.engine.table import ROW, FileDescription, RawTable, SourceKind, Spool, cell_column
from headgate.engine.types.base import TypeContext
from headgate.engine.types.registry import build_type
from headgate.engine.working import INDEX, DataRows, RowCounts, slots_for
from headgate.schema import parse_schema

Column = Sequence[str | None]


class SmallReview:
    """A schema's fields and the texts of their columns; `edit` writes, and everything is checked anew."""

    def __init__(
        self, directory: Path, fields: list[dict[str, Any]], columns: Mapping[str, Column], kind: SourceKind = "text"
    ) -> None:
        self.schema = parse_schema(fields)
        self.fields = {field.key: field for field in self.schema.fields}
        self._directory, self._checked = directory, 0
        spool = Spool(directory / "raw")
        height = len(next(iter(columns.values())))
        spool.append(
            pl.DataFrame(
                {ROW: pl.int_range(1, height + 1, eager=True, dtype=pl.UInt32)}
                | {cell_column(n): pl.Series(cells, dtype=pl.String) for n, cells in enumerate(columns.values())}
            )
        )
        table = RawTable(spool, len(columns), height, kind, FileDescription("csv"))
        taken: dict[str, list[int]] = {}
        for number, name in enumerate(columns):
            taken.setdefault(name.split("[")[0], []).append(number)
        self.types = {field.key: build_type(field, TypeContext(kind)) for field in self.schema.fields}
        settled = settle_types(table, 0, slots_for(self.schema.fields, taken), self.types)
        self.evidence = dict(
            zip(
                (s.position for s in settled.typing.slots if self.types[s.field.key].gatherer()),
                settled.types,
                strict=True,
            )
        )
        self.hooked = [
            HookedSlot(slot, self.types[slot.field.key], reader, self.types[slot.field.key].reader())
            for slot, reader in zip(settled.typing.slots, settled.typing.readers, strict=True)
        ]
        (raw,) = DataRows(table, 0, None).chunks(RowCounts())
        self.chunk = settled.typing.chunk(raw, table, table.width, [])
        self.deleted = np.zeros(self.chunk.height, np.bool_)
        self.check()

    def check(self) -> None:
        """Look for what is wrong."""
        self._checked += 1
        self.issues = IssueLog(self._directory / f"issues{self._checked}")
        visible = self.chunk.filter(~pl.Series(self.deleted))
        with Checks(self.schema.fields, [h.slot for h in self.hooked], self.types, self.issues) as checks:
            checks.observe(lambda keys: iter([visible]))
            checks.check(visible)
        self._groups: dict[Group, list[int]] = {}
        slots = {(h.slot.field.key, h.slot.many_to_one_index): h.slot.position for h in self.hooked}
        for entry in self.issues.entries():
            slot = None if entry["fieldKey"] is None else slots[entry["fieldKey"], entry.get("manyToOneIndex")]
            rows = self._groups.setdefault(Group(slot, entry["level"], entry["code"]), [])
            if entry["rowIndex"] not in rows:
                rows.append(entry["rowIndex"])

    def carry_out(self, proposal: Proposal) -> None:
        """What a table does with a proposal."""
        for edit in proposal.edits:
            slot, at = edit.hooked.slot, pl.Series(edit.positions, dtype=pl.UInt32)
            reading = edit.hooked.read(edit.texts, edit.how == TYPED)
            for name, values in ((slot.text, edit.texts), (slot.value, reading.value), (slot.code, reading.code)):
                self.chunk = self.chunk.with_columns(self.chunk[name].clone().scatter(at, values).alias(name))
        self.deleted[proposal.deleted] = True
        self.check()

    def column(self, key: str, part: str = "text") -> list[str | None]:
        """The texts (or `value`, `code`) of a field's cells that are not deleted."""
        slot = next(h.slot for h in self.hooked if h.slot.field.key == key)
        return self.chunk.filter(~pl.Series(self.deleted))[getattr(slot, part)].to_list()

    @property
    def visible(self) -> Positions:
        return np.flatnonzero(~self.deleted).astype(np.int32)

    def ids(self, positions: Positions) -> npt.NDArray[np.int64]:
        return self.chunk[ROW].to_numpy()[positions].astype(np.int64)

    def find(self, ids: npt.NDArray[np.int64]) -> Positions:
        at = {row: n for n, row in enumerate(self.chunk[ROW].to_list()) if not self.deleted[n]}
        return np.array([at.get(one, -1) for one in ids.tolist()], np.int32)

    def frame(self, positions: Positions, slots: Sequence[HookedSlot]) -> pl.DataFrame:
        names = [name for h in slots for name in (h.slot.text, h.slot.value, h.slot.code)]
        return self.chunk.select(names)[positions.tolist()] if names else pl.DataFrame(height=len(positions))

    def groups(self) -> Iterator[tuple[Group, int]]:
        return ((group, len(rows)) for group, rows in self._groups.items())

    def rows_of(self, group: Group) -> Positions:
        return (
            np.array(sorted(self._groups.get(group, [])), np.int32) if self.deleted.sum() == 0 else self._shifted(group)
        )

    def _shifted(self, group: Group) -> Positions:
        index = self.chunk[INDEX].to_numpy()
        rows = set(self._groups.get(group, []))
        return np.array([n for n in self.visible if int(index[n]) in rows], np.int32)

    def state_of(self, group: Group) -> GroupState:
        return GroupState(self._checked, self._checked)

    def texts_of(self, group: Group) -> pl.DataFrame:
        return plainly_counted(self, group)


def plainly_counted(rows: ReviewedRows, group: Group) -> pl.DataFrame:
    """The texts of a group, from its cells as they are."""
    cells = GroupCells.of(rows, group, slot_at(rows, group.slot if group.slot is not None else -1))
    first = pl.DataFrame({TEXT: cells.texts, POSITION: cells.positions}).group_by(TEXT).agg(pl.col(POSITION).min())
    texts = cells.distinct().join(first, on=TEXT, nulls_equal=True, maintain_order="left")
    return texts.select(TEXT, COUNT, POSITION)
