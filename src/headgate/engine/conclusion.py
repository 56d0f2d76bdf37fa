"""The end of an import: its rows are checked and delivered, the last hooks have their word, and the status is decided."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import polars as pl

from headgate.engine.checking import Checks
from headgate.engine.delivery import Delivered, Delivery, result_fields, table_file
from headgate.engine.errors import ReviewReason
from headgate.engine.import_run import ImportRun
from headgate.engine.issues import IssueLog
from headgate.engine.late_table import LateTable
from headgate.engine.layout import Layout
from headgate.engine.masking import Masking
from headgate.engine.metadata import result_metadata
from headgate.engine.outcome import Outcome
from headgate.engine.output import JsonWriter, ResultTable, ResultTableWriter
from headgate.engine.review_reasons import finish_reason, result_reasons
from headgate.engine.streamed_rows import StreamedRows
from headgate.engine.types.base import FieldType
from headgate.engine.working import Slot
from headgate.engine.writing import write_rows
from headgate.schema import Field

if TYPE_CHECKING:
    from headgate.engine.hook_stage import HookStage
    from headgate.engine.hooked_table import HookedTable


class WorkingRows(Protocol):
    """Rows to be checked and delivered; they can be gone through as often as need be."""

    @property
    def slots(self) -> Sequence[Slot]:
        """In the order of the fields."""

    def columns_of(self, keys: set[str]) -> Iterator[pl.DataFrame]:
        """All rows with (at least) the slots of those fields."""

    def chunks(self) -> Iterator[pl.DataFrame]:
        """All rows with all slots."""


class Conclusion:
    """How an import ends whose rows are settled. `counted`: more entries of the decisions' `rows`. `changed_rows`: whether
    the hooks that have the last word have changed the rows."""

    def __init__(self, run: ImportRun, layout: Layout, counted: dict[str, int] | None = None) -> None:
        self.run = run
        self._layout = layout
        self._counted = counted or {}
        self._attempts = itertools.count(1)
        self.changed_rows = False

    def of_rows(self, rows: WorkingRows) -> Outcome:
        """SUCCESSFUL, unless the settings ask for a person."""
        delivered = self.deliver(rows)
        if reasons := result_reasons(self.run.schema, delivered):
            return self._needs_review(reasons, delivered)
        return self._successful(delivered)

    def of_hooked_rows(self, rows: HookedTable, hooks: HookStage, *, pre_submit: bool = True) -> Outcome:
        """The same, with the hooks that have the last word; what they change is checked again.

        `pre_submit`: whether REVIEW_STEP_PRE_SUBMIT is still to be run.
        """
        headers = self._layout.headers
        delivered = self.deliver(rows)
        if reasons := result_reasons(self.run.schema, delivered):
            return self._needs_review(reasons, delivered)
        if pre_submit and hooks.pre_submit(rows, headers, self._type_of):
            delivered = self._deliver_again(rows, hooks, delivered)
            if reasons := result_reasons(self.run.schema, delivered):
                return self._needs_review(reasons, delivered)
        result, metadata = ResultTable(table_file(delivered.result)), self._metadata(delivered)
        finish, changed = hooks.before_finish(rows, result, metadata, self._type_of)
        if changed:
            delivered = self._deliver_again(rows, hooks, delivered)
        reasons = [finish_reason(finish.cancel_message)] if finish.cancel_message is not None else []
        if changed or reasons:
            reasons += result_reasons(self.run.schema, delivered)
        return self._needs_review(reasons, delivered) if reasons else self._successful(delivered)

    def deliver(self, rows: WorkingRows) -> Delivered:
        """Check every row and write those that `invalidDataBehavior` lets out."""
        run = self.run
        delivery = delivery_for(run, self._layout, rows.slots)
        if run.work is not None and isinstance(rows, StreamedRows) and self._layout.table.large:
            # Here, because few files are that large.
            from headgate.engine.large.delivery import PartedDelivery

            delivered, autofixes = PartedDelivery(run, self._layout, rows, delivery, run.work).deliver()
        else:
            delivered, autofixes = self._deliver_at_once(rows, delivery)
        run.decisions.autofixes = [
            {"field": key, "code": code, "count": count} for (key, code), count in sorted(autofixes.items())
        ]
        run.decisions.rows = {**run.counts.to_json(delivered.invalid, delivered.rows), **self._counted}
        run.decisions.warnings = run.warnings()
        return delivered

    def _deliver_at_once(self, rows: WorkingRows, delivery: Delivery) -> tuple[Delivered, dict[tuple[str, str], int]]:
        """All rows into one result; and how many cells of a field (key, code) were auto-fixed."""
        run, attempt = self.run, next(self._attempts)
        run.workdir.mkdir(parents=True, exist_ok=True)
        issues = IssueLog(run.workdir / f"issues-{attempt}", Masking(run.schema.fields))
        result = run.workdir / f"result-{attempt}.parquet"
        result_json = run.workdir / f"result-{attempt}.json" if run.request.wants_json else None
        witness = run.request.witness
        if witness is not None:
            witness.begin(delivery)
        with ExitStack() as files:
            checks = files.enter_context(Checks(run.schema.fields, rows.slots, run.types, issues))
            table = self._late_table(rows, delivery, result) or files.enter_context(
                ResultTableWriter(result, delivery.columns, with_originals=delivery.with_originals)
            )
            document = None
            if result_json is not None:
                document = JsonWriter(files.enter_context(result_json.open("wb")), delivery.columns)
            with run.decisions.timed("uniqueness"):
                checks.observe(rows.columns_of)
            invalid = write_rows(
                rows.chunks(), checks, delivery, table, document, run.decisions, witness, self._tell_progress
            )
            if document is not None:
                document.finish()
        made = table if isinstance(table, LateTable) else result
        return Delivered(delivery.fields, made, result_json, issues, invalid, table.rows), checks.autofixes

    def _late_table(self, rows: WorkingRows, delivery: Delivery, path: Path) -> LateTable | None:
        """The table of rows that can be gone through again, where nobody is known to ask for it."""
        request = self.run.request
        # What a recipe replaces is counted whenever the rows are gone through.
        if request.table_later and request.wants_json and request.recipe is None and isinstance(rows, StreamedRows):
            return LateTable(path, rows, delivery)
        return None

    def _tell_progress(self) -> None:
        self.run.request.progress("check", self.run.counts.read, self._layout.table.rows)

    def _deliver_again(self, rows: HookedTable, hooks: HookStage, before: Delivered) -> Delivered:
        """The same for rows that hooks changed after they were delivered."""
        before.remove()
        self.changed_rows = True
        self.run.take_over(hooks, rows)
        return self.deliver(rows)

    def _type_of(self, field: Field) -> FieldType:
        return self.run.type_of(field, self._layout.table)

    def _successful(self, delivered: Delivered) -> Outcome:
        return Outcome(
            "SUCCESSFUL",
            None,
            self._metadata(delivered),
            self.run.record(),
            delivered.result,
            delivered.result_json,
            delivered.issues,
            learned=self.run.learned,
        )

    def _needs_review(self, reasons: Sequence[ReviewReason], delivered: Delivered) -> Outcome:
        return Outcome.needs_review(list(reasons), self.run.record(), delivered.issues)

    def _metadata(self, delivered: Delivered) -> dict[str, Any]:
        run = self.run
        custom = {field.key for field in run.person.custom_fields}
        return result_metadata(
            run.request, run.schema, self._layout.headers, delivered, run.record(), run.hooks, custom
        )


def delivery_for(run: ImportRun, layout: Layout, slots: Sequence[Slot]) -> Delivery:
    """Which rows of the run leave, and as what."""
    settings = run.schema.settings
    passed_through = layout.unmapped if settings.pass_through_unmapped_columns else None
    return Delivery(result_fields(slots, run.types), settings.behavior, passed_through)


def with_notes_of_hooks(outcome: Outcome, hooks: HookStage | None) -> Outcome:
    """The outcome with what hooks said beside the rows: console and user."""
    if hooks is None:
        return outcome
    return replace(outcome, console=hooks.console, user=hooks.user)
