"""The working table: the data rows of a file laid out by field, chunk by chunk.

A chunk has the columns ROW (record in the source), INDEX (position among the data rows), EXTRA (whether it has text
behind the last column) and, for every slot, `t{n}` (its text as it stands in the file), `v{n}` (result text) and
`k{n}` (how that differs; null = read as it is).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from typing import Any

import polars as pl

from headgate.engine.explanations import warning
from headgate.engine.parallel import in_parallel
from headgate.engine.table import ROW, RawTable, cell_column, rows_from
from headgate.engine.types.base import FEW_CELLS, WHITE_SPACE, CellReader
from headgate.engine.types.masks import none_of, surely
from headgate.records import dataclass
from headgate.schema import Field

INDEX = "index"
EXTRA = "extra"
SPREADSHEET_ERROR = "spreadsheet_error"
AMBIGUOUS_TEXT = "ambiguous_text"
"""Code of a text that a hook gave and that has two meanings (hooked_reading.py)."""


@dataclass(frozen=True)
class Slot:
    """One column of the working table.

    `column`: its position in the source; None for a field without a column (hidden, or set by hooks).
    `many_to_one_index`: which of the field's columns it is, None for an ordinary field.
    """

    position: int
    field: Field
    column: int | None
    many_to_one_index: int | None = None

    @property
    def text(self) -> str:
        """Name of the column with the original texts."""
        return f"t{self.position}"

    @property
    def value(self) -> str:
        """Name of the column with the result texts."""
        return f"v{self.position}"

    @property
    def code(self) -> str:
        """Name of the column with the reading codes."""
        return f"k{self.position}"


def messages_column(slot: Slot) -> str:
    """Name of the column with what hooks say of a slot's cells (a list of level and message); there only when they do."""
    return f"i{slot.position}"


def no_rows(chunk: pl.DataFrame) -> pl.Series:
    """None of the chunk's rows (Boolean)."""
    return none_of(chunk.height)


def failed_cells(chunk: pl.DataFrame, slot: Slot) -> pl.Series:
    """Which cells of a slot their type could not read (Boolean, no nulls)."""
    codes, values = chunk[slot.code], chunk[slot.value]
    if codes.null_count() == len(codes) or not values.null_count():
        return no_rows(chunk)
    if len(codes) <= FEW_CELLS:
        cells = zip(codes.to_list(), values.to_list(), strict=True)
        return pl.Series([code is not None and value is None for code, value in cells], dtype=pl.Boolean)
    return codes.is_not_null() & values.is_null()


def slots_for(
    fields: Sequence[Field], columns_of: dict[str, list[int]], filled_by_hooks: Collection[str] = ()
) -> list[Slot]:
    """The slots of the fields that have columns, in schema order, and of those that only hooks fill: hidden fields and
    those with the keys `filled_by_hooks`."""
    slots: list[Slot] = []
    for field in fields:
        columns = columns_of.get(field.key, [])
        if columns and field.many_to_one:
            slots += [Slot(len(slots) + n, field, column, n) for n, column in enumerate(columns)]
        elif columns:
            slots.append(Slot(len(slots), field, columns[0]))
        elif field.hidden or field.key in filled_by_hooks:
            slots.append(slot_without_column(len(slots), field))
    return slots


def slot_without_column(position: int, field: Field) -> Slot:
    """The slot of a field that only hooks fill. One that is `manyToOne` has one column all the same, to be filled."""
    return Slot(position, field, None, 0 if field.many_to_one else None)


@dataclass
class RowCounts:
    """What became of the records behind the header: `read` are kept, blank ones and those over `maxRecords` are not."""

    read: int = 0
    empty: int = 0
    over_max_records: int = 0

    def add(self, rows: int, limit: int | None) -> None:
        """Count records that are not blank, of which `limit` may be kept in all."""
        kept = rows if limit is None else min(rows, max(0, limit - self.read))
        self.read += kept
        self.over_max_records += rows - kept

    def take_over(self, others: RowCounts) -> None:
        """Add what became of other records."""
        self.read += others.read
        self.empty += others.empty
        self.over_max_records += others.over_max_records

    def to_json(self, invalid: int, delivered: int) -> dict[str, int]:
        """The `rows` part of the decisions."""
        return {
            "read": self.read,
            "empty": self.empty,
            "overMaxRecords": self.over_max_records,
            "invalid": invalid,
            "delivered": delivered,
        }

    def warnings(self) -> list[dict[str, Any]]:
        """What a person should know about rows that were left out: entries of the decisions' `warnings`."""
        if self.over_max_records == 0:
            return []
        return [warning("over_max_records", rows=self.over_max_records)]


@dataclass(frozen=True)
class DataRows:
    """Which records of the raw table are data: those from `first` on, blank ones left out, at most `limit` of them.

    `span`: the chunks that are looked at; None for all. `columns`: the source columns that are wanted; None for all. Chunks that
    are compressed are unpacked no further than that.
    """

    table: RawTable
    first: int
    limit: int | None
    span: range | None = None
    columns: Collection[int] | None = None

    def chunks(self, counts: RowCounts) -> Iterator[pl.DataFrame]:
        """Raw chunks of data rows with their INDEX; `counts` is kept up to date, and says what came before."""
        # No generator, which would have a name for a chunk, and keep it while the next is made.
        return filter(len, map(partial(self._chunk, counts), self.span or range(len(self.table.spool))))

    def _chunk(self, counts: RowCounts, position: int) -> pl.DataFrame:
        chunk = rows_from(self._raw(position), self.first)
        blank = blank_rows(chunk, self.table)
        if blank.any():
            counts.empty += int(blank.sum())
            chunk = chunk.filter(~blank)
        if self.limit is not None:
            kept = chunk.head(max(0, self.limit - counts.read))
            counts.over_max_records += chunk.height - kept.height
            chunk = kept
        chunk = chunk.with_row_index(INDEX, offset=counts.read)
        counts.read += chunk.height
        return chunk

    def _raw(self, position: int) -> pl.DataFrame:
        """The chunk with the wanted columns; with all of them where only those say which rows are blank."""
        spool = self.table.spool
        if not self.columns or not spool.compressed:
            return spool.chunk(position)
        names = [cell_column(column) for column in sorted(self.columns)]
        some = spool.chunk(position, [ROW, *names])
        filled = is_filled(some[names[0]])
        for name in names[1:]:
            filled |= is_filled(some[name])
        return some if filled.all() else spool.chunk(position)


def blank_rows(chunk: pl.DataFrame, table: RawTable) -> pl.Series:
    """Which rows have nothing but white space (Boolean). A cell with a spreadsheet error is not nothing."""
    names = [name for name in chunk.columns if name != ROW]
    # One column usually settles all rows; only rows that are still blank are looked at again.
    if names and is_filled(chunk[names[0]]).all():
        return no_rows(chunk)
    rows = pl.DataFrame({"at": pl.int_range(chunk.height, dtype=pl.UInt32, eager=True)})
    for name in names:
        cells = chunk[name]
        cells = cells if rows.height == chunk.height else cells.gather(rows["at"])
        filled = is_filled(cells)
        rows = rows.filter(~filled)
        if rows.height == 0:
            break
    blank = no_rows(chunk)
    if rows.height == 0:
        return blank
    blank = blank.scatter(rows["at"], True)
    if table.cell_errors is not None:
        blank &= ~chunk[ROW].is_in(table.cell_errors[ROW].implode())
    return blank


def is_filled(cells: pl.Series) -> pl.Series:
    """Which cells have more than white space (Boolean, no nulls)."""
    if len(cells) <= FEW_CELLS:
        filled = [text is not None and text.strip(WHITE_SPACE) != "" for text in cells.to_list()]
        return pl.Series(cells.name, filled, dtype=pl.Boolean)
    return surely(cells.str.strip_chars(WHITE_SPACE) != "")


def is_blank(table: RawTable) -> bool:
    """Whether no record has anything but white space."""
    return all(blank_rows(chunk, table).all() for chunk in table.spool.chunks())


@dataclass(frozen=True)
class Typing:
    """How each slot is read: one settled reader a slot, in slot order."""

    slots: Sequence[Slot]
    readers: Sequence[CellReader]

    def only(self, keys: set[str]) -> Typing:
        """The typing of those fields alone."""
        kept = [pair for pair in zip(self.slots, self.readers, strict=True) if pair[0].field.key in keys]
        return Typing([slot for slot, _ in kept], [reader for _, reader in kept])

    def chunk(self, raw: pl.DataFrame, table: RawTable, width: int, passed_through: Sequence[int]) -> pl.DataFrame:
        """The working chunk of a raw chunk whose rows are `width` cells wide.

        `passed_through`: source columns that no slot took and that go along as they are.
        """
        columns = [raw[ROW], raw[INDEX], extra_cells(raw, width, table)]
        columns += [raw[cell_column(column)] for column in passed_through]
        tasks = [
            partial(_slot_columns, slot, reader, raw) for slot, reader in zip(self.slots, self.readers, strict=True)
        ]
        for slot_columns in in_parallel(tasks, raw.height):
            columns += slot_columns
        chunk = pl.DataFrame(columns)
        return _with_spreadsheet_errors(chunk, self.slots, table.cell_errors)


def _slot_columns(slot: Slot, reader: CellReader, raw: pl.DataFrame) -> list[pl.Series]:
    """The three columns of a slot."""
    if slot.column is None:
        text = pl.Series([None], dtype=pl.String).new_from_index(0, raw.height)
    else:
        text = raw[cell_column(slot.column)]
    reading = reader.read_column(text)
    return [text.alias(slot.text), reading.value.alias(slot.value), reading.code.alias(slot.code)]


def _with_spreadsheet_errors(chunk: pl.DataFrame, slots: Sequence[Slot], errors: pl.DataFrame | None) -> pl.DataFrame:
    if errors is None or chunk.height == 0:
        return chunk
    first, last = chunk[ROW][0], chunk[ROW][-1]
    errors = errors.filter(pl.col(ROW).is_between(first, last))
    for slot in slots:
        here = errors.filter(pl.col("column") == slot.column).select(ROW, error="text")
        if slot.column is None or here.height == 0:
            continue
        failed = pl.col("error").is_not_null()
        chunk = (
            chunk.join(here, on=ROW, how="left", maintain_order="left")
            .with_columns(
                pl.coalesce("error", slot.text).alias(slot.text),
                pl.when(failed).then(None).otherwise(pl.col(slot.value)).alias(slot.value),
                pl.when(failed).then(pl.lit(SPREADSHEET_ERROR)).otherwise(pl.col(slot.code)).alias(slot.code),
            )
            .drop("error")
        )
    return chunk


def extra_cells(raw: pl.DataFrame, width: int, table: RawTable) -> pl.Series:
    """Which rows have text in cells behind the table's last column (Boolean, named EXTRA)."""
    extra = no_rows(raw).alias(EXTRA)
    for column in range(width, table.width):
        cells = raw[cell_column(column)]
        if cells.null_count() < raw.height:
            extra |= is_filled(cells)
    return extra
