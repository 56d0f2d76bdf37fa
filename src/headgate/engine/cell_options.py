"""Options that hooks gave to single cells of a select field, in place of the field's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import orjson
import polars as pl

from headgate.engine.types.base import FieldType
from headgate.engine.working import Slot
from headgate.schema import SelectOption

OptionTexts = tuple[tuple[str, str, tuple[str, ...]], ...]


def options_column(slot: Slot) -> str:
    """Name of the column with the options of single cells, as JSON (null: the field's); there only when hooks gave some."""
    return f"o{slot.position}"


def options_as_json(options: OptionTexts) -> str:
    """What stands in the options column."""
    return orjson.dumps(options).decode()


def own_options(chunk: pl.DataFrame, slot: Slot) -> Iterator[tuple[int, OptionTexts]]:
    """The cells of a slot that have options of their own: position in the chunk, and the options."""
    column = options_column(slot)
    if column not in chunk.columns:
        return
    own = chunk[column].drop_nulls()
    known = {text: _option_texts(text) for text in own.unique().to_list()}
    for at, text in zip(chunk[column].is_not_null().arg_true().to_list(), own.to_list(), strict=True):
        yield at, known[text]


def _option_texts(text: str) -> OptionTexts:
    return tuple((label, value, tuple(others)) for label, value, others in orjson.loads(text))


def has_own_options(chunk: pl.DataFrame, slot: Slot) -> pl.Series:
    """Which cells of a slot have options of their own (Boolean, no nulls)."""
    column = options_column(slot)
    if column not in chunk.columns:
        return pl.Series([False]).new_from_index(0, chunk.height)
    return chunk[column].is_not_null()


def types_by_options(chunk: pl.DataFrame, slot: Slot, field_type: FieldType) -> Iterator[tuple[FieldType, pl.Series]]:
    """The type that each set of options makes, with the positions of the cells that have it."""
    column = options_column(slot)
    if column not in chunk.columns:
        return
    at = pl.int_range(pl.len(), dtype=pl.UInt32).alias("at")
    for (own,), cells in chunk.select(at, column).drop_nulls(column).group_by(column, maintain_order=True):
        yield _with_options(field_type, slot, str(own)), cells["at"]


def _with_options(field_type: FieldType, slot: Slot, own: str) -> FieldType:
    options = tuple(
        SelectOption.model_validate({"label": label, "value": value, "alternateMatches": list(others)})
        for label, value, others in _option_texts(own)
    )
    return type(field_type)(replace(slot.field, select_options=options), field_type.context)
