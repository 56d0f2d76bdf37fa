"""Whole columns of datetimes at once: ISO, three numbers with a four-digit year, other dates once per distinct day.

The answers are those of reading cell by cell.
"""

from __future__ import annotations

from datetime import datetime

import numpy as np
import polars as pl

from headgate.engine.types.base import FastReading
from headgate.engine.types.date_cells import DateForms, DayCellReader, canonical
from headgate.engine.types.date_columns import Mask, NumberColumns, iso_texts
from headgate.engine.types.date_fast import (
    ANY_TIMED,
    CLOCK_GROUPS,
    NumbersReader,
    existing_clock,
    iso_days,
    named_codes,
    named_layouts,
    numbers_form,
    read_once,
    written_days,
)
from headgate.engine.types.date_format import to_format

_SAMPLE = datetime.fromisoformat("2022-03-27T15:20")


class DatetimeFastPath:
    """The vectorized path of the type `datetime`."""

    def __init__(self, days: DayCellReader, *, with_seconds: bool) -> None:
        self._days = days
        self._forms = forms = days.forms
        self._with_seconds = with_seconds
        # A display format, or another calendar, is read cell by cell.
        plain = forms.locale.calendar == "gregory" and forms.display is None
        self._numbers = NumbersReader(days.rules, numbers_form(forms, "D")) if plain else None
        self._named = named_layouts(days) if plain else None
        self._own_half = _own_half(forms) if plain else None

    def read(self, cells: pl.Series) -> FastReading:
        """The readings of trimmed cells. Moments that need the field's own form to be told are left undecided."""
        numbers = NumberColumns.of(cells, self._named)
        iso = iso_days(numbers, self._forms.locale.calendar)
        there = iso.is_not_null().to_numpy() & numbers.iso_clock & numbers.clock_exists()
        if there.all():
            value, code = self._iso_value(cells, iso, numbers), self._iso_code(numbers, there)
            return FastReading(value, code, ~cells.is_null())
        iso = iso.set(pl.Series(~there), None)
        value = self._iso_value(cells.set(pl.Series(~there), None), iso, numbers)
        code = self._iso_code(numbers, there)
        undecided = ~there & cells.is_not_null().to_numpy()
        if self._numbers is not None:
            where = undecided & numbers.shaped & numbers.timed & numbers.clock_exists()
            if where.any():
                answer = self._by_numbers(self._numbers, numbers, where)
                there_too = pl.Series(where)
                value = value.zip_with(~there_too, answer["value"])
                code = code.zip_with(~there_too, answer["code"])
            value, code = self._read_named(numbers, value, code)
            value, code = self._read_others(cells, value, code)
        return FastReading(value, code, value.is_not_null() | code.is_not_null() | cells.is_null())

    def _iso_code(self, numbers: NumberColumns, there: Mask) -> pl.Series:
        dropped = np.zeros(len(there), np.bool_) if self._with_seconds else numbers.seconds != 0
        code = (
            pl.when(pl.lit(pl.Series(there & numbers.zone)))
            .then(pl.lit("datetime_offset_dropped"))
            .when(pl.lit(pl.Series(there & dropped)))
            .then(pl.lit("datetime_seconds_dropped"))
        )
        return pl.select(code).to_series()

    def _iso_value(self, cells: pl.Series, days: pl.Series, numbers: NumberColumns) -> pl.Series:
        if self._forms.output is None:
            if self._with_seconds and not numbers.has_seconds.all():
                return iso_texts(days, (numbers.hour, numbers.minute, numbers.seconds))
            text = cells.str.slice(0, len("2022-03-27T15:20:00" if self._with_seconds else "2022-03-27T15:20"))
            return text.str.replace(" ", "T", literal=True)
        # Formats may show what the result text leaves out, so they are written from the whole moment.
        return written_days(_moments(days, numbers), self._forms)

    def _by_numbers(self, reader: NumbersReader, numbers: NumberColumns, where: Mask) -> pl.DataFrame:
        """Columns `value` and `code` of days in numbers with a time behind."""
        table = reader.read(numbers, where).with_columns(
            plain=~numbers.zone,
            dropped=np.zeros(len(where), np.bool_) if self._with_seconds else numbers.seconds != 0,
            own_clock=((numbers.half != 0) == bool(self._own_half)) & (~numbers.has_seconds | (numbers.seconds != 0)),
        )
        own = pl.col("own") & pl.col("own_clock") if self._own_half is not None else pl.lit(value=False)
        code = (
            pl.when(pl.col("ambiguous"))
            .then(pl.lit("datetime_ambiguous"))
            .when(pl.col("day").is_null() | ~pl.col("plain"))
            .then(None)
            .when(pl.col("by_column"))
            .then(pl.lit("datetime_column_order"))
            .when(pl.col("dropped"))
            .then(pl.lit("datetime_seconds_dropped"))
            .when(~own)
            .then(pl.lit("datetime_reformatted"))
        )
        days = table.select(pl.when("plain").then("day")).to_series()
        return pl.DataFrame({"value": self._written(days, numbers), "code": table.select(code).to_series()})

    def _read_named(self, numbers: NumberColumns, value: pl.Series, code: pl.Series) -> tuple[pl.Series, pl.Series]:
        """The same with months' names."""
        if not numbers.month.any():
            return value, code
        days = numbers.named_days()
        there = days.is_not_null() & pl.Series(~numbers.timed | numbers.clock_exists())
        texts = self._written(days.set(~there, None), numbers)
        return value.zip_with(~there, texts), code.zip_with(~there, "datetime_" + named_codes(numbers))

    def _written(self, days: pl.Series, numbers: NumberColumns) -> pl.Series:
        if self._forms.output is not None:
            return written_days(_moments(days, numbers), self._forms)
        clock = (numbers.hour_of_day(), numbers.minute, numbers.seconds)
        return iso_texts(days, clock if self._with_seconds else clock[:2])

    def _read_others(self, cells: pl.Series, value: pl.Series, code: pl.Series) -> tuple[pl.Series, pl.Series]:
        """The same with other dates that have a time behind them: each date once."""
        rest = value.is_null() & code.is_null() & cells.is_not_null()
        if not rest.any():
            return value, code
        at = rest.arg_true()
        parts = cells.gather(at).str.extract_groups(ANY_TIMED).struct.rename_fields(CLOCK_GROUPS).struct.unnest()
        valid = existing_clock(parts)
        parts = parts.with_columns(read_once(self._days, parts["text"].set(~valid, None)))
        found = parts["other_day"].is_not_null()
        at, parts = at.filter(found), parts.filter(found)
        if not len(at):
            return value, code
        hour, minute, second = (pl.col(name).cast(pl.Int32) for name in ("hour", "minute", "second"))
        half = pl.col("half").str.to_lowercase()
        twelve = pl.when(half.is_null()).then(hour).otherwise(hour % 12 + pl.when(half == "pm").then(12).otherwise(0))
        moment = pl.col("other_day").cast(pl.Datetime("us")) + pl.duration(
            hours=twelve, minutes=minute, seconds=second.fill_null(0)
        )
        moments = parts.select(moment.alias("moment")).to_series()
        if self._forms.output is not None:
            texts = written_days(moments, self._forms)
        else:
            texts = moments.dt.to_string("%Y-%m-%dT%H:%M:%S" if self._with_seconds else "%Y-%m-%dT%H:%M")
        return value.clone().scatter(at, texts), code.clone().scatter(at, "datetime_" + parts["other_code"])


def _moments(days: pl.Series, numbers: NumberColumns) -> pl.Series:
    """Days and the times behind them (Datetime)."""
    clock = pl.DataFrame({"hours": numbers.hour_of_day(), "minutes": numbers.minute, "seconds": numbers.seconds})
    return clock.select(
        pl.lit(days).cast(pl.Datetime("us"))
        + pl.duration(hours=pl.col("hours"), minutes=pl.col("minutes"), seconds=pl.col("seconds"))
    ).to_series()


def _own_half(forms: DateForms) -> bool | None:
    """Whether the locale's short form writes AM or PM behind the time; None when it writes more than that."""
    date = to_format(_SAMPLE, "D", forms.locale)
    shown = canonical(to_format(_SAMPLE, "f", forms.locale))
    if shown == canonical(f"{date} 15:20"):
        return False
    return True if shown == canonical(f"{date} 3:20 PM") else None
