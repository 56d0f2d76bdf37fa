"""Rows of an open review on their way out to a workbook or CSV, and corrected workbooks on their way back in."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from headgate.engine.read.options import ReadLimits
from headgate.engine.review.corrections import Corrections, read_corrections
from headgate.engine.review.delta import Delta
from headgate.engine.review.log import RefusedChangeError
from headgate.engine.review.pages import without_values
from headgate.engine.review.proposal import Proposal
from headgate.engine.review.refusals import refused
from headgate.engine.review.reviewed import Positions
from headgate.engine.review.workbook import Export, write_csv, write_workbook
from headgate.engine.review.workbook_layout import WORKBOOK_MESSAGES, Identity

if TYPE_CHECKING:
    from headgate.engine.review.grid import Grid

_UPLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
_NOTES = {"at": pl.UInt32, "slot": pl.Int32, "level": pl.String, "text": pl.String}


class Exchange:
    """The way of rows out and in. `directory`: where uploaded workbooks are kept. `changes_since`: the deltas of the log after
    a version, in their order."""

    def __init__(
        self,
        grid: Grid,
        directory: Path,
        import_id: str,
        changes_since: Callable[[int], Iterable[Delta]],
        *,
        telling: str = WORKBOOK_MESSAGES["instruction"],
        limits: ReadLimits | None = None,
    ) -> None:
        self._grid, self._directory, self._import_id = grid, directory, import_id
        self._changes_since, self._telling, self._limits = changes_since, telling, limits
        self._read: tuple[str, int, Corrections] | None = None

    def export(self, which: str, output_format: str, target: Path) -> int:
        """Write `all` rows, or those with `errors`, as `xlsx` or `csv`; gives how many. Raises FormatCannotHoldError."""
        table = self._grid.table
        rows = self._grid.views.rows({"only": "errors" if which == "errors" else "all"}).positions
        export = Export(table, rows, Identity(self._import_id, table.seq), self.notes, self._telling)
        if output_format == "csv":
            write_csv(export, target)
        else:
            write_workbook(export, target)
        return len(rows)

    def notes(self, positions: Positions) -> pl.DataFrame:
        """What is wrong with rows, in the language of the review (workbook.py, Notes)."""
        table, parts = self._grid.table, [pl.DataFrame(schema=_NOTES)]
        for chunk, at, part in table.by_chunk(positions):
            places = pl.DataFrame({"row": at, "place": part}).cast({"row": pl.UInt32, "place": pl.UInt32})
            issues = table.issues(chunk).join(places, left_on="at", right_on="row", how="inner", maintain_order="left")
            issues = without_values(table, chunk, issues)
            told = [
                self._grid.pages.message(table.index.kinds[kind], message)
                for kind, message in issues.select("kind", "message").iter_rows()
            ]
            parts.append(
                pl.DataFrame(
                    {
                        "at": issues["place"],
                        "slot": issues["slot"],
                        "level": [one["level"] for one in told],
                        "text": [one["text"] for one in told],
                    },
                    schema=_NOTES,
                )
            )
        return pl.concat(parts)

    def take(self, workbook: Path, upload: str) -> dict[str, Any]:
        """Keep a corrected workbook under the name `upload`, and say what is in it (UploadedFile). Raises what
        `read_corrections` raises; a workbook that cannot be used is not kept."""
        kept = self._kept(upload)
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(workbook, kept)
        try:
            found = self._corrections(upload)
        except BaseException:
            kept.unlink(missing_ok=True)
            raise
        return {
            "upload": upload,
            "matched_rows": found.matched_rows,
            "changed_cells": found.changed_cells,
            "added_rows": len(found.added),
            "missing_rows": len(found.missing),
            "unknown_columns": list(found.unknown_columns),
        }

    def merge(self, change: Mapping[str, Any]) -> Proposal:
        """What a `merge_file` change would do. Raises RefusedChangeError."""
        found = self._corrections(str(change["upload"]))
        proposal = found.proposal(delete_missing=bool(change.get("delete_missing")))
        if not proposal:
            raise refused("nothing_to_do", "workbook_says_nothing")
        return proposal

    def _corrections(self, upload: str) -> Corrections:
        """Read a kept workbook against the rows as they are now; what was read last is remembered."""
        seq = self._grid.table.seq
        if self._read is not None and self._read[:2] == (upload, seq):
            return self._read[2]
        kept = self._kept(upload)
        if not kept.is_file():
            raise _unknown_upload()
        with tempfile.TemporaryDirectory(dir=kept.parent) as workdir:
            found = read_corrections(
                kept,
                Path(workdir) / "read",
                self._grid.table,
                self._import_id,
                self._changes_since,
                limits=self._limits,
            )
        self._read = (upload, seq, found)
        return found

    def _kept(self, upload: str) -> Path:
        if _UPLOAD.fullmatch(upload) is None:
            raise _unknown_upload()
        return self._directory / f"{upload}.xlsx"


def _unknown_upload() -> RefusedChangeError:
    return refused("unknown_upload", "upload_gone")
