"""Bodies of the review API's decisions → everything that people decided so far. What cannot be is refused, with what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from headgate.engine.errors import ImportFailedError
from headgate.engine.import_run import ImportRun
from headgate.engine.layout import Layout
from headgate.engine.match import ColumnDecision
from headgate.engine.review.decisions import CustomFieldDecision, DateOrder, PersonDecisions, ReadingDecision
from headgate.engine.review.log import RefusedChangeError
from headgate.engine.review.overrides import ORDERS, custom_field, decided_header
from headgate.engine.review.refusals import refused
from headgate.engine.table import RawTable
from headgate.schema import Field, SchemaError
from headgate.schema.types import DateOptions, DatetimeOptions, MultiSelectOptions, SelectOptions

Body = Mapping[str, Any]

MAX_CUSTOM_FIELDS = 1_000


def decide_header(
    run: ImportRun, table: RawTable, body: Body, check_reading: Callable[[ReadingDecision], None]
) -> PersonDecisions:
    """A HeaderDecisionBody. `check_reading` raises RefusedChangeError for a reading that is not possible."""
    person = run.person
    reading = replace(person.reading, **(body.get("reading") or {}))
    if reading != person.reading:
        check_reading(reading)
        if (reading.delimiter, reading.sheet) != (person.reading.delimiter, person.reading.sheet):
            # Other cells make other columns: a decision about the third column would be about another one now.
            person = replace(person, columns={})
    rows = body.get("rows")
    if rows is not None:
        if table.header is not None or run.request.kind == "initial_data":
            raise refused("not_a_choice", "no_header_to_choose")
        if reading == person.reading:
            _check_header(table, rows)
    return replace(person, reading=reading, header=None if rows is None else tuple(sorted(set(rows))))


def decide_columns(run: ImportRun, layout: Layout, body: Body) -> PersonDecisions:
    """A ColumnDecisionsBody."""
    fields = {field.key: field for field in run.schema.fields if not field.hidden}
    columns, custom = dict(run.person.columns), list(run.person.custom_fields)
    chosen = {int(index): decision for index, decision in body["columns"].items()}
    if body.get("accept_suggested"):
        chosen = {**_suggested(layout.columns, fields, chosen), **chosen}
    for index, decision in chosen.items():
        if not 0 <= index < len(layout.columns):
            raise RefusedChangeError("unknown_column", f"The file has no column {index}. Load the columns again.")
        added = decision.get("custom")
        key = decision.get("field")
        if sum((added is not None, key is not None, bool(decision.get("ignore")))) > 1:
            raise RefusedChangeError(
                "contradiction", "Choose one for the column: a field, a new field, or to leave it out."
            )
        if added is not None:
            custom.append(_custom(run, layout.columns[index], added, custom))
            key = custom[-1].key
        elif key is not None and key not in fields:
            raise RefusedChangeError("unknown_field", "There is no field of that key. Load the columns again.")
        if key is not None:
            _free(columns, key, fields)
            columns[index] = key
        elif decision.get("ignore"):
            columns[index] = None
        else:
            columns.pop(index, None)
    used = set(columns.values())
    return replace(run.person, columns=columns, custom_fields=tuple(one for one in custom if one.key in used))


def decide_values(run: ImportRun, body: Body) -> PersonDecisions:
    """A ValuesDecisionBody. An order of null gives the question back."""
    fields = {field.key: field for field in run.schema.fields}
    values = {key: dict(texts) for key, texts in run.person.values.items()}
    for key, texts in (body.get("values") or {}).items():
        field = _field_of(fields, key, SelectOptions, MultiSelectOptions)
        options = {option.value for option in field.select_options}
        for text, option in texts.items():
            if option is not None and option not in options:
                raise refused("unknown_option", "no_such_option", value=option, field=field.label)
            values.setdefault(key, {})[text] = option
    orders: dict[str, DateOrder] = dict(run.person.orders)
    for key, order in (body.get("orders") or {}).items():
        _field_of(fields, key, DateOptions, DatetimeOptions)
        if order is None:
            orders.pop(key, None)
        elif order in ORDERS:
            orders[key] = order
        else:
            raise RefusedChangeError("unknown_order", "The order is either the day or the month first.")
    return replace(run.person, values=values, orders=orders)


def _check_header(table: RawTable, rows: Sequence[int]) -> None:
    try:
        decided_header(table, rows)
    except ImportFailedError as failure:
        raise RefusedChangeError("header_row_out_of_range", failure.message) from failure


def _free(columns: dict[int, str | None], key: str, fields: Mapping[str, Field]) -> None:
    """Take the field from the column that a person gave it to before, unless it takes several."""
    if key in fields and not fields[key].many_to_one:
        for index in [index for index, taken in columns.items() if taken == key]:
            del columns[index]


def _suggested(
    columns: Sequence[ColumnDecision], fields: Mapping[str, Field], chosen: Mapping[int, Any]
) -> dict[int, dict[str, Any]]:
    """The uncertain columns with the fields that they probably belong to. Of several columns that want the same field the
    likeliest gets it; of equally likely ones none does."""
    wanted: dict[str, list[ColumnDecision]] = {}
    given = {decision.get("field") for decision in chosen.values()}
    for column in columns:
        if column.status == "uncertain" and column.field in fields and column.index not in chosen:
            wanted.setdefault(str(column.field), []).append(column)
    taken: dict[int, dict[str, Any]] = {}
    for key, rivals in wanted.items():
        best = max(column.confidence for column in rivals)
        likeliest = [column for column in rivals if column.confidence == best]
        if fields[key].many_to_one:
            likeliest = rivals
        elif len(likeliest) > 1 or key in given:
            continue
        taken |= {column.index: {"field": key} for column in likeliest}
    return taken


def _custom(
    run: ImportRun, column: ColumnDecision, wanted: Mapping[str, Any], custom: Sequence[CustomFieldDecision]
) -> CustomFieldDecision:
    if not run.schema.settings.allow_custom_fields:
        raise refused("not_allowed", "no_fields_of_your_own")
    if len(custom) >= MAX_CUSTOM_FIELDS:
        raise refused("not_allowed", "too_many_fields", max=MAX_CUSTOM_FIELDS)
    label = str(wanted["label"]).strip() or column.header or f"Column {column.index + 1}"
    keys = {*(field.key for field in run.schema.fields), *(one.key for one in custom)}
    key, number = label, 2
    while key in keys:
        key, number = f"{label} {number}", number + 1
    decision = CustomFieldDecision(key, label, str(wanted.get("type") or "string"))
    try:
        custom_field(decision)
    except SchemaError as error:
        problems = " ".join(message for messages in error.problems.values() for message in messages)
        raise RefusedChangeError("wrong_field", f"The field cannot be added. {problems}") from error
    return decision


def _field_of(fields: Mapping[str, Field], key: str, *types: type) -> Field:
    field = fields.get(key)
    if field is None or not isinstance(field.type, types):
        raise RefusedChangeError("unknown_field", "There is no field of that key and kind. Load the values again.")
    return field
