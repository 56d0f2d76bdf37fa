"""The unique family: values, or combinations of values, that may stand in one row only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from headgate.engine.validators.base import Batch, CrossRowValidator, SlotColumn, Tracker
from headgate.engine.validators.case_folding import folded
from headgate.engine.validators.duplicates import Duplicates
from headgate.schema import Field, Validator
from headgate.schema.validators import UniqueWith as UniqueWithOptions


class ValueTracker(Tracker):
    """The values of one field, those of all columns of a `manyToOne` field together."""

    def __init__(self, key: str, duplicates: Duplicates, *, case_insensitive: bool) -> None:
        super().__init__((key,), duplicates)
        self.case_insensitive = case_insensitive

    def texts(self, batch: Batch) -> list[pl.Series]:
        return [self._texts(column) for key in self.keys for column in batch.get(key, ())]

    def repeats(self, column: SlotColumn) -> pl.Series:
        """The rows whose value stands elsewhere too."""
        return self.duplicates.is_duplicate(self._texts(column))

    def _texts(self, column: SlotColumn) -> pl.Series:
        texts = column.texts
        return folded(texts) if self.case_insensitive else texts


class CombinationTracker(Tracker):
    """The combinations of the fields `keys` that share a `uniqueKey`.

    A row without any value is skipped, and so is one where the type of a cell failed: nobody knows its combination.
    """

    def texts(self, batch: Batch) -> list[pl.Series]:
        texts = self._combinations(batch)
        return [] if texts is None else [texts]

    def repeats(self, batch: Batch) -> pl.Series:
        """The rows whose combination stands in another row too."""
        texts = self._combinations(batch)
        if texts is None:
            raise KeyError(self.keys)
        return self.duplicates.is_duplicate(texts)

    def _combinations(self, batch: Batch) -> pl.Series | None:
        """Each row's values in one text, each with its length in front, so that no two combinations look alike."""
        columns = [column for key in self.keys for column in batch.get(key, ())]
        if not columns:
            return None
        values = pl.DataFrame({f"v{number}": column.texts for number, column in enumerate(columns)})
        failed = pl.DataFrame({f"f{number}": column.failed for number, column in enumerate(columns)})
        usable = ~failed.select(pl.any_horizontal(pl.all())).to_series()
        usable &= values.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
        parts = [
            pl.format("{}:{}", pl.col(name).str.len_bytes(), pl.col(name)).fill_null("-") for name in values.columns
        ]
        return values.select(pl.concat_str(parts)).to_series().set(~usable, None)


class Unique(CrossRowValidator):
    """`unique`, `unique_case_insensitive`: every row of a repeated value fails; empty cells never do.

    In a `manyToOne` field a value may stand once in all of its columns, so twice in one row fails too.
    """

    def __init__(self, field: Field, validator: Validator, tracker: ValueTracker) -> None:
        super().__init__(field, validator)
        self.tracker: ValueTracker = tracker

    def check(self, batch: Batch, position: int) -> pl.Series:
        return self.tracker.repeats(self.column(batch, position))


class UniqueWith(CrossRowValidator):
    """`unique_with`: every cell of a repeated combination fails."""

    def __init__(
        self, field: Field, validator: UniqueWithOptions, tracker: CombinationTracker, partners: Sequence[str]
    ) -> None:
        self.partners = list(partners)
        super().__init__(field, validator)
        self.tracker: CombinationTracker = tracker

    def message_code(self, validator: Validator) -> str:
        return validator.validate_ if self.partners else "unique_with_alone"

    def message_parameters(self, validator: Validator) -> dict[str, Any]:
        return {"fields": self.partners} if self.partners else {}

    def check(self, batch: Batch, position: int) -> pl.Series:
        return self.tracker.repeats(batch)
