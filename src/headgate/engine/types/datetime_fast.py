"""Whole columns of datetimes at once: ISO, three numbers with a four-digit year, other dates once per distinct day.

The answers are those of reading cell by cell.
"""

from __future__ import annotations

from datetime import datetime

import polars as pl

from headgate.engine.types.base import FastReading
from headgate.engine.types.date_cells import DateForms, DayCellReader, DayReading, canonical, day_autofix
from headgate.engine.types.date_fast import CLOCK, DAY, OFFSET, NumbersReader, iso_days, numbers_form, written_days
from headgate.engine.types.date_format import to_format

_SAMPLE = datetime.fromisoformat("2022-03-27T15:20")
_ISO = f"^{DAY}[T ]{CLOCK}{OFFSET}?$"
_HAS_OFFSET = f":[0-9]{{2}}(?:[.,][0-9]{{1,9}})?{OFFSET}$"
_CLOCK_BEHIND = (
    ",? ([0-9]{1,2}):([0-5][0-9])(?::([0-5][0-9]))?(?: ?([AaPp][Mm]))?(?: ?(Z|GMT|UTC|[+-][0-9]{2}:?[0-9]{2}))?$"
)
_NUMBERS_TIMED = f"^([0-9]{{1,4}}[/.-][0-9]{{1,2}}[/.-][0-9]{{1,4}}){_CLOCK_BEHIND}"
_ANY_TIMED = f"^(.*[^ ,]){_CLOCK_BEHIND}"
_GROUPS = ["text", "hour", "minute", "second", "half", "zone"]


class DatetimeFastPath:
    """The vectorized path of the type `datetime`."""

    def __init__(self, days: DayCellReader, *, with_seconds: bool) -> None:
        self._days = days
        self._forms = forms = days.forms
        self._with_seconds = with_seconds
        # A display format, or another calendar, is read cell by cell.
        plain = forms.locale.calendar == "gregory" and forms.display is None
        self._numbers = NumbersReader(days.rules, numbers_form(forms, "D")) if plain else None
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
        exists = pl.lit(iso_days(table.select(day).to_series(), self._forms.locale.calendar).is_not_null())
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
        moments = (
            table.select(pl.when(exists).then(text.str.slice(0, 10) + "T" + text.str.slice(11, 5) + ":" + seconds))
            .to_series()
            .str.to_datetime("%Y-%m-%dT%H:%M:%S", strict=False)
        )
        return written_days(moments, self._forms), answer["code"]

    def _read_others(self, texts: pl.Series) -> pl.DataFrame:
        """Columns `value` and `code`; both null where a text stays undecided."""
        if self._numbers is None:
            nothing = pl.Series([None], dtype=pl.String).new_from_index(0, len(texts))
            return pl.DataFrame({"value": nothing, "code": nothing})
        groups = _split_clocks(texts)
        hour, minute, second = (pl.col(name).cast(pl.Int32) for name in ("hour", "minute", "second"))
        half = pl.col("half").str.to_lowercase()
        twelve = pl.when(half.is_null()).then(hour).otherwise(hour % 12 + pl.when(half == "pm").then(12).otherwise(0))
        clocks = groups.select(
            hour=twelve,
            minute=minute,
            second=second.fill_null(0),
            valid=pl.when(half.is_null()).then(hour <= 23).otherwise(hour.is_between(1, 12)).fill_null(value=False),
            plain=pl.col("zone").is_null(),
            own_clock=(half.is_not_null() == bool(self._own_half)) & (second.is_null() | (second != 0)),
        )
        numbers = self._numbers.read(groups["text"])
        settled = numbers.select(pl.col("day").is_not_null() | pl.col("ambiguous")).to_series()
        others = self._read_once(groups["text"].set(settled | ~clocks["valid"], None))
        return self._answers(pl.concat([numbers, clocks, others], how="horizontal"))

    def _read_once(self, texts: pl.Series) -> pl.DataFrame:
        """Columns `other_day` and `other_code` for dates whose code does not depend on the time behind: those with a
        month's name or a two-digit year."""
        distinct = texts.unique().drop_nulls()
        found = [self._days.read(text) for text in distinct.to_list()]
        sure = [each if _is_clear_alone(each) else None for each in found]
        table = pl.DataFrame(
            {
                "text": distinct,
                "other_day": pl.Series([each.day if each else None for each in sure], dtype=pl.Date),
                "other_code": pl.Series([day_autofix(each) if each else None for each in sure], dtype=pl.String),
            }
        )
        return pl.DataFrame({"text": texts}).join(table, on="text", how="left", maintain_order="left").drop("text")

    def _answers(self, table: pl.DataFrame) -> pl.DataFrame:
        valid, plain = pl.col("valid"), pl.col("plain")
        day = pl.when(plain).then(pl.col("day")).fill_null(pl.col("other_day"))
        moment = pl.when(valid).then(day.cast(pl.Datetime("us"))) + pl.duration(
            hours=pl.col("hour"), minutes=pl.col("minute"), seconds=pl.col("second")
        )
        own = pl.col("own") & pl.col("own_clock") if self._own_half is not None else pl.lit(value=False)
        dropped = pl.lit(value=False) if self._with_seconds else pl.col("second") != 0
        code = (
            pl.when(~valid)
            .then(None)
            .when(pl.col("other_day").is_not_null())
            .then(pl.lit("datetime_") + pl.col("other_code"))
            .when(pl.col("ambiguous"))
            .then(pl.lit("datetime_ambiguous"))
            .when(pl.col("day").is_null() | ~plain)
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


def _split_clocks(texts: pl.Series) -> pl.DataFrame:
    """The columns `_GROUPS` of texts that end with a time of day, null for others."""
    groups = texts.str.extract_groups(_NUMBERS_TIMED).struct.rename_fields(_GROUPS).struct.unnest()
    found = groups["text"].is_not_null()
    if found.all():
        return groups
    others = texts.set(found, None).str.extract_groups(_ANY_TIMED).struct.rename_fields(_GROUPS).struct.unnest()
    return groups.select(pl.col(name).fill_null(others[name]) for name in _GROUPS)


def _is_clear_alone(found: DayReading) -> bool:
    return found.day is not None and found.clock is None and (found.month_name or found.two_digit) and not found.own


def _own_half(forms: DateForms) -> bool | None:
    """Whether the locale's short form writes AM or PM behind the time; None when it writes more than that."""
    date = to_format(_SAMPLE, "D", forms.locale)
    shown = canonical(to_format(_SAMPLE, "f", forms.locale))
    if shown == canonical(f"{date} 15:20"):
        return False
    return True if shown == canonical(f"{date} 3:20 PM") else None
