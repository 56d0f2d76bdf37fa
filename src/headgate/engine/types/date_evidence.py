"""The proofs of day and month order in a column, counted without a Python object per cell."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from headgate.engine.explanations import because
from headgate.engine.types.base import FEW_CELLS, WHITE_SPACE, EvidenceGatherer, trimmed
from headgate.engine.types.cell_bytes import Repeated, repeats
from headgate.engine.types.date_cells import REMEMBERED_DAYS
from headgate.engine.types.date_locale import DateLocale
from headgate.engine.types.date_order import UNCLEAR_YEARS, default_order
from headgate.engine.types.date_reading import DateShape, date_reader
from headgate.engine.types.late_columns import date_classes, date_columns
from headgate.late_patterns import late_pattern
from headgate.libraries import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from headgate.engine.types.date_classes import DayClasses
    from headgate.engine.types.date_columns import Mask, NumberColumns

COUNTED = (
    "day_first", "month_first", "ambiguous", "same", "year_first",
    "two_digit_day_first", "two_digit_month_first", "two_digit_ambiguous",
    "two_digit_year_first", "two_digit_year_last",
)  # fmt: skip

_ISO_DAY = (
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ]|$"
    "|, [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[AaPp][Mm])?(?: ?(?:Z|GMT|UTC|[+-][0-9]{2}:?[0-9]{2}))?$)"
)
_TIME = (
    "(?:[Tt]|, ?| )(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,9})?)?(?: ?[AaPp][Mm])?"
    "(?: ?(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))?$"
)
_MAY_BE_NUMBERS = r"\d\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d|\d \d{1,2} \d"

_ISO_DAY_ALONE, _TIME_ALONE, _MAY_BE_NUMBERS_ALONE = (
    late_pattern(pattern.replace("$", r"\Z").replace(r"\s", r"[^\S\x1c-\x1f]"))
    for pattern in (_ISO_DAY, _TIME, _MAY_BE_NUMBERS)
)
"""The same in Python, where `$` is before a line feed too, and the separators of ASCII are white space."""

ENOUGH_DAYS_OR_YEARS = 10
"""Different dates that all begin with 13 to 31: of days of the month that happens once in about 150 columns."""


class DateEvidence(EvidenceGatherer):
    """Counts what the cells of a column prove. `form_order`: the order of the field's display format, if numeric."""

    def __init__(self, locale: DateLocale, form_order: str | None = None) -> None:
        self._locale = locale
        self._form_order = form_order
        self._reader = date_reader(locale)
        self._counts = dict.fromkeys(COUNTED, 0)
        self._days_or_years: set[date] = set()
        self._remembered: dict[str, DateShape] = {}

    def observe(self, cells: pl.Series) -> None:
        """Take in one batch of raw cells."""
        if len(cells) <= FEW_CELLS:
            for text, count in Counter(text.strip(WHITE_SPACE) for text in cells.to_list() if text).items():
                self._count_text(text, count)
            return
        counts = pl.Series([1], dtype=pl.UInt32).new_from_index(0, len(cells))
        if repeats(cells):
            repeated = Repeated.of(cells)
            cells, counts = repeated.distinct, pl.Series(repeated.counts())
        texts, counts = self._count_numbers(trimmed(cells), counts)
        if not len(texts):
            return
        iso = texts.str.contains(_ISO_DAY)
        self._counts["year_first"] += int(counts.filter(iso).sum())
        rest = pl.DataFrame({"text": texts, "count": counts}).filter(~iso & texts.str.contains(_MAY_BE_NUMBERS))
        rest = rest.with_columns(pl.col("text").str.replace(_TIME, ""))
        for text, count in rest.group_by("text", maintain_order=True).agg(pl.col("count").sum()).iter_rows():
            self._count(self._read_again(text), count)

    def _count_text(self, text: str, count: int) -> None:
        """Count one of a few texts: what the steps over a column come to."""
        if _ISO_DAY_ALONE.match(text):
            self._counts["year_first"] += count
        elif _MAY_BE_NUMBERS_ALONE.search(text):
            self._count(self._reader.read(_TIME_ALONE.sub("", text, count=1)), count)

    def _read_again(self, text: str) -> DateShape:
        shape = self._remembered.get(text)
        if shape is None:
            if len(self._remembered) >= REMEMBERED_DAYS:
                self._remembered.clear()
            shape = self._remembered[text] = self._reader.read(text)
        return shape

    def _count(self, shape: DateShape, count: int) -> None:
        for code in _codes(shape):
            self._counts[code] += count
        if _is_either(shape) and len(self._days_or_years) < ENOUGH_DAYS_OR_YEARS:
            self._days_or_years.add(shape.days["DMY"])

    def _count_numbers(self, texts: pl.Series, counts: pl.Series) -> tuple[pl.Series, pl.Series]:
        """Count the commonest shapes, ISO days and three numbers with or without a time; the others are returned."""
        numbers = date_columns.NumberColumns.of(texts)
        weight = counts.to_numpy()
        iso = numbers.where(lambda one: one.iso)
        self._counts["year_first"] += int(weight[iso].sum())
        counted = iso | texts.is_null().to_numpy() if texts.null_count() else iso
        if self._locale.calendar == "gregory":
            shaped = numbers.where(lambda one: not one.iso) & _has_usual_clock(numbers)
            counted = counted | shaped
            self._count_classes(date_classes.DayClasses.of(numbers), shaped, weight)
        if counted.all():
            return texts.clear(), counts.clear()
        others = pl.Series(~counted)
        return texts.filter(others), counts.filter(others)

    def _count_classes(self, days: DayClasses, there: Mask, weight: npt.NDArray[np.integer]) -> None:
        classes = days.classes[there]
        sums = np.bincount(classes, weight[there])
        for each in np.flatnonzero(sums).tolist():
            shape = date_classes.shape_of(each)
            for code in _codes(shape):
                self._counts[code] += int(sums[each])
            if _is_either(shape) and len(self._days_or_years) < ENOUGH_DAYS_OR_YEARS:
                year, month, day = days.chosen(np.zeros(len(there), np.uint8))  # by DMY
                alike = np.flatnonzero(there & (days.classes == each))
                days_there = date_columns.days_since_1970(year[alike], month[alike], day[alike])
                dates = date_columns.as_dates(days_there, np.ones(len(alike), np.bool_))
                self._days_or_years.update(dates.unique().head(ENOUGH_DAYS_OR_YEARS))

    def evidence(self) -> dict[str, Any]:
        """`dayMonthOrder`: `DMY`, `MDY`, `YMD`, `mixed`, or `locale:` and the order that the field falls back to.
        `evidence`: the counts of cells behind it."""
        counts = self._combined()
        if counts["day_first"] and counts["month_first"]:
            order = "mixed"
        elif counts["day_first"] or counts["month_first"]:
            order = "DMY" if counts["day_first"] else "MDY"
        elif (counts["year_first"] or counts["two_digit_year_first"]) and not counts["ambiguous"]:
            order = "YMD"
        else:
            order = f"locale:{self._fallback()}"
        found = [because(code, count=count) for code, count in counts.items() if count]
        return {"dayMonthOrder": order, "evidence": found}

    def state(self) -> dict[str, Any]:
        """The counts, and the dates that may begin with days or years."""
        return {"counts": self._counts, "daysOrYears": sorted(day.isoformat() for day in self._days_or_years)}

    def resume(self, state: dict[str, Any]) -> None:
        """Go on from there."""
        self._counts = {code: state["counts"][code] for code in COUNTED}
        self._days_or_years = {date.fromisoformat(day) for day in state["daysOrYears"]}

    def _fallback(self) -> str:
        if self._form_order is None and self._locale.order == "YMD":
            return "YMD"
        return default_order(self._locale, self._form_order)

    def _combined(self) -> dict[str, int]:
        """The counts, with what two-digit years prove of day and month where they are known not to stand first."""
        c = self._counts
        first, last = c["two_digit_year_first"], c["two_digit_year_last"]
        year_first_default = (self._form_order or self._locale.order) == "YMD"
        unclear = not (first or last or year_first_default or c["day_first"] or c["month_first"]) and self._is_unclear()
        year_last = bool(last) if first or unclear or year_first_default else True
        codes = ("day_first", "month_first", "ambiguous")
        combined = {code: c[code] + (c[f"two_digit_{code}"] if year_last else 0) for code in codes}
        others = {code: c[code] for code in ("same", "year_first", "two_digit_year_first", "two_digit_year_last")}
        return combined | others | {UNCLEAR_YEARS: c["two_digit_day_first"] if unclear else 0}

    def _is_unclear(self) -> bool:
        """Whether so many different two-digit dates begin with 13 to 31 that these are hardly days of the month."""
        one_sided = not (self._counts["two_digit_month_first"] or self._counts["two_digit_ambiguous"])
        return one_sided and len(self._days_or_years) >= ENOUGH_DAYS_OR_YEARS


def _is_either(shape: DateShape) -> bool:
    """Whether the first of the numbers is the day or the year, and the month stands second."""
    return shape.two_digit and shape.days.keys() == {"DMY", "YMD"}


def _has_usual_clock(numbers: NumberColumns) -> Mask:
    """Where what stands behind the day is a time of day, or nothing."""
    return (numbers.hour <= 23) & (numbers.minute <= 59) & (numbers.seconds <= 59)


def _codes(shape: DateShape) -> list[str]:
    """What one shape counts for."""
    days = shape.days
    if shape.form != "numbers" or not days:
        return []
    if not shape.two_digit and "YMD" in days:
        return ["year_first"]
    prefix = "two_digit_" if shape.two_digit else ""
    day_first, month_first = days.get("DMY"), days.get("MDY")
    codes = (
        []
        if not shape.two_digit
        else [f"two_digit_year_{side}" for side in ("first", "last") if getattr(shape, f"year_{side}")]
    )
    if shape.year_first:
        return codes
    if day_first and month_first:
        return [*codes, f"{prefix}ambiguous" if day_first != month_first else "same"]
    if day_first or month_first:
        return [*codes, f"{prefix}day_first" if day_first else f"{prefix}month_first"]
    return codes
