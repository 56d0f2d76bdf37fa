"""Whole columns of dates at once: ISO, and three numbers with a four-digit year.

The answers are those of reading cell by cell. Digits are ASCII here: a regex takes those of every script for digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import polars as pl

from headgate.engine.types.base import FastReading
from headgate.engine.types.date_calendar import Calendar
from headgate.engine.types.date_cells import DateForms, DayCellReader, DayReading, canonical, day_autofix
from headgate.engine.types.date_columns import SEPARATORS, Mask, NamedLayouts, NumberColumns, iso_texts
from headgate.engine.types.date_format import to_format
from headgate.engine.types.date_order import OrderRules
from headgate.engine.types.date_reading import GREGORIAN_LOOKING_YEARS, date_reader

DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,9})?)?"
OFFSET = "(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)"
CLOCK_GROUPS = ["text", "hour", "minute", "second", "half", "zone"]
ANY_TIMED = (
    "^(.*[^ ,])"
    ",? ([0-9]{1,2}):([0-5][0-9])(?::([0-5][0-9]))?(?: ?([AaPp][Mm]))?(?: ?(Z|GMT|UTC|[+-][0-9]{2}:?[0-9]{2}))?$"
)
"""A text that ends with a time of day; its groups are CLOCK_GROUPS."""
_SAMPLE = datetime.fromisoformat("2022-03-27")


@dataclass(frozen=True)
class NumbersForm:
    """How a field writes dates as three numbers with one separator and a year of four digits: `DMY`, `MDY` or `YMD`."""

    order: str
    separator: str


def numbers_form(forms: DateForms, form: str) -> NumbersForm | None:
    """The form of a format of the field, None when it is not of that kind."""
    shown = canonical(to_format(_SAMPLE, form, forms.locale))
    for separator in SEPARATORS:
        if shown == f"27{separator}3{separator}2022":
            return NumbersForm("DMY", separator)
        if shown == f"3{separator}27{separator}2022":
            return NumbersForm("MDY", separator)
        if shown == f"2022{separator}3{separator}27":
            return NumbersForm("YMD", separator)
    return None


def iso_days(numbers: NumberColumns, calendar: Calendar) -> pl.Series:
    """The days of texts that begin with exactly `YYYY-MM-DD`, null for all others, and for years that the locale's
    `calendar` may count itself."""
    days = numbers.days("YMD")
    known = numbers.iso
    if calendar != "gregory":
        known = known & (numbers.year >= GREGORIAN_LOOKING_YEARS[0]) & (numbers.year <= GREGORIAN_LOOKING_YEARS[-1])
    return days if known.all() else days.set(pl.Series(~known), None)


class NumbersReader:
    """Reads texts of three numbers, the year with four digits, by the settled order of the column."""

    def __init__(self, rules: OrderRules, own: NumbersForm | None) -> None:
        self._rules = rules
        self._own = own

    def read(self, numbers: NumberColumns, where: Mask) -> pl.DataFrame:
        """Columns `day` (null where these rules read none, and where not `where`), `own`, `by_column`, `open` (as in
        `DayReading`) and `ambiguous`."""
        nowhere = pl.Series(~where)
        orders = {order: numbers.days(order).set(nowhere, None) for order in ("DMY", "MDY", "YMD")}
        is_own = numbers.mark == SEPARATORS.index(self._own.separator) if self._own else np.zeros(len(where), np.bool_)
        return self._decided(pl.DataFrame({**orders, "own_separator": is_own & where}))

    def _decided(self, table: pl.DataFrame) -> pl.DataFrame:
        rules = self._rules
        differ = (pl.col("DMY") != pl.col("MDY")).fill_null(value=False)
        known = {order: pl.col(order) for order in ("DMY", "MDY")}
        if rules.fixed and rules.chosen is not None:
            against = "MDY" if rules.chosen == "DMY" else "DMY"
            proofs = {"DMY": "day_first", "MDY": "month_first"}
            if rules.proven.get(proofs[rules.chosen]) and not rules.proven.get(proofs[against]):
                known[against] = pl.when(pl.col(rules.chosen).is_not_null()).then(pl.col(against))
        alone = pl.coalesce(known["DMY"], known["MDY"], pl.col("YMD"))
        chosen = pl.col(rules.chosen) if rules.chosen is not None else pl.lit(None, dtype=pl.Date)
        day = pl.when(differ).then(chosen).otherwise(alone)
        by_column = differ if rules.fixed and rules.chosen != rules.default else pl.lit(value=False)
        own = pl.col("own_separator") & (day == pl.col(self._own.order)) if self._own else pl.lit(value=False)
        return table.select(
            day=day,
            own=own.fill_null(value=False) & ~by_column,
            by_column=by_column,
            open=differ,
            ambiguous=differ if rules.chosen is None else pl.lit(value=False),
        )


def written_days(days: pl.Series, forms: DateForms) -> pl.Series:
    """The result texts of days or moments: ISO days, or by the output format, once per distinct value."""
    if forms.output is None:
        return iso_texts(days)
    distinct = days.unique().drop_nulls()
    texts = [to_format(moment, forms.output, forms.locale) for moment in distinct.cast(pl.Datetime("us")).to_list()]
    table = pl.DataFrame({"day": distinct, "text": pl.Series(texts, dtype=pl.String)})
    return pl.DataFrame({"day": days}).join(table, on="day", how="left", maintain_order="left")["text"]


class DateFastPath:
    """The vectorized path of the type `date`."""

    def __init__(self, days: DayCellReader, *, autofix: bool) -> None:
        self._days = days
        self._forms = forms = days.forms
        self._autofix = autofix
        own = numbers_form(forms, forms.shown)
        # A display format of another kind, or another calendar, is read cell by cell.
        plain = forms.locale.calendar == "gregory" and (forms.display is None or own is not None)
        self._numbers = NumbersReader(days.rules, own) if plain else None
        self._named = named_layouts(days) if plain and autofix else None

    def read(self, cells: pl.Series) -> FastReading:
        """The readings of trimmed cells."""
        numbers = NumberColumns.of(cells, self._named)
        iso = iso_days(numbers, self._forms.locale.calendar)
        timed = numbers.iso_clock & numbers.clock_exists()
        iso = iso.set(pl.Series(numbers.timed & ~timed), None)
        value = self._iso_written(cells, iso, timed)
        code = pl.select(pl.when(pl.lit(timed) & iso.is_not_null()).then(pl.lit("date_time_dropped"))).to_series()
        undecided = iso.is_null() & cells.is_not_null()
        if undecided.any() and self._numbers is not None:
            value, code = self._read_numbers(numbers, undecided.to_numpy(), value, code)
            value, code = self._read_named(numbers, value, code)
            value, code = self._read_timed(cells, value, code)
        return FastReading(value, code, value.is_not_null() | code.is_not_null() | cells.is_null())

    def _iso_written(self, cells: pl.Series, days: pl.Series, timed: Mask) -> pl.Series:
        if self._forms.output:
            return written_days(days, self._forms)
        value = cells.set(days.is_null(), None) if days.null_count() else cells
        return value.str.slice(0, len("2022-03-27")) if timed.any() else value

    def _read_numbers(
        self, numbers: NumberColumns, undecided: Mask, value: pl.Series, code: pl.Series
    ) -> tuple[pl.Series, pl.Series]:
        """The same with days in numbers that are not ISO's, and with a time behind them."""
        where = undecided & numbers.shaped
        # A display format may have a time of its own.
        clocks = numbers.clock_exists() & ~numbers.zone if self._forms.display is None else ~numbers.shaped
        where &= ~numbers.timed | clocks
        if self._numbers is None or not where.any():
            return value, code
        confirm = pl.lit(value=False) if self._autofix else pl.col("by_column") | (pl.col("open") & ~pl.col("own"))
        read = self._numbers.read(numbers, where).select(
            pl.when(confirm).then(None).otherwise(pl.col("day")).alias("day"),
            pl.when(pl.col("ambiguous"))
            .then(pl.lit("date_ambiguous"))
            .when(pl.col("day").is_null())
            .then(None)
            .when(confirm)
            .then(pl.lit("date_needs_confirmation"))
            .when(pl.col("by_column"))
            .then(pl.lit("date_column_order"))
            .when(~pl.col("own"))
            .then(pl.lit("date_reformatted"))
            .when(pl.lit(numbers.timed))
            .then(pl.lit("date_time_dropped"))
            .alias("code"),
        )
        if where.all():
            return written_days(read["day"], self._forms), read["code"]
        there = pl.Series(where)
        return value.zip_with(~there, written_days(read["day"], self._forms)), code.zip_with(~there, read["code"])

    def _read_named(self, numbers: NumberColumns, value: pl.Series, code: pl.Series) -> tuple[pl.Series, pl.Series]:
        """The same with months' names."""
        if not numbers.month.any():
            return value, code
        days = numbers.named_days()
        there = days.is_not_null() & pl.Series(~numbers.timed | numbers.clock_exists())
        texts = written_days(days.set(~there, None), self._forms)
        return value.zip_with(~there, texts), code.zip_with(~there, "date_" + named_codes(numbers))

    def _read_timed(self, cells: pl.Series, value: pl.Series, code: pl.Series) -> tuple[pl.Series, pl.Series]:
        """The same with other dates that have a time behind them, which is left out: each date once."""
        rest = value.is_null() & code.is_null() & cells.is_not_null()
        if self._forms.display is not None or not self._autofix or not rest.any():
            return value, code
        at = rest.arg_true()
        parts = cells.gather(at).str.extract_groups(ANY_TIMED).struct.rename_fields(CLOCK_GROUPS).struct.unnest()
        found = read_once(self._days, parts["text"])
        # 3/27/20 20:10 begins with what 3/27/2020 looks like, and counts as that.
        sure = found["other_day"].is_not_null() & ~parts["hour"].is_in(["19", "20"]).fill_null(value=False)
        sure &= existing_clock(parts)
        at, found = at.filter(sure), found.filter(sure)
        if not len(at):
            return value, code
        written = written_days(found["other_day"], self._forms)
        return value.clone().scatter(at, written), code.clone().scatter(at, "date_" + found["other_code"])


def named_layouts(days: DayCellReader) -> NamedLayouts | None:
    """The layouts of dates with a month's name, None where a form of the field may look like them."""
    if days.forms.display is not None or numbers_form(days.forms, "D") is None:
        return None
    return NamedLayouts(date_reader(days.forms.locale))


def named_codes(numbers: NumberColumns) -> pl.Series:
    """What was changed about dates with a month's name."""
    return pl.Series(["month_name", "two_digit_year"]).gather(pl.Series(numbers.short.astype(np.uint32)))


def existing_clock(parts: pl.DataFrame) -> pl.Series:
    """Whether there is such a time of day as the CLOCK_GROUPS say (Boolean, no nulls)."""
    hour = pl.col("hour").cast(pl.Int32)
    valid = pl.when(pl.col("half").is_null()).then(hour <= 23).otherwise(hour.is_between(1, 12))
    return parts.select(valid.fill_null(value=False)).to_series()


def read_once(days: DayCellReader, texts: pl.Series) -> pl.DataFrame:
    """Columns `other_day` and `other_code` for dates whose code does not depend on the time behind: those with a month's
    name or a two-digit year. Each is read once."""
    distinct = texts.unique().drop_nulls()
    found = [days.read_again(text) for text in distinct.to_list()]
    sure = [each if _is_clear_alone(each) else None for each in found]
    table = pl.DataFrame(
        {
            "text": distinct,
            "other_day": pl.Series([each.day if each else None for each in sure], dtype=pl.Date),
            "other_code": pl.Series([day_autofix(each) if each else None for each in sure], dtype=pl.String),
        }
    )
    return pl.DataFrame({"text": texts}).join(table, on="text", how="left", maintain_order="left").drop("text")


def _is_clear_alone(found: DayReading) -> bool:
    return found.day is not None and found.clock is None and (found.month_name or found.two_digit) and not found.own
