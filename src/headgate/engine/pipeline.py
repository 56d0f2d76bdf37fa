"""The import pipeline: read → header → match → hooks → types → validators → decide → result.

Read it from top to bottom: `run_import` is the whole story, the steps of `_Run` are its chapters in order, and the
modules that they call hold the details. Nothing here knows of HTTP, databases or queues.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from headgate.engine.checking import Checks
from headgate.engine.decisions import Decisions
from headgate.engine.delivery import Delivered, Delivery, result_fields
from headgate.engine.errors import ImportFailedError, ReviewReason
from headgate.engine.header import HeaderDecision, choose_header, header_names
from headgate.engine.issues import IssueLog
from headgate.engine.layout import Layout
from headgate.engine.many_to_one import with_lists_spread
from headgate.engine.match import MatchMemory, learn
from headgate.engine.matching import best_sheet, keys_as_headers, match_table, named_header, table_width
from headgate.engine.metadata import result_metadata
from headgate.engine.outcome import Outcome
from headgate.engine.output import JsonWriter, ResultTable, ResultTableWriter
from headgate.engine.parallel import ahead, in_parallel
from headgate.engine.read import ReadOptions, XmlOptions, read_source
from headgate.engine.request import ImportRequest
from headgate.engine.review_reasons import finish_reason, header_reason, match_reasons, result_reasons
from headgate.engine.settle import Settled, settle_types
from headgate.engine.table import RawTable
from headgate.engine.types.base import FieldType, TypeContext
from headgate.engine.types.registry import build_type
from headgate.engine.working import DataRows, RowCounts, Slot, Typing, is_blank
from headgate.schema import Field

if TYPE_CHECKING:
    # The hooks' modules are loaded where a schema has any: most imports need not wait for them.
    from headgate.engine.hook_stage import HookStage
    from headgate.engine.hooked_table import HookedTable

HEADER_SEARCH_ROWS = 200


def run_import(request: ImportRequest, workdir: Path) -> Outcome:
    """Import `request.source`, keeping all intermediate and result files in `workdir`.

    Never raises for what a file or a hook does: an import that cannot go on is a FAILED outcome. The same request gives
    the same result bytes.
    """
    with ExitStack() as resources:
        run = _Run(request, workdir, resources)
        try:
            outcome = run.steps()
        except ImportFailedError as failure:
            outcome = Outcome.failed(failure, run.record())
        return run.with_notes_of_hooks(outcome)


class _Run:
    """One import on its way through the steps; `decisions` records what each of them decided."""

    def __init__(self, request: ImportRequest, workdir: Path, resources: ExitStack) -> None:
        self.request = request
        self.schema = request.schema
        self.workdir = workdir
        self.resources = resources
        self.decisions = Decisions()
        self.counts = RowCounts()
        self.types: dict[str, FieldType] = {}
        self.hooks: HookStage | None = None
        self.learned: MatchMemory | None = None
        self._attempts = itertools.count(1)

    def steps(self) -> Outcome:
        table = self.read()
        self.start_hooks(table)
        header = self.find_header(table)
        if header.status == "uncertain":
            return self.needs_review([header_reason(header)])
        layout = self.match(table, header)
        if reasons := match_reasons(layout.columns, self.schema):
            return self.needs_review(reasons)
        settled = self.settle_types(layout)
        self.learned = learn(layout.columns, settled.values)
        if self.hooks is None:
            return self.conclude(layout, StreamedRows(self, layout, settled.typing))
        return self.conclude_with_hooks(layout, self.hooks, self.hooked_rows(layout, settled.typing, self.hooks))

    def read(self) -> RawTable:
        """Bytes → a raw table of text on disk."""
        settings = self.schema.settings
        xml = settings.xml_parsing_options
        self.refuse_too_large(settings.max_file_size)
        options = ReadOptions(
            filename=self.request.filename,
            delimiter=settings.delimiter,
            sheet=settings.upload_step.sheet_override,
            limits=self.request.limits,
            xml=XmlOptions(
                xml.force_array_tags,
                tuple(xml.header_alias.items()),
                enable_auto_array_heuristics=xml.enable_auto_array_heuristics,
                assume_single_root_child_is_array=xml.assume_single_root_child_is_array,
            ),
        )
        with self.decisions.timed("read"):
            table = read_source(
                self.request.source,
                self.workdir / "raw",
                options,
                choose_sheet=lambda sheets: best_sheet(sheets, self.schema.fields),
                progress=lambda done, total: self.request.progress("read", done, total),
            )
            table = with_lists_spread(table, self.schema.fields, self.workdir / "spread")
        self.decisions.file = table.description.to_json()
        if is_blank(table) and self.request.kind == "file":
            raise ImportFailedError(
                "file_empty", "The file has nothing but blank lines. Check that the right file was sent."
            )
        return table

    def refuse_too_large(self, limit: int) -> None:
        """An upload is refused before it is kept; a file on disk comes here unseen."""
        if self.request.kind == "file" and self.request.source.stat().st_size > limit:
            raise ImportFailedError(
                "file_too_large",
                f"The file is larger than the {limit} bytes that this import accepts. Split it, or raise maxFileSize.",
                limit=limit,
            )

    def start_hooks(self, table: RawTable) -> None:
        """Load the schema's hooks, if there are any, and run the first of them (UPLOAD_STEP)."""
        if self.schema.hooks.run_in_imports:
            from headgate.engine.hook_stage import HookStage

            process = self.resources.enter_context(self.request.start_hooks())
            self.hooks = HookStage(process, self.schema)
            self.hooks.upload_step(table, self.request.filename, self.request.import_id)
            self.schema = self.hooks.schema

    def find_header(self, table: RawTable) -> HeaderDecision:
        """Which record holds the column names."""
        override = self.schema.settings.matching_step.header_row_override
        if self.hooks is not None and self.hooks.header_row is not None:
            override = self.hooks.header_row.row
        with self.decisions.timed("header"):
            if table.header is not None or self.request.kind == "initial_data":
                header = named_header()
            else:
                rows = table.head(max(HEADER_SEARCH_ROWS, (override or 0) + 1))
                header = choose_header(rows, self.schema.fields, override=override, total_rows=table.rows)
        self.decisions.header = header.to_json()
        return header

    def match(self, table: RawTable, header: HeaderDecision) -> Layout:
        """Which column belongs to which field."""
        with self.decisions.timed("match"):
            if table.header is not None:
                headers = table.header
            elif self.request.kind == "initial_data":
                headers = keys_as_headers(table, self.schema.fields)
            else:
                headers = header_names(table.head(header.data_start), header)
            headers = [*headers, *[""] * (table.width - len(headers))]
            columns = match_table(table, headers, header.data_start, self.request, self.schema)
            width = table_width(table, headers, header)
        self.decisions.columns = [column.to_json() for column in columns]
        without_column = self.hooks.may_fill if self.hooks is not None else ()
        return Layout.of(table, headers, header.data_start, width, columns, self.schema, without_column)

    def type_of(self, field: Field, table: RawTable) -> FieldType:
        """The type of a field, told where its cells come from and what people chose earlier."""
        memory = self.request.memory if self.schema.settings.auto_map_headers else None
        remembered = memory.values.get(field.key) if memory is not None else None
        return build_type(field, TypeContext(table.kind, self.schema.settings.locale, remembered))

    def settle_types(self, layout: Layout) -> Settled:
        """What whole columns prove: the order of day and month, the decimal mark, the currency."""
        self.types = {field.key: self.type_of(field, layout.table) for field in self.schema.fields}
        with self.decisions.timed("evidence"):
            settled = settle_types(layout.table, layout.first_row, layout.slots, self.types)
        self.decisions.types = settled.types
        self.decisions.values = [value.to_json() for value in settled.values]
        return settled

    def working_chunks(self, layout: Layout, typing: Typing, counts: RowCounts) -> Iterator[pl.DataFrame]:
        """Raw rows → working rows, every cell read by its type."""
        rows = DataRows(layout.table, layout.first_row, self.schema.settings.max_records)
        passed_through = layout.unmapped if self.schema.settings.pass_through_unmapped_columns else []
        for raw in rows.chunks(counts):
            with self.decisions.timed("types"):
                chunk = typing.chunk(raw, layout.table, layout.width, passed_through)
            yield chunk

    def hooked_rows(self, layout: Layout, typing: Typing, hooks: HookStage) -> HookedTable:
        """The working rows as the schema's hooks leave them."""
        from headgate.engine.hooked_table import HookedSlot, HookedTable

        slots = [
            HookedSlot(slot, self.types[slot.field.key], reader, self.types[slot.field.key].reader())
            for slot, reader in zip(typing.slots, typing.readers, strict=True)
        ]
        chunks = self.working_chunks(layout, typing, self.counts)
        rows = HookedTable.of(chunks, slots, self.workdir / "hooked")
        with self.decisions.timed("hooks"):
            hooks.init_hooks(rows, layout.headers, lambda field: self.type_of(field, layout.table))
            rows.drop_untouched({slot.field.key for slot in layout.slots if not slot.field.hidden} - hooks.added)
        self.resources.callback(rows.remove)
        self.take_over(hooks, rows)
        return rows

    def take_over(self, hooks: HookStage, rows: HookedTable) -> None:
        """The fields and types as hooks have left them."""
        self.schema = hooks.schema
        self.types |= {hooked.slot.field.key: hooked.type for hooked in rows.hooked}

    def deliver(self, layout: Layout, rows: StreamedRows | HookedTable) -> Delivered:
        """Check every row and write those that `invalidDataBehavior` lets out."""
        attempt = next(self._attempts)
        issues = IssueLog(self.workdir / f"issues-{attempt}")
        fields = result_fields(rows.slots, self.types)
        passed_through = layout.unmapped if self.schema.settings.pass_through_unmapped_columns else None
        delivery = Delivery(fields, self.schema.settings.behavior, passed_through)
        result, result_json = self.workdir / f"result-{attempt}.parquet", self.workdir / f"result-{attempt}.json"
        invalid_rows = 0
        with (
            Checks(self.schema.fields, rows.slots, self.types, issues) as checks,
            result_json.open("wb") as stream,
            ResultTableWriter(result, delivery.columns, with_originals=delivery.with_originals) as table,
        ):
            document = JsonWriter(stream, delivery.columns)
            with self.decisions.timed("uniqueness"):
                checks.observe(rows.columns_of)
            for chunk in ahead(rows.chunks()):
                with self.decisions.timed("validators"):
                    invalid = checks.check(chunk)
                with self.decisions.timed("output"):
                    out = delivery.rows(chunk, invalid)
                    in_parallel([partial(table.write, out), partial(document.write, out)], out.height)
                invalid_rows += int(invalid.sum())
                self.request.progress("check", self.counts.read, layout.table.rows)
            document.finish()
        self.decisions.autofixes = [
            {"field": key, "code": code, "count": count} for (key, code), count in sorted(checks.autofixes.items())
        ]
        self.decisions.rows = self.counts.to_json(invalid_rows, table.rows)
        self.decisions.warnings = self.counts.warnings()
        return Delivered(fields, result, result_json, issues, invalid_rows, table.rows)

    def conclude(self, layout: Layout, rows: StreamedRows) -> Outcome:
        """SUCCESSFUL, unless the settings ask for a person."""
        delivered = self.deliver(layout, rows)
        if reasons := result_reasons(self.schema, delivered):
            return self.needs_review(reasons, delivered.issues)
        return self.successful(layout, delivered)

    def conclude_with_hooks(self, layout: Layout, hooks: HookStage, rows: HookedTable) -> Outcome:
        """The same, with the hooks that have the last word; what they change is checked again."""

        def type_of(field: Field) -> FieldType:
            return self.type_of(field, layout.table)

        delivered = self.deliver(layout, rows)
        if reasons := result_reasons(self.schema, delivered):
            return self.needs_review(reasons, delivered.issues)
        if hooks.pre_submit(rows, layout.headers, type_of):
            delivered = self.deliver_again(layout, rows, hooks, delivered)
            if reasons := result_reasons(self.schema, delivered):
                return self.needs_review(reasons, delivered.issues)
        result, metadata = ResultTable(delivered.result), self.metadata(layout, delivered)
        finish, changed = hooks.before_finish(rows, result, metadata, type_of)
        if changed:
            delivered = self.deliver_again(layout, rows, hooks, delivered)
        reasons = [finish_reason(finish.cancel_message)] if finish.cancel_message is not None else []
        if changed or reasons:
            reasons += result_reasons(self.schema, delivered)
        return self.needs_review(reasons, delivered.issues) if reasons else self.successful(layout, delivered)

    def deliver_again(self, layout: Layout, rows: HookedTable, hooks: HookStage, before: Delivered) -> Delivered:
        """The same for rows that hooks changed after they were delivered."""
        before.remove()
        self.take_over(hooks, rows)
        return self.deliver(layout, rows)

    def successful(self, layout: Layout, delivered: Delivered) -> Outcome:
        return Outcome(
            "SUCCESSFUL",
            None,
            self.metadata(layout, delivered),
            self.record(),
            delivered.result,
            delivered.result_json,
            delivered.issues,
            learned=self.learned,
        )

    def needs_review(self, reasons: Sequence[ReviewReason], issues: IssueLog | None = None) -> Outcome:
        return Outcome.needs_review(list(reasons), self.record(), issues)

    def metadata(self, layout: Layout, delivered: Delivered) -> dict[str, Any]:
        return result_metadata(self.request, self.schema, layout.headers, delivered, self.record(), self.hooks)

    def record(self) -> dict[str, Any]:
        """The decisions so far."""
        if self.hooks is not None:
            self.decisions.hooks = [entry.to_json() for entry in self.hooks.session.statistics]
        return self.decisions.to_json()

    def with_notes_of_hooks(self, outcome: Outcome) -> Outcome:
        """The outcome with what hooks said beside the rows: console and user."""
        if self.hooks is None:
            return outcome
        return replace(outcome, console=[entry.to_json() for entry in self.hooks.session.console], user=self.hooks.user)


class StreamedRows:
    """Working rows that nothing changes: read and typed anew whenever they are asked for."""

    def __init__(self, run: _Run, layout: Layout, typing: Typing) -> None:
        self.slots: Sequence[Slot] = layout.slots
        self._run, self._layout, self._typing = run, layout, typing

    def columns_of(self, keys: set[str]) -> Iterator[pl.DataFrame]:
        """All rows with the slots of those fields."""
        return self._run.working_chunks(self._layout, self._typing.only(keys), RowCounts())

    def chunks(self) -> Iterator[pl.DataFrame]:
        """All rows."""
        return self._run.working_chunks(self._layout, self._typing, self._run.counts)
