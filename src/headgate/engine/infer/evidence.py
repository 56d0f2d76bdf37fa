"""What speaks for an inferred field, as sentences with codes."""

from __future__ import annotations

from typing import Any

from headgate.engine.trial.statements import Statement

TEXTS = {
    "all_read": "All {count} filled cells are read as {type}.",
    "text": "No type fits all cells.",
    "almost_read": "{cells} of {count} cells are not read as {type}, such as “{example}”.",
    "digits_are_a_code": "The digits are a code, not an amount, so they stay text.",
    "empty_column": "The column has no value.",
    "never_empty": "None of the {count} cells is empty.",
    "all_different": "All {count} values are different, and the column is an identifier.",
    "few_values": "Only {distinct} different texts in {count} cells.",
    "two_values": "Only “{no}” and “{yes}”.",
    "day_first": "The day comes first: {count} cells prove it.",
    "month_first": "The month comes first: {count} cells prove it.",
    "order_unknown": "No cell proves whether the day or the month comes first. Check the locale.",
    "written_as": "All cells are written as {format}.",
    "percent": "All numbers carry a percent sign.",
    "currency": "All numbers carry the currency {currency}.",
    "header_uncertain": "It is not clear which row holds the column names. Check it.",
    "few_rows": "The file has only {rows} rows, so little is certain.",
    "columns_without_name": "Columns without a name: {count}. They got one.",
}


def found(code: str, **parameters: Any) -> Statement:
    """The sentence of a code."""
    return Statement(code, TEXTS[code].format_map(parameters), parameters)
