"""Whole columns of dates at once: ISO, and three numbers with a four-digit year.

The answers are those of reading cell by cell. Digits are ASCII here: a regex takes those of every script for digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from headgate.engine.types.base import FastReading
from headgate.engine.types.date_calendar import Calendar
from headgate.engine.types.date_cells import DateForms, canonical
from headgate.engine.types.date_format import to_format
from headgate.engine.types.date_order import OrderRules
from headgate.engine.types.date_reading import GREGORIAN_LOOKING_YEARS

DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,9})?)?"
OFFSET = "(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)"
_ISO_TIMED = rf"^{DAY}[T ]{CLOCK}{OFFSET}?$"
_FIRST_DAY = date(1, 1, 1)
_SAMPLE = datetime.fromisoformat("2022-03-27")

SEPARATORS = ("/", ".", "-")


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


def iso_days(texts: pl.Series, calendar: Calendar) -> pl.Series:
    """The days of texts that are exactly `YYYY-MM-DD`, null for all others, and for years that the locale's `calendar`
    may count itself."""
    # The parser alone is too lenient (`+022-1-1`).
    shaped = texts.str.contains(f"^{DAY}$").fill_null(value=False)
    if not shaped.any():
        return pl.Series([None], dtype=pl.Date).new_from_index(0, len(texts))
    days = texts.str.to_date("%Y-%m-%d", strict=False)
    first, last = _FIRST_DAY, date.max
    if calendar != "gregory":
        first, last = date(GREGORIAN_LOOKING_YEARS[0], 1, 1), date(GREGORIAN_LOOKING_YEARS[-1], 12, 31)
    return days.set(~shaped | ((days < first) | (days > last)).fill_null(value=False), None)


class NumbersReader:
    """Reads texts of three numbers, the year with four digits, by the settled order of the column."""

    def __init__(self, rules: OrderRules, own: NumbersForm | None) -> None:
        self._rules = rules
        self._own = own

    def read(self, texts: pl.Series) -> pl.DataFrame:
        """Columns `day` (null where these rules read none), `own`, `by_column`, `open` (as in `DayReading`) and
        `ambiguous`."""
        nothing = pl.lit(None, dtype=pl.Date)
        table = pl.DataFrame({"text": texts}).with_columns(
            DMY=nothing, MDY=nothing, YMD=nothing, own_separator=pl.lit(value=False)
        )
        for separator in SEPARATORS:
            if not texts.str.contains(separator, literal=True).any():
                continue
            sign = separator if separator == "/" else f"\\{separator}"
            year_last = texts.str.contains(f"^[0-9]{{1,2}}{sign}[0-9]{{1,2}}{sign}[0-9]{{4}}$").fill_null(value=False)
            if year_last.any():
                forms = {"DMY": f"%d{separator}%m{separator}%Y", "MDY": f"%m{separator}%d{separator}%Y"}
                table = self._with_separator(table, separator, year_last, forms)
            if year_last.all():
                break
            year_first = texts.str.contains(f"^[0-9]{{4}}{sign}[0-9]{{1,2}}{sign}[0-9]{{1,2}}$").fill_null(value=False)
            if year_first.any():
                table = self._with_separator(table, separator, year_first, {"YMD": f"%Y{separator}%m{separator}%d"})
        return self._decided(table)

    def _with_separator(
        self, table: pl.DataFrame, separator: str, shaped: pl.Series, forms: dict[str, str]
    ) -> pl.DataFrame:
        text = pl.when(shaped).then(pl.col("text"))
        is_own = self._own is not None and self._own.separator == separator
        read = {order: text.str.to_date(form, strict=False) for order, form in forms.items()}
        return table.with_columns(
            *(pl.col(order).fill_null(pl.when(day >= _FIRST_DAY).then(day)) for order, day in read.items()),
            own_separator=pl.col("own_separator") | (pl.lit(shaped) & is_own),
        )

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
        return days.cast(pl.String)
    distinct = days.unique().drop_nulls()
    texts = [to_format(moment, forms.output, forms.locale) for moment in distinct.cast(pl.Datetime("us")).to_list()]
    table = pl.DataFrame({"day": distinct, "text": pl.Series(texts, dtype=pl.String)})
    return pl.DataFrame({"day": days}).join(table, on="day", how="left", maintain_order="left")["text"]


class DateFastPath:
    """The vectorized path of the type `date`."""

    def __init__(self, rules: OrderRules, forms: DateForms, *, autofix: bool) -> None:
        self._forms = forms
        self._autofix = autofix
        own = numbers_form(forms, forms.shown)
        # A display format of another kind, or another calendar, is read cell by cell.
        plain = forms.locale.calendar == "gregory" and (forms.display is None or own is not None)
        self._numbers = NumbersReader(rules, own) if plain else None

    def read(self, cells: pl.Series) -> FastReading:
        """The readings of trimmed cells."""
        days = iso_days(cells, self._forms.locale.calendar)
        value = self._iso_written(cells, days)
        undecided = days.is_null() & cells.is_not_null()
        if not undecided.any():
            return FastReading(value, None, ~undecided)
        at = undecided.arg_true()
        rest = self._read_others(cells.gather(at))
        confirm = (rest["code"] == "date_needs_confirmation").fill_null(value=False)
        value = value.scatter(at, written_days(rest["day"].set(confirm, None), self._forms))
        code = pl.Series([None], dtype=pl.String).new_from_index(0, len(cells)).scatter(at, rest["code"])
        return FastReading(value, code, value.is_not_null() | code.is_not_null() | cells.is_null())

    def _iso_written(self, cells: pl.Series, days: pl.Series) -> pl.Series:
        return written_days(days, self._forms) if self._forms.output else cells.set(days.is_null(), None)

    def _read_others(self, texts: pl.Series) -> pl.DataFrame:
        """Columns `day` and `code` of texts that are no ISO days; both null where they stay undecided."""
        timed = texts.str.contains(_ISO_TIMED)
        timed_days = iso_days(
            pl.select(pl.when(timed).then(texts.str.slice(0, 10))).to_series(), self._forms.locale.calendar
        )
        answer = pl.DataFrame(
            {
                "day": timed_days,
                "code": pl.select(pl.when(timed_days.is_not_null()).then(pl.lit("date_time_dropped"))).to_series(),
            }
        )
        if self._numbers is None or bool(timed_days.is_not_null().all()):
            return answer
        confirm = pl.lit(value=False) if self._autofix else pl.col("by_column") | (pl.col("open") & ~pl.col("own"))
        numbers = self._numbers.read(texts).select(
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
            .alias("code"),
        )
        return answer.select(pl.col("day").fill_null(numbers["day"]), pl.col("code").fill_null(numbers["code"]))
