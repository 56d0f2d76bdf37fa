"""What a validator is: a rule of one field that marks the cells of a batch, column by column.

The batches are the typed table in order. A rule about one row answers at once (`RowValidator`). A rule about several
rows (`CrossRowValidator`) sees every batch first, in as many passes as it asks for, and answers after the last.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import polars as pl

from headgate.engine.types.base import FEW_CELLS, WHITE_SPACE
from headgate.engine.types.cell_bytes import begin_visibly
from headgate.engine.types.masks import present, surely
from headgate.engine.validators.duplicates import Duplicates
from headgate.engine.validators.messages import default_message
from headgate.libraries import numpy as np
from headgate.records import dataclass
from headgate.schema import Field, Validator
from headgate.schema.validators import Level


@dataclass(frozen=True)
class SlotColumn:
    """One column of a batch: a field, or one of the columns of a `manyToOne` field. All series have the batch's length.

    `value` (String): the result text, null when the cell is empty or its type failed.
    `filled` (Boolean, no nulls): whether the cell counts as non-empty. True when its type failed; for a string, false
    when there is white space only; for a checkbox, whether it is ticked (rules.md, "All types" and "Validators").
    `failed` (Boolean, no nulls): whether the type failed, or the cell has another error that hides its value.
    """

    value: pl.Series
    filled: pl.Series
    failed: pl.Series

    @cached_property
    def checked(self) -> pl.Series:
        """Which cells have a value that validators look at."""
        filled = self.filled & ~self.failed
        return filled & present(self.value) if self.value.null_count() else filled

    @cached_property
    def texts(self) -> pl.Series:
        """The values that validators look at, null in all other cells."""
        checked = self.checked
        return self.value if checked.all() else without(self.value, ~checked)


def slot_column(type_name: str, value: pl.Series, failed: pl.Series) -> SlotColumn:
    """The column of a field of that type, from the result texts (null = empty or failed) and where the type failed."""
    if type_name == "string":
        has_value = has_text(value)
    elif type_name == "checkbox":
        has_value = value == "true"
    elif type_name == "multi-select":
        has_value = value != "[]"
    else:
        has_value = present(value)
    has_value = surely(has_value)
    if not failed.any():
        return SlotColumn(value, has_value, failed)
    return SlotColumn(without(value, failed), has_value | failed, failed)


def has_text(texts: pl.Series) -> pl.Series:
    """Which texts are more than white space (Boolean, false for null). Nearly every text shows it by its first byte."""
    if len(texts) <= FEW_CELLS:
        stripped = [text is not None and text.strip(WHITE_SPACE) != "" for text in texts.to_list()]
        return pl.Series(stripped, dtype=pl.Boolean)
    visible = begin_visibly(texts)
    found = pl.Series(visible)
    if not visible.all():
        at = pl.Series(np.flatnonzero(~visible))
        found = found.scatter(at, texts.gather(at).str.strip_chars(WHITE_SPACE) != "")
    return found & present(texts) if texts.null_count() else found


def without(texts: pl.Series, where: pl.Series) -> pl.Series:
    """The texts with null for those that `where` marks; as they are where none is."""
    marked = where & present(texts)
    return texts.zip_with(~marked, _NO_TEXT.new_from_index(0, len(texts))) if marked.any() else texts


_NO_TEXT = pl.Series([None], dtype=pl.String)

Batch = Mapping[str, Sequence[SlotColumn]]
"""Field key → its columns. A field without a column in the file is absent, or has no columns."""


@dataclass(frozen=True)
class Finding:
    """What one validator found in one column of a batch: the rows where `fails` (Boolean, no nulls) is true.

    `message` is the schema's `errorMessage`, or the default text in English: then `text_key` is its key in the catalogues
    of `messages` (else None), and `parameters` are what it names.
    """

    key: str
    position: int
    code: str
    level: Level
    message: str
    text_key: str | None
    parameters: dict[str, Any]
    fails: pl.Series


class FieldValidator(ABC):
    """One validator of one field."""

    def __init__(self, field: Field, validator: Validator) -> None:
        self.key = field.key
        self.is_list = field.type_name == "multi-select"
        self.level = validator.level
        self.error_message = validator.error_message
        self.code = self.message_code(validator)
        self.parameters = self.message_parameters(validator)

    def message_code(self, validator: Validator) -> str:
        """Which of the default messages says what is wrong."""
        return validator.validate_

    def message_parameters(self, validator: Validator) -> dict[str, Any]:
        """What the default message names."""
        return {}

    @property
    def message(self) -> str:
        """What people read: the schema's own text, else the default one in English."""
        return self.error_message or default_message(self.code, self.parameters)

    @abstractmethod
    def check(self, batch: Batch, position: int) -> pl.Series:
        """The rows of the batch whose cell in column `position` of the field fails (Boolean, no nulls)."""

    def finding(self, batch: Batch, position: int) -> Finding | None:
        """`check`, with all that an issue needs; None where nothing fails, because texts with numbers take much to load."""
        fails = self.check(batch, position)
        if not fails.any():
            return None
        text_key = None if self.error_message else f"validator.{self.code}"
        return Finding(self.key, position, self.code, self.level, self.message, text_key, self.parameters, fails)

    def column(self, batch: Batch, position: int) -> SlotColumn:
        """The column that is being checked."""
        return batch[self.key][position]


class RowValidator(FieldValidator):
    """A rule that one row alone decides."""


class CrossRowValidator(FieldValidator):
    """A rule that needs all rows: `tracker` must have seen every batch in every pass before `check` is asked."""

    tracker: Tracker


class Tracker(ABC):
    """Looks at all batches, in order, once per pass, and remembers what its validators need.

    `keys`: the fields that it looks at. `duplicates`: which of their texts stand more than once.
    """

    def __init__(self, keys: Sequence[str], duplicates: Duplicates) -> None:
        self.keys = tuple(keys)
        self.duplicates = duplicates

    @property
    def wants_pass(self) -> bool:
        """Whether the batches must be shown once more."""
        return self.duplicates.wants_pass

    def observe(self, batch: Batch) -> None:
        """Take in the next batch of the pass."""
        for texts in self.texts(batch):
            self.duplicates.observe(texts)

    def end_pass(self) -> None:
        """All batches were shown."""
        self.duplicates.end_pass()

    @abstractmethod
    def texts(self, batch: Batch) -> list[pl.Series]:
        """The texts of the batch that must not repeat (String, null: none), in as many columns as a row has of them."""


def any_text(column: SlotColumn, is_list: bool, fails: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
    """The rows where a text of the cell fails: its result text, or each of the values where that is a JSON list."""
    texts = column.texts
    if not is_list:
        found = texts.to_frame("text").select(fails(pl.col("text"))).to_series()
        return surely(found)
    lists = texts.str.json_decode(pl.List(pl.String)).to_frame("texts")
    return surely(lists.select(pl.col("texts").list.eval(fails(pl.element())).list.any()).to_series())


def any_of(masks: Iterable[pl.Series], length: int) -> pl.Series:
    """Rows where any of the masks is true; none of them without masks."""
    result = pl.Series([False]).new_from_index(0, length)
    for mask in masks:
        result |= mask
    return result


def all_of(masks: Iterable[pl.Series], length: int) -> pl.Series:
    """Rows where all of the masks are true."""
    result = pl.Series([True]).new_from_index(0, length)
    for mask in masks:
        result &= mask
    return result
