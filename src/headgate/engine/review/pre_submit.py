"""REVIEW_STEP_PRE_SUBMIT before a person confirms: what it does to the rows becomes an entry of the log, so that what is
submitted is what was announced."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import polars as pl

from headgate.engine.cell_options import options_column
from headgate.engine.hooked_table import MESSAGES, ROW_ID, HookedSlot, HookedTable
from headgate.engine.review.cells import how_column, with_all_columns
from headgate.engine.review.delta import ADDED, CELLS, DELETED, GIVEN, TYPED, Delta
from headgate.engine.review.kept_run import resumed_hooks
from headgate.engine.review.log import LogEntry
from headgate.engine.review.rows_out import RowsOut
from headgate.engine.review.stages import Rows
from headgate.engine.working import Slot, messages_column
from headgate.records import dataclass

_ID, _PLACE = "review_row", "review_place"


@dataclass(frozen=True)
class PreSubmit:
    """What the hooks did. `delta`: None when it cannot be said as changes of cells and rows (fields came or went, a row came
    before all others): then they are to run when the import is finished. `notes`: what they said beside rows."""

    delta: Delta | None
    notes: dict[str, Any]


def submitted_notes(log: Sequence[LogEntry]) -> dict[str, Any] | None:
    """What the hooks said, when what they do to the rows is in the log and nothing was changed after it; else None: they are
    still to be run."""
    for entry in reversed(log):
        if entry.kind == "hooks":
            return dict(entry.parameters["notes"])
        if entry.delta is not None or entry.parameters.get("decisions") is not None:
            return None
    return None


def has_pre_submit(rows: Rows) -> bool:
    """Whether the schema has such hooks."""
    return any(hook.type == "REVIEW_STEP_PRE_SUBMIT" for hook in rows.run.schema.hooks.step_hooks)


def run_pre_submit(rows: Rows, workdir: Path) -> PreSubmit:
    """Run the hooks on a copy of the rows in `workdir`. Raises ImportFailedError when one fails."""
    run = rows.run
    if run.hooks is None:
        raise ValueError("there are no hooks")
    with ExitStack() as resources:
        resources.callback(shutil.rmtree, workdir, ignore_errors=True)
        # A stage of their own, so that fields which they add or remove are not those of the open review.
        hooks = resumed_hooks(run, run.hooks.notes(), lambda: resources.enter_context(run.request.start_hooks()))
        table = copy_for_hooks(rows, workdir)
        changed = hooks.pre_submit(table, rows.layout.headers, lambda field: run.type_of(field, rows.layout.table))
        delta = _difference(rows, table) if changed else Delta()
        return PreSubmit(delta, hooks.notes())


def _difference(rows: Rows, after: HookedTable) -> Delta | None:
    """The delta that leads from the rows to `after`."""
    if [hooked.slot.position for hooked in after.hooked] != [hooked.slot.position for hooked in rows.slots]:
        return None
    table = rows.table
    known = _known(rows)
    names = [chunk.select(ROW_ID) for chunk in after.chunks()]
    new_order = pl.concat(names) if names else pl.DataFrame(schema={ROW_ID: pl.String})
    joined = new_order.join(known, on=ROW_ID, how="left", maintain_order="left")
    fresh = joined[_ID].is_null()
    numbers = pl.Series(range(table.places.next_id, table.places.next_id - int(fresh.sum()), -1), dtype=pl.Int64)
    ids = joined[_ID].clone().scatter(fresh.arg_true(), numbers)
    if len(fresh) and fresh[0]:
        return None
    order = pl.DataFrame({ROW_ID: new_order[ROW_ID], _ID: ids, "above": ids.shift(1), "fresh": fresh})
    added = order.filter("fresh").select(pl.col(_ID).alias("row"), pl.col("above").alias("after"))
    gone = known.join(new_order, on=ROW_ID, how="anti", maintain_order="left").select(pl.col(_ID).alias("row"))
    cells = [*_new_cells(after, order), *_messages(rows, after, known)]
    return Delta(
        pl.concat(cells) if cells else pl.DataFrame(schema=dict(CELLS)),
        added.match_to_schema(pl.Schema(ADDED)),
        gone.match_to_schema(pl.Schema(DELETED)),
    )


def copy_for_hooks(rows: Rows, directory: Path) -> HookedTable:
    """The rows as they are, for hooks to work on. Hooks know them by their numbers in the review: the ids that hooks gave rows
    at the start (`hook-1` …) are given anew in a session that begins later."""
    return HookedTable.of(_numbered(rows), rows.slots, directory)


def _numbered(rows: Rows) -> Iterator[pl.DataFrame]:
    table, done = rows.table, 0
    for chunk in RowsOut(table).chunks():
        ids = pl.Series(ROW_ID, table.ids(table.visible[done : done + chunk.height])).cast(pl.String)
        yield chunk.with_columns(ids)
        done += chunk.height


def _known(rows: Rows) -> pl.DataFrame:
    """ROW_ID of every row with its number and its place in the table."""
    visible = rows.table.visible
    ids = pl.Series(_ID, rows.table.ids(visible))
    return pl.DataFrame([ids.cast(pl.String).alias(ROW_ID), ids, pl.Series(_PLACE, visible)])


def _new_cells(after: HookedTable, order: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The cells of the rows that came: values as they are, what no type could read as it was written."""
    fresh = order.filter("fresh").select(ROW_ID, _ID)
    for chunk in after.chunks() if fresh.height else ():
        here = chunk.join(fresh, on=ROW_ID, how="inner", maintain_order="left")
        for hooked in after.hooked if here.height else ():
            slot = hooked.slot
            value, text, messages = here[slot.value], here[slot.text], _of_messages(here, slot)
            empty = value.is_null() if hooked.reader.empty is None else value.eq_missing(hooked.reader.empty)
            written = value.zip_with(value.is_not_null(), text)
            filled = (~empty & value.is_not_null()) | text.is_not_null() | messages.is_not_null()
            read = pl.select(pl.when(value.is_not_null()).then(TYPED).otherwise(GIVEN)).to_series()
            yield _cells(slot, here[_ID], {"after": written, "after_read": read, "after_messages": messages}).filter(
                filled
            )


def _messages(rows: Rows, after: HookedTable, known: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The cells of rows that stayed of which the hooks say something else."""
    for chunk in after.chunks():
        told = [hooked for hooked in after.hooked if messages_column(hooked.slot) in chunk.columns]
        here = chunk.join(known, on=ROW_ID, how="inner", maintain_order="left") if told else chunk.head(0)
        for hooked in told if here.height else ():
            yield from _changed_messages(rows, hooked, here)


def _changed_messages(rows: Rows, hooked: HookedSlot, here: pl.DataFrame) -> Iterator[pl.DataFrame]:
    slot = hooked.slot
    before = with_all_columns(rows.table.frame(here[_PLACE].to_numpy(), [hooked]), slot)
    now, then = here[messages_column(slot)], before[messages_column(slot)]
    differ = _as_text(now).ne_missing(_as_text(then))
    if not differ.any():
        return
    kept, read = before[slot.text], before[how_column(slot)].fill_null(0)
    own = before[options_column(slot)]
    columns = {
        "before": kept, "after": kept, "before_read": read, "after_read": read,
        "before_messages": then, "after_messages": now, "before_options": own, "after_options": own,
    }  # fmt: skip
    yield _cells(slot, here[_ID], columns).filter(differ)


def _cells(slot: Slot, row: pl.Series, columns: dict[str, pl.Series]) -> pl.DataFrame:
    key = None if slot.column is not None else slot.field.key
    given = pl.DataFrame([row.alias("row"), *(column.alias(name) for name, column in columns.items())])
    address = {"column": pl.lit(slot.column, dtype=pl.Int32), "field": pl.lit(key, dtype=pl.String)}
    missing = [name for name in CELLS if name not in given.columns and name not in address]
    return (
        given.with_columns(**address)
        .with_columns(pl.lit(None, dtype=CELLS[name]).alias(name) for name in missing)
        .select(pl.col(name).cast(kind) for name, kind in CELLS.items())
        .with_columns(pl.col("before_read", "after_read").fill_null(0))
    )


def _of_messages(chunk: pl.DataFrame, slot: Slot) -> pl.Series:
    column = messages_column(slot)
    if column in chunk.columns:
        return chunk[column]
    return pl.Series([None], dtype=MESSAGES).new_from_index(0, chunk.height)


def _as_text(messages: pl.Series) -> pl.Series:
    """Lists of messages in a form that can be compared."""
    return (
        messages.to_frame("m")
        .select(pl.col("m").list.eval(pl.element().struct.json_encode()).list.join("\n"))
        .to_series()
    )
