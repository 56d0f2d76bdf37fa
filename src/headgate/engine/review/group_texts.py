"""The different texts of every error group, counted chunk by chunk: after a change only the chunks that it touched are
counted anew. The counts lie on disk beside the chunk's issues, so memory does not grow with the errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from headgate.engine.review.remedies import trimmed
from headgate.engine.review.reviewed import COUNT, POSITION, TEXT, Group, GroupState, slot_at
from headgate.records import dataclass

if TYPE_CHECKING:
    from headgate.engine.review.table import ReviewTable

_AT, _SLOT, _GROUP = "at", "slot", "group"
_COUNTED = (_GROUP, TEXT, COUNT, _AT)


@dataclass(frozen=True)
class _Part:
    """A chunk's counts: their file, and for every group where its lines are and a number that stands for what they say."""

    file: str
    lines: dict[int, tuple[int, int]]
    digests: dict[int, int]


class TextsOfGroups:
    """Counts of one table."""

    def __init__(self, table: ReviewTable) -> None:
        self._table = table
        self._parts: dict[int, _Part] = {}

    def state_of(self, group: Group) -> GroupState:
        """How a group stands."""
        chunks, numbers = self._where(group)
        cells = tuple((chunk, self._part(chunk).digests.get(one)) for chunk in chunks for one in numbers)
        return GroupState(cells, tuple(self._table.store.manifest.chunks[chunk].issues for chunk in chunks))

    def texts_of(self, group: Group) -> pl.DataFrame:
        """The texts of a group's cells as they are now (reviewed.py)."""
        chunks, numbers = self._where(group)
        bounds = self._table.chunk_bounds()
        counted = [pl.DataFrame(schema={TEXT: pl.String, COUNT: pl.UInt32, POSITION: pl.Int32})]
        for chunk in chunks:
            part = self._part(chunk)
            lines = self._table.store.read(part.file)
            position = pl.col(_AT).cast(pl.Int32) + int(bounds[chunk])
            for number in numbers:
                start, count = part.lines.get(number, (0, 0))
                counted.append(lines.slice(start, count).select(TEXT, COUNT, position.alias(POSITION)))
        together = pl.concat(counted).group_by(TEXT).agg(pl.col(COUNT).sum(), pl.col(POSITION).min())
        return together.sort(COUNT, TEXT, descending=[True, False], nulls_last=True)

    def count(self, chunk: int) -> None:
        """Count a chunk's texts, where that was not yet done."""
        entry = self._table.store.manifest.chunks[chunk]
        if entry.texts is None and entry.issues is not None:
            entry.texts = self._table.store.write("texts", chunk, self._counted(chunk))

    def _where(self, group: Group) -> tuple[list[int], list[int]]:
        """The chunks that have a group, and its numbers in their issues."""
        numbers = self._table.index.group_numbers([group])
        return sorted(self._table.index.chunks_with(numbers)), numbers

    def _part(self, chunk: int) -> _Part:
        """The counts of a chunk that has issues."""
        self.count(chunk)
        file = self._table.store.manifest.chunks[chunk].texts or ""
        part = self._parts.get(chunk)
        if part is None or part.file != file:
            part = self._parts[chunk] = _part(file, self._table.store.read(file))
        return part

    def _counted(self, chunk: int) -> pl.DataFrame:
        """GROUP, TEXT, COUNT and the first row (AT) of a chunk's cells with issues; the lines of a group together."""
        issues = self._table.issues(chunk).filter(pl.col(_SLOT) >= 0).select(_AT, _SLOT, _GROUP).unique()
        by_slot = {int(slot): part for (slot,), part in issues.partition_by(_SLOT, as_dict=True).items()}
        hooked = [slot_at(self._table, slot) for slot in sorted(by_slot)]
        frame = self._table.cells.frame(chunk, hooked)
        parts = [pl.DataFrame(schema={_GROUP: pl.UInt32, _AT: pl.UInt32, TEXT: pl.String})]
        for one in hooked:
            of_slot = by_slot[one.slot.position].select(_GROUP, _AT)
            texts = trimmed(one, frame[one.slot.text].gather(of_slot[_AT]))
            parts.append(of_slot.with_columns(texts.alias(TEXT)))
        counted = pl.concat(parts).group_by(_GROUP, TEXT).agg(pl.len().alias(COUNT), pl.col(_AT).min())
        return counted.select(*_COUNTED).sort(_GROUP)


def _part(file: str, counted: pl.DataFrame) -> _Part:
    digest = counted.select(_GROUP, counted.hash_rows().alias("digest"))
    # Wrapping addition: the lines of a group have no order of their own.
    summed = digest.group_by(_GROUP, maintain_order=True).agg(pl.col("digest").sum(), pl.len().alias("lines"))
    lines, digests, start = {}, {}, 0
    for group, total, count in summed.iter_rows():
        lines[group], digests[group] = (start, count), total
        start += count
    return _Part(file, lines, digests)
