"""Batches for the tests of validators, written as lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from headgate.engine.validators import Batch, Finding, SlotColumn, Validators, build_validators
from headgate.schema import parse_schema

FAILED = object()
"""Stands for a cell whose type failed."""


def slot(cells: Sequence[Any], *, checkbox: bool = False) -> SlotColumn:
    """A column of result texts; None is an empty cell, FAILED one whose type failed."""
    values = [None if cell is FAILED else cell for cell in cells]
    if checkbox:
        filled = [cell in {"true", FAILED} for cell in cells]
    else:
        filled = [cell is FAILED or (cell is not None and cell.strip() != "") for cell in cells]
    return SlotColumn(
        pl.Series(values, dtype=pl.String),
        pl.Series(filled, dtype=pl.Boolean),
        pl.Series([cell is FAILED for cell in cells], dtype=pl.Boolean),
    )


def batch(**columns: Sequence[Any]) -> Batch:
    """One batch; every keyword is a field with one column."""
    return {key: [slot(cells)] for key, cells in columns.items()}


def validators_of(**validators: Any) -> Validators:
    """The validators of a schema whose fields are the keywords, each with its list of validators."""
    return build_validators(
        parse_schema(
            [{"label": key.capitalize(), "key": key, "validators": rules} for key, rules in validators.items()]
        ).fields
    )


def findings(validators: Validators, *batches: Batch) -> list[list[Finding]]:
    """What the validators find in each of the batches, after the passes that they ask for."""
    with validators:
        while validators.wants_pass:
            for each in batches:
                validators.observe(each)
            validators.end_pass()
        return [list(validators.check(each)) for each in batches]


def failing_rows(validators: Validators, *batches: Batch) -> dict[str, list[int]]:
    """Field key → the rows, counted over all batches, where any validator fails."""
    rows: dict[str, set[int]] = {}
    start = 0
    for each, found in zip(batches, findings(validators, *batches), strict=True):
        for finding in found:
            rows.setdefault(finding.key, set()).update(start + row for row in finding.fails.arg_true().to_list())
        start += max((len(column.value) for columns in each.values() for column in columns), default=0)
    return {key: sorted(found) for key, found in rows.items()}
