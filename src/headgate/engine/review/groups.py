"""Error groups as the review page shows them: one cause a column, with its proof, its commonest texts and its fixes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import field
from typing import Any

import polars as pl

from headgate.engine.hooked_table import HookedSlot
from headgate.engine.masking import hidden_evidence, masked_text
from headgate.engine.review.duplicate_rows import (
    CODES,
    KEEP_FIRST,
    KEEP_LAST,
    are_whole_copies,
    repeated_rows,
    rows_to_delete,
)
from headgate.engine.review.fixes import (
    AFTER,
    CLEAR,
    DELETE_ROWS,
    MAP_VALUES,
    SET_VALUE,
    Fixer,
    is_mapped,
)
from headgate.engine.review.remedies import DAY_MONTH, MONTH_DAY, SAFE_CODES, SUGGESTION, remedies_for
from headgate.engine.review.reviewed import (
    COUNT,
    POSITION,
    TEXT,
    Group,
    ReviewedRows,
    column_id,
    column_label,
    group_id,
    is_editable,
    slot_at,
)
from headgate.records import dataclass

VALUES_SHOWN = 10
SAMPLES_SHOWN = 3
MAPPED_AT_ONCE = 200
COUNTED_EXACTLY = 20_000
"""Different texts up to which a fix's cells are counted exactly; beyond it a sample of them tells how many it would be."""
_SAMPLED = 2_000
_EXPLAINED_BY_COLUMN = {
    "ambiguous", "against_column", "needs_confirmation", "year_day_month",
    "wrong_grouping", "against_decimal_mark", "ambiguous_decimal_mark", "mixed_currencies",
}  # fmt: skip
"""Errors (without the prefix of the type) whose reason lies in the other cells of their column."""

Json = dict[str, Any]

Say = Callable[[Mapping[str, Any]], str]
"""Says an entry of `evidence` in the language of the review."""


@dataclass
class GroupBook:
    """The error groups of one review. `evidence`: slot position → what its column proved (the `types` part of the decisions).

    `say`: an entry of evidence in words. `tell`: the text of a group's error in words.
    """

    rows: ReviewedRows
    fixer: Fixer
    evidence: Mapping[int, Mapping[str, Any]]
    say: Say
    tell: Callable[[Group], str]
    _known: dict[Group, tuple[Hashable, Json]] = field(default_factory=dict)
    """What was said of a group, and what it followed from."""

    def groups(self) -> list[Json]:
        """All groups as ErrorGroup: errors before warnings before infos, the largest first."""
        order = {"error": 0, "warning": 1, "info": 2}
        found = sorted(self.rows.groups(), key=lambda entry: (order[entry[0].level], -entry[1], entry[0].slot or -1))
        return [self._group(group, count) for group, count in found]

    def _group(self, group: Group, count: int) -> Json:
        if group.slot is None:
            return self._of_rows(group, count)
        hooked = slot_at(self.rows, group.slot)
        masked = hooked.slot.field.mask is not None
        return {
            "id": group_id(self.rows, group),
            "column": column_id(hooked.slot),
            "label": column_label(hooked.slot),
            "code": group.code,
            "level": group.level,
            "text": self.tell(group),
            "cells": count,
            "rows": count,
            "evidence": [
                {"code": entry["code"], "text": self.say(hidden_evidence(dict(entry)) if masked else entry)}
                for entry in self._evidence(group)
            ],
            **self._texts_and_fixes(group, hooked, count),
        }

    def _texts_and_fixes(self, group: Group, hooked: HookedSlot, count: int) -> Json:
        """What follows from the cells of a group alone, found anew only when they have changed."""
        cells, rows = self.rows.state_of(group)
        # Which row of several stays depends on what else is in them.
        state = (cells, rows if group.code in CODES else None)
        known = self._known.get(group)
        if known is not None and known[0] == state:
            return known[1]
        texts = self.rows.texts_of(group)
        found = {
            "values": self._values(hooked, group, texts),
            "distinct": texts.height,
            "fixes": self._fixes(group, hooked, count, texts),
        }
        self._known[group] = (state, found)
        return found

    def _of_rows(self, group: Group, count: int) -> Json:
        fixes = [self._offer(DELETE_ROWS, 0, count)] if self.fixer.may_delete and group.level != "info" else []
        return {
            "id": group_id(self.rows, group),
            "column": None,
            "label": "",
            "code": group.code,
            "level": group.level,
            "text": self.tell(group),
            "cells": 0,
            "rows": count,
            "evidence": [],
            "values": [],
            "distinct": 0,
            "fixes": fixes,
        }

    def _evidence(self, group: Group) -> Sequence[Mapping[str, Any]]:
        bare = group.code.removeprefix("datetime_").removeprefix("date_")
        if group.slot is None or bare not in _EXPLAINED_BY_COLUMN:
            return []
        entries: Sequence[Mapping[str, Any]] = self.evidence.get(group.slot, {}).get("evidence", [])
        return entries

    def _values(self, hooked: HookedSlot, group: Group, distinct: pl.DataFrame) -> list[Json]:
        if hooked.slot.field.mask is not None:
            return []
        remedies = self.fixer.remedies(hooked)
        suggests = is_editable(hooked.slot) and group.code in hooked.type.errors
        return [
            {
                "text": text,
                "count": count,
                "suggestion": remedies.of_text(SUGGESTION, text) if suggests and text is not None else None,
            }
            for text, count in distinct.head(VALUES_SHOWN).select(TEXT, COUNT).iter_rows()
        ]

    def _fixes(self, group: Group, hooked: HookedSlot, cells: int, distinct: pl.DataFrame) -> list[Json]:
        """The offers, the recommended one first. Auto-fixes that are told as warnings need none."""
        if group.level == "info" or group.code in hooked.type.autofixes:
            return []
        offers = self._remedy_offers(group, hooked, cells, distinct) if is_editable(hooked.slot) else []
        offers += self._duplicate_offers(group)
        if is_editable(hooked.slot):
            offers.append(self._offer(SET_VALUE, cells, cells))
            if group.code in hooked.type.errors and not _is_required(hooked):
                samples = self._samples(distinct.head(SAMPLES_SHOWN).with_columns(_EMPTIED), hooked)
                offers.append(self._offer(CLEAR, cells, cells, samples=samples))
        if self.fixer.may_delete:
            offers.append(self._offer(DELETE_ROWS, 0, cells))
        return sorted(offers, key=lambda offer: not offer["recommended"])

    def _remedy_offers(self, group: Group, hooked: HookedSlot, cells: int, distinct: pl.DataFrame) -> list[Json]:
        offers = []
        for remedy in remedies_for(hooked, group.code):
            looked_at = _looked_at(distinct)
            after = self.fixer.after(hooked, remedy, looked_at[TEXT])
            helped = looked_at.join(after, on=TEXT, how="inner", maintain_order="left")
            if helped.height == 0:
                continue
            whole = looked_at.height == distinct.height
            count = int(helped[COUNT].sum())
            if not whole:
                count = round(count * cells / int(looked_at[COUNT].sum()))
            # Who cannot see the texts cannot say what each of them means.
            mapped = is_mapped(hooked, group.code) and hooked.slot.field.mask is None
            parameters: dict[str, Any] = {} if whole else {"estimated": True}
            if mapped:
                parameters = dict(helped.select(TEXT, AFTER).head(MAPPED_AT_ONCE).iter_rows())
            recommended = whole and helped.height == distinct.height and self._is_safe(group, remedy) and not mapped
            offers.append(
                self._offer(
                    MAP_VALUES if mapped else remedy,
                    count,
                    count,
                    samples=self._samples(helped.head(SAMPLES_SHOWN), hooked),
                    recommended=recommended,
                    parameters=parameters,
                )
            )
        return offers

    def _is_safe(self, group: Group, remedy: str) -> bool:
        """Whether a careful person would take it blindly: the suggestion keeps all that was written, and for dates the
        column has proof of the order and none against it."""
        if remedy in {DAY_MONTH, MONTH_DAY} or group.code not in SAFE_CODES or group.slot is None:
            return False
        if not group.code.endswith("needs_confirmation"):
            return True
        codes = {entry["code"] for entry in self._evidence(group)}
        return len(codes & {"day_first", "month_first"}) == 1

    def _duplicate_offers(self, group: Group) -> list[Json]:
        repeated = repeated_rows(self.rows, group, self.fixer.fields) if self.fixer.may_delete else None
        if repeated is None:
            return []
        copies = are_whole_copies(self.rows, repeated)
        gone = len(rows_to_delete(repeated, KEEP_FIRST))
        return [
            self._offer(KEEP_FIRST, 0, gone, recommended=copies),
            self._offer(KEEP_LAST, 0, gone),
        ]

    def _offer(
        self,
        fix: str,
        cells: int,
        rows: int,
        *,
        samples: Sequence[Json] = (),
        recommended: bool = False,
        parameters: Mapping[str, Any] | None = None,
    ) -> Json:
        return {
            "id": fix,
            "kind": fix,
            "cells": cells,
            "rows": rows,
            "samples": list(samples),
            "recommended": recommended,
            "parameters": dict(parameters or {}),
        }

    def _samples(self, after: pl.DataFrame, hooked: HookedSlot) -> list[Json]:
        """One cell for each text of `after` (TEXT, POSITION, AFTER)."""
        rows = self.rows.ids(after[POSITION].to_numpy()).tolist()
        rule = hooked.slot.field.mask
        return [
            {
                "row": row,
                "column": column_id(hooked.slot),
                "before": text if text is None or rule is None else masked_text(text, rule),
                "after": new if new is None or rule is None else masked_text(new, rule),
            }
            for row, (text, result) in zip(rows, after.select(TEXT, AFTER).iter_rows(), strict=True)
            for new in [None if result is None else hooked.type.display(result)]
        ]


_EMPTIED = pl.lit(None, dtype=pl.String).alias(AFTER)


def _looked_at(distinct: pl.DataFrame) -> pl.DataFrame:
    """All distinct texts, or the most frequent ones and others evenly spread where there are very many."""
    if distinct.height <= COUNTED_EXACTLY:
        return distinct
    return distinct.gather_every(distinct.height // _SAMPLED)


def _is_required(hooked: HookedSlot) -> bool:
    return any(
        validator.validate_ == "required" and validator.level == "error" for validator in hooked.slot.field.validators
    )
