"""Notes every row of an import as it is checked, whether it goes out or not: what a trial shows and a comparison compares.

Columns: ROW (record in the source, null for a row that a hook or person added), INDEX, `delivered`, and for each key of the
result `f{n}` (its JSON text) and `t{n}` (the text in the file, where it is one column).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from headgate.engine.delivery import Delivery, ResultField
from headgate.engine.output.json_output import cell_fragments
from headgate.engine.output.result_table import ResultColumn
from headgate.engine.table import ROW, Spool
from headgate.engine.working import INDEX

DELIVERED = "delivered"


def shown_value(fragment: str) -> Any:
    """The value of a JSON text, for answers that people look at: a number that a double cannot hold is given as its text."""
    return _decoder.decode(fragment)


def _number(text: str) -> float | str:
    number = float(text)
    return number if Decimal(repr(number)) == Decimal(text) else text


_decoder = json.JSONDecoder(parse_float=_number)


class Witness:
    """Rows of one import, on disk below `directory`. `limit`: how many of them are noted; None for all."""

    def __init__(self, directory: Path, limit: int | None = None) -> None:
        self._directory = directory
        self._limit = limit
        self._attempts = 0
        self._spool: Spool | None = None
        self._columns: Sequence[ResultColumn] = ()
        self._fields: Sequence[ResultField] = ()
        self.rows = 0
        """How many rows were noted."""

    @property
    def reached(self) -> bool:
        """Whether the import came to its rows."""
        return self._spool is not None

    @property
    def keys(self) -> list[str]:
        """The keys of the result, in order."""
        return [field.field.key for field in self._fields]

    @property
    def labels(self) -> dict[str, str]:
        """Key → what people call the field."""
        return {field.field.key: field.field.label for field in self._fields}

    def begin(self, delivery: Delivery) -> None:
        """The rows are gone through, from the first on; what was noted before does not count any more."""
        if self._spool is not None:
            self._spool.remove()
        self._attempts += 1
        self._spool = Spool(self._directory / f"rows-{self._attempts}")
        self._fields, self._columns, self.rows = delivery.fields, delivery.columns, 0

    def take(self, chunk: pl.DataFrame, delivery: Delivery, invalid: pl.Series) -> None:
        """Note a working chunk, whose rows with errors are marked in `invalid`."""
        if self._spool is None:
            raise RuntimeError("rows come before the beginning")
        if self._limit is not None:
            left = max(0, self._limit - self.rows)
            chunk, invalid = chunk.head(left), invalid.head(left)
        if chunk.height == 0:
            return
        nothing = pl.Series([False]).new_from_index(0, chunk.height)
        out = delivery.rows(chunk, nothing)
        kept = ~invalid if delivery.behavior == "REMOVE_INVALID_ROWS" else ~nothing
        columns = [chunk[ROW].cast(pl.Int64), chunk[INDEX].cast(pl.Int64), kept.alias(DELIVERED)]
        for number, field in enumerate(self._fields):
            columns.append(cell_fragments(out, number, self._columns[number]).alias(f"f{number}"))
            if len(field.slots) == 1:
                columns.append(chunk[field.slots[0].text].alias(f"t{number}"))
        self._spool.append(pl.DataFrame(columns))
        self.rows += chunk.height

    def frame(self, *columns: str) -> pl.DataFrame:
        """Those columns of all rows."""
        parts = [] if self._spool is None else list(self._spool.chunks(columns))
        return pl.concat(parts) if parts else pl.DataFrame(schema=dict.fromkeys(columns, pl.Null))

    def values(self, key: str) -> pl.Series:
        """The JSON texts of a field."""
        name = f"f{self.keys.index(key)}"
        return self.frame(name)[name].cast(pl.String)

    def texts(self, key: str, places: pl.Series) -> list[str | None]:
        """The texts in the file of a field's cells at those places (null: no row), None where there is none."""
        number = self.keys.index(key)
        name = f"t{number}"
        if len(self._fields[number].slots) != 1:
            return [None] * len(places)
        found: list[str | None] = self.frame(name)[name].cast(pl.String).gather(places).to_list()
        return found

    def objects(self) -> Iterator[dict[str, Any]]:
        """The noted rows one at a time: `index`, `source_row` (from 1), `delivered`, `values`."""
        if self._spool is None:
            return
        for chunk in self._spool.chunks():
            for row in chunk.iter_rows(named=True):
                yield {
                    "index": row[INDEX],
                    "source_row": None if row[ROW] is None else row[ROW] + 1,
                    "delivered": row[DELIVERED],
                    "values": {key: shown_value(row[f"f{n}"]) for n, key in enumerate(self.keys)},
                }
