"""Rows in the order of their values: numbers by size, moments by time, texts as in a dictionary; empty cells last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from headgate.engine.hooked_table import HookedSlot
from headgate.engine.review.reviewed import Positions
from headgate.engine.review.shown import shown_cells
from headgate.engine.types.number import NumberType

if TYPE_CHECKING:
    from headgate.engine.review.table import ReviewTable

_BY_RESULT_TEXT = frozenset({"date", "datetime", "time"})
_MARKS_OF_LETTERS = r"\p{M}"


def sorted_rows(table: ReviewTable, rows: Positions, order: Sequence[tuple[HookedSlot, bool]]) -> Positions:
    """The rows sorted by the slots (each with whether descending); equal ones keep their order.

    Cells in error stand behind the others by their text, empty ones at the end, in both directions.
    """
    keys: list[pl.Series] = []
    descending: list[bool] = []
    for hooked, is_descending in order:
        for key in _keys(table, rows, hooked):
            keys.append(key.alias(str(len(keys))))
            descending.append(is_descending)
    if len(order) == 1:
        at = _one_after_the_other(keys, order[0][1])
    else:
        at = _sorted(pl.DataFrame(keys), descending)
    found: Positions = rows[at.to_numpy()]
    return found


def _sorted(keys: pl.DataFrame, descending: Sequence[bool]) -> pl.Series:
    """The places of the rows in their order."""
    by = pl.arg_sort_by(keys.columns, descending=descending, nulls_last=True, maintain_order=True)
    return keys.select(by).to_series()


def _one_after_the_other(keys: Sequence[pl.Series], is_descending: bool) -> pl.Series:
    """The places of the rows by the first key, of those without it by the next. That is the order that all keys together
    give, because a row has only one of them; and takes a fraction of the memory."""
    left = pl.Series(np.arange(len(keys[0]), dtype=np.uint32))
    parts = []
    for key in keys:
        here = key[left]
        has_key = here.is_not_null()
        of_key = left.filter(has_key)
        parts.append(of_key[_sorted(here.filter(has_key).to_frame(), [is_descending])])
        left = left.filter(~has_key)
    return pl.concat([*parts, left])


def _keys(table: ReviewTable, rows: Positions, hooked: HookedSlot) -> list[pl.Series]:
    """What a slot's cells are compared by, one column after the other."""
    parts = [
        (part, _keys_of(table.cells.frame(chunk, [hooked], at), hooked)) for chunk, at, part in table.by_chunk(rows)
    ]
    if not parts:
        return [pl.Series([], dtype=pl.String)]
    order = np.concatenate([part for part, _ in parts])
    columns = [pl.concat(list(column)) for column in zip(*(keys for _, keys in parts), strict=True)]
    if bool((np.diff(order) > 0).all()):
        return columns
    back = pl.Series(np.argsort(order))
    return [column.gather(back) for column in columns]


def _keys_of(frame: pl.DataFrame, hooked: HookedSlot) -> list[pl.Series]:
    value = frame[hooked.slot.value]
    text = shown_cells(frame, hooked).replace("", None)
    if hooked.slot.field.mask is not None:
        # Beside rows of one's own the order of the values would tell them one after the other.
        return [_as_in_a_dictionary(text)]
    if isinstance(hooked.type, NumberType) and hooked.type.rules.output_format is None:
        in_error = text.set(value.is_not_null(), None)
        return [value.cast(pl.Float64, strict=False), in_error]
    if hooked.slot.field.type_name in _BY_RESULT_TEXT:
        in_error = text.set(value.is_not_null(), None)
        return [value, in_error]
    return [_as_in_a_dictionary(text)]


def _as_in_a_dictionary(texts: pl.Series) -> pl.Series:
    """Texts without regard to case and accents."""
    plain = texts.str.contains(r"[^\x00-\x7f]").fill_null(value=False)
    if plain.any():
        texts = texts.str.normalize("NFKD").str.replace_all(_MARKS_OF_LETTERS, "")
    return texts.str.to_lowercase()
