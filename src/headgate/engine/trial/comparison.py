"""What differs between two runs of one source: rows, cells, errors and decisions, without a Python object per cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from headgate.engine.table import ROW
from headgate.engine.trial.decisions import decision_changes
from headgate.engine.trial.run import Trial
from headgate.engine.trial.statements import Statement, say
from headgate.engine.trial.witness import DELIVERED, Witness, shown_value
from headgate.engine.working import INDEX
from headgate.records import dataclass

EXAMPLES = 50
MAX_SHOWN = 1_000
"""Characters of a text in an example."""

Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Comparison:
    """The differences. `fields`: key → cells that differ, most first. `rows`: how many rows differ in any way."""

    summary: list[Statement] = field(default_factory=list)
    decisions: list[Statement] = field(default_factory=list)
    fields: list[dict[str, Any]] = field(default_factory=list)
    rows: int = 0
    cells: int = 0
    examples: list[dict[str, Any]] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        """Whether the two runs come to anything else."""
        return bool(self.summary or self.decisions)


def compare(before: Trial, after: Trial, renamed: Mapping[str, str] | None = None) -> Comparison:
    """Compare two trials of the same source. `renamed`: keys of `before` → what they are called in `after`."""
    names = dict(renamed or {})
    summary = _ends(before, after)
    rows = _Rows(before, after, names)
    cells = rows.cells()
    differing = rows.differing(cells)
    count = int(differing.sum())
    total = sum(int(marks.sum()) for marks in cells.values())
    if count:
        summary.append(say("rows_differ", rows=count, cells=total))
    summary += _keys(before.witness, after.witness, names)
    summary += _errors(before, after, names)
    counted = sorted(((int(marks.sum()), key) for key, marks in cells.items()), reverse=True)
    labels = before.witness.labels | after.witness.labels
    return Comparison(
        summary=summary,
        decisions=decision_changes(before.outcome.decisions, after.outcome.decisions, names),
        fields=[{"field": key, "label": labels[key], "cells": found} for found, key in counted if found],
        rows=count,
        cells=total,
        examples=rows.examples(differing, cells),
    )


def _ends(before: Trial, after: Trial) -> list[Statement]:
    found = []
    if before.outcome.status != after.outcome.status:
        found.append(say("status_differs", before=before.outcome.status, after=after.outcome.status))
    went_out = [(one.outcome.decisions.get("rows") or {}).get("delivered") for one in (before, after)]
    if None not in went_out and went_out[0] != went_out[1]:
        found.append(say("rows_delivered", before=went_out[0], after=went_out[1]))
    return found


def _keys(before: Witness, after: Witness, names: Mapping[str, str]) -> list[Statement]:
    if not (before.reached and after.reached):
        return []
    old, new = [names.get(key, key) for key in before.keys], after.keys
    labels = {names.get(key, key): label for key, label in before.labels.items()} | after.labels
    gone = [say("field_disappears", field=key, label=labels[key]) for key in old if key not in set(new)]
    return gone + [say("field_appears", field=key, label=labels[key]) for key in new if key not in set(old)]


def _errors(before: Trial, after: Trial, names: Mapping[str, str]) -> list[Statement]:
    old = {(names.get(f or "", f), level, code): n for (f, level, code), n in before.causes().items()}
    new = dict(after.causes())
    labels = before.witness.labels | after.witness.labels
    return [
        say(
            "errors_differ", field=key, label=labels.get(key or "", key), level=level, cause=code,
            before=old.get((key, level, code), 0), after=new.get((key, level, code), 0),
        )
        for key, level, code in sorted({*old, *new}, key=str)
        if old.get((key, level, code), 0) != new.get((key, level, code), 0)
    ]  # fmt: skip


class _Rows:
    """The rows of both runs side by side: a row of the one and the row of the other that is the same record."""

    def __init__(self, before: Trial, after: Trial, names: Mapping[str, str]) -> None:
        self._before, self._after = before, after
        old, new = _addresses(before.witness), _addresses(after.witness)
        if before.witness.reached and after.witness.reached:
            both = old.join(new, on="address", how="full", coalesce=True).sort("address", maintain_order=True)
        else:
            both = old.head(0).join(new.head(0), on="address", how="full", coalesce=True)
        self._table = both
        back = {new_key: old_key for old_key, new_key in names.items()}
        self._shared = {
            key: back.get(key, key) for key in after.witness.keys if back.get(key, key) in before.witness.keys
        }

    def cells(self) -> dict[str, Marks]:
        """Key → which rows, present in both, have another value."""
        at_old, at_new = self._table["at"].cast(pl.UInt32), self._table["at_right"].cast(pl.UInt32)
        both = (at_old.is_not_null() & at_new.is_not_null()).to_numpy()
        found: dict[str, Marks] = {}
        if not both.any():
            return found
        for key, old_key in self._shared.items():
            old = self._before.witness.values(old_key).gather(at_old)
            new = self._after.witness.values(key).gather(at_new)
            marks: Marks = old.ne_missing(new).to_numpy() & both
            if marks.any():
                found[key] = marks
        return found

    def differing(self, cells: Mapping[str, Marks]) -> Marks:
        """Which rows differ: a cell, whether they go out, or whether they are there."""
        delivered, other = self._table[DELIVERED], self._table[f"{DELIVERED}_right"]
        found: Marks = delivered.ne_missing(other).to_numpy().copy()
        for marks in cells.values():
            found |= marks
        return found

    def examples(self, differing: Marks, cells: Mapping[str, Marks]) -> list[dict[str, Any]]:
        """The first rows that differ, with everything in them that does."""
        places = np.flatnonzero(differing)[:EXAMPLES]
        shown = self._table[places.tolist()]
        issues = [
            trial.issues_of(shown[name].drop_nulls().to_list())
            for trial, name in ((self._before, INDEX), (self._after, f"{INDEX}_right"))
        ]
        columns = {key: self._cells(key, shown) for key in self._mentioned(cells, issues)}
        rows = []
        for number, row in enumerate(shown.iter_rows(named=True)):
            said = issues[0].get(row[INDEX], []), issues[1].get(row[f"{INDEX}_right"], [])
            rows.append(
                {
                    "source_row": row["address"] + 1 if row["address"] >= 0 else None,
                    "delivered_before": row[DELIVERED],
                    "delivered_after": row[f"{DELIVERED}_right"],
                    "cells": self._different(number, places[number], columns, cells, said),
                }
            )
        return rows

    def _mentioned(
        self, cells: Mapping[str, Marks], issues: Sequence[Mapping[int, Sequence[dict[str, Any]]]]
    ) -> list[str]:
        """The fields that examples show: those with other values, and those of which something is said."""
        said = [{one["field"] for row in side.values() for one in row} for side in issues]
        back = {other: key for key, other in self._shared.items()}
        named = {back.get(key, key) for key in said[0]} | said[1] | cells.keys()
        known = dict.fromkeys([*self._after.witness.keys, *self._before.witness.keys])
        return [key for key in known if key in named]

    def _cells(self, key: str, shown: pl.DataFrame) -> list[tuple[Any, Any, str | None]]:
        """Value before and after, and the text in the file, of a field in the shown rows."""
        at_old, at_new = shown["at"].cast(pl.UInt32), shown["at_right"].cast(pl.UInt32)
        sides = (self._before.witness, self._shared.get(key, key), at_old), (self._after.witness, key, at_new)
        values = [
            [_value(one) for one in side.values(name).gather(at)] if name in side.keys else [None] * len(at)
            for side, name, at in sides
        ]
        texts = [side.texts(name, at) if name in side.keys else [None] * len(at) for side, name, at in sides]
        return [
            (was, now, _short(text if text is not None else other))
            for was, now, text, other in zip(*values, *texts[::-1], strict=True)
        ]

    def _different(
        self,
        number: int,
        place: int,
        columns: Mapping[str, list[tuple[Any, Any, str | None]]],
        cells: Mapping[str, Marks],
        said: tuple[Sequence[dict[str, Any]], Sequence[dict[str, Any]]],
    ) -> list[dict[str, Any]]:
        old, new = said
        found = []
        for key, values in columns.items():
            before = [one for one in old if one["field"] == self._shared.get(key, key)]
            after = [one for one in new if one["field"] == key]
            if (key in cells and cells[key][place]) or _messages(before) != _messages(after):
                was, now, text = values[number]
                found.append(
                    {
                        "field": key, "text": text, "before": was, "after": now,
                        "issues_before": before, "issues_after": after,
                    }
                )  # fmt: skip
        return found


def _addresses(witness: Witness) -> pl.DataFrame:
    """`address` (the record in the source; -1, -2 … for rows that were added, in order), `at`, INDEX, DELIVERED."""
    frame = witness.frame(ROW, INDEX, DELIVERED).cast(
        {ROW: pl.Int64, INDEX: pl.Int64, DELIVERED: pl.Boolean}
    ).with_row_index("at")  # fmt: skip
    added = -pl.col(ROW).is_null().cast(pl.Int64).cum_sum()
    return frame.select(
        pl.when(pl.col(ROW).is_null()).then(added).otherwise(pl.col(ROW)).alias("address"), "at", INDEX, DELIVERED
    )


def _messages(issues: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(one["level"], one["message"]) for one in issues]


def _value(fragment: str | None) -> Any:
    value = None if fragment is None else shown_value(fragment)
    return _short(value) if isinstance(value, str) else value


def _short(text: str | None) -> str | None:
    return text if text is None or len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"
