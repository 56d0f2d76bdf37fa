"""The cells of a table's chunks: as the import made them, with what was changed since laid over them.

Of a slot's columns (working.py) a chunk file leaves out what says nothing: `t` where no cell has a text, `v` where it is the
same as `t`, `k` where every cell was read as it stands. A changed column is written whole, with HOW as a further column.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from headgate.engine.cell_options import options_column, types_by_options
from headgate.engine.hooked_table import MESSAGES, HookedSlot
from headgate.engine.review.delta import AS_BUILT, AS_IN_FILE, TYPED
from headgate.engine.review.row_places import Places
from headgate.engine.review.store import ChunkStore
from headgate.engine.types.base import ColumnReading
from headgate.engine.working import EXTRA, Slot, messages_column


def how_column(slot: Slot) -> str:
    """Name of the column that says how a slot's cells are read (delta.py; null: AS_BUILT)."""
    return f"g{slot.position}"


def slot_columns(slot: Slot) -> list[str]:
    """All columns that a slot may have in a file."""
    return [slot.text, slot.value, slot.code, messages_column(slot), options_column(slot), how_column(slot)]


class Cells:
    """Reads and writes the columns of slots."""

    def __init__(self, store: ChunkStore) -> None:
        self._store = store

    def frame(
        self, chunk: int, slots: Sequence[HookedSlot], at: Places | None = None, more: Sequence[str] = ()
    ) -> pl.DataFrame:
        """The text, value and code of the slots' cells, and messages and options where there are some.

        `at`: the wanted rows in the wanted order, None for all. `more`: further columns of the base, null where it has none.
        """
        entry = self._store.manifest.chunks[chunk]
        unchanged = [hooked for hooked in slots if hooked.slot.position not in entry.cells]
        parts = [self._base(chunk, unchanged, more)]
        parts += [self._changed(chunk, hooked) for hooked in slots if hooked.slot.position in entry.cells]
        frame = pl.concat(parts, how="horizontal") if len(parts) > 1 else parts[0]
        return _complete(frame if at is None else _gather(frame, at), slots)

    def built(self, chunk: int, hooked: HookedSlot, at: Places) -> pl.DataFrame:
        """The cells of a slot as the import made them."""
        return with_all_columns(_complete(_gather(self._base(chunk, [hooked]), at), [hooked]), hooked.slot)

    def base_texts(self, chunk: int, slots: Sequence[HookedSlot]) -> pl.DataFrame:
        """The texts of the slots' cells as the import made them, of all rows of a chunk."""
        names = [hooked.slot.text for hooked in slots]
        return _complete(self._store.read(self._store.manifest.chunks[chunk].base, names), slots)

    def write_base(self, chunk: int, frame: pl.DataFrame, slots: Sequence[HookedSlot], more: Sequence[str]) -> str:
        """Write what an import made of a chunk's rows; the name of the file."""
        columns = [frame[name] for name in more if name in frame.columns]
        columns = [column for column in columns if column.name == EXTRA or column.null_count() < frame.height]
        for hooked in slots:
            columns += _telling_columns(frame, hooked.slot)
        return self._store.write("base", chunk, pl.DataFrame(columns))

    def write_changed(self, chunk: int, frame: pl.DataFrame, slot: Slot) -> str:
        """Write the changed columns of a slot; the name of the file."""
        names = [slot.text, slot.value, slot.code, how_column(slot)]
        names += [
            name for name in (messages_column(slot), options_column(slot)) if frame[name].null_count() < frame.height
        ]
        return self._store.write(f"cells{slot.position}", chunk, frame.select(names))

    def slots_with_codes(self, chunk: int, slots: Sequence[HookedSlot]) -> list[HookedSlot]:
        """The slots of a chunk in which any cell may have a code."""
        entry = self._store.manifest.chunks[chunk]
        coded = set(self._store.columns(entry.base))
        return [h for h in slots if h.slot.position in entry.cells or h.slot.code in coded]

    def changed_columns(self, chunk: int) -> pl.DataFrame:
        """How the cells of the changed slots are read, of all rows of a chunk."""
        entry = self._store.manifest.chunks[chunk]
        columns = []
        for position, name in entry.cells.items():
            how = self._store.read(name, [f"g{position}"]).to_series()
            columns.append(how.extend_constant(None, entry.height - len(how)))
        return pl.DataFrame(columns) if columns else pl.DataFrame(height=entry.height)

    def _base(self, chunk: int, slots: Sequence[HookedSlot], more: Sequence[str] = ()) -> pl.DataFrame:
        names = [*more, *(name for hooked in slots for name in slot_columns(hooked.slot))]
        return self._store.read(self._store.manifest.chunks[chunk].base, names)

    def _changed(self, chunk: int, hooked: HookedSlot) -> pl.DataFrame:
        entry = self._store.manifest.chunks[chunk]
        frame = self._store.read(entry.cells[hooked.slot.position])
        if frame.height < entry.height:
            # Rows were added to the chunk after the column was changed.
            rest = _complete(self._base(chunk, [hooked]).slice(frame.height), [hooked])
            frame = pl.concat([frame, rest], how="diagonal")
        return frame


def with_all_columns(frame: pl.DataFrame, slot: Slot) -> pl.DataFrame:
    """The frame with messages, options and HOW of a slot, also where there are none."""
    empty: list[pl.Expr] = []
    if messages_column(slot) not in frame.columns:
        empty.append(pl.lit(None, dtype=MESSAGES).alias(messages_column(slot)))
    if options_column(slot) not in frame.columns:
        empty.append(pl.lit(None, dtype=pl.String).alias(options_column(slot)))
    how = how_column(slot)
    if how in frame.columns:
        empty.append(pl.col(how).fill_null(AS_BUILT))
    else:
        empty.append(pl.lit(AS_BUILT, dtype=pl.UInt8).alias(how))
    return frame.with_columns(empty)


def read_texts(hooked: HookedSlot, texts: pl.Series, how: pl.Series, options: pl.Series) -> ColumnReading:
    """The readings of texts that came into cells. `how`: AS_IN_FILE, GIVEN or TYPED; `options`: of each cell alone."""
    as_in_file = how == AS_IN_FILE
    if as_in_file.all():
        value, code = hooked.reader.read_column(texts)
    else:
        value, code = hooked.read(texts, how == TYPED)
        if as_in_file.any():
            file_value, file_code = hooked.reader.read_column(texts)
            value, code = file_value.zip_with(as_in_file, value), file_code.zip_with(as_in_file, code)
    if options.null_count() < len(options):
        frame = options.alias(options_column(hooked.slot)).to_frame()
        for own, at in types_by_options(frame, hooked.slot, hooked.type):
            reading = own.reader().read_column(texts.gather(at))
            value, code = value.clone().scatter(at, reading.value), code.clone().scatter(at, reading.code)
    return ColumnReading(value, code)


def _gather(frame: pl.DataFrame, at: Places) -> pl.DataFrame:
    if frame.width == 0:
        return pl.DataFrame(height=len(at))
    if len(at) and int(at[-1]) - int(at[0]) == len(at) - 1 and bool((np.diff(at) > 0).all()):
        return frame.slice(int(at[0]), len(at))
    return frame[pl.Series(at, dtype=pl.UInt32)]


def _complete(frame: pl.DataFrame, slots: Sequence[HookedSlot]) -> pl.DataFrame:
    """The frame with the columns of the slots that its file left out."""
    present = set(frame.columns)
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, frame.height)
    left_out: list[pl.Series] = []
    for slot in (hooked.slot for hooked in slots):
        if slot.text not in present:
            left_out.append(nothing.alias(slot.text))
        if slot.value not in present:
            same = frame.get_column(slot.text) if slot.text in present else nothing
            left_out.append(same.alias(slot.value))
        if slot.code not in present:
            left_out.append(nothing.alias(slot.code))
    return frame.hstack(left_out) if left_out else frame


def _telling_columns(frame: pl.DataFrame, slot: Slot) -> list[pl.Series]:
    text, value, code = frame[slot.text], frame[slot.value], frame[slot.code]
    columns = [text] if text.null_count() < len(text) else []
    if not value.eq_missing(text).all():
        columns.append(value)
    columns += [code] if code.null_count() < len(code) else []
    for name in (messages_column(slot), options_column(slot)):
        if name in frame.columns and frame[name].null_count() < frame.height:
            columns.append(frame[name])
    return columns
