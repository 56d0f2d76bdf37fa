"""What is asked and answered about a column: the source column and its part of the decisions (pipeline.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field as default
from typing import Any, Literal

import polars as pl

from headgate.records import dataclass

ColumnStatus = Literal["accepted", "uncertain", "unmapped"]
ColumnMethod = Literal["exact", "normalized", "memory", "similar", "person", "recipe"]
DECIDED_METHODS = frozenset({"person", "recipe"})
"""What somebody said, now or for an earlier file: nobody is asked about it again."""


@dataclass(frozen=True)
class SourceColumn:
    """A column of the file. `sample`: up to about 1000 raw cells from all over it; `distinct`: distinct texts in the
    whole column that are not empty, when known."""

    index: int
    header: str
    sample: Sequence[str | None] | pl.Series = ()
    distinct: int | None = None


@dataclass(frozen=True)
class RunnerUp:
    """Another field that a column may belong to, and what speaks for it."""

    field: str
    confidence: float
    evidence: list[dict[str, Any]] = default(default_factory=list, compare=False)


@dataclass(frozen=True)
class ColumnDecision:
    """Which field a column belongs to.

    An `uncertain` column names the field that is most likely; several columns may name the same one. `method` is None
    when nothing spoke for any field.
    """

    index: int
    header: str
    field: str | None
    status: ColumnStatus
    method: ColumnMethod | None
    confidence: float
    evidence: list[dict[str, Any]] = default(default_factory=list)
    runners_up: list[RunnerUp] = default(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """The entry of `decisions.columns`."""
        return {
            "index": self.index,
            "header": self.header,
            "field": self.field,
            "status": self.status,
            "method": self.method,
            "confidence": round(self.confidence, 4),
            "evidence": self.evidence,
            "runnersUp": [{"field": r.field, "confidence": round(r.confidence, 4)} for r in self.runners_up],
        }
