"""A grid with its editor, and a log as the service keeps it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from headgate.engine.messages import Texts
from headgate.engine.review.changes import Editor, RowHooks
from headgate.engine.review.delta import Delta
from headgate.engine.review.grid import Grid
from headgate.engine.review.log import Direction, LogEntry, Prepared
from tests.unit.engine.review.review_tables import Given, shown

HEADERS = ["Id", "Name", "Age", "Stage", "Unmapped", "Mail 1", "Mail 2"]


class OpenGrid:
    """Prepares, logs and commits, as the service does."""

    def __init__(self, given: Given, directory: Path, hooks: RowHooks | None = None, size: int = 4) -> None:
        self.given = given
        self.table = given.build(directory, size)
        self.grid = Grid(self.table, HEADERS, given.schema.settings, Texts("en"))
        self.editor = Editor(self.grid, given.schema.settings, hooks)
        self.log: list[LogEntry] = []

    def change(self, kind: str, **body: Any) -> Prepared:
        return self.commit(self.editor.prepare({"kind": kind, **body}))

    def set(self, row: int, column: str, text: str | None, **more: Any) -> Prepared:
        return self.change("set_cells", cells=[{"row": row, "column": column, "text": text, **more}])

    def undo(self, seq: int, direction: Direction = "undo") -> Prepared:
        return self.commit(self.editor.prepare_undo(self.log[seq - 1], direction))

    def commit(self, prepared: Prepared) -> Prepared:
        entry = LogEntry(
            len(self.log) + 1,
            prepared.kind,
            "author-1",
            f"change-{len(self.log)}",
            datetime.now(UTC),
            prepared.parameters,
            prepared.cells,
            prepared.rows,
            prepared.undoes,
            prepared.delta,
        )
        self.log.append(entry)
        self.table.apply(Delta.from_bytes(prepared.delta or b""), entry.seq)
        return prepared

    def cells(self, column: int) -> dict[int, str | None]:
        """The texts of one column (number of the slot) by row."""
        return {row: texts[column] for row, texts in shown(self.table).items()}

    def page(self, **view: Any) -> list[int]:
        """The numbers of the rows of a view."""
        return [row["row"] for row in self.grid.rows({"view": view})["rows"]]
