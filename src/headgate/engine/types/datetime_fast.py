"""Whole columns of datetimes at once: ISO, and numbers with a four-digit year and a time of day behind."""

from __future__ import annotations

from datetime import datetime

import polars as pl

from headgate.engine.types.base import FastReading
from headgate.engine.types.date_cells import DateForms, canonical
from headgate.engine.types.date_fast import NumbersReader, iso_days, numbers_form, written_days
from headgate.engine.types.date_format import to_format
from headgate.engine.types.date_order import OrderRules

_SAMPLE = datetime(2022, 3, 27, 15, 20)  # noqa: DTZ001 - a moment of no zone
_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?"
_FRACTION = r"(?:[.,]\d{1,9})?"
_OFFSET = r"(?:Z|[+-]\d{2}(?::?\d{2})?)"
_ISO = rf"^\d{{4}}-\d{{2}}-\d{{2}}[T ]{_CLOCK}{_FRACTION}{_OFFSET}?$"
_HAS_OFFSET = rf":\d{{2}}{_FRACTION}{_OFFSET}$"
_NUMBERS = r"^(\d{1,2}[/.-]\d{1,2}[/.-]\d{4}),? (\d{1,2}):([0-5]\d)(?::([0-5]\d))?(?: ?([AaPp][Mm]))?$"


class DatetimeFastPath:
    """The vectorized path of the type `datetime`."""

    def __init__(self, rules: OrderRules, forms: DateForms, *, with_seconds: bool) -> None:
        self._forms = forms
        self._with_seconds = with_seconds
        # A display format, or another calendar, is read cell by cell.
        plain = forms.locale.calendar == "gregory" and forms.display is None
        self._numbers = NumbersReader(rules, numbers_form(forms, "D")) if plain else None
        self._own_half = _own_half(forms) if plain else None

    def read(self, cells: pl.Series) -> FastReading:
        """The readings of trimmed cells. Moments that need the field's own form to be told are left undecided."""
        iso = cells.str.contains(_ISO).fill_null(value=False)
        value, code = self._read_iso(cells, iso)
        undecided = value.is_null() & cells.is_not_null()
        if undecided.any():
            at = undecided.arg_true()
            rest = self._read_others(cells.gather(at))
            value = value.scatter(at, rest["value"])
            code = code.scatter(at, rest["code"])
        return FastReading(value, code, value.is_not_null() | code.is_not_null() | cells.is_null())

    def _read_iso(self, cells: pl.Series, iso: pl.Series) -> tuple[pl.Series, pl.Series]:
        text = pl.col("cell")
        table = pl.DataFrame({"cell": cells.set(~iso, None)})
        day = text.str.slice(0, 10)
        exists = pl.lit(iso_days(table.select(day).to_series()).is_not_null())
        has_seconds = text.str.contains(r"^.{16}:")
        seconds = pl.when(has_seconds).then(text.str.slice(17, 2)).otherwise(pl.lit("00"))
        clock = text.str.slice(11, 5)
        if self._with_seconds:
            clock = clock + ":" + seconds
        dropped = pl.lit(value=False) if self._with_seconds else seconds != "00"
        code = (
            pl.when(text.str.contains(_HAS_OFFSET))
            .then(pl.lit("datetime_offset_dropped"))
            .when(dropped)
            .then(pl.lit("datetime_seconds_dropped"))
        )
        answer = table.select(value=pl.when(exists).then(day + "T" + clock), code=pl.when(exists).then(code))
        if self._forms.output is None:
            return answer["value"], answer["code"]
        # Formats may show what the result text leaves out, so they are written from the whole moment.
        moments = table.select(
            pl.when(exists).then(text.str.slice(0, 10) + "T" + text.str.slice(11, 5) + ":" + seconds)
        ).to_series().str.to_datetime("%Y-%m-%dT%H:%M:%S", strict=False)
        return written_days(moments, self._forms), answer["code"]

    def _read_others(self, texts: pl.Series) -> pl.DataFrame:
        """Columns `value` and `code`; both null where a text stays undecided."""
        if self._numbers is None:
            nothing = pl.Series([None], dtype=pl.String).new_from_index(0, len(texts))
            return pl.DataFrame({"value": nothing, "code": nothing})
        names = ["text", "hour", "minute", "second", "half"]
        groups = texts.str.extract_groups(_NUMBERS).struct.rename_fields(names).struct.unnest()
        hour, minute, second = (pl.col(name).cast(pl.Int32) for name in names[1:4])
        half = pl.col("half").str.to_lowercase()
        twelve = pl.when(half.is_null()).then(hour).otherwise(hour % 12 + pl.when(half == "pm").then(12).otherwise(0))
        clocks = groups.select(
            hour=twelve,
            minute=minute,
            second=second.fill_null(0),
            valid=pl.when(half.is_null()).then(hour <= 23).otherwise(hour.is_between(1, 12)),  # noqa: PLR2004
            own_clock=(half.is_not_null() == self._own_half) & (second.is_null() | (second != 0)),
        )
        return self._answers(pl.concat([self._numbers.read(groups["text"]), clocks], how="horizontal"))

    def _answers(self, table: pl.DataFrame) -> pl.DataFrame:
        valid = pl.col("valid").fill_null(value=False)
        moment = pl.when(valid).then(pl.col("day").cast(pl.Datetime("us"))) + pl.duration(
            hours=pl.col("hour"), minutes=pl.col("minute"), seconds=pl.col("second")
        )
        own = pl.col("own") & pl.col("own_clock") if self._own_half is not None else pl.lit(value=False)
        dropped = pl.lit(value=False) if self._with_seconds else pl.col("second") != 0
        code = (
            pl.when(~valid)
            .then(None)
            .when(pl.col("ambiguous"))
            .then(pl.lit("datetime_ambiguous"))
            .when(pl.col("day").is_null())
            .then(None)
            .when(pl.col("by_column"))
            .then(pl.lit("datetime_column_order"))
            .when(dropped)
            .then(pl.lit("datetime_seconds_dropped"))
            .when(~own)
            .then(pl.lit("datetime_reformatted"))
        )
        answer = table.select(moment=moment, code=code)
        if self._forms.output is not None:
            return answer.select(value=written_days(answer["moment"], self._forms), code="code")
        form = "%Y-%m-%dT%H:%M:%S" if self._with_seconds else "%Y-%m-%dT%H:%M"
        return answer.select(value=pl.col("moment").dt.to_string(form), code="code")


def _own_half(forms: DateForms) -> bool | None:
    """Whether the locale's short form writes AM or PM behind the date; None when it is neither that nor plain 24 hours."""
    date = to_format(_SAMPLE, "D", forms.locale)
    shown = canonical(to_format(_SAMPLE, "f", forms.locale))
    if shown == canonical(f"{date} 15:20"):
        return False
    return True if shown == canonical(f"{date} 3:20 PM") else None
