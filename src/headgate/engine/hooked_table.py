"""The working table while hooks change it: rows come and go, fields too, and cells get values, messages and options.

A chunk has, beside what working.py names, ROW_ID (String, what hooks know a row by) and, for slots that hooks have put
something on, `i{n}` (messages: list of level and message) and `o{n}` (options of that one cell, as JSON).
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from headgate.engine.cell_options import options_as_json, options_column, own_options, types_by_options
from headgate.engine.hooked_reading import displayed, read_as_given
from headgate.engine.hooks.rows import INFO_SCHEMA, CellChanges, CellOptions, HookField, RowBatch, RowChanges
from headgate.engine.table import ROW, Spool
from headgate.engine.types.base import CellReader, ColumnReading, FieldType
from headgate.engine.working import INDEX, Slot, messages_column

ROW_ID = "row_id"
MESSAGES = pl.List(pl.Struct({"level": pl.String, "message": pl.String}))


@dataclass(frozen=True)
class HookedSlot:
    """A slot with what reads its cells: `reader` as the column's evidence settled it, `plain` for JavaScript's own values."""

    slot: Slot
    type: FieldType
    reader: CellReader
    plain: CellReader

    def read(self, texts: pl.Series, typed: pl.Series) -> ColumnReading:
        """The readings of texts that hooks gave; `typed` marks JavaScript numbers and booleans."""
        return read_as_given(self.type, self.reader, self.plain, texts, typed)


@dataclass
class HookedTable:
    """The rows of an import, rewritten on disk by every step that changes them. `hooked` in the order of the fields."""

    directory: Path
    hooked: list[HookedSlot]
    spool: Spool
    next_position: int = 0
    """The position of the next slot that is added; positions of removed slots are not used again."""
    _rewrites: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @classmethod
    def of(cls, chunks: Iterable[pl.DataFrame], slots: Sequence[HookedSlot], directory: Path) -> HookedTable:
        """The table of working chunks as typing gave them, or as a review left them (then they have their ROW_ID)."""
        spool = Spool(directory / "0")
        for chunk in chunks:
            named = [] if ROW_ID in chunk.columns else [pl.col(ROW).cast(pl.String).alias(ROW_ID)]
            spool.append(chunk.with_columns(named))
        return cls(directory, list(slots), spool, len(slots))

    @property
    def slots(self) -> list[Slot]:
        """The slots alone."""
        return [hooked.slot for hooked in self.hooked]

    def columns_of(self, keys: set[str]) -> Iterator[pl.DataFrame]:
        """All rows with (at least) the slots of those fields."""
        return self.chunks()

    def chunks(self) -> Iterator[pl.DataFrame]:
        """The rows as they are now, with the columns of all slots."""
        for chunk in self.spool.chunks():
            yield chunk.with_columns(column for hooked in self.hooked for column in _missing(chunk, hooked))

    def batches(self, slot: str | None = None) -> Iterator[RowBatch]:
        """The rows as hooks see them; with the cells of one slot alone when it is named."""
        shown = [hooked for hooked in self.hooked if slot is None or _name(hooked.slot) == slot]
        return (row_batch(chunk, shown) for chunk in self.chunks())

    def hook_fields(self) -> list[HookField]:
        """The fields as hooks see them, in order."""
        return hook_fields(self.hooked)

    def change(self, changes: Iterable[RowChanges]) -> None:
        """Carry out what hooks changed, one entry a chunk."""
        self.rewrite(changed(chunk, change, self.hooked) for chunk, change in zip(self.chunks(), changes, strict=True))

    def drop_untouched(self, keys: Collection[str]) -> None:
        """Take out the slots of those fields that have neither a column nor anything that hooks put into them."""
        empty = [hooked for hooked in self.hooked if hooked.slot.column is None and hooked.slot.field.key in keys]
        for chunk in self.chunks() if empty else ():
            empty = [hooked for hooked in empty if _is_untouched(chunk, hooked.slot)]
        untouched = {hooked.slot.position for hooked in empty}
        self.hooked = [hooked for hooked in self.hooked if hooked.slot.position not in untouched]

    def rewrite(self, chunks: Iterable[pl.DataFrame]) -> None:
        """Replace all rows; they are numbered anew."""
        spool, index = Spool(self.directory / str(next(self._rewrites))), 0
        for chunk in chunks:
            spool.append(chunk.with_columns((pl.int_range(pl.len(), dtype=pl.UInt32) + index).alias(INDEX)))
            index += chunk.height
        self.spool.remove()
        self.spool = spool

    def remove(self) -> None:
        """Delete the rows from disk, where few of them never were."""
        if self.directory.exists():
            shutil.rmtree(self.directory)


def row_batch(chunk: pl.DataFrame, shown: Sequence[HookedSlot]) -> RowBatch:
    """A chunk as hooks see it: displayed texts, result texts, and what earlier hooks have put on the cells."""
    texts = [displayed_cells(chunk, hooked).alias(_name(hooked.slot)) for hooked in shown]
    results = [chunk[hooked.slot.value].alias(_name(hooked.slot)) for hooked in shown]
    return RowBatch(
        chunk[INDEX],
        chunk[ROW_ID],
        pl.DataFrame(texts),
        pl.DataFrame(results),
        _messages(chunk, shown),
        tuple(
            CellOptions(at, _name(hooked.slot), options)
            for hooked in shown
            for at, options in own_options(chunk, hooked.slot)
        ),
    )


def hook_fields(hooked: Sequence[HookedSlot]) -> list[HookField]:
    """The fields of the slots as hooks see them, in order."""
    names: dict[str, list[str]] = {}
    for one in hooked:
        names.setdefault(one.slot.field.key, []).append(_name(one.slot))
    of_key = {one.slot.field.key: one for one in hooked}
    return [HookField.of(of_key[key].slot.field, slots, of_key[key].type.json_kind) for key, slots in names.items()]


def _messages(chunk: pl.DataFrame, shown: Sequence[HookedSlot]) -> pl.DataFrame | None:
    parts = []
    for hooked in shown:
        column = messages_column(hooked.slot)
        if column in chunk.columns and chunk[column].null_count() < chunk.height:
            at = pl.int_range(pl.len(), dtype=pl.UInt32).alias("at")
            cells = chunk.select(at, pl.col(column)).drop_nulls(column).explode(column).unnest(column)
            parts.append(cells.select("at", pl.lit(_name(hooked.slot)).alias("slot"), "level", "message"))
    return pl.concat(parts).match_to_schema(INFO_SCHEMA) if parts else None


def _name(slot: Slot) -> str:
    return str(slot.position)


def _missing(chunk: pl.DataFrame, hooked: HookedSlot) -> Iterator[pl.Expr]:
    """The columns of a slot that hooks added after the chunk was written: empty cells."""
    if hooked.slot.value not in chunk.columns:
        yield pl.lit(None, dtype=pl.String).alias(hooked.slot.text)
        yield pl.lit(hooked.reader.empty, dtype=pl.String).alias(hooked.slot.value)
        yield pl.lit(None, dtype=pl.String).alias(hooked.slot.code)


def displayed_cells(chunk: pl.DataFrame, hooked: HookedSlot) -> pl.Series:
    """What people see of a slot's cells: values in the field's display format, failed ones as they were written."""
    value, text = chunk[hooked.slot.value], chunk[hooked.slot.text]
    shown = displayed(hooked.type, value)
    for own, at in types_by_options(chunk, hooked.slot, hooked.type):
        shown = shown.clone().scatter(at, displayed(own, value.gather(at)))
    return shown.zip_with(value.is_not_null(), text)


def changed(chunk: pl.DataFrame, changes: RowChanges, slots: Sequence[HookedSlot]) -> pl.DataFrame:
    """The chunk with what hooks changed in it."""
    by_name = {_name(hooked.slot): hooked for hooked in slots}
    for name, cells in changes.values.items():
        chunk = _with_cells(chunk, by_name[name], cells)
    for name, of_slot in itertools.groupby(sorted(changes.options, key=lambda cell: cell.slot), lambda cell: cell.slot):
        chunk = _with_options(chunk, by_name[name].slot, list(of_slot))
    for name in {*changes.values, *(cell.slot for cell in changes.options)}:
        chunk = _read_by_own_options(chunk, by_name[name])
    if changes.infos.height:
        chunk = _with_messages(chunk, changes.infos, by_name)
    return chunk


def _with_cells(chunk: pl.DataFrame, hooked: HookedSlot, cells: CellChanges) -> pl.DataFrame:
    slot = hooked.slot
    value, code = hooked.read(cells.value, cells.typed)
    return chunk.with_columns(
        chunk[slot.text].clone().scatter(cells.at, cells.value),
        chunk[slot.value].clone().scatter(cells.at, value),
        chunk[slot.code].clone().scatter(cells.at, code),
    )


def _with_options(chunk: pl.DataFrame, slot: Slot, cells: Sequence[CellOptions]) -> pl.DataFrame:
    column = options_column(slot)
    if column not in chunk.columns:
        chunk = chunk.with_columns(pl.lit(None, dtype=pl.String).alias(column))
    at = pl.Series([cell.at for cell in cells], dtype=pl.UInt32)
    options = pl.Series([options_as_json(cell.options) for cell in cells], dtype=pl.String)
    return chunk.with_columns(chunk[column].clone().scatter(at, options))


def _read_by_own_options(chunk: pl.DataFrame, hooked: HookedSlot) -> pl.DataFrame:
    """The cells that have options of their own, read by them."""
    slot = hooked.slot
    value, code = chunk[slot.value].clone(), chunk[slot.code].clone()
    for own, at in types_by_options(chunk, slot, hooked.type):
        reading = own.reader().read_column(chunk[slot.text].gather(at))
        value, code = value.scatter(at, reading.value), code.scatter(at, reading.code)
    return chunk.with_columns(value, code)


def _with_messages(chunk: pl.DataFrame, infos: pl.DataFrame, by_name: dict[str, HookedSlot]) -> pl.DataFrame:
    """The cells that `infos` names, with those messages instead of what hooks said of them before."""
    for (name,), cells in infos.group_by("slot", maintain_order=True):
        column = messages_column(by_name[str(name)].slot)
        grouped = cells.group_by("at", maintain_order=True).agg(
            pl.struct("level", "message").filter(pl.col("message").is_not_null()).alias("new")
        )
        if column not in chunk.columns:
            chunk = chunk.with_columns(pl.lit(None, dtype=MESSAGES).alias(column))
        named = grouped.with_columns(pl.col("at").cast(pl.UInt32), pl.lit(value=True).alias("named"))
        chunk = (
            chunk.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias("at"))
            .join(named, on="at", how="left", maintain_order="left")
            .with_columns(
                pl.when(pl.col("named").fill_null(value=False))
                .then(pl.when(pl.col("new").list.len() > 0).then(pl.col("new")))
                .otherwise(pl.col(column))
                .alias(column)
            )
            .drop("at", "new", "named")
        )
    return chunk


def _is_untouched(chunk: pl.DataFrame, slot: Slot) -> bool:
    return chunk[slot.text].null_count() == chunk.height and messages_column(slot) not in chunk.columns
