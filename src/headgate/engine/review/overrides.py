"""What people decided, put in the place of what the pipeline chose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from headgate.engine.errors import ImportFailedError
from headgate.engine.explanations import because
from headgate.engine.header import HeaderDecision
from headgate.engine.header.cells import clean, is_units_row
from headgate.engine.match import ColumnDecision, RunnerUp
from headgate.engine.review.decisions import CustomFieldDecision, DateOrder, ReadingDecision
from headgate.engine.table import RawTable
from headgate.schema import Field, Schema
from headgate.schema.fields import parse_field
from headgate.schema.problems import Problems

if TYPE_CHECKING:
    from headgate.engine.types.date_order import YearLastOrder

MAX_HEADER_ROW = 9_999
"""The last record (0-based) that may be a header: those above it are held in memory to join their names."""

ORDERS: Mapping[DateOrder, YearLastOrder] = {"day_month": "DMY", "month_day": "MDY"}

Evidence = dict[str, Any]


def with_custom_fields(schema: Schema, custom: Sequence[CustomFieldDecision]) -> Schema:
    """The schema with the fields that people added, behind all others. Raises SchemaError when one cannot be a field."""
    if not custom:
        return schema
    added = {one.key: custom_field(one) for one in custom}
    return replace(schema, fields=(*without_custom_fields(schema, custom).fields, *added.values()))


def without_custom_fields(schema: Schema, custom: Sequence[CustomFieldDecision]) -> Schema:
    """The schema without the fields that people added."""
    keys = {one.key for one in custom}
    return replace(schema, fields=tuple(field for field in schema.fields if field.key not in keys)) if keys else schema


def custom_field(custom: CustomFieldDecision) -> Field:
    """The field that a person described. Raises SchemaError when it cannot be one: an unknown type, or one that needs
    options."""
    problems = Problems()
    field = parse_field({"label": custom.label, "key": custom.key, "type": custom.type}, "custom", problems)
    problems.raise_if_any()
    if field is None:
        raise AssertionError("a field that did not parse recorded no problem")
    return field


def decided_reading(table: RawTable, reading: ReadingDecision) -> RawTable:
    """The table, whose description says what of its reading a person chose."""
    chosen = tuple(name for name, value in vars(reading).items() if value is not None)
    if not chosen:
        return table
    return replace(table, description=replace(table.description, by_person=chosen))


def decided_header(table: RawTable, rows: Sequence[int]) -> HeaderDecision:
    """The header that a person chose: () for none. The names stand in the last of `rows` that holds no units.

    Raises ImportFailedError `header_row_out_of_range` when the table ends before one of them.
    """
    evidence: list[Evidence] = []
    if not rows:
        return HeaderDecision(None, (), "person", 1.0, evidence)
    chosen = sorted(set(rows))
    if chosen[-1] >= min(table.rows, MAX_HEADER_ROW + 1) or chosen[0] < 0:
        raise ImportFailedError(
            "header_row_out_of_range",
            f"Row {chosen[-1] + 1} cannot be the header: the file has {table.rows} rows, and the header must be among the "
            f"first {MAX_HEADER_ROW + 1}. Choose another row.",
            row=chosen[-1],
            rows=table.rows,
        )
    names = chosen[-1]
    if len(chosen) > 1 and is_units_row([clean(cell) for cell in table.head(names + 1)[names]]):
        names = chosen[-2]
    return HeaderDecision(names, tuple(chosen), "person", 1.0, evidence)


def decided_columns(
    automatic: Sequence[ColumnDecision],
    decided: Mapping[int, str | None],
    fields: Sequence[Field],
    method: Literal["person", "recipe"] = "person",
) -> list[ColumnDecision]:
    """The decisions for all columns: a person's where there is one, or (`method`) a recipe's.

    A field that takes one column and got it from a person is taken from the column that headgate had given it. Decisions
    about columns and fields that do not exist are passed over.
    """
    by_key = {field.key: field for field in fields if not field.hidden}
    valid = {index: key for index, key in decided.items() if key is None or key in by_key}
    taken = {key: index for index, key in valid.items() if key is not None and not by_key[key].many_to_one}
    found = []
    for column in automatic:
        if column.index in valid:
            key = valid[column.index]
            lost = key in taken and taken[key] != column.index
            found.append(_freed(column, key, taken[key]) if key is not None and lost else _decided(column, key, method))
        elif column.field in taken:
            found.append(_freed(column, column.field, taken[column.field]))
        else:
            found.append(column)
    return found


def _decided(column: ColumnDecision, key: str | None, method: Literal["person", "recipe"]) -> ColumnDecision:
    others = column.runners_up
    if column.field is not None and column.field != key:
        others = [RunnerUp(column.field, column.confidence), *(o for o in others if o.field != column.field)]
    return replace(
        column,
        field=key,
        status="unmapped" if key is None else "accepted",
        method=method,
        confidence=1.0,
        evidence=[],
        runners_up=[other for other in others if other.field != key],
    )


def _freed(column: ColumnDecision, key: str, taker: int) -> ColumnDecision:
    return replace(
        column,
        field=None,
        status="unmapped",
        confidence=0.0,
        evidence=[because("field_taken", field=key, column=taker)],
        runners_up=[RunnerUp(key, column.confidence), *(other for other in column.runners_up if other.field != key)],
    )


def decided_orders(
    orders: Mapping[str, DateOrder], replayed: Mapping[str, DateOrder]
) -> Callable[[str, Evidence], Evidence]:
    """Field key and what its column proves → the same, with the order of day and month that a person decided, or else the
    one that a recipe says."""

    def decide(key: str, evidence: Evidence) -> Evidence:
        order = orders.get(key, replayed.get(key))
        if order is None or "dayMonthOrder" not in evidence:
            return evidence
        # All of reading dates, which few imports have had decided.
        from headgate.engine.types.date_order import decided_by_person

        return decided_by_person(evidence, ORDERS[order], "person" if key in orders else "recipe")

    return decide
