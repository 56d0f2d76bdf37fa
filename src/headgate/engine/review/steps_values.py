"""The third step of a review: texts that are no option, and dates whose order of day and month is not clear."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from headgate.engine.import_run import ImportRun
from headgate.engine.match import ValueDecision
from headgate.engine.match.decisions import DECIDED_METHODS
from headgate.engine.matching import sample_rows
from headgate.engine.review.overrides import ORDERS
from headgate.engine.review.reviewed import column_id
from headgate.engine.table import ROW, cell_column
from headgate.engine.types.base import WHITE_SPACE, FieldType
from headgate.engine.types.date_order import UNCLEAR_YEARS, decided_by_person
from headgate.engine.working import Slot

MAX_EXAMPLES = 5
_SCANNED_CHUNKS = 16
_ORDER_OF = {code: order for order, code in ORDERS.items()}


def values_view(run: ImportRun) -> dict[str, Any]:
    """ValuesView."""
    limit = run.schema.settings.match_values_step.max_mappable_select_values
    fields = []
    for slot, values in _unlisted(run):
        open_first = sorted(values, key=lambda value: (not is_open(value), -value.count, value.value))
        fields.append(
            {
                "field": slot.field.key,
                "column": column_id(slot),
                "values": [_select_value(value) for value in open_first[:limit]],
                "total": len(values),
            }
        )
    return {"fields": fields, "dates": [_date_question(run, slot, found) for slot, found in _unclear_dates(run)]}


def asks_about_values(run: ImportRun) -> bool:
    """Whether a text without an option, or an order of day and month, waits for a person."""
    limit = run.schema.settings.match_values_step.max_mappable_select_values
    return (limit > 0 and any(is_open(value) for _, values in _unlisted(run) for value in values)) or any(
        found.get("method") not in DECIDED_METHODS for _, found in _unclear_dates(run)
    )


def has_values(run: ImportRun) -> bool:
    """Whether the step has anything to show."""
    return any(True for _ in _unlisted(run)) or any(True for _ in _unclear_dates(run))


def is_open(value: ValueDecision) -> bool:
    """Whether nobody has said what the text means."""
    return value.status != "accepted" and value.method not in DECIDED_METHODS


def _unlisted(run: ImportRun) -> Iterator[tuple[Slot, list[ValueDecision]]]:
    """The select fields with their texts that are no option as they stand, each text once. Of masked fields nobody can be
    asked: their cells are in error until they are corrected."""
    if run.layout is None or run.settled is None:
        return
    of_field: dict[str, dict[str, ValueDecision]] = {}
    for value in run.settled.values:
        if value.method != "exact":
            texts = of_field.setdefault(value.field, {})
            count = value.count + (texts[value.value].count if value.value in texts else 0)
            texts[value.value] = ValueDecision(**{**vars(value), "count": count})
    for slot in run.layout.slots:
        if not slot.many_to_one_index and slot.field.key in of_field and slot.field.mask is None:
            yield slot, list(of_field[slot.field.key].values())


def _select_value(value: ValueDecision) -> dict[str, Any]:
    ignored = value.method in DECIDED_METHODS and value.option is None
    return {
        "text": value.value,
        "count": value.count,
        "option": value.option,
        "status": "ignored" if ignored else value.status,
        "method": value.method,
        "suggestion": value.suggestion,
    }


def _unclear_dates(run: ImportRun) -> Iterator[tuple[Slot, dict[str, Any]]]:
    """The date columns to ask about, with what they prove: those that a person answered, and those where cells can mean
    two days and no proof, or contradictory proof, says which."""
    if run.layout is None or run.settled is None:
        return
    for slot, found in zip(run.layout.slots, run.settled.evidence, strict=True):
        if found is None or "dayMonthOrder" not in found:
            continue
        counts = _counts(found)
        undecided = found["dayMonthOrder"] == "mixed" or found["dayMonthOrder"].startswith("locale:")
        unclear = bool(counts.get(UNCLEAR_YEARS)) or (undecided and bool(counts.get("ambiguous")))
        if unclear or found.get("method") in DECIDED_METHODS:
            yield slot, found


def _counts(found: dict[str, Any]) -> dict[str, int]:
    return {entry["code"]: entry["count"] for entry in found["evidence"]}


def _date_question(run: ImportRun, slot: Slot, found: dict[str, Any]) -> dict[str, Any]:
    counts = _counts(found)
    return {
        "field": slot.field.key,
        "column": column_id(slot),
        "ambiguous": counts.get("ambiguous", 0) + counts.get(UNCLEAR_YEARS, 0),
        "only_day_month": counts.get("day_first", 0),
        "only_month_day": counts.get("month_first", 0),
        "examples": _examples(run, slot, found) if slot.field.mask is None else [],
        "order": _ORDER_OF.get(found["dayMonthOrder"].removeprefix("locale:")),
        "by_person": found.get("method") == "person",
    }


def _examples(run: ImportRun, slot: Slot, found: dict[str, Any]) -> list[dict[str, Any]]:
    """Texts that the two orders read differently, those that both can read first."""
    both: list[dict[str, Any]] = []
    one: list[dict[str, Any]] = []
    seen: set[str] = set()
    for cells in _cells(run, slot):
        for example in _read_both_ways(run.types[slot.field.key], found, cells):
            if example["text"] not in seen:
                seen.add(example["text"])
                (both if example["day_month"] and example["month_day"] else one).append(example)
        if len(both) >= MAX_EXAMPLES:
            break
    return [*both, *one][:MAX_EXAMPLES]


def _cells(run: ImportRun, slot: Slot) -> Iterator[pl.Series]:
    """The column's cells: a sample from all over it, then chunk by chunk, in case what matters is rare."""
    if run.layout is None or slot.column is None:
        return
    table, name = run.layout.table, cell_column(slot.column)
    yield sample_rows(table, run.layout.first_row)[name]
    for position in range(min(_SCANNED_CHUNKS, len(table.spool))):
        chunk = table.spool.chunk(position, [ROW, name])
        yield chunk.filter(pl.col(ROW) >= run.layout.first_row)[name]


def _read_both_ways(field_type: FieldType, found: dict[str, Any], cells: pl.Series) -> Iterator[dict[str, Any]]:
    texts = cells.str.strip_chars(WHITE_SPACE).drop_nulls().unique(maintain_order=True)
    readings = {
        order: field_type.reader(decided_by_person(found, code)).read_column(texts).value
        for order, code in ORDERS.items()
    }
    frame = pl.DataFrame([texts.alias("text"), *(read.alias(order) for order, read in readings.items())])
    differ = frame.filter(pl.col("day_month").ne_missing(pl.col("month_day"))).sort(
        pl.any_horizontal(pl.col("day_month", "month_day").is_null()), maintain_order=True
    )
    for text, day_month, month_day in differ.head(MAX_EXAMPLES).iter_rows():
        yield {
            "text": text,
            "day_month": None if day_month is None else field_type.display(day_month),
            "month_day": None if month_day is None else field_type.display(month_day),
        }
