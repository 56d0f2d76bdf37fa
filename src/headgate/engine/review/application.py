"""Bringing one delta into a table: rows come, cells change, rows go; then what that may have broken or mended is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from headgate.engine.cell_options import options_column
from headgate.engine.hooked_table import HookedSlot
from headgate.engine.review.cells import how_column, read_texts, with_all_columns
from headgate.engine.review.delta import AS_BUILT, AS_IN_FILE, CELLS, Changes
from headgate.engine.review.reviewed import Positions
from headgate.engine.review.row_places import FIRST_ADDED_BY_PEOPLE, NOWHERE, Places, distinct
from headgate.engine.review.store import ChunkEntry
from headgate.engine.review.table_files import check_rows, write_order, write_rows
from headgate.engine.table import rows_per_chunk
from headgate.engine.working import EXTRA, messages_column
from headgate.records import dataclass

if TYPE_CHECKING:
    from headgate.engine.review.table import ReviewTable

SLOT, POSITION = "slot", "position"


@dataclass(frozen=True)
class Applied:
    """What a delta did. `positions`: the rows whose cells, issues or presence changed, ascending.
    `lost`: the cells (CELLS) whose address does not exist in this layout; they changed nothing. `lost_rows`: the numbers of
    rows to be added or deleted that do not exist in it."""

    positions: Positions
    lost: pl.DataFrame
    lost_rows: list[int]


class Application:
    """One delta on its way into a table."""

    def __init__(self, table: ReviewTable) -> None:
        self._table = table
        self._touched: dict[str, list[Positions]] = {}
        self._all_keys = {hooked.slot.field.key for hooked in table.hooked}
        self._lost_rows: list[int] = []

    def run(self, delta: Changes) -> Applied:
        """Do it all. What was written counts once the table commits."""
        self._add_rows(delta.added)
        # What an earlier part did to a cell, a later one may do anew.
        lost = [self._change_cells(cells) for cells in delta.parts()]
        self._delete_rows(delta.deleted)
        return Applied(self._check(), pl.concat([pl.DataFrame(schema=dict(CELLS)), *lost]), self._lost_rows)

    def _touch(self, keys: set[str], positions: Positions) -> None:
        for key in keys:
            self._touched.setdefault(key, []).append(positions)

    def _add_rows(self, added: pl.DataFrame) -> None:
        if added.height == 0:
            return
        table = self._table
        at = table.places.find(added["row"].to_numpy())
        known = at != NOWHERE
        if known.any():
            table.places.mark_deleted(at[known], deleted=False)
            self._touch(self._all_keys, at[known])
        new = added.filter(pl.Series(~known))
        by_people = new["row"] <= FIRST_ADDED_BY_PEOPLE
        self._lost_rows += new.filter(~by_people)["row"].to_list()
        new = new.filter(by_people)
        if new.height:
            self._insert(new)

    def _insert(self, new: pl.DataFrame) -> None:
        table = self._table
        first = len(table.places)
        table.places.insert(new["row"].to_numpy(), new["after"].to_list())
        table.marks = np.concatenate([table.marks, np.zeros(new.height, np.uint8)])
        for live in table.checks.duplicates:
            live.add_rows(new.height)
        left, limit = new.height, rows_per_chunk(max(1, len(table.hooked)))
        while left:
            left -= self._grow_last_chunk(left, limit)
        write_order(table)
        self._touch(self._all_keys, np.arange(first, first + new.height, dtype=np.int32))

    def _grow_last_chunk(self, count: int, limit: int) -> int:
        """Add empty rows to the last chunk of added rows, or begin one; how many found room."""
        table, chunks = self._table, self._table.store.manifest.chunks
        if not chunks or not chunks[-1].added or chunks[-1].height >= limit:
            chunks.append(ChunkEntry(0, "", "", added=True))
        entry = chunks[-1]
        room = min(count, limit - entry.height)
        entry.height += room
        columns = [pl.Series(EXTRA, [False]).new_from_index(0, entry.height)]
        for hooked in table.hooked:
            slot = hooked.slot
            empty = pl.Series([None], dtype=pl.String).new_from_index(0, entry.height)
            value = pl.Series([hooked.reader.empty], dtype=pl.String).new_from_index(0, entry.height)
            columns += [empty.alias(slot.text), value.alias(slot.value), empty.alias(slot.code)]
        entry.base = table.cells.write_base(len(chunks) - 1, pl.DataFrame(columns), table.hooked, [EXTRA])
        return room

    def _change_cells(self, cells: pl.DataFrame) -> pl.DataFrame:
        located = locate(self._table, cells.select("row", "column", "field"))
        found = (located[SLOT].is_not_null() & (located[POSITION] != NOWHERE)).to_numpy()
        slots, positions = located[SLOT].fill_null(NOWHERE).to_numpy(), located[POSITION].to_numpy()
        for hooked in self._table.hooked:
            # No copy of the delta's cells is made but for one chunk at a time: there may be a million of them.
            named = np.flatnonzero(found & (slots == hooked.slot.position))
            if len(named) == 0:
                continue
            of_slot = _last_of_each(named, positions[named])
            for chunk, at, part in self._table.by_chunk(positions[of_slot]):
                self._write_cells(chunk, hooked, at, cells[pl.Series(of_slot[part], dtype=pl.UInt32)])
            self._touch({hooked.slot.field.key}, positions[of_slot])
        return cells.filter(pl.Series(~found))

    def _write_cells(self, chunk: int, hooked: HookedSlot, at: Places, cells: pl.DataFrame) -> None:
        """Lay changed cells of a slot over a chunk; `at`: their rows within it."""
        slot, table = hooked.slot, self._table
        built = table.cells.built(chunk, hooked, at)
        options, messages = cells["after_options"], cells["after_messages"]
        texts = cells["after"]
        as_built = (
            (cells["after_read"] == AS_BUILT)
            & built[slot.text].eq_missing(texts)
            & built[options_column(slot)].eq_missing(options)
        )
        how = cells["after_read"].replace(AS_BUILT, AS_IN_FILE)
        reading = read_texts(hooked, texts, how, options)
        value = built[slot.value].zip_with(as_built, reading.value)
        code = built[slot.code].zip_with(as_built, reading.code)
        same = built[slot.text].eq_missing(texts) & built[slot.value].eq_missing(value)
        same &= built[slot.code].eq_missing(code) & built[options_column(slot)].eq_missing(options)
        how = how.set(same, AS_BUILT)
        frame = with_all_columns(table.cells.frame(chunk, [hooked]), slot)
        places = pl.Series(at, dtype=pl.UInt32)
        names = (slot.text, slot.value, slot.code, options_column(slot), how_column(slot))
        news = (texts, value, code, options, how)
        frame = frame.with_columns(
            frame[name].clone().scatter(places, new).alias(name) for name, new in zip(names, news, strict=True)
        )
        frame = _with_messages(frame, messages_column(slot), places, messages)
        table.store.manifest.chunks[chunk].cells[slot.position] = table.cells.write_changed(chunk, frame, slot)

    def _delete_rows(self, deleted: pl.DataFrame) -> None:
        if deleted.height == 0:
            return
        at = self._table.places.find(deleted["row"].to_numpy())
        self._lost_rows += deleted.filter(pl.Series(at == NOWHERE))["row"].to_list()
        at = at[at != NOWHERE]
        self._table.places.mark_deleted(at, deleted=True)
        self._table.deletions += 1
        self._touch(self._all_keys, at)

    def _check(self) -> Positions:
        """Check the touched cells and whatever depends on them; all rows for which anything may have changed."""
        table, checks = self._table, self._table.checks
        touched = {key: distinct(np.concatenate(parts)) for key, parts in self._touched.items()}
        for number, tracker in enumerate(checks.trackers):
            of_tracker = [touched[key] for key in tracker.keys if key in touched]
            if of_tracker:
                rows = distinct(np.concatenate(of_tracker))
                gone = pl.Series(table.places.deleted[rows])
                self._touch(set(tracker.keys), checks.update(number, rows, gone, table.cells_in))
        touched = {
            key: distinct(np.concatenate(parts)) for key, parts in self._touched.items() if key in self._all_keys
        }
        everything = distinct(np.concatenate(list(touched.values()))) if touched else np.empty(0, np.int32)
        bounds = table.chunk_bounds()
        for chunk, at, _ in table.by_chunk(everything):
            start, end = bounds[chunk], bounds[chunk + 1]
            keys = {key for key, rows in touched.items() if np.searchsorted(rows, start) < np.searchsorted(rows, end)}
            check_rows(table, chunk, at, None if keys == self._all_keys else checks.dependents(keys))
            write_rows(table, chunk)
        return everything


def _last_of_each(at: Places, positions: Positions) -> Places:
    """Of places whose cell is named more than once the last ones, in the order of the cells."""
    order = np.argsort(positions, kind="stable")
    ordered = positions[order]
    is_last = np.ones(len(order), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=is_last[:-1])
    return at[order[is_last]]


def locate(table: ReviewTable, cells: pl.DataFrame) -> pl.DataFrame:
    """Cells of a delta with their SLOT (null: none) and their POSITION (or NOWHERE) in this layout."""
    slots = [hooked.slot for hooked in table.hooked]
    by_column = {slot.column: slot.position for slot in slots if slot.column is not None}
    by_field = {slot.field.key: slot.position for slot in slots if slot.column is None}
    return cells.with_columns(
        pl.coalesce(
            pl.col("column").replace_strict(by_column, default=None, return_dtype=pl.Int32),
            pl.col("field").replace_strict(by_field, default=None, return_dtype=pl.Int32),
        ).alias(SLOT),
        pl.Series(POSITION, table.places.find(cells["row"].to_numpy())),
    )


def _with_messages(frame: pl.DataFrame, name: str, places: pl.Series, messages: pl.Series) -> pl.DataFrame:
    if messages.null_count() == len(messages) and frame[name].null_count() == frame.height:
        return frame
    new = pl.DataFrame({"at": places, "new": messages})
    return (
        frame.with_row_index("at")
        .join(new.with_columns(named=pl.lit(value=True)), on="at", how="left", maintain_order="left")
        .with_columns(pl.when(pl.col("named")).then(pl.col("new")).otherwise(pl.col(name)).alias(name))
        .drop("at", "new", "named")
    )
