"""Which texts of a select column became which option: the `values` part of the decisions (pipeline.md, "Decisions")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, Literal

import polars as pl

from headgate.engine.match.decisions import DECIDED_METHODS
from headgate.engine.match.options import OptionMatch, OptionMethod
from headgate.engine.types.base import FEW_CELLS, WHITE_SPACE
from headgate.engine.types.cell_bytes import Repeated, repeats
from headgate.records import dataclass

MAX_COUNTED_TEXTS = 100_000
"""Distinct texts of a field that are counted at once. When more come, the rarer half is forgotten."""

MAX_VALUE_DECISIONS = 1_000
"""Entries of one field in the decisions; `settings.matchValuesStep.maxMappableSelectValues` has the same ceiling."""

MAX_TEXT_CHARACTERS = 500
"""Longer texts are no option anybody maps by hand: they are not counted."""

ValueStatus = Literal["accepted", "uncertain", "unmapped"]


@dataclass(frozen=True)
class ValueDecision:
    """What one cell text of a field became. `suggestion`: for people, the option that an unsure text may mean."""

    field: str
    value: str
    option: str | None
    status: ValueStatus
    method: str | None
    confidence: float
    count: int
    suggestion: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The entry of `decisions.values`."""
        entry: dict[str, Any] = {
            "field": self.field,
            "value": self.value,
            "option": self.option,
            "status": self.status,
            "method": self.method,
            "confidence": self.confidence,
            "count": self.count,
        }
        if self.suggestion is not None:
            entry["suggestion"] = self.suggestion
        return entry


class ValueTally:
    """Counts the distinct texts of a select column batch by batch, in bounded memory.

    Beyond `MAX_COUNTED_TEXTS` distinct texts the counts of rare ones are lower bounds; frequent ones stay exact as long
    as they stand among the more frequent half at each cut.
    """

    def __init__(self, *, parts: Callable[[pl.Series], pl.Series] | None = None) -> None:
        self._parts = parts
        self._counts = pl.DataFrame(schema=_COUNTS)
        self.complete = True

    def observe(self, cells: pl.Series) -> None:
        """Take in one batch of cells (String, null = empty). With `parts`, which gives the lists of texts that
        cells stand for, each cell counts once per part."""
        counts = _counted_one_by_one(cells) if len(cells) <= FEW_CELLS else _counted(cells)
        if self._parts is not None:
            counts = self._parted(counts, self._parts)
        if self._counts.height:
            counts = pl.concat([self._counts, counts]).group_by("text").agg(pl.col("count").sum())
        self._counts = counts
        if self._counts.height > MAX_COUNTED_TEXTS:
            self.complete = False
            self._counts = self._most_frequent(MAX_COUNTED_TEXTS // 2)

    def state(self) -> dict[str, Any]:
        """The counts so far, as JSON; a tally that was given them goes on from there."""
        columns = self._counts.sort("text").to_dict(as_series=False)
        return {"texts": columns["text"], "counts": columns["count"], "complete": self.complete}

    def resume(self, state: dict[str, Any]) -> None:
        """Go on from the `state` of another tally of the same column."""
        columns = {"text": state["texts"], "count": state["counts"]}
        self._counts = pl.DataFrame(columns, schema=_COUNTS)
        self.complete = state["complete"]

    def decisions(
        self,
        field: str,
        match: Callable[[str], OptionMatch],
        suggest: Callable[[str], str | None],
        *,
        keeps_others: bool = False,
        limit: int = MAX_VALUE_DECISIONS,
    ) -> list[ValueDecision]:
        """At most `limit` decisions: texts that are no option as written first, then by count, then by text.

        `keeps_others`: a text that is no option stays as it is (`allowCustom`), which is accepted without an option.
        """
        exact, others = list[ValueDecision](), list[ValueDecision]()
        for text, count in self._by_frequency():
            found = match(text)
            (exact if found.method == "exact" else others).append(_decision(field, text, count, found))
            if len(others) == limit:
                break
        decided = (others + exact)[:limit]
        if keeps_others:
            return [one if one.option is not None else _kept(one) for one in decided]
        return [
            one
            if one.option is not None or one.method in DECIDED_METHODS
            else _with_suggestion(one, suggest(one.value))
            for one in decided
        ]

    def _by_frequency(self) -> Iterable[tuple[str, int]]:
        """The texts and how often each came: by count, then by text."""
        if self._counts.height <= FEW_CELLS:
            return sorted(self._counts.iter_rows(), key=lambda counted: (-counted[1], counted[0]))
        return self._most_frequent(MAX_COUNTED_TEXTS).iter_rows()

    def _most_frequent(self, limit: int) -> pl.DataFrame:
        return self._counts.sort(["count", "text"], descending=[True, False]).head(limit)

    @staticmethod
    def _parted(counts: pl.DataFrame, parts: Callable[[pl.Series], pl.Series]) -> pl.DataFrame:
        return (
            counts.with_columns(parts(counts["text"]).alias("text"))
            .explode("text")
            .drop_nulls("text")
            .group_by("text")
            .agg(pl.col("count").sum())
        )


def _counted(cells: pl.Series) -> pl.DataFrame:
    found = _found(cells).with_columns(pl.col("text").str.strip_chars(WHITE_SPACE))
    kept = found.filter(pl.col("text").str.len_chars().is_between(1, MAX_TEXT_CHARACTERS))
    return kept.group_by("text").agg(pl.col("count").sum())


def _found(cells: pl.Series) -> pl.DataFrame:
    """The texts and how often each comes; some may come in several rows."""
    if not repeats(cells):
        return cells.alias("text").to_frame().with_columns(pl.lit(1, pl.UInt64).alias("count"))
    repeated = Repeated.of(cells)
    return pl.DataFrame({"text": repeated.distinct, "count": pl.Series(repeated.counts(), dtype=pl.UInt64)})


def _counted_one_by_one(cells: pl.Series) -> pl.DataFrame:
    """The same of a few cells, of which each costs less than a step over a column."""
    counts = Counter(text.strip(WHITE_SPACE) for text in cells.to_list() if text is not None)
    kept = {text: count for text, count in counts.items() if 1 <= len(text) <= MAX_TEXT_CHARACTERS}
    return pl.DataFrame({"text": list(kept), "count": list(kept.values())}, schema=_COUNTS)


_COUNTS = {"text": pl.String, "count": pl.UInt64}
_METHODS: dict[OptionMethod, str] = {
    "exact": "exact",
    "alternate": "exact",
    "memory": "memory",
    "normalized": "normalized",
    "similar": "similar",
    "person": "person",
    "recipe": "recipe",
}


def _decision(field: str, text: str, count: int, found: OptionMatch) -> ValueDecision:
    status: ValueStatus = "accepted" if found.value is not None else "unmapped"
    method = _METHODS[found.method] if found.method is not None else None
    return ValueDecision(field, text, found.value, status, method, found.confidence, count)


def _with_suggestion(decision: ValueDecision, suggestion: str | None) -> ValueDecision:
    if suggestion is None:
        return decision
    return ValueDecision(decision.field, decision.value, None, "uncertain", "similar", 0.5, decision.count, suggestion)


def _kept(decision: ValueDecision) -> ValueDecision:
    return ValueDecision(decision.field, decision.value, None, "accepted", decision.method, 1.0, decision.count)
