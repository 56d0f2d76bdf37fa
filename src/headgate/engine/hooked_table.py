"""The working table while hooks change it: rows come and go, fields too, and cells get values, messages and options.

A chunk has, beside what working.py names, ROW_ID (String, what hooks know a row by) and, for slots that hooks have put
something on, `i{n}` (messages: list of level and message) and `o{n}` (options of that one cell, as JSON).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import orjson
import polars as pl

from headgate.engine.hooks import INFO_SCHEMA, CellOptions, HookField, RowBatch, RowChanges
from headgate.engine.table import ROW, Spool
from headgate.engine.types.base import CellReader, ColumnReading, FieldType
from headgate.engine.working import INDEX, Slot, messages_column
from headgate.schema import SelectOption

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
        value, code = self.reader.read_column(texts)
        if typed.any():
            plain_value, plain_code = self.plain.read_column(texts)
            value, code = plain_value.zip_with(typed, value), plain_code.zip_with(typed, code)
        return ColumnReading(value, code)


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
        """The table of working chunks as typing gave them."""
        spool = Spool(directory / "0")
        for chunk in chunks:
            spool.append(chunk.with_columns(pl.col(ROW).cast(pl.String).alias(ROW_ID)))
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

    def batches(self) -> Iterator[RowBatch]:
        """The rows as hooks see them."""
        return (self.batch(chunk) for chunk in self.chunks())

    def batch(self, chunk: pl.DataFrame) -> RowBatch:
        """A chunk as hooks see it: displayed texts, result texts, and what earlier hooks have put on the cells."""
        texts = [_displayed(chunk, hooked).alias(_name(hooked.slot)) for hooked in self.hooked]
        results = [chunk[hooked.slot.value].alias(_name(hooked.slot)) for hooked in self.hooked]
        return RowBatch(
            chunk[INDEX],
            chunk[ROW_ID],
            pl.DataFrame(texts),
            pl.DataFrame(results),
            self._messages(chunk),
            tuple(self._options(chunk)),
        )

    def hook_fields(self) -> list[HookField]:
        """The fields as hooks see them, in order."""
        names: dict[str, list[str]] = {}
        for hooked in self.hooked:
            names.setdefault(hooked.slot.field.key, []).append(_name(hooked.slot))
        of_key = {hooked.slot.field.key: hooked for hooked in self.hooked}
        return [HookField.of(of_key[key].slot.field, slots, of_key[key].type.json_kind) for key, slots in names.items()]

    def change(self, changes: Iterable[RowChanges]) -> None:
        """Carry out what hooks changed, one entry a chunk."""
        by_name = {_name(hooked.slot): hooked for hooked in self.hooked}
        self.rewrite(_changed(chunk, change, by_name) for chunk, change in zip(self.chunks(), changes, strict=True))

    def rewrite(self, chunks: Iterable[pl.DataFrame]) -> None:
        """Replace all rows; they are numbered anew."""
        spool, index = Spool(self.directory / str(next(self._rewrites))), 0
        for chunk in chunks:
            spool.append(chunk.with_columns((pl.int_range(pl.len(), dtype=pl.UInt32) + index).alias(INDEX)))
            index += chunk.height
        self.spool.remove()
        self.spool = spool

    def _messages(self, chunk: pl.DataFrame) -> pl.DataFrame | None:
        parts = []
        for hooked in self.hooked:
            column = messages_column(hooked.slot)
            if column in chunk.columns and chunk[column].null_count() < chunk.height:
                at = pl.int_range(pl.len(), dtype=pl.UInt32).alias("at")
                cells = chunk.select(at, pl.col(column)).drop_nulls(column).explode(column).unnest(column)
                parts.append(cells.select("at", pl.lit(_name(hooked.slot)).alias("slot"), "level", "message"))
        return pl.concat(parts).match_to_schema(INFO_SCHEMA) if parts else None

    def _options(self, chunk: pl.DataFrame) -> Iterator[CellOptions]:
        for hooked in self.hooked:
            column = options_column(hooked.slot)
            if column in chunk.columns:
                for at, text in enumerate(chunk[column]):
                    if text is not None:
                        options = tuple((label, value, tuple(others)) for label, value, others in orjson.loads(text))
                        yield CellOptions(at, _name(hooked.slot), options)


def options_column(slot: Slot) -> str:
    """Name of the column with the options of single cells."""
    return f"o{slot.position}"


def _name(slot: Slot) -> str:
    return str(slot.position)


def _missing(chunk: pl.DataFrame, hooked: HookedSlot) -> Iterator[pl.Expr]:
    """The columns of a slot that hooks added after the chunk was written: empty cells."""
    if hooked.slot.value not in chunk.columns:
        yield pl.lit(None, dtype=pl.String).alias(hooked.slot.text)
        yield pl.lit(hooked.reader.empty, dtype=pl.String).alias(hooked.slot.value)
        yield pl.lit(None, dtype=pl.String).alias(hooked.slot.code)


def _displayed(chunk: pl.DataFrame, hooked: HookedSlot) -> pl.Series:
    """What people see of a slot's cells: values in the field's display format, failed ones as they were written."""
    value, text = chunk[hooked.slot.value], chunk[hooked.slot.text]
    if type(hooked.type).display is not FieldType.display:
        distinct = value.drop_nulls().unique()
        shown = pl.Series([hooked.type.display(one) for one in distinct.to_list()], dtype=pl.String)
        value = value.replace_strict(distinct, shown, default=None, return_dtype=pl.String)
    return value.zip_with(value.is_not_null(), text)


def _changed(chunk: pl.DataFrame, changes: RowChanges, by_name: dict[str, HookedSlot]) -> pl.DataFrame:
    for name, cells in changes.values.items():
        hooked = by_name[name]
        chunk = _with_cells(chunk, hooked, cells.at, cells.value, cells.typed)
    for cell in changes.options:
        chunk = _with_options(chunk, by_name[cell.slot], cell)
    if changes.infos.height:
        chunk = _with_messages(chunk, changes.infos, by_name)
    return chunk


def _with_cells(
    chunk: pl.DataFrame, hooked: HookedSlot, at: pl.Series, texts: pl.Series, typed: pl.Series
) -> pl.DataFrame:
    slot = hooked.slot
    value, code = hooked.read(texts, typed)
    return chunk.with_columns(
        chunk[slot.text].clone().scatter(at, texts),
        chunk[slot.value].clone().scatter(at, value),
        chunk[slot.code].clone().scatter(at, code),
    )


def _with_options(chunk: pl.DataFrame, hooked: HookedSlot, cell: CellOptions) -> pl.DataFrame:
    """The cell read again with options of its own."""
    slot, column = hooked.slot, options_column(hooked.slot)
    options = tuple(
        SelectOption.model_validate({"label": label, "value": value, "alternateMatches": list(o)})
        for label, value, o in cell.options
    )
    own = type(hooked.type)(slot.field.model_copy(update={"select_options": options}), hooked.type.context)
    reading = own.reader().read(chunk[slot.text][cell.at])
    if column not in chunk.columns:
        chunk = chunk.with_columns(pl.lit(None, dtype=pl.String).alias(column))
    return chunk.with_columns(
        chunk[column].clone().scatter(cell.at, orjson.dumps(cell.options).decode()),
        chunk[slot.value].clone().scatter(cell.at, reading.value),
        chunk[slot.code].clone().scatter(cell.at, reading.code),
    )


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
