"""Which of the rows that repeat a value stay when the first, or the last, of each is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from headgate.engine.hooked_table import HookedSlot
from headgate.engine.review.reviewed import Group, Positions, ReviewedRows, slot_at
from headgate.engine.validators.case_folding import folded
from headgate.schema import Field
from headgate.schema.validators import UniqueWith

KEEP_FIRST, KEEP_LAST = "keep_first", "keep_last"
CODES = frozenset({"unique", "unique_case_insensitive", "unique_with", "unique_with_alone"})

_POSITION, _KEY = "position", "key"


def repeated_rows(rows: ReviewedRows, group: Group, fields: Mapping[str, Field]) -> pl.DataFrame | None:
    """The rows of a group in the order in which they are shown, with the KEY that they share with others.

    None for groups of other errors, and where one row may repeat itself (the columns of a `manyToOne` field) or several rules
    are meant, so that deleting rows may be no remedy.
    """
    if group.code not in CODES or group.slot is None:
        return None
    slots = _slots_of_key(rows, group, fields)
    if not slots or any(hooked.slot.many_to_one_index is not None for hooked in slots):
        return None
    positions = rows.rows_of(group)
    frame = rows.frame(positions, slots)
    parts = [frame[hooked.slot.value] for hooked in slots]
    if group.code == "unique_case_insensitive":
        parts = [folded(part) for part in parts]
    keys = pl.DataFrame({f"k{number}": part for number, part in enumerate(parts)})
    return keys.select(pl.Series(_POSITION, positions), pl.struct(pl.all()).rank("dense").alias(_KEY))


def rows_to_delete(repeated: pl.DataFrame, keep: str) -> Positions:
    """The positions of all but the first (or last) row of each key."""
    stays = pl.col(_KEY).is_first_distinct() if keep == KEEP_FIRST else pl.col(_KEY).is_last_distinct()
    return repeated.filter(~stays)[_POSITION].to_numpy().astype(np.int32)


def are_whole_copies(rows: ReviewedRows, repeated: pl.DataFrame) -> bool:
    """Whether every row that would go says nothing that the row that stays does not say."""
    positions = repeated[_POSITION].to_numpy()
    key = repeated[_KEY]
    for hooked in rows.hooked:
        text = rows.frame(positions, [hooked])[hooked.slot.text]
        if pl.DataFrame({_KEY: key, "text": text}).unique().height != key.n_unique():
            return False
    return True


def _slots_of_key(rows: ReviewedRows, group: Group, fields: Mapping[str, Field]) -> Sequence[HookedSlot]:
    """The slots whose values make the key; none where it cannot be told which of several keys is meant."""
    own = slot_at(rows, group.slot if group.slot is not None else -1)
    if group.code != "unique_with":
        return [own]
    names = {v.unique_key for v in own.slot.field.validators if isinstance(v, UniqueWith)}
    if len(names) != 1:
        return []
    keys = {
        key
        for key, field in fields.items()
        for v in field.validators
        if isinstance(v, UniqueWith) and v.unique_key in names
    }
    return [hooked for hooked in rows.hooked if hooked.slot.field.key in keys]
