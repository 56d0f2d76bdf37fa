"""What people see of cells, and the text that they edit."""

from __future__ import annotations

import polars as pl

from headgate.engine.cell_options import has_own_options
from headgate.engine.hooked_reading import displayed
from headgate.engine.hooked_table import HookedSlot, displayed_cells
from headgate.engine.types.base import FieldType
from headgate.engine.types.number import NumberType


def shown_cells(frame: pl.DataFrame, hooked: HookedSlot) -> pl.Series:
    """The text that the grid shows for each cell (null: nothing): the value as its field displays it, else the text itself."""
    value, text = frame[hooked.slot.value], frame[hooked.slot.text]
    if shows_values(hooked.type) and not has_own_options(frame, hooked.slot).any():
        return value.zip_with(value.is_not_null(), text)
    return displayed_cells(frame, hooked)


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
    value, else the result text; of a cell in error its own text."""
    value, text = frame[hooked.slot.value], frame[hooked.slot.text]
    if is_formatted(hooked.type):
        return value.zip_with(value.is_not_null(), text)
    shown = shown_cells(frame, hooked)
    if shows_values(hooked.type) or has_own_options(frame, hooked.slot).any():
        return shown
    distinct = value.drop_nulls().unique()
    texts = displayed(hooked.type, distinct)
    faithful = (hooked.plain.read_column(texts).value == distinct).fill_null(value=False)
    exact = texts.zip_with(faithful, distinct)
    edited = value.replace_strict(distinct, exact, default=None, return_dtype=pl.String)
    return edited.zip_with(value.is_not_null(), text)
