"""The form of a recipe: header choice, matches, meanings of texts, orders of dates, and replacements of cells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import Field as Key

from headgate.engine.patterns import groups_of
from headgate.engine.review.decisions import DateOrder
from headgate.engine.review.log import RefusedChangeError
from headgate.schema.base import SchemaModel
from headgate.schema.problems import Problems, join_path, parse_object

FORMAT = 1
"""The value of the key `recipe`: the version of this form."""

MAX_COLUMNS = 5_000
MAX_VALUES = 20_000
MAX_REPLACEMENTS = 5_000
MAX_PATTERNS = 200
"""Replacements with a pattern: each is tried on all cells of its field."""
MAX_TEXT = 2_000


class HeaderPart(SchemaModel):
    """The records that hold the names, 0-based. In the next file they are looked for by the names of `columns`."""

    rows: list[int] = Key(min_length=1, max_length=20)


class ColumnPart(SchemaModel):
    """A column by its header, and the field that it belongs to; `ignore`: to none."""

    header: str = Key(min_length=1, max_length=MAX_TEXT)
    field: str | None = None
    ignore: bool = False


class ValuePart(SchemaModel):
    """A text of a select field, and the value of the option that it means; `ignore`: none."""

    field: str
    text: str = Key(min_length=1, max_length=MAX_TEXT)
    option: str | None = None
    ignore: bool = False


class OrderPart(SchemaModel):
    """Which of day and month comes first in a date field."""

    field: str
    order: DateOrder


class Condition(SchemaModel):
    """Only in rows whose cell of `field` is `text`, or in which `pattern` is found."""

    field: str
    text: str | None = Key(default=None, max_length=MAX_TEXT)
    pattern: str | None = Key(default=None, min_length=1, max_length=MAX_TEXT)


class ReplacementPart(SchemaModel):
    """Another text for cells of a field.

    `text`: the whole cell, without the white space around it. `pattern`: whatever a regular expression (Rust's, linear) finds
    in it; `to` may name its groups as in JavaScript (`$1`). `onlyInvalid`: only cells that the field's type cannot read.
    `when`: a condition on another cell of the row.
    """

    field: str
    text: str | None = Key(default=None, min_length=1, max_length=MAX_TEXT)
    pattern: str | None = Key(default=None, min_length=1, max_length=MAX_TEXT)
    to: str = Key(max_length=MAX_TEXT)
    only_invalid: bool = False
    when: Condition | None = None


class Recipe(SchemaModel):
    """A recipe. `known_headers`: all columns of the file that it was made from; others than these are looked at with care."""

    recipe: Literal[1]
    description: str | None = Key(default=None, max_length=MAX_TEXT)
    known_headers: list[str] = Key(default=[], max_length=MAX_COLUMNS)
    header: HeaderPart | None = None
    columns: list[ColumnPart] = Key(default=[], max_length=MAX_COLUMNS)
    values: list[ValuePart] = Key(default=[], max_length=MAX_VALUES)
    orders: list[OrderPart] = Key(default=[], max_length=MAX_COLUMNS)
    replacements: list[ReplacementPart] = Key(default=[], max_length=MAX_REPLACEMENTS)

    @property
    def is_empty(self) -> bool:
        """Whether it would do nothing."""
        return not (self.header or self.columns or self.values or self.orders or self.replacements)

    def fields(self) -> list[str]:
        """The keys of all fields that it speaks of, each once."""
        named = [column.field for column in self.columns if column.field is not None]
        named += self.fields_of_cells()
        named += [part.when.field for part in self.replacements if part.when is not None]
        return list(dict.fromkeys(named))

    def fields_of_cells(self) -> list[str]:
        """The keys of the fields whose cells it speaks of."""
        named = [value.field for value in self.values]
        named += [order.field for order in self.orders]
        return [*named, *(part.field for part in self.replacements)]

    def to_json(self) -> dict[str, Any]:
        """The document, without what is not said."""
        found: dict[str, Any] = self.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude_none=True)
        return {"recipe": FORMAT, **found}


def parse_recipe(raw: Any) -> Recipe:
    """The recipe that a JSON value describes. Raises SchemaError with every problem, each under its path."""
    problems = Problems()
    recipe = parse_object(Recipe, raw, "", problems)
    if recipe is not None:
        _check(recipe, problems)
    problems.raise_if_any()
    if recipe is None:
        raise AssertionError("a recipe that did not parse recorded no problem")
    return recipe


def _check(recipe: Recipe, problems: Problems) -> None:
    if recipe.is_empty:
        problems.add("", "The recipe would do nothing. Give it columns, values, orders or replacements.")
    if recipe.header is not None and not recipe.columns:
        problems.add("columns", "A header row is found by the names of its columns. Name at least one.")
    if recipe.header is not None and any(not 0 <= row < 10_000 for row in recipe.header.rows):
        problems.add("header.rows", "Expected row numbers from 0 to 9999.")
    for position, column in enumerate(recipe.columns):
        if (column.field is None) != column.ignore:
            problems.add(join_path("columns", position), 'Expected either "field" or "ignore": true.')
    for position, value in enumerate(recipe.values):
        if (value.option is None) != value.ignore:
            problems.add(join_path("values", position), 'Expected either "option" or "ignore": true.')
    _check_twice("columns", [(column.header,) for column in recipe.columns], problems)
    _check_twice("values", [(value.field, value.text) for value in recipe.values], problems)
    _check_twice("orders", [(order.field,) for order in recipe.orders], problems)
    _check_replacements(recipe.replacements, problems)


def _check_twice(part: str, names: Iterable[tuple[str, ...]], problems: Problems) -> None:
    seen: set[tuple[str, ...]] = set()
    for position, name in enumerate(names):
        if name in seen:
            problems.add(join_path(part, position), "This stands in the recipe twice.")
        seen.add(name)


def _check_replacements(replacements: list[ReplacementPart], problems: Problems) -> None:
    if sum(part.pattern is not None for part in replacements) > MAX_PATTERNS:
        problems.add("replacements", f"At most {MAX_PATTERNS} replacements may have a pattern.")
        return
    for position, part in enumerate(replacements):
        path = join_path("replacements", position)
        if (part.text is None) == (part.pattern is None):
            problems.add(path, 'Expected either "text" or "pattern".')
        _check_pattern(part.pattern, join_path(path, "pattern"), problems)
        if part.when is not None:
            if (part.when.text is None) == (part.when.pattern is None):
                problems.add(join_path(path, "when"), 'Expected either "text" or "pattern".')
            _check_pattern(part.when.pattern, join_path(path, "when.pattern"), problems)


def _check_pattern(pattern: str | None, path: str, problems: Problems) -> None:
    if pattern is None:
        return
    try:
        groups_of(pattern)
    except RefusedChangeError:
        problems.add(path, "Not a regular expression of Rust's regex crate (no look-around, no back references).")
