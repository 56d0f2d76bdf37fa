"""The steps of an import as JSON: what a review keeps of them so that it can go on without taking them again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from headgate.engine.decisions import Decisions
from headgate.engine.header import HeaderDecision
from headgate.engine.import_run import ImportRun
from headgate.engine.match import ColumnDecision, RunnerUp, ValueDecision
from headgate.engine.recipe.fitting import Fit
from headgate.engine.request import ImportRequest
from headgate.engine.review.decisions import PersonDecisions
from headgate.engine.review.overrides import with_custom_fields, without_custom_fields
from headgate.engine.settle import Settled
from headgate.engine.table import RawTable
from headgate.engine.working import RowCounts, Typing, slot_without_column
from headgate.schema import Field, Schema
from headgate.schema.fields import parse_field
from headgate.schema.problems import Problems

if TYPE_CHECKING:
    from headgate.engine.hook_stage import HookStage
    from headgate.engine.hooked_table import HookedSlot
    from headgate.engine.hooks.process import HookProcess

Document = dict[str, Any]


def run_document(run: ImportRun, decisions: Decisions | None = None) -> Document:
    """The steps that the run has taken, before its rows are looked at. `decisions`: as they were then, if other steps followed."""
    layout, settled, header = run.layout, run.settled, run.header
    return {
        "person": run.person.to_json(),
        "fields": [field.definition for field in without_custom_fields(run.schema, run.person.custom_fields).fields],
        "hooks": None if run.hooks is None else run.hooks.notes(),
        "decisions": asdict(decisions or run.decisions),
        "fit": None if run.fit is None else [list(run.fit.misfits), list(run.fit.columns.items())],
        "header": None if header is None else asdict(header),
        "hidden": [sorted(run.doubtful), run.named_by_data],
        "automatic": [asdict(column) for column in run.automatic],
        "layout": None if layout is None else [list(layout.headers), layout.first_row, layout.width],
        "settled": None
        if settled is None
        else [settled.evidence, settled.types, [asdict(value) for value in settled.values]],
    }


def resumed_run(
    request: ImportRequest, document: Document, table: RawTable, workdir: Path, resources: ExitStack
) -> ImportRun:
    """The run that has taken those steps on that table, with the decisions of `document`."""
    person = PersonDecisions.from_json(document["person"])
    run = started_run(replace(request, person=person), document, table, workdir, resources)
    run.decisions = Decisions(**document["decisions"])
    if document["fit"] is not None and request.recipe is not None:
        misfits, fitted = document["fit"]
        run.fit = Fit(request.recipe, tuple(misfits), columns=dict(fitted))
    if document["header"] is not None:
        run.header = HeaderDecision(**{**document["header"], "rows": tuple(document["header"]["rows"])})
    if document["layout"] is not None:
        run.automatic = [_column(entry) for entry in document["automatic"]]
        doubtful, run.named_by_data = document["hidden"]
        run.doubtful = frozenset(doubtful)
        headers, first_row, width = document["layout"]
        run.lay_out(table, headers, first_row, width, run.decide_columns())
    if document["settled"] is not None and run.layout is not None:
        evidence, types, values = document["settled"]
        run.make_types(table)
        slots = run.layout.slots
        readers = tuple(run.types[s.field.key].reader(found) for s, found in zip(slots, evidence, strict=True))
        decided = [ValueDecision(**value) for value in values]
        run.settled = Settled(Typing(tuple(slots), readers), evidence, types, decided)
        run.learn(run.layout, run.settled)
    return run


def started_run(
    request: ImportRequest, document: Document, table: RawTable, workdir: Path, resources: ExitStack
) -> ImportRun:
    """A run that has read the table and run UPLOAD_STEP, as `document` tells, and nothing more."""
    run = ImportRun(request, workdir, resources)
    run.table = table
    run.decisions.file = table.description.to_json()
    run.schema = with_custom_fields(with_fields(request.schema, document["fields"]), run.person.custom_fields)
    if document["hooks"] is not None:
        run.hooks = resumed_hooks(run, document["hooks"])
    return run


def resumed_hooks(run: ImportRun, notes: Document, start: Callable[[], HookProcess] | None = None) -> HookStage:
    """The hooks of the run, which go on from `notes`. `start`: gives their process; the run does when it is None."""
    from headgate.engine.hook_stage import HookStage

    hooks = HookStage(start or run.hook_process, run.schema)
    hooks.resume(notes)
    return hooks


def rows_document(run: ImportRun, hooked: list[HookedSlot]) -> Document:
    """What the hooks at the start of the rows left behind: fields, slots and notes, and how many rows there are."""
    return {
        "fields": [field.definition for field in run.schema.fields],
        "slots": [[h.slot.position, h.slot.field.key, h.slot.column, h.slot.many_to_one_index] for h in hooked],
        "hooks": None if run.hooks is None else run.hooks.notes(),
        "counts": asdict(run.counts),
        "decisions": asdict(run.decisions),
    }


def resume_rows(run: ImportRun, document: Document) -> list[HookedSlot]:
    """Put the run behind the hooks that made its rows, as `rows_document` told; gives the slots of the rows."""
    from headgate.engine.hooked_table import HookedSlot

    if run.layout is None or run.settled is None or run.table is None:
        raise ValueError("the run has not come as far as its rows")
    run.schema = with_fields(run.schema, document["fields"])
    run.keep_masks()
    run.make_types(run.table)
    run.counts = RowCounts(**document["counts"])
    run.decisions = Decisions(**document["decisions"])
    if document["hooks"] is not None:
        run.hooks = resumed_hooks(run, document["hooks"])
    evidence = {slot.position: found for slot, found in zip(run.layout.slots, run.settled.evidence, strict=True)}
    known = {slot.position: slot for slot in run.layout.slots}
    hooked = []
    for position, key, _, _ in document["slots"]:
        field_type = run.types[key]
        field = run.schema.field(key)
        slot = replace(known[position], field=field) if position in known else slot_without_column(position, field)
        hooked.append(HookedSlot(slot, field_type, field_type.reader(evidence.get(position)), field_type.reader()))
    return hooked


def with_fields(schema: Schema, definitions: list[Document]) -> Schema:
    """The schema with the fields that the definitions describe; those it has already are not parsed again."""
    known = {field.key: field for field in schema.fields}
    return replace(schema, fields=tuple(_field(definition, known) for definition in definitions))


def _field(definition: Document, known: dict[str, Field]) -> Field:
    field = known.get(definition["key"])
    if field is not None and field.definition == definition:
        return field
    problems = Problems()
    parsed = parse_field(definition, "field", problems)
    problems.raise_if_any()
    if parsed is None:
        raise AssertionError("a field that did not parse recorded no problem")
    return parsed


def _column(entry: Document) -> ColumnDecision:
    return ColumnDecision(**{**entry, "runners_up": [RunnerUp(**other) for other in entry["runners_up"]]})
