"""A recipe made of what people did in a review: decisions as they are, and bulk changes as replacements of texts.

Single edits are about single cells and stay out. Where one text became several others, no replacement follows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any

import polars as pl

from headgate.engine.recipe.document import (
    FORMAT,
    MAX_PATTERNS,
    MAX_REPLACEMENTS,
    MAX_TEXT,
    Recipe,
    parse_recipe,
)
from headgate.engine.review.decisions import PersonDecisions
from headgate.engine.review.delta import PackedDelta
from headgate.engine.review.log import LogEntry
from headgate.engine.types.base import WHITE_SPACE
from headgate.records import dataclass
from headgate.schema import Field, Schema
from headgate.schema.types import TYPES_WITHOUT_TEXT, MultiSelectOptions, SelectOptions

DELETING = frozenset({"delete_rows", "keep_first", "keep_last"})
MAX_PAIRS = 500
"""Different texts of one change that are kept; a change of more is a job for a hook."""
DECIDED = ("person", "recipe")


@dataclass(frozen=True)
class Proposed:
    """`document`: the recipe, None when there is nothing to keep. `left_out`: code → how much could not be kept."""

    document: dict[str, Any] | None
    left_out: dict[str, int]


@dataclass
class _Draft:
    """A recipe on its way. Later entries take the place of earlier ones about the same thing."""

    schema: Schema
    columns: dict[str, dict[str, Any]] = field(default_factory=dict)
    values: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    replacements: list[dict[str, Any]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    masked: frozenset[str] = frozenset()
    """The keys of fields whose values only results may have: a recipe would keep them for whoever may read it."""

    def __post_init__(self) -> None:
        self.fields: dict[str, Field] = {one.key: one for one in self.schema.fields if not one.hidden}

    def value(self, key: str, text: str, option: str | None) -> None:
        """What a text of a select field means."""
        if key in self.masked:
            self.left_out["masked"] += 1
            return
        text = text.strip(WHITE_SPACE)
        if key in self.fields and 0 < len(text) <= MAX_TEXT:
            said = {"ignore": True} if option is None else {"option": option}
            self.values[key, text] = {"field": key, "text": text, **said}

    def replacement(self, **part: Any) -> None:
        """Another text for cells; the same again counts once."""
        if part in self.replacements:
            return
        patterns = sum("pattern" in one for one in self.replacements)
        if len(self.replacements) >= MAX_REPLACEMENTS or ("pattern" in part and patterns >= MAX_PATTERNS):
            self.left_out["too_many"] += 1
        else:
            self.replacements.append(part)


def propose(
    schema: Schema,
    decisions: Mapping[str, Any],
    person: PersonDecisions,
    entries: Iterable[LogEntry],
    earlier: Recipe | None,
) -> Proposed:
    """The recipe of an import that came to its end.

    `decisions`: of the import. `person`: what people decided. `entries`: the changes that were not undone, in order.
    `earlier`: the recipe that the import was begun with, where it was applied; it goes on in the new one.
    """
    columns = decisions.get("columns") or []
    draft = _Draft(schema, masked=_masked(schema, columns))
    if earlier is not None:
        _earlier(draft, earlier)
    for key, texts in person.values.items():
        for text, option in texts.items():
            draft.value(key, text, option)
    draft.orders |= {key: {"field": key, "order": order} for key, order in person.orders.items() if key in draft.fields}
    keys = {column["index"]: column["field"] for column in columns}
    for entry in entries:
        _entry(draft, entry, keys)
    if person.custom_fields:
        draft.left_out["custom_fields"] = len(person.custom_fields)
    if any(value is not None for value in vars(person.reading).values()):
        draft.left_out["reading"] = 1
    headers = _columns(draft, columns)
    return _finished(draft, decisions, headers)


def _masked(schema: Schema, columns: list[dict[str, Any]]) -> frozenset[str]:
    """The masked fields, and those that a person gave a column which may be that of a masked field."""
    masked = {one.key for one in schema.fields if one.mask is not None}
    moved = {
        column["field"]
        for column in columns
        if column["method"] == "person" and any(other["field"] in masked for other in column.get("runnersUp") or ())
    }
    return frozenset(masked | (moved - {None}))


def _earlier(draft: _Draft, earlier: Recipe) -> None:
    document = earlier.to_json()
    for value in document.get("values", ()):
        draft.values[value["field"], value["text"]] = value
    draft.orders |= {order["field"]: order for order in document.get("orders", ())}
    draft.replacements += document.get("replacements", ())


def _entry(draft: _Draft, entry: LogEntry, keys: Mapping[int, str | None]) -> None:
    if entry.kind == "replace" and entry.parameters.get("everywhere") is True:
        _replace(draft, entry, keys)
    elif entry.kind == "replace" or (entry.kind == "fix" and entry.parameters.get("fix") not in DELETING):
        _pairs(draft, entry, keys)
    elif entry.cells or entry.rows:
        deleted = entry.kind in ("fix", "delete_rows")
        draft.left_out["deleted_rows" if deleted else "other_edits"] += entry.cells or entry.rows


def _replace(draft: _Draft, entry: LogEntry, keys: Mapping[int, str | None]) -> None:
    change = entry.parameters
    known = draft.fields.keys() - draft.masked
    touched = list(dict.fromkeys(key for key in _touched(entry, keys) if key in known))
    # What people edit of a number or date is not written as in the file: there the texts themselves are kept.
    by_text = [key for key in touched if draft.fields[key].type_name in TYPES_WITHOUT_TEXT]
    if by_text:
        _pairs(draft, entry, {index: key for index, key in keys.items() if key in by_text})
    pattern = change["find"] if change.get("regex") else _literal(change["find"])
    if change.get("whole_cell"):
        pattern = rf"\A(?:{pattern})\z"
    if not change.get("match_case"):
        pattern = f"(?i){pattern}"
    to = change.get("replace") or ""
    to = to if change.get("regex") else to.replace("$", "$$")
    for key in touched:
        if key in by_text:
            continue
        if change.get("whole_cell") and change.get("match_case") and not change.get("regex"):
            _pair(draft, draft.fields[key], change["find"].strip(WHITE_SPACE), change.get("replace") or "")
        else:
            if max(len(pattern), len(to)) > MAX_TEXT:
                draft.left_out["too_long"] += 1
            else:
                draft.replacement(field=key, pattern=pattern, to=to)


def _literal(text: str) -> str:
    """A pattern of just that text, as readable as can be."""
    return re.sub(r"([\\.+*?()|\[\]{}^$])", r"\\\1", text)


def _touched(entry: LogEntry, keys: Mapping[int, str | None]) -> list[str]:
    if entry.delta is None:
        return []
    indices = {index for part in PackedDelta(entry.delta).parts() for index in part["column"].drop_nulls().unique()}
    return [key for index in sorted(indices) if (key := keys.get(index)) is not None]


def _pairs(draft: _Draft, entry: LogEntry, keys: Mapping[int, str | None]) -> None:
    """The texts that a change wrote in place of others, each pair once."""
    if entry.delta is None:
        return
    parts = [
        part.select("column", pl.col("before").str.strip_chars(WHITE_SPACE), "after").drop_nulls("column").unique()
        for part in PackedDelta(entry.delta).parts()
    ]
    cells = pl.concat(parts).unique(maintain_order=True) if parts else pl.DataFrame()
    for index, key in keys.items():
        if key is None or key not in draft.fields or not cells.height:
            continue
        own = cells.filter(pl.col("column") == index)
        if key in draft.masked:
            draft.left_out["masked"] += own.height
            continue
        empty = (pl.col("before").is_null()) | (pl.col("before") == "")
        draft.left_out["empty_cells"] += own.filter(empty).height
        own = own.filter(~empty)
        clear = own.filter(pl.col("before").is_unique())
        draft.left_out["several_meanings"] += own["before"].n_unique() - clear.height
        draft.left_out["too_many"] += max(0, clear.height - MAX_PAIRS)
        for _, before, after in clear.head(MAX_PAIRS).iter_rows():
            _pair(draft, draft.fields[key], before, after or "")


def _pair(draft: _Draft, of: Field, before: str, after: str) -> None:
    if max(len(before), len(after)) > MAX_TEXT:
        draft.left_out["too_long"] += 1
    elif isinstance(of.type, SelectOptions) and (option := _option(of, after)) is not None:
        draft.value(of.key, before, option)
    else:
        draft.replacement(field=of.key, text=before, to=after)


def _option(of: Field, text: str) -> str | None:
    for option in of.select_options:
        if text in (option.value, option.label):
            return option.value
    return None


def _columns(draft: _Draft, columns: list[dict[str, Any]]) -> list[str]:
    """The columns that the recipe needs: those that somebody decided about, and those of fields that it speaks of."""
    headers = Counter(str(column["header"]) for column in columns)
    needed = {key for key, _ in draft.values} | draft.orders.keys() | {part["field"] for part in draft.replacements}
    needed |= {part["when"]["field"] for part in draft.replacements if "when" in part}
    for column in columns:
        header, key = str(column["header"]), column["field"]
        if column["method"] not in DECIDED and key not in needed:
            continue
        if key is not None and key not in draft.fields:
            continue  # a field of one's own, which is counted
        if not header or headers[header] > 1 or len(header) > MAX_TEXT:
            draft.left_out["unclear_headers"] += 1
            needed.discard(str(key))
            continue
        draft.columns[header] = {"header": header, **({"ignore": True} if key is None else {"field": key})}
    mapped = {column["field"] for column in draft.columns.values() if "field" in column}
    _drop_without_column(draft, mapped)
    return [header for header in headers if header and len(header) <= MAX_TEXT]


def _drop_without_column(draft: _Draft, mapped: set[str]) -> None:
    """What is said of fields whose column has no clear name could be replayed on another column."""
    draft.values = {name: value for name, value in draft.values.items() if name[0] in mapped}
    draft.orders = {key: order for key, order in draft.orders.items() if key in mapped}
    draft.replacements = [
        part
        for part in draft.replacements
        if part["field"] in mapped and ("when" not in part or part["when"]["field"] in mapped)
    ]


def _finished(draft: _Draft, decisions: Mapping[str, Any], headers: list[str]) -> Proposed:
    document: dict[str, Any] = {"recipe": FORMAT, "knownHeaders": headers}
    header = decisions.get("header") or {}
    if header.get("status") in DECIDED and header.get("rows") and draft.columns:
        document["header"] = {"rows": header["rows"]}
    document |= {
        "columns": list(draft.columns.values()),
        "values": [value for value in draft.values.values() if _is_valid(draft, value)],
        "orders": list(draft.orders.values()),
        "replacements": draft.replacements,
    }
    left_out = {code: count for code, count in draft.left_out.items() if count}
    if not any(document[part] for part in ("columns", "values", "orders", "replacements")):
        return Proposed(None, left_out)
    return Proposed(parse_recipe({key: part for key, part in document.items() if part}).to_json(), left_out)


def _is_valid(draft: _Draft, value: Mapping[str, Any]) -> bool:
    of = draft.fields[value["field"]]
    if not isinstance(of.type, SelectOptions | MultiSelectOptions):
        return False
    return "ignore" in value or any(option.value == value["option"] for option in of.select_options)
