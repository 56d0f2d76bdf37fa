"""What a text that is in error may be meant as: the ways of reading it anew, asked once per distinct text.

A remedy gives a result text. It counts only where writing it into the cell gives exactly that value, so a fix never makes
anything else of a cell than what the person was shown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl

from headgate.engine.hooked_table import HookedSlot
from headgate.engine.review.delta import TYPED
from headgate.engine.types.base import WHITE_SPACE, CellReader

Remedy = Callable[[str], str | None]

SUGGESTION = "suggestion"
DAY_MONTH, MONTH_DAY = "day_month", "month_day"
DECIMAL_COMMA, DECIMAL_POINT = "decimal_comma", "decimal_point"

HOW = TYPED
"""Remedies are result texts, and are written as such."""

_ORDERS = {DAY_MONTH: "DMY", MONTH_DAY: "MDY"}
_MARKS = {DECIMAL_COMMA: ",", DECIMAL_POINT: "."}
_AMBIGUOUS_DATES = {"date_ambiguous", "datetime_ambiguous"}
_AMBIGUOUS_NUMBERS = {"ambiguous_decimal_mark"}
_REMEMBERED = 200_000

SAFE_CODES = frozenset(
    {
        "email_invalid", "url_invalid", "domain_invalid", "phone_number_invalid", "not_a_zip_code", "not_a_zip_plus_four",
        "not_an_ssn", "not_a_uuid", "date_needs_confirmation", "datetime_needs_confirmation", "time_bare_number",
        "not_a_number", "date_year_day_month", "datetime_year_day_month",
    }
)  # fmt: skip
"""Errors whose suggestion keeps everything that the writer said: a careful person who has seen three of them takes all."""


def remedies_for(hooked: HookedSlot, code: str) -> list[str]:
    """The ids of the remedies that may help against an error of that code, the likelier ones first."""
    if code in _AMBIGUOUS_DATES:
        return [DAY_MONTH, MONTH_DAY]
    if code in _AMBIGUOUS_NUMBERS:
        return [DECIMAL_POINT, DECIMAL_COMMA]
    return [SUGGESTION] if code in hooked.type.errors else []


class Remedies:
    """The remedies of one slot, with what they gave so far."""

    def __init__(self, hooked: HookedSlot) -> None:
        self._hooked = hooked
        self._remedies: dict[str, Remedy] = {}
        self._known: dict[str, dict[str, str | None]] = {}

    def of_texts(self, remedy: str, texts: pl.Series) -> pl.Series:
        """The result texts for distinct texts (trimmed, no nulls); null where the remedy does not help."""
        known = self._known.setdefault(remedy, {})
        if len(known) + len(texts) > _REMEMBERED:
            known.clear()
        found = [known[text] if text in known else known.setdefault(text, self._of(remedy, text)) for text in texts]
        return pl.Series("after", found, dtype=pl.String)

    def of_text(self, remedy: str, text: str) -> str | None:
        """The result text for one text."""
        (found,) = self.of_texts(remedy, pl.Series([text])).to_list()
        return found if isinstance(found, str) else None

    def _of(self, remedy: str, text: str) -> str | None:
        if remedy not in self._remedies:
            self._remedies[remedy] = _remedy(self._hooked, remedy)
        result = self._remedies[remedy](text)
        return result if result is not None and self._hooked.plain.read(result).value == result else None


def _remedy(hooked: HookedSlot, remedy: str) -> Remedy:
    if remedy in _ORDERS:
        return _value_by(hooked.type.reader({"dayMonthOrder": _ORDERS[remedy], "evidence": []}))
    if remedy in _MARKS:
        return _value_by(hooked.type.reader(_number_evidence(_MARKS[remedy])))
    return lambda text: hooked.reader.read(text).suggestion


def _number_evidence(mark: str) -> dict[str, Any]:
    return {"decimalMark": mark, "currency": None, "evidence": []}


def _value_by(reader: CellReader) -> Remedy:
    return lambda text: reader.read(text).value


def trimmed(hooked: HookedSlot, texts: pl.Series) -> pl.Series:
    """Texts as their type looks at them."""
    return texts.str.strip_chars(WHITE_SPACE) if hooked.reader.trims else texts
