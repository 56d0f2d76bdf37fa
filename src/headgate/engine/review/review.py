"""One open review: the steps of its import under the decisions of people, its rows, and the changes to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from headgate.engine.import_run import ImportRun
from headgate.engine.layout import Layout
from headgate.engine.messages import Texts
from headgate.engine.request import ImportRequest
from headgate.engine.review.deciding import decide_columns, decide_header, decide_values
from headgate.engine.review.decisions import PersonDecisions
from headgate.engine.review.delta import Changes, Delta, PackedDelta
from headgate.engine.review.kept_table import unpacked_source
from headgate.engine.review.log import DECISIONS, Direction, LogEntry, Prepared, RefusedChangeError
from headgate.engine.review.net import Address, lost_addresses, net_delta
from headgate.engine.review.pre_submit import submitted_notes
from headgate.engine.review.reading_trial import ReadingTrial
from headgate.engine.review.refusals import refused
from headgate.engine.review.reviewed import Positions
from headgate.engine.review.stages import Rows, Stages, build_rows, open_rows, take_steps
from headgate.engine.review.steps import STEPS, Standing, state_of
from headgate.engine.review.steps_columns import columns_view
from headgate.engine.review.steps_header import header_view
from headgate.engine.review.steps_values import values_view
from headgate.engine.review.workbench import Workbench
from headgate.engine.review.workspace import Workspace

DEFAULT_ROWS_SHOWN = 100
MAX_UPDATED = 200
"""So many changed rows come with the answer to a change; of more the page asks for those that it shows."""


class ReviewCore:
    """The folded state of a review and its first three steps. What the grid asks is in `Review` (session.py).

    Its directory is held until `close`. Raises ReviewInUseError when another process has it, ImportFailedError when the
    import as such cannot go on.
    """

    def __init__(self, request: ImportRequest, directory: Path, log: Sequence[LogEntry] = ()) -> None:
        self._workspace = Workspace(directory, request)
        self._request = replace(request, memory=self._workspace.memory)
        self._log = list(log)
        self._rows: Rows | None = None
        self._open_bench: Workbench | None = None
        self._lost: set[Address] = set()
        self._confirmation: list[Any] | None = None
        try:
            self._person = folded_decisions(self._log)
            self._stages: Stages = take_steps(self._request, self._person, self._workspace)
            self._texts = texts_of(self._request)
            self._open_rows()
        except BaseException:
            self.close()
            raise

    @property
    def version(self) -> int:
        """The `seq` of the last entry that is in the state."""
        return self._log[-1].seq if self._log else 0

    def close(self) -> None:
        """Write what is not yet on disk, end what was started."""
        try:
            self._close_rows()
        finally:
            self._workspace.close()

    # The steps

    def state(self) -> dict[str, Any]:
        """ReviewState without what only the service knows."""
        rows = self._rows
        return state_of(self._standing(), None if rows is None else rows.run, self._texts, len(self._lost))

    def header(self, query: dict[str, Any]) -> dict[str, Any]:
        """HeaderView; with other reading parameters than those decided a preview, which changes nothing."""
        run = self._run
        limit, offset = query.get("limit") or DEFAULT_ROWS_SHOWN, query.get("offset") or 0
        asked = {key: query[key] for key in ("encoding", "delimiter", "sheet") if query.get(key) is not None}
        table, header = run.table, run.header
        if table is None or header is None:
            raise RuntimeError("the source is not read")
        if not asked or self._is_read_so(asked):
            return header_view(run, table, header, self._texts, limit=limit, offset=offset)
        with self._trial.table(replace(run.person.reading, **asked)) as (trial, part):
            found = trial.find_header(part)
            return header_view(trial, part, found, self._texts, limit=limit, offset=offset)

    def columns(self) -> dict[str, Any]:
        """ColumnsView."""
        return columns_view(self._run, self._layout, self._texts)

    def values(self) -> dict[str, Any]:
        """ValuesView."""
        self._require("values")
        return values_view(self._run)

    def advance(self, step: str) -> None:
        """Compute what the step needs; the rows, for the last one."""
        if step not in STEPS:
            raise RefusedChangeError("unknown_step", f"There is no step {step!r}.")
        self._require(step)
        if step != "review":
            return
        if self._rows is None:
            self._rows = build_rows(self._request, self._workspace, reached=True)
            self._note_hooks(self._rows)
            self._apply_whole_log()
        elif not self._rows.document["reached"]:
            self._keep_rows({**self._rows.document, "reached": True})

    # Changes of decisions

    def decide(self, kind: str, body: dict[str, Any]) -> Prepared:
        """A `header`, `columns` or `values` decision."""
        run = self._run
        if kind == "header" and run.table is not None:
            person = decide_header(run, run.table, body, self._trial.check)
        elif kind == "columns":
            person = decide_columns(run, self._layout, body)
        elif kind == "values":
            self._require("values")
            person = decide_values(run, body)
        else:
            raise RefusedChangeError("unknown_change", f"There is no decision of the kind {kind!r}.")
        return Prepared(
            kind, {"decisions": person.to_json(), "changed": len(body.get("columns") or body.get("values") or ())}
        )

    def prepare_undo_of_decision(
        self, entry: LogEntry, direction: Direction, before: dict[str, Any] | None
    ) -> Prepared:
        """Take back a decision, or bring it again. `before`: the decisions that held before it, None for the very first."""
        kept = entry.parameters["decisions"] if direction == "redo" else before
        person = PersonDecisions() if kept is None else PersonDecisions.from_json(kept)
        return Prepared(direction, {"decisions": person.to_json()}, undoes=entry.seq)

    def commit(self, entry: LogEntry) -> dict[str, Any]:
        """Bring an entry into the state: one that was prepared here, or one that another process wrote."""
        self._log.append(entry)
        if entry.kind != "hooks":
            self._confirmation = None
        decisions = entry.parameters.get("decisions")
        if decisions is not None:
            self._obey(PersonDecisions.from_json(decisions))
            return {}
        rows = self._rows
        if rows is None:
            return {}
        if entry.delta is None:
            rows.table.skip(entry.seq)
            return {"updated": [], "summary": self._bench.grid.summary()}
        self._note_hooks(rows)
        changed = self._apply(rows, PackedDelta(entry.delta), entry.seq)
        updated = self._bench.grid.rows_at(changed) if len(changed) <= MAX_UPDATED else []
        return {"updated": updated, "summary": self._bench.grid.summary()}

    def _obey(self, person: PersonDecisions) -> None:
        if person == self._person:
            return
        self._close_rows()
        self._person = person
        self._lost.clear()
        self._stages = take_steps(self._request, person, self._workspace)

    # The rows

    def _open_rows(self) -> None:
        """The kept rows with what was written since. A log that does not go with them means that they are built anew."""
        rows = open_rows(self._request, self._workspace) if self._stages.ready else None
        if rows is None:
            return
        pending = [entry for entry in self._log if entry.seq > rows.table.seq]
        if rows.table.seq > self.version:
            rows.close()
            self._workspace.forget_rows()
            return
        self._rows = rows
        self._note_hooks(rows)
        self._lost = {(row, column, field) for row, column, field in rows.document.get("lost", ())}
        for entry in pending:
            if entry.delta is None:
                rows.table.skip(entry.seq)
            else:
                self._apply(rows, PackedDelta(entry.delta), entry.seq)

    def _apply_whole_log(self) -> None:
        """Bring all changes into rows that were just built: what they come to, at once."""
        if self._rows is None:
            return
        self._lost.clear()
        deltas = [Delta.from_bytes(entry.delta) for entry in self._log if entry.delta is not None]
        if deltas:
            self._apply(self._rows, net_delta(deltas), self.version)
        elif self._log:
            self._rows.table.skip(self.version)

    def _apply(self, rows: Rows, delta: Changes, seq: int) -> Positions:
        """Apply a delta; gives the rows that changed."""
        applied = rows.table.apply(delta, seq)
        if applied.lost.height:
            lost_addresses(applied.lost, self._lost)
            self._keep_rows({**rows.document, "lost": sorted(self._lost, key=repr)})
        return applied.positions

    def _note_hooks(self, rows: Rows) -> None:
        """What the hooks before submitting said, as long as the log ends with what they did."""
        notes = submitted_notes(self._log)
        if notes is not None and rows.run.hooks is not None:
            rows.run.hooks.resume(notes)

    def _keep_rows(self, document: dict[str, Any]) -> None:
        if self._rows is not None:
            self._rows.document = document
        self._workspace.keep_rows(document)

    def _close_rows(self) -> None:
        if self._open_bench is not None:
            self._open_bench.close()
            self._open_bench = None
        if self._rows is not None:
            self._rows.close()
            self._rows = None

    # What is where

    @property
    def _bench(self) -> Workbench:
        """What works on the rows. Raises RefusedChangeError `not_ready` while there are none."""
        if self._rows is None:
            raise refused("not_ready", "rows_not_ready")
        if self._open_bench is None:
            self._open_bench = Workbench(
                self._rows,
                self._texts,
                self._request.start_hooks,
                lambda done, total: self._request.progress("transform", done, total),
                self._workspace.uploads,
                self._changes_since,
            )
        return self._open_bench

    def _changes_since(self, version: int) -> Iterator[Delta]:
        """The deltas of the entries after a version."""
        for entry in self._log:
            if entry.seq > version and entry.delta is not None:
                yield Delta.from_bytes(entry.delta)

    @property
    def _run(self) -> ImportRun:
        return self._stages.run

    @property
    def _layout(self) -> Layout:
        self._require("columns")
        if self._run.layout is None:
            raise RuntimeError("the columns are not matched")
        return self._run.layout

    @property
    def _trial(self) -> ReadingTrial:
        run = self._run
        if run.table is None:
            raise RuntimeError("the source is not read")
        source = unpacked_source(self._workspace.source) or self._request.source
        return ReadingTrial(run, run.table, source, self._workspace.scratch)

    def _is_read_so(self, asked: dict[str, Any]) -> bool:
        description = self._run.table.description if self._run.table is not None else None
        return all(getattr(description, key) == value for key, value in asked.items())

    def _standing(self) -> Standing:
        rows = self._rows
        reached = rows is not None and (rows.document["reached"] or any(entry.delta for entry in self._log))
        return Standing(self._run, self._stages.failure, self._blocked(), "review" if reached else None)

    def _blocked(self) -> list[dict[str, Any]]:
        """Why the rows cannot be submitted: entries of ReviewState.reasons."""
        blocked = None if self._rows is None else self._bench.grid.summary()["blocked"]
        return [] if blocked is None else [blocked]

    def _require(self, step: str) -> None:
        """Raises RefusedChangeError `not_ready` when an earlier step waits for the person."""
        waiting = self._standing().waiting
        if step != "header" and waiting["header"]:
            raise refused("not_ready", "header_first")
        if step in ("values", "review") and waiting["columns"]:
            raise refused("not_ready", "columns_first")


def folded_decisions(log: Sequence[LogEntry]) -> PersonDecisions:
    """What people have decided by the end of the log: the last decisions, or those that an undo brought back."""
    for entry in reversed(log):
        if entry.kind in DECISIONS or entry.parameters.get("decisions") is not None:
            return PersonDecisions.from_json(entry.parameters["decisions"])
    return PersonDecisions()


def texts_of(request: ImportRequest) -> Texts:
    """The messages in the language of the review, with the schema's own texts."""
    settings = request.schema.settings
    return Texts(settings.locale, settings.text_overrides.errors)
