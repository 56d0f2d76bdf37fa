"""Rows on their way to hooks and what comes back: columns in, only the changed cells out.

A text is what people see of a cell, a result text its typed value (engine/types/base.py). Positions (`at`) count the
rows of one batch from 0; a slot is one column of the working table.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Any, Literal

import numpy as np
import polars as pl

from headgate.engine.types.base import JsonKind
from headgate.records import dataclass
from headgate.schema import Field

INFO_SCHEMA: dict[str, Any] = {"at": pl.UInt32, "slot": pl.String, "level": pl.String, "message": pl.String}
"""Messages of cells, one row each. A cell whose messages are all gone has one row without level and message."""

ROWS_PER_MESSAGE = 500
BYTES_PER_MESSAGE = 4 * 1024 * 1024

_SAME, _SAME_OR_NULL = 1, 2


@dataclass(frozen=True)
class HookField:
    """A field as hooks see it. `slots` are its columns in a RowBatch: one, or one per column of a manyToOne field.

    `delimiter`: how a list becomes the text of a multi-select cell. `temporal`: which part of a Date the field takes.
    """

    key: str
    slots: tuple[str, ...]
    json_kind: JsonKind = "string"
    many: bool = False
    delimiter: str | None = None
    temporal: Literal["date", "datetime", "time"] | None = None

    @classmethod
    def of(cls, schema_field: Field, slots: Sequence[str], json_kind: JsonKind) -> HookField:
        """The hook's view of a schema field whose columns are `slots`; `json_kind` as its FieldType has it."""
        name = schema_field.type_name
        return cls(
            schema_field.key,
            tuple(slots),
            json_kind,
            schema_field.many_to_one,
            getattr(schema_field.type, "delimiter", None) if name == "multi-select" else None,
            name if name in {"date", "datetime", "time"} else None,  # type: ignore[arg-type]  # narrowed by the test
        )

    def to_order(self, numbers: dict[str, int]) -> dict[str, Any]:
        """The engine's description; `numbers` gives every slot its number."""
        return {
            "key": self.key,
            "slots": [numbers[slot] for slot in self.slots],
            "raw": self.json_kind == "raw",
            "many": self.many,
            "delimiter": self.delimiter,
            "temporal": self.temporal,
        }


@dataclass(frozen=True)
class CellOptions:
    """Options that replace the field's for one cell: `(label, value, alternateMatches)` each."""

    at: int
    slot: str
    options: tuple[tuple[str, str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class RowBatch:
    """Rows for hooks. `index`: row indexes. `row_id`: the rows' stable ids (String, or integers, shown as text).

    `texts` and `results` (String, null = empty) have a column per slot. `infos` (INFO_SCHEMA) and `options`: what
    earlier hooks have put on the cells.
    """

    index: pl.Series
    row_id: pl.Series
    texts: pl.DataFrame
    results: pl.DataFrame
    infos: pl.DataFrame | None = None
    options: tuple[CellOptions, ...] = ()

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.index)

    def slice(self, start: int, count: int) -> RowBatch:
        """`count` rows from `start`, positions counted anew."""
        infos = self.infos
        if infos is not None and infos.height:
            at = pl.col("at")
            infos = infos.filter(at >= start, at < start + count).with_columns(at - start)
        return RowBatch(
            self.index.slice(start, count),
            self.row_id.slice(start, count),
            self.texts.slice(start, count),
            self.results.slice(start, count),
            infos,
            tuple(CellOptions(o.at - start, o.slot, o.options) for o in self.options if start <= o.at < start + count),
        )

    def orders(self, slots: Sequence[str]) -> Iterator[tuple[int, dict[str, Any]]]:
        """The batch in messages for the engine, with the height of each. `slots`, in the order of their numbers."""
        if self.height == 0:
            return
        # Everything that costs a query is asked of the whole batch; a message is then nothing but slices.
        texts = self.texts.select(pl.col(slot).fill_null("") for slot in slots)
        results = [_results(texts[slot], self.results[slot]) for slot in slots]
        index, ids = _consecutive(self.index), _consecutive(self.row_id)
        existing = sorted(self._existing({slot: number for number, slot in enumerate(slots)}), key=lambda cell: cell[1])
        size = self.texts.estimated_size() + self.results.estimated_size()
        rows = max(1, min(ROWS_PER_MESSAGE, int(BYTES_PER_MESSAGE * self.height / max(1, size))))
        for start in range(0, self.height, rows):
            count = min(rows, self.height - start)
            first, last = (bisect.bisect_left(existing, at, key=lambda cell: cell[1]) for at in (start, start + count))
            yield (
                count,
                {
                    "count": count,
                    "index": _part(index, start, count),
                    "ids": _part(ids, start, count),
                    "texts": [texts[slot].slice(start, count).to_list() for slot in slots],
                    "results": [r if isinstance(r, int) else r.slice(start, count).to_list() for r in results],
                    "existing": [[slot, at - start, *cell] for slot, at, *cell in existing[first:last]],
                },
            )

    def _existing(self, slots: dict[str, int]) -> Iterator[list[Any]]:
        cells: dict[tuple[int, int], list[list[str]]] = {}
        if self.infos is not None:
            for at, slot, level, message in self.infos.iter_rows():
                if message is not None and slot in slots:
                    cells.setdefault((slots[slot], at), []).append([level, message])
        for (number, at), messages in cells.items():
            yield [number, at, messages, None]
        for cell in self.options:
            if cell.slot in slots:
                yield [slots[cell.slot], cell.at, None, cell.options]


def _consecutive(numbers: pl.Series) -> int | pl.Series:
    """The first number when the others follow by one each, else the series."""
    if numbers.dtype.is_integer() and len(numbers) and numbers.null_count() == 0:
        values = numbers.to_numpy()
        if bool((np.diff(values.astype(np.int64)) == 1).all()):
            return int(values[0])
    return numbers


def _part(numbers: int | pl.Series, start: int, count: int) -> int | list[Any]:
    return numbers + start if isinstance(numbers, int) else numbers.slice(start, count).to_list()


def _results(shown: pl.Series, results: pl.Series) -> int | pl.Series:
    """The column of result texts, or a short word where it says no more than the texts shown."""
    if (shown == results.fill_null("")).all():
        missing = results.null_count()
        if missing == 0:
            return _SAME
        if missing == (shown == "").sum():
            return _SAME_OR_NULL
    return results


@dataclass(frozen=True)
class CellChanges:
    """The cells of one slot that hooks set: positions in order, new texts (null = emptied).

    `typed`: where the hook gave a JavaScript number, boolean or bigint. Its text is JavaScript's own
    (`1234.5`), to be read without regard to the column's decimal mark.
    """

    at: pl.Series
    value: pl.Series
    typed: pl.Series

    def between(self, start: int, end: int, first: int) -> CellChanges | None:
        """The changes in rows `start` up to `end`, row `start` being `first` from now on; None when there are none."""
        low, high = int(self.at.search_sorted(start)), int(self.at.search_sorted(end))
        if low == high:
            return None
        count = high - low
        at = self.at.slice(low, count) - start + first
        return CellChanges(at, self.value.slice(low, count), self.typed.slice(low, count))


@dataclass(frozen=True)
class RowChanges:
    """What hooks changed in a batch: `values` by slot; `infos` (INFO_SCHEMA) replaces the messages of its cells."""

    values: dict[str, CellChanges] = field(default_factory=dict)
    infos: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=INFO_SCHEMA))
    options: tuple[CellOptions, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.values) or self.infos.height > 0 or bool(self.options)

    def applied_to(self, texts: pl.DataFrame) -> pl.DataFrame:
        """The batch's texts with the changed cells replaced."""
        return texts.with_columns(
            texts[slot].clone().scatter(changes.at, changes.value) for slot, changes in self.values.items()
        )

    def between(self, start: int, end: int, *, first: int = 0) -> RowChanges:
        """The changes in rows `start` up to `end`; row `start` gets the position `first`."""
        values = {slot: changes.between(start, end, first) for slot, changes in self.values.items()}
        at = pl.col("at")
        return RowChanges(
            {slot: part for slot, part in values.items() if part is not None},
            self.infos.filter(at >= start, at < end).with_columns(at - start + first),
            tuple(CellOptions(o.at - start + first, o.slot, o.options) for o in self.options if start <= o.at < end),
        )


def joined(parts: Sequence[RowChanges]) -> RowChanges:
    """The changes of several parts of a batch, in the order of their rows."""
    if len(parts) == 1:
        return parts[0]
    by_slot: dict[str, list[CellChanges]] = {}
    for part in parts:
        for slot, changes in part.values.items():
            by_slot.setdefault(slot, []).append(changes)
    infos = [part.infos for part in parts if part.infos.height]
    return RowChanges(
        {
            slot: CellChanges(
                pl.concat([part.at for part in found]),
                pl.concat([part.value for part in found]),
                pl.concat([part.typed for part in found]),
            )
            for slot, found in by_slot.items()
        },
        pl.concat(infos) if infos else pl.DataFrame(schema=INFO_SCHEMA),
        tuple(option for part in parts for option in part.options),
    )
