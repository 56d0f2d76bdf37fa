"""How a review's table comes into being and comes back: writing all of its files, and reading what memory holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import polars as pl

from headgate.engine.hooked_table import ROW_ID, HookedSlot
from headgate.engine.parallel import ahead
from headgate.engine.review.delta import AS_BUILT
from headgate.engine.review.issue_index import LEVEL_BITS, IssueIndex, no_issues
from headgate.engine.review.row_places import Places, RowIds, RowPlaces
from headgate.engine.review.store import ChunkEntry, ChunkStore, UnusableTableError
from headgate.engine.table import ROW, cell_column
from headgate.engine.working import EXTRA, INDEX

if TYPE_CHECKING:
    from headgate.engine.review.table import ReviewTable

CHANGED, AUTOFIXED = 8, 16
"""Marks of rows beside LEVEL_BITS: a cell was changed in the review; a cell was mended when it was read."""

_ID, _DELETED, _MARKS, _ORDER = "id", "deleted", "marks", "order"


def build(
    table: ReviewTable,
    chunks: Iterable[pl.DataFrame],
    passed_through: Sequence[int],
    progress: Callable[[int], None],
) -> None:
    """Write the base, find out what repeats, check every row; then the table counts."""
    manifest = table.store.manifest
    manifest.extra["passed_through"] = list(passed_through)
    more = [EXTRA, ROW_ID, *(cell_column(column) for column in passed_through)]
    ids: list[RowIds] = []
    from_hooks = 0
    for chunk in ahead(iter(chunks)):
        if chunk.height == 0:
            continue
        numbers = chunk[ROW].cast(pl.Int64)
        without = int(numbers.null_count())
        filled = _with_hook_rows(numbers, from_hooks)
        from_hooks += without
        chunk = _without_plain_ids(chunk)
        base = table.cells.write_base(len(manifest.chunks), chunk, table.hooked, more)
        manifest.chunks.append(ChunkEntry(chunk.height, base, ""))
        ids.append(filled)
        progress(sum(entry.height for entry in manifest.chunks))
    numbers_of_all = np.concatenate(ids) if ids else np.empty(0, np.int64)
    table.places = RowPlaces(numbers_of_all, np.zeros(len(numbers_of_all), np.bool_))
    table.marks = np.zeros(len(numbers_of_all), np.uint8)
    table.checks.look_at_all(lambda keys: _base_chunks(table, keys), table.cells_in)
    for number in range(len(manifest.chunks)):
        check_rows(table, number, None, None)
        write_rows(table, number)
        table.count_texts(number)
    table.commit(0, sync=True)


def _with_hook_rows(numbers: pl.Series, before: int) -> RowIds:
    """The numbers of a chunk's rows; rows that hooks added count down from -1."""
    missing = numbers.is_null().to_numpy()
    filled = numbers.fill_null(0).to_numpy().copy()
    filled[missing] = -1 - before - np.arange(int(missing.sum()))
    return filled


def _without_plain_ids(chunk: pl.DataFrame) -> pl.DataFrame:
    """The chunk with ROW_ID only where that is not the record's number anyway."""
    if ROW_ID not in chunk.columns:
        return chunk
    own = pl.when(pl.col(ROW_ID).ne_missing(pl.col(ROW).cast(pl.String))).then(pl.col(ROW_ID))
    return chunk.with_columns(own.alias(ROW_ID))


def _base_chunks(table: ReviewTable, keys: set[str]) -> Iterator[pl.DataFrame]:
    slots = table.checks.slots_of(keys)
    for chunk in range(len(table.store.manifest.chunks)):
        yield table.cells.frame(chunk, slots)


def check_rows(table: ReviewTable, chunk: int, at: Places | None, keys: set[str] | None) -> None:
    """Check rows of a chunk (`at` within it, ascending; None: all) and fields (None: all, and the rows as such) anew.

    What is wrong with deleted rows does not count.
    """
    entry = table.store.manifest.chunks[chunk]
    start = int(table.chunk_bounds()[chunk])
    rows = np.arange(entry.height, dtype=np.int32) if at is None else at
    present = rows[~table.places.deleted[start + rows]]
    slots = table.hooked if keys is None else table.checks.needed(keys)
    frame = table.cells.frame(chunk, slots, None if len(present) == entry.height else present, [EXTRA])
    if EXTRA not in frame.columns:
        frame = frame.with_columns(pl.lit(value=False).alias(EXTRA))
    shown = pl.Series(INDEX, present.astype(np.uint32))
    table.checks.check(frame.with_columns(shown, shown.alias(ROW)), keys)
    found = table.index.take()
    kept = _other_issues(table, chunk, rows, keys)
    issues = pl.concat([kept, found]).sort("at", "slot", maintain_order=True)
    entry.issues = table.store.write("issues", chunk, issues) if issues.height else None
    entry.texts = None
    table.index.count_anew(chunk, issues)
    _mark(table, chunk, rows, keys, issues)


def _other_issues(table: ReviewTable, chunk: int, rows: Places, keys: set[str] | None) -> pl.DataFrame:
    """The chunk's issues that are not about those rows and fields."""
    issues = table.issues(chunk)
    if issues.height == 0:
        return no_issues()
    checked = np.zeros(table.store.manifest.chunks[chunk].height, np.bool_)
    checked[rows] = True
    gone = pl.Series(checked[issues["at"].to_numpy()])
    if keys is not None:
        slots = [hooked.slot.position for hooked in table.checks.slots_of(keys)]
        gone &= issues["slot"].is_in(slots)
    return issues.filter(~gone)


def _mark(table: ReviewTable, chunk: int, rows: Places, keys: set[str] | None, issues: pl.DataFrame) -> None:
    """Set the marks of rows, of which those fields were checked anew, and count the chunk's changed cells."""
    entry = table.store.manifest.chunks[chunk]
    start = int(table.chunk_bounds()[chunk])
    mended = _autofixed(table, chunk, rows, keys)
    marks = table.index.bits(issues, entry.height)
    how = table.cells.changed_columns(chunk)
    is_changed = np.zeros(entry.height, np.bool_)
    present = ~table.places.deleted[start : start + entry.height]
    entry.changed = 0
    for column in how.iter_columns():
        changed = (column != AS_BUILT).fill_null(value=False).to_numpy()
        is_changed |= changed
        entry.changed += int(np.count_nonzero(changed & present))
    marks[is_changed] |= CHANGED
    table.marks[start + rows] = marks[rows]
    table.marks[start + rows[mended]] |= AUTOFIXED
    table.marks[start : start + entry.height][~present] = 0


def _autofixed(table: ReviewTable, chunk: int, rows: Places, keys: set[str] | None) -> npt.NDArray[np.bool_]:
    """Which of the rows have a cell that was mended when it was read. Only cells of `keys` are others than before."""
    if keys is None:
        return _mended_in(table, chunk, rows, table.hooked)
    mended = _mended_in(table, chunk, rows, table.checks.slots_of(keys))
    start = int(table.chunk_bounds()[chunk])
    doubtful = ~mended & (table.marks[start + rows] & AUTOFIXED != 0)
    if doubtful.any():
        others = [hooked for hooked in table.hooked if hooked.slot.field.key not in keys]
        mended[doubtful] = _mended_in(table, chunk, rows[doubtful], others)
    return mended


def _mended_in(table: ReviewTable, chunk: int, rows: Places, among: Sequence[HookedSlot]) -> npt.NDArray[np.bool_]:
    slots = table.cells.slots_with_codes(chunk, among)
    height = table.store.manifest.chunks[chunk].height
    frame = table.cells.frame(chunk, slots, None if len(rows) == height else rows)
    mended = [
        pl.col(hooked.slot.code).is_not_null() & pl.col(hooked.slot.value).is_not_null()
        for hooked in slots
        if frame[hooked.slot.code].null_count() < frame.height
    ]
    if not mended:
        return np.zeros(len(rows), np.bool_)
    return frame.select(pl.any_horizontal(mended)).to_series().to_numpy(writable=True)


def write_rows(table: ReviewTable, chunk: int) -> None:
    """Write what memory holds of a chunk's rows."""
    start, end = table.chunk_bounds()[chunk : chunk + 2]
    columns = {
        _ID: table.places.ids[start:end],
        _DELETED: table.places.deleted[start:end],
        _MARKS: table.marks[start:end],
    }
    for number, live in enumerate(table.checks.duplicates):
        for line in range(len(live.hashes)):
            columns[f"hash{number}_{line}"] = live.hashes[line, start:end]
    table.store.manifest.chunks[chunk].rows = table.store.write("rows", chunk, pl.DataFrame(columns))


def note_state(table: ReviewTable) -> None:
    """Bring what the manifest keeps beside the chunks up to date."""
    extra = table.store.manifest.extra
    extra["index"] = table.index.to_json()
    extra["colliding"] = [
        [[number, sorted(texts)] for number, texts in sorted(live.colliding.items())]
        for live in table.checks.duplicates
    ]


def write_order(table: ReviewTable) -> None:
    """Write the order of the rows, where it is not that of their positions."""
    order = table.places.order
    frame = None if order is None else pl.DataFrame({_ORDER: order})
    table.store.manifest.order = None if frame is None else table.store.write("order", 0, frame)


def restored_index(store: ChunkStore) -> IssueIndex:
    """The kinds and counts of issues as the manifest has them."""
    try:
        return IssueIndex.from_json(store.manifest.extra["index"])
    except (KeyError, TypeError, ValueError) as error:
        raise UnusableTableError("the table's manifest is damaged") from error


def restore(table: ReviewTable) -> None:
    """Read what memory holds. Raises UnusableTableError."""
    manifest = table.store.manifest
    names = [_ID, _DELETED, _MARKS]
    widths = [table.checks.width(number) for number in range(len(table.checks.trackers))]
    names += [f"hash{number}_{line}" for number, width in enumerate(widths) for line in range(width)]
    parts = [table.store.read(entry.rows, names) for entry in manifest.chunks]
    if any(part.columns != names for part in parts) or len(manifest.extra["colliding"]) != len(widths):
        raise UnusableTableError("the table was made with other rules")
    rows = pl.concat(parts, rechunk=True) if parts else pl.DataFrame(schema=dict.fromkeys(names, pl.UInt64))
    order = None if manifest.order is None else table.store.read(manifest.order)[_ORDER].to_numpy().copy()
    table.places = RowPlaces(
        rows[_ID].cast(pl.Int64).to_numpy().copy(), rows[_DELETED].cast(pl.Boolean).to_numpy().copy(), order
    )
    table.marks = rows[_MARKS].cast(pl.UInt8).to_numpy().copy()
    for number, width in enumerate(widths):
        lines = [rows[f"hash{number}_{line}"].to_numpy() for line in range(width)]
        hashes = np.stack(lines) if lines else np.zeros((0, rows.height), np.uint64)
        colliding = {int(one): frozenset(texts) for one, texts in manifest.extra["colliding"][number]}
        table.checks.restore(number, hashes, colliding, table.cells_in)


__all__ = ["LEVEL_BITS", "build", "check_rows", "note_state", "restore", "restored_index", "write_order", "write_rows"]
