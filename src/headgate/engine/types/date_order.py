"""Which of day, month and year stands first: settled once per column by its proofs, else by the locale.

A cell proves an order when that order alone reads it (a number above 12 where the month would stand). Proofs count
across separators. Where cells prove both orders, each cell that is clear by itself is read, the others are asked about.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from headgate.engine.types.date_locale import DateLocale
from headgate.engine.types.date_reading import DateShape
from headgate.records import dataclass

YearLastOrder = Literal["DMY", "MDY"]

UNCLEAR_YEARS = "two_digit_year_or_day_first"
"""Many two-digit cells like 22-03-27 whose first number is always above 12: a year first, or a day by rare chance."""

PROOFS = ("day_first", "month_first", "two_digit_year_first", "two_digit_year_last", UNCLEAR_YEARS)
"""Evidence codes that prove something; `ambiguous`, `same` and `year_first` only count cells."""


@dataclass(frozen=True)
class Decision:
    """The day of a cell, or why there is none. `by_column`: the column's proofs chose it, not the field's own order.
    `open`: the cell alone can mean several days. `fault`: why there is none, with the `likely` day."""

    day: date | None
    by_column: bool = False
    open: bool = False
    fault: Literal["ambiguous", "against_column", "no_such_day"] | None = None
    likely: date | None = None


@dataclass(frozen=True)
class OrderRules:
    """The settled rules of a column.

    `default`: the order of day and month where nothing proves one. `year_first_default`: two-digit years stand first
    where nothing proves their place. `chosen`: the order of cells that can mean both; None where they are errors.
    `proven`: proofs found, by code. `fixed`: `chosen` was proven or set by a person, not by default.
    """

    default: YearLastOrder
    year_first_default: bool
    chosen: YearLastOrder | None
    proven: dict[str, int]
    fixed: bool = False
    year_first_fixed: bool = False

    @classmethod
    def of(cls, evidence: dict[str, Any] | None, locale: DateLocale, form_order: str | None) -> OrderRules:
        """The rules by a column's evidence (as `DateEvidence.evidence` gives it, or `decided_by_person`), then the order
        of the field's display format, then the locale."""
        default = default_order(locale, form_order)
        year_first = (form_order or locale.order) == "YMD"
        proven = {
            str(item["code"]): int(item.get("count", 1))
            for item in (evidence or {}).get("evidence", ())
            if item.get("code") in PROOFS
        }
        if (evidence or {}).get("method") in ("person", "recipe"):
            # Who says that the day or the month stands first says that the year does not.
            proven.pop(UNCLEAR_YEARS, None)
        order = (evidence or {}).get("dayMonthOrder")
        if order in ("DMY", "MDY"):
            return cls(default, year_first, order, proven, fixed=True)
        if order == "mixed":
            return cls(default, year_first, None, proven)
        return cls(
            default,
            year_first,
            default,
            proven,
            year_first_fixed=order == "YMD" and "year_first" not in _codes(evidence),
        )

    def decide(self, shape: DateShape) -> Decision:
        """The day that a shape means by these rules. The shape has at least one day."""
        days = shape.days
        if len(days) == 1 and not shape.two_digit and not {"DMY", "MDY"} & days.keys():
            return Decision(next(iter(days.values())))
        if not shape.two_digit or "" in days:
            return self._year_last(days) if "" not in days else Decision(days[""])
        return self._two_digit(shape)

    def _year_last(self, days: dict[str, date]) -> Decision:
        day_first, month_first = days.get("DMY"), days.get("MDY")
        if day_first is not None and month_first is not None:
            if day_first == month_first:
                return Decision(day_first)
            likely = days[self.default]
            if self.chosen is None:
                return Decision(None, open=True, fault="ambiguous", likely=likely)
            return Decision(days[self.chosen], by_column=self.fixed and self.chosen != self.default, open=True)
        order, day = ("DMY", day_first) if day_first is not None else ("MDY", month_first)
        other = "month_first" if order == "DMY" else "day_first"
        own = "day_first" if order == "DMY" else "month_first"
        if self.fixed and self.chosen != order and self.proven.get(other) and not self.proven.get(own):
            return Decision(None, fault="against_column", likely=day)
        return Decision(day)

    def _two_digit(self, shape: DateShape) -> Decision:
        days = shape.days
        year_last = {order: day for order, day in days.items() if order != "YMD"}
        year_first = days.get("YMD")
        first = bool(self.proven.get("two_digit_year_first")) or self.year_first_fixed
        last = bool(self.proven.get("two_digit_year_last"))
        if shape.year_first or not year_last:
            if year_first is None or (last and not first):
                return Decision(None, fault="against_column", likely=next(iter(days.values())))
            if not shape.year_first and not first and not self.year_first_default:
                return Decision(None, fault="no_such_day")
            return Decision(year_first, by_column=first and not self.year_first_default)
        if shape.year_last or year_first is None or (last and not first):
            if first and not last:
                return Decision(None, fault="against_column", likely=next(iter(year_last.values())))
            return self._year_last(year_last)
        if first and last:
            if len(set(days.values())) == 1:
                return Decision(year_first)
            return Decision(None, open=True, fault="ambiguous", likely=year_first)
        if self.proven.get(UNCLEAR_YEARS) and year_first not in year_last.values():
            return Decision(None, open=True, fault="ambiguous", likely=next(iter(year_last.values())))
        if first or self.year_first_default:
            return Decision(year_first, by_column=not self.year_first_default, open=True)
        return self._year_last(year_last)


def decided_by_person(
    evidence: dict[str, Any], order: YearLastOrder, method: Literal["person", "recipe"] = "person"
) -> dict[str, Any]:
    """A column's evidence with the order of day and month that a person decided, now or (`recipe`) for an earlier file."""
    return {**evidence, "dayMonthOrder": order, "method": method}


def default_order(locale: DateLocale, form_order: str | None) -> YearLastOrder:
    """The order of day and month where no cell proves one: the display format's, else the locale's."""
    if form_order in ("DMY", "MDY"):
        return "DMY" if form_order == "DMY" else "MDY"
    return locale.year_last_order


def _codes(evidence: dict[str, Any] | None) -> set[str]:
    return {str(item.get("code")) for item in (evidence or {}).get("evidence", ())}
