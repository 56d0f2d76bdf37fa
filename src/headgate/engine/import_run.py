"""One import on its way through the steps, which may be taken one at a time: read, header, match, settle, rows.

`pipeline.run_import` takes them in one go; a review takes them up to where a person is needed and goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from headgate.engine.decisions import Decisions
from headgate.engine.errors import ImportFailedError
from headgate.engine.explanations import warning
from headgate.engine.freed_memory import WORTHWHILE, give_back
from headgate.engine.header import HeaderDecision, choose_header, header_names
from headgate.engine.layout import Layout
from headgate.engine.lost_zeros import lost_zeros
from headgate.engine.many_to_one import with_lists_spread
from headgate.engine.masking import Masking
from headgate.engine.match import ColumnDecision, LayoutChanges, MatchMemory, layout_changes, learn
from headgate.engine.matching import best_sheet, keys_as_headers, match_table, named_header, table_width
from headgate.engine.parallel import meanwhile
from headgate.engine.read.options import ReadOptions
from headgate.engine.read.reading import read_source
from headgate.engine.read.xml_structure import XmlOptions
from headgate.engine.request import ImportRequest
from headgate.engine.review.decisions import PersonDecisions
from headgate.engine.review.hidden_columns import doubtful_columns, kept_masks
from headgate.engine.review.overrides import (
    decided_columns,
    decided_header,
    decided_orders,
    decided_reading,
    with_custom_fields,
    without_custom_fields,
)
from headgate.engine.settle import KeptLook, Settled, settle_types
from headgate.engine.streamed_rows import StreamedRows
from headgate.engine.table import RawTable
from headgate.engine.tables_below import tables_below
from headgate.engine.types.base import FieldType, TypeContext
from headgate.engine.types.registry import build_type, prepare_types
from headgate.engine.working import DataRows, RowCounts, Typing, is_blank
from headgate.schema import Field

if TYPE_CHECKING:
    # The hooks' modules are loaded where a schema has any: most imports need not wait for them.
    from headgate.engine.hook_stage import HookStage
    from headgate.engine.hooked_table import HookedSlot, HookedTable
    from headgate.engine.hooks.process import HookProcess
    from headgate.engine.large.work import LargeWork
    from headgate.engine.recipe.cells import Replacer
    from headgate.engine.recipe.fitting import Fit

HEADER_SEARCH_ROWS = 200


class ImportRun:
    """The steps of one import; each leaves what it decided in `decisions`. What people decided goes before everything.

    `workdir` holds all intermediate files, `resources` what must be closed in the end. Steps raise ImportFailedError.
    """

    def __init__(self, request: ImportRequest, workdir: Path, resources: ExitStack) -> None:
        self.request = request
        self.person = request.person or PersonDecisions()
        self.schema = with_custom_fields(request.schema, self.person.custom_fields)
        self.workdir = workdir
        self.resources = resources
        self.decisions = Decisions()
        self.counts = RowCounts()
        self.types: dict[str, FieldType] = {}
        self.hooks: HookStage | None = None
        self.learned: MatchMemory | None = None
        self.automatic: Sequence[ColumnDecision] = ()
        """What headgate alone would make of the columns."""
        self.doubtful: frozenset[int] = frozenset()
        self.named_by_data = False
        """What a person's choices leave open of masked fields (review/hidden_columns.py)."""
        self._kept_masks: frozenset[str] = frozenset()
        self.table: RawTable | None = None
        self.header: HeaderDecision | None = None
        self.layout: Layout | None = None
        self.changes: LayoutChanges | None = None
        self.settled: Settled | None = None
        self.fit: Fit | None = None
        self.work: LargeWork | None = None
        """Where the work on a large file is kept; None for any other."""
        self._replacer: Replacer | None = None

    def read(self) -> RawTable:
        """Bytes → a raw table of text on disk."""
        self.refuse_too_large(self.schema.settings.max_file_size)
        with self.decisions.timed("read"), meanwhile(self._prepare_types, worthwhile=self._is_large()) as begin:
            table = (self.work.table() if self.work is not None else None) or self._read_anew(begin)
        if self._is_large():
            give_back()
        table = self.table = decided_reading(table, self.person.reading)
        self.decisions.file = table.description.to_json()
        if is_blank(table) and self.request.kind == "file":
            raise ImportFailedError(
                "file_empty", "The file has nothing but blank lines. Check that the right file was sent."
            )
        return table

    def _is_large(self) -> bool:
        return self.request.source.stat().st_size >= WORTHWHILE

    def _prepare_types(self) -> None:
        prepare_types(self.schema.fields, self.schema.settings.locale)

    @property
    def raw_directory(self) -> Path:
        """Where the source is read to."""
        return self.workdir / "raw" if self.work is None else self.work.raw

    def _read_anew(self, begun: Callable[[], None]) -> RawTable:
        table = read_source(
            self.request.source,
            self.raw_directory,
            self.read_options(),
            choose_sheet=lambda sheets: best_sheet(sheets, self.schema.fields),
            progress=lambda done, total: self.request.progress("read", done, total),
            begun=begun,
        )
        table = with_lists_spread(table, self.schema.fields, self.raw_directory / "spread")
        if self.work is not None and table.large:
            self.work.keep_table(table)
        return table

    def read_options(self) -> ReadOptions:
        """How the source is to be read: as a person chose, else by the schema's settings, else by its content."""
        settings, reading = self.schema.settings, self.person.reading
        xml = settings.xml_parsing_options
        return ReadOptions(
            filename=self.request.filename,
            encoding=reading.encoding,
            delimiter=reading.delimiter if reading.delimiter is not None else settings.delimiter,
            sheet=reading.sheet if reading.sheet is not None else settings.upload_step.sheet_override,
            limits=self.request.limits,
            xml=XmlOptions(
                xml.force_array_tags,
                tuple(xml.header_alias.items()),
                enable_auto_array_heuristics=xml.enable_auto_array_heuristics,
                assume_single_root_child_is_array=xml.assume_single_root_child_is_array,
            ),
            large_from=None if self.work is None else self.work.part_bytes,
            plain_bytes=0 if self.work is None else self.work.plain_bytes(),
            kept=None if self.work is None else self.work.reading(),
        )

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

            self.hooks = HookStage(self.hook_process, self.schema)
            self.hooks.upload_step(table, self.request.filename, self.request.import_id)
            self.schema = self.hooks.schema = with_custom_fields(self.hooks.schema, self.person.custom_fields)

    def hook_process(self) -> HookProcess:
        """A process for hooks that ends with the import."""
        return self.resources.enter_context(self.request.start_hooks())

    def find_header(self, table: RawTable) -> HeaderDecision:
        """Which record holds the column names."""
        with self.decisions.timed("header"):
            self.fit_recipe(table)
            header = self.header = self._header_of(table)
        self.decisions.header = header.to_json()
        return header

    def _header_of(self, table: RawTable) -> HeaderDecision:
        if table.header is not None or self.request.kind == "initial_data":
            return named_header()
        if self.person.header is not None:
            return decided_header(table, self.person.header)
        if self.fit is not None and self.fit.header is not None:
            return self.fit.header
        return self.own_header(table)

    def fit_recipe(self, table: RawTable) -> None:
        """Whether the recipe fits, if there is one; what it decides stands behind what people decide."""
        if self.request.recipe is None or self.request.kind == "initial_data":
            return
        # Here, because most imports have no recipe.
        from headgate.engine.recipe.fitting import fit_recipe

        self.fit = fit_recipe(self, table, self.request.recipe)
        self.decisions.recipe = self.fit.to_json()
        self.decisions.warnings = self.warnings()

    def decide_columns(self) -> list[ColumnDecision]:
        """The decisions for all columns: a person's, else the recipe's, else headgate's own."""
        columns = list(self.automatic)
        if self.fit is not None and self.fit.applied:
            columns = decided_columns(columns, self.fit.columns, self.schema.fields, "recipe")
        return decided_columns(columns, self.person.columns, self.schema.fields)

    def own_header(self, table: RawTable) -> HeaderDecision:
        """What headgate takes for the header, whatever people decided: by a hook or the settings, else by the content."""
        override = self.schema.settings.matching_step.header_row_override
        if self.hooks is not None and self.hooks.header_row is not None:
            override = self.hooks.header_row.row
        rows = table.head(max(HEADER_SEARCH_ROWS, (override or 0) + 1))
        return choose_header(rows, self.schema.fields, override=override, total_rows=table.rows)

    def match(self, table: RawTable, header: HeaderDecision) -> Layout:
        """Which column belongs to which field."""
        with self.decisions.timed("match"):
            headers = self.headers_of(table, header)
            self.automatic = self.matched_by(table, header)
            self.doubtful, self.named_by_data = doubtful_columns(self, table, header)
            columns = self.decide_columns()
            width = table_width(table, headers, header)
            traces = [*lost_zeros(table, headers, header.data_start), *tables_below(table, header.data_start)]
            self.decisions.file = table.description.to_json()
            self.decisions.file["warnings"] = [*table.description.warnings, *traces]
        return self.lay_out(table, headers, header.data_start, width, columns)

    def matched_by(self, table: RawTable, header: HeaderDecision) -> list[ColumnDecision]:
        """What headgate alone makes of the columns below a header."""
        # A field that a person made for one column is no candidate for any other.
        own = without_custom_fields(self.schema, self.person.custom_fields)
        return match_table(table, self.headers_of(table, header), header.data_start, self.request, own)

    def headers_of(self, table: RawTable, header: HeaderDecision) -> list[str]:
        """The names of all columns, "" where one has none."""
        if table.header is not None:
            headers = table.header
        elif self.request.kind == "initial_data":
            headers = keys_as_headers(table, self.schema.fields)
        else:
            headers = header_names(table.head(max(header.data_start, 1)), header)
        return [*headers, *[""] * (table.width - len(headers))]

    def lay_out(
        self, table: RawTable, headers: Sequence[str], first_row: int, width: int, columns: Sequence[ColumnDecision]
    ) -> Layout:
        """The layout that follows from the decisions about columns."""
        self.decisions.columns = [column.to_json() for column in columns]
        self._kept_masks = kept_masks(self.schema.fields, columns, self.doubtful)
        self.keep_masks()
        memory = self.request.memory if self.schema.settings.auto_map_headers else None
        keys = {field.key for field in self.schema.fields if not field.hidden}
        self.changes = layout_changes(memory, columns, keys) if memory is not None else None
        self.decisions.layout = self.changes.to_json() if self.changes is not None else None
        without_column = self.hooks.may_fill if self.hooks is not None else ()
        self.layout = Layout.of(table, headers, first_row, width, columns, self.schema, without_column)
        return self.layout

    def keep_masks(self) -> None:
        """Mask the fields of columns that stay hidden whatever field a person gives them; whoever puts other fields into the
        schema does it anew."""
        if self._kept_masks:
            fields = (
                replace(field, mask="all") if field.key in self._kept_masks else field for field in self.schema.fields
            )
            self.schema = replace(self.schema, fields=tuple(fields))

    def type_of(self, field: Field, table: RawTable) -> FieldType:
        """The type of a field, told where its cells come from and what people chose."""
        memory = self.request.memory if self.schema.settings.auto_map_headers else None
        remembered = memory.values.get(field.key) if memory is not None else None
        decided = self.person.values.get(field.key)
        replayed = self.fit.values.get(field.key) if self.fit is not None else None
        return build_type(field, TypeContext(table.kind, self.schema.settings.locale, remembered, decided, replayed))

    def make_types(self, table: RawTable) -> None:
        """The types of all fields as the schema has them now."""
        self.types = {field.key: self.type_of(field, table) for field in self.schema.fields}

    def settle_types(self, layout: Layout, kept: KeptLook | None = None) -> Settled:
        """What whole columns prove: the order of day and month, the decimal mark, the currency. `kept`: how far it came before."""
        self.make_types(layout.table)
        with self.decisions.timed("evidence"):
            decide = decided_orders(self.person.orders, self.fit.orders if self.fit is not None else {})
            settled = self.settled = settle_types(
                layout.table, layout.first_row, layout.slots, self.types, decide, kept
            )
        self.decisions.types = settled.types
        self.decisions.values = [value.to_json() for value in settled.values]
        return settled

    def _layout_warnings(self) -> list[dict[str, Any]]:
        """That fields lost the column that earlier imports had for them: their values would be missing unseen."""
        labels = {field.key: field.label for field in self.schema.fields}
        lost = [labels[one.field] for one in self.changes.missing] if self.changes is not None else []
        return [warning("layout_changed", fields=lost)] if lost else []

    def learn(self, layout: Layout, settled: Settled) -> None:
        """Note what the import teaches the next ones once it is complete."""
        masking = Masking(self.schema.fields)
        self.learned = learn(layout.columns, [one for one in settled.values if not masking.hides(one.field)])

    def data_rows(self, layout: Layout) -> DataRows:
        """Which records are data."""
        return DataRows(layout.table, layout.first_row, self.schema.settings.max_records)

    def working_chunks(
        self, layout: Layout, typing: Typing, counts: RowCounts, span: range | None = None, *, slots_only: bool = False
    ) -> Iterator[pl.DataFrame]:
        """Raw rows → working rows, every cell read by its type. `span`: the raw chunks that are taken, None for all; `counts`
        then says what came before them. `slots_only`: columns that are no slots of `typing` are of no interest."""
        rows = replace(self.data_rows(layout), span=span)
        passed_through = self.passed_through(layout)
        if slots_only and self.replacer(layout) is None:
            beyond = range(layout.width, layout.table.width)
            rows = replace(rows, columns={*beyond, *(slot.column for slot in typing.slots if slot.column is not None)})
            passed_through = []

        def typed(raw: pl.DataFrame) -> pl.DataFrame:
            with self.decisions.timed("types"):
                chunk = typing.chunk(raw, layout.table, layout.width, passed_through)
                if (replacer := self.replacer(layout)) is not None and self.decisions.recipe is not None:
                    chunk = replacer.corrected(chunk, raw, typing.slots, typing.readers)
                    self.decisions.recipe["replaced"] = replacer.replaced
            return chunk

        return map(typed, rows.chunks(counts))

    def forget_replaced(self) -> None:
        """Count the cells that a recipe replaces anew."""
        self._replacer = None

    def replacer(self, layout: Layout) -> Replacer | None:
        """What replaces cells as the recipe says; None when nothing does."""
        if self.fit is None or not self.fit.applied or not self.fit.recipe.replacements:
            return None
        if self._replacer is None:
            from headgate.engine.recipe.cells import Replacer

            columns = {slot.field.key: slot.column for slot in reversed(layout.slots) if slot.column is not None}
            self._replacer = Replacer(self.fit.recipe.replacements, columns, self.types)
        return self._replacer

    def warnings(self) -> list[dict[str, Any]]:
        """What a person should know about the import as a whole."""
        unfit = self.fit is not None and not self.fit.applied
        not_applied = [warning("recipe_not_applied")] if unfit else []
        return [*self.counts.warnings(), *not_applied, *self._layout_warnings()]

    def passed_through(self, layout: Layout) -> list[int]:
        """The source columns without a field that go out all the same."""
        return layout.unmapped if self.schema.settings.pass_through_unmapped_columns else []

    def rows(self, layout: Layout, typing: Typing) -> StreamedRows | HookedTable:
        """The working rows, as the schema's hooks leave them if there are any."""
        if self.hooks is None:
            return StreamedRows(self, layout, typing)
        return self.hooked_rows(layout, typing, self.hooks)

    def hooked_slots(self, typing: Typing) -> list[HookedSlot]:
        """The slots with all that reads their cells."""
        from headgate.engine.hooked_table import HookedSlot

        return [
            HookedSlot(slot, self.types[slot.field.key], reader, self.types[slot.field.key].reader())
            for slot, reader in zip(typing.slots, typing.readers, strict=True)
        ]

    def hooked_rows(self, layout: Layout, typing: Typing, hooks: HookStage) -> HookedTable:
        """The working rows as the schema's hooks leave them."""
        from headgate.engine.hooked_table import HookedTable

        chunks = self.working_chunks(layout, typing, self.counts)
        rows = HookedTable.of(chunks, self.hooked_slots(typing), self.workdir / "hooked")
        with self.decisions.timed("hooks"):
            hooks.init_hooks(rows, layout.headers, lambda field: self.type_of(field, layout.table))
            rows.drop_untouched({slot.field.key for slot in layout.slots if not slot.field.hidden} - hooks.added)
        self.resources.callback(rows.remove)
        self.take_over(hooks, rows)
        return rows

    def take_over(self, hooks: HookStage, rows: HookedTable) -> None:
        """The fields and types as hooks have left them."""
        self.schema = hooks.schema
        self.keep_masks()
        self.types |= {hooked.slot.field.key: hooked.type for hooked in rows.hooked}

    def record(self) -> dict[str, Any]:
        """The decisions so far."""
        if self.hooks is not None:
            self.decisions.hooks = self.hooks.statistics
        return Masking(self.schema.fields).decisions(self.decisions.to_json())
