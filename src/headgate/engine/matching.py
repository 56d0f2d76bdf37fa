"""Header and matching as the pipeline uses them: samples of real columns in, decisions out."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from headgate.engine.explanations import because
from headgate.engine.header import HeaderDecision, choose_header
from headgate.engine.match import ColumnDecision, SourceColumn, match_columns
from headgate.engine.read.options import SheetPreview
from headgate.engine.request import ImportRequest
from headgate.engine.table import RawTable, cell_column, rows_from
from headgate.engine.types.base import CellReader, TypeContext
from headgate.engine.types.registry import build_type
from headgate.schema import Field, Schema

SAMPLED_CHUNKS = 8
SAMPLED_ROWS_PER_CHUNK = 125

MIN_UNNAMED_ROWS = 3
"""How many sampled rows must have text in a column behind the header before it counts as a column without a name."""


def named_header() -> HeaderDecision:
    """The decision for a source that names its columns itself: no record is a header."""
    return HeaderDecision(
        row=None, rows=(), status="accepted", confidence=1.0, evidence=[because("named_by_format")], runners_up=[]
    )


def best_sheet(sheets: Sequence[SheetPreview], fields: Sequence[Field]) -> int:
    """The `index` of the sheet that fits the schema best; the first one where none stands out."""
    scores = [_header_matches(sheet, fields) for sheet in sheets]
    return sheets[scores.index(max(scores))].index


def _header_matches(sheet: SheetPreview, fields: Sequence[Field]) -> int:
    header = choose_header(sheet.rows, fields, override=None, total_rows=len(sheet.rows))
    if header.row is None:
        return 0
    names = [SourceColumn(index, name or "", []) for index, name in enumerate(sheet.rows[header.row])]
    decisions = match_columns(names, fields, memory=None, fuzzy=False)
    return sum(decision.status == "accepted" for decision in decisions)


def keys_as_headers(table: RawTable, fields: Sequence[Field]) -> list[str]:
    """The headers of rows in field order: the keys of the fields that take a column."""
    return [field.key for field in fields if not field.hidden][: table.width]


def match_table(
    table: RawTable, headers: Sequence[str], first_row: int, request: ImportRequest, schema: Schema
) -> list[ColumnDecision]:
    """A decision for each column of the table."""
    settings = schema.settings
    samples = sample_rows(table, first_row)
    columns = [
        SourceColumn(index, header, samples[cell_column(index)].to_list()) for index, header in enumerate(headers)
    ]
    context = TypeContext(table.kind, settings.locale)
    by_key = request.kind == "initial_data"

    def reader_for(field: Field) -> CellReader:
        return build_type(field, context).reader()

    return match_columns(
        columns,
        schema.fields,
        memory=request.memory if settings.auto_map_headers and not by_key else None,
        fuzzy=settings.matching_step.fuzzy_match_headers and not by_key,
        reader_for=reader_for,
        language=settings.locale,
    )


def sample_rows(table: RawTable, first_row: int) -> pl.DataFrame:
    """Rows from all over the table, evenly spread, as raw cells."""
    chunks = len(table.spool)
    step = max(1, chunks // SAMPLED_CHUNKS)
    sampled = []
    for position in range(0, chunks, step):
        chunk = table.spool.chunk(position)
        rows = rows_from(chunk, first_row)
        if rows.height <= SAMPLED_ROWS_PER_CHUNK:
            sampled.append(rows)
            continue
        every = max(1, rows.height // SAMPLED_ROWS_PER_CHUNK)
        # Not `gather_every`: on thousands of columns it takes half a minute.
        sampled.append(rows[list(range(0, rows.height, every))[:SAMPLED_ROWS_PER_CHUNK]])
    return pl.concat(sampled)


def table_width(table: RawTable, headers: Sequence[str], header: HeaderDecision) -> int:
    """How many cells a row has by right; text behind them is a sign of a broken row.

    A column behind the last header counts as a column without a name when the header's own record has an (empty) cell
    for it, or when most rows fill it.
    """
    named = max((index + 1 for index, name in enumerate(headers) if name), default=table.width)
    named = max(named, *(table.head_widths[row] for row in header.rows if row < len(table.head_widths)), 0)
    if named == table.width or table.kind == "sheet" or table.header is not None:
        return table.width
    rows = sample_rows(table, header.data_start)
    for column in range(table.width - 1, named - 1, -1):
        filled = rows[cell_column(column)].drop_nulls().len()
        if filled >= MIN_UNNAMED_ROWS and filled * 2 > rows.height:
            return column + 1
    return named
