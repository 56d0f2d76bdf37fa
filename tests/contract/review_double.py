"""A review small enough to be read at a glance: texts of comma-separated rows, changed one by one.

Some texts make it behave badly when they are looked for (`replace` with such a `find`) or submitted.
"""

from __future__ import annotations

import csv
import errno
import json
import os
import signal
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from headgate.engine.errors import ImportFailedError
from headgate.engine.review.delta import ADDED, CELLS, DELETED, Delta
from headgate.engine.review.log import DECISIONS, Direction, LogEntry, Prepared, RefusedChangeError
from headgate.imports.worker import ALL_ISSUES, RESULT, TABLE, FinishJob, ReviewJob, RunResult

Report = Callable[[str, int, int], None]
MOST_SECONDS = 120.0
OPENED = "opened"
"""A file in the review's directory, a byte longer for each time that the review was opened."""


class TextTable:
    """The rows: texts by row and field, as the log has left them."""

    def __init__(self, source: Path, keys: list[str]) -> None:
        lines = [line for line in source.read_text().splitlines() if not line.startswith("#do ")]
        self.keys = keys
        self.rows: dict[int, dict[str, str | None]] = {
            number: {key: row.get(key) for key in keys} for number, row in enumerate(csv.DictReader(lines), 1)
        }
        self.seq = 0

    def fold(self, entries: Iterable[LogEntry]) -> None:
        for entry in entries:
            assert entry.seq == self.seq + 1, "the log has a gap"
            self.seq = entry.seq
            if entry.delta is not None:
                for row, field, after in (
                    Delta.from_bytes(entry.delta).cells.select("row", "field", "after").iter_rows()
                ):
                    self.rows[row][field] = after

    def delta(self, texts: dict[tuple[int, str], str | None]) -> tuple[int, int, bytes]:
        changed = {place: text for place, text in texts.items() if self.rows[place[0]][place[1]] != text}
        if not changed:
            raise RefusedChangeError("nothing_to_do", "Everything is like that already.")
        cells = [
            {"row": row, "field": field, "before": self.rows[row][field], "after": text}
            for (row, field), text in changed.items()
        ]
        delta = Delta(
            pl.DataFrame(cells, schema=dict(CELLS)),
            pl.DataFrame(schema=dict(ADDED)),
            pl.DataFrame(schema=dict(DELETED)),
        )
        return len(changed), len({row for row, _ in changed}), delta.to_bytes()

    def summary(self) -> dict[str, Any]:
        bad = [n for n, row in self.rows.items() if "bad" in row.values()]
        counts = dict.fromkeys(("warning_cells", "info_cells", "changed_cells", "added_rows", "deleted_rows"), 0)
        blocked = {"code": "invalid_cells", "text": "A cell says block.", "context": {}}
        return counts | {
            "rows": len(self.rows),
            "rows_with_errors": len(bad),
            "error_cells": len(bad),
            "delivered": len(self.rows) - len(bad),
            "left_out": len(bad),
            "blocked": blocked if any("block" in row.values() for row in self.rows.values()) else None,
        }


class DoubleReview:
    """The engine's side of a review."""

    def __init__(self, job: ReviewJob, report: Report) -> None:
        self._job = job
        self._report = report
        self._step = "columns"
        self._decisions: dict[str, Any] | None = None
        self._table = TextTable(job.run.source, [field["key"] for field in job.run.document["fields"]])
        job.directory.mkdir(parents=True, exist_ok=True)
        with (job.directory / OPENED).open("a") as file:
            file.write(".")
        self._command = job.run.source.read_text().splitlines()[0].split()
        if "opens-with" in self._command:
            self._work("open", Path(self._command[-1]))
        self._table.fold(job.log)
        for entry in job.log:
            self._note_decisions(entry)

    @property
    def version(self) -> int:
        return self._table.seq

    def state(self) -> dict[str, Any]:
        settings = {
            "invalid_data_behavior": "REMOVE_INVALID_ROWS", "allow_empty_submit": False, "allow_custom_fields": False,
            "allow_adding_rows": True, "allow_removing_rows": True, "remember_corrections": False, "highlight_auto_fixes": True,
            "transformations": True, "transformations_in_words": False,
            "transform_prompts": [], "match_to_schema": False, "skip_if_all_fields_matched": False,
            "suggest_custom_first": False, "column_suggestions": False, "max_mappable_select_values": 100, "processing_text": None,
            "style_overrides": {}, "text_overrides": {},
        }  # fmt: skip
        fields = [{"key": key, "label": key, "type": "string"} for key in self._table.keys]
        steps = [
            {"name": name, "status": "current", "needs_person": False, "help": None} for name in ("header", "columns")
        ]
        return {
            "title": "T", "import_identifier": None, "filename": self._job.run.filename, "locale": "en",
            "development_mode": False, "step": self._step, "steps": steps, "reasons": [], "rows_read": 2, "sheet": None,
            "fields": fields, "settings": settings, "lost_edits": 0,
        }  # fmt: skip

    def header(self, query: dict[str, Any]) -> dict[str, Any]:
        return query

    def columns(self) -> dict[str, Any]:
        return {"columns": [], "unmatched_required": [], "uncertain": [], "decisions": self._decisions}

    def advance(self, step: str) -> None:
        if "advances-with" in self._command:
            self._work(step, Path(self._command[-1]))
        if "cannot" in self._command:
            raise ImportFailedError("hook_failed", "The hook threw: no.")
        self._step = step

    def decide(self, kind: str, body: dict[str, Any]) -> Prepared:
        return Prepared(kind, {"decisions": {**(self._decisions or {}), kind: body}})

    def rows(self, query: dict[str, Any]) -> dict[str, Any]:
        if query["view"].get("snapshot") == "gone":
            raise RefusedChangeError("view_changed", "Ask anew.")
        numbers = list(self._table.rows)[query["offset"] : query["offset"] + query["limit"]]
        return self._page(numbers, query["offset"])

    def rows_by_id(self, rows: Sequence[int]) -> dict[str, Any]:
        return self._page([row for row in rows if row in self._table.rows], 0)

    def cell(self, query: dict[str, Any]) -> dict[str, Any]:
        text = self._text(query["row"], query["column"])
        return query | {
            "address": {"row": query["row"], "column": None, "field": query["column"], "mask": None},
            "text": text, "shown": text, "original": None, "suggestion": None, "mark": {}, "history": [],
        }  # fmt: skip

    def preview(self, change: dict[str, Any]) -> dict[str, Any]:
        prepared = self.prepare(change)
        return {"cells": prepared.cells, "rows": prepared.rows, "skipped": 0, "samples": [],
                "errors_before": 0, "errors_after": None, "problem": None}  # fmt: skip

    def prepare(self, change: dict[str, Any]) -> Prepared:
        if change["kind"] == "replace":
            _misbehave(change["find"])
            texts = {
                (number, key): text.replace(change["find"], change["replace"])
                for number, row in self._table.rows.items()
                for key, text in row.items()
                if text is not None
            }
            cells, rows, delta = self._table.delta(texts)
            return Prepared("replace", {"find": change["find"]}, cells, rows, delta)
        conflicts = []
        texts = {}
        for edit in change["cells"]:
            theirs = self._text(edit["row"], edit["column"])
            if "seen" in edit and edit["seen"] != theirs:
                conflicts.append({"row": edit["row"], "column": edit["column"], "seen": edit["seen"], "theirs": theirs})
            texts[edit["row"], edit["column"]] = edit["text"]
        cells, rows, delta = self._table.delta(texts)
        return Prepared("set_cells", {"cells": cells}, cells, rows, delta, answer={"conflicts": conflicts})

    def prepare_undo(self, entry: LogEntry, direction: Direction, before: dict[str, Any] | None) -> Prepared:
        if entry.kind in DECISIONS:
            decisions = before if direction == "undo" else entry.parameters["decisions"]
            return Prepared(direction, {"decisions": decisions}, undoes=entry.seq)
        delta = Delta.from_bytes(entry.delta or b"")
        delta = delta.inverse() if direction == "undo" else delta
        still = {
            (row, field): after
            for row, field, before_, after in delta.cells.select("row", "field", "before", "after").iter_rows()
            if self._table.rows[row][field] == before_
        }
        if not still:
            raise RefusedChangeError("nothing_to_do", "All of it was changed since.")
        cells, rows, data = self._table.delta(still)
        return Prepared(direction, {}, cells, rows, data, entry.seq, {"skipped": delta.cells.height - cells})

    def prepare_submit(self) -> Prepared | None:
        texts: dict[tuple[int, str], str | None] = {
            (number, key): "hooked"
            for number, row in self._table.rows.items()
            for key, text in row.items()
            if text == "hook me"
        }
        if not texts:
            return None
        cells, rows, delta = self._table.delta(texts)
        return Prepared("hooks", {}, cells, rows, delta)

    def commit(self, entry: LogEntry) -> dict[str, Any]:
        self._table.fold([entry])
        self._note_decisions(entry)
        if entry.delta is None:
            return {}
        rows = Delta.from_bytes(entry.delta).cells["row"].unique().to_list()
        return {"updated": self._page(rows, 0)["rows"], "summary": self._table.summary()}

    def confirmation(self) -> dict[str, Any]:
        return {"summary": self._table.summary(), "message": None, "confirm_label": None, "cancel_label": None}

    def export(self, rows: str, output_format: str, target: Path) -> int:
        target.write_text(json.dumps(list(self._table.rows.values())))
        return len(self._table.rows)

    def read_corrections(self, workbook: Path, upload: str) -> dict[str, Any]:
        return {"upload": upload, "matched_rows": workbook.stat().st_size, "changed_cells": 0, "added_rows": 0,
                "missing_rows": 0, "unknown_columns": []}  # fmt: skip

    def told(self, refusal: RefusedChangeError) -> str:
        return str(refusal)

    def close(self) -> None:
        pass

    def _text(self, row: int, column: str) -> str | None:
        if row not in self._table.rows:
            raise RefusedChangeError("unknown_row", "This row is not there any more.")
        if column not in self._table.keys:
            raise RefusedChangeError("unknown_column", "There is no such column.")
        return self._table.rows[row][column]

    def _page(self, numbers: list[int], offset: int) -> dict[str, Any]:
        rows = [
            {"row": n, "number": n + 1, "cells": list(self._table.rows[n].values()), "marks": {}, "messages": []}
            for n in numbers
        ]
        return {
            "version": self.version,
            "snapshot": "s",
            "total": len(self._table.rows),
            "offset": offset,
            "rows": rows,
        }

    def _note_decisions(self, entry: LogEntry) -> None:
        if "decisions" in entry.parameters:
            self._decisions = entry.parameters["decisions"]

    def _work(self, step: str, until: Path) -> None:
        """Until there is such a file."""
        end = time.monotonic() + MOST_SECONDS
        while not until.exists() and time.monotonic() < end:
            self._report(step, 1, 2)
            time.sleep(0.01)


def open_review(job: ReviewJob, report: Report) -> DoubleReview:
    return DoubleReview(job, report)


def finish(job: FinishJob, report: Report) -> RunResult:
    """Deliver the rows; those with the text `bad` are left out."""
    table = TextTable(job.run.source, [field["key"] for field in job.run.document["fields"]])
    table.fold(job.log)
    for row in table.rows.values():
        for text in row.values():
            if ended := _end_badly(job, str(text), report):
                return ended
    rows = [row for row in table.rows.values() if "bad" not in row.values()]
    job.outcome.mkdir(parents=True)
    for name in (RESULT, TABLE):
        (job.outcome / name).write_text(json.dumps(rows))
    (job.outcome / ALL_ISSUES).write_text("")
    learned = {"headers": [{"header": "Mail", "field": "email", "count": 1}], "values": []}
    counts = {"read": len(table.rows), "delivered": len(rows)}
    return RunResult(
        "SUCCESSFUL", None, {"totalRows": len(table.rows), "errors": []}, {"rows": counts}, counts, learned,
        has_result=True,
    )  # fmt: skip


def _end_badly(job: FinishJob, text: str, report: Report) -> RunResult | None:
    if text == "crash at the end":
        os.kill(os.getpid(), signal.SIGKILL)
    if text.startswith("wait at the end for "):
        while not Path(text.split()[-1]).exists():
            report("deliver", 1, 2)
            time.sleep(0.02)
    if text == "cancel":
        return RunResult(
            "NEEDS_REVIEW", [{"code": "finish_cancelled", "message": "Not today."}], decisions={"rows": {}}
        )
    if text == "throw":
        return RunResult("FAILED", [{"code": "hook_failed", "message": "The hook threw."}])
    return None


def _misbehave(text: str) -> None:
    if text == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    if text == "raise":
        raise RuntimeError("a bug")
    if text == "full-disk":
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    kept = []
    while text == "memory":
        kept.append(bytearray(64 * 1024 * 1024))
    while text == "forever":
        time.sleep(0.05)
