"""Tables of a few rows to edit, and the import's own checks to compare them with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from headgate.engine.checking import Checks
from headgate.engine.hooked_table import HookedSlot
from headgate.engine.issues import IssueLog
from headgate.engine.review.delta import ADDED, AS_BUILT, CELLS, DELETED, GIVEN, Delta
from headgate.engine.review.rows_out import RowsOut
from headgate.engine.review.table import ReviewTable
from headgate.engine.table import ROW
from headgate.engine.types.base import FieldType, TypeContext
from headgate.engine.types.registry import build_type
from headgate.engine.working import EXTRA, INDEX, slots_for
from headgate.schema import Schema, parse_schema_document

FIELDS: list[dict[str, Any]] = [
    {"label": "Id", "key": "id", "validators": [{"validate": "required"}, {"validate": "unique"}]},
    {"label": "Name", "key": "name", "validators": [{"validate": "unique_with", "uniqueKey": "k"}]},
    {"label": "Age", "key": "age", "type": ["number", {"min": 0}]},
    {
        "label": "Stage",
        "key": "stage",
        "type": "select",
        "selectOptions": [{"label": "Open", "value": "o"}, {"label": "Done", "value": "d"}],
        "validators": [
            {"validate": "unique_with", "uniqueKey": "k", "level": "warning"},
            {"validate": "require_with", "fields": ["age"], "level": "info"},
        ],
    },
    {
        "label": "Mail",
        "key": "mail",
        "type": "email",
        "manyToOne": True,
        "validators": [{"validate": "unique_case_insensitive"}],
    },
]
COLUMNS = {"id": [0], "name": [1], "age": [2], "stage": [3], "mail": [5, 6]}

Row = Sequence[str | None]


class Given:
    """A schema, its slots and rows of texts, in source columns 0 to 6."""

    def __init__(
        self,
        rows: Sequence[Row],
        fields: Sequence[dict[str, Any]] = FIELDS,
        columns: dict[str, list[int]] = COLUMNS,
        first_row: int = 1,
        **schema: Any,
    ) -> None:
        self.schema: Schema = parse_schema_document({"fields": list(fields), **schema})
        self.rows = rows
        self.first_row = first_row
        slots = slots_for(self.schema.fields, columns, {"note"})
        self.types: dict[str, FieldType] = {field.key: build_type(field, TypeContext()) for field in self.schema.fields}
        self.slots = [
            HookedSlot(slot, found, self._reader(found, slot.column), found.reader())
            for slot in slots
            for found in [self.types[slot.field.key]]
        ]

    def _reader(self, found: FieldType, column: int | None) -> Any:
        gatherer = found.gatherer()
        if gatherer is None or column is None:
            return found.reader()
        gatherer.observe(self.texts(column, self.rows))
        return found.reader(gatherer.evidence())

    def texts(self, column: int | None, rows: Sequence[Row]) -> pl.Series:
        return pl.Series([None if column is None else row[column] for row in rows], dtype=pl.String)

    def chunks(self, size: int = 4) -> list[pl.DataFrame]:
        parts = [self.rows[start : start + size] for start in range(0, len(self.rows), size)]
        return [self._chunk(part, number * size) for number, part in enumerate(parts)]

    def _chunk(self, rows: Sequence[Row], start: int) -> pl.DataFrame:
        numbers = range(start, start + len(rows))
        columns = [
            pl.Series(ROW, [self.first_row + number for number in numbers], dtype=pl.UInt32),
            pl.Series(INDEX, list(numbers), dtype=pl.UInt32),
            pl.Series(EXTRA, [len(row) > 7 for row in rows], dtype=pl.Boolean),
        ]
        for hooked in self.slots:
            texts = self.texts(hooked.slot.column, rows)
            reading = hooked.reader.read_column(texts)
            names = (hooked.slot.text, hooked.slot.value, hooked.slot.code)
            columns += [one.alias(name) for one, name in zip((texts, *reading), names, strict=True)]
        return pl.DataFrame(columns)

    def build(self, directory: Path, size: int = 4, chunks: Sequence[pl.DataFrame] | None = None) -> ReviewTable:
        return ReviewTable.build(
            directory,
            self.chunks(size) if chunks is None else chunks,
            self.slots,
            self.schema.fields,
            self.types,
            fingerprint="f",
        )

    def open(self, directory: Path, fingerprint: str = "f") -> ReviewTable:
        return ReviewTable.open(directory, self.slots, self.schema.fields, self.types, fingerprint=fingerprint)


def delta(
    cells: Sequence[tuple[int, int | str, str | None]] = (),
    added: Sequence[tuple[int, int | None]] = (),
    deleted: Sequence[int] = (),
    how: int = GIVEN,
) -> Delta:
    """A delta that sets (row, column or key, text); what stood there before is not looked at."""
    of_cells = [
        (
            row,
            column if isinstance(column, int) else None,
            column if isinstance(column, str) else None,
            None,
            text,
            AS_BUILT,
            how,
            None,
            None,
            None,
            None,
        )
        for row, column, text in cells
    ]
    return Delta(
        pl.DataFrame(of_cells, schema=dict(CELLS), orient="row"),
        pl.DataFrame(list(added), schema=dict(ADDED), orient="row"),
        pl.DataFrame({"row": list(deleted)}, schema=dict(DELETED)),
    )


Found = tuple[int, str | None, int | None, str, str]


def live_issues(table: ReviewTable) -> list[Found]:
    """(row number, field, which of its columns, level, code) of everything that the table says is wrong."""
    found: list[Found] = []
    bounds = table.chunk_bounds()
    for chunk in range(len(bounds) - 1):
        for at, _, kind, _, _ in table.issues(chunk).iter_rows():
            of = table.index.kinds[kind]
            row = int(table.places.ids[bounds[chunk] + at])
            found.append((row, of.field, of.many_to_one_index, of.level, of.code))
    return sorted(found, key=str)


def fresh_issues(table: ReviewTable, directory: Path) -> list[Found]:
    """The same, as the checks of an import find it in the rows that would go out."""
    out = RowsOut(table, rows_per_chunk=3)
    log = IssueLog(directory)
    slots = [hooked.slot for hooked in table.hooked]
    with Checks(table.fields, slots, table.types, log) as checks:
        checks.observe(out.columns_of)
        for chunk in out.chunks():
            checks.check(chunk)
    ids = table.places.ids[table.places.visible].tolist()
    return sorted(
        (
            (ids[one["rowIndex"]], one["fieldKey"], one.get("manyToOneIndex"), one["level"], one["code"])
            for one in log.entries()
        ),
        key=str,
    )


def shown(table: ReviewTable) -> dict[int, tuple[str | None, ...]]:
    """The texts of all rows by their number, in the order in which they are shown."""
    frame = table.frame(table.places.visible, table.hooked)
    texts = frame.select(hooked.slot.text for hooked in table.hooked)
    return dict(zip(table.places.ids[table.places.visible].tolist(), texts.iter_rows(), strict=True))
