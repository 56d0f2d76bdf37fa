"""From a proposal to a delta: what stands in the cells before and after, and what the schema's row hooks add to it.

A cell whose text a person changes loses what hooks have said of its former text; row hooks in "update" mode say anew what
there is to say.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from headgate.engine.cell_options import options_column
from headgate.engine.hooked_table import ROW_ID, HookedSlot, changed, hook_fields, row_batch
from headgate.engine.review.cells import how_column, read_texts, with_all_columns
from headgate.engine.review.delta import ADDED, AS_BUILT, AS_IN_FILE, CELLS, DELETED, GIVEN, TYPED
from headgate.engine.review.proposal import ColumnEdit, Proposal
from headgate.engine.review.reviewed import Positions
from headgate.engine.review.row_places import distinct
from headgate.engine.table import ROW, Spool, rows_per_chunk
from headgate.engine.working import EXTRA, INDEX, messages_column
from headgate.records import dataclass

if TYPE_CHECKING:
    from headgate.engine.hooks.session import HookSession
    from headgate.engine.review.table import ReviewTable
    from headgate.schema import Hooks

ID = "id"
_WAYS = (GIVEN, AS_IN_FILE, TYPED)


@dataclass(frozen=True)
class RowHooks:
    """The hooks that see what people change. `session` gives the running session, started when it is first needed."""

    hooks: Hooks
    session: Callable[[], HookSession]

    @property
    def see_updates(self) -> bool:
        """Whether changed rows go through hooks."""
        return bool(self.hooks.row_hooks or self.hooks.bulk_row_hooks)


@dataclass(frozen=True)
class Draft:
    """A delta that is still to be computed: `cells` gives its CELLS, some at a time, and raises ImportFailedError when a hook
    fails."""

    cells: Iterator[pl.DataFrame]
    added: pl.DataFrame
    deleted: pl.DataFrame


def draft(table: ReviewTable, proposal: Proposal, hooks: RowHooks | None) -> Draft:
    """What the proposal comes to."""
    new = np.arange(len(proposal.added), dtype=np.int64)
    ids = table.places.next_id - new
    above = [proposal.after, *ids[:-1].tolist()] if len(ids) else []
    added = pl.DataFrame({"row": ids, "after": above}, schema=dict(ADDED))
    deleted = pl.DataFrame({"row": table.ids(proposal.deleted)}, schema=dict(DELETED))
    return Draft(_drafted(table, proposal, ids, hooks), added, deleted)


def _drafted(
    table: ReviewTable,
    proposal: Proposal,
    ids: np.ndarray[tuple[int], np.dtype[np.int64]],
    hooks: RowHooks | None,
) -> Iterator[pl.DataFrame]:
    if hooks is not None and hooks.see_updates and (proposal.added or proposal.edits):
        yield from _with_hooks(table, proposal, ids, hooks)
    else:
        for edit in proposal.edits:
            yield from _edited(table, edit)
        if proposal.added:
            yield from _differences(table, *_new_rows(table, proposal, ids))
    if hooks is not None and len(proposal.deleted) and hooks.hooks.row_delete_hooks:
        _tell_deleted(table, proposal.deleted, hooks)


def _edited(table: ReviewTable, edit: ColumnEdit) -> Iterator[pl.DataFrame]:
    """The cells of one slot that the edit changes, as CELLS."""
    slot = edit.hooked.slot
    for chunk, at, of_chunk in edit.by_chunk(table):
        before = with_all_columns(table.cells.frame(chunk, [edit.hooked], at), slot)
        changed_cells, ids = is_changed(before, of_chunk), pl.Series(table.ids(of_chunk.positions))
        texts, how = of_chunk.texts.replace("", None), of_chunk.how
        if not changed_cells.all():
            before, texts, how = before.filter(changed_cells), texts.filter(changed_cells), how.filter(changed_cells)
            ids = ids.filter(changed_cells)
        no_messages = pl.Series([None], dtype=CELLS["after_messages"]).new_from_index(0, len(ids))
        yield _cells(edit.hooked, ids, before, (texts, how, no_messages, before[options_column(slot)]))


def is_changed(frame: pl.DataFrame, edit: ColumnEdit) -> pl.Series:
    """Which cells of an edit become something else (Boolean): another text, or the same read in another way."""
    slot = edit.hooked.slot
    texts = edit.texts.replace("", None)
    same = texts.eq_missing(frame[slot.text].replace("", None))
    # The same text says nothing new, unless it is now a value for certain: so are mended cells that were ambiguous.
    is_value = same & (edit.how == TYPED) & frame[slot.value].ne_missing(texts)
    return ~same | is_value


def _cells(
    hooked: HookedSlot, ids: pl.Series, before: pl.DataFrame, after: tuple[pl.Series, pl.Series, pl.Series, pl.Series]
) -> pl.DataFrame:
    """CELLS of one slot; `after`: text, how it is read, messages, options."""
    slot = hooked.slot
    column, key = (slot.column, None) if slot.column is not None else (None, slot.field.key)
    text, how, messages, options = after
    return pl.DataFrame(
        {
            "row": ids.cast(pl.Int64),
            "column": pl.Series([column], dtype=pl.Int32).new_from_index(0, len(ids)),
            "field": pl.Series([key], dtype=pl.String).new_from_index(0, len(ids)),
            "before": before[slot.text],
            "after": text,
            "before_read": before[how_column(slot)],
            "after_read": how.cast(pl.UInt8),
            "before_messages": before[messages_column(slot)],
            "after_messages": messages,
            "before_options": before[options_column(slot)],
            "after_options": options,
        },
        schema=dict(CELLS),
    )


def _new_rows(
    table: ReviewTable, proposal: Proposal, ids: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Added rows, empty and with their texts."""
    height = len(ids)
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, height)
    place = len(table.visible)
    if proposal.after is not None:
        place = int(table.places.ranks[table.find(np.array([proposal.after], np.int64))][0]) + 1
    columns = [
        pl.Series(ID, ids),
        pl.Series(INDEX, np.arange(place, place + height, dtype=np.uint32)),
        pl.Series(ROW_ID, ids).cast(pl.String),
        pl.Series(ROW, [None] * height, dtype=pl.UInt32),
        pl.Series(EXTRA, [False]).new_from_index(0, height),
    ]
    for hooked in table.hooked:
        slot = hooked.slot
        empty = pl.Series([hooked.reader.empty], dtype=pl.String).new_from_index(0, height)
        columns += [nothing.alias(slot.text), empty.alias(slot.value), nothing.alias(slot.code)]
    before = pl.DataFrame(columns)
    after = before
    for hooked in table.hooked:
        texts = [line.get(hooked.slot.position) for line in proposal.added]
        at = [number for number, text in enumerate(texts) if text]
        if at:
            edit = ColumnEdit.of(hooked, np.array(at, np.int32), pl.Series([texts[n] for n in at]), GIVEN)
            after = laid_over(after, edit, np.array(at))
    return before, after


def laid_over(frame: pl.DataFrame, edit: ColumnEdit, at: np.ndarray[tuple[int], np.dtype[np.integer]]) -> pl.DataFrame:
    """The frame with the edit's texts in the rows `at`, read, and without what hooks said of those cells."""
    slot = edit.hooked.slot
    frame = with_all_columns(frame, slot)
    kept = is_changed(frame.select(pl.all().gather(pl.Series(at, dtype=pl.UInt32))), edit).to_numpy()
    texts = edit.texts.replace("", None).filter(pl.Series(kept))
    how, places = edit.how.filter(pl.Series(kept)), pl.Series(at[kept], dtype=pl.UInt32)
    value, code = read_texts(edit.hooked, texts, how, frame[options_column(slot)].gather(places))
    touched = pl.Series([False]).new_from_index(0, frame.height).scatter(places, True)
    return frame.with_columns(
        frame[slot.text].clone().scatter(places, texts),
        frame[slot.value].clone().scatter(places, value),
        frame[slot.code].clone().scatter(places, code),
        frame[how_column(slot)].clone().scatter(places, how),
        pl.when(~touched).then(pl.col(messages_column(slot))).alias(messages_column(slot)),
    )


def _with_hooks(
    table: ReviewTable, proposal: Proposal, ids: np.ndarray[tuple[int], np.dtype[np.int64]], hooks: RowHooks
) -> Iterator[pl.DataFrame]:
    """The cells that change when the changed rows go through the row hooks, then through the bulk row hooks."""
    session = hooks.session()
    session.set_fields(hook_fields(table.hooked))
    directory = Path(tempfile.mkdtemp(prefix="headgate-hooks-"))
    try:
        before, after = Spool(directory / "before"), Spool(directory / "after")
        for old, new in _blocks(table, proposal, ids):
            batch = row_batch(new, table.hooked)
            before.append(old)
            after.append(changed(new, session.row_hooks(batch, "update"), table.hooked))
        batches = (row_batch(chunk, table.hooked) for chunk in after.chunks())
        bulk = session.bulk_row_hooks(batches, "update")
        for old, new, changes in zip(before.chunks(), after.chunks(), bulk, strict=True):
            yield from _differences(table, old, changed(new, changes, table.hooked))
    finally:
        shutil.rmtree(directory)


def _blocks(
    table: ReviewTable, proposal: Proposal, ids: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """The changed rows, some at a time, as they are and as the proposal makes them; all slots."""
    touched: Positions = distinct(
        np.concatenate([edit.positions for edit in proposal.edits] or [np.empty(0, np.int32)])
    )
    size = rows_per_chunk(max(1, len(table.hooked)))
    for start in range(0, len(touched), size):
        rows = touched[start : start + size]
        before = table.frame(rows, table.hooked).with_columns(pl.Series(ID, table.ids(rows)))
        after = before
        for edit in proposal.edits:
            here = np.flatnonzero(np.isin(edit.positions, rows))
            if len(here):
                part = pl.Series(here)
                of_rows = ColumnEdit(edit.hooked, edit.positions[here], edit.texts.gather(part), edit.how.gather(part))
                after = laid_over(after, of_rows, np.searchsorted(rows, of_rows.positions))
        differs = pl.Series(np.logical_or.reduce([_differs(before, after, h).to_numpy() for h in table.hooked]))
        if differs.any():
            yield before.filter(differs), after.filter(differs)
    if proposal.added:
        yield _new_rows(table, proposal, ids)


def _differs(before: pl.DataFrame, after: pl.DataFrame, hooked: HookedSlot) -> pl.Series:
    """Which cells of a slot are not the same in both (Boolean)."""
    slot = hooked.slot
    found = pl.Series([False]).new_from_index(0, before.height)
    for name in (slot.text, slot.value, slot.code, options_column(slot)):
        if name in after.columns:
            old = before[name] if name in before.columns else pl.Series([None], dtype=after[name].dtype)
            found |= after[name].ne_missing(old if len(old) == before.height else old.new_from_index(0, before.height))
    name = messages_column(slot)
    if name in after.columns:
        old = before[name] if name in before.columns else after[name].clear(before.height)
        found |= _as_text(after[name]).ne_missing(_as_text(old))
    return found


def _as_text(messages: pl.Series) -> pl.Series:
    """Lists of messages as one text each, to be compared."""
    said = pl.element().struct.field("level") + ":" + pl.element().struct.field("message")
    return messages.to_frame("m").select(pl.col("m").list.eval(said).list.join("\n")).to_series()


def _differences(table: ReviewTable, before: pl.DataFrame, after: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """CELLS of everything that is not the same in both."""
    for hooked in table.hooked:
        at = _differs(before, after, hooked).arg_true()
        if len(at) == 0:
            continue
        slot = hooked.slot
        old = with_all_columns(before, slot).select(pl.all().gather(at))
        new = with_all_columns(after, slot).select(pl.all().gather(at))
        how = _how_read(hooked, old, new)
        texts = (new[slot.text].replace("", None), how, new[messages_column(slot)], new[options_column(slot)])
        yield _cells(hooked, old[ID], old, texts)


def _how_read(hooked: HookedSlot, old: pl.DataFrame, new: pl.DataFrame) -> pl.Series:
    """How the new texts have to be read to be what they are: hooks give texts as well as typed values."""
    slot, how = hooked.slot, new[how_column(hooked.slot)]
    texts, options = new[slot.text], new[options_column(slot)]
    settled = texts.eq_missing(old[slot.text]) & new[slot.value].eq_missing(old[slot.value])
    given, in_file, typed = (pl.Series([code], dtype=pl.UInt8).new_from_index(0, len(texts)) for code in _WAYS)
    for tried in (how.set(how == AS_BUILT, GIVEN), given, typed, in_file):
        reading = read_texts(hooked, texts, tried, options)
        fits = reading.value.eq_missing(new[slot.value]) & reading.code.eq_missing(new[slot.code]) & ~settled
        how = tried.zip_with(fits, how)
        settled |= fits
    return how


def _tell_deleted(table: ReviewTable, positions: Positions, hooks: RowHooks) -> None:
    """Row delete hooks see the rows as they were."""
    session = hooks.session()
    session.set_fields(hook_fields(table.hooked))
    size = rows_per_chunk(max(1, len(table.hooked)))
    for start in range(0, len(positions), size):
        session.row_delete_hooks(row_batch(table.frame(positions[start : start + size], table.hooked), table.hooked))


__all__ = ["Draft", "RowHooks", "draft", "is_changed", "laid_over"]
