"""What an import that needs a person leaves behind, so that its review opens quickly: the source as it was read, the steps,
and, where it came so far, the rows."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path

import polars as pl

from headgate.engine.conclusion import WorkingRows
from headgate.engine.decisions import Decisions
from headgate.engine.errors import ImportFailedError
from headgate.engine.hooked_table import HookedTable
from headgate.engine.import_run import ImportRun
from headgate.engine.review.kept_run import Document, run_document
from headgate.engine.review.kept_table import keep_table
from headgate.engine.review.stages import store_document
from headgate.engine.review.workspace import source_of, store_of, write_kept
from headgate.engine.streamed_rows import StreamedRows
from headgate.engine.working import RowCounts


class Keeper:
    """Takes note of an import on its way. Nothing is written before `keep`."""

    def __init__(self, run: ImportRun, directory: Path) -> None:
        self._run = run
        self._directory = directory
        self._steps: Document | None = None
        self._decisions: Decisions | None = None

    def note_steps(self) -> None:
        """The steps before the rows are taken; what hooks do to rows must not be taken for part of them. Without hooks nothing
        but the decisions changes from here on."""
        if self._run.hooks is None:
            self._decisions = self._run.decisions.so_far()
        else:
            self._steps = run_document(self._run)

    def keep(self, rows: WorkingRows | None) -> None:
        """Move what there is into the directory, in place of anything there. `rows`: as the hooks of the start left them,
        None when there are none or others had their hands on them.

        It is a convenience only: an import does not fail because its disk is full.
        """
        if self._decisions is not None:
            self._steps = run_document(self._run, self._decisions)
        if self._steps is None or self._run.table is None:
            return
        for left in self._leftovers():
            shutil.rmtree(left, ignore_errors=True)
        part = self._directory.with_name(f"{self._directory.name}.{uuid.uuid4().hex}.part")
        try:
            self._write(part, rows)
            shutil.rmtree(self._directory, ignore_errors=True)
            part.rename(self._directory)
        except (OSError, ImportFailedError, pl.exceptions.PolarsError):
            shutil.rmtree(part, ignore_errors=True)

    def _write(self, part: Path, rows: WorkingRows | None) -> None:
        run, steps = self._run, self._steps or {}
        part.mkdir(parents=True)
        document = None
        if isinstance(rows, StreamedRows | HookedTable):
            document = {**self._rows(rows, part), "reached": False}
        if run.table is not None:
            keep_table(run.table, source_of(part), run.raw_directory / "unpacked")
        write_kept(part, run.request, steps, document)

    def _rows(self, rows: StreamedRows | HookedTable, part: Path) -> Document:
        run = self._run
        if isinstance(rows, HookedTable):
            return store_document(run, rows, rows.hooked, store_of(part))
        if run.settled is None:
            raise RuntimeError("there are rows whose types are not settled")
        # Going through the rows once more counts them once more.
        run.counts = RowCounts()
        return store_document(run, rows, run.hooked_slots(run.settled.typing), store_of(part))

    def _leftovers(self) -> list[Path]:
        """What runs of this import that were killed while they kept something have left beside the directory."""
        return sorted(self._directory.parent.glob(f"{self._directory.name}.*.part"))
