"""What people see of cells, and the text that they edit."""

from __future__ import annotations

import polars as pl

from headgate.engine.cell_options import has_own_options
from headgate.engine.hooked_reading import displayed
from headgate.engine.hooked_table import HookedSlot, displayed_cells
from headgate.engine.masking import masked_texts
from headgate.engine.types.base import FieldType
from headgate.engine.types.number import NumberType

KNOWN_VALUES = 100_000

_OF_NUMBERS = frozenset("0123456789.,-")


def shown_cells(frame: pl.DataFrame, hooked: HookedSlot) -> pl.Series:
    """The text that the grid shows for each cell (null: nothing): the value as its field displays it, else the text itself;
    of a masked field what its mask leaves of that."""
    return masked_texts(_unmasked_cells(frame, hooked), hooked.slot.field.mask)


def _unmasked_cells(frame: pl.DataFrame, hooked: HookedSlot) -> pl.Series:
    value, text = frame[hooked.slot.value], frame[hooked.slot.text]
    if shows_values(hooked.type) and not has_own_options(frame, hooked.slot).any():
        return value.zip_with(value.is_not_null(), text) if value.null_count() else value
    return displayed_cells(frame, hooked)


class SearchedCells:
    """Texts in which a needle may be: what is shown, without putting values into a format in which none has the needle."""

    def __init__(self, needle: str) -> None:
        self._needle = needle.casefold()
        self._known: dict[tuple[int, str], bool] = {}
        """By slot position and value whether its shown text has the needle."""
        self._is_grouped: dict[int, bool] = {}

    def __call__(self, frame: pl.DataFrame, hooked: HookedSlot) -> pl.Series:
        """The texts of a slot (null: the needle is not in it)."""
        masked = hooked.slot.field.mask is not None
        if masked or shows_values(hooked.type) or has_own_options(frame, hooked.slot).any():
            return shown_cells(frame, hooked)
        value = frame[hooked.slot.value]
        if not self._may_be_in(hooked, value):
            return frame[hooked.slot.text].set(value.is_not_null(), None)
        return shown_cells(frame, hooked)

    def _may_be_in(self, hooked: HookedSlot, values: pl.Series) -> bool:
        position = hooked.slot.position
        if position not in self._is_grouped:
            self._is_grouped[position] = shows_grouped_numbers(hooked.type)
        if self._is_grouped[position]:
            return set(self._needle) <= _OF_NUMBERS
        if len(self._known) > KNOWN_VALUES:
            self._known.clear()
        distinct = values.drop_nulls().unique().to_list()
        new = [value for value in distinct if (position, value) not in self._known]
        for value in new:
            # Folding takes more letters for the same than any search does, never fewer.
            self._known[position, value] = self._needle in hooked.type.display(value).casefold()
        return any(self._known[position, value] for value in distinct)


def shows_grouped_numbers(field_type: FieldType) -> bool:
    """Whether values are shown as digits with commas between the thousands."""
    return isinstance(field_type, NumberType) and field_type.only_groups


def shows_values(field_type: FieldType) -> bool:
    """Whether what is shown of a value is its result text."""
    if isinstance(field_type, NumberType):
        rules = field_type.rules
        return rules.output_format is not None or not rules.display_format.model_dump(exclude_none=True)
    return type(field_type).display is FieldType.display


def is_formatted(field_type: FieldType) -> bool:
    """Whether what is shown may have fewer digits than the value."""
    return isinstance(field_type, NumberType) and not shows_values(field_type)


def edited_texts(frame: pl.DataFrame, hooked: HookedSlot) -> pl.Series:
    """The exact text that stands for each cell when somebody edits it (null: empty): what is shown wherever that keeps the
    value, else the result text; of a cell in error its own text. Of a masked field nobody may be shown it."""
    value, text = frame[hooked.slot.value], frame[hooked.slot.text]
    if is_formatted(hooked.type):
        return value.zip_with(value.is_not_null(), text)
    shown = _unmasked_cells(frame, hooked)
    if shows_values(hooked.type) or has_own_options(frame, hooked.slot).any():
        return shown
    distinct = value.drop_nulls().unique()
    texts = displayed(hooked.type, distinct)
    faithful = (hooked.plain.read_column(texts).value == distinct).fill_null(value=False)
    exact = texts.zip_with(faithful, distinct)
    edited = value.replace_strict(distinct, exact, default=None, return_dtype=pl.String)
    return edited.zip_with(value.is_not_null(), text)
