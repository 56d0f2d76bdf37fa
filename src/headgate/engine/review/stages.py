"""The steps of an import that is in review, taken as far as its decisions lead and kept on disk."""

from __future__ import annotations

import shutil
import uuid
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from headgate.engine.errors import ImportFailedError
from headgate.engine.import_run import ImportRun
from headgate.engine.layout import Layout
from headgate.engine.request import ImportRequest
from headgate.engine.review.decisions import PersonDecisions, ReadingDecision
from headgate.engine.review.kept_run import (
    Document,
    resume_rows,
    resumed_run,
    rows_document,
    run_document,
    started_run,
)
from headgate.engine.review.kept_table import keep_table
from headgate.engine.review.table import ReviewTable, UnusableTableError
from headgate.engine.review.workspace import Workspace
from headgate.engine.review_reasons import match_reasons
from headgate.engine.streamed_rows import StreamedRows
from headgate.engine.table import RawTable
from headgate.records import dataclass

if TYPE_CHECKING:
    from headgate.engine.hooked_table import HookedSlot, HookedTable


@dataclass(frozen=True)
class Stages:
    """A run that has gone as far as it can without looking at rows. `failure`: why it does not obey all decisions: the
    source cannot be read so."""

    run: ImportRun
    failure: ImportFailedError | None = None

    @property
    def ready(self) -> bool:
        """Whether nothing before the rows is open."""
        return self.failure is None and self.run.settled is not None


@dataclass
class Rows:
    """The rows of a review, open. `document`: what is kept beside the table."""

    run: ImportRun
    layout: Layout
    slots: list[HookedSlot]
    table: ReviewTable
    document: Document
    resources: ExitStack

    def close(self) -> None:
        """Let go of table, hooks and files."""
        try:
            self.table.close()
        finally:
            self.resources.close()


def take_steps(request: ImportRequest, person: PersonDecisions, workspace: Workspace) -> Stages:
    """The run under those decisions; what is kept is used as far as it fits.

    Raises ImportFailedError when the source cannot be imported at all, or a hook fails.
    """
    try:
        return Stages(_taken(replace(request, person=person), workspace))
    except ImportFailedError as failure:
        if person.reading == ReadingDecision() and person.header is None:
            raise
        # The way back must stay open: the page shows what went wrong, beside the source as headgate reads it.
        sober = replace(person, reading=ReadingDecision(), header=None)
        return Stages(_taken(replace(request, person=sober), workspace), failure)


def _taken(request: ImportRequest, workspace: Workspace) -> ImportRun:
    person = (request.person or PersonDecisions()).to_json()
    kept, table = workspace.stages(), workspace.table()
    if kept is not None and table is not None and kept["person"] == person:
        return resumed_run(request, kept, table, workspace.scratch, ExitStack())
    with ExitStack() as resources:
        if kept is not None and table is not None and kept["person"]["reading"] == person["reading"]:
            run = started_run(request, kept, table, workspace.scratch, resources)
        else:
            run, table = _read(request, workspace, resources)
        settle(run, table)
        workspace.keep_stages(run_document(run))
        return run


def _read(request: ImportRequest, workspace: Workspace, resources: ExitStack) -> tuple[ImportRun, RawTable]:
    workspace.forget_source()
    workdir = workspace.directory_for("reading")
    resources.callback(shutil.rmtree, workdir, ignore_errors=True)
    run = ImportRun(request, workdir, resources)
    raw = run.read()
    table = run.table = keep_table(raw, workspace.source, workdir / "raw" / "unpacked")
    run.start_hooks(table)
    return run, table


def settle(run: ImportRun, table: RawTable) -> None:
    """Take the steps between reading and rows, up to the first that waits for a person."""
    header = run.find_header(table)
    if header.status == "uncertain":
        return
    layout = run.match(table, header)
    if not match_reasons(layout.columns, run.schema):
        run.learn(layout, run.settle_types(layout))


def build_rows(request: ImportRequest, workspace: Workspace, *, reached: bool) -> Rows:
    """The rows of the kept steps, built anew: every cell read, hooks of the start run, in a store of their own.

    Raises ImportFailedError when a hook fails.
    """
    workspace.forget_rows()
    stages, table = workspace.stages(), workspace.table()
    if stages is None or table is None:
        raise RuntimeError("the steps before the rows are not kept")
    with ExitStack() as resources:
        workdir = workspace.directory_for("rows")
        resources.callback(shutil.rmtree, workdir, ignore_errors=True)
        run = resumed_run(request, stages, table, workdir, resources)
        workspace.keep_rows({**build_store(run, workspace.store), "reached": reached})
    rows = open_rows(request, workspace)
    if rows is None:
        raise RuntimeError("the rows cannot be opened right after they were built")
    return rows


def build_store(run: ImportRun, directory: Path) -> Document:
    """Build the table of the run's rows in `directory`; gives what `open_rows` needs besides."""
    layout, settled = run.layout, run.settled
    if layout is None or settled is None:
        raise RuntimeError("the run has not come as far as its rows")
    rows = run.rows(layout, settled.typing)
    slots = run.hooked_slots(settled.typing) if isinstance(rows, StreamedRows) else rows.hooked
    return store_document(run, rows, slots, directory)


def store_document(
    run: ImportRun, rows: StreamedRows | HookedTable, slots: list[HookedSlot], directory: Path
) -> Document:
    """The same for rows that are there already."""
    build = uuid.uuid4().hex
    table = ReviewTable.build(
        directory,
        rows.chunks(),
        slots,
        run.schema.fields,
        run.types,
        fingerprint=build,
        passed_through=run.passed_through(run.layout) if run.layout else (),
        progress=lambda done: run.request.progress("rows", done, run.layout.table.rows if run.layout else 0),
    )
    table.close()
    return {**rows_document(run, slots), "build": build}


def open_rows(request: ImportRequest, workspace: Workspace) -> Rows | None:
    """The rows that were built for the kept steps; None when there are none, or none that can be trusted."""
    stages, document, raw = workspace.stages(), workspace.rows(), workspace.table()
    if stages is None or document is None or raw is None:
        return None
    resources = ExitStack()
    run = resumed_run(request, stages, raw, workspace.scratch, resources)
    slots = resume_rows(run, document)
    try:
        table = ReviewTable.open(workspace.store, slots, run.schema.fields, run.types, fingerprint=document["build"])
    except UnusableTableError:
        resources.close()
        workspace.forget_rows()
        return None
    if run.layout is None:
        raise RuntimeError("rows without a layout were kept")
    return Rows(run, run.layout, slots, table, document, resources)
