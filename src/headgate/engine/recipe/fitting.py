"""Whether a recipe fits a file, and what it decides there. One that does not fit in every part is not applied at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

from headgate.engine.errors import ImportFailedError
from headgate.engine.header import HeaderDecision
from headgate.engine.header.cells import clean
from headgate.engine.matching import match_table, named_header
from headgate.engine.recipe.document import Recipe
from headgate.engine.review.decisions import DateOrder
from headgate.engine.review.overrides import decided_header
from headgate.engine.table import RawTable
from headgate.records import dataclass
from headgate.schema import Field, Schema
from headgate.schema.types import DateOptions, DatetimeOptions, MultiSelectOptions, SelectOptions

if TYPE_CHECKING:
    from headgate.engine.import_run import ImportRun

HEADER_SEARCH_ROWS = 200
MAX_MISFITS = 50

Misfit = dict[str, Any]


@dataclass(frozen=True)
class Fit:
    """A recipe and a file. `misfits`: why it is not applied, `{part, code, …}`; empty when it is.

    `header`: the records that it takes for the header, None to leave that to headgate. `columns`, `values`, `orders`: as in
    PersonDecisions.
    """

    recipe: Recipe
    misfits: tuple[Misfit, ...] = ()
    header: HeaderDecision | None = None
    columns: dict[int, str | None] = field(default_factory=dict)

    @property
    def applied(self) -> bool:
        """Whether the recipe is replayed."""
        return not self.misfits

    @property
    def values(self) -> dict[str, dict[str, str | None]]:
        """Field key → text → option value."""
        found: dict[str, dict[str, str | None]] = {}
        for part in self.recipe.values if self.applied else ():
            found.setdefault(part.field, {})[part.text] = part.option
        return found

    @property
    def orders(self) -> dict[str, DateOrder]:
        """Field key → order of day and month."""
        return {part.field: part.order for part in self.recipe.orders} if self.applied else {}

    def to_json(self) -> dict[str, Any]:
        """The `recipe` part of the decisions."""
        return {"applied": self.applied, "misfits": list(self.misfits)}


def fit_recipe(run: ImportRun, table: RawTable, recipe: Recipe) -> Fit:
    """What the recipe comes to on a table that was read."""
    misfits = schema_misfits(recipe, run.schema)
    header = None if misfits else _header(run, table, recipe)
    if not misfits and header is None:
        misfits = [_misfit("header", "header_not_found")]
    if misfits or header is None:
        return Fit(recipe, tuple(misfits[:MAX_MISFITS]))
    headers = run.headers_of(table, header)
    columns, misfits = _columns(recipe, headers)
    if not misfits:
        misfits = _rivals(run, table, recipe, header, headers, columns)
    if misfits:
        return Fit(recipe, tuple(misfits[:MAX_MISFITS]))
    return Fit(recipe, (), header if header.status == "recipe" else None, columns)


def schema_misfits(recipe: Recipe, schema: Schema) -> list[Misfit]:
    """What of the recipe has no place in the schema (any more)."""
    fields = {one.key: one for one in schema.fields if not one.hidden}
    misfits = [_misfit("fields", "no_field", field=key) for key in recipe.fields() if key not in fields]
    for value in recipe.values:
        if value.field not in fields:
            continue
        if not isinstance(fields[value.field].type, SelectOptions | MultiSelectOptions):
            misfits.append(_misfit("values", "wrong_type", field=value.field))
        elif value.option is not None and value.option not in _options(fields[value.field]):
            misfits.append(_misfit("values", "no_option", field=value.field, option=value.option))
    for order in recipe.orders:
        if order.field in fields and not isinstance(fields[order.field].type, DateOptions | DatetimeOptions):
            misfits.append(_misfit("orders", "wrong_type", field=order.field))
    return list({str(misfit): misfit for misfit in misfits}.values())


def _options(of: Field) -> set[str]:
    return {option.value for option in of.select_options}


def _header(run: ImportRun, table: RawTable, recipe: Recipe) -> HeaderDecision | None:
    """The header by which columns are named: a person's, the recipe's own, headgate's; None when there is no sure one."""
    if table.header is not None:
        return named_header()
    if run.person.header is not None:
        return decided_header(table, run.person.header)
    if recipe.header is None:
        own = run.own_header(table)
        return None if own.status == "uncertain" else own
    names = {column.header for column in recipe.columns}
    try:
        recorded = decided_header(table, recipe.header.rows)
        if names <= set(run.headers_of(table, recorded)):
            return replace(recorded, status="recipe")
    except ImportFailedError:
        pass  # the file is shorter than the one before; its names may stand higher up
    rows = table.head(HEADER_SEARCH_ROWS)
    found = [position for position, cells in enumerate(rows) if names <= {clean(cell) for cell in cells}]
    return replace(decided_header(table, found), status="recipe") if len(found) == 1 else None


def _columns(recipe: Recipe, headers: Sequence[str]) -> tuple[dict[int, str | None], list[Misfit]]:
    columns: dict[int, str | None] = {}
    misfits: list[Misfit] = []
    for part in recipe.columns:
        places = [index for index, header in enumerate(headers) if header == part.header]
        if len(places) == 1:
            columns[places[0]] = part.field
        else:
            code = "header_twice" if places else "header_missing"
            misfits.append(_misfit("columns", code, header=part.header))
    return columns, misfits


def _rivals(
    run: ImportRun,
    table: RawTable,
    recipe: Recipe,
    header: HeaderDecision,
    headers: Sequence[str],
    columns: dict[int, str | None],
) -> list[Misfit]:
    """Columns that the recipe does not know, and that headgate would give to one of its fields; and fields whose cells are to
    be changed, but whose column is not the recipe's."""
    fields = {one.key: one for one in run.schema.fields}
    automatic = match_table(table, headers, header.data_start, run.request, run.schema)
    known = {*recipe.known_headers, *(column.header for column in recipe.columns)}
    given = {key for key in columns.values() if key is not None}
    misfits = []
    for column in automatic:
        if column.field is None or column.index in columns or column.header in known or not recipe.known_headers:
            continue
        if column.field in recipe.fields() and not fields[column.field].many_to_one:
            misfits.append(_misfit("columns", "other_column", header=column.header, field=column.field))
    mapped = given | {column.field for column in automatic if column.status == "accepted" and column.field is not None}
    misfits += [
        _misfit("columns", "no_column", field=key)
        for key in dict.fromkeys(recipe.fields_of_cells())
        if key not in mapped
    ]
    return misfits


def _misfit(part: str, code: str, **parameters: str) -> Misfit:
    return {"part": part, "code": code, **parameters}
