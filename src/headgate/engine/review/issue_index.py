"""What is wrong with the rows of a table: the issues of every chunk on disk, their counts in memory, always exact.

Issues are counted three ways: by kind (as an import counts them), by group (cells of a column with one code and level) and
by level (cells, one with several issues once).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, field
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from headgate.engine.checking import LEVELS
from headgate.engine.issue_kinds import IssueKind, Level
from headgate.engine.review.reviewed import Group
from headgate.engine.working import INDEX
from headgate.records import dataclass

ISSUES: dict[str, Any] = {
    "at": pl.UInt32,
    "slot": pl.Int32,
    "kind": pl.UInt32,
    "group": pl.UInt32,
    "message": pl.String,
}
"""`at`: row within the chunk. `slot`: its position, WHOLE_ROW for an issue of the row as such. `message`: null, but where
the kind has none."""

WHOLE_ROW = -1

LEVEL_BITS: dict[Level, int] = {"error": 1, "warning": 2, "info": 4}


def group_of(kind: IssueKind) -> Group:
    """The group that an issue belongs to."""
    return Group(kind.slot, kind.level, kind.code)


@dataclass
class Tally:
    """The counts of one chunk."""

    kinds: Counter[int] = field(default_factory=Counter)
    groups: Counter[int] = field(default_factory=Counter)
    cells: Counter[str] = field(default_factory=Counter)

    def to_json(self) -> dict[str, Any]:
        return {"kinds": self.kinds, "groups": self.groups, "cells": self.cells}

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Tally:
        """What `to_json` gave."""
        kinds, groups = (
            Counter({int(key): count for key, count in document[name].items()}) for name in ("kinds", "groups")
        )
        return cls(kinds, groups, Counter(document["cells"]))


class IssueIndex:
    """Kinds and groups by number, counts of the whole table, and the issues that a check of rows has just found."""

    def __init__(self) -> None:
        self.kinds: list[IssueKind] = []
        self.groups: list[Group] = []
        self._kind_ids: dict[IssueKind, int] = {}
        self._group_ids: dict[Group, int] = {}
        self._tallies: dict[int, Tally] = {}
        self._total = Tally()
        self._found: list[pl.DataFrame] = []

    def add(self, kind: IssueKind, rows: pl.DataFrame) -> None:
        """Take in what a check found (issues.py, IssueSink). INDEX of the rows counts within the chunk."""
        if rows.height == 0:
            return
        number, group = self._number(kind)
        slot = WHOLE_ROW if kind.slot is None else kind.slot
        message = pl.col("message") if kind.message is None else pl.lit(None, dtype=pl.String).alias("message")
        self._found.append(
            rows.select(
                pl.col(INDEX).cast(pl.UInt32).alias("at"),
                pl.lit(slot, dtype=pl.Int32).alias("slot"),
                pl.lit(number, dtype=pl.UInt32).alias("kind"),
                pl.lit(group, dtype=pl.UInt32).alias("group"),
                message,
            )
        )

    def end_chunk(self) -> None:
        """Everything about the rows was said."""

    def take(self) -> pl.DataFrame:
        """What was found since the last call."""
        found, self._found = self._found, []
        return pl.concat(found) if found else no_issues()

    def _number(self, kind: IssueKind) -> tuple[int, int]:
        if kind not in self._kind_ids:
            self._kind_ids[kind] = len(self.kinds)
            self.kinds.append(kind)
        group = group_of(kind)
        if group not in self._group_ids:
            self._group_ids[group] = len(self.groups)
            self.groups.append(group)
        return self._kind_ids[kind], self._group_ids[group]

    def count_anew(self, chunk: int, issues: pl.DataFrame) -> None:
        """Replace the counts of a chunk by those of its issues."""
        tally = self._tally(issues)
        old = self._tallies.get(chunk, Tally())
        for total, new, gone in (
            (self._total.kinds, tally.kinds, old.kinds),
            (self._total.groups, tally.groups, old.groups),
        ):
            total.update(new)
            total.subtract(gone)
        self._total.cells.update(tally.cells)
        self._total.cells.subtract(old.cells)
        self._tallies[chunk] = tally

    def _tally(self, issues: pl.DataFrame) -> Tally:
        if issues.height == 0:
            return Tally()
        kinds = Counter(dict(issues["kind"].value_counts().iter_rows()))
        cells = issues.select("at", "slot", "group").unique()
        groups = Counter(dict(cells["group"].value_counts().iter_rows()))
        levels = cells.with_columns(self.level_of_groups(cells["group"]))
        by_level = levels.select("at", "slot", "level").unique()["level"].value_counts()
        return Tally(kinds, groups, Counter({LEVELS[number]: count for number, count in by_level.iter_rows()}))

    def level_of_groups(self, groups: pl.Series) -> pl.Series:
        """The number in LEVELS of each group's level (UInt8, named `level`)."""
        levels = np.array([LEVELS.index(group.level) for group in self.groups], np.uint8)
        return pl.Series("level", levels[groups.to_numpy()])

    def bits(self, issues: pl.DataFrame, height: int) -> npt.NDArray[np.uint8]:
        """For each row of a chunk which levels its issues have (LEVEL_BITS)."""
        bits = np.zeros(height, np.uint8)
        if issues.height:
            of_group = np.array([LEVEL_BITS[group.level] for group in self.groups], np.uint8)
            np.bitwise_or.at(bits, issues["at"].to_numpy(), of_group[issues["group"].to_numpy()])
        return bits

    def counts(self) -> dict[IssueKind, int]:
        """Issues by kind; only kinds that occur."""
        return {self.kinds[number]: count for number, count in sorted(self._total.kinds.items()) if count}

    def cells(self, level: Level) -> int:
        """Cells (and rows as such) with an issue of that level."""
        return self._total.cells[level]

    def group_counts(self) -> Iterator[tuple[Group, int]]:
        """The groups that occur, with their number of cells. A group has one cell a row at most."""
        for number, count in sorted(self._total.groups.items()):
            if count:
                yield self.groups[number], count

    def group_numbers(self, wanted: Collection[Group]) -> list[int]:
        """The numbers of groups; those that never occurred have none."""
        return [self._group_ids[group] for group in wanted if group in self._group_ids]

    def kinds_of(self, group: Group) -> list[IssueKind]:
        """The kinds of a group, those that occur first seen first."""
        return [kind for kind in self.counts() if group_of(kind) == group]

    def chunks_with(self, groups: Iterable[int]) -> set[int]:
        """The chunks that have an issue of one of those groups."""
        wanted = list(groups)
        return {chunk for chunk, tally in self._tallies.items() if any(tally.groups.get(one, 0) for one in wanted)}

    def to_json(self) -> dict[str, Any]:
        """What the manifest keeps."""
        return {
            "kinds": [{**asdict(kind)} for kind in self.kinds],
            "tallies": {str(chunk): tally.to_json() for chunk, tally in self._tallies.items()},
        }

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> IssueIndex:
        """What `to_json` gave."""
        index = cls()
        for kind in document["kinds"]:
            index._number(IssueKind(**kind))
        for chunk, tally in document["tallies"].items():
            index._tallies[int(chunk)] = found = Tally.from_json(tally)
            index._total.kinds.update(found.kinds)
            index._total.groups.update(found.groups)
            index._total.cells.update(found.cells)
        return index


def no_issues() -> pl.DataFrame:
    """None at all."""
    return pl.DataFrame(schema=ISSUES)
