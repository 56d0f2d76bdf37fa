"""Which decisions of two runs of one source are not the same: header, columns, options, how columns are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from headgate.engine.trial.statements import Statement, say

MAX_STATEMENTS = 200
READ_BY = ("dayMonthOrder", "decimalMark", "currency")
"""What a column proves, and its cells are read by."""

Decisions = Mapping[str, Any]


def decision_changes(before: Decisions, after: Decisions, renamed: Mapping[str, str]) -> list[Statement]:
    """What was decided otherwise. A field that has another key is the same field. At most MAX_STATEMENTS."""
    found = [*_header(before, after), *_columns(before, after, renamed)]
    found += [*_values(before, after, renamed), *_types(before, after, renamed)]
    return found[:MAX_STATEMENTS]


def _header(before: Decisions, after: Decisions) -> list[Statement]:
    old, new = (_row_of(decisions) for decisions in (before, after))
    return [say("header_differs", before=old, after=new)] if old != new else []


def _row_of(decisions: Decisions) -> int | None:
    """The row with the names, counted from 1."""
    row = (decisions.get("header") or {}).get("row")
    return None if row is None else int(row) + 1


def _columns(before: Decisions, after: Decisions, renamed: Mapping[str, str]) -> list[Statement]:
    old = {column["index"]: column for column in before.get("columns") or ()}
    new = {column["index"]: column for column in after.get("columns") or ()}
    found = []
    for index in sorted(old.keys() & new.keys()):
        was, now = _taken(old[index]), _taken(new[index])
        if renamed.get(was or "", was) != now:
            found.append(say("column_differs", header=new[index]["header"], column=index, before=was, after=now))
    return found


def _taken(column: Mapping[str, Any]) -> str | None:
    """The field that a column belongs to for sure."""
    return column["field"] if column.get("status") == "accepted" else None


def _values(before: Decisions, after: Decisions, renamed: Mapping[str, str]) -> list[Statement]:
    old = {(renamed.get(one["field"], one["field"]), one["value"]): one for one in before.get("values") or ()}
    new = {(one["field"], one["value"]): one for one in after.get("values") or ()}
    found = []
    for field, text in (*old, *(key for key in new if key not in old)):
        was, now = (_option(side.get((field, text))) for side in (old, new))
        if was != now:
            found.append(say("value_differs", field=field, text=text, before=was, after=now))
    return found


def _option(value: Mapping[str, Any] | None) -> Any:
    return None if value is None or value.get("status") in {"unmatched", "uncertain"} else value.get("option")


def _types(before: Decisions, after: Decisions, renamed: Mapping[str, str]) -> list[Statement]:
    old, new = (
        {(renamed.get(one["field"], one["field"]), one.get("manyToOneIndex")): one for one in side.get("types") or ()}
        for side in (before, after)
    )
    return [
        say("type_differs", field=key[0], what=what, before=old[key].get(what), after=new[key].get(what))
        for key in old.keys() & new.keys()
        for what in READ_BY
        if old[key].get(what) != new[key].get(what)
    ]
