"""From checked rows to delivered rows: which rows leave, and what stands in a cell whose type failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import polars as pl

from headgate.engine.issues import IssueLog
from headgate.engine.output.json_output import cell_fragments, row_objects
from headgate.engine.output.result_table import ResultColumn, original_column, value_column
from headgate.engine.table import ROW, cell_column
from headgate.engine.types.base import FEW_CELLS, FieldType
from headgate.engine.types.masks import picked
from headgate.engine.working import Slot, failed_cells, no_rows
from headgate.records import dataclass
from headgate.schema import Field
from headgate.schema.settings import InvalidDataBehavior

if TYPE_CHECKING:
    from headgate.engine.late_table import LateTable

UNMAPPED_KEY = "$unmapped"

FailedCells = Literal["null", "original"]


@dataclass(frozen=True)
class ResultField:
    """One key of the result rows and the slots that fill it; several, or none, for a `manyToOne` field."""

    field: Field
    type: FieldType
    slots: tuple[Slot, ...]

    @property
    def column(self) -> ResultColumn:
        """How the result table describes it."""
        if self.field.many_to_one:
            return ResultColumn(self.field.key, "raw", "list", "[]")
        return self._cell_column

    @property
    def _cell_column(self) -> ResultColumn:
        # A string cell has no "no value": an empty cell is the empty string (schema.md, "Types").
        empty = '""' if self.type.name == "string" else "null"
        return ResultColumn(self.field.key, self.type.json_kind, self.type.name, empty)

    def cells(self, chunk: pl.DataFrame, *, originals: bool) -> tuple[pl.Series, pl.Series]:
        """The result texts, and which of them are original texts of failed cells."""
        parts = [self._slot_cells(chunk, slot, originals=originals) for slot in self.slots]
        if not self.field.many_to_one:
            return parts[0]
        no_originals = no_rows(chunk)
        if not parts:
            return pl.Series(["[]"]).new_from_index(0, chunk.height), no_originals
        fragments = {
            f"p{n}": cell_fragments(
                pl.DataFrame({value_column(0): texts, original_column(0): marked}), 0, self._cell_column
            )
            for n, (texts, marked) in enumerate(parts)
        }
        joined = pl.format("[{}]", pl.concat_str(list(fragments), separator=","))
        return pl.DataFrame(fragments).select(joined.alias("list")).to_series(), no_originals

    def _slot_cells(self, chunk: pl.DataFrame, slot: Slot, *, originals: bool) -> tuple[pl.Series, pl.Series]:
        value = chunk[slot.value]
        if originals and (failed := failed_cells(chunk, slot)).any():
            return chunk[slot.text].zip_with(failed, value), failed
        return value, no_rows(chunk)


@dataclass(frozen=True)
class Delivery:
    """What `settings.invalidDataBehavior` and `settings.passThroughUnmappedColumns` make of checked rows.

    `unmapped`: positions of source columns that no field took and that go out under `$unmapped`; None leaves them out.
    """

    fields: Sequence[ResultField]
    behavior: InvalidDataBehavior
    unmapped: Sequence[int] | None

    @property
    def with_originals(self) -> bool:
        """Whether a cell may hold the original text of a value that failed."""
        return self.behavior == "INCLUDE_INVALID_ROWS_AND_VALUES"

    @property
    def columns(self) -> list[ResultColumn]:
        """The keys of the result rows, in order."""
        columns = [field.column for field in self.fields]
        if self.unmapped is not None:
            columns.append(ResultColumn(UNMAPPED_KEY, "raw", "object", "{}"))
        return columns

    def rows(self, chunk: pl.DataFrame, invalid: pl.Series) -> pl.DataFrame:
        """The delivered rows of a working chunk; `invalid` marks rows with an error."""
        columns: list[pl.Series] = []
        for position, field in enumerate(self.fields):
            texts, originals = field.cells(chunk, originals=self.with_originals)
            columns.append(texts.alias(value_column(position)))
            if self.with_originals:
                columns.append(originals.alias(original_column(position)))
        if self.unmapped is not None:
            columns.append(self._unmapped_objects(chunk).alias(value_column(len(self.fields))))
            if self.with_originals:
                columns.append(no_rows(chunk).alias(original_column(len(self.fields))))
        rows = (
            pl.DataFrame(columns)
            if columns
            else pl.DataFrame({"none": pl.Series([None]).new_from_index(0, chunk.height)})
        )
        if self.behavior != "REMOVE_INVALID_ROWS" or not invalid.any():
            return rows
        return picked(columns, ~invalid) if columns and rows.height <= FEW_CELLS else rows.filter(~invalid)

    def _unmapped_objects(self, chunk: pl.DataFrame) -> pl.Series:
        columns = [ResultColumn(str(index), "string", "string", '""') for index in self.unmapped or ()]
        from_file = chunk[ROW].is_not_null()
        if not columns or not from_file.any():
            return pl.Series(["{}"]).new_from_index(0, chunk.height)
        texts = [chunk[cell_column(index)].alias(value_column(n)) for n, index in enumerate(self.unmapped or ())]
        # Rows that hooks added have no cells in the file.
        return row_objects(pl.DataFrame(texts), columns).zip_with(from_file, pl.Series(["{}"]))


@dataclass(frozen=True)
class Delivered:
    """Checked rows, written out. `result`: their table. `result_json`: None where nobody wanted it. `invalid`: rows with an
    error, `rows`: rows that went out."""

    fields: Sequence[ResultField]
    result: Path | LateTable
    result_json: Path | None
    issues: IssueLog
    invalid: int
    rows: int

    def remove(self) -> None:
        """Delete the files."""
        table_file(self.result).unlink()
        if self.result_json is not None:
            self.result_json.unlink()
        self.issues.remove()


def table_file(table: Path | LateTable) -> Path:
    """The file of a result table, which is made now unless it is there."""
    return table if isinstance(table, Path) else table.made()


def result_fields(slots: Sequence[Slot], types: Mapping[str, FieldType]) -> list[ResultField]:
    """The keys of the result rows: the fields that have a slot, in the order of the slots."""
    fields: dict[str, list[Slot]] = {}
    for slot in slots:
        fields.setdefault(slot.field.key, []).append(slot)
    return [ResultField(of_field[0].field, types[key], tuple(of_field)) for key, of_field in fields.items()]
