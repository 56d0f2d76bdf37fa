"""Everything an import decided, with its evidence (pipeline.md, "Decisions")."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import field, replace
from typing import Any

from headgate.records import dataclass

MAX_LISTED_VALUES = 1_000
"""How many value matches the decisions list per import."""


@dataclass
class Decisions:
    """The record, filled step by step; a step that was not reached leaves its part empty."""

    file: dict[str, Any] | None = None
    header: dict[str, Any] | None = None
    columns: list[dict[str, Any]] = field(default_factory=list)
    layout: dict[str, Any] | None = None
    values: list[dict[str, Any]] = field(default_factory=list)
    types: list[dict[str, Any]] = field(default_factory=list)
    autofixes: list[dict[str, Any]] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    hooks: list[dict[str, Any]] = field(default_factory=list)
    recipe: dict[str, Any] | None = None
    warnings: list[dict[str, Any]] = field(default_factory=list)
    timings: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Add the wall time of the block to `timings`, in milliseconds."""
        start = time.perf_counter()
        try:
            yield
        finally:
            elapsed = round((time.perf_counter() - start) * 1000)
            self.timings[step] = self.timings.get(step, 0) + elapsed

    def so_far(self) -> Decisions:
        """The record as it is now: later steps fill other parts, and add to these two."""
        return replace(self, recipe=deepcopy(self.recipe), timings=dict(self.timings))

    def to_json(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "file": self.file,
            "header": self.header,
            "columns": self.columns,
            "layout": self.layout,
            "values": self.values[:MAX_LISTED_VALUES],
            "valuesTruncated": len(self.values) > MAX_LISTED_VALUES,
            "types": self.types,
            "autofixes": self.autofixes,
            "rows": self.rows,
            "hooks": self.hooks,
            "recipe": self.recipe,
            "warnings": self.warnings,
            "timings": dict(self.timings),
        }
