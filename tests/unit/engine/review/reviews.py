"""Whole reviews in tests: an import that needs a person, its directory, its log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from headgate.api import load_schema
from headgate.engine.outcome import Outcome
from headgate.engine.pipeline import run_import
from headgate.engine.request import ImportRequest
from headgate.engine.review.delta import ADDED, AS_BUILT, CELLS, DELETED, GIVEN, Delta
from headgate.engine.review.finish import finish_review
from headgate.engine.review.log import LogEntry, Prepared
from headgate.engine.review.session import Review

Fields = list[dict[str, Any]]


@dataclass
class Journey:
    """One import and its review. `log` is what the service would keep."""

    path: Path
    request: ImportRequest
    log: list[LogEntry] = field(default_factory=list)
    runs: int = 0

    @property
    def directory(self) -> Path:
        return self.path / "reviews" / "one"

    def run(self) -> Outcome:
        """The import itself, which leaves what it has for the review."""
        self.runs += 1
        return run_import(self.request, self._workdir())

    def open(self) -> Review:
        return Review(self.request, self.directory, self.log)

    def finish(self) -> Outcome:
        self.runs += 1
        return finish_review(self.request, self.directory, self.log, self._workdir())

    def decide(self, review: Review, kind: str, **body: Any) -> None:
        self.take(review, review.decide(kind, body))

    def take(self, review: Review, prepared: Prepared) -> dict[str, Any]:
        """Write the log entry, then have it take effect, as the service does."""
        seq = len(self.log) + 1
        entry = LogEntry(
            seq=seq,
            kind=prepared.kind,
            author="tester-1",
            change_id=f"change-{seq:04}",
            created_at=datetime(2026, 1, 1, tzinfo=UTC),
            parameters=prepared.parameters,
            cells=prepared.cells,
            rows=prepared.rows,
            undoes=prepared.undoes,
            delta=prepared.delta,
        )
        self.log.append(entry)
        return review.commit(entry)

    def edit(
        self,
        review: Review,
        cells: Sequence[tuple[int, int, str | None]] = (),
        added: Sequence[tuple[int, int | None]] = (),
        deleted: Sequence[int] = (),
    ) -> None:
        """Write texts into cells (row, column, text), add rows (number, row above) and delete some."""
        frame = pl.DataFrame(
            {
                "row": [row for row, _, _ in cells],
                "column": [column for _, column, _ in cells],
                "after": [text for _, _, text in cells],
            },
            schema_overrides={"row": pl.Int64, "column": pl.Int32, "after": pl.String},
        )
        delta = Delta(
            frame.with_columns(
                pl.lit(GIVEN, dtype=pl.UInt8).alias("after_read"), pl.lit(AS_BUILT, dtype=pl.UInt8).alias("before_read")
            )
            .with_columns(pl.lit(None, dtype=kind).alias(name) for name, kind in CELLS.items() if name not in _WRITTEN)
            .select(list(CELLS)),
            pl.DataFrame(list(added), schema=dict(ADDED), orient="row"),
            pl.DataFrame({"row": list(deleted)}, schema=dict(DELETED)),
        )
        self.take(review, Prepared("set_cells", {}, cells=len(cells), delta=delta.to_bytes()))

    def _workdir(self) -> Path:
        workdir = self.path / f"run-{self.runs}"
        workdir.mkdir()
        return workdir


_WRITTEN = {"row", "column", "after", "after_read", "before_read"}


def journey(
    path: Path, content: str | bytes, fields: Fields, hooks: dict[str, Any] | None = None, **settings: Any
) -> Journey:
    """An import of `content`, not yet run."""
    source = path / "source"
    source.write_bytes(content.encode() if isinstance(content, str) else content)
    schema = load_schema({"fields": fields, "settings": settings, "hooks": hooks or {}})
    return Journey(path, ImportRequest(source, schema, "file.csv", review_directory=path / "reviews" / "one"))
